"""Write down all that the suite says, and compare two such captures to the byte.

For moving code about: take one before, take one after each move, compare. Only doors that stay
are used, the `workforce` command and the notebooks themselves, each on a copy of this tree.

    python scripts/capture.py take /tmp/before
    python scripts/capture.py take /tmp/after --only roi
    python scripts/capture.py compare /tmp/before /tmp/after
"""

import argparse
import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

TREE = Path(__file__).resolve().parents[1]
BIN = TREE / ".venv" / "bin"
COPY = TREE / "build" / "capture"  # the copy that is run; its processed tables are kept
ACCEPTANCE = TREE.parent / "shared" / "acceptance"
OWN = "build/own"  # pay records that were brought, below the copy
OWN_RECORDS = f"{OWN}/demo_survey_synthetic.salaries.parquet"
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(COPY / "src"),
    "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    "SOURCE_DATE_EPOCH": "1764054000",
    "PYTHONHASHSEED": "0",
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

# Of each report: the defaults, a state, a place with little or nothing released, a metropolitan
# area, and the edges; a sixth on pay records that were brought, where a report takes them.
HARD = {"discount_rate": 0.1, "area": "TX"}
SETS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "outlook": (
        {},
        {"area": "CA"},
        {"area": "VT"},
        {"area": "31080", "scenario": "high", "automation": "none"},
        {"area": "TX", "occupation": "11-9111", "horizon": 2030, "scenario": "low",
         "automation": "aggressive"},
    ),
    "roi": (
        {},
        {"area": "CA", "credential": "CIC"},
        {"area": "PR", "credential": "RHIT", "pathway": "associate"},
        {"area": "31080", "credential": "CCS", "pathway": "self_study"},
        {**HARD, "credential": "COC", "pathway": "certification_only", "horizon_years": 5,
         "remote_after_years": 0, "baseline": 45_000, "premium_share": 0.25},
    ),
    "evidence": ({},),
    "certification": (
        {},
        {"area": "CA", "credential": "CPC"},
        {"area": "GU", "credential": "CBCS"},
        {"area": "31080", "credential": "RHIA"},
        {"area": "TX", "credential": "CCS-P", "data": OWN_RECORDS},
        {"data": OWN_RECORDS},
    ),
    "staffing": (
        {},
        {"area": "CA", "coders": 12},
        {"area": "GU", "inpatient_per_day": 0, "ed_per_day": 0},
        {"area": "31080", "ai_adoption": 0, "quality_target": 1},
        {"area": "TX", "ai_adoption": 1, "turnover": 0.9, "shrinkage": 0.6, "backlog_days": 60,
         "months_to_fill": 12, "plan_months": 36, "outpatient_per_day": 5_000},
    ),
    "salary": (
        {},
        {"area": "CA", "offer_usd": 52_000},
        {"area": "VT"},
        {"area": "31080", "price_adjusted": True},
        {"area": "TX", "occupation": "11-9111", "offer_usd": 1_000_000},
        {"area": "OH", "offer_usd": 52_000, "data": OWN_RECORDS},
    ),
    "settings": (
        {},
        {"area": "CA"},
        {"area": "GU"},
        {"area": "31080"},
        {"area": "TX", "occupation": "11-9111"},
    ),
    "careers": (
        {},
        {"area": "CA"},
        {"area": "VT"},
        {"area": "31080"},
        {**HARD, "start": "43-6013", "target": "29-9021"},
    ),
}  # fmt: skip
COLD = {"area": "31080", "credential": "CCS", "baseline": "current_coder"}  # of roi, by papermill
EXPLORED = ("OH", "CA", "VT", "31080", "PR")  # explore.ipynb has no parameters: its "OH" is changed
REFUSED = """
outlok | roi2 area=CA | explore | outlook area=ZZ | outlook area=99999 | outlook aera=CA
outlook occupation=99-9999 | outlook occupation=coder | outlook horizon=1990 | outlook horizon=soon
outlook scenario=worst | outlook automation=all | outlook area | outlook area=CA area=TX
outlook api_key=1 | outlook area= | roi credential=XYZ | roi pathway=doctorate | roi area=Vermnt
roi discount_rate=9 | roi horizon_years=-1 | roi baseline=-5 | roi premium_share=2
roi credental=CPC | roi remote_after_years=-1
certification credential=XYZ | certification data=none.parquet | certification area=00
salary year=2024 | salary year=1900 | salary offer_usd=-1 | salary price_adjusted=perhaps
salary data=README.md | salary occupation=11-9999 | settings year=abc | settings ocupation=29-2072
settings area=12 | careers start=29-2072 target=29-2072 | careers target=00-0001
careers discount_rate=-1 | careers from=29-2072 | staffing turnover=-0.1 | staffing ai_adoption=2
staffing inpatient_per_day=0 outpatient_per_day=0 ed_per_day=0 | staffing coders=-3
staffing plan_months=1.5 | staffing area=QQ | evidence area=CA
"""
PARTS = (*SETS, "index", "papermill", "explore", "survey", "tables", "acceptance", "refusals")
TAKEN = "taken.txt"  # which parts a capture has

