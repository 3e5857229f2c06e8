"""Own records of pay that `workforce survey` cleaned, one row a person or job, for a report."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from analysis import sources
from analysis.errors import WrongInput

PUBLISHED = "published"
SYNTHETIC = "synthetic"
MADE_UP = "SYNTHETIC records, made up to try this on: nothing may be concluded from them"
SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """Cleaned records of pay and the file they came from.

    Parameters
    ----------
    table : DataFrame
        Columns of `schemas.pay.PayRecords`.
    name : str
        Of the file, without folder.
    sha256 : str
        Of the file, its first digits.
    is_synthetic : bool
        True where the file says so, in its name or its record identities: made up, to try things
        on. No finding may rest on it.
    """

    table: pd.DataFrame
    name: str
    sha256: str
    is_synthetic: bool

    @property
    def source(self) -> str:
        """How a table or figure names where it comes from; made-up records are called so."""
        return f"{MADE_UP} ({self.name})" if self.is_synthetic else f"own records, {self.name}"


def read_cleaned_records(data: str) -> RecordFile | None:
    """Read a Parquet file of cleaned records; None where `data` is "published".

    Raises
    ------
    WrongInput
        As `cleaned_records_path`, or a value is outside of what its column may hold.

    Examples
    --------
    >>> read_cleaned_records("published") is None
    True
    """
    if data == PUBLISHED:
        return None
    from analysis.schemas.pay import SALARY_COLUMNS, PayRecords  # seconds, for own records only
    from analysis.schemas.table import checked

    place = sources.place_of(cleaned_records_path(data))
    try:
        table = checked(pd.read_parquet(place, columns=list(SALARY_COLUMNS)), PayRecords)
    except WrongInput as error:
        raise WrongInput(
            f"data must hold records as `workforce survey` cleans them; {place.name} was changed "
            f"since. Clean it again: workforce survey FILE --columns MAP.\n{error}"
        ) from None
    return RecordFile(
        table=table,
        name=place.name,
        sha256=sources.sha256_of(place)[:SHOWN_DIGITS],
        is_synthetic=says_synthetic(place.name, table["record_id"]),
    )


def records_needed(subject: str) -> str:
    """Say how to bring the records that something cannot be done without.

    Examples
    --------
    >>> records_needed("Splitting the gap")
    'Splitting the gap needs records of pay, one row a person: clean a file with the command ...'
    """
    return (
        f"{subject} needs records of pay, one row a person: clean a file with the command "
        "workforce survey FILE --columns MAP, and run this report again with the Parquet file it "
        "writes as data."
    )


def says_synthetic(name: str, record_ids: pd.Series) -> bool:
    """Say whether records are made up, by the name of their file or any of their identities.

    Examples
    --------
    >>> says_synthetic("pay.csv", pd.Series(["SYNTHETIC-1", "2"]))
    True
    """
    marks = record_ids.astype("str").str.lower().str.contains(SYNTHETIC, regex=False, na=False)
    return SYNTHETIC in name.lower() or bool(marks.any())


def cleaned_records_path(data: str) -> str:
    """Return where the file lies: below the project's folder if it does, else from the home folder.

    It becomes part of a page, which should not tell whose folder it came from. A path outside of
    both is returned in full.

    Parameters
    ----------
    data : str
        A path, from the working folder or from the project's.

    Raises
    ------
    WrongInput
        No such file, it is no Parquet file, or it lacks columns of cleaned records.
    """
    given = (sources.place_of(data, Path.cwd()), sources.place_of(data))
    places = [place for place in given if place.is_file()]
    if not places:
        raise WrongInput(
            f"data must be published, or the path of records that `workforce survey` cleaned; "
            f"found {data!r}, and there is no such file."
        )
    place = places[0].resolve()
    try:
        found = set(pq.read_schema(place).names)
    except MemoryError:  # to Arrow it is one more fault of the file
        raise
    except (pa.ArrowException, OSError):
        raise WrongInput(
            f"data must be a Parquet file as `workforce survey` writes it; {place.name} is none. "
            "Clean it first: workforce survey FILE --columns MAP."
        ) from None
    from analysis.schemas.pay import SALARY_COLUMNS

    if absent := [name for name in SALARY_COLUMNS if name not in found]:
        raise WrongInput(
            f"data must hold cleaned records; {place.name} lacks {', '.join(absent[:6])}. "
            "Clean it first: workforce survey FILE --columns MAP."
        )
    return sources.as_told(place)
