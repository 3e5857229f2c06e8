"""Whether a report is current, and what made it stale: one case a kind of input."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from analysis import sources
from analysis.errors import WrongInput
from analysis.reporting.keys import FileHashes, key_parts, look, notebook_hash
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.publish import prune_orphans
from analysis.reporting.records import read_record
from analysis.reporting.staleness import differences

ALL = {"outlook", "evidence", "staffing-ca", "staffing-vt"}


def stale(states):
    """What made reports stale, by name."""
    return {name: why for name, (state, why) in states.items() if state == "stale"}


def edit_table(place, name, column, value):
    """Change Alaska's first row of a processed table."""
    file = place.processed / f"{name}.parquet"
    table = pd.read_parquet(file)
    table.loc[table.index[table["state"].eq("AK")][0], column] = value
    table.to_parquet(file, index=False)


def test_never_built_reports_are_missing(states):
    assert set(states().values()) == {("missing", ("never built",))}


def test_after_a_run_all_are_current(run, states):
    run()
    assert set(states().values()) == {("current", ())}


def test_one_states_row_of_one_table_makes_stale_only_the_reports_that_read_it(place, run, states):
    """Of the three notebooks outlook and evidence read price_parities; staffing does not."""
    run()
    edit_table(place, "price_parities", "price_parity", 101.7)
    told = ("table price_parities changed",)
    assert stale(states()) == {"outlook": told, "evidence": told}


def test_a_refresh_builds_only_those_and_the_index(place, run, pages, states):
    run()
    edit_table(place, "price_parities", "price_parity", 101.7)
    kept = place.reports / "states" / "staffing-ca.html"
    before = kept.stat().st_mtime_ns, (place.reports / "index.html").stat().st_mtime_ns
    run()
    assert set(pages.built) == {"outlook", "evidence"}
    assert kept.stat().st_mtime_ns == before[0]
    assert (place.reports / "index.html").stat().st_mtime_ns > before[1]
    assert not stale(states())


def test_an_edited_cell_makes_the_reports_of_its_notebook_stale(place, run, states):
    run()
    path = place.notebooks / "staffing.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = ["# How many coders does it take?"]
    path.write_text(json.dumps(notebook))
    told = ("notebook changed",)
    assert stale(states()) == {"staffing-ca": told, "staffing-vt": told}


def test_outputs_and_the_layout_of_the_file_do_not_count(place):
    path = place.notebooks / "staffing.ipynb"
    before = notebook_hash(path)
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    path.write_text(json.dumps(notebook))
    assert notebook_hash(path) == before


def test_a_changed_module_makes_all_stale(place, run, states):
    run()
    (place.code / "models.py").write_text("WAGE = 51141\n")
    assert stale(states()) == dict.fromkeys(ALL, ("code of analysis changed",))


def test_another_locked_version_makes_all_stale(place, run, states):
    run()
    (place.root / "requirements.lock").write_text("pandas==3.1.2\n")
    assert stale(states()) == dict.fromkeys(ALL, ("locked versions changed",))


def test_another_source_line_of_a_raw_file_makes_the_readers_of_its_tables_stale(
    place, run, states
):
    """Pages print title, release and hash of the raw files, so they count as inputs."""
    run()
    path = place.root / "data" / "raw" / "sources.csv"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("prices/rpp"))
    path.write_text(text.replace(line, line.replace("Bureau", "Office")), encoding="utf-8")
    assert line.count("Bureau")
    assert set(stale(states())) == {"outlook", "evidence"}


def test_other_parameters_in_the_catalogue_are_told(place, run, states):
    run()
    record = read_record("staffing-ca", place.reports)
    catalogue = place.notebooks / "catalogue.toml"
    catalogue.write_text(catalogue.read_text().replace('"CA", "VT"', '"CA"'))
    assert states()["staffing-vt"] == ("orphaned", ("no longer in the catalogue",))
    assert record.report.parameters["area"] == "CA"


def test_orphans_go_only_when_asked_and_nothing_else_does(place, run, states):
    run()
    catalogue = place.notebooks / "catalogue.toml"
    catalogue.write_text(catalogue.read_text().replace('"CA", "VT"', '"CA"'))
    run()
    page = place.reports / "states" / "staffing-vt.html"
    assert page.exists()
    assert prune_orphans(place.reports, take_stock(place).statuses) == ["staffing-vt"]
    assert not page.exists()
    assert set(states()) == ALL - {"staffing-vt"}


