"""The database a release is made in, and the record that its Parquet file carries."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from analysis.errors import WrongInput
from analysis.sources import sha256_of

RECORD = "workforce_release"  # key of the Parquet file's metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFile:
    """A file that was ingested.

    Parameters
    ----------
    name, sha256 : str
        As it was brought, and of its content.
    """

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRecord:
    """The record of an ingested release.

    Parameters
    ----------
    year : int
        May of this year.
    form : str
        "flat files" or "workbooks".
    files : tuple of ReleaseFile
        What it was made from.
    rows_in, rows_kept, rows_set_aside : int
        Lines of a flat file or rows of workbooks; the first is the sum of the others.
    rows : int
        Rows of the table: a cell each.
    areas, occupations : int
        Different ones.
    ingested_at : str
        ISO 8601, UTC.
    """

    year: int
    form: str
    files: tuple[ReleaseFile, ...]
    rows_in: int
    rows_kept: int
    rows_set_aside: int
    rows: int
    areas: int
    occupations: int
    ingested_at: str

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + self.rows_set_aside:
            raise WrongInput(
                f"Of {self.rows_in:,} rows read, {self.rows_kept:,} were kept and "
                f"{self.rows_set_aside:,} set aside: {self.rows_in - self.rows_kept:,} should "
                "have been set aside. No row may be lost, so nothing was written: mend "
                "src/analysis/cleaning/oews."
            )

    def as_json(self) -> str:
        """Write the record as a line of JSON."""
        return json.dumps(asdict(self))


def hashed(files: tuple[Path, ...]) -> tuple[ReleaseFile, ...]:
    """Name files with the hash of their content."""
    return tuple(ReleaseFile(name=each.name, sha256=sha256_of(each)) for each in files)


def read_record(release: Path) -> ReleaseRecord:
    """Read the record out of a release's Parquet file.

    Raises
    ------
    WrongInput
        The file is no release.
    """
    with duckdb.connect() as store:
        found = store.execute(
            "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = ?",
            [str(release), RECORD],
        ).fetchall()
    if not found:
        raise WrongInput(
            f"{release.name} is no ingested release. Delete it, and run `workforce ingest oews`."
        )
    fields = json.loads(found[0][0])
    files = tuple(ReleaseFile(**file) for file in fields.pop("files"))
    return ReleaseRecord(**fields, files=files)


MEMORY = "240MB"  # of DuckDB; Python and its libraries come on top
MOST_THREADS = 2  # each holds its own share of the memory
ROWS_A_GROUP = 20_480  # a report reads the groups that hold its occupations, and no others


@contextmanager
def release_store(aside: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that spills to the folder aside."""
    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "threads": min(MOST_THREADS, os.cpu_count() or 1),
        "preserve_insertion_order": False,
        "disabled_optimizers": "join_order,build_side_probe_side",  # cells keep their order
        "temp_directory": str(aside / "spill"),
    }
    with duckdb.connect(config=settings) as store:
        store.execute("SET enable_progress_bar = false")  # it would go to standard output
        yield store


def write_parquet(
    store: duckdb.DuckDBPyConnection, query: str, place: Path, record: ReleaseRecord
) -> None:
    """Write an answer to a new file, in its order, with the record in its metadata."""
    text = record.as_json().replace("'", "''")
    store.execute(
        f"COPY ({query}) TO '{quoted(place)}' (FORMAT parquet, COMPRESSION snappy, "
        f"ROW_GROUP_SIZE {ROWS_A_GROUP}, PRESERVE_ORDER true, KV_METADATA {{{RECORD}: '{text}'}})"
    )
    with place.open("rb") as file:
        os.fsync(file.fileno())


def text_file(path: Path, *, delimiter: str = "\t") -> str:
    """Name a delimited file to DuckDB, every column text and its name without padding."""
    return (
        f"read_csv('{quoted(path)}', delim='{delimiter}', header=true, all_varchar=true, "
        "nullstr='', normalize_names=true)"
    )


def quoted(path: Path) -> str:
    """Write a path so that it can stand between single quotes in SQL."""
    return str(path).replace("'", "''")
