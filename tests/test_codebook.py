"""The codebook says what every column means, and nothing else."""

import runpy

from analysis import sources
from analysis.cleaning.recipes import RECIPES

SCRIPT = runpy.run_path(str(sources.ROOT / "scripts" / "make_codebook.py"))


def test_every_column_of_every_table_is_explained_once_and_none_is_left_over():
    columns = {name for recipe in RECIPES.values() for name in recipe.schema.to_schema().columns}
    assert set(SCRIPT["explained"]()) == columns | set(SCRIPT["OF_RELEASES"])


def test_a_column_whose_name_ends_in_a_unit_is_explained_in_that_unit():
    for name, row in SCRIPT["explained"]().items():
        if name.endswith("_pct"):
            assert row["unit"] == "percent", name
        if name.endswith("_usd"):
            assert row["unit"].startswith("USD"), name


def test_the_page_is_what_the_script_writes():
    committed = (sources.ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert committed == SCRIPT["page"](), "run scripts/make_codebook.py"


def test_the_readme_lists_every_table():
    readme = (sources.ROOT / "README.md").read_text(encoding="utf-8")
    official = [name for name in RECIPES if not name.startswith("guide_")]
    assert [name for name in official if f"`{name}`" not in readme] == []
