"""A real Dask scheduler with two worker processes on loopback, in a project of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from analysis import processed, sources
from analysis.errors import WrongInput
from analysis.reporting.build import Page, ReportFailed, Run, build_pages
from analysis.reporting.catalogue import Report, report_of
from analysis.reporting.cluster import driver, worker
from analysis.reporting.cluster.driver import build_on_cluster, check_cluster, page_from
from analysis.reporting.cluster.worker import differing_files, likeness_here, named_files
from analysis.reporting.parameters import model_of
from analysis.reporting.survey import write_cleaned

RUN = Run(run_id="2026-11-25T200000Z", started_at="2026-11-25 20:00 UTC", code_version="0.2.0")
PARTS = ("src", "notebooks", "data/raw", "requirements.lock")
START_SECONDS = 60


@dataclass
class Cluster:
    """Processes of the cluster, and the project its workers run."""

    project: Path
    log: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    address: str = ""

    def start(self, name: str, *words: str) -> None:
        """Start a scheduler or a worker."""
        self.processes[name] = subprocess.Popen(
            [sys.executable, "-m", "dask", *words, "--host", "127.0.0.1", "--no-dashboard"],
            env={
                **os.environ,
                "PYTHONPATH": str(self.project / "src"),
                "DASK_TEMPORARY_DIRECTORY": str(self.log.parent / "dask"),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self.log.open("ab"),
        )

    def worker(self, name: str) -> None:
        """Start a worker."""
        self.start(name, "worker", self.address, "--no-nanny", "--nthreads", "1", "--name", name)

    def kill(self, name: str) -> None:
        """Kill a process that has no time for farewells."""
        self.processes[name].send_signal(signal.SIGKILL)
        self.processes.pop(name).wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("cluster")
    project = folder / "project"
    for part in PARTS:
        place = project / part
        place.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (sources.ROOT / part).is_dir() else shutil.copy
        copy(sources.ROOT / part, place)
    made = Cluster(project=project, log=folder / "log")
    told = folder / "scheduler.json"
    try:
        made.start("scheduler", "scheduler", "--port", "0", "--scheduler-file", str(told))
        eventually(told.exists, made)
        made.address = str(read_address(told, made))
        made.worker("first")
        made.worker("second")
        yield made
    finally:
        for name in list(made.processes):
            made.kill(name)


def read_address(told: Path, made: Cluster) -> str:
    eventually(lambda: told.read_text().strip().endswith("}"), made)
    return str(json.loads(told.read_text())["address"])


def eventually(holds: Any, made: Cluster) -> None:
    for _ in range(10 * START_SECONDS):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError(made.log.read_text()[-3000:])


def report(notebook: str, **parameters: str) -> Report:
    return report_of(model_of(notebook).check(**parameters))


def built(cluster: Cluster, *reports: Report, on_page: Any = id) -> dict[str, Page | ReportFailed]:
    pages = {}
    for listed, page in build_on_cluster(
        reports, run=RUN, before={}, started=id, address=cluster.address
    ):
        pages[listed.name] = page
        on_page(listed.name)
    return pages


@pytest.mark.long
def test_a_page_from_the_cluster_is_the_page_built_here(cluster: Cluster) -> None:
    """The workers' project has no processed tables at first: the driver's are sent to them."""
    careers = report("careers")
    (from_there,) = built(cluster, careers).values()
    ((_, from_here),) = build_pages([careers], run=RUN)
    assert isinstance(from_there, Page), from_there
    assert isinstance(from_here, Page)
    assert from_there.html == from_here.html
    assert from_there.tables == from_here.tables
    assert from_there.key_figures == from_here.key_figures
    assert from_there.peak_memory_mib is not None
    sent = cluster.project / "data" / "processed"
    assert {path.name for path in sent.glob("*.parquet")} == {
        f"{name}.parquet" for name in processed.manifest()
    }


@pytest.mark.long
def test_a_worker_killed_in_mid_run_costs_no_report_while_another_lives(cluster: Cluster) -> None:
    def kill_once(_: str) -> None:
        if "second" in cluster.processes:
            cluster.kill("second")

    asked = [report("roi", area=area) for area in ("CA", "TX", "NY", "FL")]
    pages = built(cluster, *asked, on_page=kill_once)
    assert "second" not in cluster.processes
    assert [page for page in pages.values() if not isinstance(page, Page)] == []
    assert pages.keys() == {listed.name for listed in asked}


@pytest.mark.long
def test_a_report_that_fails_there_says_why_as_here(cluster: Cluster) -> None:
    limits = report("careers").limits
    wrong = report_of(model_of("careers").check(), limits=type(limits)(seconds=0.05))
    (page,) = built(cluster, wrong).values()
    assert isinstance(page, ReportFailed)
    assert str(page).endswith("when the report passed its 0.05 seconds")


@pytest.fixture
def own_pay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Cleaned records in a home folder that is not the workers'."""
    demo = sources.RAW / "demo_survey"
    done = write_cleaned(
        demo / "demo_survey_synthetic.csv",
        columns=demo / "columns.toml",
        out=tmp_path / "home",
        run=RUN,
    )
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return done.salaries


