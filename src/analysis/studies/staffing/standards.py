"""How fast coders work: the guide's ranges beside every standard that was found."""

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.models.ranges import Range
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables

BENCHMARK_MINUTES = 480.0  # in 8 hours
ENCOUNTER_TYPES: Mapping[str, str] = MappingProxyType(
    {"inpatient": "Inpatient", "outpatient": "Outpatient", "ed": "Emergency"}
)
STANDARDS: Mapping[str, str] = MappingProxyType(  # of the table productivity
    {
        "inpatient_day_2007": "inpatient",
        "inpatient_hour_2007": "inpatient",
        "outpatient_surgery_hour_2007": "outpatient",
        "emergency_hour_2007": "ed",
        "inpatient_icd_10_minutes": "inpatient",
        "em_median": "outpatient",
        "inpatient_paraphrase": "inpatient",
        "outpatient_paraphrase": "outpatient",
        "outpatient_example": "outpatient",
        "inpatient_example": "inpatient",
        "emergency_forum": "ed",
    }
)
SAME_RECORDS = ("inpatient", "outpatient", "emergency department")
PER_8_HOURS: Mapping[str, float] = MappingProxyType(
    {
        "records per 8 paid hours": 1.0,
        "records/hour": 8.0,
        "encounters/hour": 8.0,
        "records/day": 1.0,
        "charts/day": 1.0,
        "charts/7.5 h": 8 / 7.5,
    }
)
DOUBTED = "reads like records per HOUR"
CAVEAT = " It reads like records an hour, not a day."
NOTE = (
    "No national standard exists. Rates from before October 2015 are of ICD-9, which took "
    "less time. The range of a type is the guide's, widened by standards for the same "
    "records that were read in their source; where the guide is silent, all that was found, "
    "figures from memory apart."
)


def coding_standards(tables: Tables) -> pd.DataFrame:
    """List every standard of coding speed, converted to records in 8 paid hours.

    A type's range is the guide's, widened to take in standards for the same records that were read
    in their source; where the guide is silent, all that was found sets it. A figure from memory
    sets nothing.

    Returns
    -------
    DataFrame
        encounter_type, standard, records_low, records_high, is_used, verification, source, note,
        origin (source and mark); the guide's rows come first.

    Examples
    --------
    >>> from analysis import processed
    >>> found = coding_standards(processed.Tables())
    >>> found.query("encounter_type == 'inpatient' and is_used")["records_high"].tolist()
    [25.0, 24.0]
    """
    guide = pd.DataFrame(
        [
            {
                "encounter_type": row["setting"],
                "standard": f"{row['unit']} a day",
                "records_low": float(row["per_day_low"]),
                "records_high": float(row["per_day_high"]),
                "is_used": True,
                "verification": "guide",
                "source": GUIDE,
                "note": "",
            }
            for row in tables["guide_productivity"].to_dict("records")
        ]
    )
    found = tables["productivity"].set_index("id")
    other = pd.DataFrame([_standard(found.loc[name].to_dict(), STANDARDS[name])
                          for name in STANDARDS])  # fmt: skip
    table = pd.concat([guide, other, _workload_units(found)], ignore_index=True)
    is_silent = ~table["encounter_type"].isin(guide["encounter_type"])
    doubts = table["note"].map(lambda note: CAVEAT if DOUBTED in note else "")
    table = table.assign(
        is_used=table["is_used"] | (is_silent & table["verification"].ne("unverified")),
        origin=table["source"] + " [" + table["verification"] + "]" + doubts,
    ).drop_duplicates(["encounter_type", "records_low", "records_high", "source"])
    order = list(ENCOUNTER_TYPES)
    return table.sort_values(
        "encounter_type", key=lambda names: names.map(order.index), kind="stable", ignore_index=True
    )


def speed_range(standards: pd.DataFrame, encounter_type: str) -> tuple[Range, bool]:
    """Return the records in 8 paid hours that the standards span, and whether the guide has any."""
    used = standards[standards["is_used"] & standards["encounter_type"].eq(encounter_type)]
    span = Range(
        low=float(used["records_low"].min()),
        high=float(used["records_high"].max()),
        source="; ".join(used["source"].unique()),
    )
    return span, bool(used["source"].eq(GUIDE).any())


def _standard(row: Mapping[Hashable, Any], encounter_type: str) -> dict[str, object]:
    """Turn one row of the processed table into records in 8 paid hours."""
    low, high, unit = float(row["value_low"]), float(row["value_high"]), str(row["unit"])
    if unit == "minutes":
        low, high = BENCHMARK_MINUTES / high, BENCHMARK_MINUTES / low
    else:
        low, high = PER_8_HOURS[unit] * low, PER_8_HOURS[unit] * high
    note = "" if pd.isna(row["note"]) else str(row["note"])
    is_read = row["verification"] == "read in source" and row["setting"] in SAME_RECORDS
    return {
        "encounter_type": encounter_type,
        "standard": f"{row['statistic']}, {row['setting']}",
        "records_low": low,
        "records_high": high,
        "is_used": is_read and DOUBTED not in note,
        "verification": row["verification"],
        "source": f"{row['source_title']} ({row['vintage']})",
        "note": note,
    }


def _workload_units(productivity: pd.DataFrame) -> pd.DataFrame:
    """Return the emergency records that a daily standard of workload units comes to."""
    value = productivity["value_low"].astype("float64")
    first = productivity.loc["units_emergency"]
    return pd.DataFrame(
        [
            {
                "encounter_type": "ed",
                "standard": "workload units a day, emergency or observation",
                "records_low": value["units_day_low"] / value["units_emergency"],
                "records_high": value["units_day_high"] / value["units_emergency"],
                "is_used": False,
                "verification": first["verification"],
                "source": f"{first['source_title']} ({first['vintage']})",
                "note": str(first["note"]),
            }
        ]
    )
