"""Ingest ACS person records: one tidy Parquet a vintage, every record accounted for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]

from analysis import sources
from analysis.cleaning.acs.person_files import person_files
from analysis.cleaning.acs.record_checks import PERSON_CODES, judge
from analysis.cleaning.acs.tidy_records import tidy, write_parquet
from analysis.cleaning.acs.wanted_records import opened_database, take_wanted
from analysis.errors import WrongInput
from analysis.files import replacing, sweep
from analysis.schemas.acs import AcsPersons
from analysis.schemas.table import checked

RELEASES = "releases"
STATES = "geography/states.csv"
BATCH_ROWS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestedPersons:
    """What became of a release of person records.

    Parameters
    ----------
    place, set_aside_place : Path
        The tidy table, and the records set aside as they were found, with their reason.
    vintage : str
        "2024", or "2020-2024" for a five-year file.
    files : tuple of str
        The parts that were read.
    occupations : tuple of int
        Census occupation codes asked for; empty for all.
    rows_in, rows_other_occupations, rows_kept, rows_set_aside : int
        Records read; of occupations not asked for; in the table; set aside.
    persons : int
        Sum of the person weights of the table.
    has_replicate_weights, has_adjusted_wages : bool
        Whether standard errors can be had from it, and wages in dollars of the survey year.
    """

    place: Path
    set_aside_place: Path
    vintage: str
    files: tuple[str, ...]
    occupations: tuple[int, ...]
    rows_in: int
    rows_other_occupations: int
    rows_kept: int
    rows_set_aside: int
    persons: int
    has_replicate_weights: bool
    has_adjusted_wages: bool

    def __post_init__(self) -> None:
        counted = self.rows_kept + self.rows_set_aside + self.rows_other_occupations
        if self.rows_in != counted:
            raise WrongInput(
                f"Of {self.rows_in:,} records read only {counted:,} are accounted for. No record "
                "may be lost: mend the cleaner."
            )


def ingest_acs(
    path: Path,
    *,
    occupations: Sequence[int] = (),
    folder: Path = sources.PROCESSED / RELEASES,
    year: int | None = None,
    income_adjustment: float | None = None,
    set_unreadable_aside: bool = False,
) -> IngestedPersons:
    """Read person records and write those of some occupations as one tidy table.

    Memory does not grow with the files: DuckDB streams them and spills to disk. Nothing is put
    in place before the whole table holds its schema.

    Parameters
    ----------
    path : Path
        psam_p*.csv, csv_p*.zip with one or more of them, Parquet, or a folder.
    occupations : sequence of int
        Census occupation codes (OCCP), 3515 for medical records specialists; empty for all.
    folder : Path
        Where the result goes.
    year : int, optional
        Survey year, for releases of before 2017, whose records do not say it.
    income_adjustment : float, optional
        ADJINC as a factor (1.015250 in 2024), for extracts without the column.
    set_unreadable_aside : bool
        Set records that cannot be read aside, rather than refuse the file.

    Raises
    ------
    WrongInput
        The file is not what a release of persons is; the message says where and what to do.
    """
    with (
        TemporaryDirectory(prefix="acs-") as folder_aside,
        opened_database(scratch := Path(folder_aside)) as database,
    ):
        files = person_files(path, scratch=scratch)
        wanted = take_wanted(database, files, occupations=occupations, scratch=scratch)
        _register(database)
        judge(
            database,
            wanted.columns,
            file=path.name,
            set_unreadable_aside=set_unreadable_aside,
        )
        tidy(
            database,
            wanted.columns,
            year=year,
            income_adjustment=income_adjustment,
            file=path.name,
        )
        kept, persons, first, last, adjusted = database.execute(
            "SELECT count(*), sum(person_weight), min(survey_year), max(survey_year), "
            "count(income_adjustment) FROM tidy"
        ).fetchall()[0]
        if not kept:
            raise WrongInput(f"No record of {path.name} could be kept; nothing was written.")
        vintage = str(first) if first == last else f"{first}-{last}"
        place = folder / f"acs_persons_{vintage}.parquet"
        apart = folder / "set_aside" / place.name
        notes = {
            "source": path.name,
            "occupations": ", ".join(f"{code:04d}" for code in occupations) or "all",
        }
        _put_in_place(database, place, apart, notes=notes)
        set_aside = database.execute("SELECT count(*) FROM set_aside").fetchall()[0][0]
        return IngestedPersons(
            place=place,
            set_aside_place=apart,
            vintage=vintage,
            files=tuple(each.name for each in files),
            occupations=tuple(occupations),
            rows_in=wanted.rows_in,
            rows_other_occupations=wanted.rows_other_occupations,
            rows_kept=kept,
            rows_set_aside=set_aside,
            persons=int(persons),
            has_replicate_weights=bool(wanted.columns.replicates),
            has_adjusted_wages=adjusted == kept,
        )


def _register(database: duckdb.DuckDBPyConnection) -> None:
    """Give the database the meanings of codes and the states."""
    database.register("given_codes", sources.read_raw(PERSON_CODES))
    database.register("given_states", sources.read_raw(STATES))
    database.execute(
        "CREATE TABLE codes AS SELECT variable, CAST(code AS BIGINT) AS code, meaning, "
        "TRY_CAST(low AS DOUBLE) AS low, TRY_CAST(high AS DOUBLE) AS high FROM given_codes"
    )
    database.execute(
        "CREATE TABLE states AS SELECT CAST(fips AS BIGINT) AS fips, postal FROM given_states"
    )


def _put_in_place(
    database: duckdb.DuckDBPyConnection, place: Path, apart: Path, *, notes: dict[str, str]
) -> None:
    """Write both tables aside, hold the tidy one to its schema, then put both in place."""
    for folder in (place.parent, apart.parent):
        sweep(folder)
    with replacing(apart) as apart_file, replacing(place) as file:
        # DuckDB writes by name: into the files that `replacing` has opened, and will rename.
        write_parquet(database, "tidy", Path(file.name), notes=notes)
        write_parquet(database, "set_aside", Path(apart_file.name), notes=notes)
        _check(Path(file.name))


def _check(place: Path) -> None:
    """Hold the tidy table to its schema, a batch at a time."""
    names = list(AcsPersons.to_schema().columns)
    with ParquetFile(place) as file:
        for batch in file.iter_batches(BATCH_ROWS, columns=names):
            checked(_frame(batch), AcsPersons)


def _frame(batch: pa.RecordBatch) -> pd.DataFrame:
    """Make a table of a batch; a truth that may be missing keeps its type."""
    table: pd.DataFrame = batch.to_pandas()
    return table.astype({"works_from_home": "boolean"})
