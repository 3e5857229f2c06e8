"""The processed tables: built from the raw files, kept as Parquet, read by name.

`data/processed/manifest.json` says of each table what it was built from. A table whose raw
files or cleaning code have changed since is built anew before it is read, so that a notebook
opened on a fresh clone simply runs.

Whoever has to know which tables a process reads listens to the audit event `READS`, which is
raised before each reading with the table's name and its opened file; a listener may refuse.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from analysis import sources
from analysis.errors import WrongInput
from analysis.files import replacing, sweep

if TYPE_CHECKING:  # whoever only asks whether tables are current need not wait for pandas
    import pandas as pd

    from analysis.releases import Release

READS = "analysis.processed.read"
CODE = (
    sources.ROOT / "src" / "analysis" / "estimate.py",
    sources.ROOT / "src" / "analysis" / "sources.py",
    sources.ROOT / "src" / "analysis" / "schemas",
    sources.ROOT / "src" / "analysis" / "cleaning",
)
MANIFEST = "manifest.json"
WAGES = "wages"  # the one table that an ingested release can stand in for


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What became of one table.

    Parameters
    ----------
    name : str
        Of the table.
    key : str
        Hash of the raw files and the code it was built from.
    sha256 : str
        Of the Parquet file.
    raw : tuple of str
        Raw files it was built from.
    rows_in, rows_kept, rows_set_aside : int
        Raw rows read, used, and set aside with a reason.
    rows : int
        Rows of the table; fewer than `rows_kept` where raw rows became cells (OEWS).
    """

    name: str
    key: str
    sha256: str
    raw: tuple[str, ...]
    rows_in: int
    rows_kept: int
    rows_set_aside: int
    rows: int


def build(folder: Path = sources.PROCESSED) -> tuple[Built, ...]:
    """Clean every raw file and write every processed table to `folder`.

    Nothing is replaced before all tables hold their schemas; each file is then put in place by
    rename. Rows set aside are written beside the tables, under `set_aside/`.

    Raises
    ------
    WrongInput
        A raw file is not the registered one, or a table breaks its schema.
    """
    from analysis.cleaning.recipes import RECIPES  # imports pandera: only building needs it
    from analysis.schemas.table import checked

    done = []
    for recipe in RECIPES.values():
        cleaned = recipe.clean()
        done.append((recipe, cleaned, checked(cleaned.table, recipe.schema)))
    (folder / "set_aside").mkdir(parents=True, exist_ok=True)
    sweep(folder)
    sweep(folder / "set_aside")
    results = []
    code = code_hash()
    for recipe, cleaned, table in done:
        place = folder / f"{recipe.name}.parquet"
        _write(place, table)
        _write(folder / "set_aside" / f"{recipe.name}.parquet", cleaned.set_aside)
        results.append(
            Built(
                name=recipe.name,
                key=_key(recipe.raw, code),
                sha256=sources.sha256_of(place),
                raw=recipe.raw,
                rows_in=cleaned.rows_in,
                rows_kept=cleaned.rows_kept,
                rows_set_aside=len(cleaned.set_aside),
                rows=len(table),
            )
        )
    text = json.dumps([asdict(result) for result in results], indent=1)
    with replacing(folder / MANIFEST) as file:
        file.write(text.encode())
    return tuple(results)


def manifest(folder: Path = sources.PROCESSED) -> dict[str, Built]:
    """Return what `folder` holds, by table name; empty when nothing was built yet."""
    place = folder / MANIFEST
    if not place.is_file():
        return {}
    rows = json.loads(place.read_text(encoding="utf-8"))
    return {row["name"]: Built(**{**row, "raw": tuple(row["raw"])}) for row in rows}


def ensure(folder: Path = sources.PROCESSED) -> dict[str, Built]:
    """Build the tables when any is missing or out of date; return the manifest.

    Raises
    ------
    WrongInput
        As `build`.
    """
    built = manifest(folder)
    code = code_hash()
    current = built and all(
        table.key == _key(table.raw, code) and (folder / f"{name}.parquet").is_file()
        for name, table in built.items()
    )
    if not current:
        build(folder)
        built = manifest(folder)
    return built


def read(name: str, folder: Path = sources.PROCESSED) -> "pd.DataFrame":
    """Read one processed table, built first if need be.

    Raises
    ------
    WrongInput
        There is no table of that name.

    Examples
    --------
    >>> int(read("guide_settings")["share_pct"].sum())
    100
    """
    return Tables(folder)[name]


