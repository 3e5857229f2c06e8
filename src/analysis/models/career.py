"""Two careers drawn many times: staying in an occupation, and moving to a better paid one.

The same until the move. Staying climbs the occupation's official percentiles along the experience
path of `models.wages.experience`. Moving enters the target's distribution at its 10th percentile
and climbs the same path anew, up to a ceiling. Education is paid for, and earnings are given up for
it, evenly over the years before the move, whether or not it comes. Dollars of the wage table's May.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from analysis.models.ranges import Range
from analysis.models.wages import WageDistribution
from analysis.models.wages.experience import experience_score

FloatArray = NDArray[np.float64]

DRAWS = 4_000  # the ends of a 90 % interval vary by about 2 % of its width between seeds
HORIZON_YEARS = 30
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerCase:
    """What a comparison of two careers rests on.

    Parameters
    ----------
    start, target : WageDistribution
        Pay in the area, USD a year.
    years_to_move : Range
        Years in the start occupation before the move.
    education_usd : Range
        Price of the education the target asks for beyond the start's; 0 where none.
    ceiling_share : Range
        Share of the target's workers, within 0 and 1, whom the mover never overtakes.
    study_years : float
        Of full-time study that the education takes.
    foregone_share : float
        Part of pay given up while studying: 0 beside a full job, 1 in place of it.
    climbs : bool
        True where pay climbs the percentiles with experience; False where all who stay earn the
        median throughout, and who moves earns the median or the ceiling at once.
    discount_rate : float
        Real, a year; above -1.
    horizon_years : int
        Length of both careers, longer than the wait for the move.

    Raises
    ------
    ValueError
        A horizon that ends before the move, a rate of -1 or below, a share outside 0 to 1.
    """

    start: WageDistribution
    target: WageDistribution
    years_to_move: Range
    education_usd: Range
    ceiling_share: Range
    discount_rate: float
    study_years: float = 0.0
    foregone_share: float = 0.0
    climbs: bool = True
    horizon_years: int = HORIZON_YEARS

    def __post_init__(self) -> None:
        if self.horizon_years <= self.years_to_move.high:
            raise ValueError(
                f"horizon_years must be above {self.years_to_move.high}, not {self.horizon_years}."
            )
        if self.discount_rate <= -1:
            raise ValueError(f"discount_rate must be above -1, not {self.discount_rate}.")
        if not 0 <= self.foregone_share <= 1:
            raise ValueError(f"foregone_share must lie within 0 to 1, not {self.foregone_share}.")
        self.years_to_move.check_within("years_to_move", least=0, most=60)
        self.education_usd.check_within("education_usd", least=0, most=1_000_000)
        self.ceiling_share.check_within("ceiling_share", least=0.01, most=0.99)


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerDraws:
    """Simulated careers.

    Parameters
    ----------
    stay_usd, move_usd, education_usd, foregone_usd : array
        Present value of each draw; `move_usd` before both costs of education: its price, and the
        pay given up for it.
    stay_pay, move_pay : array
        Pay by draw and year.
    """

    stay_usd: FloatArray
    move_usd: FloatArray
    education_usd: FloatArray
    foregone_usd: FloatArray
    stay_pay: FloatArray
    move_pay: FloatArray

    @property
    def gain_usd(self) -> FloatArray:
        """Moving and its education, less staying."""
        return self.move_usd - self.education_usd - self.foregone_usd - self.stay_usd

    @property
    def break_even_pct(self) -> FloatArray:
        """The chance at which education pays; infinite where moving gains nothing."""
        gross = self.move_usd - self.stay_usd
        costs = self.education_usd + self.foregone_usd
        paid = np.where(gross > 0, costs / np.where(gross > 0, gross, 1.0), np.inf)
        return np.asarray(100 * paid, dtype=np.float64)


def simulate(case: CareerCase, *, draws: int = DRAWS, seed: int = 0) -> CareerDraws:
    """Draw careers: the wait, the ceiling, the price of education, the wages' own errors.

    Examples
    --------
    >>> pay = WageDistribution.from_percentiles({10: 30000, 50: 40000, 90: 60000})
    >>> case = CareerCase(start=pay, target=pay, years_to_move=Range(low=5, high=7),
    ...                   education_usd=Range.known(0), ceiling_share=Range.known(0.75),
    ...                   discount_rate=0.03)
    >>> bool((simulate(case, draws=50).gain_usd <= 0).all())  # beginning anew in the same job
    True
    """
    random = np.random.default_rng(seed)
    wait = case.years_to_move.draw(random, draws)[:, None]
    ceiling = case.target.quantile(case.ceiling_share.draw(random, draws))[:, None]
    education = case.education_usd.draw(random, draws)[:, None]
    start_error = _wage_error(case.start, random, draws)
    target_error = _wage_error(case.target, random, draws)
    begins = np.arange(case.horizon_years, dtype=np.float64)[None, :]
    middle = begins + 0.5
    before = np.clip(wait - begins, 0.0, 1.0)  # share of the year in the start occupation
    read = _climb if case.climbs else _level
    stay_pay = start_error * read(case.start, middle, case.horizon_years)
    climbed = read(case.target, np.maximum(middle - wait, 0.0), case.horizon_years)
    move_pay = before * stay_pay + (1 - before) * target_error * np.minimum(climbed, ceiling)
    discount = (1 + case.discount_rate) ** -middle
    part = np.where(wait > 0, before / np.where(wait > 0, wait, 1.0), 0.0)  # of the wait
    price = education * part
    foregone = case.foregone_share * case.study_years * part * stay_pay
    at_once = np.where(wait > 0, 0.0, education)[:, 0]
    return CareerDraws(
        stay_usd=(stay_pay * discount).sum(axis=1),
        move_usd=(move_pay * discount).sum(axis=1),
        education_usd=(price * discount).sum(axis=1) + at_once,
        foregone_usd=(foregone * discount).sum(axis=1),
        stay_pay=stay_pay,
        move_pay=move_pay,
    )


def _climb(pay: WageDistribution, years: FloatArray, horizon_years: int) -> FloatArray:
    """Read the experience path at many points, from its values month by month."""
    months = np.arange(MONTHS * horizon_years + 1) / MONTHS
    path = pay.quantile(ndtr(experience_score(months)))
    return np.asarray(np.interp(years, months, path), dtype=np.float64)


def _level(pay: WageDistribution, years: FloatArray, horizon_years: int) -> FloatArray:  # noqa: ARG001
    """Return the median whatever the experience."""
    return np.full_like(years, pay.quantile(0.5))


def _wage_error(pay: WageDistribution, random: np.random.Generator, draws: int) -> FloatArray:
    """Draw the sampling error of a wage level: one factor a draw, about 1."""
    relative = (pay.relative_standard_error_pct or 0.0) / 100
    factors = np.exp(relative * random.standard_normal(draws))
    return np.asarray(factors[:, None], dtype=np.float64)
