"""Text that means harm stays text: in pages, the index, tables for spreadsheets, and records."""

import ast
import csv
import io
import json
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import answers, processed, sources
from analysis.cleaning.pay.own_records import spreadsheet_csv
from analysis.estimate import Estimate, KeyFigure
from analysis.figures.reason import Reason
from analysis.reporting import metrics
from analysis.reporting.index import IndexEntry, RunLine, render_index, render_runs
from analysis.reporting.page import Dataset, Provenance, render_page
from analysis.tabular.table import table

MARK = "zz-harm"
HARMS = (
    f"<{MARK} onzzharm=1>",
    f"</title></style></script><{MARK}>",
    f'"><{MARK} onzzharm="1',
    "' onzzharm='1",
    '" onzzharm="1',
    f"--><{MARK}>",
    f"]]><{MARK}>",
    f"</svg><{MARK}>",
    f"[x](javascript:{MARK})",
    f"![x](data:text/html,{MARK})",
    f"<!--<{MARK}",
    "{{ 7 * 191 }}{% for x in 9 %}",
    "`code` **bold** | pipe\n\n# heading",
    "\u202eright to left\u2066 \x0b\x0c",
)
NAMES = [
    *("area_name", "occupation_title", "industry_title", "name", "source_title", "note"),
    *("program", "institution", "task", "finding", "claim", "statement", "quote", "description"),
]
PAGES = {  # notebook: what a reader may ask of it beside the defaults
    "outlook": {"area": "CA"},
    "salary": {"area": "CA", "offer_usd": 52_000},
    "roi": {"area": "CA"},
    "settings": {"area": "CA"},
    "careers": {"area": "CA"},
    "staffing": {"area": "CA"},
    "certification": {},
    "evidence": {},
}
QUICK = ("certification",)  # the others take a minute together


