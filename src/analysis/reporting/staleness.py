"""Whether a page is current, and what has changed since it was built."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.reporting.catalogue import Report
from analysis.reporting.records import Record

GONE = ("its page is gone",)
CHANGED_IN_MID_RUN = "changed in mid-run"
State = Literal["current", "stale", "failed", "missing", "orphaned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How it stands with one report.

    Parameters
    ----------
    report : Report
        Which.
    state : State
        "current"; "stale": something it depends on has changed; "failed": the newest run gave
        no page; "missing": never built; "orphaned": the catalogue no longer has it.
    why : tuple of str
        What made it so: "table wages changed". Empty where it is current.
    path : str or None
        Of its page, if it has one.
    """

    report: Report
    state: State
    why: tuple[str, ...]
    path: str | None

    @property
    def name(self) -> str:
        """The name of the report."""
        return self.report.name

    @property
    def is_due(self) -> bool:
        """Whether a refresh has to build it."""
        return self.state in ("stale", "failed", "missing")


def why_stale(record: Record, parts: Mapping[str, str], page_sha256: str) -> tuple[str, ...]:
    """Return what has changed since a page was built; empty where nothing has.

    Parameters
    ----------
    record : Record
        What is known of the page.
    parts : mapping of str to str
        What its report depends on now, as `key_parts` has it.
    page_sha256 : str
        Of the page as it lies on disk.
    """
    why = differences(record.key, parts)
    if page_sha256 != record.page_sha256:
        why.append("its page is not the one that was built")
    return tuple(why)


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Word what differs between two keys.

    Examples
    --------
    >>> differences({"table wages": "a", "notebook": "n"}, {"table wages": "b", "notebook": "n"})
    ['table wages changed']
    >>> differences({"table wages": "a"}, {"table wages": "a", "table states": "b"})
    ['it now depends on table states']
    """
    told = []
    for part in dict.fromkeys([*new, *old]):
        if part not in old:
            told.append(f"it now depends on {part}")
        elif part not in new:
            told.append(f"it no longer depends on {part}")
        elif old[part] == CHANGED_IN_MID_RUN:
            told.append(f"{part} changed while it was built")
        elif old[part] != new[part]:
            told.append(f"{part} changed")
    return told
