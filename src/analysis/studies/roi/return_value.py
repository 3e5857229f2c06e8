"""The present value of a credential, for one set of inputs or a million at once.

Equal, to rounding, to the discounted sum of the monthly flows of `cash_flow`: all that depends on
time only is added up once by month of hire, and read off between months.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from analysis.studies.experience_pay import experience_score
from analysis.studies.roi.return_case import ReturnCase
from analysis.studies.roi.return_inputs import PERCENT

FloatArray = NDArray[np.float64]
Values = Mapping[str, float] | Mapping[str, FloatArray]

MONTHS = 12
HOURS_A_YEAR = 2080.0
POSITIONS = np.arange(-3.0, 3.01, 0.25)  # grid of pay positions; 0 lies on it


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPaths:
    """Monthly pay in the occupation by month of experience, a row a pay position.

    Parameters
    ----------
    area_usd : array
        Pay in the area.
    remote_gain_usd : array
        What national pay adds to it once remote work is open; 0 where the area pays more.
    positions : array
        Normal scores of the rows.
    """

    area_usd: FloatArray
    remote_gain_usd: FloatArray
    positions: FloatArray


def pay_paths(case: ReturnCase, positions: FloatArray = POSITIONS) -> PayPaths:
    """Lay out the monthly pay of a case over its horizon at each pay position."""
    years = case.experience_years + np.arange(case.horizon_years * MONTHS) / MONTHS
    shares = ndtr(experience_score(years)[None, :] + positions[:, None])
    area = case.pay.quantile(shares) / MONTHS
    nation = case.national_pay.quantile(shares) / MONTHS
    gain = np.where(years >= case.remote_after_years, np.maximum(nation - area, 0.0), 0.0)
    return PayPaths(area_usd=area, remote_gain_usd=gain, positions=positions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTables:
    """Present values by month of hire (or of time 0 to a month) of what a case earns.

    Parameters
    ----------
    discount : array
        Factor of each month; 0 from the horizon on.
    discount_until : array
        Sum of the factors before each month.
    after_hire : dict of str to array
        By month of hire, a row a pay position: "area", "remote" (coder pay and what remote adds),
        "area_premium", "remote_premium" (the part that carries the premium), "level" (1/12 a
        month).
    until : dict of str to array
        By month, a row a pay position: pay of somebody who codes from the start.
    is_entrant : bool
        As in the case.
    """

    discount: FloatArray
    discount_until: FloatArray
    after_hire: Mapping[str, FloatArray]
    until: Mapping[str, FloatArray]
    is_entrant: bool


def value_tables(case: ReturnCase) -> ValueTables:
    """Add up, once, all that does not depend on the drawn inputs."""
    months = np.arange(case.horizon_years * MONTHS)
    factor = (1 + case.discount_rate) ** (-1 / MONTHS)
    stays = (1 - case.most_likely["annual_separation_rate_pct"] / PERCENT) ** (1 / MONTHS)
    discount = factor**months
    paths = pay_paths(case)
    has_premium = months >= case.apprentice_months
    rows = {
        "area": paths.area_usd,
        "remote": paths.remote_gain_usd,
        "area_premium": paths.area_usd * has_premium,
        "remote_premium": paths.remote_gain_usd * has_premium,
        "level": np.full((1, months.size), 1 / MONTHS),
    }
    decay = (factor * stays) ** months
    return ValueTables(
        discount=np.append(discount, 0.0),
        discount_until=_running(discount[None, :])[0],
        after_hire={
            name: _after_hire(decay * row, discount, stays, is_entrant=case.is_entrant)
            for name, row in rows.items()
        },
        until={name: _running(discount * rows[name]) for name in ("area", "remote")},
        is_entrant=case.is_entrant,
    )


def net_present_value(tables: ValueTables, values: Values) -> FloatArray:
    """Return the net present value in USD for each set of inputs.

    Costs and earnings foregone of the training, fees and dues, then, with the chances to complete
    and to find work, coder pay less the baseline less renewal from the month of hire on.

    Parameters
    ----------
    tables : ValueTables
        Of the case.
    values : mapping of str to float or array
        Every input by name; arrays of one length, or numbers.

    Returns
    -------
    array
        One value a set; a single set gives a zero-dimensional array.
    """
    get = {name: np.asarray(value, dtype=np.float64) for name, value in values.items()}
    trained = get["training_months"]
    completes = get["completion_rate_pct"] / PERCENT
    attempts = PERCENT / get["pass_rate_pct"]
    exam = trained + get["exam_preparation_months"]
    hired = exam + (attempts - 1) * get["retake_wait_months"]
    if tables.is_entrant:
        hired = hired + get["job_search_months"]
    discount_exam = _between(tables.discount, exam)
    discount_trained = _between(tables.discount, trained)
    enrolled = _enrolled(tables.discount_until, trained, completes)
    spread = np.where(trained > 0, enrolled / np.where(trained > 0, trained, 1.0), 1.0)
    preparation = (
        get["membership_usd"]
        + get["materials_usd"]
        + get["study_hours"] * get["baseline_wage_usd"] / HOURS_A_YEAR
    )
    costs = (
        get["tuition_usd"] * spread
        + completes * discount_trained * preparation
        + completes * discount_exam * get["exam_fee_usd"] * attempts
    )
    foregone, gain = _earnings(tables, get, trained=trained, completes=completes, hired=hired)
    works = completes * get["placement_rate_pct"] / PERCENT
    upkeep = get["renewal_usd_per_year"] * _between(tables.after_hire["level"][0], hired)
    return np.asarray(works * (gain - upkeep) - foregone - costs, dtype=np.float64)


def _earnings(
    tables: ValueTables,
    get: Mapping[str, FloatArray],
    *,
    trained: FloatArray,
    completes: FloatArray,
    hired: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Return what is foregone in training and what coder pay adds after hire, both discounted."""
    remote = get["remote_share_pct"] / PERCENT
    premium = get["premium_pct"] / PERCENT
    employed = 1 - get["coder_unemployment_rate_pct"] / PERCENT
    uncertified = (
        get["wage_level"] * employed / (1 + get["certified_share_pct"] / PERCENT * premium)
    )
    foregone_share = get["foregone_share_pct"] / PERCENT
    hire = _Lookup.of(get["pay_position"], hired, columns=tables.discount.size)

    def pay(suffix: str = "") -> FloatArray:
        return hire.read(tables.after_hire["area" + suffix]) + remote * hire.read(
            tables.after_hire["remote" + suffix]
        )

    above = premium * pay("_premium")
    if tables.is_entrant:
        wage = get["baseline_wage_usd"] * (1 - get["baseline_unemployment_rate_pct"] / PERCENT)
        foregone = wage / MONTHS * _enrolled(tables.discount_until, trained, completes)
        baseline = wage * _between(tables.after_hire["level"][0], hired)
        return foregone_share * foregone, uncertified * (pay() + above) - baseline

    def until(months: FloatArray) -> FloatArray:
        read = _Lookup.of(get["pay_position"], months, columns=tables.discount.size).read
        return read(tables.until["area"]) + remote * read(tables.until["remote"])

    half = until(trained / 2)
    foregone = uncertified * (half + completes * (until(trained) - half))
    return foregone_share * foregone, uncertified * above


