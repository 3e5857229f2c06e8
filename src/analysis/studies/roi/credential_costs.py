"""What the way to a credential costs: tuition, materials, hours of study, upkeep, dropping out."""

from collections.abc import Mapping

import pandas as pd

from analysis.studies.areas import Area
from analysis.studies.lookup import row_of
from analysis.studies.roi.return_inputs import ReturnInput, input_range
from analysis.studies.roi.training_pathways import Pathway

Tables = Mapping[str, pd.DataFrame]

GUIDE = "Career guide 2026"
SECTOR = "public two-year"
TUITION = "published tuition and fees"
MONTHS = 12.0


def study_inputs(tables: Tables, *, pathway: Pathway, area: Area) -> tuple[ReturnInput, ...]:
    """Return what the way to any credential asks, and to keep it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables programme_costs and the guide's.
    pathway, area
        Whose costs.

    Returns
    -------
    tuple of ReturnInput
        tuition_usd, materials_usd, study_hours, renewal_usd_per_year, completion_rate_pct.
    """
    return (
        tuition_input(tables, pathway=pathway, area=area),
        materials_input(tables, pathway=pathway),
        guide_exam_input(
            tables, "study time", "study_hours", "Study before the exam", unit="hours"
        ),
        renewal_input(tables),
        completion_input(tables, pathway=pathway),
    )


def tuition_input(tables: Tables, *, pathway: Pathway, area: Area) -> ReturnInput:
    """Return tuition and fees of the whole training.

    Certificate and associate: the published yearly price of public two-year colleges (the state's
    own where the table has it, else the nation's) for the guide's months; limits from the guide.
    Self-study: up to the guide's cheapest programme.
    """
    guide = row_of(tables["guide_education_paths"], "path", "any training program")
    cheapest, dearest = float(guide["cost_low_usd"]), float(guide["cost_high_usd"])
    label = "Tuition and fees"
    if pathway.name == "certification_only":
        return input_range(
            "tuition_usd", label, value=0.0, unit="USD", source="No training on this pathway"
        )
    if pathway.name == "self_study":
        return input_range(
            "tuition_usd",
            label,
            value=cheapest,
            low=0.0,
            high=cheapest,
            unit="USD",
            source=f"{GUIDE}: its cheapest programme, or nothing beyond materials",
            note="No price of self-study courses is published.",
        )
    costs = tables["programme_costs"]
    prices = costs[costs["item"].str.startswith(TUITION) & costs["sector"].eq(SECTOR)]
    prices = prices[prices["period"].eq(prices["period"].max())]
    named = prices[prices["item"].str.contains(area.name, regex=False)]
    row = (named if len(named) else prices[prices["item"].str.contains("in-district")]).iloc[0]
    path = row_of(tables["guide_education_paths"], "path", pathway.guide_path)
    years = (float(path["months_low"]) + float(path["months_high"])) / 2 / MONTHS
    value = float(row["value"]) * years
    return input_range(
        "tuition_usd",
        label,
        value=value,
        low=min(value, cheapest),
        high=max(value, dearest),
        unit="USD",
        year=str(row["period"]),
        source=f"{row['source_title']}; limits: {GUIDE}",
        kind="official",
        verification=str(row["verification"]),
        note=f"Public two-year colleges, {row['item'].removeprefix(TUITION).strip(' ,')}, "
        f"{years:.2g} years; grants are not taken off, living costs not added.",
    )


def materials_input(tables: Tables, *, pathway: Pathway) -> ReturnInput:
    """Return what books and practice exams cost; an associate degree adds its own books."""
    row = row_of(tables["guide_certification_costs"], "item", "study materials")
    low, high = float(row["low_usd"]), float(row["high_usd"])
    books = 0.0
    if pathway.name == "associate":
        costs = tables["programme_costs"]
        books = 2 * float(row_of(costs, "item", "books and supplies")["value"])
    return input_range(
        "materials_usd",
        "Study materials",
        value=(low + high) / 2 + books,
        low=low + books,
        high=high + books,
        unit="USD",
        source=GUIDE,
        kind="guide",
        verification="guide",
        note=f"With {books:,.0f} USD for two years of books (College Board)." if books else "",
    )


def renewal_input(tables: Tables) -> ReturnInput:
    """Return dues and continuing education a year, from the first job on."""
    row = row_of(tables["guide_certification_costs"], "item", "renewal")
    low, high = float(row["low_usd"]), float(row["high_usd"])
    return input_range(
        "renewal_usd_per_year",
        "Renewal and continuing education",
        value=(low + high) / 2,
        low=low,
        high=high,
        unit="USD a year",
        source=GUIDE,
        kind="guide",
        verification="guide",
        note="Taken to include the dues of later years.",
    )


def completion_input(tables: Tables, *, pathway: Pathway) -> ReturnInput:
    """Return the chance to complete the training.

    Certificate: certificate seekers at less-than-two-year institutions within 150 % of the normal
    time; associate: any programme within three years at two-year institutions. Both know first-time
    full-time students only, of all fields. Self-study: nobody publishes a rate.
    """
    label = "Completes the training"
    if pathway.name == "certification_only":
        return input_range(
            "completion_rate_pct", label, value=100.0, unit="percent", source="No training"
        )
    if pathway.name == "self_study":
        return input_range(
            "completion_rate_pct",
            label,
            value=50.0,
            low=25.0,
            high=75.0,
            unit="percent",
            source="Assumption: no completion rate of self-study is published",
            distribution="outcome",
        )
    costs = tables["programme_costs"]
    is_certificate = pathway.name == "certificate"
    item = (
        "graduation rate: CERTIFICATE-seekers, less-than-two-year institutions, within 150%"
        if is_certificate
        else "completed any program at first institution within 3 years"
    )
    rates = costs[costs["item"].eq(item)]
    if is_certificate:
        family = costs[costs["item"].str.startswith(item.removesuffix("150%"))]
        row = rates[rates["sector"].eq("overall")].iloc[0]
    else:
        family = costs[costs["item"].eq("six-year completion rate, any credential anywhere")]
        family = pd.concat([rates, family[family["sector"].str.startswith(SECTOR)]])
        row = rates.sort_values("period").iloc[-1]
    return input_range(
        "completion_rate_pct",
        label,
        value=float(row["value"]),
        low=float(family["value"].min()),
        high=float(family["value"].max()),
        unit="percent",
        year=str(row["period"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        distribution="outcome",
        note="All fields of study; " + str(row["note"]),
    )


def guide_exam_input(
    tables: Tables, measure: str, name: str, label: str, *, unit: str, note: str = ""
) -> ReturnInput:
    """Return a row of the processed table `guide_certification_exam` as an input.

    The middle of its range is the value.
    """
    row = row_of(tables["guide_certification_exam"], "measure", measure)
    low, high = float(row["low"]), float(row["high"])
    return input_range(
        name,
        label,
        value=(low + high) / 2,
        low=low,
        high=high,
        unit=unit,
        source=GUIDE,
        kind="guide",
        verification="guide",
        distribution="attempts" if unit == "percent" else "triangular",
        note=note,
    )
