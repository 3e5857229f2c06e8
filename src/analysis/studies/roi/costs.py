"""What a credential costs: tuition and the chance to complete, and the bill line by line."""

import pandas as pd

from analysis.estimate import Estimate
from analysis.models.roi import Case, ReturnInput, input_range
from analysis.models.roi.case import MONTHS, PERCENT, Distribution
from analysis.models.roi.cash_flow import HOURS_A_YEAR
from analysis.studies.areas import Area
from analysis.studies.credentials import (
    CURRENT,
    FIRST,
    guide_exam_input,
    materials_input,
    renewal_input,
)
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, assumed, row_of
from analysis.studies.roi.pathways import Pathway

SECTOR = "public two-year"
SIX_YEARS = "six-year completion rate, any credential anywhere"
TUITION = "published tuition and fees"
LOWEST_PASS_RATE_PCT = 1.0
PAID_ONCE = ("tuition_usd", "membership_usd", "exam_fee_usd", "materials_usd")
FIRST_CERTIFICATION = ("membership_usd", "exam_fee_usd", "materials_usd")


def assumed_input(
    tables: Tables,
    row: str,
    name: str,
    label: str,
    *,
    unit: str = "percent",
    distribution: Distribution = "triangular",
    note: str = "",
) -> ReturnInput:
    """Return a row of the table `assumptions` as an input."""
    found = assumed(tables, row)
    return input_range(
        name,
        label,
        value=found.middle if found.likely is None else found.likely,
        low=found.low,
        high=found.high,
        unit=unit,
        source=found.source,
        distribution=distribution,
        note=note,
    )


def study_inputs(
    tables: Tables, *, pathway: Pathway, area: Area, edition: str
) -> tuple[ReturnInput, ...]:
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
        materials_input(tables, is_degree=pathway.name == "associate"),
        guide_exam_input(
            tables, "study time", "study_hours", "Study before the exam", unit="hours"
        ),
        renewal_input(tables),
        completion_input(tables, pathway=pathway, edition=edition),
    )


