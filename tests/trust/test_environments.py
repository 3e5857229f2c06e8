"""The same pages whatever the clock, the language, the terminal and the user: and no network."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis import sources

DEMO = sources.RAW / "demo_survey"
CANARY = "canary-2f8e61c0"
BASE = {
    "PATH": os.environ["PATH"],
    "PYTHONPATH": str(sources.ROOT / "src"),
    "SOURCE_DATE_EPOCH": "1764054000",
    "OPENBLAS_NUM_THREADS": "1",
}
COMMAND = [sys.executable, "-c", "from analysis.cli import main; main()"]
WATCH = '''
"""Stop whatever leaves this machine, and write down that it tried."""
import os, sys

LOCAL = ("127.", "::1", "localhost")

def watch(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else "localhost"
    else:
        return
    host = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if not host.startswith(LOCAL):
        with open(os.environ["NETWORK_LOG"], "a") as log:
            log.write(f"{event} {host}\\n")
        raise OSError(f"this test has no network: {host}")

sys.addaudithook(watch)
'''
BUILD = """
import sys
from pathlib import Path
from analysis.reporting.build import build_pages
from analysis.reporting.runs import Run
from analysis.reporting.catalogue import report_of
from analysis.reporting.parameters import model_of

run = Run(run_id="1", started_at="2026-11-22 06:00 UTC", code_version="0")
for report, page in build_pages([report_of(model_of("settings").check())], run=run, jobs=1):
    if isinstance(page, Exception):
        raise page
    Path(sys.argv[1], "page.html").write_text(page.html, encoding="utf-8")
    Path(sys.argv[1], "page.ipynb").write_text(page.notebook, encoding="utf-8")
