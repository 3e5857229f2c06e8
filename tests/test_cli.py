"""The command line: exit codes and messages people and schedulers rely on."""

import json

import pytest

from analysis import sources


@pytest.fixture
def reports(tmp_path, monkeypatch):
    """Send reports to an empty folder, so that what is written can be seen."""
    monkeypatch.setattr(sources, "REPORTS", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ("area=ZZ", "area must be US, a state's postal code"),
        ("horizon=soon", "horizon must be a year"),
        ("aera=CA", "outlook has no parameter 'aera'. Did you mean area?"),
        ("occupation=99-9999", "occupation must be a SOC code"),
        ("area", "-p must be name=value"),
    ],
)
def test_a_wrong_parameter_ends_with_2_one_message_and_nothing_written(
    workforce, reports, parameter, said
):
    code, out, err = workforce("report", "outlook", "-p", parameter)
    assert code == 2
    assert out == ""
    assert err.startswith(said)
    assert len(err.strip().splitlines()) == 1
    assert not list(reports.iterdir())


def test_a_parameter_given_twice_is_refused(workforce):
    code, _, err = workforce("report", "outlook", "-p", "area=CA", "-p", "area=TX")
    assert (code, err.strip()) == (2, "-p area was given more than once; give it once.")


def test_an_unknown_report_or_group_ends_with_2(workforce):
    assert workforce("report", "outlok")[0] == 2
    code, _, err = workforce("refresh", "--group", "countries")
    assert code == 2
    assert "--group must be one of national, " in err


def test_clean_counts_rows_for_people_and_for_machines(workforce, tmp_path, monkeypatch):
    code, out, _ = workforce("clean")
    assert code == 0
    assert "rows in" in out and "set aside" in out and "wages" in out
    code, out, _ = workforce("clean", "--json")
    tables = {table["name"]: table for table in json.loads(out)}
    assert tables["wages"]["rows_in"] == tables["wages"]["rows_kept"] == 115_613


@pytest.mark.parametrize("command", ["clean", "report", "refresh", "status", "diff"])
def test_each_command_helps_with_an_example(workforce, command):
    code, out, _ = workforce(command, "--help")
    assert code == 0
    assert f"Example: workforce {command}" in " ".join(out.split())
