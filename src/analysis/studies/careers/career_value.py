"""What a move up is worth over a working life, against staying: discounted, with its spread."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd

from analysis.estimate import Estimate
from analysis.models.ranges import Range, summarise_draws
from analysis.studies.careers.career_simulation import CareerCase, CareerDraws, simulate
from analysis.studies.part import Part

HALF, TAIL = 0.5, 0.05  # where a median, and the end of a 90 % interval, ceases to exist
LARGEST = 1e9  # in place of infinity, beyond the 95th percentile only
SOURCE = "Simulation over BLS, OEWS wages, the guide's years and published tuition"
UNIT = "USD present value"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerValue(Part):
    """Staying against moving.

    Parameters
    ----------
    table : DataFrame
        years_to_move, stay_usd, move_usd, education_usd, gain_usd (present values, medians of
        the simulation) with the 90 % limits gain_low_usd and gain_high_usd, break_even_pct (the
        chance of the move at which paying for the education breaks even; missing where the move
        itself gains nothing).
    paths : DataFrame
        years (from the start), stay_usd, move_usd (median) with move_low_usd and move_high_usd:
        pay in that year.
    stay, move, gain, break_even : Estimate
        Over the whole range of years to the move.
    assumptions : tuple of str
        What was assumed, as sentences.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "years_to_move": "Move after, years",
            "stay_usd": "Staying",
            "move_usd": "Moving",
            "education_usd": "Education",
            "gain_usd": "Gain",
            "gain_low_usd": "from",
            "gain_high_usd": "to",
            "break_even_pct": "Breaks even at a chance of",
        }
    )

    paths: pd.DataFrame
    stay: Estimate
    move: Estimate
    gain: Estimate
    break_even: Estimate
    assumptions: tuple[str, ...] = ()


def career_value(
    case: CareerCase, *, assumptions: tuple[str, ...] = (), seed: int = 0
) -> CareerValue:
    """Compare moving with staying.

    Parameters
    ----------
    case : CareerCase
        Both careers.
    assumptions : tuple of str
        Passed on.
    seed : int
        Of the simulation.
    """
    drawn = simulate(case, seed=seed)
    waits = np.unique(
        [case.years_to_move.low, np.round(case.years_to_move.middle), case.years_to_move.high]
    )
    rows = [_row(case, float(wait), seed=seed) for wait in waits]
    low, middle, high = np.quantile(drawn.move_pay, [0.05, 0.5, 0.95], axis=0)
    paths = pd.DataFrame(
        {
            "years": np.arange(case.horizon_years) + 0.5,
            "stay_usd": np.median(drawn.stay_pay, axis=0),
            "move_usd": middle,
            "move_low_usd": low,
            "move_high_usd": high,
        }
    )
    year = case.target.year
    net = drawn.move_usd - drawn.education_usd
    return CareerValue(
        table=pd.DataFrame(rows).astype("float64"),
        paths=paths,
        stay=summarise_draws(drawn.stay_usd, unit=UNIT, source=SOURCE, year=year),
        move=summarise_draws(net, unit=UNIT, source=SOURCE, year=year),
        gain=summarise_draws(drawn.gain_usd, unit=UNIT, source=SOURCE, year=year),
        break_even=_break_even(drawn, case),
        assumptions=assumptions,
        note=(
            f"Over {case.horizon_years} years, at {100 * case.discount_rate:.1f}% discount a year."
        ),
        source=SOURCE,
    )


def no_value(reason: str) -> CareerValue:
    """Make the comparison that cannot be made, with its reason."""
    missing = Estimate(value=None, unit=UNIT, source=SOURCE, kind="simulation", note=reason)
    return CareerValue(
        table=pd.DataFrame(),
        paths=pd.DataFrame(),
        stay=missing,
        move=missing,
        gain=missing,
        break_even=Estimate(
            value=None, unit="percent", source=SOURCE, kind="simulation", note=reason
        ),
        reason=reason,
    )


def _row(case: CareerCase, wait: float, *, seed: int) -> dict[str, float | None]:
    """Compare for one wait."""
    fixed = CareerCase(
        start=case.start,
        target=case.target,
        years_to_move=Range.known(wait),
        education_usd=case.education_usd,
        ceiling_share=case.ceiling_share,
        discount_rate=case.discount_rate,
        horizon_years=case.horizon_years,
    )
    drawn = simulate(fixed, seed=seed)
    gain = summarise_draws(drawn.gain_usd, unit=UNIT)
    return {
        "years_to_move": wait,
        "stay_usd": float(np.median(drawn.stay_usd)),
        "move_usd": float(np.median(drawn.move_usd)),
        "education_usd": float(np.median(drawn.education_usd)),
        "gain_usd": gain.value,
        "gain_low_usd": gain.low,
        "gain_high_usd": gain.high,
        "break_even_pct": _break_even(drawn, case).value,
    }


def _break_even(drawn: CareerDraws, case: CareerCase) -> Estimate:
    """Give the chance of the move at which its education pays."""
    nothing_to_pay = "No education is priced, so nothing has to break even."
    never = "The move gains nothing in most draws, even if it is certain."
    shares = drawn.break_even_pct
    without_gain = float(np.isinf(shares).mean())
    note = nothing_to_pay if case.education_usd.high == 0 else never if without_gain > HALF else ""
    if note:
        return Estimate(value=None, unit="percent", source=SOURCE, kind="simulation", note=note)
    if without_gain > TAIL:
        return Estimate(
            value=float(np.median(shares)),
            unit="percent",
            source=SOURCE,
            kind="simulation",
            note=f"In {100 * without_gain:.0f}% of draws the move gains nothing at all.",
        )
    return summarise_draws(np.minimum(shares, LARGEST), unit="percent", source=SOURCE)
