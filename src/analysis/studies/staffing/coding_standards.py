"""How fast coders work: the guide's ranges beside every standard that was found."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import pandas as pd

from analysis.models.ranges import Range
from analysis.studies.lookup import Tables
from analysis.studies.part import Part
from analysis.studies.staffing.staffing_inputs import GUIDE, StaffingInput

BENCHMARK_MINUTES = 480.0  # in 8 hours
ENCOUNTER_TYPES: Mapping[str, str] = MappingProxyType(
    {"inpatient": "Inpatient", "outpatient": "Outpatient", "ed": "Emergency"}
)
SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "inpatient": "inpatient",
        "outpatient": "outpatient",
        "outpatient surgery / interventional": "outpatient",
        "professional E/M": "outpatient",
        "emergency department": "ed",
        "emergency, professional side, new coder": "ed",
    }
)
SAME_RECORDS = ("inpatient", "outpatient", "emergency department")
RATES: Mapping[str, float] = MappingProxyType(
    {
        "records per 8 paid hours": 1.0,
        "records/hour": 8.0,
        "encounters/hour": 8.0,
        "records/day": 1.0,
        "charts/day": 1.0,
        "charts/7.5 h": 8 / 7.5,
    }
)
STATISTICS = (
    "recommended rate",
    "implied time per record, ICD-10",
    "AHIMA benchmark as paraphrased",
    "example daily standard",
    "median",
    "peer-reported employer standard",
)
UNITS_OF_WORK = "workload units"
DOUBTED = "reads like records per HOUR"
CAVEAT = " It reads like records an hour, not a day."


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards(Part):
    """Every standard of coding speed in hand, in one unit.

    Parameters
    ----------
    table : DataFrame
        encounter_type, standard, records_low and records_high (in 8 paid hours), is_used, origin
        (source and mark), verification, note. The guide's rows come first.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "encounter_type": "Encounter",
            "standard": "Standard",
            "records_low": "Records in 8 hours, from",
            "records_high": "to",
            "is_used": "Sets the range",
            "origin": "Source [verified]",
        }
    )

    def of(self, encounter_type: str) -> pd.DataFrame:
        """Return the standards of one encounter type."""
        return self.table[self.table["encounter_type"].eq(encounter_type)]


def coding_standards(tables: Tables) -> Standards:
    """List every standard of coding speed, converted to records in 8 paid hours.

    A type's range is the guide's, widened to take in standards for the same records that were read
    in their source; where the guide is silent, all that was found sets it.

    Examples
    --------
    >>> from analysis import processed
    >>> found = coding_standards(processed.Tables())
    >>> found.of("inpatient").query("is_used")["records_high"].tolist()
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
    found = tables["productivity"]
    rows = found[found["setting"].isin(SETTINGS) & found["statistic"].isin(STATISTICS)]
    rows = rows[rows["unit"].isin([*RATES, "minutes"])]
    other = pd.DataFrame([_standard(row) for row in rows.to_dict("records")])
    silent = set(ENCOUNTER_TYPES) - set(guide["encounter_type"])
    table = pd.concat([guide, other, _workload_units(found)], ignore_index=True)
    table = table.assign(
        is_used=table["is_used"] | table["encounter_type"].isin(silent),
        origin=table["source"]
        + " ["
        + table["verification"]
        + "]"
        + table["note"].map(lambda note: CAVEAT if DOUBTED in note else ""),
    ).drop_duplicates(["encounter_type", "records_low", "records_high", "source"])
    order = list(ENCOUNTER_TYPES)
    return Standards(
        table=table.sort_values(
            "encounter_type", key=lambda names: names.map(order.index), kind="stable"
        ).reset_index(drop=True),
        note=(
            "No national standard exists. Rates from before October 2015 are of ICD-9, which took "
            "less time. The range of a type is the guide's, widened by standards for the same "
            "records that were read in their source; where the guide is silent, all that was found."
        ),
        source="career guide; published standards, surveys and claims as named in each row",
    )


def coding_speeds(standards: Standards) -> list[StaffingInput]:
    """Return the range of records in 8 paid hours by encounter type."""
    speeds = []
    for name, label in ENCOUNTER_TYPES.items():
        rows = standards.of(name)
        used = rows[rows["is_used"]]
        is_guided = used["source"].eq(GUIDE).any()
        speeds.append(
            StaffingInput(
                name=f"records_per_8_hours_{name}",
                label=f"{label} records in 8 paid hours",
                range=Range(
                    low=float(used["records_low"].min()), high=float(used["records_high"].max())
                ),
                unit="records",
                kind="guide" if is_guided else "claim",
                verification="guide" if is_guided else "claim",
                source="; ".join(used["source"].unique()),
                note="" if is_guided else "The guide gives none: claims and recalled figures only.",
            )
        )
    return speeds


def _standard(row: Mapping[Hashable, Any]) -> dict[str, object]:
    """Turn one row of the processed table into records in 8 paid hours."""
    low, high = float(row["value_low"]), float(row["value_high"])
    unit, setting = str(row["unit"]), str(row["setting"])
    if unit == "minutes":
        low, high = BENCHMARK_MINUTES / high, BENCHMARK_MINUTES / low
    else:
        low, high = RATES[unit] * low, RATES[unit] * high
    note = "" if pd.isna(row["note"]) else str(row["note"])
    is_read = row["verification"] == "read in source" and setting in SAME_RECORDS
    return {
        "encounter_type": SETTINGS[setting],
        "standard": f"{row['statistic']}, {setting}",
        "records_low": low,
        "records_high": high,
        "is_used": is_read and DOUBTED not in note,
        "verification": row["verification"],
        "source": f"{row['source_title']} ({row['vintage']})",
        "note": note,
    }


def _workload_units(productivity: pd.DataFrame) -> pd.DataFrame:
    """Return the emergency records that a daily standard of workload units comes to."""
    units = productivity[productivity["setting"].eq(UNITS_OF_WORK)].set_index("statistic")
    value = units["value_low"].astype("float64").to_dict()
    weight = value["observation/emergency record"]
    first = units.iloc[0]
    return pd.DataFrame(
        [
            {
                "encounter_type": "ed",
                "standard": "workload units a day, emergency or observation",
                "records_low": value["daily standard low"] / weight,
                "records_high": value["daily standard high"] / weight,
                "is_used": False,
                "verification": first["verification"],
                "source": f"{first['source_title']} ({first['vintage']})",
                "note": str(first["note"]),
            }
        ]
    )
