"""The command itself, on a copy of the project with stand-in notebooks: what a scheduler runs."""

import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis import processed, sources

RUN = "import sys; from analysis.cli import main; sys.argv[0] = 'workforce'; main()"
HEAVY = {"pandas", "numpy", "pyarrow", "papermill", "nbformat", "nbconvert", "IPython"}
CHANGED = "price_parities"
READS = {  # what the stand-ins read
    "outlook": CHANGED,
    "roi": CHANGED,
    "evidence": CHANGED,
    "certification": CHANGED,
    "salary": CHANGED,
    "settings": "guide_settings",
    "staffing": "denials",
    "careers": "guide_ladder",
    "supply": "wages",
}
READERS = {name for name, table in READS.items() if table == CHANGED}


OHIO = (
    "from analysis import processed\nfrom analysis.reporting import metrics\n"
    "wages = processed.read('wages').set_index(['occupation_code', 'area_code', 'industry_code'])\n"
    "usd = wages.loc[('29-2072', 'OH'), 'median_wage_usd'].iloc[0]\n"
    "metrics.record('ohio', usd, unit='USD a year')"
)


def code(table: str) -> str:
    """Read one table, and lead with its last number."""
    return (
        "from analysis import processed\nfrom analysis.reporting import metrics\n"
        f"frame = processed.read('{table}')\n"
        "last = float(frame.select_dtypes('number').iloc[-1, -1])\n"
        "metrics.record('last', last, unit='index', better='higher')"
    )


@pytest.fixture(scope="module")
def copy(stand_in_notebook, tmp_path_factory) -> Path:
    """A copy of the project; its notebooks take no time."""
    processed.ensure()
    root = tmp_path_factory.mktemp("copy")
    for folder in ("src", "data", "docs"):
        shutil.copytree(sources.ROOT / folder, root / folder)
    shutil.copy(sources.ROOT / "requirements.lock", root)
    (root / "notebooks").mkdir()
    shutil.copy(sources.NOTEBOOKS / "catalogue.toml", root / "notebooks")
    for name, read in READS.items():
        path = root / "notebooks" / f"{name}.ipynb"
        stand_in_notebook(path, f"How much is {read}?", OHIO if read == "wages" else code(read))
    return root


