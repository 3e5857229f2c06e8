"""Claims about pay by experience and specialty, which OEWS does not know."""

from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.guide import (
    national_row,
    pay_bands_on_distribution,
    state_rows,
)
from analysis.studies.lookup import Tables, cite, cite_oews, rows_where

PERCENTILE_NAMES = {
    "p10_wage_usd": "10th percentile",
    "p25_wage_usd": "25th percentile",
    "median_wage_usd": "median",
    "p75_wage_usd": "75th percentile",
    "p90_wage_usd": "90th percentile",
}
PERCENTILES_OF_TIERS = {  # the part of all coders that each tier is held against
    "salary-entry-range": ("p10_wage_usd", "p25_wage_usd"),
    "salary-mid-range": ("median_wage_usd", "median_wage_usd"),
    "salary-experienced-range": ("p75_wage_usd", "p75_wage_usd"),
    "salary-specialized-range": ("p90_wage_usd", "p90_wage_usd"),
}
LONG_EXPERIENCE = "more than 15 years experience"
SHORT_EXPERIENCE = "more than 2 years experience"


@tests(*PERCENTILES_OF_TIERS)
def pay_of_a_tier(tables: Tables, claim: Claim) -> Official:
    """Hold an experience tier against a percentile of all coders."""
    row = national_row(tables)
    low, high = (float(row[column]) for column in PERCENTILES_OF_TIERS[claim.claim_id])
    names = dict.fromkeys(PERCENTILE_NAMES[c] for c in PERCENTILES_OF_TIERS[claim.claim_id])
    return Official(
        low=low,
        high=high,
        unit=claim.unit,
        year=f"May {row['year']}",
        cited=cite_oews(tables["wages"]),
        comparison="proxy",
        reason=f"Held against the {' to '.join(names)} of all coders, as OEWS records no "
        f"experience; the band holds {_share_inside(tables, claim):.0f}% of them.",
    )


@tests(
    "salary-specialty-interventional-radiology",
    "salary-specialty-cardiology",
    "salary-specialty-risk-adjustment",
)
def pay_of_a_specialty(tables: Tables, claim: Claim) -> Official:
    """Place the band on the distribution; no source in hand knows specialties."""
    bands = pay_bands_on_distribution(tables).set_index("claim_id")
    low, high = bands.loc[claim.claim_id, ["low_percentile", "high_percentile"]].astype("float64")
    return Official(
        text=f"percentiles {low:.0f} to {high:.0f} of all coders",
        unit=claim.unit,
        year=f"May {national_row(tables)['year']}",
        cited=cite_oews(tables["wages"]),
        comparison="proxy",
        is_comparable=False,
        reason=f"OEWS records no specialty; the band holds "
        f"{_share_inside(tables, claim):.0f}% of all coders.",
    )


@tests("salary-drivers")
def what_pay_depends_on(tables: Tables, _: Claim) -> Official:
    """Look for a gap by place, by experience and by credential; specialty is not recorded."""
    states = state_rows(tables)["median_wage_usd"].dropna()
    surveys = tables["member_salaries"]
    by_experience = rows_where(surveys, group=LONG_EXPERIENCE)
    seasoned = float(by_experience["value"].item())
    newer = rows_where(surveys, group=SHORT_EXPERIENCE, survey=by_experience["survey"].item())
    gap = 100 * (seasoned / float(newer["value"].item()) - 1)
    by_place = 100 * (states.quantile(0.9) / states.quantile(0.1) - 1)
    return Official(
        text=f"by place {by_place:.0f}%, by experience {gap:.0f}%",
        unit="percent",
        year=f"May {national_row(tables)['year']}; {by_experience['survey_year'].item()}",
        cited=cite_oews(tables["wages"]) + cite(by_experience),
        comparison="proxy",
        holds=bool(by_place > 0 and gap > 0),
        reason=f"State medians differ by {by_place:.0f}% (90th to 10th percentile) and members of "
        f"long experience averaged {gap:.0f}% more; credentials are tested apart and specialty is "
        "not recorded.",
    )


def _share_inside(tables: Tables, claim: Claim) -> float:
    """Give the percent of all coders paid within a band."""
    band = rows_where(pay_bands_on_distribution(tables), claim_id=claim.claim_id)
    return 100 * float(band["share_inside"].item())