# Run by the Python of the tree: `workforce` as it is installed, once a call, and the functions
# behind the acceptance values.
REFUSE = """
import contextlib, io, runpy, sys
for call in sys.argv[1:]:
    name, *pairs = call.split()
    sys.argv = ["workforce", "report", name, *(word for pair in pairs for word in ("-p", pair))]
    told, code = io.StringIO(), 0
    with contextlib.redirect_stderr(told):
        try:
            runpy.run_path(WORKFORCE, run_name="__main__")
        except SystemExit as end:
            code = end.code
    print(f"== {call}: exit {code}", told.getvalue(), sep="\\n", flush=True)
"""
COMPUTE = """
import check
for name, _, _, _, compute in check.CHECKS:
    found = compute()
    print(f"{name}: {float(found) if hasattr(found, '__float__') else found!r}")
"""

# What must change with the code, and is taken out on both sides.
CHANGING = (
    (re.compile(r'<details class="code">.*?</details>\n?', re.DOTALL), ""),
    (re.compile(r", code [0-9a-f]{12}\b"), ", code HASH"),
    (re.compile(r'(<div class="command"><pre><code>).*?(</code>)', re.DOTALL), r"\1COMMAND\2"),
)
SOURCE_LINE = re.compile(r"^== (output \d+), .*$", re.MULTILINE)
WIDGET = "application/vnd.jupyter.widget-view+json"  # an identity that changes with every run
LINE = 200


def take(folder: Path, only: Sequence[str] = ()) -> list[str]:
    """Run this tree and write what it says.

    Parameters
    ----------
    folder : Path
        Where to; a folder a part, emptied before.
    only : sequence of str
        Parts to take, as in `PARTS`; all if empty.

    Returns
    -------
    list of str
        What went wrong; empty if all was taken.
    """
    parts = [part for part in PARTS if not only or part in only]
    _copy_tree()
    for part in parts:
        shutil.rmtree(folder / part, ignore_errors=True)
        (folder / part).mkdir(parents=True)
    faults = []
    if {"certification", "salary", "survey", "index"} & set(parts):
        faults += _take_survey(folder / "survey" if "survey" in parts else None)
    if wanted := {name: s for name, s in SETS.items() if name in parts or "index" in parts}:
        faults += _take_reports(folder, wanted)
    if "papermill" in parts:
        faults += _take_papermill(folder / "papermill")
    if "explore" in parts:
        faults += _take_explore(folder / "explore")
    if "tables" in parts:
        faults += _run([BIN / "workforce", "clean"], folder / "tables" / "clean.txt")
        tables = sorted((COPY / "data" / "processed").glob("*.parquet"))
        lines = [f"{hashlib.sha256(t.read_bytes()).hexdigest()}  {t.name}\n" for t in tables]
        _write(folder / "tables" / "sha256.txt", "".join(lines))
    if "acceptance" in parts:
        check, python = ACCEPTANCE / "check.py", BIN / "python"
        faults += _run([python, check], folder / "acceptance" / "check.txt")
        paths = f"{COPY / 'src'}{os.pathsep}{ACCEPTANCE}"
        values = folder / "acceptance" / "values.txt"
        faults += _run([python, "-c", COMPUTE], values, PYTHONPATH=paths)
    if "refusals" in parts:
        calls = [call.strip() for line in REFUSED.split("\n") for call in line.split("|")]
        code = f"WORKFORCE = {str(BIN / 'workforce')!r}\n{REFUSE}"
        refusals = folder / "refusals" / "refusals.txt"
        faults += _run([BIN / "python", "-c", code, *filter(None, calls)], refusals)
    _write(folder / TAKEN, "".join(f"{part}\n" for part in PARTS if (folder / part).is_dir()))
    return faults