class Seen(HTMLParser):
    """What a browser would make of a page: elements, attributes, addresses, text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.structure: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        self.structure.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def is_harmed(self) -> bool:
        """Say whether a text of `HARMS` became an element, an attribute or an address."""
        return (
            any(MARK in tag for tag in self.tags)
            or any("onzzharm" in name for name in self.attributes)
            or any(MARK in each or each.startswith("javascript:") for each in self.addresses)
        )


def poisoned(table: pd.DataFrame, harm: str) -> pd.DataFrame:
    """Put harm into every name and note of a table that a source could hold."""
    named = set(NAMES).intersection(table)
    texts = {name: harm + table[name] for name in named if table[name].dtype == "str"}
    return table.assign(**texts)


def shown(notebook: str, given: Mapping[str, object]) -> nbformat.NotebookNode:
    """Run the cells of a notebook in this process, and keep what each displays."""
    executed = nbformat.read(sources.NOTEBOOKS / f"{notebook}.ipynb", as_version=4)
    space: dict[str, Any] = {}
    for cell in executed.cells:
        if cell.cell_type != "code":
            continue
        *body, last = ast.parse(cell.source).body
        if not isinstance(last, ast.Expr):
            body.append(last)
        exec(compile(ast.Module(body, []), notebook, "exec"), space)
        cell.outputs = []
        if "parameters" in cell.metadata.get("tags", []):
            space |= given
        if isinstance(last, ast.Expr):
            cell.outputs = [displayed(eval(compile(ast.Expression(last.value), "", "eval"), space))]
    return executed


def displayed(value: Any) -> nbformat.NotebookNode:
    """Display a value as Jupyter would."""
    data, metadata = {"text/plain": repr(value)}, {}
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    elif hasattr(value, "_repr_html_"):
        data = {"text/html": value._repr_html_()}
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


def provenance(text: str) -> Provenance:
    return Provenance(
        datasets=(
            Dataset(
                title=text, producer=text, vintage=text, sha256=text, licence=text, address=text
            ),
        ),
        parameters={text: text},
        code_version=text,
        run_id=text,
        built_at=text,
        command=text,
    )


@pytest.mark.parametrize(
    "notebook",
    [name if name in QUICK else pytest.param(name, marks=pytest.mark.long) for name in PAGES],
)
@pytest.mark.filterwarnings("ignore::UserWarning")  # glyphs that no font has
def test_harm_in_the_tables_is_shown_on_every_page_and_never_runs(notebook, monkeypatch):
    """All harms at once in area names, titles, notes, findings and claims of every table."""
    harm = "".join(each for each in HARMS if "\n" not in each)
    clean = processed.Tables.__getitem__
    monkeypatch.setattr(
        processed.Tables, "__getitem__", lambda tables, name: poisoned(clean(tables, name), harm)
    )
    executed = shown(notebook, PAGES[notebook])
    page = render_page(executed, title=harm, subtitle=harm, provenance=provenance(harm))
    seen = Seen(page)
    assert not seen.is_harmed()
    assert MARK in seen.text  # it was shown, so it could have run
    assert str(7 * 191) not in seen.text


plain = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=12)
texts = st.one_of(
    st.sampled_from(HARMS), plain, st.builds("".join, st.lists(st.sampled_from(HARMS)))
)


def page_of(text: str) -> str:
    """Put a text wherever a page takes one."""
    estimate = Estimate(value=1.0, unit="jobs", year=text, source=text, note=text, kind="official")
    outputs = [
        metrics.show([KeyFigure(name="jobs", label=text, estimate=estimate)]),
        table(
            pd.DataFrame({"a": [text]}),
            {f"A {text}": pd.Series([text])},
            caption=text,
            source=text,
            note=text,
        ),
        Reason(text),
        answers.Answer(text),
        text,
    ]
    cells = [nbformat.v4.new_code_cell("", outputs=[displayed(output)]) for output in outputs]
    cells += [nbformat.v4.new_code_cell(f"name = {text!r}")]
    return render_page(
        nbformat.v4.new_notebook(cells=cells),
        title=text,
        subtitle=f"- {text}",
        provenance=provenance(f"- {text}"),
    )


def index_of(text: str) -> str:
    """Put a text wherever the index takes one."""
    estimate = Estimate(value=1.0, unit="jobs", year=text, source=text, note=text, kind="official")
    entry = IndexEntry(
        name=text,
        notebook="outlook",
        title=text,
        area=text,
        path="own/outlook.html",
        key_figures=(KeyFigure(name="jobs", label=text, estimate=estimate),),
        vintage=text,
        built_at=text,
        seconds=1.0,
        status="stale",
        error=f"- {text}",
        detail=text,
    )
    run = RunLine(run_id=text, started_at=text, seconds=1.0, built=1, unchanged=0, failed=0)
    return render_index([entry], built_at=text) + render_runs([entry], built_at=text, runs=[run])


@given(text=texts)
@settings(max_examples=60, deadline=None)
def test_no_text_changes_the_elements_of_the_index(text):
    """The index has the same elements and attributes as with a harmless word."""
    assert Seen(index_of(text)).structure == Seen(index_of("word")).structure


@given(text=texts)
@settings(max_examples=40, deadline=None)
def test_no_text_brings_an_element_onto_a_page(text):
    """Long and short words differ in class and in coloured code, never in other elements."""
    allowed = Seen(page_of("word")).tags | {"span", "pre", "br", "small", "wbr"}
    seen = Seen(page_of(text))
    assert seen.tags <= allowed
    assert not seen.is_harmed()


def test_an_address_of_a_source_is_a_link_only_on_the_web():
    for address, is_link in [("https://bls.gov/a", True), ("javascript:alert(1)", False)]:
        data = Dataset(title="t", producer="", vintage="", sha256="", licence="", address=address)
        origin = Provenance(
            datasets=(data,), parameters={}, code_version="", run_id="", built_at="", command=""
        )
        page = render_page(
            nbformat.v4.new_notebook(cells=[]), title="t", subtitle="", provenance=origin
        )
        assert (f'href="{address}"' in page) == is_link


def test_a_page_may_fetch_and_run_nothing_but_its_own_scripts():
    """Even markup that got through could not run: the policy names each script by its hash."""
    for page in (page_of("word"), index_of("word")):
        policy = page.split('Content-Security-Policy" content="')[1].split('"')[0]
        assert "default-src &#39;none&#39;" in policy or "default-src 'none'" in policy
        scripts = policy.split("script-src")[1].split(";")[0]
        assert "unsafe" not in scripts
        assert "sha256-" in scripts


@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=4))
@settings(max_examples=50, deadline=None)
def test_no_cell_of_a_spreadsheet_table_is_a_formula(rows):
    frame = pd.DataFrame(rows, columns=["=A1", "found"], dtype="str")
    text = spreadsheet_csv(frame).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_stored_figures_are_data_when_they_are_read_back():
    """A record with markup in every text is read as that text, and shown as it."""
    harm = HARMS[0]
    figure = KeyFigure(
        name="jobs",
        label=harm,
        estimate=Estimate(value=1.0, unit="jobs", source=harm, note=harm, kind="official"),
    )
    again = metrics.from_json(json.loads(json.dumps(metrics.as_json(figure))))
    assert again == figure
    assert not Seen(metrics.cards([again])).is_harmed()
