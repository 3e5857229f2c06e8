"""Ask the Census API for the person records of some occupations, and join its answers.

The API takes at most 50 variables a call, and a record with its 80 replicate weights has some
hundred. Each call therefore repeats the two that name a person, SERIALNO and SPORDER, by which the
answers are joined, one to one.
"""

import csv
import io
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx

from analysis import sources
from analysis.errors import WrongInput
from analysis.fetching.addresses import Release
from analysis.fetching.download import Downloaded, Session, Wanted, download
from analysis.fetching.http import GivenUp
from analysis.files import replacing

MOST_VARIABLES = 50
PERSON = ("SERIALNO", "SPORDER")
OCCUPATION = "OCCP"
RECORD = (
    *("PUMA", "PWGTP", "ADJINC", "AGEP", "SEX", "SCHL"),
    *("COW", "ESR", "INDP", "NAICSP", "WKHP", "WAGP"),
)
REPLICATES = tuple(f"PWGTP{number}" for number in range(1, 81))
RENAMED = (  # name before, name since, first year of the new one
    ("ST", "STATE", 2023),
    ("WKW", "WKWN", 2019),
    ("JWTR", "JWTRNS", 2019),
)


def calls(year: int) -> tuple[tuple[str, ...], ...]:
    """Share the variables of a year's person records out over calls of at most 50.

    Examples
    --------
    >>> [len(call) for call in calls(2024)]
    [49, 49, 3]
    >>> calls(2018)[0][:5]
    ('SERIALNO', 'SPORDER', 'ST', 'WKW', 'JWTR')
    """
    named = tuple(new if year >= since else old for old, new, since in RENAMED)
    variables = (*named, *RECORD, *REPLICATES)
    room = MOST_VARIABLES - len(PERSON) - 1  # the occupation asked for comes back as well
    return tuple(
        (*PERSON, *variables[start : start + room]) for start in range(0, len(variables), room)
    )


def parameters(call: Sequence[str], occupations: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Write the query of a call; the server keeps only the occupations."""
    codes = ",".join(f"{code:04d}" for code in occupations)
    return (("get", ",".join(call)), (OCCUPATION, codes))


def joined(answers: Sequence[Path], place: Path) -> int:
    """Join the answers of all calls by person, and write them as one comma-separated file.

    Returns
    -------
    int
        How many persons.

    Raises
    ------
    WrongInput
        An answer lacks the person or names one twice, or the answers are not of the same persons.
    """
    tables = [_persons(answer) for answer in answers]
    header = list(PERSON)
    for columns, _ in tables:
        header += [name for name in columns if name not in header]
    people = tables[0][1].keys()
    for columns, rows in tables[1:]:
        if rows.keys() != people:
            differ = len(rows.keys() ^ people)
            raise WrongInput(
                f"the calls are not of the same persons: the one with {columns[2]} differs in "
                f"{differ:,}. The release may have changed between them: fetch again"
            )
    with replacing(place) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.DictWriter(text, header, lineterminator="\n")
        writer.writeheader()
        for person in people:
            writer.writerow(
                {name: cell for _, rows in tables for name, cell in rows[person].items()}
            )
        text.flush()
        text.detach()  # the file is closed by what opened it
    return len(people)


def _persons(answer: Path) -> tuple[list[str], dict[tuple[str, ...], dict[str, str]]]:
    """Read an answer: its columns, and its rows by person."""
    columns, *rows = json.loads(answer.read_bytes())
    if not all(cell is None or isinstance(cell, str) for row in (columns, *rows) for cell in row):
        raise WrongInput("an answer has a cell that is neither text nor empty")
    if not set(PERSON) <= set(columns):
        raise WrongInput(f"an answer lacks {' and '.join(PERSON)}; it has {columns[:5]}")
    if wrong := next((row for row in rows if len(row) != len(columns)), None):
        raise WrongInput(f"an answer has a row of {len(wrong)} cells under {len(columns)} names")
    found = {}
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        person = tuple(cells[name] for name in PERSON)
        if person in found:
            raise WrongInput(f"an answer has SERIALNO {person[0]}, SPORDER {person[1]} twice")
        found[person] = cells
    return columns, found


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def persons_of(session: Session, release: Release) -> Downloaded:
    """Ask for the occupations in several calls, and join the answers by person.

    Each answer is kept beside the result, so that a call that has not changed, or was cut off, is
    not asked for from its beginning again. The key is sent over an encrypted connection only, or
    to this machine itself, and removed from whatever a server says back.

    Parameters
    ----------
    session : Session
        With at least one occupation.
    release : Release
        Of the person records of a year; its place comes from `of_occupations`.

    Raises
    ------
    WrongInput
        The key would go out in the open.
    GivenUp
        A call was refused, or the answers do not fit each other.
    """
    place = session.folder / release.path
    asked = session.settings.mirrored(release.address)
    secret = (("key", _sendable(session.key, asked)),) if session.key else ()
    before = sources.sha256_of(place) if place.is_file() else ""
    answers = []
    for number, call in enumerate(calls(release.year or 0), start=1):
        query = parameters(call, session.occupations)
        wanted = Wanted(
            address=str(httpx.URL(release.address, params=dict(query))),
            asked=asked,
            parameters=(*query, *secret),
            place=place.parent / "calls" / f"{place.stem}_{number}.json",
            media=release.media,
            most_bytes=release.most_bytes,
        )
        told = partial(session.progress, f"{release.path}, call {number}")
        try:
            with _unlogged():
                got = download(session.client, wanted, retry=session.retry, progress=told)
        except GivenUp as error:
            raise GivenUp(_without(session.key, str(error))) from None
        answers.append(got.place)
    try:
        joined(answers, place)
    except WrongInput as error:
        raise GivenUp(str(error)) from None
    digest, size = sources.sha256_of(place), place.stat().st_size
    return Downloaded(place=place, sha256=digest, bytes=size, is_new=digest != before)


def of_occupations(release: Release, occupations: Sequence[int]) -> Release:
    """Name the file, and the next command, after the occupations.

    Raises
    ------
    WrongInput
        None was named.
    """
    if not occupations:
        raise WrongInput(
            "--occupation must name Census occupation codes for acs, as in --occupation 3515: the "
            "Census API is asked for these alone."
        )
    codes = [f"{code:04d}" for code in occupations]
    file = Path(release.path)
    path = file.with_name(f"{file.stem}_{'_'.join(codes)}{file.suffix}").as_posix()
    return replace(
        release,
        path=path,
        title=f"{release.title}, occupation {', '.join(codes)}",
        then=f"{release.then} --occupation {','.join(codes)}",
    )


def _sendable(key: str, address: str) -> str:
    """Return the key, if it does not go out in the open."""
    url = httpx.URL(address)
    if url.scheme != "https" and url.host not in LOOPBACK:
        raise WrongInput(
            f"CENSUS_API_KEY is set, but {url.scheme}://{url.host} is not encrypted. Name an https "
            "address in the settings, or unset the key."
        )
    return key


@contextmanager
def _unlogged() -> Iterator[None]:
    """Keep the HTTP library from logging addresses, for they hold the key."""
    loggers = [logging.getLogger(name) for name in ("httpx", "httpcore")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _without(key: str, text: str) -> str:
    """Take the key out of a text."""
    return text.replace(key, "[key]") if key else text
