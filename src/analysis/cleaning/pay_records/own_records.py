"""A file of pay records, read and cleaned in one call, for a notebook."""

from pathlib import Path

from analysis import sources
from analysis.cleaning.pay_records import vocabulary
from analysis.cleaning.pay_records.column_guess import guess_column_map
from analysis.cleaning.pay_records.column_map import FileFormat, read_column_map
from analysis.cleaning.pay_records.record_files import read_records
from analysis.cleaning.pay_records.records import clean_records
from analysis.errors import WrongInput
from analysis.pay_records import (
    SHOWN_DIGITS,
    RecordFile,
    says_synthetic,
)


def read_own_records(file: str | Path, *, columns: str | Path | None = None) -> RecordFile:
    """Read a survey, an HR export or a job-board dump, and clean it.

    Parameters
    ----------
    file : str or Path
        CSV, Excel or Parquet, from the working folder or from the project's.
    columns : str or Path or None
        The TOML that says which column holds what; None guesses from headers and values, which
        `workforce survey FILE --guess` shows.

    Raises
    ------
    WrongInput
        There is no such file, it cannot be read, or no column of it holds pay.

    Examples
    --------
    >>> demo = "data/raw/demo_survey"
    >>> own = read_own_records(f"{demo}/demo_survey_synthetic.csv", columns=f"{demo}/columns.toml")
    >>> own.is_synthetic, bool(own.table["annual_pay_usd"].gt(0).all())
    (True, True)
    """
    place = _found(file)
    known = known_spellings()
    if columns is None:
        column_map = guess_column_map(read_records(place, FileFormat()), known).column_map
    else:
        column_map = read_column_map(_found(columns))
    table = clean_records(read_records(place, column_map.file), column_map, known).salaries
    return RecordFile(
        table=table,
        name=place.name,
        sha256=sources.sha256_of(place)[:SHOWN_DIGITS],
        is_synthetic=says_synthetic(place.name, table["record_id"]),
    )


def known_spellings() -> vocabulary.Vocabulary:
    """Read the spellings of credentials, settings and states that the project knows."""
    return vocabulary.vocabulary_of(
        credentials=sources.read_raw(vocabulary.CREDENTIAL_ALIASES),
        settings=sources.read_raw(vocabulary.SETTING_ALIASES),
        states=sources.read_raw(vocabulary.STATE_ALIASES),
    )


def _found(path: str | Path) -> Path:
    """Return a file that is there, from the working folder or from the project's."""
    given = Path(path).expanduser()
    places = [place for place in (given, sources.ROOT / given) if place.is_file()]
    if not places:
        raise WrongInput(f"file must be one that exists; {str(path)!r} does not.")
    return places[0]
