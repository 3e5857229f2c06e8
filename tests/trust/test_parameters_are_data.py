"""What a reader passes is data: never code, never a way out of the folders, never a secret kept."""

import ast
import json
import math
import os
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papermill.parameterize import parameterize_notebook

from analysis import sources
from analysis.errors import WrongInput
from analysis.files import replacing
from analysis.reporting.catalogue import read_catalogue, report_of
from analysis.reporting.engine.notebook import KERNEL
from analysis.reporting.keys import here
from analysis.reporting.parameters import NOTEBOOKS, Certification, model_of
from analysis.reporting.plan import take_stock
from analysis.reporting.runs import new_run
from analysis.schemas.pay import SALARY_COLUMNS

QUOTING = st.text("'\"\\\n\r\t#;(){}$`u0x\u2028\u202e\x0c\x07é💸 import os.system", max_size=40)
VALUES = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    QUOTING,
    st.booleans(),
    st.none(),
    st.integers(),
    st.floats(),
)


def injected(parameters: dict[str, object]) -> str:
    """Return the source of the cell that papermill puts in."""
    cell = nbformat.v4.new_code_cell("area = 'US'", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(
        cells=[cell],
        metadata={
            "kernelspec": {"name": KERNEL, "display_name": "", "language": "python"},
            "papermill": {},
        },
    )
    done = parameterize_notebook(notebook, parameters, kernel_name=KERNEL)
    return str(done.cells[1].source)


@given(value=VALUES)
@settings(max_examples=300, deadline=None)
def test_a_parameter_is_one_assignment_of_the_value_itself(value):
    """The cell that papermill puts in holds the value and nothing that runs."""
    body = ast.parse(injected({"area": value})).body
    assert [type(line) for line in body] == [ast.Assign]
    found = eval(compile(ast.Expression(body[0].value), "", "eval"))
    assert found == value or (math.isnan(value) and math.isnan(found))
    assert type(found) is type(value)


def test_a_very_long_parameter_arrives_whole():
    text = "'\"\\" * 200_000
    assert ast.literal_eval(ast.parse(injected({"data": text})).body[0].value) == text


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize(
    "name", ["__class__", "area; import os", "cls", "self", "model_config", ""]
)
def test_a_name_that_is_no_parameter_is_refused(notebook, name):
    with pytest.raises((WrongInput, TypeError)) as error:
        model_of(notebook).check(**{name: "US"})
    assert notebook in str(error.value) or "multiple values" in str(error.value)


@pytest.mark.parametrize("notebook", ["../outlook", "/etc/passwd", "outlook.ipynb", "", "\x00"])
def test_a_notebook_is_found_by_name_only(notebook):
    with pytest.raises(WrongInput, match="There is no report"):
        model_of(notebook)


@given(area=st.text(max_size=30))
@settings(max_examples=10, deadline=None)
def test_any_text_as_an_area_is_known_or_refused(area):
    try:
        assert model_of("settings").check(area=area).place is not None
    except WrongInput as error:
        assert "area" in str(error)


def records_at(place: Path) -> Path:
    """Write a file of cleaned records without rows."""
    place.parent.mkdir(parents=True, exist_ok=True)
    columns = {name: pd.Series(dtype=kind) for name, kind in SALARY_COLUMNS.items()}
    pd.DataFrame(columns).to_parquet(place)
    return place


@pytest.mark.parametrize(
    "name",
    [
        "a'\"; raise SystemExit #.parquet",
        "{}$(id)`id`.parquet",
        "två löner 💸.parquet",
        "..parquet",
        "l" * 240 + ".parquet",
    ],
)
def test_a_page_lies_in_its_group_whatever_its_parameters_are_called(name, tmp_path):
    data = records_at(tmp_path / ("deep" * 30) / ("deeper" * 30) / name)
    report = report_of(Certification.check(data=str(data)))
    folder, file = report.path.split("/")
    assert folder == "own"
    assert len(file.encode()) < 200  # what is written aside has a longer name
    assert not file.startswith(".")
    (tmp_path / file).write_text("a name that a disk takes")


def test_two_files_of_records_never_share_a_page(tmp_path):
    places = [tmp_path / "a b.parquet", tmp_path / "a-b.parquet", tmp_path / "a" / "b.parquet"]
    names = {report_of(Certification.check(data=str(records_at(each)))).name for each in places}
    assert len(names) == 3


def test_a_home_folder_is_not_told(tmp_path, monkeypatch):
    """A file below the home folder is known by its path from there, and is found by it again."""
    monkeypatch.setenv("HOME", str(tmp_path / "jane.doe"))
    data = records_at(tmp_path / "jane.doe" / "pay" / "a.parquet")
    chosen = Certification.check(data=str(data))
    assert chosen.data == "~/pay/a.parquet"
    assert Certification.check(data=chosen.data) == chosen


def test_records_in_a_home_folder_are_watched_and_read_by_their_short_path(
    tmp_path, monkeypatch, build_reports
):
    monkeypatch.setenv("HOME", str(tmp_path / "jane.doe"))
    data = records_at(tmp_path / "jane.doe" / "pay" / "a.parquet")
    asked = report_of(model_of("salary").check(data="~/pay/a.parquet"))

    def status(kept: Path):
        plan = take_stock(replace(here(), reports=kept), [asked])
        return next(each for each in plan.statuses if each.name == asked.name)

    folder = tmp_path / "reports"
    done = build_reports([asked], folder).run.reports[asked.name]
    assert done.outcome == "built"
    page = (folder / asked.path).read_text()
    assert "a.parquet has fewer than 10 records of pay" in page
    assert "jane.doe" not in page
    assert status(folder).state == "current"
    data.write_bytes(data.read_bytes() + b"another")
    assert status(folder).state != "current"


@pytest.mark.parametrize(
    "entry",
    [
        'group = "../x"\nnotebook = "outlook"',
        'group = "states"\nnotebook = "../../outlook"',
        'group = "states"\nnotebook = "/etc/passwd"',
        'group = "states"\nnotebook = "outlook"\ncommand = "rm"',
        'group = "states"\nnotebook = "outlook"\nparameters = {area = "../../x"}',
        'group = "states"\nnotebook = "outlook"\nparameters = 1',
        'group = "states"\nnotebook = "outlook"\nlimits = 1',
        'group = "states"\nnotebook = "outlook"\nfor_each = {area = 1}',
        'group = "states"\nnotebook = "outlook"\nfor_each = "states"',
        'group = ["states"]\nnotebook = "outlook"',
        'group = "states"\nnotebook = "outlook"\nparameters = {area = {a = 1}}',
        'group = "states"\nnotebook = "outlook"\nlimits = {memory_mib = nan}',
        'group = "states"\nnotebook = "outlook"\nlimits = {seconds = inf}',
    ],
)
def test_a_catalogue_entry_cannot_lead_anywhere_else(entry, tmp_path):
    place = tmp_path / "catalogue.toml"
    place.write_text(f"[[reports]]\n{entry}\n")
    with pytest.raises(WrongInput):
        read_catalogue(place)


@pytest.mark.parametrize(
    "text", ["", "reports = 1", "reports = [1]", "[reports]\na = 1", "[[x", "\x00"]
)
def test_a_catalogue_that_is_no_list_of_reports_is_refused(text, tmp_path):
    place = tmp_path / "catalogue.toml"
    place.write_text(text)
    with pytest.raises(WrongInput, match=r"catalogue\.toml"):
        read_catalogue(place)


def test_every_notebook_lies_in_the_folder_of_notebooks():
    """A link to a file elsewhere would run code that nobody reviews."""
    for name in NOTEBOOKS:
        place = sources.NOTEBOOKS / f"{name}.ipynb"
        assert place.resolve().parent == sources.NOTEBOOKS.resolve(), place


def test_a_page_that_is_a_link_is_replaced_and_what_it_led_to_is_not(tmp_path):
    outside = tmp_path / "outside.html"
    outside.write_text("mine")
    page = tmp_path / "reports" / "page.html"
    page.parent.mkdir()
    page.symlink_to(outside)
    with replacing(page) as file:
        file.write(b"new")
    assert outside.read_text() == "mine"
    assert not page.is_symlink()
    assert page.read_bytes() == b"new"


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "a/../../secret.csv"])
def test_a_raw_file_outside_the_folder_is_refused(path, tmp_path):
    """Even where a row of sources.csv names it with the right hash."""
    (tmp_path / "secret.csv").write_text("a\n1\n")
    raw = tmp_path / "raw"
    raw.mkdir()
    place = raw / path
    header = "path,sha256,title,producer,published,retrieved,address,licence,note"
    digest = sources.sha256_of(place) if place.is_file() else ""
    (raw / "sources.csv").write_text(f"{header}\n{path},{digest},T,P,2026,2026,,,\n")
    with pytest.raises(WrongInput, match="must lie in data/raw"):
        sources.verified_path(path, raw)


@pytest.mark.parametrize("name", ["api_key", "password", "DB_TOKEN", "aws_secret_access_key"])
def test_a_secret_is_refused_with_advice_and_not_repeated(name):
    with pytest.raises(WrongInput, match="environment variable") as error:
        model_of("outlook").check(**{name: "hunter2"})
    assert "hunter2" not in str(error.value)


def test_no_notebook_asks_for_a_secret():
    for model in NOTEBOOKS.values():
        assert not [name for name in model.model_fields if "key" in name or "token" in name]


def test_the_committed_notebooks_know_nothing_of_the_machine_they_ran_on():
    home, user = str(Path.home()), os.environ.get("USER", "")
    for place in sources.NOTEBOOKS.glob("*.ipynb"):
        text = json.dumps(json.loads(place.read_text(encoding="utf-8")))
        assert home not in text or len(home) < 4, place.name
        assert str(sources.ROOT) not in text, place.name
        assert f"/{user}/" not in text or not user, place.name


@pytest.mark.parametrize("epoch", ["tomorrow", "", "1e9", "99999999999999999999", "0x10"])
def test_a_moment_that_is_none_is_refused(epoch, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(WrongInput, match="SOURCE_DATE_EPOCH must be whole seconds"):
        new_run()
