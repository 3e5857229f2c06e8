"""Notebooks in forked processes: limits, ways to die, isolation, and what is left behind."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from nbformat import v4

from analysis.reporting.engine import pool as pools
from analysis.reporting.engine.limits import Limits
from analysis.reporting.engine.notebook import NotebookTask
from analysis.reporting.engine.pool import Pool, WarmProcess
from analysis.reporting.engine.task import Outcome
from analysis.reporting.engine.warm import REPORT_STEPS

STEPS = (
    "analysis.lazy:spare",
    "analysis.reporting.engine.notebook",
    "analysis.reporting.engine.shell",
)
SHARED_MEMORY = """
import time
from multiprocessing.shared_memory import SharedMemory
block = SharedMemory(create=True, size=500 * 2**20)
block.unlink()
for start in range(0, len(block.buf), 4096):
    block.buf[start] = 1
time.sleep(60)
"""
LIMITS = Limits(seconds=600, memory_mib=300, output_mib=3)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(jobs=2, steps=STEPS) as opened:
        yield opened


def task(
    folder: Path, *cells: str, limits: Limits = LIMITS, name: str = "r", **more: Any
) -> NotebookTask:
    path = folder / f"{name}.ipynb"
    written = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells])
    written.metadata["kernelspec"] = {
        "name": "python3",
        "language": "python",
        "display_name": "Python",
    }
    path.write_text(v4.writes(written), encoding="utf-8")
    return NotebookTask(name=name, notebook=path, cwd=folder, limits=limits, **more)


def run(pool: Pool, *tasks: NotebookTask) -> list[Outcome]:
    outcomes = list(pool.as_completed(tasks))
    return sorted(outcomes, key=lambda outcome: str(outcome.task.name))


def texts(outcome: Outcome) -> list[str]:
    """What each cell printed or returned."""
    return [
        "".join(output.get("text") or output["data"]["text/plain"])
        for cell in json.loads(outcome.value.notebook)["cells"]
        for output in cell["outputs"]
    ]


@pytest.mark.parametrize(
    ("code", "reason", "message"),
    [
        ("import os; os._exit(3)", "ended itself", "cell 2 ended the process with exit code 3"),
        ("import os; os._exit(0)", "ended itself", "cell 2 ended the process with exit code 0"),
        ("import os; os.abort()", "crashed", "cell 2 crashed the process: SIGABRT"),
        ("import ctypes; ctypes.string_at(0)", "crashed", "cell 2 crashed the process: SIGSEGV"),
        ("print('x' * 4_000_000)", "output", "cell 2 put out more than 3 MiB"),
        (
            "while True: display('x' * 100_000)",
            "output",
            "cell 2 put out more than 3 MiB",
        ),
        (
            "import os; os.system('head -c 5000000 /dev/zero'); import time; time.sleep(60)",
            "output",
            "cell 2 put out more than 3 MiB",
        ),
        (SHARED_MEMORY, "memory", "cell 2 used more than 300 MiB of memory"),
    ],
)
def test_how_a_notebook_ended_its_process_is_told(
    pool: Pool, tmp_path: Path, code: str, reason: str, message: str
) -> None:
    (outcome,) = run(pool, task(tmp_path, "1", code))
    assert outcome.failure is not None
    assert (outcome.failure.reason, outcome.failure.message) == (reason, message)
    assert outcome.failure.cell == 2


def test_a_hung_cell_is_ended_with_all_it_started(pool: Pool, tmp_path: Path) -> None:
    hang = "import subprocess, time\nsleeper = subprocess.Popen(['sleep', '77'])\n"
    write = "open('pid', 'w').write(str(sleeper.pid))\n"
    limits = Limits(seconds=6)
    (outcome,) = run(pool, task(tmp_path, hang + write + "while True: pass", limits=limits))
    assert outcome.failure is not None
    assert outcome.failure.message == "cell 1 was running when the report passed its 6 seconds"
    assert has_ended(int((tmp_path / "pid").read_text()))


def test_the_last_lines_that_were_printed_outlive_a_process_that_is_ended(
    pool: Pool, tmp_path: Path
) -> None:
    code = "for k in range(1000): print('line', k)\nimport os; os._exit(3)"
    (outcome,) = run(pool, task(tmp_path, code))
    assert outcome.failure is not None
    assert outcome.failure.log.endswith("line 998\nline 999\n")
    assert len(outcome.failure.log) <= 2000


def test_a_cell_has_a_limit_of_its_own(pool: Pool, tmp_path: Path) -> None:
    limits = Limits(cell_seconds=0.3)
    (outcome,) = run(pool, task(tmp_path, "import time; time.sleep(30)", limits=limits))
    assert outcome.failure is not None
    assert outcome.failure.message == "cell 1 ran for more than 0.3 seconds"


def test_a_cell_that_wants_too_much_memory_gets_an_error_it_can_show(
    pool: Pool, tmp_path: Path
) -> None:
    (outcome,) = run(pool, task(tmp_path, "1", "import numpy\nnumpy.ones((20_000, 20_000))"))
    assert outcome.failure is None
    assert (outcome.value.error.cell, outcome.value.error.name) == (2, "MemoryError")


def test_an_error_is_told_with_the_cell_as_numbered_on_disk(pool: Pool, tmp_path: Path) -> None:
    """The cell that papermill puts in does not count."""
    (outcome,) = run(pool, task(tmp_path, "1", "area = {}['TX']", parameters={"area": "TX"}))
    error = outcome.value.error
    assert (error.cell, error.name, error.message) == (2, "KeyError", "'TX'")
    assert "area = {}['TX']" in error.traceback


def test_a_megabyte_is_printed_whole(pool: Pool, tmp_path: Path) -> None:
    (outcome,) = run(pool, task(tmp_path, "print('x' * 1_000_000)"))
    assert texts(outcome) == ["x" * 1_000_000 + "\n"]


def test_nothing_of_one_report_reaches_the_next(pool: Pool, tmp_path: Path) -> None:
    spoil = (
        "import os, sys, statistics, builtins\nstatistics.mean = None\nos.environ['SPOILT'] = '1'\n"
        "os.chdir('/')\nsys.path.insert(0, '/nowhere')\nbuiltins.spoilt = 1\nx = 1"
    )
    look = (
        "import os, sys, statistics, builtins\n"
        "[statistics.mean([1]), 'SPOILT' in os.environ, os.getcwd(), '/nowhere' in sys.path,"
        " hasattr(builtins, 'spoilt'), 'x' in globals()]"
    )
    run(pool, task(tmp_path, spoil))
    (outcome,) = run(pool, task(tmp_path, look, name="look"))
    assert eval(texts(outcome)[0]) == [1, False, str(tmp_path), False, False, False]


def test_random_numbers_differ_from_report_to_report(pool: Pool, tmp_path: Path) -> None:
    draw = "import random, numpy\nrandom.random(), float(numpy.random.rand())"
    drawn = run(pool, task(tmp_path, draw, name="a"), task(tmp_path, draw, name="b"))
    first, second = (eval(texts(outcome)[0]) for outcome in drawn)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_report_may_start_threads_and_processes(pool: Pool, tmp_path: Path) -> None:
    code = (
        "import multiprocessing, subprocess, threading\n"
        "t = threading.Thread(target=print, args=('thread',)); t.start(); t.join()\n"
        "print(subprocess.run(['echo', 'program'], capture_output=True, text=True).stdout)\n"
        "with multiprocessing.get_context('fork').Pool(2) as p: print(p.map(abs, [-1]))"
    )
    (outcome,) = run(pool, task(tmp_path, code))
    assert "".join(texts(outcome)) == "thread\nprogram\n\n[1]\n"


def test_temporary_files_go_with_the_report(pool: Pool, tmp_path: Path) -> None:
    (outcome,) = run(pool, task(tmp_path, "import tempfile; tempfile.mkdtemp()"))
    made = Path(texts(outcome)[0].strip("'"))
    assert made.name.startswith("tmp")
    assert not made.exists()


def test_what_is_made_of_the_notebook_comes_back(pool: Pool, tmp_path: Path) -> None:
    """`len` of a notebook, a dict, counts its keys: cells, metadata and the two of the format."""
    (outcome,) = run(pool, task(tmp_path, "1", finish=len))
    assert outcome.value.value == 4


def test_an_error_in_what_is_made_of_the_notebook_is_no_cells(pool: Pool, tmp_path: Path) -> None:
    (outcome,) = run(pool, task(tmp_path, "1", finish=float))
    assert (outcome.value.error.cell, outcome.value.error.name) == (None, "TypeError")


def test_a_report_killed_from_outside_is_tried_once_more(pool: Pool, tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal\nmark = pathlib.Path('tried')\n"
        "if not mark.exists():\n    mark.touch()\n    os.kill(os.getpid(), signal.SIGKILL)\n'ran'"
    )
    (outcome,) = run(pool, task(tmp_path, code))
    assert texts(outcome) == ["'ran'"]


def test_a_report_that_is_always_killed_fails_in_the_end(pool: Pool, tmp_path: Path) -> None:
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    (outcome,) = run(pool, task(tmp_path, kill))
    assert outcome.failure is not None
    assert outcome.failure.reason == "engine"


def test_reports_go_on_when_the_warm_process_is_killed(tmp_path: Path) -> None:
    kill = (
        "import os, pathlib, signal\nmark = pathlib.Path('tried')\n"
        "if not mark.exists():\n    mark.touch()\n    os.kill(os.getppid(), signal.SIGKILL)\n'ran'"
    )
    with Pool(jobs=2, steps=STEPS) as own:
        outcomes = run(own, *(task(tmp_path, kill, name=name) for name in "abc"))
    assert [texts(outcome) for outcome in outcomes] == [["'ran'"]] * 3


def test_nothing_outlives_a_driver_that_is_killed(tmp_path: Path) -> None:
    hang = task(tmp_path, "import os, time; open('pid', 'w').write(str(os.getpid()))", "while 1: 0")
    driver = tmp_path / "driver.py"
    driver.write_text(
        "from pathlib import Path\n"
        "from analysis.reporting.engine.notebook import NotebookTask\n"
        "from analysis.reporting.engine.pool import Pool\n"
        f"folder = Path({str(tmp_path)!r})\n"
        f"with Pool(jobs=1, steps={STEPS!r}) as pool:\n"
        "    task = NotebookTask(name='r', notebook=folder / 'r.ipynb', cwd=folder)\n"
        "    list(pool.as_completed([task]))\n"
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [sys.executable, driver], env={**os.environ, "TMPDIR": str(temporary)}
    )
    pid = int(eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
    assert hang.name == "r"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert has_ended(pid)
    assert eventually(lambda: not list(temporary.iterdir()))


def test_a_run_that_is_given_up_ends_its_reports(pool: Pool, tmp_path: Path) -> None:
    hang = "import os, time; open('pid', 'w').write(str(os.getpid()))\nwhile 1: 0"
    outcomes = pool.as_completed([task(tmp_path, "1", name="a"), task(tmp_path, hang, name="b")])
    assert next(outcomes).task.name == "a"
    pid = int(eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
    outcomes.close()
    assert has_ended(pid)
    (outcome,) = run(pool, task(tmp_path, "'still works'", name="c"))
    assert texts(outcome) == ["'still works'"]


def test_the_next_report_runs_while_the_caller_publishes_the_last(
    pool: Pool, tmp_path: Path
) -> None:
    mark = "import pathlib; pathlib.Path('{}').touch()"
    tasks = [task(tmp_path, mark.format(n), name=n) for n in ("a", "b", "c")]
    outcomes = pool.as_completed(tasks)
    next(outcomes)
    assert eventually((tmp_path / "c").exists)
    assert len(list(outcomes)) == 2


def test_a_figure_is_drawn_once(tmp_path: Path) -> None:
    """A usual kernel draws it on a canvas nobody sees, then once more to show it."""
    count = """
