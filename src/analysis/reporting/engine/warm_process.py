"""The warm process: it has imported everything, and forks a process for each report.

It is started by `WarmPool` as `python -m analysis.reporting.engine.warm_process SETTINGS`, has
one thread, and does nothing but fork, watch and report; what a child is given to do, it does not
read. It ends, and all its children with it, as soon as the driver is gone.
"""

import gc
import importlib
import json
import mmap
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.reporting.engine import forked_child, frames
from analysis.reporting.engine.forked_child import Progress
from analysis.reporting.engine.limits import MIB, Limits

LOOK_EVERY_SECONDS = 0.05
PAGE_BYTES = mmap.PAGESIZE


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A process that runs one report.

    Parameters
    ----------
    task_id : int
        The driver's name for what it does.
    pid, pidfd : int
        The process, and a descriptor that becomes readable when it ends.
    progress : Progress
        What it says of itself.
    result, stdout, stderr : int
        Files in memory it writes to.
    folder : Path
        For its temporary files.
    limits : Limits
        What it may use.
    started : float
        When it was forked, on the clock that never goes back.
    """

    task_id: int
    pid: int
    pidfd: int
    progress: Progress
    result: int
    stdout: int
    stderr: int
    folder: Path
    limits: Limits
    started: float

    @property
    def files(self) -> tuple[int, int, int]:
        """What the driver gets."""
        return self.result, self.stdout, self.stderr


def serve(line: socket.socket, folder: Path) -> None:
    """Fork a child for each task that comes; return when the driver has gone."""
    children: dict[int, Child] = {}  # by pidfd
    cuts: dict[int, str] = {}
    poll = select.poll()
    poll.register(line, select.POLLIN)
    base_bytes = resident_bytes(os.getpid())
    while True:
        ready = poll.poll(1000 * LOOK_EVERY_SECONDS if children else None)
        for file, _ in ready:
            if file == line.fileno():
                received = frames.receive(line)
                if received is None:
                    for child in children.values():
                        end_group(child.pid)
                    return
                frame, files = received
                if "end" in frame:
                    for child in children.values():
                        if child.task_id == frame["end"]:
                            cuts[child.pidfd] = "driver"
                            end_group(child.pid)
                else:
                    forked = fork(frame, files[0], folder, line)
                    if forked is not None:
                        children[forked.pidfd] = forked
                        poll.register(forked.pidfd, select.POLLIN)
            else:
                poll.unregister(file)
                report(line, children.pop(file), cuts.pop(file, None))
        for child in children.values():
            cut = exceeded(child, base_bytes)
            if cut and child.pidfd not in cuts:
                cuts[child.pidfd] = cut
                end_group(child.pid)


def fork(frame: dict[str, Any], task: int, folder: Path, line: socket.socket) -> Child | None:
    """Fork a process for one task; None where that is not possible, which the driver is told."""
    limits = Limits(**frame["limits"])
    own = folder / str(frame["id"])
    try:
        own.mkdir()
        progress = Progress(mmap.mmap(-1, Progress.SIZE))
        result, stdout, stderr = (frames.new_file(n) for n in ("result", "stdout", "stderr"))
        started = time.monotonic()
        warm_pid = os.getpid()
        pid = os.fork()
    except OSError as error:
        frames.send(line, {"id": frame["id"], "refused": f"{type(error).__name__}: {error}"})
        os.close(task)
        return None
    if pid == 0:
        line.close()
        forked_child.run(
            forked_child.Forked(
                task=task,
                result=result,
                stdout=stdout,
                stderr=stderr,
                folder=own,
                limits=limits,
                progress=progress,
                warm_pid=warm_pid,
            )
        )
    os.close(task)
    return Child(
        task_id=frame["id"],
        pid=pid,
        pidfd=os.pidfd_open(pid),
        progress=progress,
        result=result,
        stdout=stdout,
        stderr=stderr,
        folder=own,
        limits=limits,
        started=started,
    )


def exceeded(child: Child, base_bytes: int) -> str | None:
    """Say which limit a child has passed; None where it keeps them all."""
    limits, now = child.limits, time.monotonic()
    cell_started = child.progress.cell_started
    if limits.seconds is not None and now - child.started > limits.seconds:
        return "seconds"
    if (
        limits.cell_seconds is not None
        and cell_started
        and now - cell_started > limits.cell_seconds
    ):
        return "cell_seconds"
    if limits.memory_mib is not None:
        used = resident_bytes(child.pid) - base_bytes
        if used > limits.memory_mib * MIB:
            return "memory_mib"
    if limits.output_mib is not None:
        written = sum(os.fstat(file).st_size for file in (child.stdout, child.stderr))
        if written > limits.output_mib * MIB or child.progress.too_much_output:
            return "output_mib"
    return None


def report(line: socket.socket, child: Child, cut: str | None) -> None:
    """Tell the driver what became of a child that has ended, and clear up after it."""
    os.waitid(os.P_PIDFD, child.pidfd, os.WEXITED | os.WNOWAIT)
    end_group(child.pid)  # what it started and left behind; its own number is still taken
    _, status, used = os.wait4(child.pid, 0)
    shutil.rmtree(child.folder, ignore_errors=True)
    if cut is None and child.progress.too_much_output:
        cut = "output_mib"
    frame = {
        "id": child.task_id,
        "code": os.waitstatus_to_exitcode(status),
        "done": child.progress.done,
        "cell": child.progress.cell,
        "cut": cut,
        "printed": child.progress.printed,
        "usage": {
            "seconds": time.monotonic() - child.started,
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "peak_memory_mib": used.ru_maxrss / 1024,
        },
    }
    with suppress(OSError):  # the driver has gone; the next look at the line says so
        frames.send(line, frame, child.files)
    for file in (*child.files, child.pidfd):
        os.close(file)
    child.progress.close()


def end_group(pid: int) -> None:
    """Kill a child with all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)  # it may not have made its group yet


def resident_bytes(pid: int) -> int:
    """Return the memory of a process that is in use; 0 once it has ended."""
    try:
        fields = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return int(fields[1]) * PAGE_BYTES


def threads() -> list[str]:
    """Name the threads of this process; one is right, more are the mark of a library."""
    tasks = Path("/proc/self/task").iterdir()
    return sorted((task / "comm").read_text(encoding="ascii").strip() for task in tasks)


def warm_up(steps: Sequence[str]) -> None:
    """Take each step: import a module, or call a "module:function"."""
    for step in steps:
        name, _, function = step.partition(":")
        module = importlib.import_module(name)
        if function:
            getattr(module, function)()


def main(settings: dict[str, Any]) -> None:
    """Warm up, say so, and serve until the driver has gone."""
    line = socket.socket(fileno=settings["line"])
    folder = Path(settings["folder"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver decides
    gc.disable()  # until the fork: what is imported stays, and stays shared
    try:
        start = time.monotonic()
        warm_up(settings["steps"])
        gc.freeze()  # garbage too: to look for it takes longer than a report's share of it
        frames.send(
            line, {"ready": True, "threads": threads(), "seconds": time.monotonic() - start}
        )
        serve(line, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
    os._exit(0)
