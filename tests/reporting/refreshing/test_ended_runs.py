"""A run that is killed or told to end, at any moment: pages stay whole, records stay true."""

import contextlib
import json
import random
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis import sources
from analysis.reporting.keys import Place
from analysis.reporting.plan import take_stock
from analysis.reporting.records import read_records
from analysis.reporting.runs import read_run, run_ids

PROGRAM = Path(__file__).with_name("killed_runs.py")
STATES = ["AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL"]
Ask = Callable[..., dict]


def catalogue(notebooks: list[str]) -> str:
    """Ten reports a notebook."""
    return "\n".join(
        f'[[reports]]\ngroup = "states"\nnotebook = "{name}"\nfor_each = {{ area = {STATES} }}\n'
        for name in notebooks
    )


@pytest.fixture(scope="session")
def runner(answering):
    """What starts runs and ends them."""

    @contextlib.contextmanager
    def start(place: Place, kind: str) -> Iterator[Ask]:
        with answering(PROGRAM, place.root, kind) as ask:

            def run(
                after_seconds: float | None = None,
                number: int = signal.SIGKILL,
                *,
                after_reports: int | None = None,
            ) -> dict:
                moment = {"after_seconds": after_seconds, "after_reports": after_reports}
                return ask({"signal": int(number), **moment})

            yield run

    return start


@pytest.fixture(scope="module")
def stand_in(project, runner, tmp_path_factory) -> Iterator[tuple[Place, Ask]]:
    """Runs of thirty reports whose pages cost milliseconds."""
    place = project(tmp_path_factory.mktemp("stand-in"))
    text = catalogue(["outlook", "staffing", "salary"])
    (place.notebooks / "salary.ipynb").write_bytes(
        (sources.NOTEBOOKS / "salary.ipynb").read_bytes()
    )
    (place.notebooks / "catalogue.toml").write_text(text)
    with runner(place, "stand-in") as ask:
        yield place, ask


@pytest.fixture
def real(place: Place, runner, stand_in_notebook) -> Iterator[tuple[Place, Ask]]:
    """Runs of ten reports whose notebooks are run, in a fraction of a second each."""
    stand_in_notebook(place.notebooks / "staffing.ipynb", "How many?", "print('x' * 50_000)")
    (place.notebooks / "catalogue.toml").write_text(catalogue(["staffing"]))
    with runner(place, "real") as ask:
        yield place, ask


def refuse_torn(place: Place) -> None:
    """Hold that whatever a reader can open is whole."""
    for page in place.reports.rglob("[!.]*.html"):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), page
    for file in [*place.reports.rglob("[!.]*.json"), *place.reports.rglob("[!.]*.ipynb")]:
        json.loads(file.read_text(encoding="utf-8"))


def of_run(place: Place, run_id: str) -> set[str]:
    """The reports whose record says that this run built them."""
    return {record.name for record in read_records(place.reports) if record.run_id == run_id}


def kill_and_judge(place: Place, ask: Ask, moments: list[float]) -> None:
    """Kill a run at each moment; look at the folder after each, and once a run was let be."""
    put_in_place = {}
    for moment in moments:
        before = set(run_ids(place.reports))
        ask(moment)
        refuse_torn(place)
        for run_id in set(run_ids(place.reports)) - before:
            put_in_place[run_id] = of_run(place, run_id)
        states = {status.name: status.state for status in take_stock(place).statuses}
        for record in read_records(place.reports):
            page = (place.reports / record.path).read_text()
            names_its_run = record.run_id in page
            assert names_its_run or states[record.name] == "stale", record.name
    assert ask()["code"] == 0
    refuse_torn(place)
    assert not list(place.reports.rglob(".*.part"))
    assert {status.state for status in take_stock(place).statuses} == {"current"}
    kept = {run_id: read_run(run_id, place.reports) for run_id in run_ids(place.reports)}
    assert "running" not in {run.outcome for run in kept.values()}
    for run_id in put_in_place.keys() & kept.keys():
        run = kept[run_id]
        built = {name for name, report in run.reports.items() if report.outcome == "built"}
        assert built == put_in_place[run_id], run_id


def test_a_killed_run_leaves_whole_pages_true_records_and_nothing_that_stays(stand_in):
    """Each run is killed at a random moment of the time a whole one takes."""
    place, ask = stand_in
    ask()
    whole = ask()["seconds"]
    chance = random.Random(20261125)
    kill_and_judge(place, ask, [chance.uniform(0, whole) for _ in range(8)])


@pytest.mark.long
def test_fifty_runs_of_notebooks_are_killed_at_random_moments(real):
    place, ask = real
    ask()
    whole = ask()["seconds"]
    chance = random.Random(2026)
    kill_and_judge(place, ask, [chance.uniform(0, whole) for _ in range(50)])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_run_that_is_told_to_end_says_so_and_lists_what_it_did(stand_in, number):
    place, ask = stand_in
    ask()
    ended = ask(number=number, after_reports=11)
    assert ended["code"] == 128 + number
    last = read_run(run_ids(place.reports)[-1], place.reports)
    assert (last.outcome, last.message) == ("ended by a signal", signal.Signals(number).name)
    assert last.seconds is not None
    assert last.count("built") + last.count("not reached") == 30
    built = {name for name, report in last.reports.items() if report.outcome == "built"}
    assert built == of_run(place, last.run_id)
    index = (place.reports / "runs.html").read_text()
    assert re.search(rf"<code>{last.run_id}</code>", index)
    refuse_torn(place)
