"""A release as large as the agency's: six million lines, within 500 MB of memory."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from analysis import sources
from analysis.cleaning.oews.wage_rows import DATA_TYPES

OEWS = sources.RAW / "oews"
LEAST_LINES, MOST_BYTES = 6_000_000, 500_000_000
SAMPLE = "292072"
UNREADABLE = [
    f"OEUN0000000000000{SAMPLE}01     \t2025\tA01\t        soon\t\n",
    f"OEUN0000000000000{SAMPLE}04     \t20x5\tA01\t       56790\t\n",
    "OEU1                          \t2025\tA01\t           1\t\n",
]
INGEST = """
import json, sys
from pathlib import Path
from analysis import sources
from analysis.cleaning.oews.ingest import ingest_oews
states = sources.RAW / "geography" / "states.csv"
(done,) = ingest_oews(Path(sys.argv[1]), folder=Path(sys.argv[2]), states=states, at="2026-11-25")
record = done.record
status = Path("/proc/self/status").read_text()  # ru_maxrss would have the parent's in it
peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
print(json.dumps([record.rows_in, record.rows_kept, record.rows_set_aside, record.rows, peak]))
"""


def codes(name: str) -> list[list[str]]:
    lines = (OEWS / f"oe.{name}").read_text().splitlines()[1:]
    return [line.split("\t") for line in lines]


def cells() -> list[str]:
    """Name 561 occupations of 582 areas, and 66 of them in each of 444 industries."""
    areas = [kind + code for _, code, kind, _ in codes("area") if kind != "N"]
    industries = [code for code, *_ in codes("industry")]
    occupations = sorted({"000000", SAMPLE, *(code for code, *_ in codes("occupation")[:560])})
    local = product(areas, ["000000"], occupations)
    national = product(["N0000000"], industries, [*occupations[:65], SAMPLE])
    return sorted("OEU" + "".join(each) for each in [*local, *national])


def values(number: int, cell: str) -> list[tuple[str, str]]:
    """Make values with footnotes that a release may have; every 40th cell withholds, or bounds."""
    is_nation = cell[3] == "N" and cell[11:17] == "000000"
    jobs = (160_000_000 if cell.endswith("000000") else 100_000) if is_nation else 30 + number % 900
    median = 30_000 + number * 37 % 90_000
    annual = [round(median * share) for share in (1.1, 0.7, 0.8, 1, 1.2, 1.5)]
    mean, *percentiles = [(f"{wage}", "") for wage in annual]
    hourly_mean, *hourly = [(f"{wage / 2080:.2f}", "") for wage in annual]
    found = [
        (f"{jobs}", ""), ("2.5", ""), hourly_mean, mean, ("1.0", ""), *hourly, *percentiles,
        (f"{number % 1000 / 1000:.3f}", ""), (f"{number % 300 / 100:.2f}", ""),
    ]  # fmt: skip
    if number % 40 == 1 and not is_nation:
        found[0] = found[1] = ("-", "8")
    if number % 40 == 2:
        found[9] = found[14] = ("-", "5")
    return found


def lines() -> Iterator[str]:
    yield f"{'series_id':30}\tyear\tperiod\t{'value':>12}\tfootnote_codes\n"
    for number, cell in enumerate(cells()):
        yield "".join(
            f"{cell}{kind}     \t2025\tA01\t{value:>12}\t{note}\n"
            for kind, (value, note) in zip(DATA_TYPES, values(number, cell), strict=True)
        )


@pytest.fixture(scope="module")
def release(tmp_path_factory) -> Iterator[tuple[Path, int]]:
    """Write the flat files of a whole release; return their folder and how many lines they have."""
    folder = tmp_path_factory.mktemp("whole")
    for name in ("area", "industry", "occupation", "footnote"):
        shutil.copy(OEWS / f"oe.{name}", folder)
    with (folder / "oe.data.0.Current").open("w") as file:
        file.writelines(lines())
    yield folder, len(cells()) * len(DATA_TYPES)
    shutil.rmtree(folder)


def ingest(folder: Path, out: Path) -> list[int]:
    """Ingest in a process of its own, so that its peak of memory is its own."""
    command = [sys.executable, "-c", INGEST, str(folder), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def plainly_read(data: Path) -> pd.DataFrame:
    """Read the sample's lines as one would, in the order of a release."""
    with data.open() as file:
        kept = [line.rstrip("\n").split("\t") for line in file if line[17:23] == SAMPLE]
    table = pd.DataFrame(kept, columns=["series", "year", "period", "value", "note"])
    table["cell"], table["measure"] = table["series"].str[:23], table["series"].str[23:25]
    table["amount"] = pd.to_numeric(table["value"], errors="coerce")
    wide = table.pivot(index="cell", columns="measure", values="amount")  # noqa: PD010
    wide = wide.rename(columns=DATA_TYPES).sort_index(key=lambda cell: cell.str[4:17])
    bounds = {"p90_hourly_wage_usd": 115.0, "p90_wage_usd": 239_200.0}  # where top-coded
    return wide.fillna(bounds).reset_index(drop=True)


@pytest.mark.long
def test_a_whole_release_is_ingested_in_little_memory_and_no_line_is_lost(release, tmp_path):
    """By its places, and line by line with three lines that cannot be read: the same table."""
    folder, count = release
    data = folder / "oe.data.0.Current"
    assert count >= LEAST_LINES
    *rows, peak = ingest(folder, tmp_path / "padded")
    assert rows == [count, count, 0, count // len(DATA_TYPES)]
    assert peak < MOST_BYTES
    expected = plainly_read(data)

    with data.open("a") as file:
        file.writelines(UNREADABLE)
    *rows, peak = ingest(folder, tmp_path / "by_line")
    assert rows == [count + 3, count, 3, count // len(DATA_TYPES)]
    assert peak < MOST_BYTES

    made, by_line = (
        pq.read_table(tmp_path / way / "oews_2025.parquet") for way in ("padded", "by_line")
    )
    assert made.column_names == by_line.column_names
    assert [name for name in made.column_names if not same(made[name], by_line[name])] == []

    table = made.filter(pc.equal(made["occupation_code"], "29-2072")).to_pandas()
    pd.testing.assert_frame_equal(
        table[list(expected)], expected, check_names=False, check_exact=True
    )


def same(column: pa.ChunkedArray, other: pa.ChunkedArray) -> bool:
    return column.combine_chunks().equals(other.combine_chunks())
