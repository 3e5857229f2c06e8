"""Commands in processes that can be stopped anywhere: started by tests with a line of JSON each.

    python stopped_commands.py

A line says what to `do` with which `given`, and what kills it: `step` before its so-many-th step on
the disk (a file opened to be written, renamed or removed, a folder made), `after_seconds` by the
clock. Where both are null it ends by itself. The answer has its exit code (below 0: the signal),
the steps it took, its seconds and what it told.
Each command runs in a process forked from this one, which has imported all there is to import.
"""

import contextlib
import io
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from analysis import cli, processed, sources
from analysis.cleaning import recipes
from analysis.cleaning.acs.ingest import ingest_acs
from analysis.cleaning.oews.ingest import ingest_oews
from analysis.fetching.fetch import fetch
from analysis.fetching.settings import FetchSettings
from analysis.reporting.runs import Run
from analysis.reporting.survey import write_cleaned

RUN = Run(run_id="1", started_at="2026-11-22 06:00 UTC", code_version="0")
STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
STATES = sources.RAW / "geography" / "states.csv"


def clean(folder: str) -> None:
    """Write the processed tables; cleaning itself, which touches no disk, is done but once."""
    processed.build(Path(folder))


def survey(file: str, columns: str, out: str) -> None:
    """Clean a file of pay records."""
    write_cleaned(Path(file), columns=Path(columns), out=Path(out), run=RUN)


def oews(path: str, folder: str) -> None:
    """Ingest a wage release."""
    ingest_oews(Path(path), folder=Path(folder), states=STATES, at="2026-11-25T18:00:00+00:00")


def acs(path: str, folder: str) -> None:
    """Ingest person records."""
    ingest_acs(Path(path), folder=Path(folder))


def bring(address: str, folder: str) -> None:
    """Fetch a release from a server of this machine."""
    settings = FetchSettings(mirrors={"https://download.bls.gov": address})
    fetch("cpi", today=date(2026, 11, 25), settings=settings, folder=Path(folder))


COMMANDS: dict[str, Callable[..., None]] = {
    "clean": clean,
    "survey": survey,
    "oews": oews,
    "acs": acs,
    "fetch": bring,
}


class Steps:
    """Counts steps on the disk, and kills this process before one of them."""

    def __init__(self, last: int | None) -> None:
        self.taken = 0
        self._last = last

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hear of what Python is about to do."""
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
        if writes or event in STEPS:
            if self.taken == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
            self.taken += 1


def run(asked: dict[str, Any], answer: int) -> int:
    """Do what was asked as the command line would; return the exit code."""
    cli.app = lambda: COMMANDS[asked["do"]](**asked["given"])
    steps = Steps(asked.get("step"))
    sys.addaudithook(steps)
    told = io.StringIO()
    code = 0
    with contextlib.redirect_stderr(told):
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        except Exception:
            code = 70
            traceback.print_exc()
    os.write(answer, json.dumps({"steps": steps.taken, "told": told.getvalue()}).encode())
    return code


def serve() -> None:
    """Do what each line asks for."""
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.monotonic()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                code = run(asked, writing)
            finally:
                os._exit(code)
        os.close(writing)
        if asked.get("after_seconds") is not None:
            time.sleep(asked["after_seconds"])
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        with os.fdopen(reading, "rb") as pipe:
            said = json.loads(pipe.read() or b'{"steps": 0, "told": ""}')
        seconds = time.monotonic() - began
        answer = {"code": os.waitstatus_to_exitcode(status), "seconds": seconds, **said}
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.fsync = id  # a kill takes nothing from the disk that was written
    done = {name: each.clean() for name, each in recipes.RECIPES.items()}
    recipes.RECIPES = {
        name: replace(each, clean=partial(done.get, name)) for name, each in recipes.RECIPES.items()
    }
    serve()
