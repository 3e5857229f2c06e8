"""How many full-time coders a volume of records needs, uncertain inputs drawn from their ranges."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.automation import time_saved
from analysis.models.ranges import (
    DRAWS,
    FloatArray,
    Random,
    Range,
    RepeatableDraws,
    summarise_draws,
)

BENCHMARK_HOURS = 8.0  # published benchmarks count records in 8 paid hours (DeVault 2012)
MINUTES_PER_HOUR = 60.0
MOST_SHRINKAGE = 0.99  # at 1 nobody would ever code
NOTHING, EVERYTHING = Range.known(0.0), Range.known(1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """A tool that proposes codes, which coders review.

    The time a record takes is multiplied by

        1 - adoption * routine * (accuracy * saving - (1 - accuracy) * penalty).

    Parameters
    ----------
    adoption : float
        Share of records that go through the tool, 0 to 1; 0 is no tool.
    routine_share : Range
        Share of those simple enough to be proposed, 0 to 1.
    accuracy : Range
        Share of proposals that are right, 0 to 1.
    review_time_saving : Range
        Share of time saved by reviewing a right proposal in place of coding, 0 to 1.
    penalty : Range
        Extra time after a wrong proposal, as a share of the time to code; at least 0.

    Raises
    ------
    ValueError
        A value out of range.
    """

    adoption: float
    routine_share: Range = EVERYTHING
    accuracy: Range = EVERYTHING
    review_time_saving: Range = NOTHING
    penalty: Range = NOTHING

    def __post_init__(self) -> None:
        if not 0 <= self.adoption <= 1:
            raise ValueError(f"adoption must lie within 0 to 1, not {self.adoption}.")
        for name in ("routine_share", "accuracy", "review_time_saving"):
            getattr(self, name).check_within(name, least=0.0, most=1.0)
        self.penalty.check_within("penalty", least=0.0, most=float("inf"))

    def draw_factor(self, random: Random, draws: int) -> FloatArray:
        """Draw the factor by which the tool changes the time a record takes."""
        routine = self.routine_share.draw(random, draws)
        accuracy = self.accuracy.draw(random, draws)
        saving = self.review_time_saving.draw(random, draws)
        penalty = self.penalty.draw(random, draws)
        return 1 - self.adoption * time_saved(
            routine_share=routine,
            accuracy=accuracy,
            review_time_saving=saving,
            wrong_proposal_penalty=penalty,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingNeed:
    """The coders a department needs; values are medians, intervals the middle 90 % of draws.

    Parameters
    ----------
    fte, fte_unassisted, fte_saved : Estimate
        In all, without the tool, and what the tool saves, draw by draw. Medians of the types need
        not sum to the total.
    by_type : DataFrame
        encounter_type, records_per_day, minutes_per_record (with rework and the tool), fte,
        fte_low, fte_high.
    """

    fte: Estimate
    fte_unassisted: Estimate
    fte_saved: Estimate
    by_type: pd.DataFrame


def required_fte(
    records_per_day: Mapping[str, float],
    records_per_8_hours: Mapping[str, Range],
    *,
    shrinkage: Range,
    accuracy: Range = EVERYTHING,
    rework_time_share: Range = NOTHING,
    assistance: Assistance | None = None,
    days_per_week: float = 5.0,
    paid_hours_per_week: float = 40.0,
    reserve: float = 1.0,
    draws: int = DRAWS,
    seed: int = 0,
) -> StaffingNeed:
    """Work out the full-time coders that a volume of records needs.

    For each encounter type, with every range drawn once a draw:

        minutes = 480 / (records in 8 paid hours)
                  * (1 + (1 - accuracy) * rework share) * (factor of the tool)
        FTE = records a day * days a week * minutes * reserve
              / (60 * paid hours a week * (1 - shrinkage))

    One draw of speed holds for a whole type (the ranges are uncertainty about the department's
    mean, not variation between records). The same seed draws the same world whatever the
    volumes and whether assisted or not, so two cases can be compared.

    Parameters
    ----------
    records_per_day : mapping of str to float
        Records that arrive on a day, by encounter type; at least 0.
    records_per_8_hours : mapping of str to Range
        Records a coder finishes in 8 paid hours, above 0: the unit of the published benchmarks
        (DeVault 2012: 3 inpatient records an hour, 24 in 8 paid hours).
    shrinkage : Range
        Share of paid hours not coded in (leave, training, meetings), 0 to 0.99. A benchmark per
        paid hour already counts breaks: leave those out here.
    accuracy : Range
        Share of records right the first time, 0 to 1.
    rework_time_share : Range
        Time to correct a wrong record, as a share of the time to code it; at least 0.
    assistance : Assistance, optional
        The tool; none by default.
    days_per_week : float
        Days a week on which that many records arrive, above 0, at most 7.
    paid_hours_per_week : float
        Of one full-time equivalent, above 0.
    reserve : float
        Coders over those that the mean volume keeps busy, at least 1: what a target in days takes
        (`reserve_for_target`).
    draws, seed : int
        Of the simulation; the script of a page repeats its draws.

    Raises
    ------
    WrongInput
        A type of record has no speed.
    ValueError
        A value out of range.

    Examples
    --------
    24 inpatient records a day at 24 in 8 paid hours keep one coder busy; with a quarter of
    the paid hours lost, one and a third.

    >>> need = required_fte(
    ...     {"inpatient": 24}, {"inpatient": Range.known(24)}, shrinkage=Range.known(0.25)
    ... )
    >>> round(need.fte.value, 3)
    1.333
    """
    if lacking := sorted(records_per_day.keys() - records_per_8_hours.keys()):
        raise WrongInput(
            f"Productivity must name every encounter type of the volumes; no {', '.join(lacking)}, "
            f"only {', '.join(records_per_8_hours)}. Add the records in 8 paid hours."
        )
    _check(records_per_day, records_per_8_hours, draws, days_per_week, paid_hours_per_week)
    shrinkage.check_within("shrinkage", least=0.0, most=MOST_SHRINKAGE)
    accuracy.check_within("accuracy", least=0.0, most=1.0)
    rework_time_share.check_within("rework_time_share", least=0.0, most=float("inf"))
    if reserve < 1:
        raise ValueError(f"reserve must be at least 1, not {reserve}.")
    random = RepeatableDraws(seed)
    paid_minutes = MINUTES_PER_HOUR * paid_hours_per_week
    weekly_minutes = paid_minutes * (1 - shrinkage.draw(random, draws)) / reserve
    rework = 1 + (1 - accuracy.draw(random, draws)) * rework_time_share.draw(random, draws)
    assisted = (assistance or Assistance(adoption=0.0)).draw_factor(random, draws)
    unassisted_fte = np.zeros(draws)
    rows = []
    for name, records in records_per_day.items():
        rate = records_per_8_hours[name].draw(random, draws)
        minutes = MINUTES_PER_HOUR * BENCHMARK_HOURS / rate * rework
        fte = records * days_per_week * minutes / weekly_minutes
        unassisted_fte += fte
        need = summarise_draws(fte * assisted, unit="FTE")
        rows.append(
            {
                "encounter_type": name,
                "records_per_day": records,
                "minutes_per_record": float(np.quantile(minutes * assisted, 0.5)),
                "fte": need.value,
                "fte_low": need.low,
                "fte_high": need.high,
            }
        )
    return StaffingNeed(
        fte=summarise_draws(unassisted_fte * assisted, unit="FTE"),
        fte_unassisted=summarise_draws(unassisted_fte, unit="FTE"),
        fte_saved=summarise_draws(
            unassisted_fte * (1 - assisted),
            unit="FTE",
            note="Routine share and time saving are vendor claims unless replaced.",
        ),
        by_type=pd.DataFrame(rows),
    )


def _check(
    records_per_day: Mapping[str, float],
    records_per_8_hours: Mapping[str, Range],
    draws: int,
    days_per_week: float,
    paid_hours_per_week: float,
) -> None:
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}.")
    if any(not 0 <= records < float("inf") for records in records_per_day.values()):
        raise ValueError(f"Records a day must be at least 0, not {dict(records_per_day)}.")
    for name, rate in records_per_8_hours.items():
        if rate.low <= 0:
            raise ValueError(f"Records in 8 hours must be above 0 for {name}, not {rate.low}.")
    if not 0 < days_per_week <= 7:
        raise ValueError(f"days_per_week must be above 0 and at most 7, not {days_per_week}.")
    if paid_hours_per_week <= 0:
        raise ValueError(f"paid_hours_per_week must be above 0, not {paid_hours_per_week}.")
