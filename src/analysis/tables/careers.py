"""Tables of where a career leads."""

import pandas as pd

from analysis import wording
from analysis.figures.reason import Reason
from analysis.studies.careers.adjacent_occupations import Adjacent
from analysis.studies.careers.career_ladder import Ladder
from analysis.studies.careers.career_value import CareerValue
from analysis.studies.careers.specialties import Specialties
from analysis.studies.part import BLANK
from analysis.tables.part import words
from analysis.tables.table import TO, Table, table

UNBROKEN_MINUS = f"{wording.MINUS}\u2060"  # no line break between sign and figure


def ladder(climb: Ladder, *tracks: str) -> Table | str:
    """List titles of the ladder with years, credential and official wages.

    Parameters
    ----------
    climb : Ladder
        Of the study.
    *tracks : str
        "vertical", "lateral", "credential"; all where none is named.
    """
    if climb.is_missing:
        return Reason(climb.reason)
    frame = climb.table[climb.table["track"].isin(tracks or climb.table["track"])]
    frame = frame.reset_index(drop=True)
    shown = {
        "Title": frame["title"],
        "Years": _years(frame),
        "Credential; typical education": _takes(frame),
        "Official wages, USD a year": _pay(frame, "low_usd", "high_usd"),
        "Occupation, and why": _why(frame),
    }
    return table(
        frame,
        shown,
        caption=f"The guide's titles and the official wages taken for them, {climb.place}",
        source=climb.source,
        text=set(shown),
        note=climb.note,
    )


def career_value(value: CareerValue) -> Table | str:
    """Compare moving with staying, by the years before the move."""
    if value.is_missing:
        return Reason(value.reason)
    frame = value.table
    shown = {
        "Move after, years": words(frame["years_to_move"], "years_to_move"),
        "Staying": frame["stay_usd"].map(_thousands),
        "Moving": frame["move_usd"].map(_thousands),
        "Education": frame["education_usd"].map(_hundreds),
        "Gain": frame["gain_usd"].map(_thousands),
        value.gain.limits.capitalize(): _pay(
            frame.round({"gain_low_usd": -3, "gain_high_usd": -3}), "gain_low_usd", "gain_high_usd"
        ),
        "Breaks even at a chance of": words(frame["break_even_pct"], "break_even_pct"),
    }
    return table(
        frame,
        shown,
        caption="A career that moves against one that stays, present value in USD",
        source=value.source,
        note=" ".join([value.note, *value.assumptions]),
    )


def adjacent(listed: Adjacent) -> Table | str:
    """List other occupations by wage gain, with openings."""
    if listed.is_missing:
        return Reason(listed.reason)
    frame = listed.table
    shown = {
        "Occupation": frame["occupation_title"] + " (" + frame["occupation_code"] + ")",
        "Median wage": words(frame["median_wage_usd"], "wage_usd"),
        "Gain": frame["gain_usd"].map(
            lambda usd: BLANK if pd.isna(usd) else wording.signed(wording.usd(usd))
        ),
        "90% interval": _pay(frame.round(-1), "gain_low_usd", "gain_high_usd"),
        "Jobs here": words(frame["employment"], "employment"),
        "Openings a year, US": words(frame["annual_openings"], "openings"),
        "Typical education": frame["typical_entry_education"],
    }
    return table(
        frame,
        shown,
        caption=f"Occupations near by, {listed.place}, USD a year",
        source=listed.source,
        text={"Typical education"},
        note=listed.note,
    )


def specialties(placed: Specialties) -> Table | str:
    """List specialisations with the guide's pay, its place, and official wages."""
    if placed.is_missing:
        return Reason(placed.reason)
    frame = placed.table
    shown = {
        "Specialisation": frame["title"] + " (" + frame["track"] + ")",
        "Guide, USD a year": _pay(frame, "guide_low_usd", "guide_high_usd"),
        "Percentiles of coders": _percentiles(frame),
        "Official wages, USD a year": _pay(frame, "low_usd", "high_usd"),
        "Occupation, and why": _why(frame),
    }
    return table(
        frame,
        shown,
        caption=f"Specialisations on the wage distribution, {placed.place}",
        source=placed.source,
        text=set(shown),
        note=placed.note,
    )


def _why(frame: pd.DataFrame) -> "pd.Series[str]":
    """Join the occupation, the reason, and whose wages they are."""
    code = frame["occupation_code"].map(lambda soc: BLANK if pd.isna(soc) else f"{soc}: ")
    whose = frame["pay_note"].map(lambda note: f". {note}" if note and note[:2] != "No" else "")
    return code.where(code.ne(BLANK), "") + frame["why"] + whose


def _takes(frame: pd.DataFrame) -> "pd.Series[str]":
    """Join the credential with the education BLS finds typical."""
    both = frame[["credential", "typical_entry_education"]]
    return both.apply(lambda row: "; ".join(row.dropna()) or BLANK, axis=1)


def _years(frame: pd.DataFrame) -> "pd.Series[str]":
    """Write the years the guide gives, open where it leaves them open."""
    texts = [
        BLANK
        if pd.isna(low)
        else f"{low:.0f}\u00a0or\u00a0more"
        if pd.isna(high)
        else f"{low:.0f}{TO}{high:.0f}"
        for low, high in zip(frame["years_low"], frame["years_high"], strict=True)
    ]
    return pd.Series(texts, index=frame.index, dtype="str")


def _pay(frame: pd.DataFrame, low: str, high: str) -> "pd.Series[str]":
    """Write a range of pay; open where top-coded, a dash where there is none."""
    texts = [
        BLANK
        if pd.isna(a)
        else f"{wording.usd(a)}\u00a0or\u00a0more"
        if pd.isna(b)
        else f"{wording.usd(a)}{TO}{wording.usd(b)}"
        for a, b in zip(frame[low], frame[high], strict=True)
    ]
    unbroken = [text.replace(wording.MINUS, UNBROKEN_MINUS) for text in texts]
    return pd.Series(unbroken, index=frame.index, dtype="str")


def _percentiles(frame: pd.DataFrame) -> "pd.Series[str]":
    """Write where the guide's band lies."""
    texts = [
        BLANK if pd.isna(low) else f"{low:.0f} to {high:.0f}"
        for low, high in zip(
            frame["guide_low_percentile"], frame["guide_high_percentile"], strict=True
        )
    ]
    return pd.Series(texts, index=frame.index, dtype="str")


def _thousands(usd: float) -> str:
    """Write simulated dollars to the thousand."""
    return wording.quantity(usd, "USD", places=-3).replace(wording.MINUS, UNBROKEN_MINUS)


def _hundreds(usd: float) -> str:
    """Write simulated dollars to the hundred."""
    return wording.quantity(usd, "USD", places=-2)
