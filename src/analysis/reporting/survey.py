"""From anybody's file of pay records to clean tables and a page on how good the file is."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd
from nbformat import NotebookNode

from analysis import sources, wording
from analysis.cleaning.pay_records import vocabulary
from analysis.cleaning.pay_records.column_guess import guess_column_map
from analysis.cleaning.pay_records.column_map import FileFormat, format_column_map, read_column_map
from analysis.cleaning.pay_records.quality import QualitySummary, quality_summary
from analysis.cleaning.pay_records.record_files import read_records
from analysis.cleaning.pay_records.records import CleanedRecords, clean_records
from analysis.in_place import replacing
from analysis.reporting.builder import Run
from analysis.reporting.page import Dataset, Provenance, render_page
from analysis.tables.part import words
from analysis.tables.table import Table, table

SECTIONS = {
    "columns": "What does each column hold?",
    "repairs": "What was repaired or taken for granted?",
    "reasons": "What was set aside, and why?",
    "unread": "Which answers were not understood?",
    "missing": "What is missing?",
    "pay": "How is pay distributed?",
    "by_setting": "What do records say by setting?",
    "by_state": "What do records say by state?",
    "by_credential": "What do records say by credential?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanedFile:
    """Where the results of a cleaned file lie, and what became of its rows.

    Parameters
    ----------
    salaries, set_aside, page : Path
        Parquet, Parquet and HTML.
    rows_in, rows_kept, rows_set_aside : int
        The first is the sum of the others.
    """

    salaries: Path
    set_aside: Path
    page: Path
    rows_in: int
    rows_kept: int
    rows_set_aside: int


def known_spellings() -> vocabulary.Vocabulary:
    """Read the spellings of credentials, settings and states that the project knows."""
    return vocabulary.vocabulary_of(
        credentials=sources.read_raw(vocabulary.CREDENTIAL_ALIASES),
        settings=sources.read_raw(vocabulary.SETTING_ALIASES),
        states=sources.read_raw(vocabulary.STATE_ALIASES),
    )


def propose_map(file: Path) -> str:
    """Propose a column map for a file, as TOML, from its headers and a look at its values.

    Raises
    ------
    WrongInput
        The file cannot be read.
    """
    guess = guess_column_map(read_records(file, FileFormat()), known_spellings())
    return format_column_map(guess.column_map)


def clean_file(file: Path, *, columns: Path, out: Path, run: Run) -> CleanedFile:
    """Clean a file of records, and write its tables and its page to `out`.

    Nothing is written before everything was read; each file is put in place whole.

    Raises
    ------
    WrongInput
        The file or the map cannot be read, or the map names a column that is absent.
    """
    column_map = read_column_map(columns)
    cleaned = clean_records(read_records(file, column_map.file), column_map, known_spellings())
    name = file.stem
    page = quality_page(cleaned, file=file, columns=columns, run=run)
    places = [out / f"{name}{end}" for end in (".salaries.parquet", ".set_aside.parquet", ".html")]
    for place, frame in zip(places[:2], (cleaned.salaries, cleaned.set_aside), strict=True):
        with replacing(place) as target:
            frame.to_parquet(target, index=False)
    with replacing(places[2]) as target:
        target.write(page.encode())
    return CleanedFile(
        salaries=places[0],
        set_aside=places[1],
        page=places[2],
        rows_in=cleaned.rows_in,
        rows_kept=len(cleaned.salaries),
        rows_set_aside=len(cleaned.set_aside),
    )


def quality_page(cleaned: CleanedRecords, *, file: Path, columns: Path, run: Run) -> str:
    """Write the page on what came in, what was repaired, and what was set aside and why."""
    summary = quality_summary(cleaned)
    provenance = Provenance(
        datasets=(
            Dataset(
                title=file.name,
                producer="brought by the user",
                vintage="",
                sha256=sources.sha256_of(file),
                licence="",
                address="",
            ),
        ),
        parameters={"columns": columns.name},
        code_version=run.code_version,
        run_id=run.run_id,
        built_at=run.started_at,
        command=f"workforce survey {file.name} --columns {columns.name}",
    )
    notebook = _notebook(cleaned, summary, file)
    title = f"How good is {file.name}?"
    return render_page(notebook, title=title, subtitle=_warning(file), provenance=provenance)


def _notebook(cleaned: CleanedRecords, summary: QualitySummary, file: Path) -> NotebookNode:
    """Lay the summary out as the pages are: answer first, then a table a question."""
    kept = wording.percent(100 * len(cleaned.salaries) / max(cleaned.rows_in, 1))
    answer = (
        f"Of {wording.count(cleaned.rows_in)} rows {wording.count(len(cleaned.salaries))} were "
        f"kept ({kept}) and {wording.count(len(cleaned.set_aside))} set aside, each with a reason."
    )
    cells = [_text(f"# How good is this file of pay records?\n\n{answer}")]
    for part, question in SECTIONS.items():
        frame: pd.DataFrame = getattr(summary, part)
        cells.append(_text(f"## {question}"))
        cells.append(_shown(part, frame, file) if len(frame) else _text("Nothing."))
    return nbformat.v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call, no-any-return]


def _text(markdown: str) -> NotebookNode:
    """Make a cell of words."""
    return nbformat.v4.new_markdown_cell(markdown)  # type: ignore[no-untyped-call, no-any-return]


def _shown(part: str, frame: pd.DataFrame, file: Path) -> NotebookNode:
    """Make a cell that shows one table of the summary."""
    data = {"text/html": _table(part, frame, file)._repr_html_()}
    output = nbformat.v4.new_output("display_data", data)  # type: ignore[no-untyped-call]
    return nbformat.v4.new_code_cell("", outputs=[output])  # type: ignore[no-untyped-call, no-any-return]


def _table(part: str, frame: pd.DataFrame, file: Path) -> Table:
    """Word one table of the summary; quartiles of pay are dollars."""
    named = {
        f"{name}_usd" if name in ("p25", "p50", "p75") else name: frame[name] for name in frame
    }
    shown = {_heading(name): words(column, str(name)) for name, column in named.items()}
    text = {_heading(name) for name, column in named.items() if column.dtype == "str"}
    return table(frame, shown, caption=SECTIONS[part], source=file.name, text=text)


def _heading(name: object) -> str:
    """Turn a column's name into words, its unit at the end."""
    text = str(name).removesuffix("_pct").replace("_usd", ", USD").replace("_", " ")
    return text[:1].upper() + text[1:]


def _warning(file: Path) -> str:
    """Mark a synthetic file as one."""
    return "Synthetic records: no person in them exists." if "synthetic" in file.name else file.name
