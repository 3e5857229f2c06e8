"""What a job pays in a place, and where an offer stands."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.stats import binom

from analysis import wording
from analysis.disclosure import MINIMUM_RECORDS, TOTAL, summarise
from analysis.estimate import Estimate
from analysis.models.prices import parity
from analysis.models.survey import weighted_quantile
from analysis.models.wages import WageDistribution, place_bands
from analysis.pay_records import RecordFile, records_needed
from analysis.studies.areas import CODERS, NATION, Area, find_area, find_occupation
from analysis.studies.guide import GUIDE
from analysis.studies.history import History, history
from analysis.studies.lookup import Tables
from analysis.studies.official import SOURCE, published
from analysis.studies.part import Column, Part
from analysis.studies.pay import AreaPay, CurveError, area_pay, curve_error
from analysis.studies.places import MetroPay, States, metro_pay, states
from analysis.studies.study import Figure, Study

PARITY_SOURCE = f"{SOURCE}; BEA, regional price parities"
BAND_COLUMNS = {"salary_low_usd": "low_usd", "salary_high_usd": "high_usd"}
SUBJECT = "Setting own pay beside the published"
UNSTATED = "not stated"
LEVEL = 0.90


class Salary(Study):
    """The pay of an occupation in an area.

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

    Examples
    --------
    >>> from analysis import processed
    >>> found = Salary(processed.Tables(), area="CA", offer_usd=60000)
    >>> round(found.offer_percentile.value), found.states.table["area_code"].iloc[0]
    (47, 'DC')
    """

    def __init__(
        self,
        tables: Tables,
        records: RecordFile | None = None,
        *,
        area: str = NATION,
        occupation: str = CODERS,
        offer_usd: float | None = None,
        price_adjusted: bool = False,
    ) -> None:
        self.tables, self.records, self.occupation_code = tables, records, occupation
        self.area = find_area(tables["wages"], area)
        self.occupation_title = find_occupation(tables["wages"], occupation)
        self.offer_usd, self.price_adjusted = offer_usd, price_adjusted

    headlines = ("median_wage_usd", "offer_percentile", "state_rank")

    @property
    def is_coders(self) -> bool:
        """True of the occupation that holds most coders."""
        return self.occupation_code == CODERS

    @property
    def heading(self) -> str:
        """The occupation and the place."""
        return f"Pay of {self.occupation_title}, {self.area.name}"

    @cached_property
    def pay(self) -> AreaPay:
        """The whole distribution."""
        wages = self.tables["wages"]
        return area_pay(wages, area=self.area.code, occupation=self.occupation_code)

    @cached_property
    def median_wage(self) -> Estimate:
        """As published."""
        return published(
            self.tables["wages"],
            "median_wage_usd",
            occupation_code=self.occupation_code,
            area_code=self.area.code,
        )

    @cached_property
    def median_at_national_prices(self) -> Estimate:
        """What the median buys; missing where BEA has no price parity."""
        return _at_national_prices(self.median_wage, self.tables["price_parities"], self.area)

    @cached_property
    def offer_percentile(self) -> Estimate:
        """Percent of workers here who earn at most the offer; missing without an offer.

        Raises
        ------
        ValueError
            The offer is not above 0.
        """
        if self.pay.distribution is not None and self.offer_usd is not None:
            return self.pay.distribution.percentile_estimate(self.offer_usd)
        return Estimate(
            value=None,
            unit="percent of workers",
            year=self.pay.year,
            source=self.pay.source or SOURCE,
            kind="model",
            note=self.pay.reason or "No offer was given: set offer_usd.",
        )

    @cached_property
    def curve_error(self) -> CurveError:
        """How far such curves miss."""
        wages = self.tables["wages"]
        return curve_error(wages, area=self.area, occupation=self.occupation_code)

    @cached_property
    def states(self) -> States:
        """Ranked by wages as paid, or at national prices."""
        return states(
            self.tables, occupation=self.occupation_code, price_adjusted=self.price_adjusted
        )

    @cached_property
    def metros(self) -> MetroPay:
        """Of the state, or both ends of the nation's."""
        wages = self.tables["wages"]
        return metro_pay(wages, area=self.area.code, occupation=self.occupation_code)

    @cached_property
    def history(self) -> History:
        """National, nominal and real."""
        return history(self.tables, area=self.area.code, occupation=self.occupation_code)

    @cached_property
    def bands(self) -> Part:
        """The guide's bands on the distribution."""
        return guide_bands(self.tables, self.pay, occupation=self.occupation_code)

    @cached_property
    def own(self) -> Part:
        """Own records beside the distribution; missing where none were brought."""
        return own_pay(self.records, self.area, self.pay.distribution)

    @property
    def state_rank(self) -> Estimate:
        """Rank of the area among the states, 1 the highest, with its 90 % rank set."""
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
            name, label = "median_wage_national_prices_usd", "Median wage at national prices"
            yield name, label, self.median_at_national_prices, "higher"
        if self.offer_usd is not None:
            yield "offer_percentile", "Paid no more than the offer", self.offer_percentile, "higher"
        if self.area.kind == "state":
            yield "state_rank", "Rank among the states", self.state_rank, "lower"


