"""Runs in processes that can be killed: started by tests with a line of JSON for each.

    python killed_runs.py ROOT real|stand-in

A line is `{"signal": 9, "after_seconds": 0.3, "after_reports": null}`: when to send the signal, by
the clock or once so many reports are in place; two `null` let the run end by itself. The answer is
a line with its exit code and how long it took.
"""

import json
import os
import signal
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from analysis import sources
from analysis.reporting.build import Builder, Page, build_pages
from analysis.reporting.keys import Place, here
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.progress import Progress
from analysis.reporting.publish import only_run
from analysis.reporting.refresh import refresh

STEPS = (
    "analysis.lazy:spare",
    "analysis.reporting.engine.notebook",
    "analysis.reporting.engine.shell",
    "analysis.reporting.build",
)


def place_in(root: Path) -> Place:
    """Return where a stand-in project lies."""
    return replace(
        here(),
        root=root,
        notebooks=root / "notebooks",
        processed=root / "data" / "processed",
        reports=root / "reports",
    )


def stand_in(reports, *, run, before, started):
    """Make pages of 300 kB without notebooks, a few milliseconds each."""
    for report in reports:
        started(report)
        time.sleep(0.005)
        html = f"<p>{report.name} {run.run_id}</p>{'x' * 300_000}</html>"
        notebook = json.dumps({"cells": [], "metadata": {}, "padding": "x" * 100_000})
        yield report, Page(html=html, key_figures=(), seconds=0.005, notebook=notebook)


class Telling(Progress):
    """Writes a byte to a pipe for each report that is in place."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe

    def ended(self, name: str, seconds: float | None, error: str) -> None:  # noqa: ARG002
        """Tell of one."""
        os.write(self._pipe, b".")


def run_once(place: Place, build: Builder, progress: Progress | None = None) -> int:
    """Refresh everything."""
    with only_run(place.reports):
        plan = ask(take_stock(place), force=True)
        return refresh(plan, build=build, progress=progress).exit_code


def serve(place: Place, build: Builder) -> None:
    """Run, and end the run as each line asks for."""
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.monotonic()
        told, telling = os.pipe()
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                code = run_once(place, build, Telling(telling))
            finally:
                os._exit(code)
        os.close(telling)
        if asked["after_seconds"] is not None:
            time.sleep(asked["after_seconds"])
            os.kill(pid, asked["signal"])
        if asked["after_reports"] is not None:
            for _ in range(asked["after_reports"]):
                os.read(told, 1)
            os.kill(pid, asked["signal"])
        _, status = os.waitpid(pid, 0)
        os.close(told)
        code = os.waitstatus_to_exitcode(status)
        sys.stdout.write(f"{json.dumps({'code': code, 'seconds': time.monotonic() - began})}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGHUP):  # a shell, or nohup, may have them ignored
        signal.signal(number, signal.SIG_DFL)
    project = place_in(Path(sys.argv[1]))
    sources.NOTEBOOKS = project.notebooks
    serve(project, partial(build_pages, steps=STEPS) if sys.argv[2] == "real" else stand_in)
