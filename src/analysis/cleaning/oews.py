"""The OEWS release of the BLS: one row an occupation, area and industry.

The agency publishes one line a series. The series id holds seasonal code, area type, area,
industry, occupation and data type at fixed places; footnote 8 marks an estimate that was not
released, footnote 5 a wage at or above the top code, footnote 4 a wage that is only hourly or
only annual. None of the three is a zero.
"""

import re
from pathlib import Path

import duckdb
import pandas as pd

from analysis.cleaning.cleaned import Cleaned
from analysis.errors import WrongInput

DATA_TYPES = {
    "01": "employment",
    "02": "employment_rse_pct",
    "03": "mean_hourly_wage_usd",
    "04": "mean_wage_usd",
    "05": "mean_wage_rse_pct",
    "06": "p10_hourly_wage_usd",
    "07": "p25_hourly_wage_usd",
    "08": "median_hourly_wage_usd",
    "09": "p75_hourly_wage_usd",
    "10": "p90_hourly_wage_usd",
    "11": "p10_wage_usd",
    "12": "p25_wage_usd",
    "13": "median_wage_usd",
    "14": "p75_wage_usd",
    "15": "p90_wage_usd",
    "16": "jobs_per_1000",
    "17": "location_quotient",
}
HOURLY_WAGES = [name for name in DATA_TYPES.values() if name.endswith("_hourly_wage_usd")]
ANNUAL_PERCENTILES = [f"{knot}_wage_usd" for knot in ("p10", "p25", "median", "p75", "p90")]
ANNUAL_WAGES = ["mean_wage_usd", *ANNUAL_PERCENTILES]
NOT_RELEASED, TOP_CODED = "8", "5"


def clean_oews(
    data: Path, *, area: Path, industry: Path, occupation: Path, footnote: Path, states: Path
) -> Cleaned:
    """Turn the flat files of a release into one row an occupation, area and industry.

    Parameters
    ----------
    data : Path
        `oe.data.*`: tab separated; series_id, year, period, value, footnote_codes.
    area, industry, occupation, footnote : Path
        The code lists of the same release.
    states : Path
        FIPS and postal codes, comma separated.

    Returns
    -------
    Cleaned
        The table keeps `schemas.wages.Wages`. Wages are nominal, employment is in jobs.
        Suppressed values are missing and flagged, top-coded wages are the bound and named in
        `top_coded`. `rows_in` counts series: a kept series is a cell of the table.

    Raises
    ------
    WrongInput
        The top code cannot be read from the footnotes, or a series stands there more than once:
        which of its values holds, nobody can say.
    """
    with duckdb.connect() as store:
        store.execute(
            "CREATE TABLE series AS SELECT trim(series_id) AS series_id, year, period, "
            "trim(value) AS value, trim(footnote_codes) AS footnote_codes, "
            f"{_reason()} AS reason FROM {_text(data)}"
        )
        _refuse_repeated(store, data)
        wide = store.execute(_pivot()).df()
        set_aside = store.execute("SELECT * FROM series WHERE reason <> ''").df()
        rows_in, rows_kept = store.execute(
            "SELECT count(*), count(*) FILTER (WHERE reason = '') FROM series"
        ).fetchall()[0]
        areas = store.execute(_areas(area, states)).df()
        industries = store.execute(
            "SELECT industry_code, industry_name AS industry_title, "
            f"CAST(display_level AS BIGINT) AS industry_level FROM {_text(industry)}"
        ).df()
        occupations = store.execute(
            f"SELECT occupation_code, occupation_name AS occupation_title FROM {_text(occupation)}"
        ).df()
        footnotes = store.execute(f"SELECT * FROM {_text(footnote)}").df()
    table = (
        wide.merge(areas, on="oews_area", how="left", validate="m:1")
        .merge(industries, on="industry_code", how="left", validate="m:1")
        .merge(occupations, on="occupation_code", how="left", validate="m:1")
        .assign(
            occupation_code=lambda t: t["occupation_code"].str.replace(r"^(..)", r"\1-", regex=True)
        )
        .pipe(_with_bounds_and_flags, **_top_codes(footnotes))
    )
    return Cleaned(table=table, set_aside=set_aside, rows_in=rows_in, rows_kept=rows_kept)


def _text(path: Path, *, delimiter: str = "\t") -> str:
    """Name a delimited file to DuckDB with every column read as text."""
    place = str(path).replace("'", "''")
    return f"read_csv('{place}', delim='{delimiter}', header=true, all_varchar=true, nullstr='')"


def _reason() -> str:
    """Say in SQL why a series cannot be used; the empty text where it can."""
    types = ", ".join(f"'{code}'" for code in DATA_TYPES)
    return (
        "CASE WHEN length(trim(series_id)) <> 25 THEN 'series id is not 25 characters long' "
        f"WHEN substr(series_id, 24, 2) NOT IN ({types}) THEN 'unknown data type' "
        "WHEN trim(value) <> '-' AND try_cast(trim(value) AS DOUBLE) IS NULL "
        "THEN 'value is neither a number nor -' ELSE '' END"
    )


