"""What a command loads before it does anything: libraries cost seconds, so only what it needs.

Which modules are loaded stands for time, which other work on the machine would stretch.
"""

import os
import shutil
import subprocess
import sys

import pytest

from analysis import sources

PRINT = "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
RUN = "import sys; sys.argv = ['workforce', *{!r}]\nfrom analysis.cli import main\n"
NOTEBOOK_LIBRARIES = {"papermill", "nbformat", "nbconvert", "IPython", "ipykernel"}
DRAWING = {"seaborn", "matplotlib", "statsmodels", "scipy"}


def loaded(code: str) -> set[str]:
    """Run code in a process of its own, and list the libraries that are loaded in the end."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return set(done.stdout.splitlines()[-1].split())


def of_command(*words: str) -> set[str]:
    """List what a command has loaded when it ends."""
    return loaded(f"{RUN.format(list(words))}try: main()\nexcept SystemExit: {PRINT}")


@pytest.mark.parametrize(
    ("code", "spared"),
    [
        ("import analysis", {"pandas", "numpy"}),
        ("import analysis.figures, analysis.tabular", {"pandas", "numpy"} | DRAWING),
        ("import analysis.reporting.refresh", {"pandas"} | DRAWING | NOTEBOOK_LIBRARIES),
        ("import analysis.reporting.parameters", {"pandera", "dask", "seaborn", "statsmodels"}),
    ],
)
def test_an_import_loads_no_more_than_it_needs(code, spared):
    assert not loaded(f"{code}\n{PRINT}") & spared


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (["--help"], {"pandas", "numpy", "pyarrow"} | DRAWING | NOTEBOOK_LIBRARIES),
        (["report", "--help"], {"pandas", "numpy", "pyarrow"} | DRAWING | NOTEBOOK_LIBRARIES),
        (
            ["survey", str(sources.RAW / "demo_survey/demo_survey_synthetic.csv"), "--guess"],
            {"pandera", "dask"} | DRAWING | NOTEBOOK_LIBRARIES,
        ),
    ],
)
def test_a_command_loads_no_more_than_it_needs(words, spared):
    assert not of_command(*words) & spared


def test_bytecode_of_the_package_is_kept_where_the_environment_keeps_none(tmp_path):
    """Containers set PYTHONDONTWRITEBYTECODE: each process would compile all of it anew."""
    shutil.copytree(
        sources.ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__")
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-c", f"{RUN.format(['--version'])}main()"]
    subprocess.run(command, env=environment, capture_output=True, check=False)
    written = {path.stem for path in (tmp_path / "src").rglob("*.py")}
    assert {path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")} == written
