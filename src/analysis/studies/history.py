"""How employment and pay of an occupation went, within what may be compared."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimate import NORMAL_90
from analysis.models.prices import in_may_dollars
from analysis.models.wages import quantile_rse_pct
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.official import ALL_INDUSTRIES, SOURCE
from analysis.studies.part import Part

FIRST_MODEL_BASED_YEAR = 2021  # OEWS estimates are model-based from May 2021 on
ALWAYS = (1988, 2100)
MEASURES = ("employment", "median_wage_usd", "median_wage_real_usd")
GROWTH_COLUMNS = [
    "measure", "segment", "from_year", "to_year",
    "growth_pct", "growth_pct_a_year", "growth_low_pct", "growth_high_pct",
]  # fmt: skip
ERRORS = {  # of each measure, percent
    "employment": "employment_rse_pct",
    "median_wage_usd": "median_wage_rse_pct",
    "median_wage_real_usd": "median_wage_rse_pct",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class History(Part):
    """Employment and median wage by year, national.

    Parameters
    ----------
    table : DataFrame
        year, published_as (the occupation code the year was published under), segment (rows of
        different segments must not be joined, compared or subtracted), employment with its 90 %
        limits employment_low and employment_high, employment_rse_pct, median_wage_usd (of the
        year), median_wage_real_usd (of May `dollars_of`), median_wage_rse_pct, note. Missing
        where not published.
    growth : DataFrame
        measure, segment, from_year, to_year, growth_pct (over the whole span), growth_pct_a_year
        (compound), growth_low_pct and growth_high_pct (90 % limits of growth_pct, the errors of
        the two years taken as independent; missing where either is).
    dollars_of : int
        May of this year is what real wages are in.
    """

    growth: pd.DataFrame
    dollars_of: int


def history(
    tables: Mapping[str, pd.DataFrame], *, area: str = NATION, occupation: str = CODERS
) -> History:
    """Tell employment, nominal and real median wage of an occupation by year.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        History is in hand for the nation alone; for any other area the nation's is returned, and
        `note` says so.
    occupation : str
        SOC code.

    Returns
    -------
    History
        Growth is computed within a segment: one code and one method. May 2021, the first release
        of the model-based estimates, is a segment of its own.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> past = history(processed.Tables())
    >>> past.table.loc[past.table["year"].eq(2010), "median_wage_real_usd"].round().tolist()
    [47665.0]
    >>> past.table["segment"].unique().tolist()
    ['29-2071', '29-2098', '29-2072, 2021', '29-2072']
    """
    place = find_area(tables["wages"], area)
    title = find_occupation(tables["wages"], occupation)
    rows = published_history(tables["national_wages"], tables["occupation_lineage"], occupation)
    is_short = rows.empty
    if is_short:
        rows = _latest_only(tables["wages"], occupation)
    latest = int(tables["wages"]["year"].max())
    prices = tables["consumer_prices"].dropna(subset=["cpi_may"])["year"]
    dollars_of = int(prices[prices.le(latest)].max())
    margin = NORMAL_90 * rows["employment"] * rows["employment_rse_pct"] / 100
    table = rows.assign(
        employment_low=rows["employment"] - margin,
        employment_high=rows["employment"] + margin,
        median_wage_rse_pct=quantile_rse_pct(0.5, mean_rse_pct=1.0) * rows["mean_wage_rse_pct"],
        median_wage_real_usd=in_may_dollars(
            rows["median_wage_usd"],
            years=rows["year"],
            to_year=dollars_of,
            consumer_prices=tables["consumer_prices"],
        ),
    )
    columns = [
        "year", "published_as", "segment",
        "employment", "employment_low", "employment_high", "employment_rse_pct",
        "median_wage_usd", "median_wage_real_usd", "median_wage_rse_pct", "note",
    ]  # fmt: skip
    table = table[columns].reset_index(drop=True)
    notes = [] if place.is_nation else [_no_area_history(place.name, latest)]
    if is_short:
        notes.append(f"Years before {latest} are not available for {title}.")
    notes.extend(_breaks(table))
    return History(
        table=table,
        growth=growth_within_segments(table),
        dollars_of=dollars_of,
        columns={
            "year": "May of",
            "published_as": "Published as",
            "segment": "Comparable within",
            "employment": "Jobs",
            "employment_low": "Jobs, low",
            "employment_high": "Jobs, high",
            "median_wage_usd": "Median wage, USD a year",
            "median_wage_real_usd": "Median wage, USD of the latest May",
        },
        note=" ".join(notes),
        source=SOURCE,
    )


def published_history(
    national_wages: pd.DataFrame, lineage: pd.DataFrame, occupation: str
) -> pd.DataFrame:
    """Gather the national rows of an occupation under every code it was published as.

    Returns
    -------
    DataFrame
        The columns of `national_wages` with `published_as` and `segment`; by year. An occupation
        that the lineage does not list kept its code.
    """
    spans = codes_by_year(lineage, occupation)
    found = national_wages.merge(
        spans, left_on="occupation_code", right_on="published_as", validate="many_to_one"
    )
    found = found[found["year"].between(found["first_year"], found["last_year"])]
    method = np.select(
        [found["year"].lt(FIRST_MODEL_BASED_YEAR), found["year"].eq(FIRST_MODEL_BASED_YEAR)],
        [_until(found), f", {FIRST_MODEL_BASED_YEAR}"],
        default="",
    )
    return found.assign(
        segment=found["published_as"] + method,
        note=found["note"].fillna(""),
    ).sort_values("year")


def codes_by_year(lineage: pd.DataFrame, occupation: str) -> pd.DataFrame:
    """List the codes of an occupation: published_as, first_year, last_year.

    Examples
    --------
    >>> from analysis import processed
    >>> codes_by_year(processed.read("occupation_lineage"), "43-3021").values.tolist()
    [['43-3021', 1988, 2100]]
    """
    columns = ["published_as", "first_year", "last_year"]
    spans = lineage.loc[lineage["occupation_code"].eq(occupation), columns]
    return pd.DataFrame([(occupation, *ALWAYS)], columns=columns) if spans.empty else spans


def growth_within_segments(table: pd.DataFrame) -> pd.DataFrame:
    """Work out growth over each span of years that may be compared; see `History.growth`."""
    rows = [
        {
            "measure": measure,
            "segment": segment,
            **_growth(span, measure),
        }
        for measure in MEASURES
        for segment, span in table.dropna(subset=[measure]).groupby("segment", sort=False)
        if len(span) > 1
    ]
    return pd.DataFrame(rows, columns=GROWTH_COLUMNS)


def _until(found: pd.DataFrame) -> "pd.Series[str]":
    """Mark the years before the change of method of a code that was kept through it."""
    last = found.groupby("published_as")["year"].transform("max")
    return last.ge(FIRST_MODEL_BASED_YEAR).map(
        {True: f", to {FIRST_MODEL_BASED_YEAR - 1}", False: ""}
    )


def _breaks(table: pd.DataFrame) -> list[str]:
    """Say why figures of different segments are not compared."""
    codes = table["published_as"].unique()
    notes = []
    if len(codes) > 1:
        notes.append(
            f"The occupation was published under {len(codes)} codes ({', '.join(codes)}), which do "
            "not count the same people."
        )
    if table["segment"].str.endswith(f", {FIRST_MODEL_BASED_YEAR}").any():
        notes.append(
            f"OEWS estimates are model-based from May {FIRST_MODEL_BASED_YEAR} on; the first such "
            "release is no base for comparison and stands alone."
        )
    return notes


def _growth(span: pd.DataFrame, measure: str) -> dict[str, float | None]:
    """Compare the last year of a span with its first."""
    first, last = span.iloc[0], span.iloc[-1]
    years = int(last["year"] - first["year"])
    ratio = float(last[measure] / first[measure])
    relative_error = np.hypot(first[ERRORS[measure]], last[ERRORS[measure]]) / 100
    margin = NORMAL_90 * float(relative_error) * ratio
    return {
        "from_year": int(first["year"]),
        "to_year": int(last["year"]),
        "growth_pct": 100 * (ratio - 1),
        "growth_pct_a_year": 100 * (ratio ** (1 / years) - 1),
        "growth_low_pct": 100 * (ratio - margin - 1),
        "growth_high_pct": 100 * (ratio + margin - 1),
    }


def _latest_only(wages: pd.DataFrame, occupation: str) -> pd.DataFrame:
    """Take the one national row in hand from the latest release."""
    rows = wages[
        wages["occupation_code"].eq(occupation)
        & wages["area_code"].eq(NATION)
        & wages["industry_code"].eq(ALL_INDUSTRIES)
    ]
    return rows.assign(published_as=occupation, segment=occupation, note="")


def _no_area_history(name: str, year: int) -> str:
    """Say what is missing for a state or metropolitan area."""
    return (
        f"There is no yearly series up to May {year} for {name} here: the one shown is that of "
        "the United States."
    )
