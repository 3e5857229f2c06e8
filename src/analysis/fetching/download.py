"""Download one file: whole, checked and renamed into place, or not at all.

What has arrived of a file stays beside its place as `.NAME.part` when a connection breaks or the
program is killed, and the next run continues there, if the server still has the same file.
"""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
from tenacity import RetryError, Retrying

from analysis import sources
from analysis.errors import WrongInput
from analysis.fetching.addresses import Media
from analysis.fetching.http import Answer, Broken, GivenUp, answered
from analysis.fetching.settings import FetchSettings
from analysis.files import locked, replacing, sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Of a whole download, or of the part of one that has arrived.

    Parameters
    ----------
    address : str
        As in the table of addresses, without any key.
    etag, last_modified : str
        As the server gave them; empty where it gave none.
    sha256 : str
        Of a whole download; empty for a part.
    """

    address: str
    etag: str
    last_modified: str
    sha256: str = ""

    @property
    def validator(self) -> str:
        """What a part may be continued by (If-Range): a strong ETag, else the date."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


def record_of(file: Path) -> Path:
    """Say where the record of a file lies."""
    return file.with_name(f".{file.name}.fetched.json")


def read_record(file: Path) -> Record | None:
    """Read the record of a file; None where there is none that can be read."""
    place = record_of(file)
    if not (file.is_file() and place.is_file()):
        return None
    try:
        return Record(**json.loads(place.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None  # a record that cannot be read is as good as none: the file is asked for anew


def write_record(file: Path, record: Record) -> None:
    """Write the record of a file."""
    with replacing(record_of(file)) as opened:
        opened.write(json.dumps(asdict(record), indent=1).encode())


def forget(file: Path) -> None:
    """Remove a file and its record."""
    file.unlink(missing_ok=True)
    record_of(file).unlink(missing_ok=True)


LOOKED_AT_BYTES = 4096
PAGE_BEGINS = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<script")


def refuse_other_media(file: Path, media: Media) -> None:
    """Refuse a file that is not what was asked for.

    A table is text with separated columns that ends with a line; a zip and a workbook have
    their directory at the end, so that a cut one is found.

    Raises
    ------
    WrongInput
        Says in a few words what came instead.
    """
    with file.open("rb") as opened:
        begin = opened.read(LOOKED_AT_BYTES)
    if not begin:
        raise WrongInput("the answer is empty")
    if begin.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGE_BEGINS):
        raise WrongInput(f"a web page came instead of data{_title(begin)}")
    if media in {"zip", "workbook"}:
        _refuse_no_zip(file, media)
    elif media == "json":
        _refuse_no_json(file)
    else:
        _refuse_no_table(file, begin)


def _title(page: bytes) -> str:
    """Quote the title of a page."""
    text = page.decode("utf-8", errors="replace")
    start = text.lower().find("<title>")
    end = text.lower().find("</title>")
    return f" ({' '.join(text[start + 7 : end].split())[:80]})" if 0 <= start < end else ""


def _refuse_no_zip(file: Path, media: Media) -> None:
    """Refuse what is no zip, or a cut one; a workbook is a zip with a part of that name."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise WrongInput(f"what came is no {media}, or only the beginning of one") from None
    if media == "workbook" and not any(name.startswith("xl/") for name in names):
        raise WrongInput(f"a zip without a workbook came: {', '.join(names[:3])}")


def _refuse_no_json(file: Path) -> None:
    """Refuse what is no list of rows."""
    try:
        rows = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        said = file.read_bytes()[:200].decode("utf-8", errors="replace")
        raise WrongInput(f"what came is no JSON: {' '.join(said.split())}") from None
    if not (isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)):
        raise WrongInput("what came is no list of rows")


def _refuse_no_table(file: Path, begin: bytes) -> None:
    """Refuse text without columns, and text that ends within a line."""
    header = begin.partition(b"\n")[0]
    if b"\x00" in begin or not (b"\t" in header or b"," in header):
        raise WrongInput("what came is no table of text")
    with file.open("rb") as opened:
        opened.seek(-1, 2)
        if opened.read() != b"\n":
            raise WrongInput("what came ends within a line: it was cut off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to download.

    Parameters
    ----------
    address : str
        Where it is said to lie, without any key: this is what is recorded.
    asked : str
        Where it is asked for: the address, or a mirror's.
    parameters : tuple of (str, str)
        Sent with the request; a key among them is never recorded or shown.
    place : Path
        Where the whole file goes.
    media : str
        What must arrive.
    most_bytes : int
        A larger answer is refused.
    """

    address: str
    asked: str
    parameters: tuple[tuple[str, str], ...] = ()
    place: Path
    media: Media
    most_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A file in its place; `is_new` says whether it differs from what lay there."""

    place: Path
    sha256: str
    bytes: int
    is_new: bool


def download(
    client: httpx.Client,
    wanted: Wanted,
    *,
    retry: Retrying,
    progress: Callable[[int, int | None], None] = lambda _done, _whole: None,
) -> Downloaded:
    """Bring a file into its place, or leave there what lay there before.

    A file that is there is asked for only if it has changed (ETag, Last-Modified); a part is
    continued (Range, If-Range). Answers 408, 425, 429 and 5xx, silence and broken connections are
    tried again.

    Parameters
    ----------
    client : httpx.Client
        With its timeouts and User-Agent; it must not follow redirects by itself.
    wanted : Wanted
        What to bring.
    retry : Retrying
        As `http.retrying` makes it.
    progress : callable
        Told the bytes so far and, where known, of the whole.

    Raises
    ------
    WrongInput
        With a few words on why it could not be had.
    """
    wanted.place.parent.mkdir(parents=True, exist_ok=True)
    part = wanted.place.with_name(f".{wanted.place.name}.part")

    def attempt() -> Downloaded:
        before = _size(part)
        try:
            is_whole = _is_whole(client, wanted, part, progress=progress)
        except Broken as broken:
            broken.has_progress = _size(part) > before
            raise
        return _in_place(wanted, part) if is_whole else _unchanged(wanted)

    try:
        with locked(part.with_name(f"{part.name}.lock"), wait=False):
            sweep(wanted.place.parent)
            return retry(attempt)
    except BlockingIOError:
        raise GivenUp("another fetch of this file is running") from None
    except RetryError as error:
        last = error.last_attempt
        why = f"{last.exception()} ({last.attempt_number} times in a row)"
        raise GivenUp(why) from None


def _is_whole(
    client: httpx.Client, wanted: Wanted, part: Path, *, progress: Callable[[int, int | None], None]
) -> bool:
    """Ask once. True: the part is the whole file; False: the file in its place is unchanged."""
    begun = read_record(part)
    if begun and (begun.address != wanted.address or not begun.validator):
        begun = None
    have = _size(part) if begun else 0
    here = None if have else _trusted(wanted)
    with answered(client, wanted.asked, _headers(begun, have, here), wanted.parameters) as answer:
        if answer.status == httpx.codes.NOT_MODIFIED and here:
            return False
        if answer.status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            if answer.whole_bytes == have:
                return True  # it had all arrived when the program was killed
            forget(part)
            raise Broken("the file has changed while it was fetched")
        if answer.status == httpx.codes.PARTIAL_CONTENT and have:
            if answer.starts_at != have:
                forget(part)
                raise Broken("the server continued at another place")
            _receive(answer, wanted, part, have=have, progress=progress)
        elif answer.status == httpx.codes.OK:
            forget(part)
            _receive(answer, wanted, part, have=0, progress=progress)
        else:
            raise GivenUp(f"the server answered {answer.status}, which was not asked for")
    return True


def _headers(begun: Record | None, have: int, here: Record | None) -> Mapping[str, str]:
    """Write the conditions of a request."""
    if begun and have:
        return {"Range": f"bytes={have}-", "If-Range": begun.validator}
    conditions = {
        "If-None-Match": here.etag if here else "",
        "If-Modified-Since": here.last_modified if here else "",
    }
    return {name: value for name, value in conditions.items() if value}


def _receive(
    answer: Answer,
    wanted: Wanted,
    part: Path,
    *,
    have: int,
    progress: Callable[[int, int | None], None],
) -> None:
    """Write the body after what is there; a body that is too large ends it at once."""
    whole = None if answer.body_bytes is None else have + answer.body_bytes
    if (whole or 0) > wanted.most_bytes:
        forget(part)
        raise GivenUp(_too_large(whole, wanted.most_bytes))
    with part.open("ab") as file:
        record = Record(
            address=wanted.address, etag=answer.etag, last_modified=answer.last_modified
        )
        write_record(part, record)
        done = have
        for piece in answer.pieces():
            done += len(piece)
            if done > wanted.most_bytes:
                forget(part)
                raise GivenUp(_too_large(None, wanted.most_bytes))
            file.write(piece)
            file.flush()  # a killed program leaves all that has arrived
            progress(done, whole)
    if whole is not None and done != whole:
        raise Broken(f"the connection ended after {done:,} of {whole:,} bytes")


def _too_large(whole: int | None, most: int) -> str:
    """Say that an answer is larger than any release."""
    size = "an answer without end" if whole is None else f"{whole:,} bytes"
    return f"the server sends {size}; at most {most:,} bytes are taken (data/addresses.csv)"


def _in_place(wanted: Wanted, part: Path) -> Downloaded:
    """Look at the whole file, then rename it into place and remember where it came from."""
    try:
        refuse_other_media(part, wanted.media)
    except WrongInput as error:
        forget(part)
        raise GivenUp(str(error)) from None
    digest, size = sources.sha256_of(part), part.stat().st_size
    is_new = not wanted.place.is_file() or sources.sha256_of(wanted.place) != digest
    begun = read_record(part)
    etag, last_modified = (begun.etag, begun.last_modified) if begun else ("", "")
    part.replace(wanted.place)
    forget(part)
    write_record(
        wanted.place,
        Record(address=wanted.address, etag=etag, last_modified=last_modified, sha256=digest),
    )
    return Downloaded(place=wanted.place, sha256=digest, bytes=size, is_new=is_new)


def _unchanged(wanted: Wanted) -> Downloaded:
    """Return what lies in the place."""
    digest = sources.sha256_of(wanted.place)
    size = wanted.place.stat().st_size
    return Downloaded(place=wanted.place, sha256=digest, bytes=size, is_new=False)


def _trusted(wanted: Wanted) -> Record | None:
    """Return the record of the file in place, if the file is still the one it is of."""
    record = read_record(wanted.place)
    if record is None or record.address != wanted.address:
        return None
    return record if record.sha256 == sources.sha256_of(wanted.place) else None


def _size(file: Path) -> int:
    """Return the size of a file, bytes; 0 where there is none."""
    return file.stat().st_size if file.is_file() else 0


Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What all requests of one fetch share.

    Parameters
    ----------
    client : httpx.Client
        What asks.
    settings : FetchSettings
        Through which mirrors.
    retry : Retrying
        How long to wait, how often to try again.
    folder : Path
        Where downloads go.
    occupations : tuple of int
        Census occupation codes; for the Census API alone.
    key : str
        For the Census API; may be empty. No message and no log may hold it.
    progress : callable
        Told the file's name, the bytes so far and, where known, of the whole.
    """

    client: httpx.Client
    settings: FetchSettings
    retry: Retrying
    folder: Path
    occupations: tuple[int, ...] = ()
    key: str = field(default="", repr=False)
    progress: Progress
