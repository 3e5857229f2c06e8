"""`papermill --engine workforce`: as papermill's own engine, or papermill's own engine."""

import logging
from pathlib import Path
from typing import Any

import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode, v4
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis.reporting.engine import papermill_engine
from analysis.reporting.engine.papermill_engine import WorkforceEngine

FAILS = Path(__file__).parent / "notebooks" / "fails.ipynb"


@pytest.fixture(autouse=True)
def _registered() -> None:
    papermill_engines.register("workforce", WorkforceEngine)


def execute(*cells: str, **options: Any) -> NotebookNode:
    notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "language": "python",
        "display_name": "Python",
    }
    return papermill.execute_notebook(
        notebook, None, engine_name="workforce", progress_bar=False, **options
    )


def test_cells_run_in_the_folder_given_and_are_marked_done(tmp_path: Path) -> None:
    done = execute("import os; os.getcwd()", cwd=tmp_path)
    assert done.cells[0].outputs[0].data["text/plain"] == repr(str(tmp_path))
    assert done.cells[0].metadata.papermill.status == "completed"
    assert done.metadata.papermill.duration > 0


def test_an_error_is_raised_as_papermill_raises_it(tmp_path: Path) -> None:
    with pytest.raises(PapermillExecutionError) as raised:
        papermill.execute_notebook(
            FAILS, tmp_path / "out.ipynb", engine_name="workforce", progress_bar=False
        )
    assert (raised.value.cell_index, raised.value.ename) == (3, "ZeroDivisionError")
    written = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert "halving" in written
    assert "papermill-error-cell" in written


def test_a_dead_process_and_a_slow_cell_are_raised_as_for_a_kernel() -> None:
    with pytest.raises(DeadKernelError, match="exit code 1"):
        execute("import os; os._exit(1)")
    with pytest.raises(CellTimeoutError, match="more than 1 seconds"):
        execute("while True: pass", execution_timeout=1)


def test_what_a_fork_cannot_do_is_left_to_papermill(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(papermill_engine, "CAN_FORK", False)
    with caplog.at_level(logging.WARNING, logger="papermill"):
        done = execute("6 * 7")
    assert done.cells[0].outputs[0].data["text/plain"] == "42"
    assert "papermill's own engine runs the notebook" in caplog.text


@pytest.mark.parametrize(
    ("kernel", "options", "reason"),
    [
        ("python3", {}, None),
        ("python3", {"execution_timeout": 3, "log_output": False}, None),
        ("python3", {"log_output": True}, "Engine workforce has no log_output"),
        ("ir", {}, "There is no kernel 'ir'"),
    ],
)
def test_a_reason_is_given_for_what_is_left_to_papermill(
    kernel: str, options: dict[str, Any], reason: str | None
) -> None:
    assert papermill_engine.why_not(kernel, options) == reason
