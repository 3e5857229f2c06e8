"""Schedules work as they lie in docs/scheduling and .github/workflows."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from analysis import sources

PLACES = sources.ROOT / "docs" / "scheduling"
WORKFLOW = sources.ROOT / ".github" / "workflows" / "refresh.yml"
UNITS = ("workforce-refresh.service", "workforce-refresh.timer", "workforce-failed.service")
TARGETS = set(re.findall(r"^([a-z-]+):", (sources.ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        text = (PLACES / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("/srv/workforce", str(sources.ROOT)))
    checked = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_timer_and_cron_say_the_same_moment() -> None:
    timer = (PLACES / "workforce-refresh.timer").read_text(encoding="utf-8")
    assert "OnCalendar=Mon *-*-* 06:15:00" in timer
    minute, hour, *_, weekday, _ = cron_line().split(maxsplit=5)
    assert (hour, minute, weekday) == ("6", "15", "1")


def test_the_cron_command_is_one_that_a_shell_can_read() -> None:
    command = cron_line().split(maxsplit=5)[5]
    subprocess.run(["sh", "-n", "-c", command], check=True)
    assert "%" not in command  # cron would take it for the end of a line


@pytest.mark.parametrize(("code", "is_told"), [(0, False), (1, True), (2, True), (3, False)])
def test_cron_mails_what_a_failed_run_said_and_nothing_else(
    tmp_path: Path, code: int, is_told: bool
) -> None:
    """cron mails what is printed; 3 says that another run is at work."""
    program = tmp_path / ".venv" / "bin" / "workforce"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho so it ended >&2\nexit {code}\n")
    program.chmod(0o755)
    (tmp_path / "reports").mkdir()
    ran = subprocess.run(
        ["sh", "-c", cron_line().split(maxsplit=5)[5]],
        env={"PROJECT": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout + ran.stderr == ("so it ended\n" if is_told else "")
    assert re.search(r"^MAILTO=\S+$", (PLACES / "crontab").read_text(), flags=re.MULTILINE)


def test_a_failed_unit_starts_one_that_tells_somebody() -> None:
    service = (PLACES / "workforce-refresh.service").read_text(encoding="utf-8")
    assert "OnFailure=workforce-failed.service" in service


def test_make_lab_starts_the_scheduler_that_the_document_promises() -> None:
    """In the folder that it serves: jupyter-scheduler puts files below the one it started in."""
    promised = (PLACES / "README.md").read_text(encoding="utf-8")
    (option,) = re.findall(r"^jupyter lab (--Scheduler\S+)$", promised, flags=re.MULTILINE)
    made = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", "lab"],  # below `make test` it would print it
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    command = " ".join(made.stdout.replace("\\\n", " ").split())
    assert re.search(
        rf"cd notebooks && \S+/jupyter lab explore\.ipynb {re.escape(option)}$", command
    )


def cron_line() -> str:
    lines = (PLACES / "crontab").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if re.match(r"[\d*]", line))


def test_the_workflow_is_read_as_it_is_meant() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert workflow[True]["schedule"] == [{"cron": "15 6 * * 1"}]  # YAML reads `on` as true
    assert workflow["permissions"] == {"contents": "read"}
    steps = workflow["jobs"]["refresh"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    assert commands == ["make refresh"]
    assert {command.removeprefix("make ") for command in commands} <= TARGETS
    assert all(re.search(r"@v\d+$", step["uses"]) for step in steps if "uses" in step)
