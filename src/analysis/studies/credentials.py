"""What belongs to a credential, whatever the way to it: its body, exam, upkeep, premium."""

from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.roi import ReturnInput, input_range
from analysis.studies.earnings_profiles import certified_gap_pct
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, row_of

AAPC = "AAPC"
CURRENT, FIRST = "current", "first"  # editions of the inputs: the first is kept to compare with
APPRENTICE_YEARS = 2.0  # AAPC takes the A off after two years of experience
PERCENT = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialTerms:
    """What belongs to one credential, whatever the way to it.

    Parameters
    ----------
    credential, body : str
        What is awarded, and by whom.
    apprentice_years : float
        Years of experience before a beginner's credential counts in full.
    inputs : tuple of ReturnInput
        membership_usd, exam_fee_usd (an attempt), pass_rate_pct, premium_pct.
    """

    credential: str
    body: str
    apprentice_years: float
    inputs: tuple[ReturnInput, ...]


def credential_terms(
    tables: Tables, credential: str, *, premium_share: float = 1.0, edition: str = CURRENT
) -> CredentialTerms:
    """Look up what belongs to a credential: published figures, else the guide's ranges.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables credentials, pass_rates, member_salaries and the guide's.
    credential : str
        CPC, COC, CIC, CCS, CCS-P, RHIT, RHIA, or another of the table `credentials`.
    premium_share, edition
        As in `premium_input`.

    Raises
    ------
    WrongInput
        No such credential; the message lists them and the nearest match.

    Examples
    --------
    >>> from analysis import processed
    >>> credential_terms(processed.Tables(), "CIC").body
    'AAPC'
    """
    body = find_credential(tables, credential)
    return CredentialTerms(
        credential=credential,
        body=body,
        apprentice_years=APPRENTICE_YEARS if body == AAPC else 0.0,
        inputs=(
            membership_input(tables, credential=credential, body=body),
            exam_fee_input(tables, credential=credential),
            pass_rate_input(tables, credential=credential),
            premium_input(tables, credential, premium_share=premium_share, edition=edition),
        ),
    )


def find_credential(tables: Tables, credential: str) -> str:
    """Return the body that awards a credential of the guide or of the table `credentials`.

    Raises
    ------
    WrongInput
        No such credential; the message lists them and the nearest match.

    Examples
    --------
    >>> from analysis import processed
    >>> find_credential(processed.Tables(), "CIC")
    'AAPC'
    """
    bodies = {
        str(name): str(body)
        for table in ("credentials", "guide_credentials")
        for name, body in zip(tables[table]["credential"], tables[table]["body"], strict=True)
    }
    if credential not in bodies:
        raise WrongInput(
            f"credential must be one of {', '.join(sorted(bodies))}; found {credential!r}."
            f"{nearest(str(credential), sorted(bodies))}"
        )
    return bodies[credential]


def nearest(found: str, known: list[str]) -> str:
    """Suggest the name that resembles what was found; empty where none does."""
    by_folded = {name.casefold(): name for name in known}
    matches = get_close_matches(found.casefold(), by_folded, n=1, cutoff=0.4)
    return f" Did you mean {by_folded[matches[0]]}?" if matches else ""


