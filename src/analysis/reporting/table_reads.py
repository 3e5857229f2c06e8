"""Which processed tables a process reads, and that they are those its report declares."""

import hashlib
import sys
from collections.abc import Collection
from typing import Any

from analysis import processed
from analysis.errors import WrongInput


def watch_tables(declared: Collection[str], *, notebook: str) -> dict[str, str]:
    """Take note of every processed table that this process reads from now on.

    An audit hook, which cannot be taken away again: only for a process that is thrown away.

    Parameters
    ----------
    declared : collection of str
        The tables that may be read; reading another one raises WrongInput where it is read.
    notebook : str
        Its name, for the message.

    Returns
    -------
    dict of str to str
        By name of the table, the SHA-256 of the file as it was read; it fills as tables are read.
    """
    read: dict[str, str] = {}

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event != processed.READS:
            return
        name, file = arguments
        refuse_undeclared([name], declared, notebook=notebook)
        read[name] = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)

    sys.addaudithook(note)
    return read


def refuse_undeclared(read: Collection[str], declared: Collection[str], *, notebook: str) -> None:
    """Raise WrongInput where a table was read that is not declared.

    Examples
    --------
    >>> refuse_undeclared(["wages", "states"], ["wages"], notebook="roi")
    Traceback (most recent call last):
    ...
    analysis.errors.WrongInput: roi.ipynb reads the processed table states, which TABLES_READ ...
    """
    if undeclared := sorted(set(read) - set(declared)):
        raise WrongInput(
            f"{notebook}.ipynb reads the processed table {', '.join(undeclared)}, which "
            "TABLES_READ in src/analysis/reporting/tables_read.py does not list for it: its "
            "reports would not be built again when that table changes. Add it there."
        )