def guide_bands(tables: Tables, pay: AreaPay, *, occupation: str = CODERS) -> Part:
    """Place the guide's bands by experience and by specialty on the distribution of `pay`.

    The table: band, kind ("experience" or "specialty"), years_low, years_high (the guide's;
    missing where open or not given), low_usd, high_usd, low_percentile, high_percentile (0 to
    100), share_inside (0 to 1), is_extrapolated. The guide speaks of coders; for any other
    occupation there is no table.

    Examples
    --------
    >>> from analysis import processed
    >>> tables = processed.Tables()
    >>> bands = guide_bands(tables, area_pay(tables["wages"])).table
    >>> bands.loc[0, ["low_percentile", "high_percentile"]].astype("float").round().tolist()
    [12.0, 30.0]
    """
    reason = pay.reason
    if occupation != CODERS:
        reason = "The guide speaks of coders and billers; its bands fit no other occupation."
    if reason or pay.distribution is None:
        return Part(table=pd.DataFrame(), reason=reason)
    bands = pd.concat(
        [
            tables[f"guide_salary_by_{kind}"]
            .rename(columns={name: "band", **BAND_COLUMNS})
            .assign(kind=kind)
            for kind, name in (("experience", "tier"), ("specialty", "specialty"))
        ],
        ignore_index=True,
    )
    columns = ["band", "kind", "years_low", "years_high", "low_usd", "high_usd"]
    return Part(
        table=place_bands(pay.distribution, bands[columns]),
        note=(
            "OEWS knows neither experience nor specialty, so the slices are of all workers: a "
            "proxy. The guide's bands are national."
        ),
        source=f"{GUIDE}; {pay.source} {pay.year}",
    )