@pytest.mark.long
def test_records_that_a_worker_has_not_fail_their_report_alone(
    cluster: Cluster, own_pay: Path
) -> None:
    pages = built(cluster, report("salary", data=f"~/{own_pay.name}"), report("careers"))
    failed, page = pages.values()
    assert (
        str(failed)
        .partition(" as this machine")[0]
        .endswith(f": the worker must have the same ~/{own_pay.name}")
    )
    assert isinstance(page, Page)


@pytest.mark.long
def test_records_that_a_worker_has_in_the_same_place_are_read_there(
    cluster: Cluster, own_pay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # out of the home folder: a path in full, which both can read
    (page,) = built(cluster, report("salary", data=str(own_pay))).values()
    assert isinstance(page, Page), page
    assert own_pay.name in page.html


def test_files_are_compared_by_content_wherever_the_home_folder_is(
    own_pay: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = report("salary", data=f"~/{own_pay.name}")
    at_driver = named_files(asked.files)
    assert list(at_driver) == [f"~/{own_pay.name}"]
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("HOME", str(other))
    assert differing_files(asked, at_driver) == (f"~/{own_pay.name}",)
    shutil.copy(own_pay, other)
    assert differing_files(asked, at_driver) == ()
    (other / own_pay.name).write_bytes(b"other")
    assert differing_files(asked, at_driver) == (f"~/{own_pay.name}",)
    assert differing_files(asked, {}) == (f"~/{own_pay.name}",)


def test_a_worker_with_other_code_is_refused_by_name(cluster: Cluster) -> None:
    file = cluster.project / "src" / "analysis" / "wording.py"
    whole = file.read_text()
    file.write_text(whole + "# changed\n")
    try:
        with pytest.raises(WrongInput, match=r"tcp://\S+ differs: code of analysis\. Bring it"):
            check_cluster(cluster.address)
    finally:
        file.write_text(whole)


def test_a_worker_updated_but_not_started_again_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its disk is as the driver's; what it has imported is not."""
    now = likeness_here()
    assert worker.differences(now) == ()
    monkeypatch.setattr(worker, "likeness_at_start", lambda: replace(now, code="of last week"))
    assert worker.differences(now) == ("code of analysis",)


def test_a_scheduler_that_does_not_answer_is_wrong_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "ANSWER_SECONDS", 1)
    with pytest.raises(WrongInput, match=r"nobody answers at 'tcp://127\.0\.0\.1:9'"):
        check_cluster("tcp://127.0.0.1:9")


def test_without_the_extra_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongInput, match="Install the extra `cluster`"):
        check_cluster("tcp://127.0.0.1:9")


class Lost:
    """What the cluster hands back of a report it could not build."""

    def __init__(self, error: Exception | None) -> None:
        self._error = error

    def cancelled(self) -> bool:
        return self._error is None

    def exception(self) -> Exception | None:
        return self._error


class KilledWorker(Exception):  # noqa: N818 - as Dask names it
    """Stands for Dask's."""


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (None, "careers.ipynb: the cluster was lost before the report was built"),
        (KilledWorker("..."), "careers.ipynb: each worker that was given it died"),
        (OSError("no space"), "careers.ipynb: OSError: no space"),
    ],
)
def test_a_report_that_the_cluster_loses_fails_with_a_sentence(
    error: Exception | None, message: str
) -> None:
    assert str(page_from(Lost(error), report("careers"))) == message


def test_the_command_line_ends_with_2_where_there_is_no_cluster(
    monkeypatch: pytest.MonkeyPatch,
    workforce: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(sources, "REPORTS", tmp_path)
    monkeypatch.setattr(driver, "ANSWER_SECONDS", 1)
    asked = ["refresh", "--force", "--only", "careers"]
    code, _, err = workforce(*asked, "--scheduler", "tcp://127.0.0.1:9")
    assert code == 2
    assert "workers with `dask worker ADDRESS --nthreads 1`" in err


def test_a_run_on_this_machine_never_imports_dask() -> None:
    code = (
        "import sys, analysis.cli, analysis.reporting.refresh\n"
        "sys.exit(any(name.split('.')[0] in ('dask', 'distributed') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
