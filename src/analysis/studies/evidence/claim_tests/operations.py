"""Claims about denials, output, accuracy and automation."""

import pandas as pd

from analysis.studies.areas import BILLING_CLERKS
from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.lookup import Tables, cite, latest, rows_where

HOURS_PER_DAY = 8
HOSPITAL_DENIALS = "initial denial rate, share of claims"
PRIVATE_DENIALS = "initial denial rate, private payers"
MARKET_DENIALS = "all claims denied"
PRESSURED = "providers whose claims are denied 10% of the time or more"
ACCURACY = "LLM accuracy"
VENDOR = "vendor claim"


@tests("denials-initial-rate")
def initial_denial_rate(tables: Tables, claim: Claim) -> Official:
    """Compare with the latest rate of hospitals over all payers."""
    denials = tables["denials"]
    hospitals = latest(rows_where(denials, measure=HOSPITAL_DENIALS), "period")
    private = rows_where(denials, measure=PRIVATE_DENIALS)
    market = rows_where(denials, measure=MARKET_DENIALS)
    rate = float(hospitals["value_low"].item())
    return Official(
        low=rate,
        high=rate,
        unit=claim.unit,
        year=str(hospitals["period"].item()),
        cited=cite(pd.concat([hospitals, private, market])),
        comparison="proxy",
        reason=f"Listed as untested, but hospitals of one vendor lost {rate:.1f}% of claims at "
        f"first, over all payers; private payers alone denied "
        f"{private['value_low'].item():.0f}% ({private['period'].item()}) and marketplace plans "
        f"{market['value_low'].item():.0f}% ({market['period'].item()}).",
    )


@tests("denials-pressure-rising")
def rising_denials(tables: Tables, _: Claim) -> Official:
    """Follow the share of providers who see many denials."""
    rows = rows_where(tables["denials"], measure=PRESSURED).sort_values("period")
    shares = rows["value_low"]
    return Official(
        text=" then ".join(
            f"{share:.0f}% ({year})" for year, share in shares.set_axis(rows["period"]).items()
        ),
        unit="percent",
        year=f"{rows['period'].iloc[0]} to {rows['period'].iloc[-1]}",
        cited=cite(rows),
        comparison="proxy",
        holds=bool(shares.is_monotonic_increasing and shares.iloc[-1] > shares.iloc[0]),
        reason="Listed as untested, but the share of providers with a tenth or more of claims "
        f"denied rose from {shares.iloc[0]:.0f}% to {shares.iloc[-1]:.0f}% in one vendor's "
        "surveys.",
    )


@tests("productivity-outpatient")
def outpatient_output(tables: Tables, claim: Claim) -> Official:
    """Compare with the published range per hour, over a day of eight hours."""
    rows = rows_where(
        tables["productivity"], setting="outpatient", statistic="AHIMA benchmark as paraphrased"
    )
    low, high = (HOURS_PER_DAY * float(rows[c].item()) for c in ("value_low", "value_high"))
    example = rows_where(
        tables["productivity"], setting="outpatient", statistic="example daily standard"
    )
    return Official(
        low=low,
        high=high,
        unit=claim.unit,
        year=str(rows["vintage"].item()),
        cited=cite(pd.concat([rows, example])),
        comparison="stale",
        reason="Listed as untested, but a paraphrased benchmark is as wide as "
        f"{low:.0f} to {high:.0f} a day and a recent example {example['value_low'].item():.0f} to "
        f"{example['value_high'].item():.0f}, so support is weak; no national standard exists.",
    )


@tests("productivity-inpatient")
def inpatient_output(tables: Tables, claim: Claim) -> Official:
    """Compare with the last standard before ICD-10, and with ICD-10's longer time a record."""
    table = rows_where(tables["productivity"], setting="inpatient")
    standard = rows_where(table, unit="records per 8 paid hours")
    longer = rows_where(table, statistic="extra time per record, ICD-10 vs ICD-9", unit="percent")
    before = float(standard["value_low"].item())
    after = before / (1 + float(longer["value_low"].item()) / 100)
    return Official(
        low=after,
        high=before,
        unit=claim.unit,
        year=str(standard["vintage"].item()),
        cited=cite(pd.concat([standard, longer])),
        comparison="stale",
        reason=f"Listed as untested, but AHIMA's last standard was {before:.0f} a day in the time "
        f"of ICD-9, which is {after:.1f} at the time a record took when ICD-10 was new.",
    )


@tests("quality-accuracy-required", "remote-accuracy-threshold")
def accuracy_bar(tables: Tables, claim: Claim) -> Official:
    """Compare with the usual bar."""
    row = rows_where(tables["productivity"], statistic="usual accuracy threshold")
    bar, cited = float(row["value_low"].item()), cite(row)
    return Official(
        low=bar,
        high=bar,
        unit=claim.unit,
        year=str(row["vintage"].item()),
        cited=cited,
        comparison="proxy",
        reason=f"Listed as untested, but one trade page names {bar:.0f}% or more as usual, for "
        "coders wherever they work.",
    )


@tests("ai-accuracy-routine")
def accuracy_of_software(tables: Tables, claim: Claim) -> Official:
    """Show what independent tests of language models and vendors found."""
    evidence = tables["automation_evidence"]
    tested = rows_where(evidence, kind=ACCURACY)
    tested = tested[
        tested["item"].str.contains("ICD-10-CM|CPT") & ~tested["item"].str.contains("non-exact")
    ].dropna(subset=["value_low"])
    vendors = rows_where(evidence, kind=VENDOR)
    vendor = vendors[vendors["item"].str.contains("accuracy of AI-assisted")]
    low, high = float(tested["value_low"].min()), float(tested["value_low"].max())
    return Official(
        low=low,
        high=high,
        unit=claim.unit,
        year=str(tested["vintage"].max()),
        cited=cite(tested),
        comparison="proxy",
        is_comparable=False,
        reason=f"Listed as untested; independent tests found {low:.0f}% to {high:.0f}%, but of "
        "general language models and not of coding products on routine cases, for which only "
        f"vendors print figures ({vendor['value_low'].max():.0f}%, no primary source).",
    )


@tests("automation-shifts-to-exceptions")
def exposure_of_billers(tables: Tables, _: Claim) -> Official:
    """Show how many of the billing clerks' tasks software could speed up."""
    evidence = rows_where(tables["automation_evidence"], kind="task exposure")
    rows = evidence[
        evidence["item"].str.startswith(BILLING_CLERKS) & evidence["item"].str.contains("_beta")
    ]
    low, high = 100 * rows["value_low"].min(), 100 * rows["value_low"].max()
    return Official(
        text=f"{low:.0f}% to {high:.0f}% of billing clerks' tasks exposed",
        unit="percent",
        year=str(rows["vintage"].iloc[0]),
        cited=cite(rows),
        comparison="proxy",
        is_comparable=False,
        reason="Exposure says what software could do, not which tasks are left to people; no "
        "time-use study is in hand.",
    )
