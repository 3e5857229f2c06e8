"""The table of faults names only tests that exist, and no row is without one."""

import ast
import re
from functools import cache

import pytest

from analysis import sources

TABLE = sources.ROOT / "docs" / "reliability.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROWS = [
    line
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| fault ", "| change ", "| ---"))
]


@cache
def those_of(path: str) -> dict[str, bool]:
    """Name the tests of a file, and say of each whether all or some of it is marked long."""
    tree = ast.parse((sources.ROOT / path).read_text(encoding="utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {
        node.name: any("mark.long" in ast.unparse(each) for each in node.decorator_list)
        for node in found
        if node.name.startswith("test_")
    }


@pytest.mark.parametrize("row", ROWS)
def test_each_row_names_tests_that_exist_and_says_which_are_long(row):
    named = NAMED.findall(row)
    assert named, "no row without a test"
    for path, name in named:
        assert (sources.ROOT / path).is_file(), path
        assert name in those_of(path), f"{path}::{name}"
    assert any(those_of(path)[name] for path, name in named) == ("*long*" in row)
