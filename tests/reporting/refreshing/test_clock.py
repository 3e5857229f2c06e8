"""Clocks that jump, and the night of an hour that comes twice: runs stay in order all the same."""

import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from analysis.errors import AnotherRun
from analysis.reporting import keys, publish, runs
from analysis.reporting.index import run_lines
from analysis.reporting.keys import FileHashes
from analysis.reporting.run_changes import last_runs
from analysis.reporting.runs import read_run, run_ids

AUTUMN = datetime(2026, 11, 1, 5, 59, 58, tzinfo=UTC)  # in New York 01:59:58, then 01:00:00 again
SPRING = datetime(2027, 3, 14, 6, 59, 58, tzinfo=UTC)  # in New York 01:59:58, then 03:00:00


class Clock:
    """The machine's clock, as `datetime` reads it; somebody sets it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self, zone=None) -> datetime:
        """Return local time where no zone is named, as `datetime.now` does."""
        local = self.moment.astimezone()
        return self.moment.astimezone(zone) if zone else local.replace(tzinfo=None)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the names of runs and the lock are read from."""
    clock = Clock(datetime(2026, 11, 22, 6, tzinfo=UTC))
    for module in (runs, publish):
        stand_in = SimpleNamespace(now=clock.now, fromtimestamp=datetime.fromtimestamp)
        monkeypatch.setattr(module, "datetime", stand_in)
    return clock


@pytest.fixture
def new_york(monkeypatch):
    """Local time is New York's, which has daylight saving."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_clock_that_jumps_changes_neither_order_nor_status_nor_what_is_kept(
    clock, place, pages, run, states
):
    """Forward by two years, back by three, each between two runs and in the middle of one."""
    ids = []
    for jump, in_the_middle in [(0, 730), (-1095, 365), (1, -400), (-30, 0)]:
        clock.moment += timedelta(days=jump)
        pages.meanwhile = lambda _, days=in_the_middle: setattr(
            clock, "moment", clock.moment + timedelta(days=days / 4)
        )
        finished = run(force=True, keep=3)
        assert finished.run.seconds >= 0
        ids.append(finished.run.run_id)
        assert set(states().values()) == {("current", ())}
    assert len(set(ids)) == 4
    assert run_ids(place.reports) == ids[-3:], "the last three are kept, in the order they ran"
    assert [each.run_id for each in last_runs(place.reports)] == ids[-2:]
    assert [line.run_id for line in run_lines(place.reports)] == ids[:0:-1]
    listed = (place.reports / "runs.html").read_text()
    told = [listed.index(f"<code>{each}</code>") for each in ids[:0:-1]]
    assert told == sorted(told)


@pytest.mark.parametrize("change", [AUTUMN, SPRING], ids=["autumn", "spring"])
def test_daylight_saving_in_the_middle_of_a_run_changes_nothing(
    change, clock, new_york, place, pages, run, states
):
    """A local clock would read 01:59:58, then 01:00:02: the second run would be the first."""
    clock.moment = change
    pages.meanwhile = lambda _: setattr(clock, "moment", clock.moment + timedelta(seconds=1))
    first = run(force=True).run
    second = run(force=True).run
    assert first.run_id == f"{change:%Y-%m-%dT%H%M%SZ}"
    assert second.run_id == f"{change + timedelta(seconds=4):%Y-%m-%dT%H%M%SZ}"
    assert run_ids(place.reports) == [first.run_id, second.run_id]
    assert set(states().values()) == {("current", ())}
    assert {
        report.outcome for report in read_run(second.run_id, place.reports).reports.values()
    } == {"built"}


def test_a_lock_is_held_whatever_the_clock_says(clock, tmp_path):
    with publish.only_run(tmp_path):
        clock.moment -= timedelta(days=365)
        with (
            pytest.raises(AnotherRun, match="since 2026-11-22 06:00:00"),
            publish.only_run(tmp_path),
        ):
            pass
    with publish.only_run(tmp_path):
        pass


@pytest.mark.parametrize("hours", [-48, 48])
def test_a_file_is_hashed_by_what_is_in_it_when_the_clock_is_off(hours, tmp_path, monkeypatch):
    """Ahead, an entry would be kept too soon: the same size a moment later is another content."""
    now = time.time_ns() + hours * 3_600_000_000_000
    monkeypatch.setattr(keys.time, "time_ns", lambda: now)
    file, kept = tmp_path / "table.parquet", tmp_path / "kept.json"
    found = []
    for letter in "abab":
        file.write_bytes(letter.encode() * 100_000)
        hashes = FileHashes(kept)
        found.append(hashes.of(file))
        hashes.keep()
    assert found[0] == found[2] != found[1] == found[3]
