"""A real JupyterLab with jupyter-scheduler, on loopback: what becomes of a job for roi.ipynb."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from analysis import sources
from analysis.errors import WrongInput
from analysis.reporting.scheduler_jobs import as_code

CHECKED = "analysis.reporting.scheduler_jobs.CheckedJobs"
STANDARD = "jupyter_scheduler.executors.DefaultExecutionManager"
START_SECONDS, JOB_SECONDS = 90, 150
ENDED = ("COMPLETED", "FAILED")  # a job that is yet to start is "STOPPED" too


@dataclass(frozen=True)
class Lab:
    """A server that runs, and the folder it serves."""

    client: httpx.Client
    folder: Path

    def job(self, **parameters: str) -> Mapping[str, Any]:
        """Create a job for roi.ipynb and wait for its end."""
        environment = self.client.get("scheduler/runtime_environments").raise_for_status().json()[0]
        asked = {
            "name": "roi",
            "input_uri": "roi.ipynb",
            "runtime_environment_name": environment["name"],
            "runtime_environment_parameters": {},
            "output_formats": ["html"],
            "parameters": parameters,
        }
        created = self.client.post("scheduler/jobs", json=asked).raise_for_status().json()
        address = f"scheduler/jobs/{created['job_id']}"
        for _ in range(2 * JOB_SECONDS):
            job: dict[str, Any] = self.client.get(address).raise_for_status().json()
            if job["status"] in ENDED:
                return job
            time.sleep(0.5)
        raise AssertionError(f"the job did not end within {JOB_SECONDS} s")

    def page(self, job: Mapping[str, Any]) -> str:
        """Have the job's files brought to the served folder, and read its HTML."""
        address = f"scheduler/jobs/{job['job_id']}/download_files"
        self.client.get(address).raise_for_status()
        for _ in range(60):
            if found := [path for path in self.folder.rglob("*.html") if path.stat().st_size]:
                return found[0].read_text(encoding="utf-8")
            time.sleep(0.5)
        raise AssertionError("no HTML came")


@pytest.fixture(params=[CHECKED])
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lab]:
    served = tmp_path / "served"
    served.mkdir()
    shutil.copy(sources.NOTEBOOKS / "roi.ipynb", served)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    places = ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")
    log = (tmp_path / "log").open("wb")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
            *(f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={served}"),
            f"--SchedulerApp.db_url=sqlite:///{tmp_path / 'jobs.sqlite'}",
            f"--Scheduler.execution_manager_class={request.param}",
        ],
        env={**os.environ, **{name: str(tmp_path / name.lower()) for name in places}},
        cwd=served,  # outputs are put below the folder that the server was started in
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"token {token}"},
        timeout=300,
        trust_env=False,
    )
    try:
        for _ in range(2 * START_SECONDS):
            if server.poll() is not None:
                raise AssertionError((tmp_path / "log").read_text()[-3000:])
            try:
                client.get("api/status").raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.5)
        yield Lab(client=client, folder=served)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        client.close()
        log.close()


@pytest.mark.long
def test_a_job_gives_the_page_that_its_form_asked_for(lab: Lab) -> None:
    job = lab.job(area="CA", credential='"CIC"')
    assert job["status"] == "COMPLETED", job["status_message"]
    page = lab.page(job)
    assert "California" in page
    assert "CIC" in page
    refused = lab.job(area="ZZ")
    assert refused["status"] == "FAILED"
    assert refused["status_message"].startswith("area must be")
    assert "'ZZ'" in refused["status_message"]


@pytest.mark.long
@pytest.mark.parametrize("lab", [STANDARD], indirect=True)
def test_without_the_setting_the_notebook_itself_refuses_what_is_wrong(lab: Lab) -> None:
    refused = lab.job(area='"ZZ"')
    assert refused["status"] == "FAILED"
    assert "WrongInput: area must be" in refused["status_message"]
    bare = lab.job(area="CA")
    assert "name 'CA' is not defined" in bare["status_message"]


@pytest.mark.parametrize("typed", ["ca", "CA", '"CA"', "'CA'", " CA "])
def test_a_word_means_the_same_with_or_without_quotes(typed: str) -> None:
    assert as_code("roi", {"area": typed}) == {"area": "'CA'"}


def test_numbers_codes_and_nothing_stay_what_they_are() -> None:
    assert as_code("roi", {"horizon_years": "10"}) == {"horizon_years": "10"}
    assert as_code("outlook", {"occupation": "29-2072"}) == {"occupation": "'29-2072'"}
    assert as_code("salary", {"offer_usd": "None"}) == {"offer_usd": "None"}


def test_code_in_the_form_is_a_wrong_value_and_never_runs() -> None:
    with pytest.raises(WrongInput, match="area must be"):
        as_code("roi", {"area": "__import__('os').getcwd()"})
