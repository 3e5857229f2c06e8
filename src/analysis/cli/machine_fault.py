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


def machine_fault(error: OSError | MemoryError) -> str:
    """Say what the machine refused, and what to do.

    Examples
    --------
    >>> machine_fault(OSError(errno.EROFS, "Read-only file system", "reports/.lock")).split(". ")[0]
    'reports/.lock: Read-only file system'
    """
    if isinstance(error, MemoryError):
        what = str(error).strip().splitlines()
        told = f" ({what[0].rstrip('.')})" if what else ""
        return (
            f"There is not enough memory for this{told}. {WHOLE} Give the command more, or "
            "less to do."
        )
    place = "" if error.filename is None else f"{shown(error.filename)}: "
    advice = ADVICE.get(error.errno or 0, "Mend that, and run the command again.")
    return f"{place}{error.strerror or error}. {advice} {WHOLE}"
