"""Claims about what holders of credentials earn: averages of members who chose to answer."""

import pandas as pd

from analysis.models.prices import index
from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official, OlderFigure, grade
from analysis.studies.lookup import Tables, cite, latest, rows_where

CERTIFIED = "certified"
NOT_CERTIFIED = "not certified"
SEVERAL = "three or more credentials"
FORMER_NAMES = {"COC": "CPC-H"}  # as the survey of the year called it
AUDITOR = "CPMA"
CODER = "CPC"


@tests("salary-certified-premium")
def certified_premium(tables: Tables, claim: Claim) -> Official:
    """Compare with the latest gap between certified members and others, unadjusted."""
    surveys = tables["member_salaries"]
    pairs = _pairs(surveys, CERTIFIED, NOT_CERTIFIED)
    gap = float(pairs["gap_pct"].iloc[-1])
    return Official(
        low=gap,
        high=gap,
        unit=claim.unit,
        year=str(pairs.index[-1]),
        cited=cite(
            latest(surveys[surveys["group"].isin([CERTIFIED, NOT_CERTIFIED])], "survey_year")
        ),
        reason=f"An unadjusted gap among members who answered, not an effect of the credential; "
        f"since {pairs.index[0]} it has swung from {pairs['gap_pct'].min():.0f}% to "
        f"{pairs['gap_pct'].max():.0f}%.",
    )


@tests("salary-cpc")
def average_of_the_cpc(tables: Tables, claim: Claim) -> Official:
    """Compare with the latest figure for CPC holders, and with earlier ones."""
    rows = rows_where(tables["member_salaries"], group=CODER).sort_values("survey_year")
    current, earlier = rows.iloc[-1], rows.iloc[:-1]
    value = float(current["value"])
    before = ", ".join(
        f"${usd:,.0f} in {year}"
        for year, usd in zip(earlier["survey_year"], earlier["value"], strict=True)
    )
    return Official(
        low=value,
        high=value,
        unit=claim.unit,
        year=str(current["survey_year"]),
        cited=cite(rows),
        older=tuple(
            OlderFigure(value=float(usd), year=str(year))
            for year, usd in zip(earlier["survey_year"], earlier["value"], strict=True)
        ),
        reason=f"AAPC's latest {current['measure']} for CPC holders is ${value:,.0f}; it was "
        f"{before}.",
    )


@tests("salary-coc", "salary-cic")
def average_of_a_credential(tables: Tables, claim: Claim) -> Official:
    """Compare with an old survey twice, as printed and in today's prices."""
    guide = rows_where(tables["guide_salary_by_credential"], claim_id=claim.claim_id)
    name = guide["credential"].item()
    row = latest(
        rows_where(tables["member_salaries"], group=FORMER_NAMES.get(name, name)), "survey_year"
    )
    year, then = int(row["survey_year"].item()), float(row["value"].item())
    cpi = tables["consumer_prices"]
    to_year = int(cpi.dropna(subset=["cpi_annual"])["year"].max())
    now = then * index(cpi, to_year) / index(cpi, year)

    def official(value: float, *, is_comparable: bool = True) -> Official:
        return Official(
            low=value,
            high=value,
            unit=claim.unit,
            year=str(year),
            cited=cite(row),
            comparison="stale",
            is_comparable=is_comparable,
            reason=f"The only figure for the {name} is ${then:,.0f} of {year}, which is "
            f"${now:,.0f} in prices of {to_year}"
            + ("." if is_comparable else ": the grade would depend on which is taken."),
        )

    agree = grade(claim, official(then)).verdict == grade(claim, official(now)).verdict
    return official(then, is_comparable=agree)


@tests("salary-ccs")
def average_of_the_ccs(tables: Tables, claim: Claim) -> Official:
    """Show what certified AAPC members average; AHIMA's holders are another population."""
    row = latest(rows_where(tables["member_salaries"], group=CERTIFIED), "survey_year")
    value, cited = float(row["value"].item()), cite(row)
    return Official(
        low=value,
        high=value,
        unit=claim.unit,
        year=str(row["survey_year"].item()),
        cited=cited,
        comparison="proxy",
        is_comparable=False,
        reason=f"No pay survey of AHIMA's holders is in hand; certified AAPC members, who are "
        f"others, average ${value:,.0f}.",
    )


@tests("cert-multiple-pay")
def several_credentials(tables: Tables, _: Claim) -> Official:
    """Compare members with several credentials and all certified ones, unadjusted."""
    surveys = tables["member_salaries"]
    pairs = _pairs(surveys, SEVERAL, CERTIFIED)
    gap = float(pairs["gap_pct"].iloc[-1])
    return Official(
        text=f"{gap:.1f}% above all certified",
        unit="percent",
        year=str(pairs.index[-1]),
        cited=cite(latest(surveys[surveys["group"].isin([SEVERAL, CERTIFIED])], "survey_year")),
        comparison="proxy",
        holds=gap > 0,
        reason=f"Members with three or more credentials average {gap:.1f}% more than all "
        "certified members: an unadjusted gap, of credentials of any kind.",
    )


@tests("salary-specialty-premium")
def specialty_credential(tables: Tables, _: Claim) -> Official:
    """Compare holders of the auditing credential with CPC holders of the same survey."""
    gap, year, cited_rows = _auditor_gap(tables)
    return Official(
        text=f"{AUDITOR} {gap:.0f}% above {CODER}",
        unit="percent",
        year=str(year),
        cited=cite(cited_rows),
        comparison="stale",
        holds=gap > 0,
        reason=f"In the survey of {year}, the last that names one, holders of the auditing "
        f"credential averaged {gap:.0f}% more than CPC holders, unadjusted.",
    )


@tests("cert-improves-prospects", "specialization-raises-pay")
def raises_pay(tables: Tables, claim: Claim) -> Official:
    """Show the gap there is; a gap between groups is not what a step raises pay by."""
    surveys = tables["member_salaries"]
    if claim.claim_id == "cert-improves-prospects":
        pairs = _pairs(surveys, CERTIFIED, NOT_CERTIFIED)
        gap, year = float(pairs["gap_pct"].iloc[-1]), int(pairs.index[-1])
        rows = latest(surveys[surveys["group"].isin([CERTIFIED, NOT_CERTIFIED])], "survey_year")
    else:
        gap, year, rows = _auditor_gap(tables)
    return Official(
        text=f"{gap:.1f}% unadjusted gap",
        unit="percent",
        year=str(year),
        cited=cite(rows),
        comparison="proxy",
        is_comparable=False,
        reason="An association among members who answered is not what the step itself raises pay "
        "by, and no source in hand follows hiring or careers.",
    )


def _pairs(surveys: pd.DataFrame, group: str, base: str) -> pd.DataFrame:
    """Give both means and their gap in percent, by year of the surveys that print both."""
    means = surveys[surveys["group"].isin([group, base]) & surveys["measure"].eq("mean")]
    by_year = means.pivot_table(index="survey_year", columns="group", values="value").dropna()
    return by_year.assign(gap_pct=100 * (by_year[group] / by_year[base] - 1))


def _auditor_gap(tables: Tables) -> tuple[float, int, pd.DataFrame]:
    """Give the gap of auditors over CPC holders, percent, the survey's year and its rows."""
    surveys = tables["member_salaries"]
    pairs = _pairs(surveys, AUDITOR, CODER)
    year = int(pairs.index[-1])
    rows = surveys[surveys["group"].isin([AUDITOR, CODER]) & surveys["survey_year"].eq(year)]
    return float(pairs["gap_pct"].iloc[-1]), year, rows
