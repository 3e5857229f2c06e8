"""Where each release lies: `data/addresses.csv`, and mirrors named in a settings file."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from analysis import sources
from analysis.errors import WrongInput

ADDRESSES = sources.ROOT / "data" / "addresses.csv"
SourceName = Literal["oews", "acs", "cpi", "projections", "scorecard"]
Media = Literal["table", "zip", "workbook", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One file to fetch; the fields are those of `data/addresses.csv`, with the year put in.

    Parameters
    ----------
    source : str
        Of `SourceName`.
    path : str
        Where it goes below the folder of downloads.
    year : int or None
        None for a file that always holds the newest release.
    address, by_hand : str
        Where a program finds it, and where a person does.
    media : str
        What must arrive.
    most_bytes : int
        A larger answer is refused.
    title, producer, published, licence : str
        For its row in sources.csv.
    then : str
        What to do with it next, with {file} or {folder} for where it lies.
    """

    source: str
    path: str
    year: int | None
    address: str
    by_hand: str
    media: Media
    most_bytes: int
    title: str
    producer: str
    published: str
    licence: str
    then: str


def next_step(release: Release, place: Path) -> str:
    """Say what to do next with a release that lies at `place`."""
    return release.then.format(file=shown(place), folder=shown(place.parent))


def shown(place: Path) -> str:
    """Show a place as short as it can be."""
    return str(place).removeprefix(f"{sources.ROOT}/")


def releases(source: str, *, year: int | None, table: Path = ADDRESSES) -> tuple[Release, ...]:
    """Return the files of a source: those of a year, else of its usual year, else the newest.

    Raises
    ------
    WrongInput
        There is no such source, or none of that year.

    Examples
    --------
    >>> [release.address for release in releases("oews", year=2023)]
    ['https://www.bls.gov/oes/special-requests/oesm23all.zip']
    >>> releases("acs", year=None)[0].path
    'acs/acs_2024_persons.csv'
    """
    if source not in get_args(SourceName):
        named = ", ".join(get_args(SourceName))
        raise WrongInput(f"There is no source {source!r} to fetch. There are: {named}.")
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["source"] == source]
    found = tuple(_of_year(rows, year))
    if not found:
        spans = sorted({_span(row) for row in rows if row["first_year"]})
        fit = f"a year of {' or '.join(spans)}" if spans else "left away, as its file is the newest"
        raise WrongInput(f"--year must be {fit} for {source}; found {year}.")
    return found


def _of_year(rows: list[dict[str, str]], year: int | None) -> Iterator[Release]:
    """Yield the releases of a year among the rows of one source."""
    newest = [row for row in rows if not row["first_year"]]
    if year is None and newest:
        yield from (_release(row, None) for row in newest)
        return
    for row in rows:
        wanted = year if year is not None else int(row["usual_year"] or 0)
        first, last = int(row["first_year"] or 9999), int(row["last_year"] or 9999)
        if first <= wanted <= last and wanted < 9999:
            yield _release(row, wanted)


def _release(row: dict[str, str], year: int | None) -> Release:
    """Put the year into a row."""
    put = {"year": str(year or ""), "yy": f"{(year or 0) % 100:02d}"}
    file = row["file"].format(**put)
    address = row["address"].format(**put)
    return Release(
        source=row["source"],
        path=f"{row['source']}/{file}",
        year=year,
        address=address,
        by_hand=row["by_hand"].format(**put) or address,
        media=row["media"],  # type: ignore[arg-type]  # a test holds the table to Media
        most_bytes=int(row["most_bytes"]),
        title=row["title"].format(**put),
        producer=row["producer"],
        published=row["published"].format(**put),
        licence=row["licence"],
        then=row["then"],
    )


def _span(row: dict[str, str]) -> str:
    """Write the years of a row."""
    first, last = row["first_year"], row["last_year"]
    return first if first == last else f"{first} to {last or 'now'}"
