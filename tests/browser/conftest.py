"""A real Chromium, and the real pages for it: built once, whoever asks first.

    def test_a_page_fetches_nothing(open_page):
        visit = open_page("national/salary.html", width=390, color_scheme="dark")
        assert visit.requests == [visit.page.url] and not visit.console_errors

`browser` and what rests on it live as long as one module: Playwright keeps an event loop
running, in which no other test could run a notebook.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from analysis import sources
from analysis.reporting.catalogue import read_catalogue
from analysis.reporting.runs import Run
from analysis.reporting.survey import write_cleaned

# As different as the data allow: large, suppressed cells, two territories, the district.
STATE_PAGES = ("outlook-vt", "roi-tx", "salary-ca", "salary-gu", "outlook-dc")
RUN = Run(run_id="browser-tests", started_at="2026-11-24 06:00 UTC", code_version="tests")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page open in the browser, and all it said and asked for since."""

    page: Page
    console_errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, build_reports: Any) -> Path:
    """The folder of all national reports, five of states, a survey's page and the index."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # all workers of one run have this one in common
    folder = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            built = shared / "site.part"
            shutil.rmtree(built, ignore_errors=True)
            _build(built, build_reports)
            built.rename(folder)
    return folder


def _build(folder: Path, build_reports: Any) -> None:
    """Build the pages; a report that fails stops the tests with its own message."""
    reports = [
        listed
        for listed in read_catalogue()
        if listed.group == "national" or listed.name in STATE_PAGES
    ]
    done = build_reports(reports, folder).run.reports.items()
    if failed := [
        f"{name}: {report.record}" for name, report in done if report.outcome == "failed"
    ]:
        raise RuntimeError("\n".join(["These reports could not be built:", *failed]))
    demo = sources.RAW / "demo_survey"
    write_cleaned(
        demo / "demo_survey_synthetic.csv",
        columns=demo / "columns.toml",
        out=folder / "survey",
        run=RUN,
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the system's Chromium lies; without one the test is skipped, and says so."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"no browser on PATH: install one of {', '.join(NAMES)} to run this test")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    """Open a page of the site from its file: `open_page("index.html", width=360)`.

    Any path will do, absolute or below `site`. `options` are those of a browser context:
    color_scheme, reduced_motion, bypass_csp, java_script_enabled, ...
    """
    yield from _opening(browser, site)


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open any page as `open_page` does, without building the site."""
    yield from _opening(browser, Path())


@pytest.fixture(scope="module")
def open_page_once(browser: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    """Open a page as `open_page` does, for all tests of a module."""
    yield from _opening(browser, site)


def _opening(browser: Browser, site: Path) -> Iterator[Callable[..., Visit]]:
    """Yield what opens pages; close them all in the end."""
    contexts = []

    def opened(place: str | Path, *, width: int = 1440, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.on("console", lambda said: _keep(said, visit.console_errors))
        visit.page.on("pageerror", lambda error: visit.console_errors.append(str(error)))
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        visit.page.goto((site / place).as_uri())
        return visit

    yield opened
    for context in contexts:
        context.close()


def _keep(said: Any, errors: list[str]) -> None:
    """Keep what the console calls an error or a warning."""
    if said.type in ("error", "warning"):
        errors.append(f"{said.type}: {said.text}")
