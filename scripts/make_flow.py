"""Draw the flow of data in README from the imports of `src/analysis`: `make docs` runs it.

An arrow stands for an import; what follows from other arrows is left out, and so is the ground
floor that nearly everything imports. Data and notebooks, which import nothing, are drawn beside.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "analysis"
GROUND = {"lazy", "errors", "files", "estimate", "wording", "disclosure"}
BESIDE = [  # data and notebooks, from and to, with the shape of the first
    ("raw[(data/raw)]", "sources"),
    ("cleaning", "tables_on_disk[(data/processed)]"),
    ("tables_on_disk", "processed"),
    ("figures", "notebooks[[notebooks]]"),
    ("answers", "notebooks"),
    ("tabular", "notebooks"),
    ("live", "notebooks"),
    ("notebooks", "reporting"),
    ("reporting", "reports[(reports)]"),
]
PICTURE = re.compile(r"(## How data flows\n\n)```.*?```\n", re.DOTALL)


def imports(folder: Path = SOURCE) -> dict[str, set[str]]:
    """Return what each part of the package imports, by its name."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        part = path.relative_to(folder).with_suffix("").parts[0]
        if part in GROUND | {"__init__"}:
            continue
        named = found.setdefault(part, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                package, *parts = node.module.split(".")
                if package == "analysis":
                    named |= {parts[0]} if parts else {alias.name for alias in node.names}
        named -= GROUND | {part}
    return found


def reduced(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """Leave out each arrow that a way round stands for."""

    def reached(part: str) -> set[str]:
        return arrows[part].union(*(reached(other) for other in arrows[part]))

    return {
        part: {one for one in ones if not any(one in reached(other) for other in ones - {one})}
        for part, ones in arrows.items()
    }


def picture() -> str:
    """Return the flow as a Mermaid chart."""
    arrows = sorted(
        (source, part) for part, sources in reduced(imports()).items() for source in sources
    )
    lines = [f"    {one} --> {other}" for one, other in [*BESIDE, *arrows]]
    return "\n".join(["```mermaid", "flowchart LR", *lines, "```", ""])


def main() -> None:
    """Write the chart into README."""
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(PICTURE.sub(lambda found: found[1] + picture(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
