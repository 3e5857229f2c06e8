"""The database a release is made in, given little memory, and its answers as Parquet files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from analysis.cleaning.oews.flat_cells import quoted
from analysis.cleaning.oews.release_record import RECORD, ReleaseRecord

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
