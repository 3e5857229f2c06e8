"""Statements about schooling: what entry takes, how long it lasts and what it costs."""

from collections.abc import Mapping

import pandas as pd

from analysis.studies.areas import BILLING_CLERKS, CODERS, HEALTH_MANAGERS, REGISTRARS
from analysis.studies.completions import SOURCE as COMPLETIONS
from analysis.studies.evidence.grading import Official, Statement, Test, from_rows
from analysis.studies.lookup import Citation, Tables, latest, rows_where
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, program_outcomes
from analysis.studies.projections import newest_projection

TUITION = "published tuition and fees, in-district, full time"
LOWEST_TUITION = "published tuition and fees, lowest state (California)"
HIGHEST_TUITION = "published tuition and fees, highest state (Vermont)"
ASSOCIATE_YEARS = 2
FORMER_CODE = "29-2071"
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
CODING_PROGRAMS = ("51.0707", "51.0713")  # health information technology, coding
CERTIFICATE_MONTHS = {  # of study, by award level; an academic year has nine
    "certificate under 12 weeks": (0, 3),
    "certificate 12 weeks to under 1 year": (3, 9),
    "certificate 1 to under 2 years": (9, 18),
    "certificate 2 to under 4 years": (18, 36),
}


def _tuition(tables: Tables, _: Statement) -> Official:
    """Compare with one and two years' tuition at public two-year colleges."""
    costs = rows_where(tables["programme_costs"], sector="public two-year")
    newest = latest(costs[costs["item"].isin([TUITION, LOWEST_TUITION, HIGHEST_TUITION])], "period")
    year, low, high = (
        float(rows_where(newest, item=item)["value"].item())
        for item in (TUITION, LOWEST_TUITION, HIGHEST_TUITION)
    )
    return from_rows(
        newest,
        year,
        ASSOCIATE_YEARS * year,
        year=str(newest["period"].iloc[0]),
        comparison="proxy",
        reason=f"A year at a public two-year college costs ${year:,.0f} (states ${low:,.0f} to "
        f"${high:,.0f}), one or two years are needed; for-profit schools publish no current price.",
    )


def _entry_education(asked: str) -> Test:
    """Compare with the education BLS calls typical for entry."""

    def test(tables: Tables, _: Statement) -> Official:
        row = newest_projection(tables, CODERS)
        level = str(row["typical_entry_education"].item())
        return from_rows(
            row,
            text=level,
            year=str(row["projection_period"].item()),
            comparison="proxy",
            holds=LEVELS.index(level) >= LEVELS.index(asked),
            reason=f"BLS calls a {_lower(level)} typical for entry; it is not a law.",
        )

    return test


def _low_barrier(tables: Tables, _: Statement) -> Official:
    own = newest_projection(tables, CODERS)
    others = [newest_projection(tables, code) for code in (REGISTRARS, HEALTH_MANAGERS)]
    rows = pd.concat([own, *others])
    levels = dict(zip(rows["occupation_title"], rows["typical_entry_education"], strict=True))
    ranks = [LEVELS.index(level) for level in levels.values()]
    return from_rows(
        rows,
        text="; ".join(f"{title}: {level}" for title, level in levels.items()),
        year=str(own["projection_period"].item()),
        comparison="proxy",
        holds=all(rank > ranks[0] for rank in ranks[1:]),
        reason=f"BLS's typical entry education is lower than for the {len(others)} health "
        "occupations it was compared with, both of them neighbors with a degree.",
    )


def _expectations(tables: Tables, _: Statement) -> Official:
    projections = tables["projections"]
    rows = projections[projections["occupation_code"].isin([CODERS, FORMER_CODE])]
    rows = rows.dropna(subset=["typical_entry_education"]).sort_values("projected_year")
    levels = rows["typical_entry_education"].unique()
    return from_rows(
        rows,
        text=" then ".join(levels),
        year=f"{rows['projection_period'].iloc[0]} to {rows['projection_period'].iloc[-1]}",
        comparison="proxy",
        is_comparable=False,
        reason=f"BLS's typical entry education {'changed' if len(levels) > 1 else 'is the same'} "
        f"over {len(rows)} projections, but it does not record what employers ask for.",
    )


def _associate_or_certificate(tables: Tables, _: Statement) -> Official:
    """Show what completers of both kinds of program earn; not who is a strong candidate."""
    programs = tables["programmes"]
    national = program_outcomes(programs).query("state == 'US'").set_index("credential")
    earnings, counts = national["median_earnings_usd"], national["institutions"]
    return from_rows(
        programs.head(1),
        text=f"associate ${earnings[ASSOCIATE]:,.0f}, certificate ${earnings[CERTIFICATE]:,.0f}",
        year=str(programs["vintage"].iloc[0]),
        comparison="proxy",
        is_comparable=False,
        reason=f"Completers of {counts[ASSOCIATE]:,} associate programs earn a median of "
        f"${earnings[ASSOCIATE]:,.0f} and of {counts[CERTIFICATE]:,} certificate programs "
        f"${earnings[CERTIFICATE]:,.0f}, unadjusted; that says nothing of whom employers prefer.",
    )


def _certificate_length(tables: Tables, _: Statement) -> Official:
    """Find the class of length that holds the middle certificate awarded."""
    awards = tables["completions"]
    rows = latest(awards[awards["cip_code"].isin(CODING_PROGRAMS)], "academic_year")
    counts = rows.groupby("award_level")["awards"].sum().reindex(list(CERTIFICATE_MONTHS))
    shares = 100 * counts / counts.sum()
    middle = str(shares.index[int((shares.cumsum() < 50).sum())])
    low, high = CERTIFICATE_MONTHS[middle]
    return Official(
        low=float(low),
        high=float(high),
        year=str(rows["academic_year"].iloc[0]),
        cited=Citation(source=COMPLETIONS, verification="derived"),
        comparison="proxy",
        reason=f"Of {counts.sum():,.0f} certificates awarded in health information technology and "
        f"coding {shares.iloc[0]:.0f}% were of under 12 weeks, {shares.iloc[1]:.0f}% of up to a "
        f"year and {shares.iloc[2]:.0f}% of one to two years of study.",
    )


def _coders_and_billers_training(tables: Tables, _: Statement) -> Official:
    coders, billers = (newest_projection(tables, code) for code in (CODERS, BILLING_CLERKS))
    own, theirs = (str(row["typical_entry_education"].item()) for row in (coders, billers))
    return from_rows(
        pd.concat([coders, billers]),
        text=f"coders: {own}; billing clerks: {theirs}",
        year=str(coders["projection_period"].item()),
        comparison="proxy",
        holds=LEVELS.index(own) > LEVELS.index(theirs),
        reason="BLS calls more schooling typical for coders than for billing clerks; what they "
        "know of medicine is not measured.",
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


TESTS: Mapping[str, Test] = {
    "education-program-cost": _tuition,
    "education-minimum-diploma": _entry_education(LEVELS[1]),
    "education-minimum-award": _entry_education(LEVELS[3]),
    "education-low-barrier": _low_barrier,
    "education-expectations-up": _expectations,
    "education-associate-recommended": _associate_or_certificate,
    "education-certificate-months": _certificate_length,
    "education-training-months": _certificate_length,
    "billing-vs-coding-knowledge": _coders_and_billers_training,
}
