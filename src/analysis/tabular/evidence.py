"""Tables that hold the guide against the evidence."""

import pandas as pd

from analysis import wording
from analysis.studies.evidence import Evidence
from analysis.studies.part import BLANK
from analysis.tabular.part import words
from analysis.tabular.table import Table, table

SOURCE = "career guide 2026; official figures as named in each row"


def claims(study: Evidence, *grades: str) -> Table:
    """List claims with their grade, the official figure, the difference and the source.

    Parameters
    ----------
    study : Evidence
        Of all claims.
    *grades : str
        Only claims of these grades; all where none is named.
    """
    frame = study.claims
    if grades:
        frame = frame[frame["grade"].isin(grades)]
    frame = frame.reset_index(drop=True)
    shown = {
        "Claim": frame["statement"],
        "Guide": _spans(frame, "claimed"),
        "Official": _spans(frame, "official").where(
            frame["official_text"].eq(""), frame["official_text"]
        ),
        "Off by": frame["difference_pct"].map(
            lambda value: BLANK if pd.isna(value) else wording.signed(wording.percent(value))
        ),
        "Grade": frame["grade"],
        "Why, and by whose figures": _why(frame),
    }
    words_only = set(shown) - {"Off by"}
    named = f" that are {wording.listed(list(grades))}" if grades else ""
    return table(
        frame,
        shown,
        caption=f"The {len(frame)} claims{named}",
        source=SOURCE,
        text=words_only,
        note="Off by: from the official figure to the nearest end of the guide's range.",
    )


def _why(frame: pd.DataFrame) -> "pd.Series[str]":
    """Join the reason with the source, its period, how good the comparison is, and its mark."""
    said = frame[["source", "year", "comparison", "verification"]].replace("", None)
    origin = said.apply(lambda row: "; ".join(row.dropna()), axis=1)
    return frame["reason"] + origin.map(lambda words: f" [{words}]" if words else "")


def grades_by_topic(study: Evidence) -> Table:
    """Count grades by topic."""
    frame = study.summary
    shown = {
        "Topic": frame["topic"].str.replace("-", " "),
        **{
            str(name).capitalize(): words(frame[name], str(name))
            for name in frame.columns.drop("topic")
        },
    }
    return table(frame, shown, caption="Grades by topic", source=SOURCE)


def contradictions(study: Evidence) -> Table:
    """List where the guide does not agree with itself, with the arithmetic."""
    frame = study.contradictions
    shown = {
        "Subject": frame["subject"].where(
            frame["part"].eq(""), frame["subject"] + ": " + frame["part"].str.replace("-", " ")
        ),
        "Stated": _range(frame["stated_low"], frame["stated_high"]),
        "Computed": _range(frame["value_low"], frame["value_high"]),
        "Unit": frame["unit"],
        "Disagrees": words(frame["is_contradiction"], "is_contradiction"),
        "Finding": frame["finding"],
    }
    return table(
        frame,
        shown,
        caption="Where the guide disagrees with itself",
        source="the guide's own tables; nothing else",
        text={"Unit", "Disagrees", "Finding"},
    )


def settings(frame: pd.DataFrame) -> Table:
    """Set the guide's shares of employment beside those of the OEWS."""
    shown = {
        "Setting": frame["setting"],
        "Definition": frame["definition"],
        "Guide": words(frame["guide_share_pct"], "share_pct"),
        "Guide, employers only": words(frame["guide_share_of_employers_pct"], "share_pct"),
        "Official": words(frame["official_share_pct"], "share_pct"),
        "Industries (NAICS)": frame["industry_codes"].fillna(BLANK).replace("", BLANK),
        "Median wage": words(frame["median_wage_usd"], "wage_usd"),
    }
    return table(
        frame,
        shown,
        caption="Who employs coders: the guide beside the OEWS",
        source="career guide; BLS, OEWS May 2025; ACS 2024 for work from home",
        text={"Definition", "Industries (NAICS)"},
        note=(
            "Remote is a place of work, not an employer: it is never added to the others. How big "
            "billing companies are depends on the definition."
        ),
    )


def questions(frame: pd.DataFrame) -> Table:
    """Answer the guide's questions again, from the official numbers."""
    shown = {
        "Question": frame["question"],
        "Answer": frame["answer"],
        "Source": frame["source"] + " [" + frame["verification"] + "]",
    }
    return table(
        frame,
        shown,
        caption="The guide's questions and steps, answered from the data",
        source="as named in each row",
        text={"Answer", "Source"},
    )


def _spans(frame: pd.DataFrame, which: str) -> "pd.Series[str]":
    """Write the range a side gives, with its unit."""
    unit = frame[f"{which}_unit"].fillna("")
    return pd.Series(
        [
            _span(low, high, str(of))
            for low, high, of in zip(
                frame[f"{which}_low"], frame[f"{which}_high"], unit, strict=True
            )
        ],
        index=frame.index,
        dtype="str",
    )


def _span(low: float, high: float, unit: str) -> str:
    """Write one range; an open end stays open."""
    if pd.isna(low) and pd.isna(high):
        return BLANK
    if pd.isna(high):
        return f"{_number(low, unit)} or more"
    if pd.isna(low):
        return f"{_number(high, unit)} or less"
    if low == high:
        return _number(low, unit)
    return f"{_number(low, unit)} to {_number(high, unit)}"


def _number(value: float, unit: str) -> str:
    """Write a number with what its unit needs."""
    if unit == "year":
        return f"{value:.0f}"
    money = "USD a year" if unit.startswith("USD") else unit
    places = 0 if float(value).is_integer() else 1
    named = wording.quantity(value, money, places=places)
    rest = "" if wording.is_money(money) or wording.is_percent(money) else f" {unit}"
    return f"{named}{rest}".strip()


def _range(low: "pd.Series[float]", high: "pd.Series[float]") -> "pd.Series[str]":
    """Write two columns of plain numbers as ranges."""
    return pd.Series(
        [_span(a, b, "") for a, b in zip(low, high, strict=True)], index=low.index, dtype="str"
    )
