"""Parameters: strict names, types and ranges, and messages that say what to do."""

import ast

import nbformat
import papermill
import pytest

from analysis import sources
from analysis.errors import WrongInput
from analysis.reporting.parameters import (
    NOTEBOOKS,
    Certification,
    Outlook,
    Roi,
    Settings,
    Staffing,
    model_of,
)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"area": "ZZ"}, "area must be US, a state's postal code.*found 'ZZ'. Did you mean AZ"),
        ({"area": "Californa"}, "found 'Californa'. Did you mean CA .California."),
        ({"horizon": "soon"}, "horizon must be a year, as in 2034; found 'soon'"),
        ({"horizon": 2044}, "horizon must be a year from 2025 to 2034.*found 2044"),
        ({"aera": "CA"}, "outlook has no parameter 'aera'. Did you mean area"),
        ({"occupation": "99-9999"}, "found '99-9999'. It holds: .*29-2072 Medical Records"),
        ({"scenario": "rosy"}, "scenario must be 'low', 'baseline' or 'high'; found 'rosy'"),
    ],
)
def test_wrong_parameters_are_refused_by_name(given, said):
    with pytest.raises(WrongInput, match=said):
        Outlook.check(**given)


def test_all_wrong_parameters_are_told_at_once():
    with pytest.raises(WrongInput, match=r"(?s)credential must be.*discount_rate must be"):
        Roi.check(credential="CPCC", discount_rate=3)


def test_text_from_a_command_line_becomes_the_right_type():
    assert Roi.check(horizon_years="10", discount_rate="0.05").horizon_years == 10


def test_postal_codes_may_be_written_small():
    assert Outlook.check(area=" tx ").area == "TX"


def test_only_what_differs_from_the_defaults_is_named():
    assert Roi.check(credential="CPC", area="TX").changed() == {"area": "TX"}


def test_an_unknown_report_is_refused_with_the_nearest():
    with pytest.raises(WrongInput, match=r"no report 'outlok'\. Did you mean outlook"):
        model_of("outlok")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_declares_the_parameters_of_its_model(name):
    """Names, defaults and a comment each, in the notebook's own parameters cell."""
    declared = papermill.inspect_notebook(str(sources.NOTEBOOKS / f"{name}.ipynb"))
    fields = NOTEBOOKS[name].model_fields
    assert list(declared) == list(fields)
    for parameter, field in fields.items():
        assert eval(declared[parameter]["default"]) == field.default, parameter
        assert declared[parameter]["help"], f"{parameter} has no comment"
        assert declared[parameter]["inferred_type_name"] != "None", f"{parameter} has no type"


def test_a_department_without_records_is_refused_before_anything_runs():
    with pytest.raises(WrongInput, match="must be above 0"):
        Staffing.check(inpatient_per_day=0, outpatient_per_day=0, ed_per_day=0)


def test_a_credential_of_the_tables_is_known_in_any_case():
    assert Certification.check(credential=" ccs-p ").credential == "CCS-P"
    with pytest.raises(WrongInput, match=r"must be all, or one of .* Did you mean CPC"):
        Certification.check(credential="CPX")


def test_records_that_are_not_there_are_refused():
    with pytest.raises(WrongInput, match="there is no such file"):
        Certification.check(data="nowhere.parquet")


def test_a_notebook_checks_its_cells_against_the_model_in_one_line():
    """Other names of a notebook do not matter; a parameter that no cell has set does."""
    cells = {"area": " tx ", "occupation": "29-2072", "year": None, "study": object()}
    assert Settings.of(cells).area == "TX"
    with pytest.raises(WrongInput, match="settings needs occupation, year, which no cell has set"):
        Settings.of({"area": "TX"})


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_cell_names_a_parameter_again_to_have_it_checked(name):
    path = sources.NOTEBOOKS / f"{name}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    if NOTEBOOKS[name].model_fields:
        assert f"parameters.{NOTEBOOKS[name].__name__}.of(globals())" in code


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_check_can_be_run_twice_since_no_cell_sets_a_parameter_to_something_else(name):
    cells = nbformat.read(sources.NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    for cell in cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            names = {
                node.id
                for node in ast.walk(ast.parse(cell.source))
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            assert not names & NOTEBOOKS[name].model_fields.keys()


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({}, "A made-up hospital"),
        ({"area": "GU"}, "A made-up hospital, wages of Guam"),
        ({"ed_per_day": 3}, "Own volumes"),
    ],
)
def test_a_staffed_department_is_not_called_by_an_area(given, place):
    """Else the index would read as if the United States needed a dozen coders."""
    assert Staffing.check(**given).place == place
