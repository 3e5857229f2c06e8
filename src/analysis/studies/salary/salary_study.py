"""What a job pays in a place, and where an offer stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.estimate import Estimate
from analysis.models.prices import parity
from analysis.pay_records import RecordFile
from analysis.studies.areas import CODERS, NATION, Area, find_area, find_occupation
from analysis.studies.curve_error import CurveError, curve_error
from analysis.studies.history import History, history
from analysis.studies.official import SOURCE, published
from analysis.studies.places import MetroPay, States, metro_pay, states
from analysis.studies.salary.area_pay import AreaPay, area_pay
from analysis.studies.salary.guide_bands import GuideBands, guide_bands
from analysis.studies.salary.own_pay import OwnPay, own_pay
from analysis.studies.study import Figure, Study

PARITY_SOURCE = f"{SOURCE}; BEA, regional price parities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salary(Study):
    """The pay of an occupation in an area.

    Parameters
    ----------
    area : Area
        The place.
    occupation_code, occupation_title : str
        The occupation.
    offer_usd : float or None
        An offer, USD a year.
    offer_percentile : Estimate
        Percent of workers here who earn at most the offer; missing without an offer.
    median_wage : Estimate
        As published.
    median_at_national_prices : Estimate
        What the median buys; missing where BEA has no price parity.
    pay : AreaPay
        The whole distribution.
    curve_error : CurveError
        How far such curves miss.
    states : States
        Ranked by wages as paid, or at national prices.
    metros : MetroPay
        Of the state, or both ends of the nation's.
    history : History
        National, nominal and real.
    bands : GuideBands
        The guide's bands on the distribution.
    own : OwnPay
        Own records beside the distribution; missing where none were brought.
    """

    area: Area
    occupation_code: str
    occupation_title: str
    offer_usd: float | None
    offer_percentile: Estimate
    median_wage: Estimate
    median_at_national_prices: Estimate
    pay: AreaPay
    curve_error: CurveError
    states: States
    metros: MetroPay
    history: History
    bands: GuideBands
    own: OwnPay

    @property
    def heading(self) -> str:
        """The occupation and the place."""
        return f"Pay of {self.occupation_title}, {self.pay.place}"

    @property
    def state_rank(self) -> Estimate:
        """Rank of the area among the states, 1 the highest, with its 90 % range."""
        rows = self.states.table
        row = rows[rows["area_code"].eq(self.area.code)] if len(rows) else rows
        if row.empty or pd.isna(row["rank"].iloc[0]):
            why = "Only states are ranked." if row.empty else f"No rank: {row['reason'].iloc[0]}."
            return Estimate(
                value=None, unit="rank", source=self.states.source, kind="model", note=why
            )
        of = int(rows["rank"].notna().sum())
        among = "states and DC" if self.states.is_price_adjusted else "states and territories"
        return Estimate(
            value=float(row["rank"].iloc[0]),
            low=float(row["rank_low"].iloc[0]),
            high=float(row["rank_high"].iloc[0]),
            unit=f"of {of} {among}",
            year=self.pay.year,
            source=self.states.source,
            kind="model",
            note=self.states.note,
        )

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        yield "median_wage_usd", "Median wage", self.median_wage, "higher"
        if not self.area.is_nation:
            yield (
                "median_wage_national_prices_usd",
                "Median wage at national prices",
                self.median_at_national_prices,
                "higher",
            )
        if self.offer_usd is not None:
            yield "offer_percentile", "Paid no more than the offer", self.offer_percentile, "higher"
        if self.area.kind == "state":
            yield "state_rank", "Rank among the states", self.state_rank, "lower"
        yield (
            "curve_error_pct",
            "Miss of the curve here, of a mean it never saw",
            self.curve_error.own,
            "neither",
        )


def study(
    tables: Mapping[str, pd.DataFrame],
    records: RecordFile | None = None,
    *,
    area: str = NATION,
    occupation: str = CODERS,
    offer_usd: float | None = None,
    price_adjusted: bool = False,
) -> Salary:
    """Study what an occupation pays in an area.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    records : RecordFile or None
        Own records of pay, cleaned.
    area : str
        "US", a postal code or the code of a metropolitan area.
    occupation : str
        SOC code the wage table holds.
    offer_usd : float or None
        An offer to place, USD a year, above 0.
    price_adjusted : bool
        Rank states by wages at national prices.

    Raises
    ------
    WrongInput
        Area or occupation unknown.
    ValueError
        An offer that is not above 0.

    Examples
    --------
    >>> from analysis import processed
    >>> found = study(processed.Tables(), area="CA", offer_usd=60000)
    >>> round(found.offer_percentile.value), found.states.table["area_code"].iloc[0]
    (47, 'DC')
    """
    wages = tables["wages"]
    place = find_area(wages, area)
    pay = area_pay(wages, area=place.code, occupation=occupation)
    median = published(wages, "median_wage_usd", occupation_code=occupation, area_code=place.code)
    return Salary(
        area=place,
        occupation_code=occupation,
        occupation_title=find_occupation(wages, occupation),
        offer_usd=offer_usd,
        offer_percentile=_offer_percentile(pay, offer_usd),
        median_wage=median,
        median_at_national_prices=_at_national_prices(median, tables["price_parities"], place),
        pay=pay,
        curve_error=curve_error(wages, area=place, occupation=occupation),
        states=states(tables, occupation=occupation, price_adjusted=price_adjusted),
        metros=metro_pay(wages, area=place.code, occupation=occupation),
        history=history(tables, area=place.code, occupation=occupation),
        bands=guide_bands(tables, pay, occupation=occupation),
        own=own_pay(records, place, pay.distribution),
    )


def _offer_percentile(pay: AreaPay, offer_usd: float | None) -> Estimate:
    """Place the offer, or say why it has no place."""
    if pay.distribution is not None and offer_usd is not None:
        return pay.distribution.percentile_estimate(offer_usd)
    return Estimate(
        value=None,
        unit="percent of workers",
        year=pay.year,
        source=pay.source or SOURCE,
        kind="model",
        note=pay.reason or "No offer was given: set offer_usd.",
    )


def _at_national_prices(median: Estimate, parities: pd.DataFrame, place: Area) -> Estimate:
    """Put the published median at the prices of the nation."""
    level = parity(parities, place.state)
    if level is None or median.value is None:
        note = (
            f"BEA publishes no price parity for {place.name}."
            if level is None
            else median.note or "The median wage is not published."
        )
        return Estimate(
            value=None, unit="USD a year", source=PARITY_SOURCE, kind="model", note=note
        )
    year = int(parities["year"].max())
    whose = "" if place.kind in ("nation", "state") else f" of its (first) state, {place.state},"
    return Estimate.with_se(
        100 * median.value / level,
        se=None if median.se is None else 100 * median.se / level,
        unit="USD a year",
        year=median.year,
        source=PARITY_SOURCE,
        kind="model",
        note=f"Prices{whose} are at {level:.1f}, the nation's at 100 ({year}).",
    )
