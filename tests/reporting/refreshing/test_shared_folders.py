"""Folders that others use too: two users, file systems over a network, folders nobody may write."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

import pytest

from analysis import files, sources
from analysis.errors import AnotherRun
from analysis.reporting import publish
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.publish import only_run, prune_orphans
from analysis.reporting.refresh import refresh
from analysis.reporting.runs import read_run, run_ids

GROUP, ANNE, BEN = 20_000, 20_001, 20_002
RUN = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from analysis.cli.machine import machine_fault
from analysis.errors import AnotherRun
from killed_runs import place_in, run_once, stand_in
try:
    code = run_once(place_in(Path(sys.argv[2])), stand_in)
except AnotherRun as error:
    print(error)
    code = 3
except OSError as error:
    print(machine_fault(error))
    code = 1
sys.exit(code)
"""
COMMAND = "import sys; from analysis.cli import main; sys.argv[0] = 'workforce'; main()"


def pages_of(place) -> dict[str, str]:
    return {page.stem: page.read_text() for page in place.reports.glob("*/*.html")}


# Two users


@pytest.fixture
def shared(project):
    """A project that a group of users shares: their files are the group's."""
    if os.geteuid() or not shutil.which("setpriv"):
        pytest.skip("only root can act as two users, with setpriv")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        root.chmod(0o755)
        place = project(root)
        for each in [place.root, *place.root.rglob("*")]:
            os.chown(each, ANNE, GROUP)
            each.chmod(0o2775 if each.is_dir() else 0o664)
        yield place


def run_as(user: int, umask: int, place) -> subprocess.CompletedProcess[str]:
    """Refresh everything as one of the users, who may read Python wherever it lies."""
    reading = "-all,+dac_read_search"
    return subprocess.run(
        [
            *("setpriv", f"--reuid={user}", f"--regid={GROUP}", "--clear-groups"),
            *(f"--inh-caps={reading}", f"--ambient-caps={reading}"),
            *(sys.executable, "-c", RUN, Path(__file__).parent, place.root),
        ],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(sources.ROOT / "src"),
            "HOME": "/nonexistent",
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_users_of_one_group_refresh_in_turn(shared):
    """With umask 002 each may replace what the other has written, the lock's file too."""
    for user in (ANNE, BEN):
        done = run_as(user, 0o002, shared)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (shared.reports / publish.LOCK).stat().st_uid == ANNE
    written = [each for each in shared.reports.rglob("*") if each.is_file()]
    assert {each.stat().st_gid for each in written} == {GROUP}
    assert all(each.stat().st_mode & stat.S_IWGRP for each in written)
    assert {status.state for status in take_stock(shared).statuses} == {"current"}


def test_a_user_who_may_not_write_there_is_told_so_or_who_is_at_work(shared):
    """With umask 022 what Anne has made is hers alone."""
    shutil.rmtree(shared.reports)
    shared.root.chmod(0o755)
    assert run_as(ANNE, 0o022, shared).returncode == 0
    before = pages_of(shared)
    done = run_as(BEN, 0o022, shared)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{publish.LOCK}: Permission denied. Give this user the right to write" in done.stdout
    with only_run(shared.reports):
        done = run_as(BEN, 0o022, shared)
    assert done.returncode == 3
    assert "is at work in" in done.stdout
    assert pages_of(shared) == before


# Folders that may not be written


@pytest.fixture(scope="module")
def copy(project, tmp_path_factory):
    """A project with the package's code beside it, so that the command works on it."""
    place = project(tmp_path_factory.mktemp("copy"))
    shutil.rmtree(place.root / "src")
    for name in ("src", "data/raw"):
        shutil.copytree(
            sources.ROOT / name,
            place.root / name,
            ignore=shutil.ignore_patterns("__pycache__"),
            dirs_exist_ok=True,
        )
    return place


@pytest.fixture
def read_only(tmp_path):
    """What makes a folder one that may be read and not written, until the test ends."""
    mounted, closed = [], []

    def close(folder: Path) -> None:
        if os.geteuid():
            folder.chmod(0o555)
            closed.append(folder)
            return
        mount = ["mount", "--bind", folder, folder]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("root is stopped by a read-only mount alone, and may not mount here")
        mounted.append(folder)
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)

    yield close
    for folder in mounted:
        subprocess.run(["umount", "--lazy", folder], check=True)
    for folder in closed:
        folder.chmod(0o755)


