"""Write docs/codebook.md from the schemas, data/codebook.csv and data/raw/sources.csv.

One quantity has one name everywhere, so a column is explained once, in data/codebook.csv.

Run it as:

    python scripts/make_codebook.py
"""

import csv
from collections.abc import Iterable, Iterator

from analysis import sources
from analysis.cleaning.recipes import RECIPES, Recipe

CODEBOOK = sources.ROOT / "data" / "codebook.csv"
PAGE = sources.ROOT / "docs" / "codebook.md"
HEAD = """\
# Codebook

Every processed table, column by column. Written by `scripts/make_codebook.py`; a test holds it to
the schemas. Missing means not published or not stated; it is never a zero.
"""
OF_RELEASES = ("footnoted",)
RELEASES = """
## releases

A release of `workforce ingest oews`, `data/processed/releases/oews_YEAR.parquet`, has the columns
of `wages`, and one more.
"""
COLUMNS = "\n| column | meaning | unit |\n| --- | --- | --- |\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """Write the codebook as Markdown."""
    known = explained()
    tables = (line for recipe in RECIPES.values() for line in table(recipe, known))
    return "".join([HEAD, *tables, RELEASES, COLUMNS, *rows(OF_RELEASES, known)])


def explained() -> dict[str, dict[str, str]]:
    """Read what each column means and in what unit it is."""
    with CODEBOOK.open(encoding="utf-8", newline="") as file:
        return {row["column"]: row for row in csv.DictReader(file)}


def table(recipe: Recipe, known: dict[str, dict[str, str]]) -> Iterator[str]:
    """Write one table: what a row is, who published it, and its columns."""
    cited = [sources.sources()[path] for path in recipe.raw]
    named = dict.fromkeys(source.citation for source in cited if "list of" not in source.title)
    key = getattr(recipe.schema.Config, "__doc__", "") or ""
    yield f"\n## {recipe.name}\n\n{first_line(recipe.schema.__doc__)} {key_of(key)}\n\n"
    yield f"Source: {'; '.join(named)}.\n{COLUMNS}"
    yield from rows(recipe.schema.to_schema().columns, known)


def rows(columns: Iterable[str], known: dict[str, dict[str, str]]) -> Iterator[str]:
    """Write what each column means."""
    for column in columns:
        row = known[column]
        yield f"| `{column}` | {row['meaning']} | {row['unit']} |\n"


def first_line(text: str | None) -> str:
    """Return the first line of a docstring."""
    return (text or "").strip().split("\n")[0]


def key_of(text: str) -> str:
    """Return what a row is, where the schema says so."""
    line = first_line(text)
    return line if line.startswith("One ") else ""


if __name__ == "__main__":
    main()
