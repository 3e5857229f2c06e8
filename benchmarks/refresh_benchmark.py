"""Make 120 pages of three notebooks in four ways, on two cores, and compare.

    python benchmarks/refresh_benchmark.py [--suite small] [--reports 120] [--rounds 3] [--fast]

Ways: papermill and nbconvert from the command line; papermill's Python interface in a loop with
one exporter; ploomber-engine, which isolates nothing; this project's engine. The floor is what
the cells take, run alone, divided by the cores. Seconds count from start to last page, the
warm process included. The slow ways run once, the fast ones `--rounds` times, in turn; ratios
are of medians. Memory is the most that all processes of a way had at once, shared pages
counted once; to look takes time from two busy cores, so the fast ways do a round more for it.

Suite "small" has an OLS fit, three seaborn figures and two tables a notebook; suite "project"
has the project's own outlook, roi and evidence.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import venv
from contextlib import suppress
from importlib.util import cache_from_source
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "benchmarks"
PEER = ROOT / "build" / "ploomber"
PEER_PACKAGES = ("ploomber-engine==0.0.33", "ploomber-core")
SLOW = ("command line", "papermill loop")
FAST = ("ploomber-engine", "this engine", "one by one")
TARGETS = {"command line": 20, "papermill loop": 10, "ploomber-engine": 1.5}
CORES = 2
IMPORTS = "import pandas, seaborn, statsmodels.api"
LOOK_EVERY_SECONDS = 1.0
AREAS = ("CA", "TX", "FL", "NY", "PA", "IL", "OH", "GA", "NC", "MI")


def described(suite: str, count: int) -> list[dict[str, Any]]:
    """List the reports of a suite, each notebook as often as the others."""
    if suite == "small":
        notebooks = sorted((HERE / "notebooks").glob("*.ipynb"))
        grids = {path: [{"seed": seed} for seed in range(count)] for path in notebooks}
    else:
        by_area = [{"area": area} for area in islice(cycle(AREAS), count)]
        names = {"outlook": by_area, "roi": by_area, "evidence": [{}] * count}
        grids = {ROOT / "notebooks" / f"{name}.ipynb": grid for name, grid in names.items()}
    each = -(-count // len(grids))
    return [
        {
            "name": f"{path.stem}-{number}",
            "notebook": str(path),
            "parameters": parameters,
            "cwd": str(path.parent),
        }
        for path, grid in grids.items()
        for number, parameters in enumerate(grid[:each])
    ][:count]


def peer() -> Path:
    """Install ploomber-engine apart, on top of what the project has; return its Python."""
    python = PEER / "bin" / "python"
    if not (PEER / ".ready").is_file():
        venv.create(PEER, with_pip=True, clear=True)
        own = next(path for path in sys.path if path.endswith("site-packages"))
        site = next((PEER / "lib").glob("python*/site-packages"))
        (site / "project.pth").write_text(f"import site; site.addsitedir({own!r})\n")
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--no-deps", *PEER_PACKAGES, "posthog"],
            check=True,
        )
        (PEER / ".ready").touch()
    return python


def run(way: str, reports: list[dict[str, Any]], *, look: bool) -> dict[str, Any]:
    """Make all pages one way, in processes of its own; what it tells, with memory if asked."""
    python = peer() if way == "ploomber-engine" else Path(sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder)
        (pages / "reports.json").write_text(json.dumps(reports))
        code = "import sys, refresh_ways; refresh_ways.main(*sys.argv[1:])"
        process = subprocess.Popen(
            [python, "-c", code, way, pages / "reports.json", pages],
            env=environment(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        most, output = 0.0, None
        while output is None:
            with suppress(subprocess.TimeoutExpired):
                output, wrong = process.communicate(timeout=LOOK_EVERY_SECONDS if look else None)
            most = max(most, memory_mib(process.pid) if look else 0.0)
        if process.returncode:
            raise SystemExit(f"{way} failed:\n{wrong[-3000:]}")
        made = len(list(pages.glob("*.html")))
        if made != len(reports):
            raise SystemExit(f"{way} made {made} pages of {len(reports)}")
    return {**json.loads(output.splitlines()[-1]), "memory_mib": most}


def told(way: str, reports: list[dict[str, Any]], *, look: bool) -> dict[str, Any]:
    """Make all pages one way, and say how long it took."""
    done = run(way, reports, look=look)
    print(f"  {way}: {done['seconds']:.1f} s", file=sys.stderr, flush=True)
    return done


def environment() -> dict[str, str]:
    """Give all ways the same chances: one thread for linear algebra, figures in the notebook."""
    return {
        **os.environ,
        "PYTHONPATH": str(HERE),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PLOOMBER_STATS_ENABLED": "false",
        "IPYTHONDIR": str(ROOT / "build" / "ipython"),  # no history of others to wait for
        "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter"),
    }


def memory_mib(pid: int) -> float:
    """Memory of a process and all below it, each shared page counted once (PSS)."""
    total, waiting = 0.0, [pid]
    while waiting:
        place = Path("/proc") / str(waiting.pop())
        with suppress(OSError, StopIteration):
            lines = (place / "smaps_rollup").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
            for task in (place / "task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
    return total


def compiled() -> None:
    """Refuse to measure where each process would compile its imports anew, for 4 s.

    Raises
    ------
    SystemExit
        A library has no bytecode, say since PYTHONDONTWRITEBYTECODE was set.
    """
    import pandas

    if not Path(cache_from_source(pandas.__file__)).is_file():
        raise SystemExit(
            f"{pandas.__file__} is not compiled, which all ways but ours would pay for with every "
            f"page. Run {sys.executable} -m compileall -q {Path(pandas.__file__).parents[1]}"
        )


def import_cpu_seconds() -> float:
    """Measure what it takes a process to import what every notebook of the suites uses."""
    seconds = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", IMPORTS], check=True, env=environment())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(seconds)


def by_notebook(rounds: list[dict[str, Any]]) -> dict[str, float]:
    """Take the median processor time of each notebook's reports."""
    seconds: dict[str, list[float]] = {}
    for one in rounds:
        for name, used in one["cpu_seconds"].items():
            seconds.setdefault(name.rpartition("-")[0], []).append(used)
    return {notebook: statistics.median(used) for notebook, used in seconds.items()}