def tuition_input(tables: Tables, *, pathway: Pathway, area: Area) -> ReturnInput:
    """Return tuition and fees of the whole training.

    Certificate and associate: the published yearly price of public two-year colleges (the state's
    own where the table has it, else the nation's) for the guide's months; limits from the guide.
    Self-study: up to the guide's cheapest program.
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
            source=f"{GUIDE}: its cheapest program, or nothing beyond materials",
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


def completion_input(tables: Tables, *, pathway: Pathway, edition: str = CURRENT) -> ReturnInput:
    """Return the chance to complete the training.

    Certificate: certificate seekers at public less-than-two-year institutions within 150 % of the
    normal time, a cohort of 2006; the lower limit is the newest cohort of public two-year colleges,
    any credential within six years. First edition: institutions of all sectors. Associate: any
    program within three years at two-year institutions. Rates of a normal time know first-time
    full-time students only, all of them are of all fields. Self-study: nobody publishes a rate.
    """
    label = "Completes the training"
    if pathway.name == "certification_only":
        return input_range(
            "completion_rate_pct", label, value=100.0, unit="percent", source="No training"
        )
    if pathway.name == "self_study":
        return assumed_input(
            tables,
            "roi.completion_rate.self_study",
            "completion_rate_pct",
            label,
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
    newer = costs[costs["item"].eq(SIX_YEARS) & costs["sector"].str.startswith(SECTOR)]
    note = ""
    if is_certificate:
        sector = "overall" if edition == FIRST else "public"
        family = costs[costs["item"].str.startswith(item.removesuffix("150%"))]
        if edition != FIRST:
            newest = newer.sort_values("period").iloc[[-1]]
            family = pd.concat([family[family["sector"].eq(sector)], newest])
            note = (
                f"Old: the {rates['period'].iloc[0]}. The lower limit is the newest of the sector, "
                f"the {newest['period'].iloc[0]}, any credential within six years. "
            )
        row = rates[rates["sector"].eq(sector)].iloc[0]
    else:
        family = pd.concat([rates, newer])
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
        note=f"{note}All fields of study; {row['note']}",
    )


def cost_lines(case: Case) -> pd.DataFrame:
    """Draw up the bill of a case for somebody who completes the training.

    Retakes: fee x (1 / pass rate - 1), their number being geometric in the pass rate.

    Returns
    -------
    DataFrame
        name, label, when ("once" or "a year"), value_usd, low_usd, high_usd (missing where the
        value is known), kind, is_cash (False for time and earnings given up), verification,
        source, note.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> lines = cost_lines(return_case(processed.Tables()))
    >>> float(total(lines, *FIRST_CERTIFICATION).value)
    947.0
    """
    fee, passes = case.input("exam_fee_usd"), case.input("pass_rate_pct")
    hours, wage = case.input("study_hours"), case.input("baseline_wage_usd")
    share, months = case.input("foregone_share_pct"), case.input("training_months")
    retakes = _derived(
        "expected_retakes_usd",
        f"Expected retakes at a pass rate of {passes.value:.0f} %",
        value=fee.value * _failed(passes.value),
        low=fee.low * _failed(passes.high),
        high=fee.high * _failed(passes.low),
        source=f"Fee x (1 / pass rate - 1); {passes.estimate.source}",
        is_cash=True,
        note=passes.estimate.note,
    )
    study = _derived(
        "study_time_usd",
        f"{hours.value:.0f} hours of study at the baseline's wage",
        value=hours.value * wage.value / HOURS_A_YEAR,
        low=hours.low * wage.low / HOURS_A_YEAR,
        high=hours.high * wage.high / HOURS_A_YEAR,
        source=f"{hours.estimate.source}; {wage.estimate.source}",
        is_cash=False,
    )
    foregone = _derived(
        "earnings_foregone_usd",
        f"Earnings given up: {share.value:.0f} % over {months.value:g} months of training",
        value=share.value / PERCENT * months.value / MONTHS * wage.value,
        low=share.low / PERCENT * months.low / MONTHS * wage.low,
        high=share.high / PERCENT * months.high / MONTHS * wage.high,
        source=share.estimate.source,
        is_cash=False,
        note="A stated choice, not data.",
    )
    paid = {name: _line(case.input(name)) for name in PAID_ONCE}
    materials = paid.pop("materials_usd")
    renewal = _line(case.input("renewal_usd_per_year")) | {"when": "a year"}
    rows = [*paid.values(), retakes, materials, study, foregone, renewal]
    money = dict.fromkeys(("value_usd", "low_usd", "high_usd"), "float64")
    return pd.DataFrame(rows).astype(money)


def total(lines: pd.DataFrame, *names: str) -> Estimate:
    """Add up lines of the bill and their limits: those named, else all that is paid once."""
    paid = lines["is_cash"] & lines["when"].eq("once")
    chosen = lines[lines["name"].isin(names) if names else paid]
    return Estimate(
        value=float(chosen["value_usd"].sum()),
        low=float(chosen["low_usd"].fillna(chosen["value_usd"]).sum()),
        high=float(chosen["high_usd"].fillna(chosen["value_usd"]).sum()),
        unit="USD",
        source="Paid once, with the expected retakes",
        kind="model",
        limits="all lines at their low to all at their high",
    )


def _line(item: ReturnInput) -> dict[str, object]:
    """Make a line of one input."""
    return {
        "name": item.name,
        "label": item.label,
        "when": "once",
        "value_usd": item.value,
        "low_usd": item.estimate.low,
        "high_usd": item.estimate.high,
        "kind": item.estimate.kind,
        "is_cash": True,
        "verification": item.verification,
        "source": item.estimate.source,
        "note": item.estimate.note,
    }


def _derived(
    name: str,
    label: str,
    *,
    value: float,
    low: float,
    high: float,
    source: str,
    is_cash: bool,
    note: str = "",
) -> dict[str, object]:
    """Make a line that is computed."""
    item = input_range(
        name, label, value=value, low=low, high=high, unit="USD", source=source, kind="model",
        note=note, verification="derived",
    )  # fmt: skip
    limits = {"low_usd": low, "high_usd": high}  # shown also where they leave no room
    return _line(item) | limits | {"is_cash": is_cash}


def _failed(pass_rate_pct: float) -> float:
    """Return the expected number of failed attempts before the first pass."""
    return PERCENT / max(pass_rate_pct, LOWEST_PASS_RATE_PCT) - 1
