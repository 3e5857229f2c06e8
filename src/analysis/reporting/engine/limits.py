"""How much a report may use, and how much it did use."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a report did use.

    Parameters
    ----------
    seconds : float
        Wall time from fork to end.
    cpu_seconds : float
        Processor time, its subprocesses included.
    peak_memory_mib : float
        Most memory resident at once; counts what is shared with the warm process.
    """

    seconds: float
    cpu_seconds: float
    peak_memory_mib: float
