"""The person files in what was downloaded, and which column of them holds what."""

import csv
import re
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from analysis.cleaning.zip_parts import BROKEN, is_locked, unpack_part
from analysis.errors import WrongInput

# What is read, and the names it had, newest first.
NAMES = {
    "serial_number": ("SERIALNO",),
    "person_number": ("SPORDER",),
    "state": ("STATE", "ST"),  # STATE since 2023
    "person_weight": ("PWGTP",),
    "occupation": ("OCCP",),
    "wage": ("WAGP",),
    "hours": ("WKHP",),
    "weeks": ("WKWN", "WKW"),  # weeks since 2019, six classes of weeks before
    "age": ("AGEP",),
    "sex": ("SEX",),
    "education": ("SCHL",),
    "class_of_worker": ("COW",),
    "industry": ("INDP",),
    "travel_to_work": ("JWTRNS", "JWTR"),  # JWTRNS since 2019
}
OPTIONAL_NAMES = {
    "income_adjustment": ("ADJINC",),
    "employment_status": ("ESR",),
    "naics": ("NAICSP",),
    "puma": ("PUMA",),
}
REPLICATES = tuple(f"PWGTP{number}" for number in range(1, 81))
WHOLE_NUMBERS = (
    "person_number",
    "state",
    "person_weight",
    "wage",
    "hours",
    "weeks",
    "age",
    "sex",
    "education",
    "class_of_worker",
    "travel_to_work",
    "employment_status",
)
CODED = (
    "sex",
    "education",
    "class_of_worker",
    "travel_to_work",
    "employment_status",
)
PERSON_MARK, HOUSING_MARK = "SPORDER", "NP"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonColumns:
    """Where a file keeps what is read of it.

    Parameters
    ----------
    columns : dict of str to str
        What is read (the keys of `NAMES` and `OPTIONAL_NAMES`) to its column in the file;
        an optional one that the file lacks is not in it.
    replicates : tuple of str
        The 80 columns of replicate weights, in order; empty when the file has none.
    """

    columns: dict[str, str]
    replicates: tuple[str, ...]

    @property
    def read(self) -> dict[str, str]:
        """Every column that is read, replicate weights included, by the name it gets."""
        return {**self.columns, **{column.lower(): column for column in self.replicates}}


def person_columns(header: Iterable[str], *, file: str) -> PersonColumns:
    """Find what is read among the columns of a file, in upper or lower case.

    Raises
    ------
    WrongInput
        A column is absent, or some of the replicate weights are; the message names all that
        are absent and the likeliest reason.

    Examples
    --------
    >>> names = "SERIALNO SPORDER ST PWGTP OCCP WAGP WKHP WKW AGEP SEX SCHL COW INDP JWTR"
    >>> found = person_columns(names.split(), file="psam_p01.csv")
    >>> found.columns["state"], found.columns["weeks"], found.replicates
    ('ST', 'WKW', ())
    """
    known = {name.strip().upper(): name for name in header}
    columns = {}
    for what, names in {**NAMES, **OPTIONAL_NAMES}.items():
        if found := next((known[name] for name in names if name in known), None):
            columns[what] = found
    if absent := [what for what in NAMES if what not in columns]:
        raise WrongInput(_absent(absent, known, file))
    replicates = [known[name] for name in REPLICATES if name in known]
    if replicates and len(replicates) < len(REPLICATES):
        first = next(name for name in REPLICATES if name not in known)
        raise WrongInput(
            f"{file} has {len(replicates)} of the 80 replicate weights; {first} is the first that "
            "is absent. Take all 80 into the extract, or none."
        )
    return PersonColumns(columns=columns, replicates=tuple(replicates))


def _absent(absent: list[str], known: dict[str, str], file: str) -> str:
    """Say which columns are absent, and why that may be."""
    wanted = ", ".join(" or ".join(NAMES[what]) for what in absent)
    message = f"{file} lacks the column {wanted}"
    if PERSON_MARK not in known and HOUSING_MARK in known:
        return f"{message}: it holds housing units. Give the persons file, psam_p*.csv."
    names = [name for what in absent for name in NAMES[what]]
    spans = [name for name in known if re.fullmatch(rf"({'|'.join(names)})\d\d", name)]
    if spans:
        return (
            f"{message}, but has {', '.join(sorted(spans))}: a five-year file that spans a change "
            "of codes. Take a one-year file, or a five-year file after the change."
        )
    near = get_close_matches(names[0], list(known), n=3)
    hint = f" Nearest to it: {', '.join(near)}." if near else ""
    return (
        f"{message}; it has {', '.join(list(known.values())[:8])} and "
        f"{max(0, len(known) - 8)} more.{hint} Names are those of the PUMS data dictionary: rename "
        "the column, or export it again with it."
    )


