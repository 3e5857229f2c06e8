"""What real programmes' completers earn, beside what the guide promises."""

import pandas as pd

from analysis.studies.areas import NATION
from analysis.studies.lookup import row_of

PERCENT = 100.0
CERTIFICATE = "Undergraduate Certificate or Diploma"
ASSOCIATE = "Associate's Degree"
LEVELS = (CERTIFICATE, ASSOCIATE)
FAILS, PASSES = "fails_earnings_premium", "passes_earnings_premium"


def programme_outcomes(programmes: pd.DataFrame, *, state: str = NATION) -> pd.DataFrame:
    """Summarise the programmes of CIP 51.07 by level of credential.

    Parameters
    ----------
    programmes : DataFrame
        The processed table of that name (College Scorecard, field of study).
    state : str
        Postal code, or "US" for all.

    Returns
    -------
    DataFrame
        state, credential, programmes, programmes_with_earnings, p25_earnings_usd,
        median_earnings_usd, p75_earnings_usd (of programme medians, each programme counting once),
        median_debt_usd, programmes_with_verdict, programmes_failing, failing_pct; a row a level
        (certificate, associate), also where there is no programme. Missing where nothing is
        published: cohorts are small. CIP 51.07 also holds medical office programmes.

    Examples
    --------
    >>> from analysis import processed
    >>> outcomes = programme_outcomes(processed.read("programmes"))
    >>> outcomes["median_earnings_usd"].tolist()
    [34930.0, 38692.5]
    """
    chosen = programmes if state == NATION else programmes[programmes["state"].eq(state)]
    rows = []
    for level in LEVELS:
        group = chosen[chosen["credential"].eq(level)]
        earnings = group["median_earnings_usd"].dropna()
        failing = int(group["value_flag"].eq(FAILS).sum())
        decided = failing + int(group["value_flag"].eq(PASSES).sum())
        quartiles = earnings.quantile([0.25, 0.5, 0.75])
        rows.append(
            {
                "state": state,
                "credential": level,
                "programmes": len(group),
                "programmes_with_earnings": len(earnings),
                "p25_earnings_usd": quartiles[0.25],
                "median_earnings_usd": quartiles[0.5],
                "p75_earnings_usd": quartiles[0.75],
                "median_debt_usd": group["median_debt_usd"].median(),
                "programmes_with_verdict": decided,
                "programmes_failing": failing,
                "failing_pct": PERCENT * failing / decided if decided else float("nan"),
            }
        )
    return pd.DataFrame(rows)


def outcomes_beside_promise(
    programmes: pd.DataFrame, salary_by_experience: pd.DataFrame, *, state: str = NATION
) -> pd.DataFrame:
    """Put the outcomes of the nation's and the state's programmes beside the guide's entry pay.

    Parameters
    ----------
    programmes : DataFrame
        As in `programme_outcomes`.
    salary_by_experience : DataFrame
        The processed table `guide_salary_by_experience`.
    state : str
        Postal code, or "US" for the nation only.

    Returns
    -------
    DataFrame
        The columns of `programme_outcomes`, and guide_entry_low_usd, guide_entry_high_usd,
        gap_to_promise_pct: by how much the median falls short of (below 0) or exceeds the lower
        end of the guide's entry pay. Earnings are mostly of four years after completion.
    """
    entry = row_of(salary_by_experience, "tier", "entry-level")
    low, high = float(entry["salary_low_usd"]), float(entry["salary_high_usd"])
    frames = [programme_outcomes(programmes, state=code) for code in dict.fromkeys((NATION, state))]
    table = pd.concat(frames, ignore_index=True)
    return table.assign(
        guide_entry_low_usd=low,
        guide_entry_high_usd=high,
        gap_to_promise_pct=PERCENT * (table["median_earnings_usd"] / low - 1),
    )