def _refuse_repeated(store: duckdb.DuckDBPyConnection, data: Path) -> None:
    """Raise where a series has more than one line for a year."""
    repeated = store.execute(
        "SELECT series_id, count(*) FROM series WHERE reason = '' "
        "GROUP BY series_id, year, period HAVING count(*) > 1 ORDER BY series_id"
    ).fetchall()
    if repeated:
        first, times = repeated[0]
        raise WrongInput(
            f"{data.name} holds {len(repeated):,} series more than once for a year; the first, "
            f"{first}, {times} times. A release has each once: fetch it again."
        )


def _pivot() -> str:
    """Write the SQL that turns one line a series into one row a cell."""
    values = ", ".join(
        f"max(try_cast(value AS DOUBLE)) FILTER (WHERE measure = '{name}') AS {name}"
        for name in DATA_TYPES.values()
    )
    names = ", ".join(f"'{name}'" for name in ANNUAL_WAGES)
    measure = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in DATA_TYPES.items())
    return (
        "SELECT CAST(year AS BIGINT) AS year, substr(series_id, 5, 7) AS oews_area, "
        "substr(series_id, 12, 6) AS industry_code, substr(series_id, 18, 6) AS occupation_code, "
        f"{values}, {_measures_with(TOP_CODED)} AS top_coded, "
        f"bool_or(note = '{NOT_RELEASED}' AND measure = 'employment') AS is_employment_suppressed, "
        f"bool_or(note = '{NOT_RELEASED}' AND measure IN ({names})) AS is_wage_suppressed, "
        "coalesce(string_agg(DISTINCT note, '; ' ORDER BY note) FILTER (note <> ''), '') "
        "AS footnotes "
        f"FROM (SELECT *, CASE substr(series_id, 24, 2) {measure} END AS measure, "
        "footnote_codes AS note FROM series WHERE reason = '') GROUP BY ALL ORDER BY ALL"
    )


def _measures_with(footnote: str) -> str:
    """Write the SQL that joins the names of the wages marked with `footnote`."""
    return (
        f"coalesce(string_agg(measure, '; ' ORDER BY measure) "
        f"FILTER (note = '{footnote}' AND measure LIKE '%wage_usd'), '')"
    )


def _areas(area: Path, states: Path) -> str:
    """Write the SQL that names each area: US, a postal code, or the code of a metro."""
    return (
        "SELECT area_code AS oews_area, area_name, "
        "CASE areatype_code WHEN 'N' THEN 'US' WHEN 'S' THEN postal "
        "ELSE regexp_replace(area_code, '^00', '') END AS area_code, "
        "CASE WHEN areatype_code = 'N' THEN 'nation' WHEN areatype_code = 'S' THEN 'state' "
        "WHEN area_code LIKE '00%' THEN 'metropolitan' ELSE 'nonmetropolitan' END AS area_type, "
        "CASE areatype_code WHEN 'N' THEN 'US' ELSE postal END AS state "
        f"FROM {_text(area)} LEFT JOIN {_text(states, delimiter=',')} "
        "ON state_code = fips"
    )


def _top_codes(footnotes: pd.DataFrame) -> dict[str, float]:
    """Read the hourly and annual top code out of the release's own footnote 5."""
    text = footnotes.set_index("footnote_code")["footnote_text"].get(TOP_CODED, "")
    found = re.search(r"\$([\d,.]+) per hour or \$([\d,.]+) per year", text)
    if found is None:
        raise WrongInput(
            "oe.footnote must say the top code as '$115.00 per hour or $239,200 per year' under "
            f"code {TOP_CODED}; found {text!r}. Check the release's footnotes."
        )
    hourly, annual = (float(amount.rstrip(".").replace(",", "")) for amount in found.groups())
    return {"hourly_top_code_usd": hourly, "annual_top_code_usd": annual}


def _with_bounds_and_flags(
    cells: pd.DataFrame, *, hourly_top_code_usd: float, annual_top_code_usd: float
) -> pd.DataFrame:
    """Put the top code where a wage was top-coded, and flag rows that are not plain."""
    top_codes = dict.fromkeys(ANNUAL_WAGES, annual_top_code_usd)
    top_codes |= dict.fromkeys(HOURLY_WAGES, hourly_top_code_usd)
    wages = pd.DataFrame(
        {
            name: cells[name].mask(cells["top_coded"].str.contains(rf"\b{name}\b"), top_code)
            for name, top_code in top_codes.items()
        }
    )
    return cells.drop(columns="oews_area").assign(
        **{name: wages[name] for name in top_codes},
        is_top_coded=cells["top_coded"].ne(""),
        is_collapsed=_is_collapsed(wages[ANNUAL_PERCENTILES], annual_top_code_usd),
    )


def _is_collapsed(percentiles: pd.DataFrame, top_code_usd: float) -> pd.Series:
    """Flag rows where two neighbouring percentiles fall into one pay interval."""
    steps = percentiles.diff(axis=1).iloc[:, 1:]
    return (steps.eq(0) & percentiles.iloc[:, 1:].lt(top_code_usd)).any(axis=1)
