"""Find every rate at which cash flows are worth nothing, and the one to quote."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LONGEST = 1_000  # periods; the binomial coefficients below overflow soon after
NARROWEST = 2.0**-50
FARTHEST = 750.0  # |log(1 + rate)| beyond what a float can hold
ROUNDING = 4 * float(np.finfo(float).eps)
SAME = 1e-9  # two rates (plus 1) that differ by less, relatively, are one


class Interval(NamedTuple):
    """A stretch of s = 1/(2 + rate) and the Bernstein coefficients of the value on it."""

    low: float
    high: float
    coefficients: Floats  # row 0 of the value, row 1 of the sum of absolute terms


def cash_flows(flows: Sequence[float] | Floats) -> Floats:
    """Return `flows` as an array, one amount a period from time 0.

    Raises
    ------
    ValueError
        There is no flow, or one is missing or infinite.

    Examples
    --------
    >>> cash_flows([-100, 60, 60])
    array([-100.,   60.,   60.])
    """
    amounts = np.asarray(flows, dtype=float)
    if amounts.ndim != 1 or not amounts.size:
        raise ValueError(f"flows must be a list of amounts, not of shape {amounts.shape}.")
    if not np.isfinite(amounts).all():
        period = int(np.argmin(np.isfinite(amounts)))
        raise ValueError(f"flows must be finite; the flow of period {period} is not.")
    return amounts


def rates_of_return(flows: Sequence[float] | Floats) -> tuple[float, ...]:
    """Find every real rate above -1 at which `flows` are worth nothing.

    With s = 1/(2 + rate) the value is, up to a positive factor, the polynomial
    with Bernstein coefficients flow_k / C(n, k) on 0 < s < 1. The stretch is
    halved until each piece holds no change of sign or exactly one (Descartes),
    so no root is lost and none invented, at 4 flows or at 480; Brent's method
    then finds each root in log(1 + rate).

    Parameters
    ----------
    flows : sequence of float
        One amount a period, `flows[0]` at time 0; costs below 0. Leading and
        trailing zeros change nothing.

    Returns
    -------
    tuple of float
        Rates a period, ascending, 0.05 for 5 %. Empty where flows have one sign.
        A rate at which the value touches zero without crossing it (to rounding)
        is given once; two rates closer than about 1e-7 (5 flows) or 1e-6 (480
        flows) may count as one.

    Raises
    ------
    ValueError
        Flows are missing or infinite, or change sign more than once over more
        than 1,000 periods: add them up to longer periods.

    References
    ----------
    Rouillier and Zimmermann (2004), Efficient isolation of polynomial's real roots.

    Examples
    --------
    >>> [round(rate, 6) for rate in rates_of_return([-100, 230, -132])]
    [0.1, 0.2]
    >>> rates_of_return([100, 200])
    ()
    """
    amounts = _trimmed(cash_flows(flows))
    changes = _sign_changes(amounts)
    if changes == 0:
        return ()
    if changes == 1:
        return (float(np.expm1(_crossing(amounts, -FARTHEST, FARTHEST))),)
    if amounts.size > LONGEST + 1:
        raise ValueError(
            f"flows that change sign {changes} times may span at most {LONGEST:,} periods, "
            f"not {amounts.size - 1:,}; add them up to longer periods."
        )
    return _distinct(sorted(float(np.expm1(root)) for root in _log_roots(amounts)))


def irr(flows: Sequence[float] | Floats) -> float | None:
    """Return the internal rate of return: of several roots, the one to quote.

    That is the smallest that is not negative or, where all are, the one nearest
    to zero. Where the flows of an investment add up to a gain, it is the rate up
    to which money may cost more and the value stay above zero. Where they do not
    and there are several roots, no single one tells the truth: see all with
    `rates_of_return`, and prefer the value at a chosen rate or `finance.mirr`.

    Parameters
    ----------
    flows : sequence of float
        One amount a period, `flows[0]` at time 0; costs below 0.

    Returns
    -------
    float or None
        Rate a period; None where no rate brings the value to zero.

    Examples
    --------
    >>> round(irr([-100, 39, 59, 55, 20]), 5)
    0.28095
    >>> round(irr([-1678.87, 771.96, 1814.05, 3520.3, 3552.95, 3584.99, 4789.91, -1]), 4)
    1.0043
    >>> irr([100, 200]) is None
    True
    """
    roots = rates_of_return(flows)
    if not roots:
        return None
    return next((root for root in roots if root > -SAME), roots[-1])


def _trimmed(amounts: Floats) -> Floats:
    """Cut zeros at both ends: they shift all flows in time, or add nothing."""
    used = np.flatnonzero(amounts)
    return amounts[used[0] : used[-1] + 1] if used.size else amounts[:0]


def _sign_changes(amounts: Floats) -> int:
    """Count the changes of sign from each amount to the next, zeros left out."""
    signs = np.sign(amounts[amounts != 0])
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def _scaled_value(amounts: Floats, log_rate: float, *, slope: bool = False) -> float:
    """Return the value (or its slope) at rate exp(log_rate) - 1, its largest term set to 1."""
    periods = np.arange(amounts.size)
    used = amounts != 0
    sizes = np.log(np.abs(amounts[used])) - log_rate * periods[used]
    terms = np.sign(amounts[used]) * np.exp(sizes - sizes.max())
    return float(np.sum(-periods[used] * terms if slope else terms))


def _crossing(amounts: Floats, low: float, high: float, *, slope: bool = False) -> float:
    """Return the root of the value (or its slope) between two values of log(1 + rate)."""
    from scipy.optimize import brentq  # half a second to load

    return float(
        brentq(
            lambda log_rate: _scaled_value(amounts, log_rate, slope=slope),
            low,
            high,
            xtol=1e-16,
            rtol=ROUNDING,
        )
    )


def _log_roots(amounts: Floats) -> Iterator[float]:
    """Yield log(1 + rate) of each root; the same root may come twice."""
    crossings, flats = _isolated(amounts)
    for low, high in [*crossings, *_joined(flats)]:
        first, last = _log_rate(high), _log_rate(low)
        if _differ(amounts, first, last):
            yield _crossing(amounts, first, last)
        elif _differ(amounts, first, last, slope=True):
            yield _crossing(amounts, first, last, slope=True)
        else:
            yield (first + last) / 2


def _differ(amounts: Floats, first: float, last: float, *, slope: bool = False) -> bool:
    """Tell whether the value (or its slope) has different signs at two points."""
    return bool(
        np.sign(_scaled_value(amounts, first, slope=slope))
        != np.sign(_scaled_value(amounts, last, slope=slope))
    )


def _isolated(amounts: Floats) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Return the stretches of s with one crossing each, and those where the value is rounding."""
    from scipy.special import gammaln

    count = amounts.size - 1
    index = np.arange(count + 1)
    choices = np.exp(gammaln(count + 1) - gammaln(index + 1) - gammaln(count - index + 1))
    start = amounts / choices
    crossings: list[tuple[float, float]] = []
    flats: list[tuple[float, float]] = []
    open_ = [Interval(0.0, 1.0, np.stack([start, np.abs(start)]))]
    while open_:
        piece = open_.pop()
        value, scale = piece.coefficients
        doubtful = (np.abs(value) <= ROUNDING * (count + 1) * scale) & (scale > 0)
        changes = _sign_changes(value)
        if doubtful.all() or piece.high - piece.low <= NARROWEST:
            flats.append((piece.low, piece.high))
        elif doubtful.any() or changes > 1:
            open_.extend(_halves(piece))
        elif changes == 1:
            crossings.append((piece.low, piece.high))
    return crossings, flats


