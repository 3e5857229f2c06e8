"""Statements about demand, automation, denials, output and the code sets in force."""

from collections.abc import Mapping

import pandas as pd

from analysis.studies.areas import ALL_OCCUPATIONS, BILLING_CLERKS, CODERS
from analysis.studies.evidence.grading import Official, Statement, Test, from_rows
from analysis.studies.lookup import Tables, latest, rows_where
from analysis.studies.projections import newest_projection

HOURS_PER_DAY = 8
HIPAA_SETS = r"(ICD-10-(?:CM|PCS))"  # as the sources name them
CLAIM_RATES = {  # initial denials as shares of claims, by id
    "initial_claims_2020": "hospitals, all payers",
    "initial_private_payers_2022": "private payers",
    "marketplace_all_2023": "marketplace plans",
}
OF_DOLLARS = "initial_claims_2024"
PRESSURED = "providers_over_10_pct"
LANGUAGE_MODELS = (
    "gpt4_exact_icd_10",
    "gpt4_exact_cpt",
    "gpt4_inpatient_notes",
    "claude_3_inpatient_notes",
    "gpt35_inpatient_notes",
)
BILLING_EXPOSURE = ("exposure_43_3021_gpt4_beta", "exposure_43_3021_human_beta")


def _growth_to_2032(tables: Tables, statement: Statement) -> Official:
    """Compare with the current projection, and say which one the guide repeats."""
    vintages = rows_where(tables["projections"], occupation_code=CODERS)
    year = int(statement.text.rstrip(".").rsplit(maxsplit=1)[-1])
    current, repeated = (
        latest(vintages, "projected_year"),
        rows_where(vintages, projected_year=year),
    )
    (now_period, growth), (then_period, then) = (
        (_period(row), float(row["growth_pct"].item())) for row in (current, repeated)
    )
    return from_rows(
        pd.concat([current, repeated]),
        growth,
        year=now_period,
        older=((then_period, then),),
        superseded_release="" if now_period == then_period else then_period,
        reason=f"The projection to {year} is the superseded {then_period} round, which said "
        f"{then:.1f}%; the current one says {growth:.1f}% for {now_period}, over ten years and "
        "not a year.",
    )


def _faster_than_average(tables: Tables, _: Statement) -> Official:
    rows, growth, average = _growth(tables)
    return from_rows(
        rows,
        text=f"{growth:.1f}% against {average:.1f}%",
        year=_period(rows),
        holds=growth > average,
        reason=f"BLS projects {growth:.1f}% for the occupation and {average:.1f}% for all.",
    )


def _billers_included(tables: Tables, _: Statement) -> Official:
    """Show that billers are counted in both occupations."""
    billers = newest_projection(tables, BILLING_CLERKS)
    growth = float(billers["growth_pct"].item())
    return from_rows(
        billers,
        text=f"billing clerks apart: {growth:.1f}%",
        year=_period(billers),
        comparison="proxy",
        is_comparable=False,
        reason="The occupation includes some billers: O*NET lists medical biller among its titles "
        "and posting insurance billings among its tasks. Billing clerks of every industry are "
        f"projected apart ({BILLING_CLERKS}, {growth:.1f}%), medical billers alone by nobody.",
    )


def _still_growing(comparison: str, end: str) -> Test:
    """Ask whether any projection of the occupation foresees fewer jobs."""

    def test(tables: Tables, _: Statement) -> Official:
        vintages = rows_where(tables["projections"], occupation_code=CODERS)
        low, high = float(vintages["growth_pct"].min()), float(vintages["growth_pct"].max())
        return from_rows(
            vintages,
            text=f"{low:.1f}% to {high:.1f}% over ten years",
            year=_period(latest(vintages, "projected_year")),
            comparison=comparison,
            holds=low > 0,
            reason=f"All {len(vintages)} projections of the occupation since 2021 foresee more "
            f"jobs{end}",
        )

    return test


