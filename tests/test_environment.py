"""The conda environments, requirements.lock and pyproject.toml say the same."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "lock.py"))


@pytest.mark.parametrize("development", [False, True])
def test_the_conda_environments_name_the_packages_of_pyproject(development):
    committed = SCRIPT["ENVIRONMENTS"][development].read_text(encoding="utf-8")
    assert committed == SCRIPT["environment"](development=development), "run `make lock`"


def test_the_floors_of_the_conda_environments_are_what_pyproject_asks_for():
    versions = SCRIPT["locked_versions"](LOCK)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for asked in map(Requirement, project["dependencies"]):
        assert asked.specifier.contains(SCRIPT["floor"](versions[asked.name])), asked


def test_names_that_conda_forge_has_otherwise_are_its_own():
    text = "".join(file.read_text() for file in SCRIPT["ENVIRONMENTS"].values())
    assert {"- playwright-python>=1", "- python-duckdb>=2", "- matplotlib-base>=3"} <= {
        line.strip() for line in text.splitlines()
    }


def test_every_package_pyproject_names_is_locked():
    assert set(SCRIPT["direct_packages"]()) <= set(SCRIPT["locked_versions"](LOCK))


def test_every_locked_package_has_an_exact_version_and_hashes():
    entries = [entry for entry in re.split(r"\n(?=\S)", LOCK.strip()) if entry]
    assert entries
    for entry in entries:
        assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_lock_names_no_address():
    assert not re.search(r"https?://|--index|--find-links", LOCK)
