"""One run at a time: who comes second is told who is first, and the dead hold nothing."""

import os
import signal
import subprocess
import sys
import time

import pytest

from analysis import sources
from analysis.errors import AnotherRun
from analysis.reporting.publish import only_run

HOLD = (
    "import sys, time\nfrom pathlib import Path\n"
    "from analysis.reporting.publish import only_run\n"
    "with only_run(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
)


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.parametrize("command", [["refresh"], ["report", "evidence"]])
def test_a_second_run_ends_with_3_and_says_who_is_at_work_since_when(
    holder, tmp_path, monkeypatch, workforce, command
):
    monkeypatch.setattr(sources, "REPORTS", tmp_path)
    code, _, told = workforce(*command)
    assert code == 3
    assert f"process {holder.pid} on {os.uname().nodename}) since {time.strftime('%Y')}-" in told
    assert {file.name for file in tmp_path.iterdir()} == {".lock"}


def test_a_process_that_was_killed_holds_nothing(holder, tmp_path):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with only_run(tmp_path):
        pass


def test_what_the_holder_has_started_does_not_keep_the_lock(tmp_path):
    """A program that a run leaves behind has no part in its lock."""
    with only_run(tmp_path):
        left = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        with only_run(tmp_path):
            pass
    finally:
        left.kill()
        left.wait()


def test_a_lock_is_held_against_the_same_process_too(tmp_path):
    with only_run(tmp_path), pytest.raises(AnotherRun, match="is at work in"), only_run(tmp_path):
        pass
