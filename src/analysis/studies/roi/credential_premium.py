"""The pay gap published for a credential: unadjusted, an association."""

import pandas as pd

from analysis.studies.roi.return_inputs import PERCENT, ReturnInput, input_range


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
    gaps: pd.DataFrame,
    salary_by_credential: pd.DataFrame,
    *,
    credential: str,
    premium_share: float = 1.0,
) -> ReturnInput:
    """Return the published premium of a credential over pay without one, in percent.

    (1 + latest certified gap) x (credential's standing in the guide) - 1, times `premium_share`.
    The limits run from none (who certifies may have earned more anyway) to the largest gap.

    Parameters
    ----------
    gaps : DataFrame
        As `certified_gaps` gives them.
    salary_by_credential : DataFrame
        The processed table `guide_salary_by_credential`.
    credential : str
        As in the guide; one without pay there has the standing 1.
    premium_share : float
        The part of the gap taken to go with the credential itself, 0 to 1.

    Examples
    --------
    >>> from analysis import processed
    >>> tables = processed.Tables()
    >>> gaps = certified_gaps(tables["member_salaries"])
    >>> pay = tables["guide_salary_by_credential"]
    >>> round(premium_input(gaps, pay, credential="CPC").value, 1)
    14.3
    """
    latest = gaps.iloc[-1]
    standing = relative_standing(salary_by_credential, credential)

    def premium(gap_pct: float) -> float:
        return premium_share * ((PERCENT + gap_pct) * (standing or 1.0) - PERCENT)

    value, largest = premium(float(latest["gap_pct"])), premium(float(gaps["gap_pct"].max()))
    return input_range(
        "premium_pct",
        f"Pay of {credential} holders above coders without a credential",
        value=value,
        low=min(0.0, value) if premium_share else None,
        high=max(largest, value) if premium_share else None,
        unit="percent",
        source=f"{latest['source_title']}; relative pay of the credential: career guide 2026",
        kind="member survey",
        year=str(int(latest["survey_year"])),
        verification=str(latest["verification"]),
        note=_note(standing, gaps, premium_share),
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