class Tables(Mapping[str, "pd.DataFrame"]):
    """The processed tables by name, each read when first asked for.

    Parameters
    ----------
    folder : Path
        Where they lie.

    Examples
    --------
    >>> tables = Tables()
    >>> "wages" in tables, "rumours" in tables
    (True, False)
    """

    def __init__(self, folder: Path = sources.PROCESSED) -> None:
        self._folder = folder
        self._built = ensure(folder)
        self._release = newest(folder)
        self._is_default = True
        self._occupations: tuple[str, ...] = ()
        self._read: dict[str, pd.DataFrame] = {}

    @classmethod
    def of_release(
        cls,
        occupations: Sequence[str] = (),
        *,
        year: int | None = None,
        folder: Path = sources.PROCESSED,
    ) -> Self:
        """Take the wages from the release that holds some occupations, or from that of a year.

        Without a year that is the newest one, as everywhere, if it holds them. Beside the
        occupations asked for, the table `wages` holds those of the bundled release.

        Raises
        ------
        WrongInput
            No available release has them.
        """
        import pandas as pd

        from analysis.releases import choose_release

        tables = cls(folder)
        bundled = pd.read_parquet(folder / f"{WAGES}.parquet", columns=["occupation_code"])
        default = tables._release
        tables._release = choose_release(
            folder,
            year=year,
            occupations=occupations,
            bundled_year=bundled_year(folder),
            bundled_occupations=frozenset(bundled["occupation_code"]),
        )
        tables._is_default = tables._release == default
        tables._occupations = tuple(occupations)
        return tables

    def __getitem__(self, name: str) -> "pd.DataFrame":
        if name not in self._built:
            raise WrongInput(
                f"There is no processed table {name!r}. There are: {', '.join(self._built)}."
            )
        if name not in self._read:
            import pandas as pd

            release = self._release if name == WAGES else None
            bundled_path = self._folder / f"{name}.parquet"
            if name != WAGES or self._is_default:
                with (release.path if release else bundled_path).open("rb") as file:
                    sys.audit(READS, name, file)
            self._read[name] = pd.read_parquet(bundled_path)
            if release is not None:
                from analysis.releases import wages_of

                bundled = self._read[name]
                self._read[name] = wages_of(
                    release,
                    {*bundled["occupation_code"], *self._occupations},
                    columns=bundled.columns.tolist(),
                )
        return self._read[name].copy(deep=False)

    def __contains__(self, name: object) -> bool:
        return name in self._built

    def __iter__(self) -> Iterator[str]:
        return iter(self._built)

    def __len__(self) -> int:
        return len(self._built)

    @property
    def release(self) -> "Release | None":
        """The ingested release the wages come from; None for the bundled one."""
        return self._release

    @property
    def is_default(self) -> bool:
        """Whether the wages are those that every report takes that is not asked for others."""
        return self._is_default

    @property
    def persons_path(self) -> Path | None:
        """The newest file of ACS person records that was ingested; None where there is none."""
        found = sorted((self._folder / "releases").glob("acs_persons_*.parquet"))
        return found[-1] if found else None

    @property
    def used(self) -> tuple[Built, ...]:
        """What was read so far: the inputs a report rests on."""
        return tuple(self._origin(name) for name in sorted(self._read))

    def _origin(self, name: str) -> Built:
        """Return what a table was built from: for wages of an ingested release, that release."""
        if name != WAGES or self._release is None:
            return self._built[name]
        source, record = self._release.source, self._release.record
        return Built(
            name=name,
            key=source.sha256,
            sha256=source.sha256,
            raw=(source.path,),
            rows_in=record.rows_in,
            rows_kept=record.rows_kept,
            rows_set_aside=record.rows_set_aside,
            rows=len(self._read[name]),
        )


def bundled_year(folder: Path = sources.PROCESSED) -> int:
    """Return the year of the wages that come with the project; their month is May."""
    years = (
        re.match(r"May (\d{4})", source.published)
        for path in manifest(folder)[WAGES].raw
        if (source := sources.sources().get(path))
    )
    return max(int(year[1]) for year in years if year)


def newest(folder: Path = sources.PROCESSED) -> "Release | None":
    """Return the ingested wage release that is the default; None where the bundled one is."""
    if not any((folder / "releases").glob("oews_*.parquet")):
        return None
    from analysis.releases import newest_release

    return newest_release(folder, bundled_year(folder))


def path_of(name: str, folder: Path = sources.PROCESSED) -> Path:
    """Return the file that a table is read from: the newest release's, for wages."""
    release = newest(folder) if name == WAGES else None
    return folder / f"{name}.parquet" if release is None else release.path


def source_of(path: str, folder: Path = sources.PROCESSED) -> sources.Source | None:
    """Return the raw file or ingested release of a table, by its path; None if unknown."""
    if path in sources.sources():
        return sources.sources()[path]
    from analysis.releases import releases

    return {each.source.path: each.source for each in releases(folder)}.get(path)


def _key(raw: tuple[str, ...], code: str) -> str:
    """Hash what a table is built from: registered raw files and the code that cleans them."""
    known = sources.sources()
    digest = hashlib.sha256(code.encode())
    for path in raw:
        digest.update(known[path].sha256.encode() if path in known else b"absent")
    return digest.hexdigest()


def code_hash() -> str:
    """Hash the code that makes the processed tables."""
    digest = hashlib.sha256()
    for place in CODE:
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _write(place: Path, table: "pd.DataFrame") -> None:
    """Write a table as Parquet."""
    with replacing(place) as file:
        table.to_parquet(file, index=False)
