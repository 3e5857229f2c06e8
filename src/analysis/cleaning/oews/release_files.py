"""Find the files of a release: flat files or yearly workbooks, in a folder, a zip, or one file."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path, PurePosixPath

from analysis.cleaning.zip_parts import BROKEN, is_locked, unpack_part
from analysis.errors import WrongInput

MOST_UNPACKED_BYTES = 8 * 2**30
LARGEST_RATIO = 100.0  # padded text packs about 20 times; a bomb a thousand
RATIO_MATTERS_BYTES = 100 * 2**20
ARCHIVES = {".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar"}


def unpack(archive: Path, folder: Path, *, is_wanted: Callable[[str], bool]) -> tuple[Path, ...]:
    """Unpack the wanted files of `archive` flat into `folder`, by their bare names.

    Parameters
    ----------
    archive : Path
        A zip file.
    folder : Path
        Exists; nothing is ever written outside it.
    is_wanted : callable
        Says of a bare file name whether to unpack it.

    Raises
    ------
    WrongInput
        The file is broken or has a password, a part names a place outside the folder, two wanted
        parts have one name, an archive lies in it, or it unpacks to far more than a release.
    """
    refusal = (
        f"{archive.name} ({archive.stat().st_size:,} bytes) unpacks to far more than a release can "
        "hold. It was not read."
    )
    try:
        with zipfile.ZipFile(archive) as opened:
            parts = [part for part in opened.infolist() if not part.is_dir()]
            for part in parts:
                _refuse_part(part, archive)
            wanted = [part for part in parts if is_wanted(_bare(part))]
            names = [_bare(part) for part in wanted]
            if repeated := sorted({name for name in names if names.count(name) > 1}):
                raise WrongInput(
                    f"{archive.name} holds {repeated[0]} more than once; keep one and zip again."
                )
            left = min(
                max(RATIO_MATTERS_BYTES, LARGEST_RATIO * archive.stat().st_size),
                MOST_UNPACKED_BYTES,
            )
            for part in wanted:
                place = folder / _bare(part)
                left -= unpack_part(opened, part, place, most=left, refusal=refusal)
            return tuple(folder / name for name in names)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno == ENOSPC:
            raise WrongInput(
                f"{archive.name} does not fit on the disk unpacked. Make room in {folder}."
            ) from None
        raise WrongInput(f"{archive.name} is a broken zip file: {error}. Download it again.") from (
            None
        )


def _bare(part: zipfile.ZipInfo) -> str:
    """Return the name of a part without its folders."""
    return PurePosixPath(part.filename).name


def _refuse_part(part: zipfile.ZipInfo, archive: Path) -> None:
    """Refuse a part that has no business in a release."""
    place = PurePosixPath(part.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in "".join(place.parts[:1]):
        raise WrongInput(
            f"{archive.name} names a place outside its folder, {part.filename!r}. Nothing was "
            "unpacked: download it from the agency again."
        )
    if place.suffix.lower() in ARCHIVES:
        raise WrongInput(
            f"{archive.name} holds another archive, {part.filename!r}. Unpack it, and pass the "
            "folder."
        )
    if is_locked(part):
        raise WrongInput(f"{archive.name} is protected by a password. Unpack it first.")


DATA_FILES = ("oe.data.0.Current", "oe.data.1.AllData")  # the first that is there
LISTS = ("area", "industry", "occupation", "footnote")
WORKBOOK_ENDS = {".xlsx", ".xls", ".xlsb", ".csv"}
WORKBOOK = re.compile(  # national_may2003_dl.xls, national__M2008_dl.xls, all_oes_data_2012.xlsx
    r"^(?P<kind>national|natsector|nat[3-6]d|state|a?msa|bos|aaa|all_(?:oes_)?data|oes_data)"
    r"_(?=\w*(?:(?:19|20)\d\d|dl))\w+\.(?:xlsx|xlsb|xls|csv)$",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d")
KINDS = {"amsa": "msa", "all_oes_data": "all_data", "oes_data": "all_data"}
YEAR_OF_ZIP = re.compile(r"oe(?:ws|s)?m(\d\d)", re.IGNORECASE)  # oesm09nat.zip
NOTES = re.compile(r"^(field|file)[ _]?desc\w*\.(xlsx|xls|txt)$", re.IGNORECASE)
EXPECTED = (
    "Pass the agency's flat files (oe.data.0.Current with oe.area, oe.industry, oe.occupation, "
    "oe.footnote) or its workbooks of a year, as it names them, or their sheets as .csv "
    "(national_M2024_dl.xlsx, national_may2003_dl.xls, state_M2024_dl.xlsx, MSA_M2024_dl.xlsx, "
    "nat4d_M2024_dl.xlsx, all_data_M_2024.xlsx): a folder, a zip file, or the file itself."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatFiles:
    """The flat files of the series database.

    Parameters
    ----------
    data, area, industry, occupation, footnote : Path
        `oe.data.*` and the code lists of the same release.
    """

    data: Path
    area: Path
    industry: Path
    occupation: Path
    footnote: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file."""
        return (self.data, self.area, self.industry, self.occupation, self.footnote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbooks:
    """The workbooks of one year.

    Parameters
    ----------
    year : int
        May of this year.
    books, notes : tuple of Path
        Workbooks with estimates; files that explain their codes.
    """

    year: int
    books: tuple[Path, ...]
    notes: tuple[Path, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file."""
        return (*self.books, *self.notes)


def find_release(path: Path, *, unpacked: Path, year: int | None = None) -> FlatFiles | Workbooks:
    """Find out what `path` holds, unpacked into the folder `unpacked` if it is a zip file.

    Parameters
    ----------
    year : int, optional
        Of workbooks whose names do not say it.

    Raises
    ------
    WrongInput
        Nothing of a release is there, something is missing, or two years are mixed.
    """
    if not path.exists():
        raise WrongInput(f"{path} does not exist. {EXPECTED}")
    if path.is_dir():
        files = sorted(each for each in path.iterdir() if each.is_file())
    elif _is_workbook(path.name):
        files = [path, *(each for each in path.parent.iterdir() if NOTES.match(each.name))]
    elif zipfile.is_zipfile(path):
        files = list(unpack(path, unpacked, is_wanted=_is_wanted))
    else:
        return _flat_files([path], folder=path.parent)
    if any(each.name.startswith("oe.data.") for each in files):
        return _flat_files(files, folder=files[0].parent)
    return _workbooks(files, path, year)


def versions(files: tuple[Path, ...]) -> tuple[tuple[int, int, int], ...]:
    """Return what changes with the content of files: which they are, their sizes, when written."""
    found = (each.stat() for each in files if each.is_file())
    return tuple((each.st_ino, each.st_size, each.st_mtime_ns) for each in found)


def _is_workbook(name: str) -> bool:
    """Say whether a name is that of a workbook; what an open Excel leaves behind is none."""
    return Path(name).suffix.lower() in WORKBOOK_ENDS and not name.startswith(("~$", "."))


def _is_wanted(name: str) -> bool:
    """Say whether a file of a zip belongs to a release."""
    return name.startswith("oe.") or _is_workbook(name) or bool(NOTES.match(name))


def _flat_files(files: list[Path], *, folder: Path) -> FlatFiles:
    """Put the data file and its code lists together."""
    data = [each for each in files if each.name.startswith("oe.data.")]
    ranked = [each for name in DATA_FILES for each in data if each.name == name] or data
    if not ranked:
        raise WrongInput(f"{files[0].name} is no file of a release. {EXPECTED}")
    if len(ranked) > 1 and ranked[0].name not in DATA_FILES:
        named = ", ".join(each.name for each in ranked)
        raise WrongInput(f"{folder.name} holds several data files: {named}. Pass one of them.")
    lists = {name: folder / f"oe.{name}" for name in LISTS}
    if absent := [place.name for place in lists.values() if not place.is_file()]:
        raise WrongInput(
            f"{', '.join(absent)} must lie beside {ranked[0].name}: without the code lists the "
            "series have no names. Download them from the same folder of the agency."
        )
    return FlatFiles(data=ranked[0], **lists)


def kind_of(book: Path) -> str:
    """Return what a workbook holds, by its name: national, state, msa, nat3d, all_data, ..."""
    named = WORKBOOK.match(book.name)
    kind = named["kind"].lower() if named else ""
    return KINDS.get(kind, kind)


def _workbooks(files: list[Path], path: Path, year: int | None) -> Workbooks:
    """Put the workbooks of a year together."""
    books = [each for each in files if _is_workbook(each.name) and WORKBOOK.match(each.name)]
    if not books:
        there = ", ".join(each.name for each in files[:5]) or "nothing"
        raise WrongInput(f"{path.name} holds no file of a release; found {there}. {EXPECTED}")
    named = {int(found[0]) for book in books if (found := YEAR.search(book.name))}
    if not named and (packed := YEAR_OF_ZIP.search(path.name)):
        named = {2000 + int(packed[1])}
    years = sorted(named | ({year} if year else set()))
    if not years:
        raise WrongInput(
            f"{books[0].name} does not say of which year it is. Name the year: --year 2009."
        )
    if len(years) > 1:
        raise WrongInput(
            f"{path.name} mixes workbooks of {', '.join(map(str, years))}. A release is one year: "
            "put each into a folder of its own."
        )
    notes = tuple(each for each in files if NOTES.match(each.name))
    return Workbooks(year=years[0], books=tuple(sorted(books)), notes=notes)
