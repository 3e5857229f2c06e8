"""What an analyst does: start JupyterLab, open a notebook, run all of it, choose something."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page, expect

from analysis import sources

pytestmark = pytest.mark.long

NOTEBOOKS = sorted(path.name for path in sources.NOTEBOOKS.glob("*.ipynb"))
STARTED_S = 600
RUN_MS = 180_000
TROUBLE = "[data-mime-type='application/vnd.jupyter.stderr']"  # of errors as of warnings
QUIET = {  # no question about news, which would ask the network
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[tuple[Path, str]]:
    """The folder of a JupyterLab on loopback, empty as yet, and its address."""
    assert chromium
    folder = tmp_path_factory.mktemp("lab")
    root = folder / "notebooks"
    root.mkdir()
    settings = folder / "app" / "overrides.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps(QUIET))
    port, token = free_port(), secrets.token_hex(16)
    own = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.root_dir={root}",
                f"--IdentityProvider.token={token}",
                f"--LabApp.app_settings_dir={settings.parent}",
                f"--LabApp.workspaces_dir={folder / 'workspaces'}",
                f"--LabApp.user_settings_dir={folder / 'settings'}",
            ],
            env=os.environ | own | {"IPYTHONDIR": str(folder / "ipython")},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/api?token={token}", server, folder / "lab.log")
        yield root, f"http://127.0.0.1:{port}/lab/tree/{{}}?token={token}&reset"
    finally:
        server.terminate()
        server.wait(timeout=300)


def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_until_up(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the server answers; fail with its log where it does not."""
    end = time.monotonic() + STARTED_S
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.fixture
def opened(lab: tuple[Path, str], browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a copy of a notebook without outputs, under a name and with a kernel of its own."""
    root, address = lab
    contexts = []

    def open_copy(name: str, *, old: str = "", new: str = "") -> Page:
        copied = f"{secrets.token_hex(4)}-{name}"
        notebook = nbformat.read(sources.NOTEBOOKS / name, as_version=4)
        for cell in notebook.cells:
            cell.source = cell.source.replace(old, new) if old else cell.source
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, root / copied)
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 1000}))
        page = contexts[-1].new_page()
        page.goto(address.format(copied))
        return page

    yield open_copy
    for context in contexts:
        context.close()


@pytest.fixture
def run_all(opened: Callable[..., Page]) -> Callable[[str], Page]:
    """Open a notebook by its name, run all its cells from the menu, and wait for the end."""

    def ran(name: str) -> Page:
        page = opened(name)
        run_all_cells(page)
        last = page.locator(".jp-CodeCell .jp-InputPrompt").last
        expect(last).to_have_text(f"[{code_cells(name)}]:", timeout=RUN_MS)
        return page

    return ran


def run_all_cells(page: Page) -> None:
    """Choose Run All Cells from the menu, once the kernel is there."""
    expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=300_000)
    status = page.locator("#jp-main-statusbar").get_by_text("| Idle")
    expect(status).to_be_visible(timeout=300_000)
    page.locator(".lm-MenuBar-itemLabel").get_by_text("Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Run All Cells", exact=True).click()


def code_cells(name: str) -> int:
    """Count the code cells of a notebook."""
    notebook = json.loads((sources.NOTEBOOKS / name).read_text(encoding="utf-8"))
    return sum(cell["cell_type"] == "code" for cell in notebook["cells"])


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_opens_and_runs_from_top_to_bottom(run_all, name):
    page = run_all(name)
    assert page.locator(TROUBLE).count() == 0
    assert page.locator(".jp-RenderedSVG img").count() > 2
    assert page.locator(".jp-OutputArea-output table").count() > 1
    assert page.locator("mjx-container").count() == 0, "dollars were typeset as a formula"


def test_the_controls_of_the_tour_move_its_answers(run_all):
    page = run_all("explore.ipynb")
    pay, worth, _, own = (page.locator(".widget-html-content").nth(place) for place in range(4))
    expect(pay).to_contain_text("in the United States")
    before = worth.inner_text()
    page.get_by_label("Place").select_option("Ohio")
    expect(pay).to_contain_text("in Ohio", timeout=300_000)
    page.get_by_label("Credential").select_option("CCS")
    expect(worth).to_contain_text("CCS by", timeout=300_000)
    assert worth.inner_text() != before
    expect(own).to_contain_text("synthetic")


def test_a_wrong_parameter_is_told_in_a_sentence(opened):
    page = opened("salary.ipynb", old='area: str = "US"', new='area: str = "Ohioo"')
    run_all_cells(page)
    told = page.locator(TROUBLE)
    expect(told).to_contain_text("WrongInput: area", timeout=300_000)
    assert "Traceback" not in told.inner_text()
