"""Where the data lie: read a raw file only if its hash holds, and cite it.

Every file under `data/raw` is a row of `data/raw/sources.csv`: path, sha256, title,
producer, published, retrieved, address, licence, note. Raw files are never edited.
"""

import csv
import hashlib
import io
import os
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import WrongInput
from analysis.files import locked, replacing, sweep

if TYPE_CHECKING:  # whoever only asks where things lie need not wait for pandas
    import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
PROCESSED = ROOT / "data" / "processed"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One raw file and who made it; the fields are the columns of sources.csv."""

    path: str
    sha256: str
    title: str
    producer: str
    published: str
    retrieved: str
    address: str
    licence: str
    note: str

    @property
    def citation(self) -> str:
        """Name producer, title and date as a source line does."""
        return f"{self.producer}, {self.title} ({self.published})"


def read_sources(raw: Path = RAW) -> dict[str, Source]:
    """Read `sources.csv` of the folder `raw`: path to `Source`, in file order."""
    with (raw / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["path"]: Source(**row) for row in csv.DictReader(file)}


def register(source: Source, raw: Path = RAW) -> None:
    """Write the row of one file into `sources.csv` of the folder `raw`, the others as they were.

    The table is made where there is none, stays sorted by path, and is replaced by rename.
    """
    raw.mkdir(parents=True, exist_ok=True)
    with locked(raw, wait=True):  # two programs may register at once
        sweep(raw)
        known = read_sources(raw) if (raw / "sources.csv").is_file() else {}
        rows = {**known, source.path: source}
        with replacing(raw / "sources.csv") as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            names = [field.name for field in fields(Source)]
            writer = csv.DictWriter(text, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(asdict(rows[path]) for path in sorted(rows))
            text.flush()
            text.detach()  # the file is closed by what opened it


@cache
def sources() -> dict[str, Source]:
    """Return every raw file of the project, by path below `data/raw`."""
    return read_sources()


def verified_path(path: str, raw: Path = RAW) -> Path:
    """Return where the raw file `path` lies, once its content is what was registered.

    Parameters
    ----------
    path : str
        Below `raw`, as in sources.csv: "prices/cpi_u.csv".
    raw : Path
        The folder that holds sources.csv.

    Raises
    ------
    WrongInput
        The file is not registered, lies elsewhere, is absent, or differs from its sha256.
    """
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise WrongInput(f"Each file of sources.csv must lie in data/raw; {path} does not.")
    known = sources() if raw == RAW else read_sources(raw)
    if path not in known:
        raise WrongInput(
            f"data/raw/{path} is not in data/raw/sources.csv. "
            "Add a row for it: `python scripts/register_source.py --help`."
        )
    place = raw / path
    if not place.is_file():
        raise WrongInput(f"data/raw/{path} is listed in sources.csv but absent. Restore it.")
    found = sha256_of(place)
    if found != known[path].sha256:
        raise WrongInput(
            f"data/raw/{path} is not the file that was registered: sources.csv has sha256 "
            f"{known[path].sha256}, the file has {found}. Raw files are never edited: restore it "
            f"with `git checkout -- data/raw/{path}`, or register a new release beside it."
        )
    return place


def as_told(place: Path) -> str:
    """Write a path as pages and records may tell it: not whose folder it is.

    Below the project's folder if it lies there, else from the home folder; in full outside of both.
    """
    if place.is_relative_to(ROOT):
        return place.relative_to(ROOT).as_posix()
    home = _without_tilde("~").resolve()
    return f"~/{place.relative_to(home).as_posix()}" if place.is_relative_to(home) else str(place)


def place_of(told: str, root: Path = ROOT) -> Path:
    """Return the file that `as_told` names.

    Examples
    --------
    >>> place_of(as_told(ROOT / "cleaned" / "pay.parquet")) == ROOT / "cleaned" / "pay.parquet"
    True
    """
    return root / _without_tilde(told)


def _without_tilde(path: str) -> Path:
    """Write "~" out; where there is no home folder it stays, and names no file."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - `Path.expanduser` raises without a home


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_raw(path: str, raw: Path = RAW) -> "pd.DataFrame":
    """Read a registered comma-separated file, every cell as the text it holds.

    Empty cells are empty strings: what they mean is for the cleaner to say.

    Raises
    ------
    WrongInput
        As `verified_path`.

    Examples
    --------
    >>> read_raw("prices/cpi_u.csv")["year"].iloc[0]
    '2010'
    """
    import pandas as pd

    return pd.read_csv(verified_path(path, raw), dtype="str", keep_default_na=False)
