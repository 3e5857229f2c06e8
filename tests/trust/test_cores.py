"""One core or many, one report at a time or sixteen: the same pages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import sources
from analysis.reporting.engine.pool import Pool, usable_cores

BUILD = """
import json, os, sys
from pathlib import Path
from analysis.reporting.build import build_pages
from analysis.reporting.runs import Run
from analysis.reporting.catalogue import report_of
from analysis.reporting.parameters import model_of

jobs, cores = int(sys.argv[1]) or None, json.loads(sys.argv[2])
if cores:
    os.sched_setaffinity(0, cores)
run = Run(run_id="1", started_at="2026-11-22 06:00 UTC", code_version="0")
asked = [("certification", {}), ("careers", {}), *(("staffing", {"area": a}) for a in ("CA", "TX"))]
reports = [report_of(model_of(name).check(**given)) for name, given in asked]
for report, page in build_pages(reports, run=run, jobs=jobs):
    if isinstance(page, Exception):
        raise page
    Path(sys.argv[3], f"{report.name}.html").write_text(page.html, encoding="utf-8")
"""


def built(folder: Path, *, jobs: int, cores: str) -> dict[str, bytes]:
    """Build four reports, so many at a time, on some cores; none named: on all."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(jobs), cores, folder],
        env={**os.environ, "PYTHONPATH": str(sources.ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {page.name: page.read_bytes() for page in folder.iterdir()}


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be chosen here")
def test_as_many_reports_at_a_time_as_the_cores_one_may_use():
    """Pinned to one core of several, sixteen at a time would only wait for each other."""
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert usable_cores() == Pool().jobs == 1
        assert Pool(jobs=16).jobs == 16
    finally:
        os.sched_setaffinity(0, before)
    assert Pool().jobs == len(before)


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be chosen here")
def test_pages_are_the_same_on_one_core_on_all_and_sixteen_at_a_time(tmp_path):
    core = str([min(os.sched_getaffinity(0))])
    usual = built(tmp_path / "usual", jobs=0, cores="[]")
    assert len(usual) == 4
    assert built(tmp_path / "one core", jobs=0, cores=core) == usual
    assert built(tmp_path / "sixteen", jobs=16, cores="[]") == usual
    assert built(tmp_path / "sixteen on one", jobs=16, cores=core) == usual
