"""The processed tables are whole, hold their schemas, and are rebuilt when they must be."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import processed, sources
from analysis.cleaning.recipes import RECIPES
from analysis.errors import WrongInput
from analysis.schemas.table import checked


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("processed")
    return folder, processed.build(folder)


def test_every_recipe_becomes_a_table_and_a_list_of_rows_set_aside(built):
    folder, tables = built
    assert {table.name for table in tables} == set(RECIPES)
    for table in tables:
        assert len(pd.read_parquet(folder / f"{table.name}.parquet")) == table.rows
        aside = pd.read_parquet(folder / "set_aside" / f"{table.name}.parquet")
        assert len(aside) == table.rows_set_aside
        assert aside["reason"].ne("").all()


def test_rows_in_are_rows_kept_plus_rows_set_aside(built):
    for table in built[1]:
        assert table.rows_in == table.rows_kept + table.rows_set_aside, table.name


def test_what_is_read_back_still_holds_its_schema(built):
    for name, recipe in RECIPES.items():
        checked(pd.read_parquet(built[0] / f"{name}.parquet"), recipe.schema)


def test_building_twice_gives_the_same_bytes(built, tmp_path):
    assert processed.build(tmp_path) == built[1]


def test_a_table_is_rebuilt_when_its_inputs_have_changed(tmp_path):
    processed.ensure(tmp_path)
    manifest = tmp_path / processed.MANIFEST
    rows = json.loads(manifest.read_text())
    rows[0]["key"] = "of other inputs"
    manifest.write_text(json.dumps(rows))
    (tmp_path / f"{rows[0]['name']}.parquet").write_bytes(b"old")
    table = processed.read(rows[0]["name"], tmp_path)
    assert len(table) == rows[0]["rows"]


def test_nothing_is_rebuilt_when_nothing_has_changed(built):
    folder = built[0]
    before = (folder / processed.MANIFEST).stat().st_mtime_ns
    processed.ensure(folder)
    assert (folder / processed.MANIFEST).stat().st_mtime_ns == before


def test_an_unknown_table_is_refused_with_the_names_there_are(built):
    with pytest.raises(WrongInput, match=r"no processed table 'wage'.*wages"):
        processed.read("wage", built[0])


def test_tables_tell_which_were_read(built):
    tables = processed.Tables(built[0])
    assert tables.used == ()
    tables["wages"]
    assert [table.name for table in tables.used] == ["wages"]


def test_a_reader_cannot_change_a_table_for_the_next(built):
    tables = processed.Tables(built[0])
    first = tables["guide_settings"]
    first["share_pct"] = 0
    assert tables["guide_settings"]["share_pct"].sum() == 100


def test_guide_claims_named_by_other_tables_exist():
    claims = set(processed.read("guide_claims")["claim_id"])
    for name in RECIPES:
        table = processed.read(name)
        if name.startswith("guide_") and "claim_id" in table:
            assert set(table["claim_id"]) <= claims, name


def test_no_processed_table_holds_an_address_of_this_machine():
    for name in RECIPES:
        text = processed.read(name).to_csv()
        assert str(sources.ROOT) not in text, name


def test_the_key_of_a_table_is_that_of_its_code_too(tmp_path, monkeypatch):
    """A change of any file that cleans, or a file more, makes every table stale."""
    code = tmp_path / "cleaning"
    code.mkdir()
    (code / "a.py").write_text("LIMIT = 1\n")
    monkeypatch.setattr(processed, "CODE", (code,))
    built = processed.manifest(sources.PROCESSED) or processed.ensure(sources.PROCESSED)
    raw = next(iter(built.values())).raw
    keys = [processed._key(raw, processed.code_hash())]
    (code / "a.py").write_text("LIMIT = 2\n")
    keys.append(processed._key(raw, processed.code_hash()))
    (code / "b.py").write_text("")
    (code / "b.py").write_text("OTHER = 1\n")
    keys.append(processed._key(raw, processed.code_hash()))
    assert len(set(keys)) == 3


def test_a_change_of_the_code_that_cleans_builds_the_tables_again(tmp_path, monkeypatch):
    processed.build(tmp_path)
    before = {name: each.key for name, each in processed.manifest(tmp_path).items()}
    monkeypatch.setattr(processed, "code_hash", lambda: "other code")
    after = {name: each.key for name, each in processed.ensure(tmp_path).items()}
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def test_the_code_of_a_key_is_all_that_recipes_import():
    """Errors, files and this machine's libraries aside, whatever cleans is hashed."""
    script = (
        "import sys, analysis.cleaning.recipes\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('analysis.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    used = {Path(name) for name in done.stdout.split()}
    apart = {"errors.py", "files.py"}
    assert used
    for path in used:
        covered = any(path == place or place in path.parents for place in processed.CODE)
        assert covered or path.name in apart, path