def _enrolled(discount_until: FloatArray, trained: FloatArray, completes: FloatArray) -> FloatArray:
    """Return discounted months in training: who does not complete leaves halfway."""
    half = _between(discount_until, trained / 2)
    return half + completes * (_between(discount_until, trained) - half)


def _running(rows: FloatArray) -> FloatArray:
    """Return sums of each row before each month, from 0 to the horizon."""
    return np.concatenate([np.zeros((rows.shape[0], 1)), np.cumsum(rows, axis=1)], axis=1)


def _after_hire(
    decayed: FloatArray, discount: FloatArray, stays: float, *, is_entrant: bool
) -> FloatArray:
    """Return the value at time 0 of what is earned from each month of hire on.

    An entrant's experience starts at hire, so the stream is the same and moves in time; who codes
    already keeps the clock, so the stream is cut.
    """
    sums = _running(decayed)
    if is_entrant:
        return np.append(discount, 0.0) * sums[:, ::-1]
    months = np.arange(sums.shape[1])
    return (sums[:, -1:] - sums) * stays ** (-months.astype(float))


def _between(row: FloatArray, months: FloatArray) -> FloatArray:
    """Read a table by month between months, level beyond its end."""
    column, part = _split(months, row.size)
    return row[column] + part * (row[column + 1] - row[column])


def _split(months: FloatArray, columns: int) -> tuple[NDArray[np.intp], FloatArray]:
    """Split times into the column before and the way to the next."""
    held = np.clip(months, 0.0, columns - 1)
    column = np.minimum(held.astype(np.intp), columns - 2)
    return column, held - column


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lookup:
    """Where to read tables of pay positions by months, between both."""

    first: NDArray[np.intp]
    columns: int
    down: FloatArray
    right: FloatArray

    @classmethod
    def of(cls, position: FloatArray, months: FloatArray, *, columns: int) -> "_Lookup":
        """Find the corners once, for several tables."""
        step = POSITIONS[1] - POSITIONS[0]
        row, down = _split((position - POSITIONS[0]) / step, POSITIONS.size)
        column, right = _split(months, columns)
        return cls(first=row * columns + column, columns=columns, down=down, right=right)

    def read(self, table: FloatArray) -> FloatArray:
        """Interpolate one table."""
        flat = table.ravel()
        first = self.first
        upper = flat[first] + self.right * (flat[first + 1] - flat[first])
        below = first + self.columns
        lower = flat[below] + self.right * (flat[below + 1] - flat[below])
        return np.asarray(upper + self.down * (lower - upper), dtype=np.float64)
