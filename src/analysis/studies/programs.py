"""What completers of real programs earn and owe, each institution counted once.

The College Scorecard measures earnings and debt of an institution (OPEID6) and prints them again
on the row of each of its campuses: 62 institutions fill 271 of the 533 rows of certificate programs
with a verdict. A count of rows therefore weighs chains of schools by their branches.
"""

import pandas as pd

from analysis.studies.areas import NATION
from analysis.studies.lookup import row_of

PERCENT = 100.0
CERTIFICATE = "Undergraduate Certificate or Diploma"
ASSOCIATE = "Associate's Degree"
LEVELS = (CERTIFICATE, ASSOCIATE)
PUBLIC = "Public"
CONTROLS = (PUBLIC, "Private, nonprofit", "Private, for-profit")
FAILS, PASSES = "fails_earnings_premium", "passes_earnings_premium"


def by_institution(programs: pd.DataFrame) -> pd.DataFrame:
    """Reduce the campuses of an institution to one row for each credential.

    Parameters
    ----------
    programs : DataFrame
        The processed table `programmes` (College Scorecard, field of study, CIP 51.07), or some of
        its rows.

    Returns
    -------
    DataFrame
        opeid6, credential, control, campuses, median_earnings_usd, median_debt_usd (missing where
        none is published), campuses_with_verdict, campuses_failing, failing_share (of the campuses
        with a verdict; missing without one) and is_failing: at least half of them fail. Campuses
        in several states face several thresholds, so that one institution can fail in part.
    """
    verdict = programs["value_flag"].map({FAILS: 1.0, PASSES: 0.0}).astype("float64")
    institutions = (
        programs.assign(verdict=verdict)
        .groupby(["opeid6", "credential", "control"], as_index=False, sort=False)
        .agg(
            campuses=("unitid", "size"),
            median_earnings_usd=("median_earnings_usd", "first"),
            median_debt_usd=("median_debt_usd", "first"),
            campuses_with_verdict=("verdict", "count"),
            campuses_failing=("verdict", "sum"),
            failing_share=("verdict", "mean"),
        )
    )
    return institutions.assign(is_failing=institutions["failing_share"].ge(0.5))


def program_outcomes(
    programs: pd.DataFrame, *, state: str = NATION, control: str | None = None
) -> pd.DataFrame:
    """Summarize the programs of CIP 51.07 by level of credential, each institution counted once.

    Parameters
    ----------
    programs : DataFrame
        The processed table `programmes`.
    state : str
        Postal code, or "US" for all.
    control : str or None
        One of `CONTROLS`; None for all.

    Returns
    -------
    DataFrame
        A row for each level (certificate, associate), also where there is no program: state,
        credential, campuses, institutions, institutions_with_earnings, p25_earnings_usd,
        median_earnings_usd, p75_earnings_usd, median_debt_usd (of the institutions' medians),
        institutions_with_verdict, institutions_failing, failing_pct; the same counted by campus:
        campuses_with_verdict, campuses_failing, campus_failing_pct, campus_median_earnings_usd.
        Missing where nothing is published: cohorts are small. CIP 51.07 also holds medical office
        programs.

    Examples
    --------
    >>> from analysis import processed
    >>> found = program_outcomes(processed.read("programmes"))
    >>> found["median_earnings_usd"].tolist(), found["failing_pct"].round(1).tolist()
    ([36646.5, 40997.0], [43.8, 23.6])
    """
    chosen = programs if state == NATION else programs[programs["state"].eq(state)]
    if control is not None:
        chosen = chosen[chosen["control"].eq(control)]
    institutions = by_institution(chosen)
    return pd.DataFrame(
        [
            {
                "state": state,
                "credential": level,
                **_counts(institutions[institutions["credential"].eq(level)]),
                "campus_median_earnings_usd": chosen.loc[
                    chosen["credential"].eq(level), "median_earnings_usd"
                ].median(),
            }
            for level in LEVELS
        ]
    )


def _counts(institutions: pd.DataFrame) -> dict[str, float]:
    """Count the institutions of one level, and their campuses."""
    earnings = institutions["median_earnings_usd"].dropna()
    quartiles = earnings.quantile([0.25, 0.5, 0.75])
    judged = institutions[institutions["campuses_with_verdict"].gt(0)]
    failing, with_verdict = int(judged["is_failing"].sum()), len(judged)
    campuses_failing = int(judged["campuses_failing"].sum())
    campuses_with_verdict = int(judged["campuses_with_verdict"].sum())
    return {
        "campuses": int(institutions["campuses"].sum()),
        "institutions": len(institutions),
        "institutions_with_earnings": len(earnings),
        "p25_earnings_usd": quartiles[0.25],
        "median_earnings_usd": quartiles[0.5],
        "p75_earnings_usd": quartiles[0.75],
        "median_debt_usd": institutions["median_debt_usd"].median(),
        "institutions_with_verdict": with_verdict,
        "institutions_failing": failing,
        "failing_pct": _percent(failing, with_verdict),
        "campuses_with_verdict": campuses_with_verdict,
        "campuses_failing": campuses_failing,
        "campus_failing_pct": _percent(campuses_failing, campuses_with_verdict),
    }