from matplotlib.backends.backend_agg import FigureCanvasAgg
draw, drawn = FigureCanvasAgg.draw, []
FigureCanvasAgg.draw = lambda canvas: (draw(canvas), drawn.append(canvas))
"""
    show = "import matplotlib.pyplot as plt; plt.plot([1, 2]);"
    with Pool(jobs=1) as pool:
        (outcome,) = run(pool, task(tmp_path, count, show, "len(drawn)"))
    assert texts(outcome) == ["<Figure size 640x480 with 1 Axes>", "1"]


def test_the_warm_process_has_one_thread(tmp_path: Path) -> None:
    """Another would not survive a fork, with its locks: polars and debugpy would start one."""
    line = WarmProcess(steps=REPORT_STEPS)
    try:
        line.submit(0, task(tmp_path, "1"))
        line.receive()
        assert line.threads == ["python"]
    finally:
        line.close()


def test_where_nothing_can_be_forked_papermill_runs_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "CAN_FORK", False)
    with Pool(jobs=2) as own:
        (outcome,) = run(own, task(tmp_path, "6 * 7"))
    assert texts(outcome) == ["42"]
    assert outcome.usage is None


def test_a_warm_process_that_does_not_start_is_done_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Pool(jobs=2, steps=["no.such.module"]) as own:
        (outcome,) = run(own, task(tmp_path, "6 * 7"))
    assert texts(outcome) == ["42"]
    assert "No module named 'no'; notebooks run one by one in new kernels" in caplog.text


def test_a_warm_process_that_is_killed_before_it_is_warm_is_started_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Only one that cannot get warm by itself is done without: ordinary kernels take seconds."""
    with Pool(jobs=1, steps=STEPS) as own:
        assert own._warm is not None
        os.kill(own._warm.pid, signal.SIGKILL)
        (outcome,) = run(own, task(tmp_path, "6 * 7"))
    assert texts(outcome) == ["42"]
    assert outcome.usage is not None, "it ran in a fork"
    assert "new kernels" not in caplog.text


