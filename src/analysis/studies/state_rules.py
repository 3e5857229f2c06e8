"""What states ask of an occupation to call it in demand or high-wage, applied to coders."""

from collections.abc import Hashable, Iterable
from typing import Any, Literal

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS, NATION, Area, find_area
from analysis.studies.completions import openings_at
from analysis.studies.lookup import Tables
from analysis.studies.official import published

Verdict = Literal["pass", "fail", "unknown"]
NOT_AVAILABLE = "not available here"
WAGES_OF_ALL = {
    "state median of all occupations": "median_wage_usd",
    "state mean of all occupations": "mean_wage_usd",
    "state 75th percentile of all occupations": "p75_wage_usd",
}


def apply_rules(tables: Tables, *, state: str = NATION) -> pd.DataFrame:
    """Apply the rules of a state, or of every state for the nation, to the coders there.

    Returns
    -------
    DataFrame
        id, state, state_name, group, purpose, rule, figure, threshold (in words), verdict ("pass",
        "fail" or "unknown": where the figure or the threshold is not available, or the 90 %
        interval of the figure spans the threshold), what_to_know; empty where no rule was found.

    Examples
    --------
    Ohio asks for 80 % of the state's median: 50,990 against 0.8 x 49,380 = 39,504.

    >>> from analysis import processed
    >>> ohio = apply_rules(processed.Tables(), state="OH").set_index("id")
    >>> ohio.loc["oh_wage", ["threshold", "verdict"]].tolist()
    ['$39,504', 'pass']
    """
    rules = tables["state_rules"]
    if state != NATION:
        rules = rules[rules["state"].eq(state)]
    return pd.DataFrame([_applied(tables, rule) for rule in rules.to_dict("records")])


def meets_rules(applied: pd.DataFrame) -> Verdict:
    """Return whether an occupation meets a state's rules.

    One purpose is enough: the law asks for high-skill, high-wage or in-demand. Within a purpose
    every group must be met, and a group by any of its rows.

    Examples
    --------
    >>> rows = {"purpose": "in-demand", "group": ["wage", "demand", "demand"],
    ...         "verdict": ["pass", "fail", "pass"]}
    >>> meets_rules(pd.DataFrame(rows)), meets_rules(pd.DataFrame())
    ('pass', 'unknown')
    """
    if applied.empty:
        return "unknown"
    return _either(
        together(_either(found) for _, found in rows.groupby("group")["verdict"])
        for _, rows in applied.groupby("purpose")
    )


def together(verdicts: Iterable[str]) -> Verdict:
    """Return fail where one fails, pass where all pass, else unknown.

    Examples
    --------
    >>> together(["pass", "unknown"]), together(["unknown", "fail"]), together(["pass"])
    ('unknown', 'fail', 'pass')
    """
    found = set(verdicts)
    return "fail" if "fail" in found else "pass" if found == {"pass"} else "unknown"


def _either(verdicts: Iterable[str]) -> Verdict:
    """Return pass where one passes, fail where all fail, else unknown."""
    found = set(verdicts)
    return "pass" if "pass" in found else "fail" if found == {"fail"} else "unknown"


def joined(*notes: str | None) -> str:
    """Join what there is to know, as sentences.

    Examples
    --------
    >>> joined("weeks need not be consecutive", None, "[JFF]")
    'Weeks need not be consecutive. [JFF]'
    """
    texts = [str(note).strip() for note in notes if note and not pd.isna(note)]
    return " ".join(
        text[:1].upper() + text[1:] + ("" if text.endswith((".", "]", ")")) else ".")
        for text in texts
    )


def _applied(tables: Tables, rule: dict[Hashable, Any]) -> dict[str, Any]:
    """Apply one rule."""
    place = find_area(tables["wages"], str(rule["state"]))
    found = _measured(tables, str(rule["measure"]), place)
    threshold = _threshold(tables, rule, place)
    limits = wording.interval(found)
    cited = f"[{rule['source_title']}, {rule['vintage']}; {rule['verification']}]"
    return {
        "id": rule["id"],
        "state": rule["state"],
        "state_name": place.name,
        "group": rule["group"],
        "purpose": rule["purpose"],
        "rule": rule["rule"],
        "figure": NOT_AVAILABLE
        if found.unit == ""
        else wording.amount_with_unit(found) + (f" ({limits})" if limits else ""),
        "threshold": "" if threshold is None else wording.measured(threshold, found.unit),
        "verdict": _verdict(found, threshold, is_above=rule["comparison"] == "above"),
        "what_to_know": joined(rule["note"], cited),
    }


def _verdict(found: Estimate, threshold: float | None, *, is_above: bool) -> Verdict:
    if found.value is None or threshold is None:
        return "unknown"
    ends = (found.value if end is None else end for end in (found.low, found.high))
    meets = {end > threshold if is_above else end >= threshold for end in ends}
    return "unknown" if len(meets) > 1 else "pass" if meets.pop() else "fail"


def _measured(tables: Tables, measure: str, place: Area) -> Estimate:
    """Return what a rule looks at, of coders in a state; missing where it is not available."""
    wages = tables["wages"]
    if measure == "annual_openings":
        return openings_at(tables, place)
    if measure not in wages:
        return Estimate(value=None, unit="", kind="official")
    return published(wages, measure, occupation_code=CODERS, area_code=place.code)


def _threshold(tables: Tables, rule: dict[Hashable, Any], place: Area) -> float | None:
    """Return what a rule compares with: its amount, or that times a wage of the state."""
    if pd.isna(rule["amount"]):
        return None
    if rule["benchmark"] not in WAGES_OF_ALL:
        return float(rule["amount"])
    measure = WAGES_OF_ALL[rule["benchmark"]]
    wage = published(
        tables["wages"], measure, occupation_code=ALL_OCCUPATIONS, area_code=place.code
    ).value
    return None if wage is None else float(rule["amount"]) * wage
