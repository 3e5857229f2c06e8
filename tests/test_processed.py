"""The processed tables are whole, hold their schemas, and are rebuilt when they must be."""

import json

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
