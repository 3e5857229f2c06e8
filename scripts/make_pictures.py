"""Make the pictures of the README: the map from the data, the pages as a reader sees them.

It needs Chromium and the national reports. Run it as:

    workforce refresh --group national
    python scripts/make_pictures.py
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from analysis import figures, processed, sources
from analysis.studies.places import states

FOLDER = sources.ROOT / "docs" / "pictures"
REPORTS = sources.ROOT / "reports"
WIDTH, HEIGHT = 1200, 860
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Where a picture goes, the page it is of, and the part of it; "" for what a reader sees first.
PAGES = (
    ("index_page.png", "index.html", ""),
    ("what_if.png", "national/roi.html", "[data-live=what-if]"),
)


def main() -> None:
    """Write each picture, or say what is missing."""
    browser_path = next(filter(None, map(shutil.which, NAMES)), None)
    absent = [page for _, page, _ in PAGES if not (REPORTS / page).exists()]
    if browser_path is None:
        sys.exit(f"A browser must be on PATH: one of {', '.join(NAMES)}.")
    if absent:
        sys.exit(f"Build the reports first (workforce refresh --group national): no {absent[0]}.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw_map()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, page, part in PAGES:
            photograph(browser, REPORTS / page, part, FOLDER / name)
        browser.close()


def draw_map() -> None:
    """Draw the map of the states."""
    tables = processed.Tables()
    chart = figures.state_map(states(tables), tables["states"])
    (FOLDER / "state_map.svg").write_text(chart.svg + "\n", encoding="utf-8")


def photograph(browser: Browser, page: Path, part: str, picture: Path) -> None:
    """Take a picture of a page, or of a part of it."""
    opened = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    opened.goto(page.as_uri())
    if part:
        opened.locator(part).screenshot(path=picture)
    else:
        opened.screenshot(path=picture)
    opened.close()


if __name__ == "__main__":
    main()
