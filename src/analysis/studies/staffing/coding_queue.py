"""How long records wait for a coder: spare coders hour by hour, backlog day by day."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd

from analysis.models.staffing.backlog import BacklogCase, simulate_backlog
from analysis.models.staffing.queueing import erlang_c, servers_for_service_level
from analysis.models.staffing.workload import BENCHMARK_HOURS
from analysis.studies.part import Part
from analysis.studies.staffing.department_need import Inputs, department_need, middle_fte
from analysis.studies.staffing.staffing_inputs import DepartmentPlan

MINUTES_PER_HOUR = 60.0
PROMISED_MINUTES = 60.0
PROMISED_SHARE = 0.9
SHOWN_SERVERS = 7
WORKING_DAYS_PER_MONTH = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingQueue(Part):
    """What spare coders do to the wait of a record, by Erlang C.

    Parameters
    ----------
    table : DataFrame
        coders_at_work, coders_employed, busy_pct, waits_pct, mean_wait_minutes,
        begun_within_hour_pct; from the fewest coders that keep up.
    offered_load : float
        Coders kept busy all day by the volume alone.
    coders_for_promise : int
        Fewest coders at work that begin nine in ten records within an hour.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "coders_at_work": "Coders at work",
            "coders_employed": "employed for that",
            "busy_pct": "Busy",
            "waits_pct": "Records that wait",
            "mean_wait_minutes": "Mean wait, minutes",
            "begun_within_hour_pct": "Begun within an hour",
        }
    )

    offered_load: float
    coders_for_promise: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlogs(Part):
    """Records waiting to be coded, day by day, by who codes them.

    Parameters
    ----------
    table : DataFrame
        team, day (working days from 1), backlog_records, backlog_days (of arrivals).
    """


def coding_queue(inputs: Inputs, plan: DepartmentPlan) -> CodingQueue:
    """Describe the wait for a coder at each size of team, inputs in the middle.

    All types wait in one line, arrive at random over 8 hours, and take the mean minutes of their
    mix. Coders employed are coders at work over the share of paid hours they code in.
    """
    middles = {name: each.at(each.range.middle) for name, each in inputs.items()}
    need = department_need(middles, plan, draws=1)
    records = sum(plan.volumes.values())
    minutes = sum(
        each.records_per_day * (each.minutes_per_record.value or 0.0) for each in need.by_type
    )
    arrivals_per_hour, service_minutes = records / BENCHMARK_HOURS, minutes / records
    load = arrivals_per_hour * service_minutes / MINUTES_PER_HOUR
    at_work = 1 - middles["shrinkage"].range.middle
    fewest = math.floor(load) + 1
    rows = []
    for servers in range(fewest, fewest + SHOWN_SERVERS):
        queue = erlang_c(
            arrivals_per_hour=arrivals_per_hour, service_minutes=service_minutes, servers=servers
        )
        rows.append(
            {
                "coders_at_work": servers,
                "coders_employed": servers / at_work,
                "busy_pct": 100 * queue.utilisation,
                "waits_pct": 100 * queue.p_wait,
                "mean_wait_minutes": queue.mean_wait_minutes,
                "begun_within_hour_pct": 100 * queue.service_level(PROMISED_MINUTES),
            }
        )
    return CodingQueue(
        table=pd.DataFrame(rows),
        offered_load=load,
        coders_for_promise=servers_for_service_level(
            arrivals_per_hour=arrivals_per_hour,
            service_minutes=service_minutes,
            target_share=PROMISED_SHARE,
            within_minutes=PROMISED_MINUTES,
        ),
        source="Erlang C on the inputs listed below",
        note=(
            f"The volume alone keeps {load:.1f} coders busy. Assumes random arrivals over 8 hours, "
            "one line for all types and exponential times; night and weekend arrivals come on top."
        ),
    )


def backlogs(
    inputs: Inputs,
    plan: DepartmentPlan,
    *,
    coders: float,
    hires: pd.DataFrame,
    leavers: pd.DataFrame,
) -> Backlogs:
    """Follow the backlog over the months of the plan for three teams.

    Parameters
    ----------
    inputs, plan
        As in `department_need`.
    coders : float
        Full-time coders employed now.
    hires, leavers : DataFrame
        As `plan_hires` returns them, with hires and without.
    """  # fmt: skip
    arrivals = sum(plan.volumes.values())
    per_coder = arrivals / middle_fte(inputs, plan)
    days = plan.plan_months * WORKING_DAYS_PER_MONTH
    teams = {
        "team of today, kept": np.full(plan.plan_months, coders),
        "nobody hired": leavers["productive_fte"].to_numpy(),
        "with the hires planned": hires["productive_fte"].to_numpy(),
    }
    frames = [
        simulate_backlog(
            BacklogCase(
                days=days,
                arrivals_per_day=arrivals,
                capacity_per_day=tuple(
                    float(each) for each in np.repeat(per_coder * fte, WORKING_DAYS_PER_MONTH)
                ),
                opening_backlog=plan.backlog_days * arrivals,
            )
        ).assign(team=team)
        for team, fte in teams.items()
    ]
    table = pd.concat(frames, ignore_index=True)
    return Backlogs(
        table=pd.DataFrame(
            {
                "team": table["team"],
                "day": table["day"],
                "backlog_records": table["backlog"],
                "backlog_days": table["backlog"] / arrivals,
            }
        ),
        source="day-by-day model on the inputs listed below",
        note=(
            f"Opening backlog {plan.backlog_days:g} days of arrivals, {coders:.1f} coders today "
            "(assumptions). No overtime and no outside coders."
        ),
    )
