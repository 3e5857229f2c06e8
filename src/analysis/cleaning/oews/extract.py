"""The OEWS extract that comes with the project: one row an occupation, area and industry.

The cleaning is that of a whole release (see `ingest`); only the answer is
small enough to be a DataFrame.
"""

from pathlib import Path

import duckdb

from analysis.cleaning.cleaned import Cleaned
from analysis.cleaning.oews.code_lists import load_lists, top_codes
from analysis.cleaning.oews.flat_release import first_year, load_flat
from analysis.cleaning.oews.wage_rows import wage_rows
from analysis.errors import WrongInput


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
        The top code cannot be read from the footnotes, a series repeats, or the file holds
        several years.
    """
    year = first_year(data)
    with duckdb.connect() as store:
        load_lists(store, area=area, industry=industry, occupation=occupation, states=states)
        top = top_codes(store, footnote)
        counts = load_flat(store, data, year=year, stops_at_new_types=False)
        if counts.other_years:
            others = ", ".join(str(other) for other in counts.other_years)
            raise WrongInput(f"{data.name} must hold one year; found {year} and {others}.")
        table = store.execute(
            f"SELECT * EXCLUDE (oews_area, footnoted) FROM ({wage_rows(top)}) "
            "ORDER BY year, oews_area, industry_code, occupation_code"
        ).df()
        set_aside = store.execute(counts.set_aside).df()
    return Cleaned(
        table=table, set_aside=set_aside, rows_in=counts.rows_in, rows_kept=counts.rows_kept
    )