def _halves(piece: Interval) -> tuple[Interval, Interval]:
    """Split a stretch in the middle (de Casteljau)."""
    row = piece.coefficients
    left, right = np.empty_like(row), np.empty_like(row)
    last = row.shape[1] - 1
    for step in range(last + 1):
        left[:, step] = row[:, 0]
        right[:, last - step] = row[:, -1]
        row = (row[:, :-1] + row[:, 1:]) / 2
    middle = (piece.low + piece.high) / 2
    return Interval(piece.low, middle, left), Interval(middle, piece.high, right)


def _joined(stretches: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Yield neighbouring stretches as one."""
    pending: tuple[float, float] | None = None
    for low, high in sorted(stretches):
        if pending is not None and low <= pending[1]:
            pending = (pending[0], high)
            continue
        if pending is not None:
            yield pending
        pending = (low, high)
    if pending is not None:
        yield pending


def _log_rate(position: float) -> float:
    """Return log(1 + rate) at s = 1/(2 + rate), within what a float can hold."""
    if position <= 0:
        return FARTHEST
    if position >= 1:
        return -FARTHEST
    return float(np.log1p(-position) - np.log(position))


def _distinct(rates: list[float]) -> tuple[float, ...]:
    """Leave out a rate that repeats the one before it to rounding."""
    kept: list[float] = []
    for rate in rates:
        if not kept or rate - kept[-1] > SAME * (1 + rate):
            kept.append(rate)
    return tuple(kept)