def _stable_path(tables: Tables, _: Statement) -> Official:
    rows = pd.concat(
        rows_where(tables["separations"], occupation_code=code)
        for code in (CODERS, ALL_OCCUPATIONS)
    )
    rate, average = rows["separation_rate_pct"].astype("float64")
    return from_rows(
        rows,
        text=f"{rate:.1f}% leave a year, {average:.1f}% in all occupations",
        year=_period(rows),
        comparison="proxy",
        holds=rate < average,
        reason=f"Each year {rate:.1f}% leave the occupation for another or for good, against "
        f"{average:.1f}% in all occupations; room to advance is not measured.",
    )


def _strong_demand(tables: Tables, _: Statement) -> Official:
    """Compare growth with the average, openings with jobs, and awards with openings."""
    rows, growth, average = _growth(tables)
    coders = rows.iloc[0]
    openings = float(coders["annual_openings"])
    years = int(coders["projected_year"] - coders["base_year"])
    from_growth = 100 * float(coders["employment_change"]) / years / openings
    return from_rows(
        rows,
        text=f"{openings:,.0f} openings a year; growth {growth:.1f}% against {average:.1f}%",
        year=_period(rows),
        comparison="proxy",
        holds=growth > average,
        reason=f"Growth is above average and {openings:,.0f} openings are projected a year, "
        f"{from_growth:.0f}% of them from growth and the rest to replace leavers; coders only, and "
        "nothing is said of how many train for them.",
    )


def _regulatory_complexity(tables: Tables, _: Statement) -> Official:
    view = rows_where(tables["automation_evidence"], id="bls_view")
    return from_rows(
        view,
        text=str(view["item"].item()),
        comparison="proxy",
        holds=bool(view["item"].str.contains("complexity").item()),
        reason="BLS names demand and coding complexity as what raises the occupation's share of "
        "jobs, partly offset by software.",
    )


def _aging_population(tables: Tables, _: Statement) -> Official:
    """Compare how fast people of 65 and over and all people become more."""
    projected = tables["population"].query("kind.str.startswith('projection')").sort_values("year")
    jobs = newest_projection(tables, CODERS)
    from_year, to_year = jobs["base_year"].item(), jobs["projected_year"].item()
    ends = projected[projected["year"].isin([from_year, to_year])]
    older, everyone = (
        100 * (ends[column].iloc[-1] / ends[column].iloc[0] - 1)
        for column in ("population_65_and_over", "population")
    )
    return from_rows(
        ends,
        text=f"65 and over +{older:.1f}%, all ages +{everyone:.1f}%",
        year=f"{from_year}-{to_year % 100}",
        comparison="proxy",
        holds=bool(older > everyone),
        reason=f"People of 65 and over are projected to grow by {older:.1f}% and all ages by "
        f"{everyone:.1f}%; what each uses of care is not in the data.",
    )


def _initial_denials(tables: Tables, _: Statement) -> Official:
    """Compare with the rates that are shares of claims; others are shares of dollars."""
    denials = tables["denials"]
    rows = pd.concat(rows_where(denials, id=name) for name in CLAIM_RATES)
    dollars = rows_where(denials, id=OF_DOLLARS)
    each = ", ".join(
        f"{rate:.0f}% for {who} ({period})"
        for rate, who, period in zip(
            rows["value_low"], CLAIM_RATES.values(), rows["period"], strict=True
        )
    )
    return from_rows(
        rows,
        float(rows["value_low"].min()),
        float(rows["value_low"].max()),
        comparison="proxy",
        reason=f"At first {each} of claims were denied; the {dollars['value_low'].item():.1f}% of "
        "one vendor's hospitals in 2024 is by most accounts of dollars and is left out.",
    )


