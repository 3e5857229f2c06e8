"""A notebook run in a fork has the same outputs, cell by cell, as in a kernel of its own."""

import base64
import json
import multiprocessing
import re
import struct
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from analysis import sources
from analysis.reporting.engine.limits import Limits
from analysis.reporting.engine.notebook import ExecutedNotebook, NotebookTask
from analysis.reporting.engine.pool import Pool

HOSTILE = Path(__file__).parent / "notebooks"
NOTEBOOKS = [*sorted(HOSTILE.glob("*.ipynb")), *sorted(sources.NOTEBOOKS.glob("*.ipynb"))]
CHANGING = {  # what differs between any two runs of the same engine
    r"0x[0-9a-f]{6,}": "0xADDRESS",
    r"(/[\w.-]{1,40}){1,6}/ipykernel_\d+": "ipykernel",
    r"\b[0-9a-f]{32}\b": "ID",
    r'(id="|#)[a-z]+[0-9a-f]{10}': r"\1ID",
    r"<dc:date>[^<]*": "<dc:date>",
}
IDS = ("model_id", "layout", "style", "children", "msg_id")
TIMED_OUT = "CellTimeoutError"


@pytest.fixture(scope="module", autouse=True)
def _same_backend() -> Iterator[None]:
    """Let figures go into notebooks, in both engines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        yield


@pytest.fixture(scope="module")
def forked(_same_backend: None) -> Mapping[str, ExecutedNotebook]:
    """Every notebook, run in a fork."""
    with Pool(jobs=2) as pool:
        outcomes = list(pool.as_completed(task(path) for path in NOTEBOOKS))
    assert [outcome.failure for outcome in outcomes if outcome.failure] == []
    return {outcome.task.name: outcome.value for outcome in outcomes}


@pytest.fixture(scope="module")
def in_kernels(_same_backend: None) -> Mapping[str, ExecutedNotebook]:
    """Every notebook, run by papermill's own engine; again where a kernel's reply was lost.

    A kernel that has answered and a client that waits for the answer were seen on a loaded
    machine; the limit on a cell ends the wait.
    """
    with (
        pytest.MonkeyPatch.context() as patch,
        ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as workers,
    ):
        patch.delenv("PYTEST_CURRENT_TEST")  # ipykernel captures less where it sees this
        waiting = {path: workers.submit(task(path), None) for path in NOTEBOOKS}
        done = {path: future.result() for path, future in waiting.items()}
        lost = [path for path, run in done.items() if run.error and run.error.name == TIMED_OUT]
        again = {path: workers.submit(task(path), None) for path in lost}
        done |= {path: future.result() for path, future in again.items()}
        return {path.stem: run for path, run in done.items()}


def task(path: Path) -> NotebookTask:
    limits = Limits(seconds=1200, cell_seconds=300)
    return NotebookTask(name=path.stem, notebook=path, cwd=path.parent, limits=limits)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_both_engines_give_the_same_outputs(
    path: Path,
    forked: Mapping[str, ExecutedNotebook],
    in_kernels: Mapping[str, ExecutedNotebook],
) -> None:
    in_fork, in_kernel = forked[path.stem], in_kernels[path.stem]
    assert error(in_fork) == error(in_kernel)
    pairs = zip(cells(in_fork), cells(in_kernel), strict=True)
    assert [shown(ours, theirs) for ours, theirs in pairs if ours != theirs] == []
    assert kinds_of_widgets(in_fork) == kinds_of_widgets(in_kernel)
    assert images(in_fork) == images(in_kernel)


def test_no_figure_is_lost(forked: Mapping[str, ExecutedNotebook]) -> None:
    """displays.ipynb draws nine: two by plt.plot, two more, one closed and shown, one made
    without pyplot that is shown since pyplot is in use, seaborn's, an SVG, a transparent one."""
    assert len(images(forked["displays"])) == 9


def cells(executed: ExecutedNotebook) -> list[dict[str, Any]]:
    """What a reader sees of each cell."""
    return [
        {
            "source": cell["source"],
            "count": cell.get("execution_count"),
            "outputs": [plain(output) for output in merged(cell.get("outputs", []))],
            "timed": sorted(cell["metadata"].get("execution", {})),
            "status": cell["metadata"].get("papermill", {}).get("status"),
        }
        for cell in json.loads(executed.notebook)["cells"]
    ]


def shown(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    """Both in short: pytest would compare a megabyte letter by letter."""
    return f"{str(ours)[:600]}\n    is in a kernel of its own\n{str(theirs)[:600]}"


def merged(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join pieces of a stream: a kernel cuts it wherever a fifth of a second ends."""
    done: list[dict[str, Any]] = []
    for output in outputs:
        before = done[-1] if done else {}
        if output.get("name") and output.get("name") == before.get("name"):
            done[-1] = {**before, "text": [*before["text"], *output["text"]]}
        else:
            done.append(output)
    return [
        {**output, "text": "".join(output["text"])} if "text" in output else output
        for output in done
    ]


def plain(output: Any) -> Any:
    """Take out what differs from run to run; a bitmap becomes its size."""
    if isinstance(output, dict):
        return {
            name: size(value)
            if name == "image/png"
            else name
            if name in IDS
            else plain("".join(value) if name.startswith(("text/", "image/")) else value)
            for name, value in output.items()
        }
    if isinstance(output, list):
        return [plain(item) for item in output]
    if isinstance(output, str):
        for pattern, stands in CHANGING.items():
            output = re.sub(pattern, stands, output)
    return output


def size(png: str) -> tuple[int, int]:
    """Width and height of a PNG, from its header."""
    width, height = struct.unpack(">II", base64.b64decode("".join(png))[16:24])
    return width, height


def images(executed: ExecutedNotebook) -> list[Any]:
    """Every picture: a bitmap by its size, a drawing by its length."""
    return [
        size(data[kind]) if kind == "image/png" else len(plain("".join(data[kind])))
        for cell in json.loads(executed.notebook)["cells"]
        for output in cell.get("outputs", [])
        for data in [output.get("data", {})]
        for kind in sorted(data)
        if kind.startswith("image/")
    ]


def kinds_of_widgets(executed: ExecutedNotebook) -> list[str]:
    """The widgets whose state the notebook keeps."""
    stored = json.loads(executed.notebook)["metadata"].get("widgets", {})
    states = stored.get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    return sorted(
        json.dumps([state["model_name"], sorted(state["state"])]) for state in states.values()
    )


def error(executed: ExecutedNotebook) -> tuple[Any, ...] | None:
    """Which cell failed, and how."""
    return executed.error and (
        executed.error.cell,
        executed.error.name,
        plain(executed.error.message),
    )
