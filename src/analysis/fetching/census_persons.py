"""Bring the person records of some occupations from the Census API into one file."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx

from analysis import sources
from analysis.errors import WrongInput
from analysis.fetching import census_api
from analysis.fetching.addresses import Release
from analysis.fetching.answer import GivenUp
from analysis.fetching.download import Downloaded, Wanted, download
from analysis.fetching.errand import Errand

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def persons_of(errand: Errand, release: Release) -> Downloaded:
    """Ask for the occupations in several calls, and join the answers by person.

    Each answer is kept beside the result, so that a call that has not changed, or was cut off, is
    not asked for from its beginning again. The key is sent over an encrypted connection only, or
    to this machine itself, and removed from whatever a server says back.

    Parameters
    ----------
    errand : Errand
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
    place = errand.folder / release.path
    asked = errand.settings.mirrored(release.address)
    secret = (("key", _sendable(errand.key, asked)),) if errand.key else ()
    before = sources.sha256_of(place) if place.is_file() else ""
    answers = []
    for number, call in enumerate(census_api.calls(release.year or 0), start=1):
        query = census_api.parameters(call, errand.occupations)
        wanted = Wanted(
            address=str(httpx.URL(release.address, params=dict(query))),
            asked=asked,
            parameters=(*query, *secret),
            place=place.parent / "calls" / f"{place.stem}_{number}.json",
            media=release.media,
            most_bytes=release.most_bytes,
        )
        told = partial(errand.progress, f"{release.path}, call {number}")
        try:
            with _unlogged():
                got = download(errand.client, wanted, patience=errand.patience, progress=told)
        except GivenUp as error:
            raise GivenUp(_without(errand.key, str(error))) from None
        answers.append(got.place)
    try:
        census_api.joined(answers, place)
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
