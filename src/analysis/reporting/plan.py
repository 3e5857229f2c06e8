"""Which reports are current, what made the others stale, and what a refresh has to do."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from types import MappingProxyType

from analysis.errors import WrongInput
from analysis.files import replacing
from analysis.reporting.catalogue import OWN, Report, reports
from analysis.reporting.keys import (
    ABSENT,
    FileHashes,
    Inputs,
    Place,
    Stamp,
    key_parts,
    look,
    stamps,
)
from analysis.reporting.records import Record, read_records
from analysis.reporting.runs import read_run, run_ids
from analysis.reporting.staleness import GONE, Status, why_stale

INDEX = "index.html"
NOTHING: Mapping[str, Record] = MappingProxyType({})


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
        What reports depend on, as it lay when stock was taken.
    stamped : mapping
        Its stamps, from before it was looked at.
    catalogued : tuple of Report
        Every report of the catalogue, in its order.
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
    stamped: Mapping[str, tuple[Stamp | None, ...]]
    catalogued: tuple[Report, ...]
    records: dict[str, Record]
    statuses: tuple[Status, ...]
    asked: frozenset[str]
    due: tuple[Status, ...]

    @property
    def index_digest(self) -> str:
        """Stands for all that the index is made from."""
        shown = [[status.name, status.state, status.why, status.path] for status in self.statuses]
        built = [
            [name, record.page_sha256, record.run_id]
            for name, record in sorted(self.records.items())
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


def take_stock(place: Place, extra: Sequence[Report] = ()) -> Plan:
    """Look at everything, and plan nothing.

    Parameters
    ----------
    place : Place
        Where all lies.
    extra : sequence of Report
        Reports that are asked for by hand.

    Raises
    ------
    WrongInput
        The catalogue is wrong, or a raw file is.
    """
    hashes = FileHashes(place.state / "hashes.json")
    stamped = stamps(place)
    inputs = look(place, hashes)
    catalogued = reports(
        place.notebooks / "catalogue.toml",
        kept=place.state / "catalogue.json",
        made_from=inputs.digest,
    )
    records = {record.name: record for record in read_records(place.reports)}
    asked = [*catalogued, *extra, *(record.report for record in records.values())]
    named = sorted({file for report in asked for file in report.files})
    stock = Plan(
        place=place,
        hashes=hashes,
        inputs=inputs,
        stamped=stamped | {name: s for name, s in stamps(place, named).items() if "file " in name},
        catalogued=catalogued,
        records=records,
        statuses=(),
        asked=frozenset(),
        due=(),
    )
    return _judged(stock, extra)


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
    groups = sorted({status.report.group for status in there})
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
        if (status.report.group == group if group else status.report.group != OWN or only)
        and (not wanted or status.name in wanted)
    ]
    return replace(
        stock,
        asked=frozenset(status.name for status in chosen),
        due=tuple(status for status in chosen if force or status.is_due),
    )


def look_again(plan: Plan, built: Mapping[str, Record] = NOTHING) -> Plan:
    """Return how things stand after `built` were put in place; those not current are due.

    Only what was touched since stock was taken is looked at anew. What the command line said of
    limits still holds.
    """
    extra = [status.report for status in plan.statuses if status.state != "orphaned"]
    files = [name.removeprefix("file ") for name in plan.stamped if name.startswith("file ")]
    if stamps(plan.place, files) == plan.stamped:
        now = _judged(replace(plan, records={**plan.records, **built}), extra)
    else:
        now = take_stock(plan.place, extra)
    limits = {status.name: status.report.limits for status in plan.due}
    due = tuple(
        replace(status, report=replace(status.report, limits=limits[status.name]))
        for status in now.statuses
        if status.name in built and status.is_due and not built[status.name].failed
    )
    return replace(now, asked=plan.asked, due=due)


def _judged(stock: Plan, extra: Sequence[Report]) -> Plan:
    """Judge every report: the catalogue's, those asked for by hand, orphans.

    One asked for by hand whose good page somebody took away is not missed.
    """
    records = stock.records
    names = {report.name for report in stock.catalogued}
    by_hand = {report.name: report for report in extra if report.name not in names}
    others = [record for name, record in records.items() if name not in names | by_hand.keys()]
    kept = [record.report for record in others if record.report.group == OWN]
    statuses = [
        *(_status(report, stock) for report in stock.catalogued),
        *(status for report in kept if (status := _status(report, stock)).why != GONE),
        *(
            Status(
                report=record.report,
                state="orphaned",
                why=("no longer in the catalogue",),
                path=record.path,
            )
            for record in others
            if record.report.group != OWN
        ),
        *(_status(report, stock) for report in by_hand.values()),
    ]
    stock.hashes.keep()
    return replace(stock, statuses=tuple(statuses))


def _status(report: Report, stock: Plan) -> Status:
    record = stock.records.get(report.name)
    if record is None:
        return Status(report=report, state="missing", why=("never built",), path=None)
    path = record.path
    if record.failed is not None:
        return Status(report=report, state="failed", why=(record.failed.message,), path=path)
    page = ABSENT if path is None else stock.hashes.of(stock.place.reports / path)
    if path != report.path:
        return Status(report=report, state="missing", why=(f"its page was {path}",), path=None)
    if page == ABSENT:
        return Status(report=report, state="missing", why=GONE, path=None)
    tables = {name: stock.inputs.tables.get(name, ABSENT) for name in record.tables_read}
    parts = key_parts(report, stock.inputs, tables, place=stock.place, hashes=stock.hashes)
    why = why_stale(record, parts, page)
    return Status(report=report, state="stale" if why else "current", why=why, path=path)
