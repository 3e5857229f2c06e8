"""Two copies of the repository in two places give the same reports, to the last byte."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import processed, sources

COMMAND = "import sys; from analysis.cli import main; sys.argv[0] = 'workforce'; main()"
CLONED = ("src", "notebooks", "data", "docs", "requirements.lock", "pyproject.toml")
OF_THE_MACHINE = {".lock", ".state"}  # who ran last, and what files are where


def clone(root: Path) -> Path:
    """Copy what a clone has, with the changes that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *CLONED],
        cwd=sources.ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no clone of the repository")
    for name in listed.stdout.decode().split("\0"):
        if name and (sources.ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(sources.ROOT / name, root / name)
    return root


def refreshed(
    root: Path, *arguments: str, cores: set[int] | None = None, **environment: str
) -> dict[str, bytes]:
    """Refresh in a clone, on the cores that are given or all; return all that it left, by path."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "refresh", *arguments],
        env={
            **{name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"},
            "PYTHONPATH": str(root / "src"),
            "SOURCE_DATE_EPOCH": "1764054000",
            **environment,
        },
        cwd=root,
        preexec_fn=lambda: os.sched_setaffinity(0, cores) if cores else None,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        place.relative_to(root).as_posix(): place.read_bytes()
        for folder in ("reports", "data/processed")
        for place in (root / folder).rglob("*")
        if place.is_file() and not OF_THE_MACHINE & set(place.relative_to(root).parts)
    }


def judge(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    """Name what differs; the bytes themselves would fill screens."""
    assert one.keys() == other.keys()
    assert not [name for name in one if one[name] != other[name]]


def test_a_report_of_two_clones_is_the_same_to_the_byte(tmp_path):
    """Page, executed notebook, index, page of changes, record and run; the tables are brought."""
    processed.ensure()
    found = []
    for name, zone in (("one", "UTC"), ("the other one, elsewhere", "Asia/Kathmandu")):
        root = clone(tmp_path / name)
        shutil.copytree(sources.PROCESSED, root / "data" / "processed", dirs_exist_ok=True)
        found.append(refreshed(root, "--only", "settings", TZ=zone))
    judge(*found)
    expected = {"reports/index.html", "reports/changes.html", "reports/national/settings.html"}
    assert expected | {"reports/notebooks/settings.ipynb"} <= found[0].keys()


@pytest.mark.long
def test_the_national_reports_of_two_clones_are_the_same_to_the_byte(tmp_path):
    """From the raw files on, tables too; one clone has one core, the other all."""
    first = min(os.sched_getaffinity(0))
    one = refreshed(clone(tmp_path / "one"), "--group", "national", cores={first})
    root = clone(tmp_path / "the other one, elsewhere")
    judge(one, refreshed(root, "--group", "national", TZ="Asia/Kathmandu"))
    assert len([name for name in one if name.startswith("reports/national/")]) == 8
    assert len([name for name in one if name.endswith(".parquet")]) >= 50
