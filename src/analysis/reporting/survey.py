"""From anybody's file of pay records to clean tables and a page on how good the file is."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from analysis.cleaning.pay.column_map import read_column_map
from analysis.cleaning.pay.own_records import clean_file, spreadsheet_csv
from analysis.disclosure import MINIMUM_RECORDS
from analysis.errors import WrongInput
from analysis.files import replacing, sweep
from analysis.lazy import spare
from analysis.reporting.runs import Run

NO_CHOICE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanedFile:
    """Where the results of a cleaned file lie, and what became of its rows.

    Parameters
    ----------
    salaries, set_aside, set_aside_csv, page : Path
        Parquet, Parquet, the same for a spreadsheet, and HTML.
    rows_in, rows_kept, rows_set_aside : int
        The first is the sum of the others.
    """

    salaries: Path
    set_aside: Path
    set_aside_csv: Path
    page: Path
    rows_in: int
    rows_kept: int
    rows_set_aside: int


def write_cleaned(
    file: Path,
    *,
    columns: Path,
    out: Path,
    run: Run,
    minimum: int = MINIMUM_RECORDS,
    where: Mapping[str, str] = NO_CHOICE,
) -> CleanedFile:
    """Clean a file of records, and write its tables and its page to `out`.

    Nothing is written before everything was read, and nothing is put in place before everything
    was written.

    Parameters
    ----------
    file, columns : Path
        The records, and the TOML that says which column holds what.
    out : Path
        Folder of the results; made where it is not there.
    run : Run
        What the page says of how it was made.
    minimum : int
        Fewest records that a cell of pay on the page may tell of.
    where : mapping of str to str
        Rows to clean, beside what the map chooses: by field, what its cells are like.

    Raises
    ------
    WrongInput
        The file or the map cannot be read, the map names a column that is absent, no pay was
        found, or the results cannot be written.
    """
    spare()
    from analysis.reporting.quality_page import quality_page  # seconds, which a guess can spare

    column_map = read_column_map(columns)
    column_map = replace(column_map, where={**column_map.where, **where})
    cleaned = clean_file(file, column_map)
    page = quality_page(cleaned, file=file, columns=columns, run=run, minimum=minimum)
    results: dict[str, Callable[[BinaryIO], object]] = {
        "salaries.parquet": partial(cleaned.salaries.to_parquet, index=False),
        "set_aside.parquet": partial(cleaned.set_aside.to_parquet, index=False),
        "set_aside.csv": lambda target: target.write(spreadsheet_csv(cleaned.set_aside)),
        "html": lambda target: target.write(page.encode()),
    }
    places = {end: out / f"{file.stem}.{end}" for end in results}
    _write({places[end]: write for end, write in results.items()}, out)
    return CleanedFile(
        salaries=places["salaries.parquet"],
        set_aside=places["set_aside.parquet"],
        set_aside_csv=places["set_aside.csv"],
        page=places["html"],
        rows_in=cleaned.rows_in,
        rows_kept=len(cleaned.salaries),
        rows_set_aside=len(cleaned.set_aside),
    )


def _write(results: Mapping[Path, Callable[[BinaryIO], object]], out: Path) -> None:
    """Write all results aside, and put them in place only when the last is on the disk."""
    sweep(out)
    try:
        with ExitStack() as stack:
            for place, write in results.items():
                target = stack.enter_context(replacing(place))
                write(target)
                target.flush()
    except OSError as error:
        raise WrongInput(
            f"The results cannot be written to {out}: {error.strerror or error}. What was there "
            "before is unchanged. Make room, or name another folder with --out."
        ) from error