def test_what_a_report_has_started_ends_when_the_warm_process_is_killed(tmp_path: Path) -> None:
    start = "import os, signal, subprocess\nsleeper = subprocess.Popen(['sleep', '77'])\n"
    kill = "if not os.path.exists('pid'):\n    open('pid', 'w').write(str(sleeper.pid))\n"
    kill += "    os.kill(os.getppid(), signal.SIGKILL)\nelse: sleeper.kill()"
    with Pool(jobs=1, steps=STEPS) as own:
        run(own, task(tmp_path, start + kill))
    assert has_ended(int((tmp_path / "pid").read_text()))


def test_a_warm_process_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped in the middle: what has passed its limits would never end."""
    monkeypatch.setattr(pools, "ANSWER_SECONDS", 0)
    monkeypatch.setattr(pools, "END_SECONDS", 0)
    stop = "import os, pathlib, signal\nmark = pathlib.Path('tried')\n"
    stop += "if not mark.exists():\n    mark.touch()\n    os.kill(os.getppid(), signal.SIGSTOP)\n"
    stop += "    signal.pause()\n'ran'"
    with Pool(jobs=1, steps=STEPS) as own:
        (outcome,) = run(own, task(tmp_path, stop, limits=Limits(seconds=3)))
    assert texts(outcome) == ["'ran'"]


def test_a_process_that_warms_up_ends_with_its_driver(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(77)")
    program = "import sys; from analysis.reporting.engine.pool import WarmProcess\n"
    program += "print(WarmProcess(steps=['slow']).pid, flush=True); sys.stdin.read()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as driver:
        assert driver.stdout is not None
        pid = int(driver.stdout.readline())
        driver.kill()
    assert has_ended(pid)


@pytest.mark.long
def test_two_hundred_kills_leave_nothing_behind_and_nothing_waiting(tmp_path: Path) -> None:
    """Of driver, warm process, child or all, killed or stopped and killed, at any moment."""
    chance = random.Random(20261130)
    for name in "ab":
        task(
            tmp_path, "import subprocess, time\nsubprocess.run(['sleep', '0.2'])\n'ran'", name=name
        )
    program = (
        "import os, sys\nfrom pathlib import Path\n"
        "from analysis.reporting.engine.notebook import NotebookTask\n"
        "from analysis.reporting.engine.pool import Pool\n"
        f"folder = Path({str(tmp_path)!r})\n"
        f"with Pool(jobs=2, steps={STEPS!r}) as pool:\n"
        "    print(pool._warm.pid, flush=True)\n"
        "    tasks = (NotebookTask(name=n, notebook=folder / f'{n}.ipynb', cwd=folder)\n"
        "             for n in 'ab')\n"
        "    print(*[o.task.name for o in pool.as_completed(tasks)], flush=True)\n"
    )
    for number in range(200):
        mark = f"KILLED_{number}"
        driver = subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, mark: "1", "TMPDIR": str(tmp_path)},
        )
        assert driver.stdout is not None
        warm = int(driver.stdout.readline())
        time.sleep(chance.uniform(0, 4))
        victim = chance.choice(["driver", "group", "warm", "child"])
        stops = chance.random() < 0.3
        for victims in marked(mark, warm)[victim]:
            with suppress(ProcessLookupError):
                if stops:
                    os.kill(victims, signal.SIGSTOP)
                os.kill(victims, signal.SIGKILL)
        said = driver.communicate(timeout=1200)[0]
        assert eventually(lambda mark=mark: not everyone(mark)), (number, victim, stops)
        if victim in ("warm", "child"):
            assert sorted(said.split()) == ["a", "b"], (number, victim, stops)


def everyone(mark: str) -> list[int]:
    """List the processes that were started with a mark in their environment."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            ended = (place / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
            if not ended and mark.encode() + b"=" in (place / "environ").read_bytes():
                found.append(int(place.name))
    return found


def marked(mark: str, warm: int) -> dict[str, list[int]]:
    """Name who may be killed: the driver, the warm process, its children, or all."""
    there = everyone(mark)
    parents = {}
    for pid in there:
        with suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text()
            parents[pid] = int(stat.rsplit(")", 1)[1].split()[1])
    return {
        "driver": [pid for pid in there if parents.get(warm) == pid],
        "group": there,
        "warm": [pid for pid in there if pid == warm],
        "child": [pid for pid in there if parents.get(pid) == warm],
    }


def has_ended(pid: int) -> bool:
    """Whether a process ends soon."""

    def ended() -> bool:
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except OSError:
            return True

    return bool(eventually(ended))


def eventually(condition: Any, seconds: float = 300) -> Any:
    """Wait until a condition holds, and return what it gives."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    return condition()
