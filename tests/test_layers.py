"""The house rules that a reader relies on: data runs one way, modules stay short."""

import ast
import re
from pathlib import Path

import pytest

from analysis import sources

SOURCE = sources.ROOT / "src" / "analysis"
# From left to right, as in the picture in README; each imports only from its left.
LAYERS = [
    {"errors", "files", "estimate", "disclosure"},
    {"sources", "wording"},
    {"fetching"},
    {"schemas"},
    {"pay_records"},
    {"cleaning"},
    {"releases"},
    {"processed"},
    {"models"},
    {"studies"},
    {"figures", "tables", "answers", "live"},
    {"reporting"},
    {"cli"},
]
PLACE = {name: number for number, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__init__.py")
LONGEST = 500


def imported(path: Path) -> set[str]:
    """List the layers a module imports from, type checking and lazy imports included."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            parts = node.module.split(".")
            if parts == ["analysis"]:
                names |= {alias.name for alias in node.names}
            elif parts[0] == "analysis":
                names.add(parts[1])
        elif isinstance(node, ast.Import):
            names |= {a.name.split(".")[1] for a in node.names if a.name.startswith("analysis.")}
    return names


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


def test_the_picture_of_the_flow_in_readme_is_that_of_the_imports():
    """Its boxes are layers or folders, from left to right; CONTRIBUTING names them all."""
    readme = (sources.ROOT / "README.md").read_text(encoding="utf-8")
    (picture,) = re.findall(r"## How data flows\n\n```\n([^\n]+)\n", readme)
    boxes = [re.split(r",\s*", box.strip()) for box in picture.split("──>")]
    folders = {"data/raw": "sources", "data/processed": "processed", "notebooks": "live"}
    assert folders.keys() | {"reports"} == {name for box in boxes for name in box} - PLACE.keys()
    drawn = [{folders.get(name, name) for name in box} & PLACE.keys() for box in boxes]
    places = [{PLACE[name] for name in box} for box in drawn if box]
    assert all(len(place) == 1 for place in places), "what shares a box shares a layer"
    order = [min(place) for place in places]
    assert order == sorted(order)
    left_out = PLACE.keys() - set().union(*drawn)
    assert left_out == {
        "errors",
        "files",
        "estimate",
        "disclosure",
        "fetching",
        "schemas",
        "pay_records",
        "releases",
        "wording",
        "reporting",
        "cli",
    }
    layers = re.search(
        r"^errors, files, estimate, disclosure → .*?cli\.$",
        (sources.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    named = [set(re.split(r",\s*", part)) for part in re.split(r"\s*→\s*", layers[0].rstrip("."))]
    assert named == LAYERS


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
