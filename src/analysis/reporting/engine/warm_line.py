"""The driver's end of the line to a warm process."""

import json
import os
import pickle
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import Any

from analysis.reporting.engine import frames
from analysis.reporting.engine.limits import Usage
from analysis.reporting.engine.outcome import Failure, Outcome, Task, failure_of

LAST_BYTES = 2000
END_SECONDS = 5

STEPS = (
    "analysis.reporting.engine.spared_imports:spare",
    "IPython.core.completer",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.pylabtools",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "pandas",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pyarrow.parquet",
    "seaborn",
    "statsmodels.api",
    "statsmodels.formula.api",
    "analysis.reporting.engine.notebook_run",
    "analysis.reporting.engine.papermill_engine",
    "analysis.reporting.engine.shell_engine",
    "analysis.reporting.engine.warm_up:everything",
)

# read when libraries are imported: one thread each, and figures go into the notebook
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "_RJEM_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class NoWarmProcess(Exception):  # noqa: N818 - it says what happened
    """The warm process did not start, or is gone."""


class WarmLine:
    """A warm process, started at once and warm some seconds later.

    Parameters
    ----------
    steps : sequence of str
        What it does to get warm, in order: a module to import, or "module:function" to call
        without arguments.
    """

    def __init__(self, *, steps: Sequence[str] = STEPS) -> None:
        self.is_warm = False
        self.threads: list[str] = []
        self._line, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._stderr = frames.new_file("stderr")
        settings = {
            "line": there.fileno(),
            "folder": tempfile.mkdtemp(prefix="workforce-"),
            "steps": list(steps),
        }
        module = "analysis.reporting.engine.warm_process"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, json.dumps(settings)],
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
            pass_fds=[there.fileno()],
            start_new_session=True,
        )
        there.close()

    @property
    def pid(self) -> int:
        """The warm process."""
        return self._process.pid

    def submit(self, number: int, task: Task) -> None:
        """Have a task run; what becomes of it comes by `receive`, also if the line is broken."""
        file = frames.new_file("task", pickle.dumps(task, protocol=5))
        try:
            with suppress(OSError):  # the line is broken: `receive` says so, of all that runs
                frames.send(self._line, {"id": number, "limits": asdict(task.limits)}, [file])
        finally:
            os.close(file)

    def end(self, number: int) -> None:
        """Call a task off."""
        with suppress(OSError):
            frames.send(self._line, {"end": number})

    def receive(self) -> tuple[int, Callable[[Task], Outcome]]:
        """Wait for the end of a task; return its number, and what makes its outcome.

        Raises
        ------
        NoWarmProcess
            It did not start, or is gone.
        """
        while True:
            received = frames.receive(self._line)
            if received is None:
                raise NoWarmProcess(f"the warm process is gone: {self._last_words()}")
            frame, files = received
            if "ready" in frame:
                self.is_warm = True
                self.threads = frame["threads"]
                continue
            return frame["id"], partial(outcome, end=frame, **contents(files))

    def close(self) -> None:
        """End the warm process and all it has forked."""
        self._line.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._stderr)

    def _last_words(self) -> str:
        """Say how the warm process ended."""
        try:
            code = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            return "it does not answer"
        last = frames.read_file(self._stderr, LAST_BYTES).decode(errors="replace").strip()
        return f"exit code {code}" + (f", {last.splitlines()[-1]}" if last else "")


def contents(files: Sequence[int]) -> dict[str, Any]:
    """Read and close what a task has written: its result, and the last of its standard error."""
    try:
        return {
            "result": frames.read_file(files[0]) if files else b"",
            "log": frames.read_file(files[2], LAST_BYTES).decode(errors="replace") if files else "",
        }
    finally:
        for file in files:
            os.close(file)


def outcome(task: Task, *, end: dict[str, Any], result: bytes, log: str) -> Outcome:
    """Make an outcome of what the warm process said of the end of a task."""
    if "refused" in end:
        failure = Failure(reason="engine", cell=None, message=end["refused"], log="")
        return Outcome(task=task, value=None, failure=failure, usage=None)
    usage = Usage(**end["usage"])
    if not end["done"] or end["cut"]:
        log = "\n".join(filter(None, [end["printed"], log]))
        return Outcome(task=task, value=None, failure=failure_of(task, end, log), usage=usage)
    kind, value = pickle.loads(result)
    if kind == "value":
        return Outcome(task=task, value=value, failure=None, usage=usage)
    message = f"{task.name}: {value.strip().splitlines()[-1]}"
    failure = Failure(reason="engine", cell=None, message=message, log=value)
    return Outcome(task=task, value=None, failure=failure, usage=usage)