def compare(before: Path, after: Path, *, lines: int = 40) -> bool:
    """Print what differs between two captures, in the parts that both have.

    Parameters
    ----------
    before, after : Path
        Folders that `take` wrote.
    lines : int
        Of the difference of a file to print, at most.

    Returns
    -------
    bool
        Whether all is the same and nothing is missing.
    """
    one, other = ((folder / TAKEN).read_text().split() for folder in (before, after))
    both = [part for part in one if part in other]
    files = [_files(folder, both) for folder in (before, after)]
    missing, new = sorted(files[0] - files[1]), sorted(files[1] - files[0])
    common = sorted(files[0] & files[1])
    differing = [name for name in common if _compared(before / name) != _compared(after / name)]
    for name in differing:
        texts = (_readable(_compared(folder / name)) for folder in (before, after))
        shown = difflib.unified_diff(*texts, f"before/{name}", f"after/{name}", "", "", 1, "")
        print("\n".join(islice(shown, lines)), end="\n\n")
    for word, names in (("differs", differing), ("missing", missing), ("new", new)):
        for name in names:
            print(f"{word}: {name}")
    if left := sorted(set(one) ^ set(other)):
        print(f"not compared, since only one has it: {', '.join(left)}")
    print(
        f"{len(common) - len(differing)} same, {len(differing)} differ, "
        f"{len(missing)} missing, {len(new)} new"
    )
    return bool(common) and not (differing or missing or new)


def _copy_tree() -> None:
    """Copy what a run needs, so that the tree's own reports and tables stay as they are."""
    for name in ("src", "notebooks", "data/raw", "reports", "build"):
        shutil.rmtree(COPY / name, ignore_errors=True)
        if (TREE / name).is_dir() and name not in ("reports", "build"):
            shutil.copytree(TREE / name, COPY / name)
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(TREE / name, COPY)
    (COPY / "data" / "processed").mkdir(parents=True, exist_ok=True)
    (COPY / "build").mkdir()


def _take_survey(folder: Path | None) -> list[str]:
    """Clean the demonstration survey as records that were brought; keep what it says."""
    demo = Path("data/raw/demo_survey")
    file, columns = demo / "demo_survey_synthetic.csv", demo / "columns.toml"
    told = COPY / "build" / "survey.txt"
    command = [BIN / "workforce", "survey", file, "--columns", columns, "--out", OWN]
    faults = _run(command, told)
    if folder:
        for made in (told, *(COPY / OWN).iterdir()):
            shutil.copy(made, folder)
    return faults


