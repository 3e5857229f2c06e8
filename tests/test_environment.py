"""environment.yml, requirements.lock and pyproject.toml say the same."""

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "lock.py"))


def test_environment_yml_gives_the_versions_of_the_lock():
    committed = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert committed == SCRIPT["environment"](), "run `make lock`"


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
