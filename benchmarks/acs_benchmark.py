"""Take one occupation out of a synthetic ACS person file, against plain pandas read and filter.

    python benchmarks/acs_benchmark.py [--megabytes 500]

The file has the columns of a release: those that are read, 80 replicate weights, and as many more
as make a line of the size of a real one. Each side runs in a process of its own, so that its peak
memory is its own; ours runs a second time on a file twice as long, where the peak must be the
same. The plain version reads the whole file and keeps the same records, with words for codes and
adjusted wages; that both have the same wages and weights is checked.
"""

import argparse
import json
import math
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pandas as pd
from own_process import figures_of

from analysis.cleaning.acs.ingest import ingest_acs
from analysis.schemas.acs import AcsPersons

ROOT = Path(__file__).resolve().parents[1]
OCCUPATION = 3515
LEAST_RATIO, MOST_GROWTH = 2.0, 1.15
ROUNDING = 1e-6  # of half a cent, up or to even
BYTES_A_LINE = 1_150
FILLERS = 186  # flags and recodes that are not read
FIRST_STATES = (1, 2, 4, 5, 6, 8, 9, 10, 11, 12)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--run", choices=["suite", "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(measured(given.run, given.file)))
        return
    rows = given.megabytes * 1_000_000 // BYTES_A_LINE
    with tempfile.TemporaryDirectory() as folder:
        file, twice = Path(folder) / "psam_pusa.csv", Path(folder) / "psam_twice.csv"
        write_persons(file, rows)
        size = file.stat().st_size / 1e6
        ours, plain = run("suite", file), run("plain", file)
        same = math.isclose(ours["weighted_wages"], plain["weighted_wages"], rel_tol=ROUNDING)
        file.unlink()
        write_persons(twice, 2 * rows)
        double = run("suite", twice)
    ratio, growth = plain["seconds"] / ours["seconds"], double["peak_gib"] / ours["peak_gib"]
    print(f"{rows:,} persons, {size:,.0f} MB; {ours['kept']:,} of occupation {OCCUPATION}")
    for name, side in (("ours", ours), ("plain pandas", plain), ("ours, twice the file", double)):
        print(
            f"{name:22}{side['seconds']:8.2f} s  ({side['cpu_seconds']:.2f} s of processor), "
            f"peak {side['peak_gib']:.2f} GiB"
        )
    by_processor = plain["cpu_seconds"] / ours["cpu_seconds"]
    print(
        f"ratio                 {ratio:8.1f}    (at least {LEAST_RATIO:g}); by processor time "
        f"{by_processor:.1f}; memory {plain['peak_gib'] / ours['peak_gib']:.1f} times less"
    )
    print(f"memory, file doubled  {growth:8.2f}    times (at most {MOST_GROWTH:g})")
    if not same:
        sys.exit("the two sides differ in their weighted wages")


def run(side: str, file: Path) -> dict[str, float]:
    """Measure one side in a process of its own."""
    return figures_of(__file__, "--run", side, "--file", str(file))


def measured(side: str, file: Path) -> dict[str, float]:
    """Take the occupation out one way."""
    AcsPersons.to_schema()  # the schema library loads what it needs at its first use
    start, start_cpu = time.perf_counter(), time.process_time()
    if side == "suite":
        done = ingest_acs(file, occupations=[OCCUPATION], folder=file.parent / "out")
        table = pd.read_parquet(done.place)
    else:
        table = plain_ingest(file, file.parent / "plain.parquet")
    return {
        "seconds": time.perf_counter() - start,
        "cpu_seconds": time.process_time() - start_cpu,
        "peak_gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20,
        "kept": len(table),
        "weighted_wages": round(float((table["wage_usd"] * table["person_weight"]).sum()), 0),
    }


def plain_ingest(file: Path, place: Path) -> pd.DataFrame:
    """Do as one would with pandas alone: read everything, keep the occupation, adjust."""
    persons = pd.read_csv(file, low_memory=False)
    kept = persons[persons["OCCP"] == OCCUPATION].copy()
    kept["wage_usd"] = (kept["WAGP"] * kept["ADJINC"] / 1_000_000).round(2)
    kept["sex"] = kept["SEX"].map({1: "male", 2: "female"})
    kept["works_from_home"] = kept["JWTRNS"] == 11
    kept = kept.rename(columns={"PWGTP": "person_weight"})
    kept.to_parquet(place)
    return kept


def write_persons(file: Path, rows: int) -> None:
    """Write a synthetic file of persons; one in 200 has the occupation. Seeded."""
    states = "[" + ", ".join(str(state) for state in FIRST_STATES) + "]"
    weights = ", ".join(f"20 + (i * {n} + {n}) % 97 AS PWGTP{n}" for n in range(1, 81))
    fillers = ", ".join(f"(i + {n}) % 1987 AS F{n}P" for n in range(FILLERS))
    works = "i % 5 < 3"
    query = f"""
        SELECT 'P' AS RT, '2024HU' || lpad(CAST(i // 2 AS VARCHAR), 7, '0') AS SERIALNO,
          3 AS DIVISION, i % 2 + 1 AS SPORDER, lpad(CAST(i % 900 AS VARCHAR), 5, '0') AS PUMA,
          list_extract({states}, CAST(i % 10 + 1 AS BIGINT)) AS STATE, 1015250 AS ADJINC,
          20 + hash(i) % 180 AS PWGTP, hash(i + 1) % 95 AS AGEP, 1 + hash(i) % 2 AS SEX,
          1 + hash(i + 2) % 24 AS SCHL,
          CASE WHEN {works} THEN 1 + hash(i + 3) % 7 END AS COW,
          CASE WHEN {works} THEN 170 + hash(i) % 9000 END AS INDP,
          CASE WHEN {works} THEN '622M' END AS NAICSP,
          CASE WHEN i % 200 = 0 THEN '{OCCUPATION}' WHEN {works} THEN
            lpad(CAST(10 + hash(i) % 3000 AS VARCHAR), 4, '0') END AS OCCP,
          CASE WHEN {works} THEN 1 + hash(i + 4) % 6 END AS ESR,
          CASE WHEN {works} THEN 1 + hash(i + 5) % 99 END AS WKHP,
          CASE WHEN {works} THEN 1 + hash(i + 6) % 52 END AS WKWN,
          CASE WHEN {works} THEN 1 + hash(i + 7) % 12 END AS JWTRNS,
          CASE WHEN {works} THEN CASE WHEN i % 200 = 0 THEN 100 * (hash(i + 8) % 1200)
            WHEN hash(i + 9) % 200 = 0 THEN 419000 ELSE 100 * (hash(i + 8) % 2500) END END AS WAGP,
          {fillers}, {weights}
        FROM range({rows}) AS numbers(i)"""
    target = str(file).replace("'", "''")
    duckdb.sql("SET memory_limit = '1GB'")
    duckdb.sql("SET preserve_insertion_order = false")
    duckdb.sql(f"COPY ({query}) TO '{target}' (FORMAT csv, HEADER)")


if __name__ == "__main__":
    main()
