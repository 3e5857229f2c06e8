"""Claims about growth, demand and what drives it."""

import pandas as pd

from analysis.studies.areas import ALL_OCCUPATIONS, BILLING_CLERKS, CODERS
from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official, OlderFigure
from analysis.studies.lookup import Tables, cite, latest, rows_where
from analysis.studies.projections import newest_projection

OFFICIAL_VIEW = "official view"


@tests("outlook-growth-2032")
def growth_to_2032(tables: Tables, claim: Claim) -> Official:
    """Compare with the current projection, and say which one the guide repeats."""
    vintages = rows_where(tables["projections"], occupation_code=CODERS)
    current = latest(vintages, "projected_year")
    repeated = rows_where(vintages, projected_year=_year_named(claim))
    growth, then = float(current["growth_pct"].item()), float(repeated["growth_pct"].item())
    now_period = str(current["projection_period"].item())
    then_period = str(repeated["projection_period"].item())
    return Official(
        low=growth,
        high=growth,
        unit=claim.unit,
        year=now_period,
        cited=cite(pd.concat([current, repeated])),
        older=(OlderFigure(value=then, year=then_period),),
        superseded_release="" if now_period == then_period else then_period,
        reason=f"The projection to {_year_named(claim)} is the superseded {then_period} round, "
        f"which said {then:.1f}%; the current one says {growth:.1f}% for {now_period}, over ten "
        "years and not a year.",
    )


@tests("outlook-faster-than-average")
def faster_than_average(tables: Tables, _: Claim) -> Official:
    """Compare growth with that of all occupations."""
    coders, everyone = (newest_projection(tables, code) for code in (CODERS, ALL_OCCUPATIONS))
    growth, average = float(coders["growth_pct"].item()), float(everyone["growth_pct"].item())
    return Official(
        text=f"{growth:.1f}% against {average:.1f}%",
        unit="percent",
        year=_period(coders),
        cited=cite(pd.concat([coders, everyone])),
        holds=growth > average,
        reason=f"BLS projects {growth:.1f}% for the occupation and {average:.1f}% for all.",
    )


@tests("outlook-billers-included")
def billers_included(tables: Tables, _: Claim) -> Official:
    """Look for a projection of billing clerks of their own."""
    billers = newest_projection(tables, BILLING_CLERKS)
    growth = float(billers["growth_pct"].item())
    return Official(
        text=f"billing clerks apart: {growth:.1f}%",
        unit="percent",
        year=_period(billers),
        cited=cite(billers),
        holds=False,
        reason=f"BLS projects billing and posting clerks ({BILLING_CLERKS}) apart from coders, "
        f"and at {growth:.1f}%.",
    )


@tests("outlook-still-growing-with-ai", "ai-not-replacing-coders")
def still_growing(tables: Tables, claim: Claim) -> Official:
    """Ask whether any projection of the occupation foresees fewer jobs."""
    vintages = rows_where(tables["projections"], occupation_code=CODERS)
    low, high = float(vintages["growth_pct"].min()), float(vintages["growth_pct"].max())
    is_forecast = claim.claim_id == "outlook-still-growing-with-ai"
    return Official(
        text=f"{low:.1f}% to {high:.1f}% over ten years",
        unit="percent",
        year=_period(latest(vintages, "projected_year")),
        cited=cite(vintages),
        comparison="direct" if is_forecast else "proxy",
        holds=low > 0,
        reason=f"All {len(vintages)} projections of the occupation since 2021 foresee more jobs"
        + ("." if is_forecast else "; that is BLS's forecast and not yet an outcome."),
    )


@tests("outlook-stable-path")
def stable_path(tables: Tables, _: Claim) -> Official:
    """Compare how many leave the occupation each year with all occupations."""
    coders = rows_where(tables["separations"], occupation_code=CODERS)
    everyone = rows_where(tables["separations"], occupation_code=ALL_OCCUPATIONS)
    rate, average = (float(r["separation_rate_pct"].item()) for r in (coders, everyone))
    return Official(
        text=f"{rate:.1f}% leave a year, {average:.1f}% in all occupations",
        unit="percent",
        year=_period(coders),
        cited=cite(pd.concat([coders, everyone])),
        comparison="proxy",
        holds=rate < average,
        reason=f"Each year {rate:.1f}% leave the occupation for another or for good, against "
        f"{average:.1f}% in all occupations; room to advance is not measured.",
    )


@tests("demand-strong-2026")
def strong_demand(tables: Tables, _: Claim) -> Official:
    """Compare growth with the average, and openings with jobs."""
    coders, everyone = (newest_projection(tables, code) for code in (CODERS, ALL_OCCUPATIONS))
    growth, average = float(coders["growth_pct"].item()), float(everyone["growth_pct"].item())
    openings = float(coders["annual_openings"].item())
    growth_share = 100 * float(coders["employment_change"].item()) / _years(coders) / openings
    return Official(
        text=f"{openings:,.0f} openings a year; growth {growth:.1f}% against {average:.1f}%",
        unit="openings a year",
        year=_period(coders),
        cited=cite(pd.concat([coders, everyone])),
        comparison="proxy",
        holds=growth > average,
        reason=f"Growth is above average and {openings:,.0f} openings are projected a year, "
        f"{growth_share:.0f}% of them from growth and the rest to replace leavers; coders only.",
    )


@tests("driver-regulatory-complexity")
def regulatory_complexity(tables: Tables, _: Claim) -> Official:
    """Ask what BLS names as the reason for growth."""
    view = rows_where(tables["automation_evidence"], kind=OFFICIAL_VIEW)
    return Official(
        text=str(view["item"].item()),
        year=str(view["vintage"].item()),
        cited=cite(view),
        comparison="proxy",
        holds=bool(view["item"].str.contains("complexity").item()),
        reason="BLS names demand and coding complexity as what raises the occupation's share of "
        "jobs, partly offset by software.",
    )


@tests("driver-aging-population")
def aging_population(tables: Tables, _: Claim) -> Official:
    """Compare how fast people of 65 and over and all people become more."""
    projected = tables["population"].query("kind.str.startswith('projection')").sort_values("year")
    jobs = newest_projection(tables, CODERS)
    from_year, to_year = jobs["base_year"].item(), jobs["projected_year"].item()
    ends = projected[projected["year"].isin([from_year, to_year])]
    older, everyone = (
        100 * (ends[column].iloc[-1] / ends[column].iloc[0] - 1)
        for column in ("population_65_and_over", "population")
    )
    return Official(
        text=f"65 and over +{older:.1f}%, all ages +{everyone:.1f}%",
        unit="percent",
        year=f"{from_year}-{to_year % 100}",
        cited=cite(ends),
        comparison="proxy",
        holds=bool(older > everyone),
        reason="Listed as untested, but people of 65 and over are projected to grow by "
        f"{older:.1f}% and all ages by {everyone:.1f}%; what each uses of care is not in the data.",
    )


def _period(row: pd.DataFrame) -> str:
    """Name the years a projection spans."""
    return str(row["projection_period"].iloc[-1])


def _years(row: pd.DataFrame) -> int:
    """Count the years a projection spans."""
    return int(row["projected_year"].item() - row["base_year"].item())


def _year_named(claim: Claim) -> int:
    """Read the year a claim's statement ends with."""
    return int(claim.statement.rstrip(".").rsplit(maxsplit=1)[-1])
