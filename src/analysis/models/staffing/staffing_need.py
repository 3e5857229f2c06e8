"""How many coders a volume of records needs."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS, FloatArray, Range, summarise_draws
from analysis.models.staffing.workload import (
    BENCHMARK_HOURS,
    NO_ASSISTANCE,
    Assistance,
    Productivity,
    Quality,
    Schedule,
    Volumes,
)

MINUTES_PER_HOUR = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeNeed:
    """What one encounter type needs.

    Parameters
    ----------
    encounter_type : str
        As in the volumes.
    records_per_day : float
        As in the volumes.
    minutes_per_record : Estimate
        Coding, rework and the effect of assistance included.
    fte : Estimate
        Full-time coders.
    """

    encounter_type: str
    records_per_day: float
    minutes_per_record: Estimate
    fte: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingNeed:
    """The coders a department needs; values are medians, intervals the middle 90 % of draws.

    Parameters
    ----------
    fte : Estimate
        In all. Medians of the types need not sum to it.
    fte_unassisted : Estimate
        The same without the tool.
    fte_saved : Estimate
        What the tool saves, draw by draw.
    by_type : tuple of TypeNeed
        In the order of the volumes.
    draws, seed : int
        Of the simulation.
    """

    fte: Estimate
    fte_unassisted: Estimate
    fte_saved: Estimate
    by_type: tuple[TypeNeed, ...]
    draws: int
    seed: int

    def to_frame(self) -> pd.DataFrame:
        """Tabulate the need by encounter type, the total in the last row."""
        rows = [
            {
                "encounter_type": need.encounter_type,
                "records_per_day": need.records_per_day,
                "minutes_per_record": need.minutes_per_record.value,
                "fte": need.fte.value,
                "fte_low": need.fte.low,
                "fte_high": need.fte.high,
            }
            for need in self.by_type
        ]
        total = {
            "encounter_type": "all",
            "records_per_day": sum(need.records_per_day for need in self.by_type),
            "minutes_per_record": None,
            "fte": self.fte.value,
            "fte_low": self.fte.low,
            "fte_high": self.fte.high,
        }
        return pd.DataFrame([*rows, total])

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        html = self.to_frame().to_html(
            index=False, float_format="{:,.1f}".format, na_rep="", border=0
        )
        return f"{html}<p>Middle 90 % of {self.draws:,} draws, seed {self.seed}.</p>"


def required_fte(
    volumes: Volumes,
    productivity: Productivity,
    schedule: Schedule,
    *,
    quality: Quality | None = None,
    assistance: Assistance = NO_ASSISTANCE,
    draws: int = DRAWS,
    seed: int = 0,
) -> StaffingNeed:
    """Work out the full-time coders that a volume of records needs.

    For each encounter type, with every range drawn once a draw:

        minutes = 480 / (records in 8 paid hours)
                  * (1 + (1 - accuracy) * rework share)
                  * (1 - adoption * routine * (accuracy_ai * saving - (1 - accuracy_ai) * penalty))
        FTE = records a day * days a week * minutes
              / (60 * paid hours a week * (1 - shrinkage))

    One draw of speed holds for a whole type (the ranges are uncertainty about the department's
    mean, not variation between records). The same seed draws the same world whatever the
    volumes and whether assisted or not, so two cases can be compared.

    Parameters
    ----------
    volumes : Volumes
        Records to code.
    productivity : Productivity
        Speed for every type in `volumes`.
    schedule : Schedule
        Paid hours and shrinkage.
    quality : Quality or None
        Rework; None leaves it out.
    assistance : Assistance
        The tool, none by default.
    draws, seed : int
        Of the simulation.

    Raises
    ------
    WrongInput
        A type in `volumes` has no productivity.
    ValueError
        `draws` below 1.

    Examples
    --------
    24 inpatient records a day at 24 in 8 paid hours keep one coder busy; with a quarter of
    the paid hours lost, one and a third.

    >>> need = required_fte(
    ...     Volumes(records_per_day={"inpatient": 24}),
    ...     Productivity(records_per_8_hours={"inpatient": Range.known(24)}),
    ...     Schedule(shrinkage=Range.known(0.25)),
    ... )
    >>> round(need.fte.value, 3)
    1.333
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}.")
    if lacking := sorted(volumes.records_per_day.keys() - productivity.records_per_8_hours.keys()):
        raise WrongInput(
            f"Productivity must name every encounter type of the volumes; no {', '.join(lacking)}, "
            f"only {', '.join(productivity.records_per_8_hours)}. Add the records in 8 paid hours."
        )
    random = np.random.default_rng(seed)
    weekly_minutes = (
        MINUTES_PER_HOUR
        * schedule.paid_hours_per_week
        * (1 - schedule.shrinkage.draw(random, draws))
    )
    rework = _rework_factor(quality, random, draws)
    assisted = _assistance_factor(assistance, random, draws)
    unassisted_fte = np.zeros(draws)
    by_type = []
    for name, records_per_day in volumes.records_per_day.items():
        rate = productivity.records_per_8_hours[name].draw(random, draws)
        minutes = MINUTES_PER_HOUR * BENCHMARK_HOURS / rate * rework
        fte = records_per_day * volumes.days_per_week * minutes / weekly_minutes
        unassisted_fte += fte
        by_type.append(
            TypeNeed(
                encounter_type=name,
                records_per_day=records_per_day,
                minutes_per_record=summarise_draws(minutes * assisted, unit="minutes"),
                fte=summarise_draws(fte * assisted, unit="FTE"),
            )
        )
    return StaffingNeed(
        fte=summarise_draws(unassisted_fte * assisted, unit="FTE"),
        fte_unassisted=summarise_draws(unassisted_fte, unit="FTE"),
        fte_saved=summarise_draws(
            unassisted_fte * (1 - assisted),
            unit="FTE",
            note="Routine share and time saving are vendor claims unless replaced.",
        ),
        by_type=tuple(by_type),
        draws=draws,
        seed=seed,
    )


def _rework_factor(
    quality: Quality | None, random: np.random.Generator, draws: int
) -> FloatArray | float:
    """Draw the factor by which rework lengthens the work; nothing is reworked without a target."""
    accuracy = Range.known(1.0) if quality is None else quality.accuracy
    share = Range.known(0.0) if quality is None else quality.rework_time_share
    return 1 + (1 - accuracy.draw(random, draws)) * share.draw(random, draws)


def _assistance_factor(
    assistance: Assistance, random: np.random.Generator, draws: int
) -> FloatArray:
    """Draw the factor by which the tool shortens the work."""
    routine = assistance.routine_share.draw(random, draws)
    accuracy = assistance.accuracy.draw(random, draws)
    saving = assistance.review_time_saving.draw(random, draws)
    penalty = assistance.penalty.draw(random, draws)
    return 1 - assistance.adoption * routine * (accuracy * saving - (1 - accuracy) * penalty)
