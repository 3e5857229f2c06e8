"""Surveys of millions of rows, through the command: nothing lost, memory in bounds."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import sources

DEMO = sources.RAW / "demo_survey"
RUN = """
import json, sys, time
from pathlib import Path
from analysis.cli import main
began = time.process_time()
sys.argv = ["workforce", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    code = ended.code or 0
status = Path("/proc/self/status").read_text()  # ru_maxrss would have the parent's in it
peak = int(status.split("VmHWM:")[1].split()[0]) / 2**20
print(json.dumps({"code": code, "cpu": time.process_time() - began, "peak_gib": peak}))
"""


def write_survey(place: Path, *, drawn: int, times: int) -> None:
    """Write messy rows as the demonstration's, so many times over, each with its own name."""
    maker = runpy.run_path(str(sources.ROOT / "scripts" / "make_demo_survey.py"))
    rows = maker["messy_survey"](drawn, seed=maker["SEED"], published=maker["published"]())
    text = rows.to_csv(index=False)
    header, _, below = text.partition("\n")
    with place.open("w", encoding="utf-8") as file:
        file.write(f"{header}\n")
        for number in range(times):
            file.write(below.replace("SYNTHETIC-", f"SYNTHETIC-{number}-"))


def surveyed(file: Path, out: Path) -> dict:
    """Run the command; return its answer with what it took."""
    columns = DEMO / "columns.toml"
    words = ["survey", file, "--columns", columns, "--out", out, "--json"]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=True
    )
    answer, _, took = done.stdout.rstrip().rpartition("\n")
    return {**json.loads(answer), **json.loads(took)}


@pytest.mark.long
def test_five_million_rows_are_cleaned_in_bounded_memory(tmp_path):
    """Each row is in one of the tables; 1.6 GiB a million rows at most, and no more for more."""
    few, many = tmp_path / "few.csv", tmp_path / "many.csv"
    write_survey(few, drawn=250_000, times=4)
    write_survey(many, drawn=250_000, times=20)
    small, large = surveyed(few, tmp_path / "few"), surveyed(many, tmp_path / "many")
    print(json.dumps({"million": small, "five millions": large}, indent=1))  # noqa: T201
    assert (small["code"], large["code"]) == (0, 0)
    assert large["rows_in"] > 5_000_000 - 20
    assert large["rows_in"] == large["rows_kept"] + large["rows_set_aside"]
    kept = pd.read_parquet(large["salaries"], columns=["annual_pay_usd"])
    aside = pd.read_parquet(large["set_aside"], columns=["reason"])
    assert (len(kept), len(aside)) == (large["rows_kept"], large["rows_set_aside"])
    assert large["rows_kept"] == 5 * small["rows_kept"]
    assert large["peak_gib"] < 8
    assert large["cpu"] / small["cpu"] < 5 * 1.5
