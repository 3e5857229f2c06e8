"""A year on a page is the data's: none stands in the code that draws, lays out or words."""

import ast
import re

import pytest

from analysis import sources

SHOWING = ("figures", "tabular", "answers", "live")
MODULES = [
    path
    for folder in SHOWING
    for path in sorted((sources.ROOT / "src" / "analysis" / folder).glob("*.py"))
]
YEAR = re.compile(r"\b(?:May|in|of|since) 20[12]\d\b|\b20[12]\d (?:release|edition)\b")


def texts(tree: ast.AST) -> list[str]:
    """List the strings of a module, docstrings left out."""
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_year_of_a_release_stands_in_code_that_shows(path):
    found = [text for text in texts(ast.parse(path.read_text())) if YEAR.search(text)]
    assert found == []
