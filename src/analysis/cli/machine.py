"""What the machine refused, in a sentence: no memory, no room, a folder that may not be written.

A limit on memory (`ulimit -v`, `ulimit -d`) that no command can work under is found at the start:
libraries that run out of memory while they load end in whatever way comes first. OpenBLAS waits
for ever, DuckDB aborts, Python says "error return without exception set".
"""

import errno
import importlib

from analysis.cli.application import shown

WHOLE = "Whatever was in place before is whole."
ADVICE = {
    errno.EACCES: "Give this user the right to write there, or run the command as its owner.",
    errno.EPERM: "Give this user the right to write there, or run the command as its owner.",
    errno.EROFS: "Mount it for writing, or use a checkout that can be written.",
    errno.ENOSPC: "Make room, and run the command again.",
    errno.EDQUOT: "Make room, and run the command again.",
    errno.ENOLCK: "Its file system keeps no locks: mount it with locking, or use another.",
    errno.EOPNOTSUPP: "Its file system keeps no locks: mount it with locking, or use another.",
    errno.ESTALE: "Its server has lost sight of it: run the command again.",
    errno.EBUSY: "Something holds it: run the command again.",
}
WANT_OF_MEMORY = (  # as libraries word it that raise something else than a MemoryError
    "failed to map segment",
    "cannot allocate memory",
    "can't start new thread",
    "out of memory",
)
NEEDED_MIB = {  # twice what the largest limit was under which `survey` failed or hung, on 2 cores
    "RLIMIT_AS": ("address space", "v", 4_096),
    "RLIMIT_DATA": ("data", "d", 1_024),
}


def memory_limit_fault() -> str | None:
    """Return which limit of this process is too low to work under; None where none is.

    Examples
    --------
    >>> memory_limit_fault() is None
    True
    """
    try:
        resource = importlib.import_module("resource")
    except ImportError:  # Windows has no such limits
        return None
    for name, (words, letter, needed_mib) in NEEDED_MIB.items():
        allowed, _ = resource.getrlimit(getattr(resource, name))
        if allowed != resource.RLIM_INFINITY and allowed < needed_mib * 2**20:
            return (
                f"There is not enough memory for this: this process may have {allowed // 2**20:,} "
                f"MiB of {words}, and its libraries need up to {needed_mib:,} to load. Nothing was "
                f"read or written. Raise the limit: ulimit -{letter} {needed_mib * 1024}"
            )
    return None


def machine_fault(error: Exception) -> str | None:
    """Return what the machine refused, and what to do; None where the error is another one.

    Examples
    --------
    >>> machine_fault(ValueError("a wage of 0 is a mistake of ours")) is None
    True
    >>> machine_fault(OSError(errno.EROFS, "Read-only file system", "reports/.lock")).split(". ")[0]
    'reports/.lock: Read-only file system'
    """
    if _is_want_of_memory(error):
        return f"There is not enough memory for this. {WHOLE} Give the command more, or less to do."
    if not isinstance(error, OSError):
        return None
    place = "" if error.filename is None else f"{shown(error.filename)}: "
    advice = ADVICE.get(error.errno or 0, "Mend that, and run the command again.")
    return f"{place}{error.strerror or error}. {advice} {WHOLE}"


def _is_want_of_memory(error: Exception) -> bool:
    """Return whether memory ran out, without the libraries that name it otherwise."""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return True
    is_a_library = isinstance(error, ImportError | RuntimeError) or type(error).__module__ in (
        "duckdb",
        "_duckdb",
    )
    return is_a_library and any(words in str(error).lower() for words in WANT_OF_MEMORY)
