"""Thousands of reports: no step takes time that grows faster than their number."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from analysis import files, sources
from analysis.reporting.catalogue import read_catalogue
from analysis.reporting.index import write_index
from analysis.reporting.keys import Place
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.refresh import Finished, refresh

GRID = """
[[reports]]
group = "many"
notebook = "roi"
for_each = {{ discount_rate = [{rates}] }}
"""
MOST_GROWTH = 1.8  # of processor time a report, from few to many; five times as many squared give 5


@dataclass(frozen=True)
class Grid:
    """A project with many reports, all of them built."""

    place: Place
    finished: Finished
    seconds: float


def processor_seconds(do: Callable[[], object]) -> float:
    """Time something by the processor, the quicker of two times."""
    times = []
    for _ in range(2):
        began = time.process_time()
        do()
        times.append(time.process_time() - began)
    return min(times)


def grid(project, pages, folder: Path, reports: int) -> Grid:
    """Make a project and build its reports, with pages that take no time."""
    place = project(folder)
    shutil.copy(sources.NOTEBOOKS / "roi.ipynb", place.notebooks)
    rates = ", ".join(f"{number / 100_000:.5f}" for number in range(1, reports + 1))
    (place.notebooks / "catalogue.toml").write_text(GRID.format(rates=rates))
    began = time.process_time()
    finished = refresh(ask(take_stock(place)), build=pages)
    return Grid(place=place, finished=finished, seconds=time.process_time() - began)


@pytest.fixture
def no_disk(monkeypatch):
    """Let no write wait for the disk: what counts here is the processor."""
    monkeypatch.setattr(files.os, "fsync", lambda _: None)


def growth(few: float, many: float, *, times: float) -> float:
    """How much more each report costs among many than among few."""
    return many / few / times


def judge(small: Grid, large: Grid, *, times: int) -> None:
    """Hold that each step's time grows as the number of reports does."""
    assert {large.finished.exit_code, small.finished.exit_code} == {0}
    assert growth(small.seconds, large.seconds, times=times) < MOST_GROWTH, "a run"
    steps = {
        "spelling out": lambda place: read_catalogue(place.notebooks / "catalogue.toml"),
        "status": take_stock,
        "index": lambda place: write_index(take_stock(place), built_at="today"),
    }
    for name, step in steps.items():
        few = processor_seconds(lambda step=step: step(small.place))
        many = processor_seconds(lambda step=step: step(large.place))
        assert growth(few, many, times=times) < MOST_GROWTH, name
    sizes = [(each.place.reports / "runs.html").stat().st_size for each in (small, large)]
    assert sizes[1] / sizes[0] < times
    run = next((large.place.reports / "runs").glob("*.json"))
    reports = json.loads(run.read_text())["reports"]
    assert {report["outcome"] for report in reports.values()} == {"built"}


def test_nothing_grows_faster_than_the_number_of_reports(project, pages, tmp_path, no_disk):
    """250 and 1,000 reports."""
    small = grid(project, pages, tmp_path / "small", 250)
    large = grid(project, pages, tmp_path / "large", 1_000)
    judge(small, large, times=4)


@pytest.mark.long
def test_an_index_of_five_thousand_reports_costs_five_times_that_of_a_thousand(
    project, pages, tmp_path, no_disk
):
    small = grid(project, pages, tmp_path / "small", 1_000)
    large = grid(project, pages, tmp_path / "large", 5_000)
    judge(small, large, times=5)
    size = (large.place.reports / "runs.html").stat().st_size
    assert size < 3_000_000, "some 460 bytes a report"


@pytest.mark.long
def test_with_nothing_to_do_eighteen_hundred_reports_take_less_than_a_second(
    project, pages, tmp_path, no_disk
):
    """Processor seconds of all that a refresh does before it says so, the state being settled."""

    def large_pages(reports, **told):
        for report, page in pages(reports, **told):
            yield report, replace(page, html=page.html + "x" * 70_000)

    place = grid(project, large_pages, tmp_path, 1_804).place
    time.sleep(2.5)  # hashes are kept of files that were left alone for two seconds
    take_stock(place)

    def nothing_to_do() -> None:
        plan = ask(take_stock(place))
        assert not (plan.due or plan.is_index_due or plan.is_repair_due)

    assert processor_seconds(nothing_to_do) < 1