def workforce(place, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        env={**os.environ, "PYTHONPATH": str(place.root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_read_only_folders_of_reports_and_tables_are_told_in_a_sentence(copy, read_only):
    """`status` needs to write nowhere, and does its work."""
    read_only(copy.reports)
    for command in (["refresh"], ["report", "evidence"]):
        done = workforce(copy, *command)
        assert done.returncode == 1
        assert "reports/.lock: Read-only file system. Mount it for writing" in done.stderr or (
            "reports/.lock: Permission denied. Give this user the right" in done.stderr
        )
        assert "Traceback" not in done.stderr
    assert list(copy.reports.iterdir()) == []
    read_only(copy.processed)
    before = {each: each.stat().st_mtime_ns for each in copy.processed.rglob("*")}
    done = workforce(copy, "clean")
    assert done.returncode == 1
    assert "Whatever was in place before is whole." in done.stderr
    assert "Traceback" not in done.stderr
    assert {each: each.stat().st_mtime_ns for each in copy.processed.rglob("*")} == before
    done = workforce(copy, "status")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("4 missing")


# File systems over a network


@pytest.mark.parametrize(
    ("step", "number", "is_done"),
    [
        (0, errno.ESTALE, False),
        (1, errno.EBUSY, False),
        (2, errno.EIO, True),
        (5, errno.ENOENT, True),
        (11, errno.ESTALE, True),
    ],
)
def test_a_rename_that_a_server_refuses_stops_the_run_and_the_next_one_mends(
    place, run, pages, states, monkeypatch, number, is_done, step
):
    """Of a lost answer a client knows not whether the server has renamed: both are tried."""
    run()
    renamed = Path.replace
    left = iter(range(step))

    def replace(aside, target):
        if next(left, None) is not None:
            return renamed(aside, target)
        if is_done:
            renamed(aside, target)
        raise OSError(number, os.strerror(number), str(aside))

    with monkeypatch.context() as patch:
        patch.setattr(files.Path, "replace", replace)
        pages.usd = 52000.0
        finished = run(force=True)
    assert (finished.exit_code, finished.run.outcome) == (1, "stopped")
    assert all(text.startswith("<p>") for text in pages_of(place).values())
    assert not list(place.reports.rglob(".*.part"))
    run()
    assert set(states().values()) == {("current", ())}
    assert "running" not in {
        read_run(each, place.reports).outcome for each in run_ids(place.reports)
    }


def test_what_a_server_keeps_of_open_files_is_nobodys_page(place, run, states, monkeypatch):
    """NFS renames a file that is removed or replaced while open to .nfs and a number."""
    run()
    replaced, removed, numbers = Path.replace, Path.unlink, count()

    def kept(target: Path) -> None:
        if target.exists():
            os.link(target, target.with_name(f".nfs{target.stat().st_ino:016x}{next(numbers):08x}"))

    def replace(aside, target):
        kept(Path(target))
        return replaced(aside, target)

    def unlink(target, missing_ok=False):
        kept(target)
        removed(target, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(files.Path, "replace", replace)
        patch.setattr(files.Path, "unlink", unlink)
        assert run(force=True, keep=1).exit_code == 0
        (place.notebooks / "catalogue.toml").write_text(
            '[[reports]]\ngroup = "national"\nnotebook = "outlook"\n'
        )
        gone = prune_orphans(place.reports, take_stock(place).statuses)
    assert len(gone) == 3
    assert list(place.reports.rglob(".nfs*"))
    assert states() == {"outlook": ("current", ())}
    finished = refresh(ask(take_stock(place)), build=lambda *_, **__: iter(()), keep=1)
    assert finished.exit_code == 0
    assert run_ids(place.reports) == [finished.run.run_id]
    assert ".nfs" not in (place.reports / "index.html").read_text()


def test_a_file_system_without_locks_is_told_in_a_sentence(tmp_path, monkeypatch):
    def flock(file, how):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(files.fcntl, "flock", flock)
    with pytest.raises(OSError, match="No locks available") as error, only_run(tmp_path):
        pass
    assert error.value.filename == str(tmp_path / publish.LOCK)
    assert not isinstance(error.value, AnotherRun)