def test_a_record_cannot_lead_the_pruning_outside(place, run):
    run()
    (place.root / "precious.html").write_text("precious")
    record = place.reports / "records" / "staffing-vt.json"
    text = record.read_text().replace("states/staffing-vt.html", "../precious.html")
    record.write_text(text)
    catalogue = place.notebooks / "catalogue.toml"
    catalogue.write_text(catalogue.read_text().replace('"CA", "VT"', '"CA"'))
    with pytest.raises(ValueError, match="leads out of it"):
        prune_orphans(place.reports, take_stock(place).statuses)
    assert (place.root / "precious.html").exists()


def test_a_page_that_is_gone_or_was_touched_is_built_again(place, run, pages, states):
    run()
    (place.reports / "national" / "outlook.html").unlink()
    (place.reports / "national" / "evidence.html").write_text("by hand")
    assert states()["outlook"] == ("missing", ("its page is gone",))
    assert states()["evidence"] == ("stale", ("its page is not the one that was built",))
    run()
    assert set(pages.built) == {"outlook", "evidence"}


def test_a_page_asked_for_by_hand_and_taken_away_is_not_missed(place, run, states):
    run()
    catalogue = place.notebooks / "catalogue.toml"
    catalogue.write_text(catalogue.read_text().replace('"CA", "VT"', '"CA"'))
    record = place.reports / "records" / "staffing-vt.json"
    record.write_text(record.read_text().replace("states", "own"))
    page = place.reports / "own" / "staffing-vt.html"
    page.parent.mkdir()
    (place.reports / "states" / "staffing-vt.html").rename(page)
    assert states()["staffing-vt"] == ("current", ())
    page.unlink()
    assert set(states()) == ALL - {"staffing-vt"}


def test_a_file_that_a_report_newly_names_is_told():
    assert differences({"notebook": "n"}, {"notebook": "n", "file pay.parquet": "p"}) == [
        "it now depends on file pay.parquet"
    ]


def test_records_named_by_a_parameter_count_by_content(place, tmp_path):
    """`data=` of certification: the file is part of the key."""
    file = tmp_path / "pay.parquet"
    file.write_bytes(b"first")
    named = replace(ask(take_stock(place)).due[0].report, files=(str(file),))
    hashes = FileHashes(tmp_path / "kept.json")
    inputs = look(place, hashes)
    before = key_parts(named, inputs, {}, place=place, hashes=hashes)
    file.write_bytes(b"other")
    after = key_parts(named, inputs, {}, place=place, hashes=hashes)
    assert differences(before, after) == [f"file {file} changed"]


@pytest.mark.parametrize("given", [{"group": "countries"}, {"only": ["outlok"]}])
def test_an_unknown_group_or_report_is_refused(place, given):
    with pytest.raises(WrongInput, match="must be"):
        ask(take_stock(place), **given)


def test_large_files_are_hashed_again_once_touched(tmp_path):
    file = tmp_path / "large.html"
    file.write_bytes(b"a" * 100_000)
    hashes = FileHashes(tmp_path / "kept.json")
    first = hashes.of(file)
    file.write_bytes(b"b" * 100_000)
    assert hashes.of(file) != first


def test_a_report_depends_on_the_tables_that_its_last_build_read(place, run, pages):
    pages.tables = {"evidence": ("wages", "denials")}
    run()
    record = read_record("evidence", place.reports)
    read = {part for part in record.key if part.startswith("table ")}
    assert read == {"table wages", "table denials"}


def test_where_nobody_saw_what_was_read_a_report_depends_on_every_table(place, run, pages):
    """As in an ordinary kernel, which is a process of its own."""
    pages.tables = {"evidence": None}
    run()
    record = read_record("evidence", place.reports)
    assert record.tables_read == look(place, FileHashes(place.state / "h.json")).tables


def test_nothing_in_the_state_folder_is_needed(place, run, states):
    run()
    for file in place.state.iterdir():
        file.write_text("torn")
    assert set(states().values()) == {("current", ())}
    assert place.root != sources.ROOT
