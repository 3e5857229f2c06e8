"""Fetch the releases of a source: download, register, and say what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import httpx
from tenacity import Retrying

from analysis import sources
from analysis.errors import WrongInput
from analysis.fetching.addresses import Release, next_step, releases, shown
from analysis.fetching.census import of_occupations, persons_of
from analysis.fetching.download import Downloaded, Progress, Session, Wanted, download
from analysis.fetching.http import GivenUp, retrying
from analysis.fetching.settings import FetchSettings

DOWNLOADS = sources.ROOT / "data" / "downloads"
KEY_VARIABLE = "CENSUS_API_KEY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A release in its place.

    Parameters
    ----------
    source, title, address : str
        Of the release; the address as in `data/addresses.csv`, whichever mirror was asked.
    place : Path
        Where it lies.
    sha256 : str
        Of its content.
    bytes : int
        Its size.
    is_new : bool
        Whether it differs from what lay there before.
    then : str
        What to do with it next.
    """

    source: str
    title: str
    address: str
    place: Path
    sha256: str
    bytes: int
    is_new: bool
    then: str


def fetch(
    source: str,
    *,
    today: date,
    year: int | None = None,
    occupations: Sequence[int] = (),
    settings: FetchSettings | None = None,
    folder: Path = DOWNLOADS,
    environment: Mapping[str, str] | None = None,
    retry: Retrying | None = None,
    progress: Progress = lambda _name, _done, _whole: None,
) -> tuple[Fetched, ...]:
    """Bring the files of a source into `folder` and give each its row in `folder/sources.csv`.

    Parameters
    ----------
    source : str
        oews, acs, cpi, projections or scorecard.
    today : date
        Goes into sources.csv as the date of retrieval.
    year : int, optional
        Of the release; else the newest.
    occupations : sequence of int
        Census occupation codes; for acs, and needed there.
    settings : FetchSettings, optional
        Who asks, how often again, through which mirrors.
    folder : Path
        Where downloads go.
    environment : mapping, optional
        Where CENSUS_API_KEY may stand; the key is used for acs and never written anywhere.
    retry : Retrying, optional
        How to try again; else by the settings and the clock of this machine.
    progress : callable
        Told the file's name, the bytes so far and, where known, of the whole.

    Raises
    ------
    WrongInput
        A file could not be had; the message has the address and how to bring it by hand.
    """
    chosen = settings or FetchSettings()
    wanted = [
        of_occupations(release, occupations) if release.media == "json" else release
        for release in releases(source, year=year)
    ]
    done = []
    with _client(chosen) as client:
        session = Session(
            client=client,
            settings=chosen,
            retry=retry or retrying(chosen),
            folder=folder,
            occupations=tuple(occupations),
            key=(environment or {}).get(KEY_VARIABLE, ""),
            progress=progress,
        )
        for release in wanted:
            try:
                got = _bring(session, release)
            except GivenUp as error:
                raise WrongInput(by_hand(release, folder, str(error))) from None
            except OSError as error:
                raise WrongInput(f"{release.path} could not be written: {error}.") from None
            _register(release, got, folder, today)
            done.append(_fetched(release, got))
    return tuple(done)


def _bring(session: Session, release: Release) -> Downloaded:
    """Bring one release: by way of the Census API, or as the file it is."""
    if release.media == "json":
        return persons_of(session, release)
    wanted = Wanted(
        address=release.address,
        asked=session.settings.mirrored(release.address),
        place=session.folder / release.path,
        media=release.media,
        most_bytes=release.most_bytes,
    )
    told = partial(session.progress, release.path)
    return download(session.client, wanted, retry=session.retry, progress=told)


def by_hand(release: Release, folder: Path, why: str) -> str:
    """Say why a file could not be had, and how to bring it without this program."""
    other = Path(release.by_hand)
    is_other_file = release.by_hand != release.address and other.suffix
    place = folder / release.source / other.name if is_other_file else folder / release.path
    return (
        f"{release.address} could not be fetched: {why}.\n"
        f"By hand: open {release.by_hand} in a browser, save the file as {shown(place)}, "
        f"then: {next_step(release, place)}"
    )


def _client(settings: FetchSettings) -> httpx.Client:
    """Open a client that says who asks, and follows no redirect by itself."""
    return httpx.Client(
        headers={"User-Agent": settings.user_agent},
        timeout=settings.timeout_seconds,
        follow_redirects=False,
    )


def _register(release: Release, got: Downloaded, folder: Path, today: date) -> None:
    """Give a download its row in sources.csv; one that has not changed keeps its date."""
    table = folder / "sources.csv"
    known = sources.read_sources(folder).get(release.path) if table.is_file() else None
    if known and known.sha256 == got.sha256:
        return
    row = sources.Source(
        path=release.path,
        sha256=got.sha256,
        title=release.title,
        producer=release.producer,
        published=release.published,
        retrieved=today.isoformat(),
        address=release.address,
        licence=release.licence,
        note="workforce fetch",
    )
    sources.register(row, folder)


def _fetched(release: Release, got: Downloaded) -> Fetched:
    """Say what became of a release."""
    return Fetched(
        source=release.source,
        title=release.title,
        address=release.address,
        place=got.place,
        sha256=got.sha256,
        bytes=got.bytes,
        is_new=got.is_new,
        then=next_step(release, got.place),
    )
