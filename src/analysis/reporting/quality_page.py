"""The page on how good a file of pay records is: what came in, what became of it, and why."""

from pathlib import Path

import nbformat
import pandas as pd
from nbformat import NotebookNode

from analysis import sources, wording
from analysis.cleaning.pay.quality import QualitySummary, quality_summary
from analysis.cleaning.pay.records import CleanedRecords
from analysis.figures.pay_distribution import pay_distribution
from analysis.pay_records import says_synthetic
from analysis.reporting.page import Dataset, Provenance, render_page
from analysis.reporting.runs import Run
from analysis.tabular.part import words
from analysis.tabular.table import Table, table

SYNTHETIC = "Synthetic records: no person in them exists."
QUARTILES = "Quartiles of annual pay; missing where too few records would be told of"
SECTIONS = {
    "rows": ("What became of the rows?", "Rows that came in, were kept and were set aside"),
    "reasons": ("What was set aside, and why?", "Rows set aside, of all that came in"),
    "repairs": ("What was repaired or taken for granted?", "Rows with a flag, of those kept"),
    "unread": ("Which answers were not understood?", "Answers in no table, as they were written"),
    "columns": ("What does each column of the file hold?", "Columns as they came"),
    "missing": ("What is missing?", "Rows kept that have no value"),
    "pay": ("How is pay distributed?", "Records by annual pay"),
    "by_setting": ("What do records say by setting?", QUARTILES),
    "by_state": ("What do records say by state?", QUARTILES),
    "by_credential": ("What do records say by credential?", QUARTILES),
}


def quality_page(
    cleaned: CleanedRecords, *, file: Path, columns: Path, run: Run, minimum: int
) -> str:
    """Write the page as HTML; no cell of pay tells of fewer than `minimum` records."""
    summary = quality_summary(cleaned, minimum=minimum)
    name = shown_name(file)
    is_synthetic = says_synthetic(name, cleaned.salaries["record_id"])
    provenance = Provenance(
        datasets=(
            Dataset(
                title=f"{name} (synthetic)" if is_synthetic else name,
                producer="brought by the user",
                vintage="",
                sha256=sources.sha256_of(file),
                licence="",
                address="",
            ),
        ),
        parameters={"columns": shown_name(columns), "minimum": str(minimum)},
        code_version=run.code_version,
        run_id=run.run_id,
        built_at=run.started_at,
        command=f"workforce survey {name} --columns {shown_name(columns)} --minimum {minimum}",
    )
    return render_page(
        _notebook(cleaned, summary, source=name, is_synthetic=is_synthetic),
        title=f"How good is {name}?",
        subtitle=SYNTHETIC if is_synthetic else name,
        provenance=provenance,
        index_href="",  # it lies in a folder of the user's, where no list of reports is
    )


def shown_name(file: Path) -> str:
    """Return the name of a file as text that can be written; odd bytes become question marks."""
    return file.name.encode("utf-8", "replace").decode()


def _notebook(
    cleaned: CleanedRecords, summary: QualitySummary, *, source: str, is_synthetic: bool
) -> NotebookNode:
    """Lay the summary out as the pages are: answer first, then a question a section."""
    kept = wording.percent(100 * len(cleaned.salaries) / max(cleaned.rows_in, 1))
    answer = (
        f"Of {wording.count(cleaned.rows_in)} rows {wording.count(len(cleaned.salaries))} were "
        f"kept ({kept}) and {wording.count(len(cleaned.set_aside))} set aside, each with a reason. "
        f"No cell of pay below tells of fewer than {summary.minimum} records."
    )
    cells = [_text(f"# How good is this file of pay records?\n\n{answer}")]
    for part, (question, caption) in SECTIONS.items():
        frame: pd.DataFrame = getattr(summary, part)
        cells.append(_text(f"## {question}"))
        if not len(frame):
            cells.append(_text("Nothing."))
            continue
        if part == "pay":
            chart = pay_distribution(frame, source=source, is_synthetic=is_synthetic)
            cells.append(_shown(*chart._repr_mimebundle_()))
        cells.append(_shown({"text/html": _table(frame, caption, source)._repr_html_()}))
    return nbformat.v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call, no-any-return]


def _text(markdown: str) -> NotebookNode:
    """Make a cell of words."""
    return nbformat.v4.new_markdown_cell(markdown)  # type: ignore[no-untyped-call, no-any-return]


def _shown(data: dict[str, str], metadata: dict[str, dict[str, str]] | None = None) -> NotebookNode:
    """Make a cell that shows one figure or table."""
    output = nbformat.v4.new_output(  # type: ignore[no-untyped-call]
        "display_data", data, metadata=metadata or {}
    )
    return nbformat.v4.new_code_cell("", outputs=[output])  # type: ignore[no-untyped-call, no-any-return]


def _table(frame: pd.DataFrame, caption: str, source: str) -> Table:
    """Word one table of the summary; quartiles of pay are dollars."""
    named = {
        f"{name}_usd" if name in ("p25", "p50", "p75") else str(name): frame[name] for name in frame
    }
    shown = {_heading(name): words(column, name) for name, column in named.items()}
    text = {_heading(name) for name, column in named.items() if column.dtype == "str"}
    return table(frame, shown, caption=caption, source=source, text=text)


def _heading(name: str) -> str:
    """Turn a column's name into words, its unit at the end."""
    text = name.removesuffix("_pct").replace("_usd", ", USD").replace("_", " ")
    return text[:1].upper() + text[1:]
