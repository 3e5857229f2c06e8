"""A full disk ends a run: what was put in place stays, nothing is torn, and the next run mends."""

import errno
import json
import os
import subprocess

import pytest

from analysis import files
from analysis.reporting.build import Page
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.refresh import refresh
from analysis.reporting.runs import read_run, run_ids


def large_pages(reports, *, run, before, started):
    """Pages of 700 kB: not all of them fit."""
    for report in reports:
        started(report)
        html = f"<p>{report.name} {run.run_id}</p>{'x' * 700_000}</html>"
        yield report, Page(html=html, key_figures=(), seconds=None)


@pytest.fixture
def small_disk(place):
    """A disk of 2 MB under the reports folder, where this system lets us."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", place.reports]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here; the simulated one is tried")
    yield place
    subprocess.run(["umount", "--lazy", place.reports], check=True)


def whole(place):
    """Hold that all there is can be read; the pages by name."""
    for file in place.reports.rglob("[!.]*.json"):
        json.loads(file.read_text())
    pages = {page.stem: page.read_text() for page in place.reports.glob("*/*.html")}
    assert all(text.endswith("</html>") for text in pages.values())
    return pages


def test_a_disk_that_fills_up_stops_the_run_and_the_next_one_mends(small_disk):
    place = small_disk
    finished = refresh(ask(take_stock(place)), build=large_pages)
    assert (finished.exit_code, finished.run.outcome) == (1, "stopped")
    assert "No space left on device" in finished.run.message
    assert len(whole(place)) == 2
    assert not list(place.reports.rglob(".*.part"))
    subprocess.run(["mount", "-o", "remount,size=64m", place.reports], check=True)
    again = refresh(ask(take_stock(place)), build=large_pages)
    assert (again.exit_code, again.run.count("built")) == (0, 2)
    assert len(whole(place)) == 4
    assert "running" not in {
        read_run(run_id, place.reports).outcome for run_id in run_ids(place.reports)
    }
    assert {status.state for status in take_stock(place).statuses} == {"current"}


@pytest.mark.parametrize("room", range(0, 13, 2))
def test_whatever_file_is_the_first_that_does_not_fit(place, run, pages, monkeypatch, room):
    """Simulated: after `room` more files have been written, no other is."""
    run()
    before = whole_or_short(place)
    left = iter(range(room))
    fsync = os.fsync

    def full(file):
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(file)

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "fsync", full)
        pages.usd = 52000.0
        finished = run(force=True)
    assert (finished.exit_code, finished.run.outcome) == (1, "stopped")
    after = whole_or_short(place)
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert all("52000.0" in after[name] for name in changed)
    assert not list(place.reports.rglob(".*.part"))
    run()
    assert {status.state for status in take_stock(place).statuses} == {"current"}
    last = [read_run(run_id, place.reports).outcome for run_id in run_ids(place.reports)]
    assert "running" not in last


def whole_or_short(place):
    """The stand-in pages by name; each starts with its tag."""
    pages = {page.stem: page.read_text() for page in place.reports.glob("*/*.html")}
    assert all(text.startswith("<p>") for text in pages.values())
    return pages
