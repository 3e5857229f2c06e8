"""The guide's ladder and specialties with official wages, other occupations, what is asked for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.models.wages import WageDistribution, place_bands
from analysis.studies.ai_exposure import SOURCE as EXPOSURE_SOURCE
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS, Area, find_occupation
from analysis.studies.experience_pay import area_pay
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables
from analysis.studies.official import SOURCE, published
from analysis.studies.part import Column, Part
from analysis.studies.projections import projected
from analysis.wording import BLANK, UNBROKEN_TO

TITLE_SOURCE = f"{GUIDE}; {SOURCE}; occupations taken by this project"
WAGES = {"p10_wage_usd": 0.10, "median_wage_usd": 0.50, "p90_wage_usd": 0.90}
WAGE_COLUMNS = ["low_usd", "high_usd", "low_se_usd", "high_se_usd", *WAGES, "pay_note"]
CODERS_ALONE = "The guide's ladder begins with coders; it is not that of another occupation."
BAND = {"salary_low_usd": "guide_low_usd", "salary_high_usd": "guide_high_usd"}
UNBROKEN_MINUS = f"{wording.MINUS}\u2060"  # no line break between sign and figure
EXPOSURE: Mapping[str, tuple[float, str]] = MappingProxyType(
    {
        "E0": (0.0, "not exposed"),
        "E1": (1.0, "a language model alone could halve the time"),
        "E2": (0.5, "with further software it could"),
    }
)


def pay_range(low: float, high: float) -> str:
    """Write a range of pay; open where top-coded, a dash where there is none.

    Examples
    --------
    >>> pay_range(37_000, 43_490).split()
    ['$37,000', 'to', '$43,490']
    """
    text = wording.span(low, high, wording.usd, to=UNBROKEN_TO)
    return text.replace(" or more", "\u00a0or\u00a0more").replace(wording.MINUS, UNBROKEN_MINUS)


def ladder(tables: Tables, *, place: Area, occupation: str = CODERS) -> Part:
    """List every title of the guide's ladder with official wages.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    place : Area
        Where; wages not published there are those of its state or the nation, as `pay_note` says.
    occupation : str
        The ladder begins with coders; for any other start there is no table.

    Returns
    -------
    Part
        Table of track ("vertical", "lateral", "credential"), step (1 to 4; missing off the vertical
        track), title, years_low, years_high (the guide's; missing where it gives none), credential
        and the columns of `with_wages`.
    """
    if occupation != CODERS:
        return Part(reason=CODERS_ALONE)
    mapped = tables["ladder_occupations"]
    table = tables["guide_ladder"].merge(
        mapped, on=["track", "title"], how="left", validate="one_to_one"
    )
    years = tables["guide_salary_by_experience"].set_index("tier")
    named = table["guide_band"].isin(years.index)
    for column in ("years_low", "years_high"):
        tier_years = table["guide_band"].where(named).map(years[column])
        table = table.assign(**{column: table[column].fillna(tier_years)})
    return Part(
        table=with_wages(tables, table, place),
        columns={
            "title": "Title",
            ("years_low", "years_high"): Column("Years", _years, is_text=True),
            ("credential", "typical_entry_education"): Column(
                "Credential; typical education", _listed, is_text=True
            ),
            ("low_usd", "high_usd"): Column("Official wages, USD a year", pay_range, is_text=True),
            ("occupation_code", "why", "pay_note"): Column(
                "Occupation, and why", _why, is_text=True
            ),
        },
        note=(
            "Which occupation and which part of its pay stand for a title is an assumption, with "
            "its reason beside it; the wages are official. Years are the guide's, which has "
            "managers after 5 to 7 years but experienced staff only from 8."
        ),
        source=TITLE_SOURCE,
    )


def with_wages(tables: Tables, titles: pd.DataFrame, place: Area) -> pd.DataFrame:
    """Add the official wages in `place` to titles with occupation_code and percentiles.

    Returns
    -------
    DataFrame
        With low_usd and high_usd (of the part of the occupation's pay taken for the title; high
        missing where top-coded), low_se_usd, high_se_usd (their standard errors), p10_wage_usd,
        median_wage_usd, p90_wage_usd (of the whole occupation), pay_note (whose wages, where not
        the area's), occupation_title, typical_entry_education.
    """
    codes = [str(code) for code in titles["occupation_code"].dropna().unique()]
    pay = {code: area_pay(tables["wages"], occupation_code=code, area=place) for code in codes}
    names = {code: find_occupation(tables["wages"], code) for code in codes}
    schooling = {
        code: known.typical_entry_education
        for code in codes
        if (known := projected(tables["projections"], code)) is not None
    }
    found = [
        _wages_of(*pay[code], float(low), float(high))
        if isinstance(code, str)
        else {"pay_note": "No wages: no occupation in the tables fits."}
        for code, low, high in zip(
            titles["occupation_code"],
            titles["low_percentile"],
            titles["high_percentile"],
            strict=True,
        )
    ]
    table = titles.join(pd.DataFrame(found, index=titles.index, columns=WAGE_COLUMNS))
    return table.assign(
        occupation_title=table["occupation_code"].map(names),
        typical_entry_education=table["occupation_code"].map(schooling),
    )


def specialties(tables: Tables, *, place: Area, occupation: str = CODERS) -> Part:
    """Place the guide's specialties on the distribution of coders' pay.

    Returns
    -------
    Part
        Table of title, track ("medical" or "functional"), guide_band (the guide's band taken),
        guide_low_usd, guide_high_usd (missing where it names no pay), guide_low_percentile and
        guide_high_percentile (among all workers of the occupation started from, in the area), and
        the columns of `with_wages`.
    """
    if occupation != CODERS:
        return Part(reason=CODERS_ALONE)
    named = tables["guide_specializations"].rename(
        columns={"specialization": "title", "kind": "track"}
    )
    titles = named.merge(
        tables["ladder_occupations"], on=["track", "title"], how="left", validate="one_to_one"
    )
    bands = pd.concat(
        [
            tables["guide_salary_by_experience"].rename(columns={"tier": "guide_band", **BAND}),
            tables["guide_salary_by_specialty"].rename(columns={"specialty": "guide_band", **BAND}),
        ]
    )[["guide_band", *BAND.values()]]
    table = titles.merge(bands, on="guide_band", how="left", validate="many_to_one")
    coders, note = area_pay(tables["wages"], occupation_code=occupation, area=place)
    guide = table[["guide_low_usd", "guide_high_usd"]].set_axis(["low_usd", "high_usd"], axis=1)
    placed = place_bands(coders, guide)
    table = table.assign(
        guide_low_percentile=placed["low_percentile"],
        guide_high_percentile=placed["high_percentile"],
    )
    told = (
        "OEWS knows no specialty: the official range is a part of the occupation's pay, taken by "
        "assumption."
    )
    return Part(
        table=with_wages(tables, table, place),
        columns={
            ("title", "track"): Column("Specialty", "{} ({})".format, is_text=True),
            ("guide_low_usd", "guide_high_usd"): Column(
                "Guide, USD a year", pay_range, is_text=True
            ),
            ("guide_low_percentile", "guide_high_percentile"): Column(
                "Percentiles of coders", _percentiles, is_text=True
            ),
            ("low_usd", "high_usd"): Column("Official wages, USD a year", pay_range, is_text=True),
            ("occupation_code", "why", "pay_note"): Column(
                "Occupation, and why", _why, is_text=True
            ),
        },
        note=f"{told} {note}".strip(),
        source=TITLE_SOURCE,
    )


def adjacent(tables: Tables, *, start: str, place: Area) -> Part:
    """Rank the occupations whose wages are available by wage gain over `start`.

    Returns
    -------
    Part
        Table of occupation_code, occupation_title, median_wage_usd, gain_usd (median less the
        median of the start, both here) with its 90 % limits gain_low_usd and gain_high_usd,
        employment (here), annual_openings (national, BLS), typical_entry_education; the largest
        gain first, those without one last.
    """
    wages = tables["wages"]
    known = wages.drop_duplicates("occupation_code")["occupation_code"]
    others = [str(code) for code in known if code not in (ALL_OCCUPATIONS, start)]

    def official(measure: str, code: str) -> Estimate:
        return published(wages, measure, occupation_code=code, area_code=place.code)

    here = official("median_wage_usd", start)
    rows = []
    for code in others:
        there = official("median_wage_usd", code)
        gain, outlook = difference(there, here), projected(tables["projections"], code)
        education = outlook.typical_entry_education if outlook else None
        rows.append(
            {
                "occupation_code": code,
                "occupation_title": find_occupation(wages, code),
                "median_wage_usd": there.value,
                "gain_usd": gain.value,
                "gain_low_usd": gain.low,
                "gain_high_usd": gain.high,
                "employment": official("employment", code).value,
                "annual_openings": outlook.annual_openings if outlook else None,
                "typical_entry_education": education or "no data",
            }
        )
    numbers = [
        "median_wage_usd", "gain_usd", "gain_low_usd", "gain_high_usd", "employment",
        "annual_openings",
    ]  # fmt: skip
    table = pd.DataFrame(rows).astype(dict.fromkeys(numbers, "float64"))
    return Part(
        table=table.sort_values("gain_usd", ascending=False, na_position="last", ignore_index=True),
        columns={
            ("occupation_title", "occupation_code"): Column("Occupation", "{} ({})".format),
            "median_wage_usd": "Median wage",
            "gain_usd": Column("Gain", lambda usd: wording.signed(wording.usd(usd))),
            ("gain_low_usd", "gain_high_usd"): Column(
                "90% interval", lambda low, high: pay_range(round(low, -1), round(high, -1))
            ),
            "employment": "Jobs here",
            "annual_openings": "Openings a year, US",
            "typical_entry_education": "Typical education",
        },
        note=(
            "Occupations near health records whose wages are in the tables, not all there are. "
            "Whether anyone moves between two of them no official figure says."
        ),
        source=f"{SOURCE}; BLS, Employment Projections",
    )


def difference(target: Estimate, start: Estimate) -> Estimate:
    """Take one estimate from another, their errors independent; missing where either is.

    Examples
    --------
    >>> a, b = (
    ...     Estimate.with_se(usd, se=se, unit="USD a year", kind="official")
    ...     for usd, se in ((100.0, 4.0), (60.0, 3.0))
    ... )
    >>> difference(a, b).se
    5.0
    """
    if target.value is None or start.value is None:
        return Estimate(
            value=None,
            unit=target.unit,
            source=target.source,
            kind="model",
            note=target.note or start.note,
        )
    has_error = target.se is not None and start.se is not None
    return Estimate.with_se(
        target.value - start.value,
        se=((target.se or 0) ** 2 + (start.se or 0) ** 2) ** 0.5 if has_error else None,
        unit=target.unit,
        year=target.year,
        source=target.source,
        kind="model",
    )


def checklist(tables: Tables, *, occupation: str = CODERS) -> Part:
    """List the competencies the guide names: competency, kind, detail (missing where none)."""
    if occupation != CODERS:
        return Part(reason=CODERS_ALONE)
    return Part(
        table=tables["guide_competencies"][["competency", "kind", "detail"]],
        columns={"competency": "Competency", "kind": "Asked for as", "detail": "That is"},
        note="The guide's list; no posting or employer survey tests it.",
        source=GUIDE,
    )


def exposed_tasks(tables: Tables, *, occupation: str = CODERS) -> Part:
    """List the tasks of an occupation, the most exposed to language models first.

    Returns
    -------
    Part
        Table of task, by_people, by_model (how both groups of raters labelled it, in words).
    """
    tasks = tables["task_exposure"]
    tasks = tasks[tasks["occupation_code"].str.startswith(occupation)]
    if tasks.empty:
        title = find_occupation(tables["wages"], occupation)
        return Part(reason=f"The tasks of {title.lower()} are not available.")
    weight = {label: exposed for label, (exposed, _) in EXPOSURE.items()}
    meaning = {label: words for label, (_, words) in EXPOSURE.items()}
    ordered = tasks.assign(
        order=tasks["human_label"].map(weight),
        other=tasks["model_label"].map(weight),
        by_people=tasks["human_label"].map(meaning),
        by_model=tasks["model_label"].map(meaning),
    ).sort_values(["order", "other", "task"], ascending=[False, False, True])
    return Part(
        table=ordered[["task", "by_people", "by_model"]].reset_index(drop=True),
        columns={"task": "Task", "by_people": "By people's judgement", "by_model": "By GPT-4's"},
        note="Exposure is not displacement: it says that time could be saved, not that jobs go.",
        source=EXPOSURE_SOURCE,
    )


def _wages_of(
    pay: WageDistribution, note: str, low_percentile: float, high_percentile: float
) -> dict[str, float | str | None]:
    """Read the part of the distribution taken for a title, and the whole of it."""
    low, high = (pay.quantile_estimate(each / 100) for each in (low_percentile, high_percentile))
    whole = {name: pay.quantile_estimate(share).value for name, share in WAGES.items()}
    part = {"low_usd": low.value, "high_usd": high.value}
    return {**part, "low_se_usd": low.se, "high_se_usd": high.se, **whole, "pay_note": note}


def _years(low: float, high: float) -> str:
    text = wording.span(low, high, "{:.0f}".format, to=UNBROKEN_TO)
    return text.replace(" or more", "\u00a0or\u00a0more")


def _percentiles(low: float, high: float) -> str:
    return BLANK if pd.isna(low) else f"{low:.0f} to {high:.0f}"


def _listed(*words: Any) -> str:
    return "; ".join(word for word in words if pd.notna(word)) or BLANK


def _why(code: Any, why: str, pay_note: str) -> str:
    """Join the occupation, the reason, and whose wages they are."""
    start = "" if pd.isna(code) else f"{code}: "
    whose = f". {pay_note}" if pay_note and not pay_note.startswith("No") else ""
    return f"{start}{why}{whose}"
