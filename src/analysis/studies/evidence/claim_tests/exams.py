"""Claims about credentials, their exams and their upkeep."""

import pandas as pd

from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.lookup import Citation, Tables, cite, rows_where

MINUTES_PER_HOUR = 60
YEARS_OF_CYCLE = r"per (\d+) years?"


@tests("exam-questions")
def number_of_questions(tables: Tables, claim: Claim) -> Official:
    """Compare with the middle one of the exams in hand."""
    return _typical(claim, tables["credentials"], "questions", "questions")


@tests("exam-hours")
def length_of_exams(tables: Tables, claim: Claim) -> Official:
    """Compare with the middle one of the exams in hand."""
    exams = tables["credentials"]
    return _typical(
        claim, exams.assign(hours=exams["exam_minutes"] / MINUTES_PER_HOUR), "hours", "hours"
    )


@tests("exam-pass-rate")
def first_time_pass_rate(tables: Tables, claim: Claim) -> Official:
    """Compare with the middle one of the latest rates; AAPC publishes none."""
    rates = tables["pass_rates"].sort_values("year").groupby("credential").tail(1)
    return _typical(claim, rates, "pass_rate_pct", "percent", is_proxy=True)


@tests("cert-aapc-credentials")
def issued_by_aapc(tables: Tables, _: Claim) -> Official:
    """Look the credentials up among those AAPC lists or surveys."""
    surveys = tables["member_salaries"]
    listed = rows_where(tables["credentials"], body="AAPC")
    named = rows_where(tables["guide_credentials"], body="AAPC")["credential"]
    surveyed = surveys[surveys["statistic"].str.contains(r"\b(?:COC|CIC|CPMA)\b", regex=True)]
    words = " ".join([*listed["credential"], *surveyed["statistic"]])
    return _issuer([name for name in named if name in words], named, [listed, surveyed])


@tests("cert-ahima-credentials")
def issued_by_ahima(tables: Tables, _: Claim) -> Official:
    """Look the credentials up among those AHIMA lists."""
    listed = rows_where(tables["credentials"], body="AHIMA")
    named = rows_where(tables["guide_credentials"], body="AHIMA")["credential"]
    found = [name for name in named if name in set(listed["credential"])]
    return _issuer(found, named, [listed])


@tests("cert-prerequisites-some")
def prerequisites(tables: Tables, _: Claim) -> Official:
    """Read what is noted on entry to RHIA and RHIT."""
    noted = rows_where(tables["guide_untested_claims"], claim_id="ladder-rhia-rhit-bachelor")
    return Official(
        text="RHIA: bachelor-level program; RHIT: associate-level",
        cited=Citation(source=str(noted["side_source"].item()), verification="third party"),
        holds=bool(noted["side_evidence"].str.contains("RHIA needs a bachelor-level").item()),
        reason="RHIA asks for a bachelor-level program and RHIT for an associate-level one, by "
        "pages that quote AHIMA.",
    )


@tests("cert-renewal-cycle")
def renewal_cycle(tables: Tables, claim: Claim) -> Official:
    """Read the cycle in which education units are due."""
    rows = tables["credentials"].dropna(subset=["continuing_education"])
    years = rows["continuing_education"].str.extract(YEARS_OF_CYCLE)[0].astype("float64")
    return Official(
        low=float(years.min()),
        high=float(years.max()),
        unit=claim.unit,
        year=str(rows["vintage"].max()),
        cited=cite(rows),
        reason=f"{', '.join(rows['credential'])} are renewed every {years.max():.0f} years; none "
        "in hand is renewed yearly.",
    )


@tests("cert-renewal-ceu")
def renewal_by_education_units(tables: Tables, _: Claim) -> Official:
    """Count the credentials whose renewal is known to rest on education units."""
    rows = tables["credentials"].dropna(subset=["continuing_education"])
    return Official(
        text="; ".join(rows["credential"] + ": " + rows["continuing_education"]),
        year=str(rows["vintage"].max()),
        cited=cite(rows),
        holds=bool(rows["continuing_education"].str.contains("CEU").all()),
        reason=f"All {len(rows)} credentials whose rules are in hand ask for education units.",
    )


def _typical(
    claim: Claim, table: pd.DataFrame, column: str, what: str, *, is_proxy: bool = False
) -> Official:
    """Give the median over the exams whose figure is known."""
    rows = table.dropna(subset=[column]).sort_values(column)
    middle = float(rows[column].median())
    each = ", ".join(
        f"{name} {value:g}" for name, value in zip(rows["credential"], rows[column], strict=True)
    )
    return Official(
        low=middle,
        high=middle,
        unit=claim.unit,
        year=str(rows["vintage"].max()),
        cited=cite(rows),
        comparison="proxy" if is_proxy else "direct",
        reason=f"The median of the exams in hand, in {what}: {each}"
        + ("; AAPC publishes none." if is_proxy else "."),
    )


def _issuer(found: list[str], named: "pd.Series[str]", rows: list[pd.DataFrame]) -> Official:
    """Say which of the credentials the guide names are confirmed."""
    unconfirmed = [name for name in named if name not in found]
    return Official(
        text=f"confirmed: {', '.join(found) or 'none'}",
        cited=cite(pd.concat(rows)),
        holds=len(found) > len(unconfirmed),
        reason=f"The data in hand confirm {', '.join(found) or 'none'}"
        + (f" and are silent on {', '.join(unconfirmed)}." if unconfirmed else "."),
    )