@pytest.fixture(scope="module")
def workforce(copy: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command of the copy."""

    def command(*arguments: str, options: tuple[str, ...] = ()):
        return subprocess.run(
            [sys.executable, *options, "-c", RUN, *arguments],
            env={**os.environ, "PYTHONPATH": str(copy / "src")},
            capture_output=True,
            text=True,
            check=False,
        )

    return command


@pytest.fixture(scope="module")
def built(workforce) -> dict:
    """What a first refresh of some reports says, as JSON."""
    done = workforce("refresh", "--json", "--group", "national")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_json_is_all_of_standard_output(built):
    assert built["outcome"] == "done"
    assert {report["name"] for report in built["reports"]} == READS.keys()


def mark_all_built(root: Path) -> None:
    """Copy the first record and page of each notebook for the rest of its reports.

    What a key says of parameters differs from report to report; it is put in from a look at
    the project, as a run would have done it.
    """
    program = (
        "import sys\nfrom dataclasses import replace\n"
        "from analysis.reporting.keys import here, key_parts\n"
        "from analysis.reporting.plan import take_stock\n"
        "from analysis.reporting.records import write_record\n"
        "place = here()\nstock = take_stock(place)\n"
        "first = {r.report.notebook: r for r in stock.records.values()}\n"
        "for report in stock.catalogued:\n"
        "    like = first[report.notebook]\n"
        "    page = (place.reports / like.path).read_bytes()\n"
        "    (place.reports / report.group).mkdir(exist_ok=True)\n"
        "    (place.reports / report.path).write_bytes(page)\n"
        "    read = like.tables_read\n"
        "    key = key_parts(report, stock.inputs, read, place=place, hashes=stock.hashes)\n"
        "    made = replace(like, report=report, path=report.path, key=key)\n"
        "    write_record(made, place.reports)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def all_built(built, copy, workforce) -> list[dict]:
    """All reports of the copy are current, and the index lists them."""
    mark_all_built(copy)
    assert workforce("refresh").returncode == 0  # writes the index
    status = json.loads(workforce("status", "--json").stdout)
    assert {known["state"] for known in status} == {"current"}
    assert len(status) > 160
    return status


def cpu_seconds() -> float:
    """Processor time of all children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_nothing_to_do_over_160_reports_takes_under_a_second_without_pandas_or_papermill(
    all_built, workforce
):
    """Processor time stands for wall time, which other work on the machine would stretch."""
    before = cpu_seconds()
    done = workforce("refresh")
    took = cpu_seconds() - before
    assert done.stdout == f"Nothing to do: {len(all_built)} reports are current.\n"
    assert took < 1.0
    traced = workforce("refresh", options=("-X", "importtime"))
    imported = {line.rpartition("|")[2].strip() for line in traced.stderr.splitlines()}
    assert "analysis.reporting.plan" in imported
    assert not imported & HEAVY


@pytest.mark.long
def test_one_states_row_in_one_table_concerns_only_the_reports_that_read_it(
    all_built, copy, workforce
):
    """From the raw file on: a new release of price parities changes Alaska's row alone."""
    raw = copy / "data" / "raw" / "prices" / "rpp_state.csv"
    text = raw.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(2024,02,AK,Alaska,)[\d.]+,", r"\g<1>101.234,", text)
    assert changed != text
    raw.write_text(changed, encoding="utf-8")
    listing = copy / "data" / "raw" / "sources.csv"
    old, new = (hashlib.sha256(content.encode()).hexdigest() for content in (text, changed))
    listing.write_text(listing.read_text().replace(old, new))
    states = json.loads(workforce("status", "--json").stdout)
    stale = {known["name"]: known["why"] for known in states if known["state"] == "stale"}
    assert {name.partition("-")[0] for name in stale} == READERS
    assert len(stale) < len(states)
    assert set(map(tuple, stale.values())) == {("table price_parities changed",)}
    kept = copy / "reports" / "national" / "staffing.html"
    index = copy / "reports" / "index.html"
    before = kept.stat().st_mtime_ns, index.stat().st_mtime_ns
    done = workforce("refresh", "--only=salary-ak", "--only=staffing", "--json")
    told = json.loads(done.stdout)
    assert [report["name"] for report in told["reports"]] == ["salary-ak"]
    assert told["reports"][0]["why"] == ["table price_parities changed"]
    assert kept.stat().st_mtime_ns == before[0]
    assert index.stat().st_mtime_ns > before[1]


def test_a_newer_edition_of_the_wages_reaches_every_report_that_reads_them(
    all_built, copy, workforce, tmp_path
):
    """The bundled release, pretended to be of May 2026, with Ohio's median a dollar higher."""
    flat = tmp_path / "flat"
    shutil.copytree(sources.RAW / "oews", flat)
    lines = (flat / "oe.data.extract").read_text().replace("\t2025\t", "\t2026\t")
    ohio = "OEUS390000000000029207213"
    before = re.search(rf"^{ohio}.*$", lines, flags=re.MULTILINE)[0]
    usd = int(before.split("\t")[3])
    (flat / "oe.data.1.AllData").write_text(
        lines.replace(before, before.replace(str(usd), str(usd + 1)))
    )
    (flat / "oe.data.extract").unlink()
    ingested = workforce("ingest", "oews", str(flat))
    assert ingested.returncode == 0, ingested.stderr
    assert "\nWages: May 2026, ingested (" in workforce("status").stdout
    states = json.loads(workforce("status", "--json").stdout)
    stale = {known["name"] for known in states if "table wages changed" in known["why"]}
    assert stale == {"supply"}
    done = json.loads(workforce("refresh", "--only=supply", "--json").stdout)
    assert [report["outcome"] for report in done["reports"]] == ["built"]
    record = json.loads((copy / "reports" / "records" / "supply.json").read_text())
    assert record["key_figures"][0]["value"] == usd + 1
    (copy / "data" / "processed" / "releases" / "oews_2026.parquet").unlink()
    assert "May 2025" in workforce("status").stdout


def test_what_changed_is_told_for_people_and_machines(all_built, workforce):
    assert workforce("diff").returncode == 0
    told = json.loads(workforce("diff", "--json").stdout)
    assert told.keys() == {"old", "new", "same", "reports"}
    refused = workforce("diff", "2001-01-01T000000Z")
    assert refused.returncode == 2
    assert "no readable run '2001-01-01T000000Z'" in refused.stderr
