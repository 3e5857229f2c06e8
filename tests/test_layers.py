"""The house rules that a reader relies on: data runs one way, modules stay short."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis import sources

SOURCE = sources.ROOT / "src" / "analysis"
LAYERS = [  # from left to right, as CONTRIBUTING lists them; each imports only from its left
    set(re.split(r",\s*", layer))
    for layer in re.split(
        r"\s*→\s*",
        re.search(
            r"^(errors, .*?cli)\.$",
            (sources.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
            flags=re.DOTALL | re.MULTILINE,
        )[1],
    )
]
PLACE = {name: number for number, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__init__.py")
LONGEST = 500


def named(path: Path) -> Iterator[str]:
    """List what a module imports of the package, type checking and lazy imports included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module.split(".")[0] == "analysis":
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("analysis."))


def imported(path: Path) -> set[str]:
    """List the layers a module imports from."""
    return {name.split(".")[1] for name in named(path)}


def arrows() -> dict[str, set[str]]:
    """Map each module of the package to those it imports."""
    modules = {
        ".".join(["analysis", *path.relative_to(SOURCE).with_suffix("").parts]): path
        for path in SOURCE.rglob("*.py")
    }

    def module(full: str) -> str:
        """Find the module that a name stands for, or that it stands in."""
        parent = full.rpartition(".")[0]
        candidates = (full, f"{full}.__init__", parent, f"{parent}.__init__")
        return next((each for each in candidates if each in modules), full)

    return {
        name: {module(full) for full in named(path)} & modules.keys() - {name}
        for name, path in modules.items()
    }


def circles(arrows: dict[str, set[str]]) -> list[str]:
    """Take away what imports nothing that is left, again and again; what stays is in a circle."""
    left = dict(arrows)
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    return sorted(left)


def layer_of(path: Path) -> str:
    """Name the layer a module belongs to."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_module_imports_only_from_its_left(path):
    here = layer_of(path)
    for other in imported(path) - {here}:
        assert other in PLACE, f"{other} is in no layer"
        assert PLACE[other] < PLACE[here] or PLACE[other] == PLACE[here] == PLACE["figures"], (
            f"{path.relative_to(SOURCE)} imports analysis.{other}, which is not to its left"
        )


def test_every_module_has_its_place_in_the_flow():
    assert {layer_of(path) for path in MODULES} <= PLACE.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_modules_import_each_other_in_a_circle():
    """Not inside a folder either, nor behind TYPE_CHECKING or in a function."""
    assert circles(arrows()) == []


def test_a_circle_is_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_no_module_is_a_catch_all():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "common", "misc", "base"}


def test_models_read_no_file_but_the_prices_of_the_acceptance_interface():
    readers = {
        path.name
        for path in MODULES
        if layer_of(path) == "models" and "processed" in imported(path)
    }
    assert readers <= {"prices.py"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_errors_are_raised_never_asserted(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree))


def test_no_tracked_text_names_a_registry_or_this_machine():
    machine = "|".join(re.escape(f"{place}/") for place in (sources.ROOT, Path.home()))
    named = re.compile(rf"pypi\.org|pythonhosted|npmjs\.org|deb\.debian|{machine}")
    for path in sources.ROOT.rglob("*"):
        parts = path.relative_to(sources.ROOT).parts
        skipped = {".git", ".venv", "reports", "processed", "downloads", "build", "__pycache__"}
        if (
            path.is_file()
            and not skipped & set(parts)
            and path.suffix in TEXT
            and path != Path(__file__)
        ):
            assert not named.search(path.read_text(encoding="utf-8")), path


TEXT = {".py", ".md", ".toml", ".yml", ".csv", ".ipynb", ".lock", ".css", ".js", ".j2", ".cfg"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_that_a_message_names_is_there(path):
    for named_file in re.findall(r"\b(\w+(?:/\w+)+\.py)\b", path.read_text(encoding="utf-8")):
        places = (SOURCE / named_file, sources.ROOT / named_file, sources.ROOT / "src" / named_file)
        assert any(place.is_file() for place in places), named_file
