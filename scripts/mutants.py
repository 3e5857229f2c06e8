"""Change the code that figures rest on, one place at a time, and list the changes no test noticed.

For example, after `make build/mutmut` (mutmut is kept out of the lock):

    python scripts/mutants.py --sample 30 models/finance.py disclosure.py

mutmut makes the changes in a copy of the tracked files and tries each on the tests that reach the
changed function. Those that survive, or run out of time, are tried again, each in a new process,
on all tests and examples of the module: what a test file computes once, mutmut counts to its first
test alone.
What is left is written to build/mutants/survivors.diff.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutants"
MUTMUT = ROOT / "build" / "mutmut"
TESTS = {
    "models/finance.py": ("models/test_finance.py", "models/test_return_value.py"),
    "models/rates_of_return.py": ("models/test_finance.py",),
    "studies/simulation_error.py": ("models/test_simulation_error.py",),
    "models/roi/value.py": ("models/test_return_value.py", "models/test_monte_carlo.py"),
    "models/roi/cash_flow.py": ("models/test_return_value.py", "models/test_roi.py"),
    "models/roi/monte_carlo.py": ("models/test_monte_carlo.py", "models/test_return_value.py"),
    "models/automation.py": ("models/test_automation.py",),
    "models/projection_error.py": ("models/test_projection_error.py",),
    "models/ranking.py": ("models/test_ranking.py",),
    "models/outlook.py": ("models/test_openings.py", "models/test_turnover.py"),
    "models/wages/distribution.py": ("models/test_wages.py",),
    "models/wages/error.py": ("models/test_wages.py",),
    "studies/settings.py": ("models/test_settings.py",),
    "models/survey/replicates.py": ("models/test_survey.py",),
    "cleaning/pay/pay_cell.py": ("cleaning/test_salary.py",),
    "disclosure.py": ("test_disclosure.py",),
    "schemas/table.py": ("cleaning/test_oews_ingest.py",),
}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(MUTMUT), "OPENBLAS_NUM_THREADS": "1"}


def copy_tracked(modules: list[str]) -> None:
    """Copy what git tracks, and tell mutmut what to change and which tests there are."""
    shutil.rmtree(COPY, ignore_errors=True)
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    tracked = [Path(name) for name in listed.split("\0") if name]
    for name in tracked:
        (COPY / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, COPY / name)
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"src/analysis/{module}" for module in modules],
        "also_copy": sorted({name.parts[0] for name in tracked} - {"src", "tests"}),
        "pytest_add_cli_args_test_selection": tests_of(modules),
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-p", "no:xdist"],
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    lines += ["use_git_change_detection = false", "track_dependencies = false"]
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(["", "[tool.mutmut]", *lines, ""]))


def tests_of(modules: list[str]) -> list[str]:
    """List the test files of some modules."""
    return sorted({f"tests/{test}" for module in modules for test in TESTS[module]})


def mutmut(*arguments: str) -> str:
    """Run mutmut in the copy; return what it says."""
    command = [sys.executable, str(MUTMUT / "bin" / "mutmut"), *arguments]
    done = subprocess.run(
        command, cwd=COPY, env=ENVIRONMENT, text=True, capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(f"mutmut {arguments[0]} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def outcomes(module: str) -> dict[str, int | None]:
    """Return the exit code of the tests by mutant; None where it was not tried."""
    place = COPY / "mutants" / "src" / "analysis" / f"{module}.meta"
    return dict(json.loads(place.read_text(encoding="utf-8"))["exit_code_by_key"])


def survives(mutant: str, module: str) -> bool:
    """Try a mutant in a new process on all tests and examples of its module."""
    places = [*tests_of([module]), f"src/analysis/{module}"]
    mutated = COPY / "mutants" / "src"
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", "not mutmut"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *places],
        cwd=COPY / "mutants",
        env={**ENVIRONMENT, "PYTHONPATH": f"{mutated}:{MUTMUT}", "MUTANT_UNDER_TEST": mutant},
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def main() -> None:
    """Mutate, try, try again what survived, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help=f"of {', '.join(TESTS)}")
    parser.add_argument("--sample", type=int, help="mutants of each module; all without it")
    parser.add_argument("--seed", type=int, default=1, help="of the sample")
    given = parser.parse_args()
    modules = given.modules or list(TESTS)
    if unknown := set(modules) - TESTS.keys():
        parser.error(f"no tests are named in this script for {', '.join(sorted(unknown))}")
    copy_tracked(modules)
    first = f"analysis.{modules[0].removesuffix('.py').replace('/', '.')}"
    mutmut("run", f"{first}.*__mutmut_1")
    draw = random.Random(given.seed)
    picked = {}
    for module in modules:
        known = list(outcomes(module))
        picked[module] = draw.sample(known, min(given.sample or len(known), len(known)))
    mutmut("run", *[mutant for mutants in picked.values() for mutant in mutants])
    left = []
    print("module, mutants, tried, killed, survived")
    for module, mutants in picked.items():
        known = outcomes(module)
        alive = [each for each in mutants if known[each] != 1 and survives(each, module)]
        left += alive
        counts = [len(known), len(mutants), len(mutants) - len(alive), len(alive)]
        print(module, *counts, sep=", ", flush=True)
    (COPY / "survivors.diff").write_text("\n".join(mutmut("show", each) for each in left))


if __name__ == "__main__":
    main()
