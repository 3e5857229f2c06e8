"""Settings that all tests share."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from analysis import cli
from analysis.reporting.catalogue import Report
from analysis.reporting.keys import here
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.publish import only_run
from analysis.reporting.refresh import Finished, refresh

os.environ.setdefault("MPLBACKEND", "agg")

# How long an example takes is the machine's affair, not the law's.
hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")


@pytest.fixture
def workforce(monkeypatch, capsys):
    """Run the command in this process: exit code, standard output, standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["workforce", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return command


@pytest.fixture(scope="session")
def build_reports():
    """Build reports into a folder, whether or not they are current; how the run ended."""

    def built(reports: Sequence[Report], folder: Path) -> Finished:
        place = replace(here(), reports=folder)
        with only_run(folder):
            names = [report.name for report in reports]
            return refresh(ask(take_stock(place, reports), only=names, force=True))

    return built


@pytest.fixture(scope="session")
def answering():
    """A program that answers each line of JSON with one: what starts it, and ends it after."""

    @contextlib.contextmanager
    def start(*program: object) -> Iterator[Callable[[dict[str, Any]], dict[str, Any]]]:
        with subprocess.Popen(
            [sys.executable, *program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:

            def ask(asked: dict[str, Any]) -> dict[str, Any]:
                process.stdin.write(f"{json.dumps(asked)}\n")
                process.stdin.flush()
                return json.loads(process.stdout.readline())

            yield ask
            process.stdin.close()

    return start
