"""Download one file: whole, checked and renamed into place, or not at all.

What has arrived of a file stays beside its place as `.NAME.part` when a connection breaks or the
program is killed, and the next run continues there, if the server still has the same file.
"""

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from analysis import sources
from analysis.errors import WrongInput
from analysis.fetching.addresses import Media
from analysis.fetching.answer import Answer, Broken, GivenUp, answered
from analysis.fetching.media import refuse_other_media
from analysis.fetching.patience import Patience
from analysis.fetching.record import Record, forget, read_record, write_record
from analysis.files import sweep


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
    patience: Patience,
    progress: Callable[[int, int | None], None] = lambda _done, _whole: None,
) -> Downloaded:
    """Bring a file into its place, or leave there what lay there before.

    A file that is there is asked for only if it has changed (ETag, Last-Modified); a part is
    continued (Range, If-Range). Answers 408, 425, 429 and 5xx, silence and broken connections are
    tried again, with patience.

    Parameters
    ----------
    client : httpx.Client
        With its timeouts and User-Agent; it must not follow redirects by itself.
    wanted : Wanted
        What to bring.
    patience : Patience
        How long to wait between tries, and how often to try without progress.
    progress : callable
        Told the bytes so far and, where known, of the whole.

    Raises
    ------
    WrongInput
        With a few words on why it could not be had.
    """
    wanted.place.parent.mkdir(parents=True, exist_ok=True)
    part = wanted.place.with_name(f".{wanted.place.name}.part")
    failures = 0
    with _alone(part):
        sweep(wanted.place.parent)
        while True:
            before = _size(part)
            try:
                if _is_whole(client, wanted, part, progress=progress):
                    break
                return _unchanged(wanted)
            except Broken as broken:
                failures = 1 if _size(part) > before else failures + 1
                if failures >= patience.attempts:
                    raise GivenUp(f"{broken} ({failures} times in a row)") from None
                patience.sleep(patience.seconds(failures, broken.retry_after))
        return _in_place(wanted, part)


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


@contextmanager
def _alone(part: Path) -> Iterator[BinaryIO]:
    """Let one program at a time fetch a file; the lock ends with the program."""
    with part.with_name(f"{part.name}.lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise GivenUp("another fetch of this file is running") from None
        yield lock
