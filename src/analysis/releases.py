"""The OEWS releases that were ingested: which there are, and the rows of one a report needs.

A release holds every occupation, so it is never read whole: Parquet's row groups are in order of
occupation, and only those that hold the wanted ones are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import sources
from analysis.cleaning.oews.store import ReleaseRecord, read_record
from analysis.errors import WrongInput

FOLDER = "releases"  # below data/processed
NATION_AND_STATES = 52  # with the District of Columbia
COMMAND = "workforce ingest oews PATH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """An ingested release.

    Parameters
    ----------
    path : Path
        Its Parquet file.
    record : ReleaseRecord
        What it was made from.
    """

    path: Path
    record: ReleaseRecord

    @property
    def year(self) -> int:
        """May of this year."""
        return self.record.year

    @property
    def source(self) -> sources.Source:
        """The release as a source that a page can cite."""
        named = ", ".join(file.name for file in self.record.files)
        return sources.Source(
            path=f"{FOLDER}/{self.path.name}",
            sha256=sources.sha256_of(self.path),
            title=f"OEWS release ingested from {named}",
            producer="BLS",
            published=f"May {self.year}",
            retrieved=self.record.ingested_at,
            address="",
            licence="public domain (US government)",
            note=f"{self.record.rows_in:,} rows in, {self.record.rows_set_aside:,} set aside",
        )


def releases(processed: Path = sources.PROCESSED) -> tuple[Release, ...]:
    """List the ingested releases below the folder of processed tables, the newest first."""
    paths = (processed / FOLDER).glob("oews_[0-9][0-9][0-9][0-9].parquet")
    return tuple(
        Release(path=path, record=read_record(path)) for path in sorted(paths, reverse=True)
    )


def occupations_of(release: Release) -> frozenset[str]:
    """List the SOC codes of a release."""
    import duckdb

    with duckdb.connect() as store:
        found = store.execute(
            "SELECT DISTINCT occupation_code FROM read_parquet(?)", [str(release.path)]
        ).fetchall()
    return frozenset(str(code) for (code,) in found)


def wages_of(release: Release, occupations: Iterable[str], *, columns: list[str]) -> pd.DataFrame:
    """Read the rows of some occupations, as the table `wages` has them."""
    wanted = [("occupation_code", "in", sorted(set(occupations)))]
    return pd.read_parquet(release.path, columns=columns, filters=wanted)


def newest_release(processed: Path, bundled_year: int) -> Release | None:
    """Return the ingested release that reports take by default; None for the bundled one.

    It is the newest that is newer than the bundled one and holds the nation and the states: one of
    the nation alone answers only where its year is asked for.
    """
    newer = (each for each in releases(processed) if each.year > bundled_year)
    return next((each for each in newer if each.record.areas >= NATION_AND_STATES), None)


def choose_release(
    processed: Path,
    *,
    year: int | None,
    occupations: Sequence[str],
    bundled_year: int,
    bundled_occupations: frozenset[str],
) -> Release | None:
    """Return the release that answers; None for the one that comes with the project.

    Without a year that is the default one, unless an occupation is not in it; then the newest
    release that holds every one of them.

    Raises
    ------
    WrongInput
        No release of that year, or none with these occupations; the message says which releases
        there are and how to bring another.
    """
    missing = [code for code in occupations if code not in bundled_occupations]
    newest = newest_release(processed, bundled_year)
    if year is None and newest and occupations_of(newest).issuperset(occupations):
        return newest
    if not missing and year in (None, bundled_year):
        return None
    available = releases(processed)
    there = f"{bundled_year} (bundled, {len(bundled_occupations)} occupations)"
    there = ", ".join([there, *(f"{each.year} (ingested)" for each in available)])
    bring = f"There are: {there}. Bring another with `{COMMAND}`."
    if year is not None and year not in {bundled_year, *(each.year for each in available)}:
        raise WrongInput(f"year must be that of an available wage release; found {year}. {bring}")
    for release in available:
        if year in (None, release.year) and occupations_of(release).issuperset(occupations):
            return release
    wanted = missing or list(occupations)
    when = "any release" if year is None else f"the release of May {year}"
    raise WrongInput(
        f"occupation must be a SOC code that a wage release holds; found {', '.join(wanted)}, "
        f"which is not in {when}. {bring}"
    )