LONGEST_HEADER_BYTES = 2**20  # a PUMS header has some 290 names, 2 kB
RATIO_MATTERS_BYTES = 200 * 2**20
LARGEST_RATIO = 60  # PUMS files pack 5 to 8 times; a bomb a thousand
ZIP_MARK = b"PK"
PERSON_COLUMNS = {"SPORDER", "PWGTP"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """One file of person records that DuckDB can read.

    Parameters
    ----------
    name : str
        As the user knows it: of the file, or of the member of a zip.
    path : Path
        Where its content lies.
    header : tuple of str
        Its columns, in file order.
    has_header : bool
        Whether its first line names them.
    """

    name: str
    path: Path
    header: tuple[str, ...]
    has_header: bool = True

    @property
    def is_parquet(self) -> bool:
        """Say whether it is Parquet rather than text."""
        return self.path.suffix == ".parquet"


def person_files(path: Path, *, scratch: Path) -> tuple[PersonFile, ...]:
    """Find the person files of `path`; what a zip holds is unpacked into `scratch`.

    Members of a zip are written under names of our own, so that none can lie elsewhere, and
    their size is counted while they are unpacked: what the zip claims is not believed.

    Raises
    ------
    WrongInput
        There is no such file, it holds no person records, it is empty, encrypted, broken, or
        unpacks to far more than it should.
    """
    if not path.exists():
        raise WrongInput(f"There is no file {path}. Give the persons file, its zip or its folder.")
    if path.is_dir():
        inside = sorted(each for each in path.iterdir() if each.suffix in {".csv", ".parquet"})
        found = [_person_file(each, each.name) for each in inside]
    elif zipfile.is_zipfile(path):
        found = _unpacked(path, scratch)
    else:
        found = [_person_file(path, path.name)]
    persons = tuple(each for each in found if _holds_persons(each.header))
    if not persons and len(found) != 1:
        names = ", ".join(each.name for each in found[:5]) or "no .csv or .parquet file"
        raise WrongInput(
            f"{path.name} holds no file of persons (with SPORDER and PWGTP); it holds {names}. "
            "Give csv_p*.zip or psam_p*.csv."
        )
    return persons or tuple(found)  # what a single file lacks is named where columns are sought


def _holds_persons(header: tuple[str, ...]) -> bool:
    """Say whether a file has a row a person."""
    return {name.upper() for name in header} >= PERSON_COLUMNS


def _person_file(path: Path, name: str) -> PersonFile:
    """Read the header of a file."""
    with path.open("rb") as file:
        is_parquet = file.read(4) == b"PAR1"
    if is_parquet and path.suffix != ".parquet":
        raise WrongInput(f"{name} is Parquet; rename it to end in .parquet.")
    if is_parquet:
        return PersonFile(name=name, path=path, header=_parquet_columns(path, name))
    return PersonFile(name=name, path=path, header=_csv_columns(path, name))


def _parquet_columns(path: Path, name: str) -> tuple[str, ...]:
    """Read the column names of a Parquet file."""
    from pyarrow import ArrowInvalid  # type: ignore[import-untyped]
    from pyarrow.parquet import read_schema  # type: ignore[import-untyped]

    try:
        return tuple(read_schema(path).names)
    except (ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"{name} is a broken Parquet file: {error}. Fetch it again.") from None


def _csv_columns(path: Path, name: str) -> tuple[str, ...]:
    """Read the first line of a comma-separated file."""
    with path.open("rb") as file:
        line = file.readline(LONGEST_HEADER_BYTES)
    if not line.strip():
        raise WrongInput(f"{name} is empty. Fetch it again.")
    if line.startswith(ZIP_MARK):
        raise WrongInput(f"{name} is a broken zip: it was cut off. Fetch it again.")
    if b"\x00" in line or len(line) == LONGEST_HEADER_BYTES:
        raise WrongInput(
            f"{name} is no comma-separated file. Give psam_p*.csv, its zip or Parquet."
        )
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(
            f"{name} is no comma-separated file in UTF-8. Give psam_p*.csv, its zip or Parquet."
        ) from None
    if text.lstrip().lower().startswith(("<!doctype", "<html")):
        raise WrongInput(f"{name} is a web page, not data. Fetch it again, or by hand.")
    names = tuple(cell.strip() for cell in next(csv.reader([text])))
    _refuse_cut_off(path, name, fields=len(names))
    if repeated := sorted({each for each in names if names.count(each) > 1}):
        raise WrongInput(f"{name} has the column {repeated[0]} twice. Keep one of them.")
    return names


def _refuse_cut_off(path: Path, name: str, *, fields: int) -> None:
    """Refuse a file whose last line has not all fields: its download ended early."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_HEADER_BYTES))
        last = file.read().rstrip().rpartition(b"\n")[2].decode("utf-8", errors="replace")
    found = len(next(csv.reader([last]), []))
    if found != fields:
        raise WrongInput(
            f"{name} ends in a line of {found} fields, not {fields}: it was cut off. Fetch it "
            "again."
        )


def _unpacked(path: Path, scratch: Path) -> list[PersonFile]:
    """Unpack every comma-separated file of a zip."""
    most = min(
        max(RATIO_MATTERS_BYTES, LARGEST_RATIO * path.stat().st_size),
        shutil.disk_usage(scratch).free - RATIO_MATTERS_BYTES,
    )
    refusal = (
        f"{path.name} ({path.stat().st_size:,} bytes) unpacks to over {most:,} bytes: more than a "
        "release does, or than there is room for in the folder for temporary files (TMPDIR). It "
        "was not read."
    )
    found = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each for each in archive.infolist() if each.filename.lower().endswith(".csv")
            ]
            for number, member in enumerate(members):
                if is_locked(member):
                    raise WrongInput(f"{path.name} is protected by a password. Unpack it first.")
                place = scratch / f"part-{number}.csv"
                most -= unpack_part(archive, member, place, most=most, refusal=refusal)
                name = f"{path.name}:{Path(member.filename).name}"
                found.append(_person_file(place, name))
    except BROKEN as error:
        raise WrongInput(f"{path.name} is a broken zip: {error}. Fetch it again.") from None
    return found
