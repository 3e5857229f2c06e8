"""Job openings: growth, plus people who leave work, plus people who change occupation."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.outlook import SeparationRates
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.official import published
from analysis.studies.outlook.projection_vintages import YEARS, projections_by_vintage
from analysis.studies.part import Part
from analysis.studies.projections import separation_rates

UNIT = "openings a year"
SOURCE = "BLS, Employment Projections, separations"
PUBLISHED_ROUNDING = 150.0  # three parts, each published to the nearest hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings(Part):
    """Openings a year and their three parts.

    Parameters
    ----------
    table : DataFrame
        component ("growth", "exits", "transfers"), annual_openings; what is left when no figure
        is missing.
    growth, exits, transfers, total : Estimate
        Openings a year, mean over the ten years of the projection. Growth may be negative.
    published_total : Estimate
        As BLS prints it; missing for an area, or where the path is not the one BLS projected.
    rounding_gap : float or None
        The sum of the published parts less the published total; None where there is none.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"component": "Made of", "annual_openings": "Openings a year"}
    )

    growth: Estimate
    exits: Estimate
    transfers: Estimate
    total: Estimate
    published_total: Estimate
    rounding_gap: float | None = None

    @property
    def is_identity_kept(self) -> bool | None:
        """Whether the published parts sum to the published total, within their rounding."""
        return None if self.rounding_gap is None else abs(self.rounding_gap) <= PUBLISHED_ROUNDING


def openings(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    occupation: str = CODERS,
    ten_year_growth_pct: float | None = None,
) -> Openings:
    """Split openings a year into growth, exits and transfers.

    For the nation these are the published figures, and the identity is checked. For an area, and
    for a path other than the published one, the national rates (of growth, exit and transfer)
    are applied to published employment: kind "model".

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        "US", a postal code or a metropolitan area.
    occupation : str
        SOC code.
    ten_year_growth_pct : float or None
        Growth over the ten years in place of the one BLS projected; above -100.

    Returns
    -------
    Openings
        Where employment, projection or rates are missing, every estimate has the value None and
        the reason as its note.

    Raises
    ------
    WrongInput
        Area or occupation unknown, or growth of -100 % or less.

    Examples
    --------
    >>> from analysis import processed
    >>> tables = processed.Tables()
    >>> nation = openings(tables)
    >>> nation.total.value, nation.rounding_gap, nation.is_identity_kept
    (14200.0, 80.0, True)
    >>> openings(tables, area="VT").total.value is None
    True
    """
    place = find_area(tables["wages"], area)
    title = find_occupation(tables["wages"], occupation)
    if ten_year_growth_pct is not None and not ten_year_growth_pct > -100:
        raise WrongInput(f"ten_year_growth_pct must be above -100, not {ten_year_growth_pct}.")
    vintages = projections_by_vintage(tables, occupation=occupation)
    rates = separation_rates(tables["separations"], occupation)
    if vintages.is_missing or rates is None:
        return _missing(vintages.reason or f"BLS separation rates of {title} are not in hand.")
    latest = vintages.latest
    if place.is_nation and ten_year_growth_pct is None:
        return _published(tables["separations"], latest, occupation)
    growth_pct = (
        float(latest["ten_year_growth_pct"]) if ten_year_growth_pct is None else ten_year_growth_pct
    )
    jobs = published(
        tables["wages"], "employment", occupation_code=occupation, area_code=place.code
    )
    if place.is_nation:
        jobs = Estimate(value=float(latest["base_employment"]), unit="jobs")
    if jobs.value is None:
        return _missing(f"Employment in {place.name} is not published. {jobs.note}")
    return _at_national_rates(jobs, rates, growth_pct, place_name=place.name)


def _published(separations: pd.DataFrame, latest: "pd.Series[float]", occupation: str) -> Openings:
    """Give the published parts and total of the nation."""
    rows = separations[separations["occupation_code"].eq(occupation)]
    row = rows.sort_values("projection_period").iloc[-1]
    period = str(row["projection_period"])
    growth = float(latest["projected_employment"] - latest["base_employment"]) / YEARS
    exits, transfers = float(row["annual_exits"]), float(row["annual_transfers"])
    total = float(row["annual_openings"])

    def official(value: float) -> Estimate:
        return Estimate(value=value, unit=UNIT, year=period, source=SOURCE)

    return Openings(
        table=_table(growth, exits, transfers),
        note=(
            f"Yearly mean over {period}. Parts are rounded to hundreds, so they may miss the "
            "published total by a hundred."
        ),
        source=SOURCE,
        growth=official(growth),
        exits=official(exits),
        transfers=official(transfers),
        total=official(total),
        published_total=official(total),
        rounding_gap=growth + exits + transfers - total,
    )


def _at_national_rates(
    jobs: Estimate, rates: SeparationRates, growth_pct: float, *, place_name: str
) -> Openings:
    """Apply national rates to the employment of an area; the error is that of employment."""
    growth_rate = growth_pct / 100 / YEARS
    mean_size = 1 + growth_pct / 200  # mean of start and end, in units of the start
    relative_error = None if jobs.se is None or not jobs.value else jobs.se / jobs.value
    note = (
        f"National rates applied to {place_name}: growth of {growth_pct:.1f}% over ten years, "
        f"{100 * rates.exit_rate:.1f}% of jobs left for good and {100 * rates.transfer_rate:.1f}% "
        "left for other occupations a year. The interval covers the sampling error of employment "
        "alone, not how far the place differs from the nation."
    )

    def model(share: float) -> Estimate:
        value = (jobs.value or 0.0) * share
        return Estimate.with_se(
            value,
            se=None if relative_error is None else abs(value) * relative_error,
            unit=UNIT,
            year=rates.projection_period,
            source=f"National rates of {SOURCE}",
            kind="model",
            note=note,
        )

    exits, transfers = rates.exit_rate * mean_size, rates.transfer_rate * mean_size
    parts = [model(growth_rate), model(exits), model(transfers)]
    return Openings(
        table=_table(*(part.value or 0.0 for part in parts)),
        note=note,
        source=f"National rates of {SOURCE}",
        growth=parts[0],
        exits=parts[1],
        transfers=parts[2],
        total=model(growth_rate + exits + transfers),
        published_total=Estimate(
            value=None, unit=UNIT, note="BLS publishes openings for the nation and its own path."
        ),
    )


def _table(growth: float, exits: float, transfers: float) -> pd.DataFrame:
    """Lay out the three parts."""
    return pd.DataFrame(
        {
            "component": ["growth", "exits", "transfers"],
            "annual_openings": [growth, exits, transfers],
        }
    )


def _missing(reason: str) -> Openings:
    """Give openings that cannot be told, and why."""
    unknown = Estimate(value=None, unit=UNIT, note=reason, source=SOURCE)
    return Openings(
        table=pd.DataFrame(),
        reason=reason,
        source=SOURCE,
        growth=unknown,
        exits=unknown,
        transfers=unknown,
        total=unknown,
        published_total=unknown,
    )
