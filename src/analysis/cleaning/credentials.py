"""Published figures about credentials: fees, pass rates, member surveys."""

import pandas as pd

from analysis.cleaning.cited import tidy, with_verification
from analysis.cleaning.cleaned import Cleaned, all_kept

GROUPS = {
    r"non-certified": "not certified",
    r"^average, certified coders|^certified average": "certified",
    r"overall average": "all members",
    r"^three or more credentials": "three or more credentials",
    r"^two credentials": "two credentials",
    r"\b(CPC-H|CPC-P|CPC|CIC|CPMA|CPB|CRC|COC)\b": "",
}


def clean_credentials(raw: pd.DataFrame) -> Cleaned:
    """Tidy exam fees and upkeep; "222 professional / 157 student" becomes two columns."""
    names = {
        "owner": "body",
        "questions_total": "questions",
        "minutes": "exam_minutes",
        "exam_fee_member_usd": "exam_fee_usd",
        "exam_fee_nonmember_usd": "exam_fee_nonmember_usd",
        "ceu_requirement": "continuing_education",
    }
    dues = raw["annual_membership_usd"].str.extract(
        r"(?P<full>\d+)(?:.*?(?P<student>\d+) student)?"
    )
    notes = raw["fee_note"].where(raw["note"].eq(""), raw["fee_note"] + "; " + raw["note"])
    table = (
        tidy(raw.assign(note=notes.str.strip("; ")), names)
        .drop(columns=["fee_note", "annual_membership_usd"])
        .assign(
            membership_usd_per_year=dues["full"], student_membership_usd_per_year=dues["student"]
        )
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def clean_pass_rates(raw: pd.DataFrame) -> Cleaned:
    """Tidy first-time pass rates, percent."""
    names = {"exam": "credential", "first_time_pass_rate_percent": "pass_rate_pct"}
    return all_kept(tidy(raw, names).pipe(with_verification), raw=raw)


def clean_member_salaries(raw: pd.DataFrame) -> Cleaned:
    """Tidy the member surveys: the year asked, the group, mean or median.

    The survey year is the one in which members were asked, not the year of the report. Groups
    that do not recur keep the statistic's own words.
    """
    statistic = raw["statistic"]
    table = (
        tidy(raw)
        .assign(
            survey_year=raw["survey"].str.extract(r"(\d{4}) survey")[0],
            group=statistic.map(_group),
            measure=statistic.str.contains("median").map({True: "median", False: "mean"}),
            unit=raw["unit"].replace({"USD/yr": "USD a year"}),
        )
        .assign(measure=lambda t: t["measure"].mask(t["unit"].eq("percent"), "share"))
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def _group(statistic: str) -> str:
    """Name the group a survey figure is about.

    Examples
    --------
    >>> _group("average, certified coders"), _group("CIC average"), _group("Pacific region")
    ('certified', 'CIC', 'Pacific region')
    """
    text = pd.Series([statistic])
    for pattern, group in GROUPS.items():
        found = text.str.extract(f"({pattern})").iloc[0, 0]
        if isinstance(found, str):
            return group or found
    return statistic