"""


def survey(out: Path, file: Path = DEMO / "demo_survey_synthetic.csv", **environment: str):
    """Run `workforce survey` on the demonstration file; return what it printed."""
    return subprocess.run(
        [*COMMAND, "survey", file, "--columns", DEMO / "columns.toml", "--out", out],
        env={**BASE, **environment},
        capture_output=True,
        check=False,
        cwd=out.parent,
    )


def results(out: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in out.iterdir()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """What the command leaves in an ordinary environment."""
    out = tmp_path_factory.mktemp("usual") / "out"
    done = survey(out, HOME=str(out.parent), TZ="UTC", LC_ALL="C.UTF-8")
    assert done.returncode == 0, done.stderr
    return results(out)


@pytest.fixture(scope="module")
def locales(tmp_path_factory):
    """German and Turkish, made for the test where the system can make them."""
    folder = tmp_path_factory.mktemp("locales")
    maker = shutil.which("localedef")
    for name in ("de_DE", "tr_TR") if maker else ():
        subprocess.run(
            [maker, "-i", name, "-f", "UTF-8", folder / f"{name}.UTF-8"],
            capture_output=True,
            check=False,
        )
    made = {place.name for place in folder.iterdir()}
    if made != {"de_DE.UTF-8", "tr_TR.UTF-8"}:
        pytest.skip("this system cannot make locales")
    return folder


def test_an_odd_environment_changes_no_byte(usual, locales, tmp_path):
    """Turkish (where "I".lower() may not be "i"), no home, ASCII, UTC+13, other hash seed."""
    out = tmp_path / "out"
    done = survey(
        out,
        LOCPATH=str(locales),
        LC_ALL="tr_TR.UTF-8",
        TZ="Pacific/Apia",
        PYTHONIOENCODING="ascii",
        PYTHONHASHSEED="77",
    )
    assert done.returncode == 0, done.stderr
    assert results(out) == usual


@pytest.mark.long
@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "de_DE.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TZ": "America/New_York", "SOURCE_DATE_EPOCH": "1764054000"},
        {"TZ": "Europe/Berlin", "PYTHONIOENCODING": "latin-1"},
        {"HOME": "/nonexistent", "USER": "", "LOGNAME": ""},
        {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "16", "ARROW_NUM_THREADS": "1"},
    ],
    ids=["german", "no-utf8", "new-york", "latin-terminal", "no-home", "threads"],
)
def test_no_environment_changes_a_byte(environment, usual, locales, tmp_path):
    out = tmp_path / "out"
    done = survey(out, LOCPATH=str(locales), **environment)
    assert done.returncode == 0, done.stderr
    assert results(out) == usual


@pytest.mark.long
def test_a_terminal_without_unicode_can_still_be_told(tmp_path):
    """The file's name and the message go to a terminal that knows ASCII only."""
    file = tmp_path / "löner 💸.csv"
    shutil.copy(DEMO / "demo_survey_synthetic.csv", file)
    done = survey(tmp_path / "out", file, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    done = survey(tmp_path / "out", tmp_path / "äbsent.csv", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 2
    assert b"cannot be read" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_folder_that_may_not_be_written_ends_in_a_sentence(tmp_path):
    """/proc takes no file, from root either."""
    done = survey(Path("/proc/nowhere"))
    assert done.returncode == 2
    assert b"name another folder with --out" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_results_have_the_permissions_of_any_new_file(umask, mode, tmp_path):
    """Two users of one checkout share files if their umask says so; nobody else is let in."""
    from analysis.files import replacing

    before = os.umask(umask)
    try:
        with replacing(tmp_path / "page.html") as file:
            file.write(b"page")
    finally:
        os.umask(before)
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == mode


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """A page built where secrets lie in the environment and every connection is watched."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "sitecustomize.py").write_text(WATCH)
    (folder / "log").touch()
    secrets = ["AWS_SECRET_ACCESS_KEY", "API_KEY", "DATABASE_URL", "WORKFORCE_NOTE"]
    environment = {
        **BASE,
        "PYTHONPATH": f"{folder}{os.pathsep}{BASE['PYTHONPATH']}",
        "NETWORK_LOG": str(folder / "log"),
        "HOME": str(folder / f"home-{CANARY}"),
        "USER": CANARY,
        **{name: f"{name}-{CANARY}" for name in secrets},
    }
    done = subprocess.run(
        [sys.executable, "-c", BUILD, folder, f"--token={CANARY}"],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder, environment, done


def test_a_report_is_built_without_network(watched):
    folder, environment, _ = watched
    assert (folder / "log").read_text() == ""
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False
    )
    assert b"this test has no network" in done.stderr  # the watch works
    assert "192.0.2.1" in (folder / "log").read_text()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        code = f"import socket; socket.create_connection({listening.getsockname()!r}, 1)"
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def test_nothing_of_the_environment_reaches_page_notebook_or_output(watched):
    """Values, home folder, user and command line hold a canary; so do no results."""
    folder, _, done = watched
    told = {
        "page": (folder / "page.html").read_text(encoding="utf-8"),
        "notebook": (folder / "page.ipynb").read_text(encoding="utf-8"),
        "output": done.stdout.decode() + done.stderr.decode(),
    }
    for name, text in told.items():
        assert CANARY not in text, name
        assert str(sources.ROOT) not in text, name
        assert socket.gethostname() not in text or len(socket.gethostname()) < 6, name


REFRESH = """
import sys
from analysis.cli import main
sys.argv = ["workforce", *sys.argv[1:]]
main()
"""


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    """A clone below the home folder of a user whose every secret is a canary, after two runs.

    One builds a report of records that lie in the home folder too; in the other a report fails.
    """
    home = tmp_path_factory.mktemp("homes") / CANARY
    root = home / "project"
    for name in ("src", "data", "docs", "notebooks"):
        shutil.copytree(
            sources.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(sources.ROOT / name, root)
    cell = "import os\nraise ValueError('no data')"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell(cell)]
    )
    nbformat.write(notebook, root / "notebooks" / "evidence.ipynb")
    records = home / "cleaned"
    secrets = ["AWS_SECRET_ACCESS_KEY", "API_KEY", "DATABASE_URL", "DASK_AUTH"]
    environment = {
        **BASE,
        "PYTHONPATH": str(root / "src"),
        "HOME": str(home),
        "USER": CANARY,
        **{name: f"{name}-{CANARY}" for name in secrets},
    }
    survey(records, HOME=str(home))
    data = next(records.glob("*.salaries.parquet"))
    told = ""
    for arguments in (
        ["report", "salary", "-p", f"data={data}"],
        ["refresh", "--only", "evidence"],
        ["status"],
        ["diff"],
    ):
        done = subprocess.run(
            [sys.executable, "-c", REFRESH, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            cwd=root,
        )
        assert "Traceback" not in done.stderr, done.stderr
        told += done.stdout + done.stderr
    return root, told


def test_nothing_of_the_environment_reaches_runs_state_records_or_log(refreshed):
    """Nor does the folder the project lies in, which is below somebody's home."""
    root, told = refreshed
    assert "failed  evidence" in told
    written = [each for each in (root / "reports").rglob("*") if each.is_file()]
    kinds = {each.relative_to(root / "reports").parts[0] for each in written}
    assert {"runs", "records", ".state", ".lock", "own", "notebooks", "index.html"} <= kinds
    for place in written:
        assert CANARY not in place.read_text(encoding="utf-8"), place
    assert CANARY not in told


@pytest.mark.long
def test_a_checkout_with_a_long_name_of_any_letters_works(tmp_path):
    """Spaces, quotes, a dollar, letters beyond ASCII, 300 characters: clean, and build a page."""
    home = tmp_path / 'it\'s $HOME; "två" %20 löner 💸' / ("long" * 30) / ("longer" * 20)
    for name in ("src", "data/raw", "docs", "notebooks"):
        shutil.copytree(
            sources.ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(sources.ROOT / "pyproject.toml", home)
    out = tmp_path / "out"
    out.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", BUILD, out],
        env={**BASE, "PYTHONPATH": str(home / "src")},
        capture_output=True,
        check=False,
        cwd=home,
    )
    assert done.returncode == 0, done.stderr
    assert (home / "data" / "processed" / "wages.parquet").is_file()
    assert (out / "page.html").stat().st_size > 50_000
