"""What a refresh has to do: which of the reports asked for are not current, and why."""

import hashlib
import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches

from analysis.errors import WrongInput
from analysis.files import replacing
from analysis.reporting.freshness.file_hashes import FileHashes
from analysis.reporting.freshness.key import Inputs, Place, look
from analysis.reporting.freshness.listing import Listed, listing
from analysis.reporting.freshness.status import OWN, Status, statuses
from analysis.reporting.publishing.run_record import read_run, run_ids
from analysis.reporting.records import Record, read_records

INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What there is, and what is to be done.

    Parameters
    ----------
    place : Place
        Where all lies.
    hashes : FileHashes
        What hashes it.
    inputs : Inputs
        What reports depend on, as it lay when this was planned.
    records : dict of str to Record
        By name, all that was ever built.
    statuses : tuple of Status
        How it stands with every report.
    asked : frozenset of str
        Names of the reports to look at.
    due : tuple of Status
        Those to build, in order.
    """

    place: Place
    hashes: FileHashes
    inputs: Inputs
    records: dict[str, Record]
    statuses: tuple[Status, ...]
    asked: frozenset[str]
    due: tuple[Status, ...]

    @property
    def listed(self) -> dict[str, Listed]:
        """Every report by name, as it is asked for."""
        return {status.name: status.listed for status in self.statuses}

    @property
    def index_digest(self) -> str:
        """Stands for all that the index is made from."""
        shown = [[status.name, status.state, status.why, status.path] for status in self.statuses]
        built = [
            [record.name, record.page_sha256, record.run_id] for record in self.records.values()
        ]
        content = [shown, built, run_ids(self.place.reports), self.inputs.code]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @property
    def is_index_due(self) -> bool:
        """Whether the index is not the one that would be written now."""
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            kept = json.loads((self.place.state / "index.json").read_text(encoding="utf-8"))
            found = self.hashes.of(self.place.reports / INDEX)
            return [self.index_digest, found] != [kept["digest"], kept["sha256"]]
        return True

    @property
    def is_repair_due(self) -> bool:
        """Whether the last run was killed before it could say how it ended."""
        known = run_ids(self.place.reports)
        last = read_run(known[-1], self.place.reports) if known else None
        return last is not None and last.outcome == "running"

    def keep_index(self) -> None:
        """Remember what the index was made from, once it is in place."""
        content = {
            "digest": self.index_digest,
            "sha256": self.hashes.of(self.place.reports / INDEX),
        }
        with suppress(OSError), replacing(self.place.state / "index.json") as file:
            file.write(json.dumps(content).encode())


def take_stock(place: Place, extra: Sequence[Listed] = ()) -> Plan:
    """Look at everything, and plan nothing.

    Parameters
    ----------
    place : Place
        Where all lies.
    extra : sequence of Listed
        Reports that are asked for by hand.

    Raises
    ------
    WrongInput
        The catalogue is wrong, or a raw file is.
    """
    hashes = FileHashes(place.state / "hashes.json")
    inputs = look(place, hashes)
    catalogued = listing(
        place.notebooks / "catalogue.toml",
        kept=place.state / "catalogue.json",
        made_from=inputs.digest,
    )
    names = {report.name for report in catalogued}
    records = {record.name: record for record in read_records(place.reports)}
    by_hand = [report for report in extra if report.name not in names]
    asked = {report.name for report in by_hand}
    known = statuses(
        catalogued,
        {name: record for name, record in records.items() if name not in asked},
        inputs,
        place=place,
        hashes=hashes,
    )
    own = statuses(
        by_hand,
        {name: record for name, record in records.items() if name in asked},
        inputs,
        place=place,
        hashes=hashes,
    )
    hashes.keep()
    return Plan(
        place=place,
        hashes=hashes,
        inputs=inputs,
        records=records,
        statuses=(*known, *own),
        asked=frozenset(),
        due=(),
    )


def ask(
    stock: Plan, *, group: str | None = None, only: Sequence[str] = (), force: bool = False
) -> Plan:
    """Choose the reports to look at, and plan to build those that are not current.

    Parameters
    ----------
    stock : Plan
        What there is.
    group : str or None
        Of the reports; all but those asked for by hand if None.
    only : sequence of str
        Names of reports; all of the group if empty.
    force : bool
        Build them even if they are current.

    Raises
    ------
    WrongInput
        There is no such group or report; the nearest name is suggested.
    """
    there = [status for status in stock.statuses if status.state != "orphaned"]
    groups = sorted({status.listed.group for status in there})
    if group is not None and group not in groups:
        raise WrongInput(f"--group must be one of {', '.join(groups)}; found {group!r}.")
    names = {status.name: None for status in there}
    if unknown := [name for name in only if name not in names]:
        near = get_close_matches(unknown[0], names, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise WrongInput(
            f"--only must be the name of a report, as `workforce status` lists it; "
            f"found {unknown[0]!r}.{hint}"
        )
    wanted = frozenset(only)
    chosen = [
        status
        for status in there
        if (status.listed.group == group if group else status.listed.group != OWN or only)
        and (not wanted or status.name in wanted)
    ]
    return replace(
        stock,
        asked=frozenset(status.name for status in chosen),
        due=tuple(status for status in chosen if force or status.is_due),
    )


def look_again(plan: Plan, built: Collection[str] = ()) -> Plan:
    """Look at everything once more; those `built` that are no longer current are due.

    What the command line said of limits still holds.
    """
    extra = [status.listed for status in plan.statuses if status.state != "orphaned"]
    now = take_stock(plan.place, extra)
    limits = {status.name: status.listed.limits for status in plan.due}
    due = tuple(
        replace(status, listed=replace(status.listed, limits=limits[status.name]))
        for status in now.statuses
        if status.name in built and status.is_due
    )
    return replace(now, asked=plan.asked, due=due)