def _rising_denials(tables: Tables, _: Statement) -> Official:
    denials = tables["denials"]
    rows = denials[denials["id"].str.startswith(PRESSURED)].sort_values("period")
    shares = rows["value_low"]
    return from_rows(
        rows,
        text=" then ".join(
            f"{share:.0f}% ({year})" for year, share in shares.set_axis(rows["period"]).items()
        ),
        year=f"{rows['period'].iloc[0]} to {rows['period'].iloc[-1]}",
        comparison="proxy",
        holds=bool(shares.is_monotonic_increasing and shares.iloc[-1] > shares.iloc[0]),
        reason="The share of providers with a tenth or more of claims denied rose from "
        f"{shares.iloc[0]:.0f}% to {shares.iloc[-1]:.0f}% in one vendor's surveys.",
    )


def _outpatient_output(tables: Tables, _: Statement) -> Official:
    """Show the published range over a day of eight hours, which holds whatever is stated."""
    rows = pd.concat(
        rows_where(tables["productivity"], id=name)
        for name in ("outpatient_paraphrase", "outpatient_example")
    )
    low, high = (HOURS_PER_DAY * float(rows[end].iloc[0]) for end in ("value_low", "value_high"))
    example = rows.iloc[1]
    return from_rows(
        rows,
        low,
        high,
        comparison="stale",
        reason=f"A paraphrased benchmark is as wide as {low:.0f} to {high:.0f} a day, which would "
        f"hold almost any statement, and one example {example['value_low']:.0f} to "
        f"{example['value_high']:.0f}; no national standard exists.",
    )


def _inpatient_output(tables: Tables, _: Statement) -> Official:
    """Compare with the last standard before ICD-10, and with ICD-10's longer time a record."""
    rows = pd.concat(
        rows_where(tables["productivity"], id=name)
        for name in ("inpatient_day_2007", "inpatient_icd_10_extra_pct")
    )
    before, longer = rows["value_low"].astype("float64")
    after = before / (1 + longer / 100)
    return from_rows(
        rows,
        after,
        before,
        year=str(rows["vintage"].iloc[0]),
        comparison="stale",
        reason=f"AHIMA's last standard was {before:.0f} a day in the time of ICD-9, which is "
        f"{after:.1f} at the time a record took when ICD-10 was new.",
    )


def _accuracy_bar(tables: Tables, _: Statement) -> Official:
    row = rows_where(tables["productivity"], id="accuracy_threshold")
    bar = float(row["value_low"].item())
    return from_rows(
        row,
        bar,
        comparison="proxy",
        reason=f"One trade page names {bar:.0f}% or more as usual, for coders wherever they work.",
    )


def _software_accuracy(tables: Tables, _: Statement) -> Official:
    """Show what independent tests of language models and vendors found."""
    evidence = tables["automation_evidence"]
    rows = evidence[evidence["id"].isin(LANGUAGE_MODELS)]
    vendor = rows_where(evidence, id="ai_assisted_outpatient_accuracy")["value_low"].item()
    low, high = float(rows["value_low"].min()), float(rows["value_low"].max())
    return from_rows(
        rows,
        text=f"{low:.0f}% to {high:.0f}% in tests of language models",
        comparison="proxy",
        is_comparable=False,
        reason=f"Independent tests found {low:.0f}% to {high:.0f}%, but of general language models "
        "and not of coding products on routine cases, for which only vendors print figures "
        f"({vendor:.0f}%, no primary source).",
    )


def _billing_exposure(tables: Tables, _: Statement) -> Official:
    evidence = tables["automation_evidence"]
    rows = evidence[evidence["id"].isin(BILLING_EXPOSURE)]
    low, high = 100 * rows["value_low"].min(), 100 * rows["value_low"].max()
    return from_rows(
        rows,
        text=f"{low:.0f}% to {high:.0f}% of billing clerks' tasks exposed",
        comparison="proxy",
        is_comparable=False,
        reason="Exposure says what software could do, not which tasks are left to people; no "
        "time-use study was found.",
    )


