"""Erlang C against published values, closed forms and its laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.staffing.queueing import erlang_c

# PyPI page of pyworkforce 0.1.0: 100 calls in 30 minutes, 3 minutes each, answered in 20 seconds
CALLS = {"arrivals_per_hour": 200, "service_minutes": 3}
IN_TIME_MINUTES = 20 / 60
HOURS_PER_YEAR = 365 * 24
MINUTES_PER_DAY = 24 * 60

traffic = st.floats(0.1, 300)
durations = st.floats(0.5, 60)
laws = settings(max_examples=60, deadline=None)


def test_probability_of_waiting_published_by_pyworkforce():
    queue = erlang_c(**CALLS, servers=14)
    assert queue.p_wait == pytest.approx(0.1741319335950498, abs=1e-12)
    assert queue.service_level(IN_TIME_MINUTES) == pytest.approx(0.8883500191794669, abs=1e-12)
    assert queue.utilisation == pytest.approx(0.7142857142857143)


def test_fifteen_servers_published_by_pyworkforce():
    """pyworkforce, queuing/tests/test_erlang.py: 15 servers, .941 in .33 minutes, P .102."""
    queue = erlang_c(**CALLS, servers=15)
    assert queue.service_level(0.33) == pytest.approx(0.941, abs=5e-4)
    assert queue.utilisation == pytest.approx(0.667, abs=5e-4)
    assert queue.p_wait == pytest.approx(0.102, abs=5e-4)


def test_waits_of_bronson_problems_23_14_and_24_6():
    """Bronson, Operations Research (1982), as quoted by web.ist.utl.pt/mcasquilho.

    23.14: one server, 30 an hour, 1.5 minutes: the mean wait is 4.5 minutes.
    24.6: three servers, 300 a year, 2 days: the mean wait is 0.43 days.
    """
    single = erlang_c(arrivals_per_hour=30, service_minutes=1.5, servers=1)
    assert single.mean_wait_minutes == pytest.approx(4.5)
    three = erlang_c(
        arrivals_per_hour=300 / HOURS_PER_YEAR, service_minutes=2 * MINUTES_PER_DAY, servers=3
    )
    assert three.mean_wait_minutes / MINUTES_PER_DAY == pytest.approx(0.43, abs=0.005)


def test_information_desk_of_render_alternative_example_14_3():
    """Render, Quantitative Analysis for Management: 20 an hour, 2 minutes, two employees: L = 3/4.

    L = load + arrivals * wait, so the wait is (3/4 - 2/3) / 20 hours = 0.25 minutes.
    """
    queue = erlang_c(arrivals_per_hour=20, service_minutes=2, servers=2)
    assert queue.mean_wait_minutes == pytest.approx(0.25)


@given(load=st.floats(0.01, 0.99))
@laws
def test_one_server_makes_wait_whoever_finds_it_busy(load):
    """M/M/1: P(wait) is the utilisation."""
    queue = erlang_c(arrivals_per_hour=load, service_minutes=60, servers=1)
    assert queue.p_wait == pytest.approx(load)


@given(load=st.floats(0.01, 1.99))
@laws
def test_two_servers_have_a_closed_form(load):
    """M/M/2: P(wait) = 2 u^2 / (1 + u), u the utilisation."""
    queue = erlang_c(arrivals_per_hour=load, service_minutes=60, servers=2)
    assert queue.p_wait == pytest.approx(2 * (load / 2) ** 2 / (1 + load / 2))


@given(arrivals=traffic, minutes=durations, servers=st.integers(1, 300))
@laws
def test_adding_a_server_never_lengthens_the_queue(arrivals, minutes, servers):
    fewer = erlang_c(arrivals_per_hour=arrivals, service_minutes=minutes, servers=servers)
    more = erlang_c(arrivals_per_hour=arrivals, service_minutes=minutes, servers=servers + 1)
    assert more.p_wait <= fewer.p_wait
    assert more.service_level(5) >= fewer.service_level(5)
    if fewer.mean_wait_minutes is not None:
        assert more.mean_wait_minutes <= fewer.mean_wait_minutes


def test_more_work_than_servers_is_never_stable():
    queue = erlang_c(arrivals_per_hour=300, service_minutes=3, servers=14)
    assert not queue.is_stable
    assert (queue.p_wait, queue.mean_wait_minutes) == (1.0, None)
    assert queue.service_level(60) == 0.0
    assert queue.utilisation == pytest.approx(15 / 14)


def test_no_arrivals_wait_for_nothing():
    queue = erlang_c(arrivals_per_hour=0, service_minutes=3, servers=1)
    assert (queue.p_wait, queue.mean_wait_minutes, queue.service_level(0)) == (0.0, 0.0, 1.0)


def test_ten_thousand_servers_do_not_overflow():
    queue = erlang_c(arrivals_per_hour=9_900, service_minutes=60, servers=10_000)
    assert 0 < queue.p_wait < 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"arrivals_per_hour": -1}, "arrivals_per_hour"),
        ({"service_minutes": 0}, "service_minutes"),
        ({"servers": 0}, "servers must be at least 1"),
    ],
)
def test_impossible_queues_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        erlang_c(**({"servers": 14} | CALLS | change))


def test_a_negative_waiting_time_is_refused():
    with pytest.raises(ValueError, match="minutes must not be below 0"):
        erlang_c(**CALLS, servers=14).service_level(-1)
