"""The present value of a credential, for one set of inputs or a million at once.

Equal, to rounding, to the discounted sum of the monthly flows of `cash_flow`: all that depends on
time only is added up once by month of hire, and read off between months.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.roi.case import MONTHS, PERCENT, Case, FloatArray
from analysis.models.roi.cash_flow import HOURS_A_YEAR

Values = Mapping[str, float] | Mapping[str, FloatArray]

POSITIONS = np.arange(-3.0, 3.01, 0.25)  # grid of pay positions; 0 lies on it


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTables:
    """Present values by month of hire (or of time 0 to a month) of what a case earns.

    Parameters
    ----------
    discount : array
        Factor of each month; 0 from the horizon on.
    until : dict of str to array
        Sums before each month: "discount", "baseline" (factors times its shape), and a row a pay
        position "area", "remote": pay of somebody who codes from the start.
    after_hire : dict of str to array
        By month of hire, a row a pay position: "area", "remote" (coder pay and what remote adds),
        "area_premium", "remote_premium" (the part that carries the premium), "level" (1/12 a
        month), "baseline" (1/12 a month times its shape).
    is_entrant : bool
        As in the case.
    """

    discount: FloatArray
    until: Mapping[str, FloatArray]
    after_hire: Mapping[str, FloatArray]
    is_entrant: bool


def value_tables(case: Case) -> ValueTables:
    """Add up, once, all that does not depend on the drawn inputs."""
    months = case.months
    factor = (1 + case.discount_rate) ** (-1 / MONTHS)
    stays = (1 - case.most_likely["annual_separation_rate_pct"] / PERCENT) ** (1 / MONTHS)
    discount = factor**months
    decay = (factor * stays) ** months
    area, remote = case.occupation_pay(POSITIONS)
    shape = case.baseline_shape()
    wait = case.apprentice_months

    def streams(row: FloatArray, *, with_premium: bool) -> FloatArray:
        """Value a stream by month of hire; its first months lack the premium."""
        if case.starts_at_hire:
            paid = row * (months >= wait) if with_premium else row
            return np.append(discount, 0.0) * _running(decay * paid)[:, ::-1]
        cut = _cut(decay * row, stays)
        if not (with_premium and wait):
            return cut
        later = np.minimum(np.arange(cut.shape[1]) + wait, cut.shape[1] - 1)
        return np.asarray(stays**wait * cut[:, later], dtype=np.float64)

    level = np.full((1, months.size), 1 / MONTHS)
    return ValueTables(
        discount=np.append(discount, 0.0),
        until={
            "discount": _running(discount[None, :])[0],
            "baseline": _running((discount * shape)[None, :])[0],
            "area": _running(discount * area),
            "remote": _running(discount * remote),
        },
        after_hire={
            "area": streams(area, with_premium=False),
            "remote": streams(remote, with_premium=False),
            "area_premium": streams(area, with_premium=True),
            "remote_premium": streams(remote, with_premium=True),
            "level": _cut(decay * level, stays),
            "baseline": _cut(decay * level * shape, stays),
        },
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
    enrolled = _enrolled(tables.until["discount"], trained, completes)
    spread = np.where(trained > 0, enrolled / np.where(trained > 0, trained, 1.0), 1.0)
    preparation = (
        get["membership_usd"]
        + get["materials_usd"]
        + get["study_hours"] * get["baseline_wage_usd"] / HOURS_A_YEAR
    )
    costs = (
        get["tuition_usd"] * spread
        + completes * _between(tables.discount, trained) * preparation
        + completes * _between(tables.discount, exam) * get["exam_fee_usd"] * attempts
    )
    foregone, gain = _earnings(tables, get, trained=trained, completes=completes, hired=hired)
    works = completes * get["placement_rate_pct"] / PERCENT
    upkeep = get["renewal_usd_per_year"] * _between(tables.after_hire["level"][0], hired)
    return np.asarray(works * (gain - upkeep) - foregone - costs, dtype=np.float64)


def expected_npv(case: Case) -> float:
    """Return the net present value in USD at the most likely value of every input.

    Chances enter as such, so this is the expected value over completing and finding work, but not
    the mean over all inputs: see `monte_carlo.simulate`.
    """
    return float(net_present_value(value_tables(case), case.most_likely))


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
        foregone = wage / MONTHS * _enrolled(tables.until["baseline"], trained, completes)
        baseline = wage * _between(tables.after_hire["baseline"][0], hired)
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


def _cut(decayed: FloatArray, stays: float) -> FloatArray:
    """Return the value at time 0 of what is earned from each month on, if at work in that month."""
    sums = _running(decayed)
    months = np.arange(sums.shape[1])
    return np.asarray((sums[:, -1:] - sums) * stays ** (-months.astype(float)), dtype=np.float64)


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