def _percent(part: int, whole: int) -> float:
    return PERCENT * part / whole if whole else float("nan")


def finder_rows(programs: pd.DataFrame) -> pd.DataFrame:
    """List every certificate and associate program of the field by school.

    Returns
    -------
    DataFrame
        unitid, school, state, control (may be missing), credential, completers,
        median_earnings_usd, is_after_one_year (else four years after completion),
        earnings_threshold_state_usd, verdict ("passes", "fails", or "" where none is given),
        median_debt_usd, campuses (rows that repeat the institution's figures, this one counted);
        by school. What is suppressed is missing, never 0.

    Examples
    --------
    >>> from analysis import processed
    >>> rows = finder_rows(processed.read("programmes"))
    >>> len(rows), rows["school"].nunique(), int(rows["median_earnings_usd"].isna().sum())
    (2281, 1535, 1343)
    """
    chosen = programs[programs["credential"].isin(LEVELS)]
    rows = chosen.assign(
        is_after_one_year=chosen["earnings_horizon"].eq("1yr_after_completion"),
        verdict=chosen["value_flag"].map({FAILS: "fails", PASSES: "passes"}).fillna(""),
        campuses=chosen.groupby(["opeid6", "credential"])["unitid"].transform("size"),
    )
    columns = [
        "unitid", "school", "state", "control", "credential", "completers", "median_earnings_usd",
        "is_after_one_year", "earnings_threshold_state_usd", "verdict", "median_debt_usd",
        "campuses",
    ]  # fmt: skip
    return rows[columns].sort_values(["school", "unitid", "credential"], ignore_index=True)


def failing_by_control(programs: pd.DataFrame, credential: str) -> pd.DataFrame:
    """Return how many institutions of each control fail the earnings-premium test, nation-wide.

    Returns
    -------
    DataFrame
        control ("all" first), institutions_with_verdict, institutions_failing, failing_pct (at
        least half of the campuses fail), shared_failing_pct (an institution counts by the share of
        its campuses that fail), campuses_with_verdict, campuses_failing, campus_failing_pct,
        median_earnings_usd.

    Examples
    --------
    >>> from analysis import processed
    >>> found = failing_by_control(processed.read("programmes"), CERTIFICATE)
    >>> found[["control", "institutions_with_verdict", "institutions_failing"]].values.tolist()[:2]
    [['all', 324, 142], ['Public', 165, 54]]
    """
    institutions = by_institution(programs[programs["credential"].eq(credential)])
    groups = {"all": institutions} | {
        control: institutions[institutions["control"].eq(control)] for control in CONTROLS
    }
    columns = [
        "institutions_with_verdict", "institutions_failing", "failing_pct",
        "campuses_with_verdict", "campuses_failing", "campus_failing_pct", "median_earnings_usd",
    ]  # fmt: skip
    table = pd.DataFrame(
        [
            {
                "control": control,
                "shared_failing_pct": PERCENT * group["failing_share"].mean(),
                **_counts(group),
            }
            for control, group in groups.items()
        ]
    )
    return table[["control", *columns[:3], "shared_failing_pct", *columns[3:]]]


def outcomes_beside_promise(
    programs: pd.DataFrame, salary_by_experience: pd.DataFrame, *, state: str = NATION
) -> pd.DataFrame:
    """Return the outcomes of the nation's and the state's programs with the guide's entry pay.

    Parameters
    ----------
    programs : DataFrame
        As in `program_outcomes`.
    salary_by_experience : DataFrame
        The processed table `guide_salary_by_experience`.
    state : str
        Postal code, or "US" for the nation only.

    Returns
    -------
    DataFrame
        The columns of `program_outcomes`, and guide_entry_low_usd, guide_entry_high_usd,
        gap_to_promise_pct: by how much the median falls short of (below 0) or exceeds the lower
        end of the guide's entry pay. Earnings are mostly of four years after completion.
    """
    entry = row_of(salary_by_experience, "tier", "entry-level")
    low, high = float(entry["salary_low_usd"]), float(entry["salary_high_usd"])
    frames = [program_outcomes(programs, state=code) for code in dict.fromkeys((NATION, state))]
    table = pd.concat(frames, ignore_index=True)
    return table.assign(
        guide_entry_low_usd=low,
        guide_entry_high_usd=high,
        gap_to_promise_pct=PERCENT * (table["median_earnings_usd"] / low - 1),
    )
