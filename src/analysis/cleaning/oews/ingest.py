"""Ingest a release: one tidy, checked Parquet file a year, put in place whole."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from analysis.cleaning.oews.code_lists import load_lists, top_codes
from analysis.cleaning.oews.flat import Counts, first_year, load_flat
from analysis.cleaning.oews.release_files import FlatFiles, Workbooks, find_release, versions
from analysis.cleaning.oews.store import (
    ReleaseFile,
    ReleaseRecord,
    hashed,
    quoted,
    release_store,
    write_parquet,
)
from analysis.cleaning.oews.wage_rows import wage_rows
from analysis.cleaning.oews.workbooks import count_workbooks, load_workbooks
from analysis.errors import WrongInput
from analysis.files import is_running
from analysis.schemas.table import check_rows
from analysis.schemas.wages import Wages

ORDER = "occupation_code, year, oews_area, industry_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """A release that was ingested.

    Parameters
    ----------
    release, set_aside : Path
        Its Parquet file, and that of the rows not used; None where all were.
    record : ReleaseRecord
        What it was made from and what became of its rows.
    """

    release: Path
    set_aside: Path | None
    record: ReleaseRecord


def ingest_oews(
    path: Path,
    *,
    folder: Path,
    states: Path,
    at: str,
    year: int | None = None,
    top_code_usd: float | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Ingested, ...]:
    """Ingest the release that `path` holds into `folder`.

    Everything is written aside and checked; only then does a new file take the place of the old
    one, by rename. An error, or a kill at any moment, leaves what was there.

    Parameters
    ----------
    path : Path
        Flat files or workbooks: a folder, a zip file, or the file itself.
    folder : Path
        Where releases are kept: oews_2025.parquet, and oews_2025.set_aside.parquet if need be.
    states : Path
        FIPS and postal codes, comma separated.
    at : str
        When, ISO 8601; goes into the record.
    year : int, optional
        May of this year, of workbooks whose names do not say it.
    top_code_usd : float, optional
        USD a year at which wages were top-coded, of workbooks none of whose sheets says it.
    tell : callable
        Told what goes on.

    Returns
    -------
    tuple of Ingested
        One a year of the file, the newest last.

    Raises
    ------
    WrongInput
        Nothing of a release is there, or its columns, codes, units or keys are not what they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    with TemporaryDirectory(dir=folder, prefix=f".ingest-{os.getpid()}-") as temporary:
        aside = Path(temporary)
        (aside / "unpacked").mkdir()
        tell(f"looking into {path.name}")
        files = find_release(path, unpacked=aside / "unpacked", year=year)
        brought = (path,) if path.suffix.lower() == ".zip" else files.paths
        before = versions(brought)
        first = first_year(files.data) if isinstance(files, FlatFiles) else files.year
        with ThreadPoolExecutor(1) as thread:  # beside the reading: it takes a tenth of the time
            source = _Source(
                files=files,
                brought=thread.submit(hashed, brought),
                states=states,
                aside=aside,
                at=at,
                top_code_usd=top_code_usd,
                tell=tell,
            )
            newest, other_years = _written(source, first)
        others = [_written(source, year, is_first=False)[0] for year in other_years]
        if versions(brought) != before:
            raise WrongInput(
                f"{path.name} changed while it was read. Nothing was written: try again."
            )
        done = sorted([newest, *others], key=lambda each: each.record.year)
        return tuple(_put(each, folder) for each in done)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What every year of an ingest is written from."""

    files: FlatFiles | Workbooks
    brought: Future[tuple[ReleaseFile, ...]]
    states: Path
    aside: Path
    at: str
    top_code_usd: float | None
    tell: Callable[[str], None]


def _written(
    source: _Source, year: int, *, is_first: bool = True
) -> tuple[Ingested, tuple[int, ...]]:
    """Write one year aside; return it with the other years of its files."""
    files, aside = source.files, source.aside
    release, set_aside = aside / f"oews_{year}.parquet", aside / f"oews_{year}.set_aside.parquet"
    with release_store(aside) as store:
        source.tell(f"reading May {year}")
        if isinstance(files, FlatFiles):
            top = top_codes(store, files.footnote)
            load_lists(
                store,
                area=files.area,
                industry=files.industry,
                occupation=files.occupation,
                states=source.states,
            )
            counts = load_flat(store, files.data, year=year, counts_the_unreadable=is_first)
        else:
            top = load_workbooks(
                store,
                files,
                states=source.states,
                aside=aside,
                top_code_usd=source.top_code_usd,
            )
            counts = count_workbooks(store)
        store.execute(f"CREATE VIEW tidy AS {wage_rows(top)}")
        source.tell(f"writing May {year}")
        record = _record(store, source, year, counts)
        rows = f"SELECT * EXCLUDE (oews_area) FROM tidy ORDER BY {ORDER}"
        write_parquet(store, rows, release, record)
        source.tell(f"checking May {year}")
        check_rows(store, f"read_parquet('{quoted(release)}')", Wages)
        if counts.rows_set_aside:
            write_parquet(store, counts.set_aside, set_aside, record)
    has_rest = bool(counts.rows_set_aside)
    ingested = Ingested(release=release, set_aside=set_aside if has_rest else None, record=record)
    return ingested, counts.other_years


def _record(
    store: duckdb.DuckDBPyConnection, source: _Source, year: int, counts: Counts
) -> ReleaseRecord:
    """Say what a year was made from and what became of its rows."""
    rows, areas, occupations = store.execute(
        "SELECT count(*), count(DISTINCT oews_area), count(DISTINCT occupation_code) "
        "FROM cells WHERE oews_area IS NOT NULL"
    ).fetchall()[0]
    return ReleaseRecord(
        year=year,
        form="flat files" if isinstance(source.files, FlatFiles) else "workbooks",
        files=source.brought.result(),
        rows_in=counts.rows_in,
        rows_kept=counts.rows_kept,
        rows_set_aside=counts.rows_set_aside,
        rows=rows,
        areas=areas,
        occupations=occupations,
        ingested_at=source.at,
    )


def _put(written: Ingested, folder: Path) -> Ingested:
    """Put the files of a year in place; the release, which carries the record, last."""
    set_aside = folder / f"{written.release.stem}.set_aside.parquet"
    if written.set_aside:
        written.set_aside.replace(set_aside)
    else:
        set_aside.unlink(missing_ok=True)
    return Ingested(
        release=written.release.replace(folder / written.release.name),
        set_aside=set_aside if written.set_aside else None,
        record=written.record,
    )


def _sweep(folder: Path) -> None:
    """Remove what an ingest that was killed has left."""
    for left in folder.glob(".ingest-*"):
        process = left.name.split("-")[1]
        if not (process.isdigit() and is_running(int(process))):
            shutil.rmtree(left, ignore_errors=True)