def membership_input(tables: Tables, *, credential: str, body: str) -> ReturnInput:
    """Return the first year's dues: AAPC asks for them; AHIMA's non-member fee needs none."""
    label = f"{body} membership, first year"
    if body != AAPC:
        return input_range(
            "membership_usd",
            label,
            value=0.0,
            unit="USD",
            source="Not needed: the exam fee taken is the one for non-members",
        )
    rows = tables["credentials"]
    rows = rows[rows["body"].eq(AAPC) & rows["membership_usd_per_year"].notna()]
    own = rows[rows["credential"].eq(credential)]
    row = (own if len(own) else rows).iloc[0]
    dues, students = float(row["membership_usd_per_year"]), row["student_membership_usd_per_year"]
    return input_range(
        "membership_usd",
        label,
        value=dues,
        low=None if pd.isna(students) else float(students),
        high=None if pd.isna(students) else dues,
        unit="USD",
        year=str(row["vintage"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        note="" if pd.isna(students) else "The lower limit is the students' rate.",
    )


def exam_fee_input(tables: Tables, *, credential: str) -> ReturnInput:
    """Return the fee of one attempt, as published; else between those of the body's other exams."""
    rows = tables["credentials"]
    rows = rows[rows["credential"].eq(credential) & rows["exam_fee_usd"].notna()]
    label = f"{credential} exam, one attempt"
    if rows.empty:
        return _fee_of_the_body(tables, credential, label)
    row = rows.iloc[0]
    fee, other = float(row["exam_fee_usd"]), row["exam_fee_nonmember_usd"]
    has_other = pd.notna(other) and float(other) > fee
    return input_range(
        "exam_fee_usd",
        label,
        value=float(other) if has_other else fee,
        low=fee if has_other else None,
        high=float(other) if has_other else None,
        unit="USD",
        year=str(row["vintage"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        note="" if pd.isna(row["note"]) else str(row["note"]),
    )


def _fee_of_the_body(tables: Tables, credential: str, label: str) -> ReturnInput:
    """Take an exam whose fee nobody publishes to cost what the other exams of its body do."""
    body = find_credential(tables, credential)
    rows = tables["credentials"]
    rows = rows[rows["body"].eq(body) & rows["exam_fee_usd"].notna()]
    most = rows["exam_fee_nonmember_usd"].fillna(rows["exam_fee_usd"])
    low, high = float(rows["exam_fee_usd"].min()), float(most.max())
    return input_range(
        "exam_fee_usd",
        label,
        value=(low + high) / 2,
        low=low,
        high=high,
        unit="USD",
        source=f"Not published: taken from the other exams of {body}",
        note=f"No page that states the fee of {credential} was found.",
    )


def pass_rate_input(tables: Tables, *, credential: str) -> ReturnInput:
    """Return the chance to pass an attempt: the latest published one, else the guide's range.

    A first-time rate is taken for every attempt; its limits are the lowest and highest published
    year (10 points either side where there is one year only).
    """
    rows = tables["pass_rates"]
    rows = rows[rows["credential"].eq(credential)].sort_values("year")
    if rows.empty:
        return guide_exam_input(
            tables,
            "first-time pass rate",
            "pass_rate_pct",
            f"{credential} pass rate",
            unit="percent",
            note="No pass rate is published for this exam: the guide's range for all exams.",
        )
    row = rows.iloc[-1]
    value = float(row["pass_rate_pct"])
    one_year = len(rows) == 1
    return input_range(
        "pass_rate_pct",
        f"{credential} pass rate",
        value=value,
        low=value - 10 if one_year else float(rows["pass_rate_pct"].min()),
        high=min(value + 10, 99.0) if one_year else float(rows["pass_rate_pct"].max()),
        unit="percent",
        year=str(row["year"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        distribution="attempts",
        note="First-time takers; taken for every attempt.",
    )


def materials_input(tables: Tables, *, is_degree: bool = False) -> ReturnInput:
    """Return what books and practice exams cost; an associate degree adds two years of books."""
    row = row_of(tables["guide_certification_costs"], "item", "study materials")
    low, high = float(row["low_usd"]), float(row["high_usd"])
    books = 0.0
    if is_degree:
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


def certified_gaps(member_salaries: pd.DataFrame) -> pd.DataFrame:
    """Tabulate by survey how much more certified members earned than the others.

    Parameters
    ----------
    member_salaries : DataFrame
        The processed table of that name.

    Returns
    -------
    DataFrame
        survey_year, certified_usd, not_certified_usd, gap_pct, source_title, verification; a row a
        survey that published both means, oldest first. Members chose to answer; nothing is
        adjusted for experience, setting or place, so the gap is an association.

    Examples
    --------
    >>> from analysis import processed
    >>> certified_gaps(processed.read("member_salaries"))["gap_pct"].round(1).tolist()
    [16.9, 33.1, 27.3, 20.2]
    """
    means = member_salaries[member_salaries["measure"].eq("mean")]
    certified = means[means["group"].eq("certified")].set_index("survey_year")
    others = means[means["group"].eq("not certified")].set_index("survey_year")
    both = pd.DataFrame(
        {
            "certified_usd": certified["value"],
            "not_certified_usd": others["value"],
            "gap_pct": PERCENT * (certified["value"] / others["value"] - 1),
            "source_title": certified["source_title"],
            "verification": certified["verification"],
        }
    )
    return both.dropna().sort_index().reset_index()


def relative_standing(salary_by_credential: pd.DataFrame, credential: str) -> float | None:
    """Return a credential's mean pay in the guide over the average of all its credentials.

    None where the guide gives no pay for it.

    Examples
    --------
    >>> from analysis import processed
    >>> round(relative_standing(processed.read("guide_salary_by_credential"), "CIC"), 3)
    1.054
    """
    pay = salary_by_credential.set_index("credential")["salary_mean_usd"]
    return float(pay[credential] / pay.mean()) if credential in pay.index else None


def premium_input(
    tables: Tables, credential: str, *, premium_share: float = 1.0, edition: str = CURRENT
) -> ReturnInput:
    """Return the premium of a credential over pay without one, in percent.

    Current edition: most likely the gap between the certified or licensed and others of the same
    schooling (CPS 2015, all occupations); from none (who certifies may have earned more anyway) to
    the raw gap of the latest survey of members at the credential's standing in the guide. First
    edition: that raw gap, (1 + latest certified gap) x standing - 1, up to the largest gap of any
    survey. Either times `premium_share`.

    Parameters
    ----------
    tables : mapping of DataFrame
        Processed tables member_salaries, guide_salary_by_credential and education_earnings.
    credential : str
        As in the guide; one without pay there has the standing 1.
    premium_share : float
        The part of the gap taken to go with the credential itself, 0 to 1.
    edition : str
        "current" or "first".

    Examples
    --------
    >>> from analysis import processed
    >>> found = premium_input(processed.Tables(), "CPC")
    >>> round(found.low, 1), round(found.value, 1), round(found.high, 1)
    (0.0, 11.2, 14.3)
    """
    gaps = certified_gaps(tables["member_salaries"])
    latest = gaps.iloc[-1]
    standing = relative_standing(tables["guide_salary_by_credential"], credential)

    def premium(gap_pct: float) -> float:
        return premium_share * ((PERCENT + gap_pct) * (standing or 1.0) - PERCENT)

    raw, largest = premium(float(latest["gap_pct"])), premium(float(gaps["gap_pct"].max()))
    label = f"Pay of {credential} holders above coders without a credential"
    if edition == FIRST:
        return input_range(
            "premium_pct",
            label,
            value=raw,
            low=min(0.0, raw) if premium_share else None,
            high=max(largest, raw) if premium_share else None,
            unit="percent",
            source=f"{latest['source_title']}; relative pay of the credential: {GUIDE}",
            kind="member survey",
            year=str(int(latest["survey_year"])),
            verification=str(latest["verification"]),
            note=_note(standing, gaps, premium_share),
        )
    gap_pct, row = certified_gap_pct(tables)
    value = premium_share * gap_pct
    part = "" if premium_share == 1 else f" {PERCENT * premium_share:.0f} % of it is taken."
    return input_range(
        "premium_pct",
        label,
        value=value,
        low=0.0 if premium_share else None,
        high=max(raw, value) if premium_share else None,
        unit="percent",
        year=str(row["period"]),
        source=f"{row['source_title']}; upper limit: AAPC members",
        kind="official",
        verification=str(row["verification"]),
        note="Gap between the certified or licensed and others with some college or an associate "
        f"degree, all occupations: an association.{part} The upper limit is the raw gap of "
        "self-selected AAPC members.",
    )


def _note(standing: float | None, gaps: pd.DataFrame, premium_share: float) -> str:
    """Say what the premium is and is not."""
    swing = f"{gaps['gap_pct'].min():.0f} to {gaps['gap_pct'].max():.0f} %"
    parts = [
        "Unadjusted gap of self-selected members, an association; it ran from "
        f"{swing} over the surveys since {int(gaps['survey_year'].min())}."
    ]
    if standing is None:
        parts.append("The guide gives no pay for this credential: the gap of all holders is used.")
    if premium_share != 1:
        parts.append(f"{PERCENT * premium_share:.0f} % of it is taken to go with the credential.")
    return " ".join(parts)
