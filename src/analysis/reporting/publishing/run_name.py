"""The name of a run, and what all its pages say of it."""

import os
from collections.abc import Collection
from datetime import UTC, datetime

from analysis.errors import WrongInput
from analysis.reporting.builder import Run
from analysis.reporting.freshness.key import code_hash

EPOCH = "SOURCE_DATE_EPOCH"


def new_run(taken: Collection[str] = ()) -> Run:
    """Name a run after the moment it starts, so that it sorts behind those in `taken`.

    Where one of them is of this second, or of a later one since the clock was set back, the name
    is that one's with the next number: the order of runs is kept.

    SOURCE_DATE_EPOCH sets that moment, so that a run can be repeated to the last byte; its
    name is then that of the run it repeats.

    Examples
    --------
    >>> first = new_run()
    >>> new_run({first.run_id}).run_id == first.run_id
    False
    >>> new_run({"2999-01-01T000000Z-2"}).run_id
    '2999-01-01T000000Z-3'
    """
    from importlib.metadata import version  # only a run that builds waits for it

    now = moment()
    name = f"{now:%Y-%m-%dT%H%M%SZ}"
    last, number = max(map(run_order, taken), default=("", 0))
    if name <= last and not is_reproduced():
        name = f"{last}-{number + 1}"
    return Run(
        run_id=name,
        started_at=f"{now:%Y-%m-%d %H:%M} UTC",
        code_version=f"{version('medical-coding-workforce')}, code {code_hash()[:12]}",
    )


def moment() -> datetime:
    """Return now, or what SOURCE_DATE_EPOCH says.

    Raises
    ------
    WrongInput
        It says no moment.
    """
    epoch = os.environ.get(EPOCH)
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise WrongInput(f"{EPOCH} must be whole seconds since 1970; found {epoch!r}.") from None


def is_reproduced() -> bool:
    """Say whether the run shall equal another: then nothing that was measured is written."""
    return EPOCH in os.environ


def run_order(run_id: str) -> tuple[str, int]:
    """Sort runs by time, and runs of one second by number.

    Examples
    --------
    >>> sorted(["2026-11-22T071400Z-10", "2026-11-22T071400Z", "2026-11-22T071400Z-2"],
    ...     key=run_order)
    ['2026-11-22T071400Z', '2026-11-22T071400Z-2', '2026-11-22T071400Z-10']
    """
    moment, z, number = run_id.partition("Z")
    return moment + z, int(number[1:]) if number[1:].isdecimal() else 1
