"""Combine published estimates and their margins of error as the Census Bureau does.

A margin of error is half the width of a 90 % interval: 1.645 standard errors.
The estimates are taken to be independent; where they are not, the margin is
approximate, as the handbook says.

References
----------
U.S. Census Bureau (2020), Understanding and Using American Community Survey Data,
chapter 8, Calculating measures of error for derived estimates.
"""

import math
from collections.abc import Sequence

Z_90 = 1.645  # the handbook's rounding, which its published margins rest on


def se_from_margin(margin: float) -> float:
    """Return the standard error behind a published 90 % margin: margin / 1.645.

    Examples
    --------
    >>> se_from_margin(3.29)
    2.0
    """
    return _checked(margin) / Z_90


def margin_from_se(se: float) -> float:
    """Return the 90 % margin of a standard error: 1.645 se.

    Examples
    --------
    >>> margin_from_se(2.0)
    3.29
    """
    return _checked(se) * Z_90


def margin_of_sum(margins: Sequence[float], *, estimates: Sequence[float] | None = None) -> float:
    """Return the margin of a sum, or of a difference: the root of the summed squares.

    Parameters
    ----------
    margins : sequence of float
        90 % margins of the parts; 0 or above.
    estimates : sequence of float, optional
        The parts themselves. Of the parts that are 0, only the largest margin
        then counts, and once: zero estimates in one area share one model.

    Raises
    ------
    ValueError
        A margin is negative or missing, or the two lists differ in length.

    Examples
    --------
    >>> round(margin_of_sum([3860, 2642, 1957]), 1)
    5070.5
    >>> round(margin_of_sum([22, 22, 29, 37], estimates=[0, 0, 0, 41]), 3)
    47.011
    """
    parts = [_checked(margin) for margin in margins]
    if estimates is not None:
        pairs = list(zip(estimates, parts, strict=True))
        zero = [margin for estimate, margin in pairs if estimate == 0]
        parts = [margin for estimate, margin in pairs if estimate != 0]
        parts += [max(zero)] if zero else []
    return math.hypot(*parts)


def margin_of_proportion(
    numerator: float, numerator_margin: float, denominator: float, denominator_margin: float
) -> float:
    """Return the margin of a share, where the numerator is part of the denominator.

    sqrt(m_x^2 - p^2 m_y^2) / y with p = x/y. Where the root would be of a
    negative number, the margin of a ratio is used, as the handbook advises.

    Parameters
    ----------
    numerator, denominator : float
        The estimates x and y; y above 0.
    numerator_margin, denominator_margin : float
        Their 90 % margins; 0 or above.

    Raises
    ------
    ValueError
        The denominator is not above 0, or a margin is negative or missing.

    Examples
    --------
    >>> round(margin_of_proportion(203_119, 5_070, 630_498, 831), 4)
    0.008
    """
    x_margin, y_margin = _checked(numerator_margin), _checked(denominator_margin)
    share = numerator / _positive(denominator)
    squared = x_margin**2 - (share * y_margin) ** 2
    if squared < 0:
        return margin_of_ratio(numerator, x_margin, denominator, y_margin)
    return math.sqrt(squared) / denominator


def margin_of_ratio(
    numerator: float, numerator_margin: float, denominator: float, denominator_margin: float
) -> float:
    """Return the margin of a ratio, where the numerator is not part of the denominator.

    sqrt(m_x^2 + r^2 m_y^2) / y with r = x/y.

    Parameters
    ----------
    numerator, denominator : float
        The estimates x and y; y above 0.
    numerator_margin, denominator_margin : float
        Their 90 % margins; 0 or above.

    Raises
    ------
    ValueError
        The denominator is not above 0, or a margin is negative or missing.

    Examples
    --------
    >>> round(margin_of_ratio(226_840, 5_556, 203_119, 5_070), 3)
    0.039
    """
    ratio = numerator / _positive(denominator)
    return (
        math.hypot(_checked(numerator_margin), ratio * _checked(denominator_margin)) / denominator
    )


def margin_of_product(
    first: float, first_margin: float, second: float, second_margin: float
) -> float:
    """Return the margin of a product: sqrt((x m_y)^2 + (y m_x)^2).

    Parameters
    ----------
    first, second : float
        The estimates x and y.
    first_margin, second_margin : float
        Their 90 % margins; 0 or above.

    Raises
    ------
    ValueError
        A margin is negative or missing.

    Examples
    --------
    >>> round(margin_of_product(74_506_512, 228_238, 0.824, 0.001))
    202289
    """
    return math.hypot(first * _checked(second_margin), second * _checked(first_margin))


def margin_of_percent_change(
    earlier: float, earlier_margin: float, later: float, later_margin: float
) -> float:
    """Return the margin of 100 (later - earlier) / earlier, in percentage points.

    100 times the margin of the ratio later/earlier.

    Parameters
    ----------
    earlier, later : float
        The estimates; the earlier above 0.
    earlier_margin, later_margin : float
        Their 90 % margins; 0 or above.

    Raises
    ------
    ValueError
        The earlier estimate is not above 0, or a margin is negative or missing.

    Examples
    --------
    >>> round(margin_of_percent_change(135_173, 3_860, 139_301, 4_047), 3)
    4.198
    """
    return 100 * margin_of_ratio(later, later_margin, earlier, earlier_margin)


def _checked(margin: float) -> float:
    """Refuse a margin that is negative, missing or infinite."""
    if not (math.isfinite(margin) and margin >= 0):
        raise ValueError(f"a margin of error must be 0 or above, not {margin}.")
    return float(margin)


def _positive(denominator: float) -> float:
    """Refuse to divide by a denominator that is not above 0."""
    if not denominator > 0:
        raise ValueError(f"the denominator must be above 0, not {denominator}.")
    return float(denominator)
