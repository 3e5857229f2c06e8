"""What a report may use, how much it uses, and how a process that passes a limit is ended."""

import mmap
import os
import resource
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a report may use; None where nothing is said.

    Parameters
    ----------
    seconds : float or None
        Wall time of the whole report.
    cell_seconds : float or None
        Wall time of one cell.
    memory_mib : float or None
        Memory beyond what the warm process has. A cell that asks for more gets a MemoryError;
        memory that escapes this, as shared memory does, ends the report.
    output_mib : float or None
        Size of all outputs together.
    """

    seconds: float | None = 300
    cell_seconds: float | None = None
    memory_mib: float | None = 1024
    output_mib: float | None = 64


NO_LIMITS = Limits(seconds=None, cell_seconds=None, memory_mib=None, output_mib=None)


def exceeded(limits: Limits, used: Mapping[str, float]) -> str | None:
    """Return the name of the limit that is passed; None where all are kept.

    Examples
    --------
    >>> exceeded(Limits(seconds=10), {"seconds": 10.5})
    'seconds'
    """
    for name, amount in used.items():
        limit = getattr(limits, name)
        if limit is not None and amount > limit:
            return name
    return None


def allow_memory(mib: float) -> None:
    """Let this process reserve so much memory beyond what it has."""
    allowed = data_bytes() + int(mib * MIB)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))


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
    return int(fields[1]) * mmap.PAGESIZE


def data_bytes() -> int:
    """Return how much writable memory of its own this process has reserved."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
