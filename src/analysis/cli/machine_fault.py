"""What the machine refused, in a sentence: no memory, no room, a folder that may not be written."""

import errno

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


def machine_fault(error: Exception) -> str | None:
    """Say what the machine refused, and what to do; None where the error is another one.

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
    """Tell a want of memory from other errors, without the libraries that name it otherwise."""
    if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
        return True
    is_a_library = isinstance(error, ImportError | RuntimeError) or type(error).__module__ in (
        "duckdb",
        "_duckdb",
    )
    return is_a_library and any(words in str(error).lower() for words in WANT_OF_MEMORY)