def _skill(*names: str) -> Test:
    """Look for software among the technologies O*NET lists for the occupation."""

    def test(tables: Tables, _: Statement) -> Official:
        evidence = tables["automation_evidence"]
        rows = evidence[evidence["id"].isin([f"onet_{name}" for name in names])]
        listed = "; ".join(rows["item"])
        return from_rows(
            rows,
            text=listed,
            comparison="proxy",
            holds=len(rows) == len(names),
            reason=f"O*NET lists for the occupation: {listed}. A listing says that jobs use it, "
            "not how many employers ask for it.",
        )

    return test


def _code_sets(tables: Tables, _: Statement) -> Official:
    """Count the ICD-10 sets that HIPAA names and the guide's sets for all else."""
    hipaa = _status(tables, "HIPAA code sets")
    named = hipaa["statement"].str.extractall(HIPAA_SETS)[0].unique()
    others = tables["guide_code_sets"].query("covers != 'diagnoses'")["code_set"]
    count = float(len(named) + len(others))
    return from_rows(
        hipaa,
        count,
        year=str(hipaa["vintage"].iloc[-1]),
        reason=f"HIPAA names {' and '.join(named)}, which with {' and '.join(others)} makes "
        f"{count:.0f}; the guide leaves out the set for inpatient procedures.",
    )


def _icd_11(tables: Tables, _: Statement) -> Official:
    """Ask which diagnosis codes the United States uses."""
    in_force = _status(tables, "ICD-10-CM Official Guidelines|codes are to be used")
    no_date = _status(tables, "no official implementation date")
    return from_rows(
        pd.concat([in_force, no_date]),
        text="ICD-10-CM in force; no US date for ICD-11",
        year=str(in_force["vintage"].iloc[-1]),
        holds=False,
        reason="US diagnoses are still coded in ICD-10-CM, which is issued anew each fiscal year; "
        "ICD-11 has no US date, and no source knows an adopted US version of it.",
    )


def _status(tables: Tables, words: str) -> pd.DataFrame:
    """Find the statements on the code sets in force that contain `words`.

    Raises
    ------
    ValueError
        None does: the facts have changed, and so may the grade.
    """
    status = tables["code_set_status"]
    found = status[status["statement"].str.contains(words, regex=True)]
    if found.empty:
        raise ValueError(f"No statement of code_set_status contains {words!r} any more.")
    return found


def _growth(tables: Tables) -> tuple[pd.DataFrame, float, float]:
    """Return the newest projections of coders and of all occupations, and their growth."""
    rows = pd.concat(newest_projection(tables, code) for code in (CODERS, ALL_OCCUPATIONS))
    growth, average = rows["growth_pct"].astype("float64")
    return rows, growth, average


def _period(rows: pd.DataFrame) -> str:
    return str(rows["projection_period"].iloc[-1])


TESTS: Mapping[str, Test] = {
    "outlook-growth-2032": _growth_to_2032,
    "outlook-faster-than-average": _faster_than_average,
    "outlook-billers-included": _billers_included,
    "outlook-still-growing-with-ai": _still_growing("direct", "."),
    "ai-not-replacing-coders": _still_growing(
        "proxy", "; that is BLS's forecast and not yet an outcome."
    ),
    "outlook-stable-path": _stable_path,
    "demand-strong-2026": _strong_demand,
    "driver-regulatory-complexity": _regulatory_complexity,
    "driver-aging-population": _aging_population,
    "denials-initial-rate": _initial_denials,
    "denials-pressure-rising": _rising_denials,
    "productivity-outpatient": _outpatient_output,
    "productivity-inpatient": _inpatient_output,
    "quality-accuracy-required": _accuracy_bar,
    "remote-accuracy-threshold": _accuracy_bar,
    "ai-accuracy-routine": _software_accuracy,
    "automation-shifts-to-exceptions": _billing_exposure,
    "competency-ehr": _skill("epic", "meditech", "eclinicalworks"),
    "competency-ai-tools": _skill("encoder"),
    "code-sets-count": _code_sets,
    "code-sets-icd11-replaced": _icd_11,
    "code-sets-icd11-in-use": _icd_11,
    "regulation-icd-annual": _icd_11,
}
