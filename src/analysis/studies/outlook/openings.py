"""What the BLS projected, each time it did, and the openings a year it expects."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.outlook import SeparationRates
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS, NATION, find_area, find_occupation
from analysis.studies.history import codes_by_year
from analysis.studies.lookup import Tables
from analysis.studies.official import published
from analysis.studies.part import Part
from analysis.studies.projections import no_separations, separation_rates

YEARS = 10  # every projection spans ten years
UNIT = "openings a year"
PROJECTIONS = "BLS, Employment Projections"
SEPARATIONS = f"{PROJECTIONS}, separations"
TEN_YEAR_TOTAL = (
    "Growth is a ten-year total, not a yearly rate; the yearly rate that compounds to it stands "
    "beside it."
)


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
    """

    growth: Estimate
    exits: Estimate
    transfers: Estimate
    total: Estimate


def projections_by_vintage(tables: Tables, *, occupation: str = CODERS) -> Part:
    """List every projection in hand of an occupation, under the code each was made for.

    Beside the columns shown, by base year: projected_year, is_latest, is_comparable (made for the
    code of the latest), note, source_title. Employment includes the self-employed;
    annual_openings is missing for 2014-24, which was published by an older method, and growth of
    all occupations where it is not in hand.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> vintages = projections_by_vintage(processed.Tables())
    >>> shown = ["projection_period", "published_as", "ten_year_growth_pct"]
    >>> vintages.table[shown].tail(2).values.tolist()
    [['2023-33', '29-2072', 8.7], ['2024-34', '29-2072', 7.1]]
    >>> vintages.table["yearly_growth_pct"].round(2).tolist()[-2:]
    [0.84, 0.69]
    """
    title = find_occupation(tables["wages"], occupation)
    projections = tables["projections"]
    spans = codes_by_year(tables["occupation_lineage"], occupation)
    rows = projections.merge(
        spans, left_on="occupation_code", right_on="published_as", validate="many_to_one"
    )
    rows = rows[rows["base_year"].between(rows["first_year"], rows["last_year"])]
    if rows.empty:
        return Part(table=pd.DataFrame(), reason=f"BLS projections of {title} are not available.")
    rows = rows.sort_values("base_year")
    everyone = projections[projections["occupation_code"].eq(ALL_OCCUPATIONS)]
    table = rows.assign(
        ten_year_growth_pct=rows["growth_pct"],
        yearly_growth_pct=100
        * ((rows["projected_employment"] / rows["base_employment"]) ** (1 / YEARS) - 1),
        all_occupations_ten_year_growth_pct=rows["projection_period"].map(
            everyone.set_index("projection_period")["growth_pct"]
        ),
        is_latest=rows["base_year"].eq(rows["base_year"].max()),
        is_comparable=rows["published_as"].eq(rows["published_as"].iloc[-1]),
        note=rows["note"].fillna(""),
    )
    columns = [
        "projection_period", "base_year", "projected_year", "published_as",
        "base_employment", "projected_employment", "ten_year_growth_pct", "yearly_growth_pct",
        "annual_openings", "all_occupations_ten_year_growth_pct", "is_latest", "is_comparable",
        "note", "source_title",
    ]  # fmt: skip
    return Part(
        table=table[columns].reset_index(drop=True),
        columns={
            "projection_period": "Projection",
            "published_as": "Made for",
            "base_employment": "Jobs in the base year",
            "projected_employment": "Jobs projected",
            "ten_year_growth_pct": "Growth over ten years, %",
            "yearly_growth_pct": "The same a year, %",
            "annual_openings": "Openings a year",
            "all_occupations_ten_year_growth_pct": "All occupations, over ten years, %",
        },
        note=TEN_YEAR_TOTAL,
        source=PROJECTIONS,
    )


def openings(
    tables: Tables,
    *,
    area: str = NATION,
    occupation: str = CODERS,
    ten_year_growth_pct: float | None = None,
) -> Openings:
    """Split openings a year into growth, exits and transfers.

    For the nation these are the published figures. For an area, and for a path other than the
    published one, the national rates (of growth, exit and transfer) are applied to published
    employment: kind "model".

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
    >>> openings(tables).total.value
    14200.0
    >>> openings(tables, area="VT").total.value is None
    True
    """
    place = find_area(tables["wages"], area)
    title = find_occupation(tables["wages"], occupation)
    if ten_year_growth_pct is not None and not ten_year_growth_pct > -100:
        raise WrongInput(f"ten_year_growth_pct must be above -100, not {ten_year_growth_pct}.")
    vintages = projections_by_vintage(tables, occupation=occupation)
    if vintages.is_missing:
        return _missing(vintages.reason)
    latest, separations = vintages.table.iloc[-1], tables["separations"]
    period = str(latest["projection_period"])
    rates = separation_rates(separations, occupation, period=period)
    if rates is None:
        return _missing(no_separations(separations, occupation, title=title, period=period))
    if place.is_nation and ten_year_growth_pct is None:
        return _published(separations, latest, occupation)
    growth_pct = (
        float(latest["ten_year_growth_pct"]) if ten_year_growth_pct is None else ten_year_growth_pct
    )
    jobs = published(
        tables["wages"], "employment", occupation_code=occupation, area_code=place.code
    )
    if place.is_nation:
        jobs = Estimate(kind="official", value=float(latest["base_employment"]), unit="jobs")
    if jobs.value is None:
        return _missing(f"Employment in {place.name} is not published. {jobs.note}")
    return _at_national_rates(jobs, rates, growth_pct, place_name=place.name)


def _published(separations: pd.DataFrame, latest: "pd.Series[float]", occupation: str) -> Openings:
    """Give the published parts and total of the nation."""
    period = str(latest["projection_period"])
    rows = separations[separations["occupation_code"].eq(occupation)]
    row = rows[rows["projection_period"].eq(period)].iloc[0]

    def official(value: float) -> Estimate:
        return Estimate(kind="official", value=value, unit=UNIT, year=period, source=SEPARATIONS)

    return _of(
        official(float(latest["projected_employment"] - latest["base_employment"]) / YEARS),
        official(float(row["annual_exits"])),
        official(float(row["annual_transfers"])),
        official(float(row["annual_openings"])),
        note=(
            f"Yearly mean over {period}. Parts are rounded to hundreds, so they may miss the "
            "published total by a hundred."
        ),
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
            source=f"National rates of {SEPARATIONS}",
            kind="model",
            note=note,
        )

    exits, transfers = rates.exit_rate * mean_size, rates.transfer_rate * mean_size
    total = model(growth_rate + exits + transfers)
    return _of(model(growth_rate), model(exits), model(transfers), total, note=note)


def _missing(reason: str) -> Openings:
    """Give openings that cannot be known, and why."""
    unknown = Estimate(kind="official", value=None, unit=UNIT, note=reason, source=SEPARATIONS)
    return _of(unknown, unknown, unknown, unknown, reason=reason)


def _of(
    growth: Estimate,
    exits: Estimate,
    transfers: Estimate,
    total: Estimate,
    *,
    note: str = "",
    reason: str = "",
) -> Openings:
    """Put the parts beside their total."""
    parts = {"growth": growth, "exits": exits, "transfers": transfers}
    table = pd.DataFrame(
        {"component": list(parts), "annual_openings": [part.value for part in parts.values()]}
    )
    return Openings(
        table=pd.DataFrame() if reason else table,
        columns={"component": "Made of", "annual_openings": "Openings a year"},
        note=note,
        reason=reason,
        source=total.source,
        total=total,
        **parts,
    )