def own_pay(file: RecordFile | None, area: Area, distribution: WageDistribution | None) -> Part:
    """Summarise own records of a place by setting, each median on the published distribution.

    The table: setting ("All" last), records, p25_usd, median_usd with its 90 % limits low_usd and
    high_usd, p75_usd, official_percentile (of the median, 0 to 100; missing where the place has no
    distribution). Numbers are missing in cells of few records, and in those that would give them
    back.

    Parameters
    ----------
    file : RecordFile or None
        Cleaned records; None where there are none.
    area : Area
        The nation, or a place whose (first) state the records must be from.
    distribution : WageDistribution or None
        Published pay of the place.

    Examples
    --------
    >>> own_pay(None, Area(code="US", name="United States", kind="nation", state="US"), None).reason
    'Setting own pay beside the published needs records of pay, one row a person: ...'
    """
    if file is None:
        return Part(table=pd.DataFrame(), reason=records_needed(SUBJECT))
    records = file.table if area.is_nation else file.table[file.table["state"].eq(area.state)]
    paid = records.dropna(subset=["annual_pay_usd"])
    if len(paid) < MINIMUM_RECORDS:
        where = "" if area.is_nation else f" from {area.state}"
        return Part(
            table=pd.DataFrame(),
            reason=f"{file.name} has fewer than {MINIMUM_RECORDS} records of pay{where}.",
        )
    settings = paid.assign(setting=paid["setting"].fillna(UNSTATED))
    cells = summarise(settings, by=["setting"], value="annual_pay_usd", weight="weight")
    limits = [
        median_interval(*_pay_of(settings, setting)) if pd.notna(count) else (np.nan, np.nan)
        for setting, count in zip(cells["setting"], cells["records"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "setting": cells["setting"],
            "records": cells["records"],
            "p25_usd": cells["p25"],
            "median_usd": cells["p50"],
            "low_usd": [low for low, _ in limits],
            "high_usd": [high for _, high in limits],
            "p75_usd": cells["p75"],
            "official_percentile": _percentiles(distribution, cells["p50"]),
        }
    )
    return Part(
        table=table,
        columns={
            "setting": "Setting",
            ("records",): Column("Records", _count_or_hidden),
            "p25_usd": "25th percentile, USD a year",
            "median_usd": "Median, USD a year",
            ("low_usd", "high_usd"): Column("90% interval", "${:,.0f}"),
            "p75_usd": "75th percentile, USD a year",
            "official_percentile": Column(
                "Of all workers, percent paid less than the median", "{:.0f}%"
            ),
        },
        source=file.source,
        note=(
            f"{_weighed(settings)}; from and to: {LEVEL:.0%} interval of the median, as if the "
            f"records were drawn at random. Settings with fewer than {MINIMUM_RECORDS} records are "
            "not shown, nor what would give them back. Who answers a survey is not who works in "
            "the occupation: the percentile compares, it does not correct."
        ),
    )


def _count_or_hidden(records: float) -> str:
    """Write a count; a cell of few records, or one that would give it back, is not shown."""
    return "not shown" if pd.isna(records) else wording.count(records)


def median_interval(
    values: "pd.Series[float]", weights: "pd.Series[float] | None" = None
) -> tuple[float, float]:
    """Return a 90 % interval of the median by order statistics.

    The number of values below the true median is binomial (n, 1/2), whatever they are
    distributed as; the interval runs between the two values that leave at most 5 % on each side.
    With weights n is the effective size, and values are counted by their weight.

    Parameters
    ----------
    values : Series
        At least 5, so that such values exist.
    weights : Series, optional
        One a value; alike where None.

    References
    ----------
    Conover (1999), Practical Nonparametric Statistics, section 3.2. Kish (1965), Survey Sampling,
    on the effective size. Woodruff (1952), JASA 47.

    Examples
    --------
    >>> median_interval(pd.Series(range(1, 11), dtype="float64"))
    (2.0, 9.0)
    """
    each = pd.Series(1.0, index=values.index) if weights is None else weights
    size = each.sum() ** 2 / (each**2).sum()
    rank = max(binom.ppf((1 - LEVEL) / 2, round(size), 0.5), 1)
    return (
        weighted_quantile(values, each, min(rank / size, 0.5)),
        weighted_quantile(values, each, max(1 - (rank - 1) / size, 0.5)),
    )


def _pay_of(records: pd.DataFrame, setting: str) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    """Take the pay and the weights of one setting, or of all."""
    chosen = records if setting == TOTAL else records[records["setting"].eq(setting)]
    return chosen["annual_pay_usd"], chosen["weight"]


def _weighed(records: pd.DataFrame) -> str:
    """Say whether the file has weights of its own."""
    has_weights = records["weight"].min() < records["weight"].max()
    return "Weighted by the file's own weights" if has_weights else "Unweighted"


def _percentiles(
    distribution: WageDistribution | None, medians: "pd.Series[float]"
) -> "pd.Series[float]":
    """Place each median on the published distribution; missing stays missing."""
    if distribution is None:
        return pd.Series(np.nan, index=medians.index)
    return medians.map(
        lambda usd: np.nan if pd.isna(usd) else 100 * float(distribution.percentile_of(usd))
    ).astype("float64")


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
