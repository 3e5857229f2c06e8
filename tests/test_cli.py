"""The command line: exit codes and messages people and schedulers rely on."""

import json
import re
from collections import Counter
from importlib.metadata import version
from types import SimpleNamespace

import pandas as pd
import pytest
import typer

from analysis import sources
from analysis.cli import app, build
from analysis.disclosure import MINIMUM_RECORDS
from analysis.reporting.parameters import Roi
from analysis.reporting.refresh import KEEP_RUNS


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


PERSON = {
    "SERIALNO": "2024HU0000001", "SPORDER": 1, "STATE": "01", "PUMA": "00300", "PWGTP": 79,
    "ADJINC": 1015250, "AGEP": 47, "SEX": 2, "SCHL": 20, "COW": 1, "ESR": 1, "INDP": "8191",
    "NAICSP": "622M", "OCCP": "3515", "WKHP": 40, "WKWN": 52, "JWTRNS": 11, "WAGP": 48000,
}  # fmt: skip


def test_ingest_acs_counts_records_and_says_what_the_release_lacks(workforce, tmp_path):
    persons = tmp_path / "psam_p01.csv"
    nurse = {**PERSON, "SERIALNO": "2024HU0000002", "OCCP": "3255"}
    pd.DataFrame([PERSON, nurse]).drop(columns="ADJINC").to_csv(persons, index=False)
    typed = ("ingest", "acs", str(persons), "--occupation", "3515", "--out", str(tmp_path / "out"))
    code, out, _ = workforce(*typed)
    assert code == 0
    assert out.startswith("ACS 2024: 2 records in: 1 kept (79 persons), 0 set aside, 1 of other")
    assert "No ADJINC: wage_usd is missing" in out
    assert "No replicate weights" in out
    told = json.loads(workforce(*typed, "--json")[1])
    assert (told["rows_in"], told["rows_kept"], told["has_adjusted_wages"]) == (2, 1, False)


def test_ingest_acs_wants_codes_of_occupations(workforce):
    code, _, err = workforce("ingest", "acs", "psam_p01.csv", "--occupation", "29-2072,coder")
    assert code == 2
    assert "--occupation" in err


def test_ingest_oews_counts_rows_and_names_the_next_step(workforce, tmp_path, monkeypatch):
    """The project's own extract is a small release."""
    monkeypatch.setattr(sources, "PROCESSED", tmp_path)
    release = str(sources.RAW / "oews")
    code, out, _ = workforce("ingest", "oews", release)
    assert code == 0
    assert out.startswith("OEWS May 2025: ")
    assert "Next: workforce report salary -p year=2025" in out
    (told,) = json.loads(workforce("ingest", "oews", release, "--json")[1])["releases"]
    assert told["rows_in"] == told["rows_kept"] + told["rows_set_aside"]
    assert f"{told['rows_in']:,} rows in: {told['rows_kept']:,} kept" in out


def test_status_counts_what_it_lists_for_machines(workforce):
    listed = json.loads(workforce("status", "--json")[1])
    code, out, _ = workforce("status")
    assert code == 0
    counted = dict(reversed(each.split(" ", 1)) for each in out.splitlines()[0].split(", "))
    assert {state: int(number) for state, number in counted.items()} == Counter(
        report["state"] for report in listed
    )
    assert all(report["why"] for report in listed if report["state"] != "current")


def test_the_defaults_of_the_command_line_are_those_of_the_package():
    """They are written out there too: naming them would cost each command the import of pandas."""
    commands = typer.main.get_command(app).commands
    default = {
        (name, option.name): option.default
        for name in ("refresh", "survey")
        for option in commands[name].params
    }
    assert default["refresh", "keep"] == KEEP_RUNS
    assert default["survey", "minimum"] == MINIMUM_RECORDS


def test_the_version_is_the_packages(workforce):
    assert workforce("--version") == (0, f"{version('medical-coding-workforce')}\n", "")


def test_help_on_a_report_lists_its_parameters_with_their_defaults(workforce):
    code, told, _ = workforce("report", "roi", "--help")
    assert code == 0
    fields = Roi.model_fields
    listed = re.findall(r"^  -p (\w+)=(\S*) +(.+)$", told, flags=re.MULTILINE)
    assert [(name, default) for name, default, _ in listed] == [
        (name, "" if field.default is None else str(field.default))
        for name, field in fields.items()
    ]
    assert all(meaning for *_, meaning in listed)


def test_a_report_without_a_name_is_refused_with_the_names(workforce):
    code, _, told = workforce("report")
    assert code == 2
    assert "Name a report: careers, certification" in told


def test_a_shell_completes_reports_and_their_parameters():
    assert build._reports("se") == ["settings"]
    context = SimpleNamespace(params={"name": "roi"})
    assert build._parameters(context, "horizon") == ["horizon_years="]