def _take_reports(folder: Path, wanted: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Build the reports as one catalogue; keep pages and what their cells said."""
    entries = [
        f'[[reports]]\ngroup = "capture"\nnotebook = "{name}"\n[reports.parameters]\n'
        + "".join(f"{key} = {json.dumps(value)}\n" for key, value in given.items())
        for name, sets in wanted.items()
        for given in sets
    ]
    _write(COPY / "notebooks" / "catalogue.toml", "\n".join(entries))
    faults = _run([BIN / "workforce", "refresh"], COPY / "build" / "refresh.txt")
    pages = sorted((COPY / "reports" / "capture").glob("*.html"))
    for page in pages:
        part = folder / page.stem.partition("-")[0]
        if not part.is_dir():  # built for the index only
            continue
        notebook = nbformat.read(COPY / "reports" / "notebooks" / f"{page.stem}.ipynb", 4)
        _write(part / f"{page.stem}.txt", _outputs(notebook))
        shutil.copy(page, part)
    if len(pages) != len(entries):
        faults.append(f"{len(pages)} of {len(entries)} reports were built")
    if (folder / "index").is_dir() and pages:
        shutil.copy(COPY / "reports" / "index.html", folder / "index")
    return faults


def _take_papermill(folder: Path) -> list[str]:
    """Run a notebook by papermill itself, as the README says."""
    made = COPY / "build" / "roi.ipynb"
    given = [word for name, value in COLD.items() for word in ("-r", name, value)]
    command = [BIN / "papermill", "notebooks/roi.ipynb", made, *given, "--cwd", "notebooks"]
    faults = _run(command, COPY / "build" / "papermill.txt")
    if made.exists():
        _write(folder / "roi.txt", _outputs(nbformat.read(made, 4)))
    return faults


def _take_explore(folder: Path) -> list[str]:
    """Run the tour, which is no report, in a kernel of its own for each place."""
    faults = []
    for place in EXPLORED:
        notebook = nbformat.read(COPY / "notebooks" / "explore.ipynb", 4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source = cell.source.replace('"OH"', f'"{place}"')
        client = NotebookClient(
            notebook,
            timeout=120,
            allow_errors=True,
            resources={"metadata": {"path": str(COPY / "notebooks")}},
            extra_arguments=["--log-level=ERROR"],
        )
        client.execute(env=ENVIRONMENT)
        _write(folder / f"explore-{place.lower()}.txt", _outputs(notebook))
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        faults += [f"explore, {place}: {o.evalue}" for o in outputs if o.output_type == "error"]
    return faults


def _outputs(notebook: NotebookNode) -> str:
    """Write the outputs of a notebook, a section a cell, with the place and first line of it."""
    sections: list[str] = []
    for number, cell in enumerate(notebook.cells, 1):
        if outputs := cell.get("outputs"):
            first = next(iter(cell.source.splitlines()), "")
            sections += [f"== output {len(sections) + 1}, cell {number}: {first}"]
            sections[-1] += "".join(f"\n{part}" for each in outputs for part in _parts(each))
    return "\n\n".join(sections) + "\n"


def _parts(output: NotebookNode) -> Iterator[str]:
    """Write what an output holds, a part a kind."""
    if output.output_type == "stream":
        yield f"-- {output.name}\n{output.text}"
    elif output.output_type == "error":
        yield f"-- error\n{output.ename}: {output.evalue}"
    for kind, content in sorted(output.get("data", {}).items()):
        if kind != WIDGET:
            text = content if isinstance(content, str) else json.dumps(content, indent=1)
            yield f"-- {kind}\n{text}"


def _run(command: Sequence[str | Path], told: Path, **environment: str) -> list[str]:
    """Run a command in the copy and write what it printed; return it if it failed."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=COPY,
        env={**ENVIRONMENT, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    _write(told, done.stdout)
    name = " ".join([Path(command[0]).name, *map(str, command[1:2])]).splitlines()[0]
    return [f"{name}: exit {done.returncode}\n{done.stdout[-3000:]}"] if done.returncode else []


def _write(path: Path, text: str) -> None:
    """Write a text as it is."""
    path.write_text(text, encoding="utf-8", newline="")


def _files(folder: Path, parts: Sequence[str]) -> set[str]:
    """Name the files of some parts of a capture."""
    found = (file for part in parts for file in (folder / part).rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix() for file in found}


def _compared(path: Path) -> str:
    """Read a file of a capture without what must change with the code."""
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    if path.suffix == ".html":
        for pattern, instead in CHANGING:
            text = pattern.sub(instead, text)
    elif path.suffix == ".txt":
        text = SOURCE_LINE.sub(r"== \1", text)
    return text


def _readable(text: str) -> list[str]:
    """Split at lines and tags, and where a line is long."""
    lines = re.sub(r"(?<=>)(?=<)", "\n", text).split("\n")
    pieces = [line[at : at + LINE] for line in lines for at in range(0, len(line) or 1, LINE)]
    return [ascii(piece)[1:-1] if not piece.isprintable() else piece for piece in pieces]


def main() -> int:
    """Read the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("take", help="write what the suite says")
    taking.add_argument("folder", type=Path)
    taking.add_argument("--only", action="append", default=[], choices=PARTS)
    comparing = commands.add_parser("compare", help="compare two captures")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--lines", type=int, default=40, help="of each difference")
    given = parser.parse_args()
    if given.command == "compare":
        return 0 if compare(given.before, given.after, lines=given.lines) else 1
    faults = take(given.folder.resolve(), given.only)
    print(f"{given.folder} has {', '.join((given.folder / TAKEN).read_text().split())}", flush=True)
    for fault in faults:
        print(f"FAILED {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
