"""Claims about schooling."""

import pandas as pd

from analysis.studies.areas import (
    BILLING_CLERKS,
    CODERS,
    HEALTH_MANAGERS,
    REGISTRARS,
)
from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.lookup import (
    Tables,
    cite,
)
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, program_outcomes
from analysis.studies.projections import newest_projection

LEVELS = (  # as BLS names typical entry education, lowest first
    "No formal educational credential",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Postsecondary nondegree award",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
)
FORMER_CODE = "29-2071"


@tests("education-minimum-diploma", "education-minimum-award")
def typical_entry_education(tables: Tables, claim: Claim) -> Official:
    """Compare with the education BLS calls typical for entry."""
    row = newest_projection(tables, CODERS)
    level = str(row["typical_entry_education"].item())
    asked = "Postsecondary nondegree award" if "award" in claim.claim_id else LEVELS[1]
    return Official(
        text=level,
        year=str(row["projection_period"].item()),
        cited=cite(row),
        comparison="proxy",
        holds=LEVELS.index(level) >= LEVELS.index(asked),
        reason=f"BLS calls a {level[:1].lower() + level[1:]} typical for entry; it is not a law.",
    )


@tests("education-low-barrier")
def lower_than_other_health_occupations(tables: Tables, _: Claim) -> Official:
    """Compare with the typical entry education of the other health occupations in hand."""
    own = newest_projection(tables, CODERS)
    others = [newest_projection(tables, code) for code in (REGISTRARS, HEALTH_MANAGERS)]
    rows = pd.concat([own, *others])
    levels = dict(zip(rows["occupation_title"], rows["typical_entry_education"], strict=True))
    ranks = [LEVELS.index(level) for level in levels.values()]
    return Official(
        text="; ".join(f"{title}: {level}" for title, level in levels.items()),
        year=str(own["projection_period"].item()),
        cited=cite(rows),
        comparison="proxy",
        holds=all(rank > ranks[0] for rank in ranks[1:]),
        reason=f"BLS's typical entry education is lower than for the {len(others)} other health "
        "occupations whose level is in hand.",
    )


@tests("education-expectations-up")
def expectations_over_time(tables: Tables, _: Claim) -> Official:
    """Show whether BLS's typical entry education has changed; employers' wishes are not in it."""
    projections = tables["projections"]
    rows = projections[projections["occupation_code"].isin([CODERS, FORMER_CODE])]
    rows = rows.dropna(subset=["typical_entry_education"]).sort_values("projected_year")
    levels = rows["typical_entry_education"].unique()
    return Official(
        text=" then ".join(levels),
        year=f"{rows['projection_period'].iloc[0]} to {rows['projection_period'].iloc[-1]}",
        cited=cite(rows),
        comparison="proxy",
        is_comparable=False,
        reason=f"BLS's typical entry education {'changed' if len(levels) > 1 else 'is the same'} "
        f"over {len(rows)} projections, but it does not record what employers ask for.",
    )


@tests("education-associate-recommended")
def associate_against_certificate(tables: Tables, _: Claim) -> Official:
    """Compare what completers of both kinds of program earn, an institution counting once."""
    programs = tables["programmes"]
    found = program_outcomes(programs).set_index("credential")
    medians, counts = found["median_earnings_usd"], found["institutions_with_earnings"]
    associate, certificate = float(medians[ASSOCIATE]), float(medians[CERTIFICATE])
    return Official(
        text=f"associate ${associate:,.0f}, certificate ${certificate:,.0f}",
        unit="USD a year",
        year=str(programs["vintage"].iloc[0]),
        cited=cite(programs.head(1)),
        comparison="proxy",
        holds=associate > certificate,
        reason=f"The median of {counts[ASSOCIATE]:,} institutions' associate programs is "
        f"${associate:,.0f} and of {counts[CERTIFICATE]:,} institutions' certificate programs "
        f"${certificate:,.0f}; the field is wider than coding and the gap unadjusted.",
    )


@tests("billing-vs-coding-knowledge")
def training_of_coders_and_billers(tables: Tables, _: Claim) -> Official:
    """Compare the typical entry education of both occupations."""
    coders, billers = (newest_projection(tables, code) for code in (CODERS, BILLING_CLERKS))
    own, theirs = (str(row["typical_entry_education"].item()) for row in (coders, billers))
    return Official(
        text=f"coders: {own}; billing clerks: {theirs}",
        year=str(coders["projection_period"].item()),
        cited=cite(pd.concat([coders, billers])),
        comparison="proxy",
        holds=LEVELS.index(own) > LEVELS.index(theirs),
        reason="BLS calls more schooling typical for coders than for billing clerks; what they "
        "know of medicine is not measured.",
    )
