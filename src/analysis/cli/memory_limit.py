"""A limit on memory (`ulimit -v`, `ulimit -d`) that no command can work under, told at the start.

Libraries that run out of it while they load end in whatever way comes first: OpenBLAS waits for
ever, DuckDB aborts, Python says "error return without exception set".
"""

import importlib

NEEDED_MIB = {  # twice what the largest limit was under which `survey` failed or hung, on 2 cores
    "RLIMIT_AS": ("address space", "v", 4_096),
    "RLIMIT_DATA": ("data", "d", 1_024),
}


def memory_limit_fault() -> str | None:
    """Say which limit of this process is too low to work under; None where none is.

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