def main() -> None:
    """Run all ways and print how they compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suite", choices=("small", "project"), default="small")
    parser.add_argument("--reports", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fast", action="store_true", help="leave out the slow ways")
    asked = parser.parse_args()
    reports = described(asked.suite, asked.reports)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    compiled()
    peer()
    slow = () if asked.fast else SLOW
    looked = {way: told(way, reports, look=True) for way in (*slow, *FAST)}
    done = {way: [looked[way]] for way in slow} | {way: [] for way in FAST}
    for _ in range(asked.rounds):
        for way in FAST:
            done[way].append(told(way, reports, look=False))
    seconds = {
        way: statistics.median(one["seconds"] for one in rounds) for way, rounds in done.items()
    }
    floor = statistics.median(one["cells"] for one in done["one by one"]) / CORES
    own = seconds["this engine"]
    print(f"{len(reports)} reports, suite {asked.suite}, {CORES} cores")
    print(f"{'':20}{'seconds':>9}{'a report':>10}{'peak MiB':>10}{'times this engine':>19}")
    for way in (*slow, "ploomber-engine", "this engine"):
        most = looked[way]["memory_mib"]
        target = f"  (target {TARGETS[way]})" if way in TARGETS else ""
        print(
            f"{way:20}{seconds[way]:9.1f}{seconds[way] / len(reports):10.2f}{most:10.0f}"
            f"{seconds[way] / own:19.1f}{target}"
        )
    print(f"{'floor':20}{floor:9.1f}{floor / len(reports):10.2f}")
    print(f"this engine / floor: {own / floor:.2f} (target 1.5)")
    used = ", ".join(f"{name} {cpu:.2f}" for name, cpu in by_notebook(done["this engine"]).items())
    print(f"processor seconds a report: {used}; importing once: {import_cpu_seconds():.2f}")


if __name__ == "__main__":
    main()
