"""Which reports are current, and what made the others stale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.reporting.freshness.file_hashes import ABSENT, FileHashes
from analysis.reporting.freshness.key import Inputs, Place, key_parts
from analysis.reporting.freshness.listing import Listed
from analysis.reporting.records import Record

State = Literal["current", "stale", "failed", "missing", "orphaned"]
OWN = "own"  # the group of reports asked for by hand
CHANGED_IN_MID_RUN = "changed in mid-run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How it stands with one report.

    Parameters
    ----------
    listed : Listed
        The report.
    state : State
        "current"; "stale": something it depends on has changed; "failed": the newest run gave
        no page; "missing": never built; "orphaned": the catalogue no longer has it.
    why : tuple of str
        What made it so: "table wages changed". Empty where it is current.
    path : str or None
        Of its page, if it has one.
    """

    listed: Listed
    state: State
    why: tuple[str, ...]
    path: str | None

    @property
    def name(self) -> str:
        """Of the report."""
        return self.listed.name

    @property
    def is_due(self) -> bool:
        """Whether a refresh has to build it."""
        return self.state in ("stale", "failed", "missing")


def status_of(
    listed: Listed, record: Record | None, parts: Mapping[str, str], page_sha256: str
) -> Status:
    """Say how it stands with one report.

    Parameters
    ----------
    listed : Listed
        The report as it is asked for now.
    record : Record or None
        What is known of it.
    parts : mapping of str to str
        What it depends on now, as `key_parts` has it.
    page_sha256 : str
        Of the page as it lies on disk; `ABSENT` where there is none.
    """
    if record is None:
        return Status(listed=listed, state="missing", why=("never built",), path=None)
    path = record.path
    if record.failed is not None:
        told = record.failed.message
        return Status(listed=listed, state="failed", why=(told,), path=path)
    if path != listed.path or page_sha256 == ABSENT:
        told = "its page is gone" if path == listed.path else f"its page was {path}"
        return Status(listed=listed, state="missing", why=(told,), path=None)
    why = tuple(differences(record.key, parts))
    if page_sha256 != record.page_sha256:
        why = (*why, "its page is not the one that was built")
    return Status(listed=listed, state="stale" if why else "current", why=why, path=path)


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


def statuses(
    listed: Sequence[Listed],
    records: Mapping[str, Record],
    inputs: Inputs,
    *,
    place: Place,
    hashes: FileHashes,
) -> tuple[Status, ...]:
    """Say how it stands with every report: the catalogue's, those asked for by hand, orphans.

    One asked for by hand whose good page somebody took away is not told of.

    Parameters
    ----------
    listed : sequence of Listed
        The catalogue.
    records : mapping of str to Record
        By name, all that was ever built.
    inputs : Inputs
        What lies on disk.
    place, hashes
        Where all lies, and what hashes it.
    """
    catalogued = {report.name for report in listed}
    others = [record for name, record in records.items() if name not in catalogued]
    by_hand = [record for record in others if record.listed.group == OWN]
    kept = [record for record in by_hand if not _was_removed(record, place.reports, hashes)]
    asked = [*listed, *(record.listed for record in kept)]
    known = [
        status_of(
            report,
            records.get(report.name),
            key_parts(report, inputs, place=place, hashes=hashes),
            _page_sha256(records.get(report.name), place.reports, hashes),
        )
        for report in asked
    ]
    orphans = [
        Status(
            listed=record.listed,
            state="orphaned",
            why=("no longer in the catalogue",),
            path=record.path,
        )
        for record in others
        if record.listed.group != OWN
    ]
    return (*known, *orphans)


def _was_removed(record: Record, reports: Path, hashes: FileHashes) -> bool:
    """Say whether somebody took away a good page: asked for by hand, it is not missed."""
    return record.failed is None and _page_sha256(record, reports, hashes) == ABSENT


def _page_sha256(record: Record | None, reports: Path, hashes: FileHashes) -> str:
    """Hash the page of a report as it lies on disk."""
    return ABSENT if record is None or record.path is None else hashes.of(reports / record.path)
