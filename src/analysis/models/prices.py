"""What a dollar buys: over the years (CPI-U) and over the country (regional price parities)."""

import pandas as pd

from analysis import processed
from analysis.errors import WrongInput

MAY = 5


def real(amount: float, *, from_year: int, to_year: int, month: int | None = None) -> float:
    """Put dollars of one year into dollars of another by the CPI-U.

    Parameters
    ----------
    amount : float
        USD of `from_year`.
    from_year, to_year : int
        Years of the table `consumer_prices`.
    month : int or None
        5 uses the May index, which fits OEWS wages; None the annual average. The 2025 average
        rests on eleven months: October was not published.

    Returns
    -------
    float
        USD of `to_year`: amount x index(to) / index(from).

    Raises
    ------
    WrongInput
        A year or month is not in the table.

    Examples
    --------
    >>> round(real(32350, from_year=2010, to_year=2025, month=5))
    47665
    """
    prices = processed.read("consumer_prices")
    return amount * index(prices, to_year, month=month) / index(prices, from_year, month=month)


def index(consumer_prices: pd.DataFrame, year: int, *, month: int | None = None) -> float:
    """Return the CPI-U of a year (1982-84 = 100): its annual average, or May.

    Raises
    ------
    WrongInput
        The index of that year or month is not in the table.
    """
    if month not in (None, MAY):
        raise WrongInput(f"month must be None (annual average) or 5 (May), not {month}.")
    column = "cpi_may" if month == MAY else "cpi_annual"
    known = consumer_prices.set_index("year")[column].dropna()
    if year not in known.index:
        raise WrongInput(
            f"{column} of {year} is not in data/raw/prices/cpi_u.csv, which holds "
            f"{known.index.min()} to {known.index.max()}. Choose a year within, or add the index."
        )
    return float(known[year])


def in_may_dollars(
    wages: "pd.Series[float]",
    *,
    years: "pd.Series[int]",
    to_year: int,
    consumer_prices: pd.DataFrame,
) -> "pd.Series[float]":
    """Put a column of OEWS wages, each of May of its year, into dollars of May `to_year`.

    Missing wages stay missing. Whether two years may be compared is not decided here: keep to
    one occupation code (see `studies.history`).
    """
    may = consumer_prices.set_index("year")["cpi_may"]
    base = float(may[to_year])
    return wages.mul(base).div(years.map(may))


def at_national_prices(amount: float, parity: float) -> float:
    """Put dollars spent in a place into dollars at the average prices of the nation.

    Parameters
    ----------
    amount : float
        USD in the place.
    parity : float
        Regional price parity, United States = 100; above 0. Parities of different years do not
        compare.

    Returns
    -------
    float
        100 x amount / parity (BEA, technical notes on regional price parities).

    Raises
    ------
    ValueError
        The parity is not above 0.

    Examples
    --------
    >>> at_national_prices(12000, 120), at_national_prices(9000, 90)
    (10000.0, 10000.0)
    """
    if not parity > 0:
        raise ValueError(f"parity must be above 0 (United States = 100), not {parity}.")
    return 100 * amount / parity


def parity(price_parities: pd.DataFrame, state: str, *, year: int | None = None) -> float | None:
    """Return the price parity of a state, in `year` or the latest; None where BEA has none.

    BEA publishes none for the territories.
    """
    rows = price_parities[price_parities["state"].eq(state)]
    rows = rows if year is None else rows[rows["year"].eq(year)]
    return None if rows.empty else float(rows.sort_values("year")["price_parity"].iloc[-1])
