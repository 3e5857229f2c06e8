"""Notebooks ask and show: no logic and no number in a cell, outputs that say the same tomorrow."""

import ast
import re

import nbformat
import pytest

from analysis import sources
from analysis.reporting.parameters import NOTEBOOKS

PATHS = sorted(sources.NOTEBOOKS.glob("*.ipynb"))
LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.Try,
    ast.With,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
    ast.BinOp,
)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def is_parameters(cell):
    return "parameters" in cell.metadata.get("tags", [])


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


def test_every_notebook_of_the_catalogue_is_there():
    assert NOTEBOOKS.keys() <= {path.stem for path in PATHS}


def test_a_cell_holds_no_logic(path):
    for cell in code_cells(path):
        found = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)]
        assert not found, cell.source


def test_a_cell_holds_no_number(path):
    for cell in code_cells(path):
        if not is_parameters(cell):
            numbers = [
                node.value
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.Constant)
                and isinstance(node.value, int | float)
                and not isinstance(node.value, bool)
            ]
            assert not numbers, cell.source


def test_the_title_is_a_question_and_sections_ask(path):
    headings = [
        line
        for cell in read(path).cells
        if cell.cell_type == "markdown"
        for line in cell.source.split("\n")
        if line.startswith("#")
    ]
    assert headings[0].startswith("# ")
    assert headings[0].endswith("?") or path.stem == "explore"
    assert sum(line.startswith("# ") for line in headings) == 1


def test_it_is_stored_executed_without_an_error_or_a_warning(path):
    for cell in code_cells(path):
        assert cell.execution_count is not None, cell.source
        for output in cell.outputs:
            assert output.output_type != "error"
            assert not (output.output_type == "stream" and output.name == "stderr"), output.text


def test_outputs_hold_no_clock_no_address_and_no_machine(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bat 0x[0-9a-f]{6,}", text)
    assert str(sources.ROOT) not in text
    assert "execution" not in read(path).cells[1].metadata


def test_outputs_print_no_nan(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            for kind, text in output.get("data", {}).items():
                if kind in ("text/plain", "text/html"):
                    assert not re.search(
                        r"(?<![A-Za-z])(nan|NaN|NaT|<NA>|inf)(?![A-Za-z])", text
                    ), text


def test_cell_ids_are_stable_words(path):
    ids = [cell.id for cell in read(path).cells]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+-\d\d", cell_id) for cell_id in ids)


def test_it_ends_by_saying_which_tables_it_read(path):
    if path.stem != "explore":  # which makes no page
        assert re.fullmatch(r"inputs\.show\(\w+\)", code_cells(path)[-1].source)
