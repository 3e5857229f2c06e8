"""The index: a search of places, four facts, a map, what each report found; and the runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from analysis import wording
from analysis.estimate import KeyFigure
from analysis.files import replacing
from analysis.reporting import layout
from analysis.reporting.changes import Change
from analysis.reporting.keys import CODE, NOTEBOOK, VERSIONS
from analysis.reporting.navigation import SHORT, states
from analysis.reporting.plan import INDEX, Plan
from analysis.reporting.records import Record
from analysis.reporting.run_changes import PAGE, compare_runs, last_runs
from analysis.reporting.runs import RunRecord, read_run, run_ids
from analysis.reporting.site_pages import write_site_pages
from analysis.reporting.staleness import Status

RUNS_PAGE = "runs.html"
PROGRAMS = "programs.html"  # what `workforce programs` writes beside the index
OF_DEVELOPERS = {f"{part} changed" for part in (CODE, VERSIONS, NOTEBOOK)}  # figures still hold
MOST_TROUBLES, MOST_CHANGES = 12, 4  # told on top; the page of runs and that of changes have all
MOST_WORDS = 600  # characters of an error
MOST_ANSWER = 20  # words
MOST_COLUMNS = 4  # key figures of a question that fit beside each other
MOST_RUNS = 10
LAST_LINES = 6
# The facts on top: of which report, and by which of these names the figure may go.
FACTS = (
    ("outlook", ("employment",)),
    ("salary", ("median_wage_usd",)),
    ("outlook", ("annual_openings",)),
    ("roi", ("p_gain_pct",)),
)


Shown = Literal["current", "stale", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One report as the index lists it.

    Parameters
    ----------
    name : str
        Identifier of the report: "outlook-CA".
    notebook : str
        Which notebook it comes from; entries of one notebook stand together.
    title : str
        The question it asks, the same for all reports of a notebook.
    finding : str
        What it found, in a few words; may be empty.
    area : str
        As readers know it: "California".
    path : str or None
        Of the page, seen from the index; None where there never was a good one.
    key_figures : tuple of KeyFigure
        Those of the page that `path` leads to; may be empty.
    vintage : str
        Of its data: "May 2025".
    built_at : str
        When the page was built, as it is to be read.
    seconds : float or None
        How long that took.
    status : Shown
        "current"; "stale": the last good page is kept, since the newest run failed or its
        inputs have changed; "failed": there is no page.
    error : str
        Why the newest run failed; empty where it did not.
    detail : str
        What tells it from the notebook's other reports of the area: "CIC"; may be empty.
    why : str
        What has changed since the page was built: "table wages changed"; may be empty.
    changes : tuple of Change
        How its key figures differ from those of the page before; may be empty.

    Raises
    ------
    ValueError
        A report without a page that has not failed, or with one that has.
    """

    name: str
    notebook: str
    title: str
    area: str
    path: str | None
    key_figures: tuple[KeyFigure, ...]
    vintage: str
    built_at: str
    seconds: float | None
    status: Shown
    error: str = ""
    detail: str = ""
    why: str = ""
    changes: tuple[Change, ...] = ()
    finding: str = ""

    def __post_init__(self) -> None:
        if (self.path is None) != (self.status == "failed"):
            raise ValueError(
                f'{self.name}: status is "failed" if and only if there is no page, '
                f"not {self.status!r} with path {self.path!r}. A page kept is stale."
            )

    @property
    def label(self) -> str:
        """Name the report among those of its notebook."""
        return ", ".join(filter(None, [self.area, self.detail]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run of the whole catalogue.

    Parameters
    ----------
    run_id, started_at : str
        Which run, and when.
    seconds : float or None
        How long it took; None where that was not measured.
    built, unchanged, failed : int
        Reports built, found up to date, and failed.
    """

    run_id: str
    started_at: str
    seconds: float | None
    built: int
    unchanged: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A key figure that the reports of a group share: its name, label and the unit's words."""

    name: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A key figure in the index: its label, text, interval, and what it is sorted by."""

    label: str = ""
    text: str = ""
    interval: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The reports of one notebook, as one table.

    Parameters
    ----------
    notebook, title : str
        As in `IndexEntry`.
    columns : tuple of Heading
        At most `MOST_COLUMNS`.
    rows : tuple of (IndexEntry, tuple of Cell)
        Each report with one cell a column.
    """

    notebook: str
    title: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[IndexEntry, tuple[Cell, ...]], ...]


def groups(entries: Sequence[IndexEntry]) -> tuple[Group, ...]:
    """Put the reports of each notebook together, in order of first appearance."""
    order = {entry.notebook: rank for rank, entry in reversed(list(enumerate(entries)))}
    together = sorted(entries, key=lambda entry: order[entry.notebook])
    return tuple(
        group(notebook, list(members))
        for notebook, members in groupby(together, key=lambda entry: entry.notebook)
    )


def group(notebook: str, entries: Sequence[IndexEntry]) -> Group:
    """Set the reports of one notebook as a table; its columns are the key figures they share."""
    shared = columns([figure for entry in entries for figure in entry.key_figures])
    return Group(
        notebook=notebook,
        title=entries[0].title,
        columns=shared,
        rows=tuple((entry, cells(entry, shared)) for entry in entries),
    )


def columns(figures: Sequence[KeyFigure]) -> tuple[Heading, ...]:
    """Name the first key figures of a group; label and unit are those of the first such figure."""
    first = {figure.name: figure for figure in reversed(figures)}
    order = list(dict.fromkeys(figure.name for figure in figures))[:MOST_COLUMNS]
    return tuple(
        Heading(
            name=name,
            label=first[name].label,
            unit=wording.unit_words(first[name].estimate.unit),
        )
        for name in order
    )


def cells(entry: IndexEntry, shared: Sequence[Heading]) -> tuple[Cell, ...]:
    """Write the key figures of a report by column; an empty cell where it has no such figure."""
    known = {figure.name: figure for figure in entry.key_figures}
    return tuple(
        cell(known[column.name], unit=column.unit) if column.name in known else Cell()
        for column in shared
    )


def cell(figure: KeyFigure, *, unit: str = "") -> Cell:
    """Write one key figure; a missing one has no sort value, so that it comes last.

    Parameters
    ----------
    figure : KeyFigure
        Its limit stands in for a value that is a bound.
    unit : str
        Unit words that the column shows already; any other unit stands with the value.

    Examples
    --------
    >>> from analysis.estimate import Estimate
    >>> wage = Estimate.with_se(51140, se=153, unit="USD a year", kind="official")
    >>> cell(KeyFigure(name="median_wage_usd", label="Median wage", estimate=wage)).sort
    '51140'
    """
    estimate = figure.estimate
    limit = estimate.low if estimate.high is None else estimate.high
    known = limit if wording.is_absent(estimate.value) else estimate.value
    is_said = wording.unit_words(estimate.unit) == unit
    return Cell(
        label=figure.label,
        text=wording.amount(estimate) if is_said else wording.amount_with_unit(estimate),
        interval=wording.interval(estimate),
        sort="" if known is None or wording.is_absent(known) else f"{known:.12g}",
    )


def render_index(
    entries: Sequence[IndexEntry],
    *,
    built_at: str,
    changes_href: str = "",
    programs_href: str = "",
    places: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Render the first page as one self-contained HTML file.

    Parameters
    ----------
    entries : sequence of IndexEntry
        In the order of the catalogue, which the page keeps.
    built_at : str
        When, as it is to be read.
    changes_href : str
        Where the page of all changes lies, seen from the index; "" for none.
    programs_href : str
        Where the finder of programs lies; "" for none.
    places : sequence of mapping
        As the page of all places has them; empty where there is none.

    Examples
    --------
    >>> "No reports yet" in render_index([], built_at="3 November 2026")
    True
    """
    troubled = [entry for entry in entries if entry.error]
    moved = [
        (entry, change)
        for entry in entries
        for change in entry.changes
        if change.is_moved and change.verdict not in ("new", "gone")
    ]
    national = [
        entry
        for entry in entries
        if not entry.detail
        and (entry.area == "United States" or (entry.path or "").startswith("national/"))
    ]
    order = {name: rank for rank, name in enumerate(SHORT)}
    national.sort(key=lambda entry: order.get(entry.notebook, len(order)))
    return layout.render(
        "index.html.j2",
        {
            "facts": facts(national),
            "questions": [(entry, answer(entry)) for entry in national],
            "total": len(entries),
            "troubled": troubled[:MOST_TROUBLES],
            "trouble_total": len(troubled),
            "most_words": MOST_WORDS,
            "moved": moved[:MOST_CHANGES],
            "moved_total": len(moved),
            "changes_href": changes_href,
            "programs_href": programs_href,
            "built_at": built_at,
            "places": places,
            "states": states() if places else (),
            "tiles": layout.json_text(tiles(places)),
            "runs_href": RUNS_PAGE,
        },
    )


def render_runs(
    entries: Sequence[IndexEntry], *, built_at: str, runs: Sequence[RunLine] = ()
) -> str:
    """Render all reports with their key figures, status and time, and the latest runs."""
    return layout.render(
        "runs.html.j2",
        {
            "groups": groups(entries),
            "total": len(entries),
            "tally": {
                status: sum(entry.status == status for entry in entries)
                for status in ("current", "stale", "failed")
            },
            "areas": list(dict.fromkeys(entry.area for entry in entries)),
            "built_at": built_at,
            "runs": runs,
        },
    )


def facts(entries: Sequence[IndexEntry]) -> list[tuple[Cell, IndexEntry]]:
    """Choose the facts on top, each with the report it is from; one that is absent is left out."""
    found = []
    for notebook, names in FACTS:
        for entry in entries:
            figure = next((each for each in entry.key_figures if each.name in names), None)
            if entry.notebook == notebook and figure:
                unit = wording.unit_words(figure.estimate.unit)
                shown = cell(figure, unit=unit)
                is_said = unit in shown.label.lower()
                label = shown.label if is_said else f"{shown.label}, {unit}"
                found.append((replace(shown, label=label), entry))
    return found


def answer(entry: IndexEntry) -> str:
    """Answer a report's question in at most `MOST_ANSWER` words, from what this run found.

    Its finding; where that is long or absent, its first headline figure.
    """
    if entry.finding and len(entry.finding.split()) <= MOST_ANSWER:
        return entry.finding
    leading = [each for each in entry.key_figures if each.headline] or list(entry.key_figures)
    if not leading:
        return ""
    shown = cell(leading[0])
    return f"{shown.label}: {shown.text}"


def tiles(places: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Keep of each state what the map shows: median, at national prices, jobs per 1,000 jobs."""
    return {
        place["code"]: [place["wages"][2], place["prices"], place["per_1000"]]
        for place in places
        if place["kind"] == "state"
    }


def write_index(plan: Plan, *, built_at: str) -> Path:
    """Write the index, the page of runs and that of places, from all that is known.

    Parameters
    ----------
    plan : Plan
        How it stands with every report, once all pages and records are in place.
    built_at : str
        When, as it is to be read.
    """
    from analysis.reporting.places_page import places_of  # reads tables: only where there is one

    folder = plan.place.reports
    moved = last_changes(folder)
    entries = [
        replace(entry, changes=moved.get(entry.name, ()))
        for entry in index_entries(plan.statuses, plan.records)
    ]
    pages = {
        RUNS_PAGE: render_runs(entries, built_at=built_at, runs=run_lines(folder)),
        INDEX: render_index(
            entries,
            built_at=built_at,
            changes_href=PAGE if (folder / PAGE).exists() else "",
            programs_href=PROGRAMS if (folder / PROGRAMS).exists() else "",
            places=places_of(plan, built_at=built_at),
        ),
    }
    for name, html in pages.items():
        with replacing(folder / name) as file:
            file.write(html.encode())
    list(write_site_pages(folder))
    plan.keep_index()
    return folder / INDEX


def last_changes(folder: Path) -> dict[str, tuple[Change, ...]]:
    """Say by name of each report how its key figures moved between the last two runs."""
    last = last_runs(folder)
    if len(last) < 2:
        return {}
    return {report.name: report.changes for report in compare_runs(*last).reports}


def index_entries(statuses: Iterable[Status], records: Mapping[str, Record]) -> list[IndexEntry]:
    """List the reports that were ever built or tried, the nation first."""
    entries = [
        entry_of(records[status.name], status) for status in statuses if status.name in records
    ]
    return sorted(entries, key=_order)


def entry_of(record: Record, status: Status) -> IndexEntry:
    """Say of one report what the index lists."""
    has_page = status.path is not None
    why = tuple(part for part in status.why if part not in OF_DEVELOPERS)
    lost = "" if has_page or record.failed else f"Its page is to be built again: {status.why[0]}."
    return IndexEntry(
        name=record.name,
        notebook=record.report.notebook,
        title=record.title,
        area=record.area,
        detail=record.detail,
        path=status.path,
        key_figures=record.key_figures if has_page else (),
        vintage=record.vintage if has_page else "",
        built_at=record.built_at or (record.failed.at if record.failed else ""),
        seconds=record.seconds if has_page else None,
        status="failed" if not has_page else "stale" if why else "current",
        error=error_words(record) or lost,
        why="" if record.failed else "; ".join(why),
        finding=record.finding if has_page else "",
    )


def error_words(record: Record) -> str:
    """Tell an error with the last lines that were put out; empty where there is none."""
    if record.failed is None:
        return ""
    lines = [line for line in record.failed.log.strip().splitlines() if line.strip()]
    return "\n".join([record.failed.message, *lines[-LAST_LINES:]])


def run_lines(folder: Path) -> list[RunLine]:
    """Tell of the latest runs, newest first."""
    latest = (read_run(run_id, folder) for run_id in run_ids(folder)[: -MOST_RUNS - 1 : -1])
    return [run_line(run) for run in latest if run is not None]


def run_line(run: RunRecord) -> RunLine:
    """Tell of one run in one line."""
    return RunLine(
        run_id=run.run_id,
        started_at=run.started_at,
        seconds=run.seconds,
        built=run.count("built"),
        unchanged=run.count("unchanged"),
        failed=run.count("failed"),
    )


def _order(entry: IndexEntry) -> tuple[bool, bool]:
    """Order reports: the nation first, then areas, then what was asked by hand, as catalogued."""
    return bool(entry.detail), entry.area != "United States"
