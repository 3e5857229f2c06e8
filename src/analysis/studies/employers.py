"""Who employs coders, by every measure: industries, head offices, billers, workers."""

from collections.abc import Sequence

import pandas as pd

from analysis.estimate import Estimate
from analysis.studies.areas import CODERS, NATION
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, cite, rows_where
from analysis.studies.official import ALL_INDUSTRIES, SOURCE, published
from analysis.studies.part import Column, Part
from analysis.wording import listed, percent

BILLERS = "43-3021"
HOSPITALS, PHYSICIANS, HEAD_OFFICES = "622000", "621100", "551100"
HEALTH_CARE = ("621000", "622000", "623000")  # whose billers bill for care
ROUNDING_PCT = 0.5  # the guide's shares are whole percents

Cell = tuple[str, str]  # occupation and industry


def share_of_jobs(wages: pd.DataFrame, part: Sequence[Cell], whole: Sequence[Cell]) -> Estimate:
    """Return the percent that some cells of the wage table are of others that contain them.

    With H the jobs of the part, R the rest, T = H + R and p = H / T, the errors of H and R taken
    as independent, the variance is ((1 - p)^2 var(H) + p^2 var(R)) / T^2; var(R) is what var(T)
    leaves over var(H).

    Parameters
    ----------
    wages : DataFrame
        The processed table `wages`.
    part, whole : sequence of (occupation, industry)
        National cells; a share is missing where one of them is.

    Examples
    --------
    >>> from analysis import processed
    >>> wages = processed.read("wages")
    >>> share = share_of_jobs(wages, [(CODERS, "622000")], [(CODERS, "000000")])
    >>> round(share.low, 1), round(share.value, 1), round(share.high, 1)
    (28.0, 28.5, 29.0)
    """
    parts, wholes = ([_jobs(wages, cell) for cell in cells] for cells in (part, whole))
    missing = next((jobs for jobs in (*parts, *wholes) if not jobs.value), None)
    unit, year = "percent of jobs", wholes[0].year
    if missing is not None:
        note = missing.note or "National employment is not published."
        return Estimate(
            value=None, unit=unit, kind="own tabulation", year=year, source=SOURCE, note=note
        )
    jobs, total = (sum(each.value or 0.0 for each in cells) for cells in (parts, wholes))
    share, se = jobs / total, None
    if all(each.se is not None for each in (*parts, *wholes)):
        of_jobs, of_total = (sum((each.se or 0.0) ** 2 for each in c) for c in (parts, wholes))
        others = max(0.0, of_total - of_jobs)
        se = 100 * ((1 - share) ** 2 * of_jobs + share**2 * others) ** 0.5 / total
    note = "Computed here from published counts and their errors."
    return Estimate.with_se(
        100 * share, se=se, unit=unit, kind="own tabulation", year=year, source=SOURCE, note=note
    )


def industry_share(wages: pd.DataFrame, industry: str, *, occupation: str) -> Estimate:
    """Return the percent of an occupation's jobs in an industry, national."""
    return share_of_jobs(wages, [(occupation, industry)], [(occupation, ALL_INDUSTRIES)])


def acs_share(tables: Tables, name: str) -> Estimate:
    """Return a share of employed coders by the American Community Survey, with its error.

    Examples
    --------
    >>> from analysis import processed
    >>> found = acs_share(processed.Tables(), "home_work")
    >>> found.value, found.se, found.year
    (47.7, 1.7, '2024')
    """
    row = rows_where(tables["acs_shares"], id=name)
    cited = row.iloc[0]
    return Estimate.with_se(
        float(cited["share_pct"]),
        se=float(cited["share_se_pct"]),
        unit="percent of coders",
        kind="own tabulation",
        year=str(cited["vintage"]),
        source=str(cited["source_title"]),
        note="Own tabulation of a census sample; California and Texas are missing.",
    )


def employer_measures(tables: Tables) -> pd.DataFrame:
    """Compare the guide's shares of hospitals and physician offices with every measure of them.

    The guide speaks of coders and billers. Official counts of coders alone leave out the head
    offices of hospital systems, which are an industry of their own (NAICS 55, in part of other
    companies); billers are counted in health care only.

    Returns
    -------
    DataFrame
        claim_id, setting, measure, share_pct, low_pct, high_pct, guide_share_pct, verdict (how the
        guide's share compares with all measures of its setting), year, source.

    Examples
    --------
    >>> from analysis import processed
    >>> employer_measures(processed.Tables())["share_pct"].round(1).tolist()
    [28.5, 36.2, 25.6, 40.5, 17.9, 27.5]
    """
    wages = tables["wages"]
    coders = [(CODERS, ALL_INDUSTRIES)]
    everyone = [*coders, *((BILLERS, industry) for industry in HEALTH_CARE)]

    def both(industry: str) -> Estimate:
        cells = [(occupation, industry) for occupation in (CODERS, BILLERS)]
        return share_of_jobs(wages, cells, everyone)

    with_offices = [(CODERS, industry) for industry in (HOSPITALS, HEAD_OFFICES)]
    measures = {
        "settings-hospitals-share": {
            "coders": industry_share(wages, HOSPITALS, occupation=CODERS),
            "coders, head offices included": share_of_jobs(wages, with_offices, coders),
            "coders and billers": both(HOSPITALS),
            "coders, as workers report it": acs_share(tables, "hospitals"),
        },
        "settings-physician-offices-share": {
            "coders": industry_share(wages, PHYSICIANS, occupation=CODERS),
            "coders and billers": both(PHYSICIANS),
        },
    }
    guide = tables["guide_settings"].set_index("claim_id")
    said = guide["share_pct"].astype("float64")
    return pd.DataFrame(
        [
            {
                "claim_id": claim_id,
                "setting": guide.loc[claim_id, "setting"],
                "measure": measure,
                "share_pct": share.value,
                "low_pct": share.low,
                "high_pct": share.high,
                "guide_share_pct": said[claim_id],
                "verdict": verdict(said[claim_id], shares),
                "year": share.year,
                "source": share.source,
            }
            for claim_id, shares in measures.items()
            for measure, share in shares.items()
        ]
    )


def employers(tables: Tables, *, note: str = "") -> Part:
    """Show the guide's shares of hospitals and physician offices beside every measure of them."""
    told = (
        "The guide counts coders and billers. Head offices (NAICS 55) are those of hospital "
        "systems and of other companies; billers are those of ambulatory care, hospitals and "
        "nursing care. As workers report it: what employed coders answered in a census sample "
        "without California and Texas."
    )
    table = employer_measures(tables)
    said = table["guide_share_pct"]
    low, high = (table[name].fillna(table["share_pct"]) for name in ("low_pct", "high_pct"))
    above, below = said > high + ROUNDING_PCT, said < low - ROUNDING_PCT
    return Part(
        table=table.assign(
            verdict=above.map({True: "above it", False: "within its limits"}).mask(
                below, "below it"
            )
        ),
        columns={
            "setting": "Setting",
            "measure": "Who is counted",
            "share_pct": "Share",
            ("low_pct", "high_pct"): Column("90% interval", "{:.1f}%"),
            "guide_share_pct": Column("Guide", "{:.0f}%"),
            "verdict": "The guide's share is",
        },
        source=f"{SOURCE}; {cite_acs(tables)}; {GUIDE}",
        note=f"{told} {note}".strip(),
    )


def verdict(said_pct: float, measures: dict[str, Estimate]) -> str:
    """Compare a stated share with several measures of it, a rounded percent and 90 % limits.

    Examples
    --------
    >>> half = Estimate.with_se(50.0, se=1.0, unit="percent", kind="official")
    >>> verdict(50, {"coders": half}), verdict(60, {"coders": half})
    ('agrees with coders', 'above every measure')
    """
    known = {name: share for name, share in measures.items() if share.value is not None}
    agreeing = [
        name
        for name, share in known.items()
        if (share.low or share.value or 0) - ROUNDING_PCT
        <= said_pct
        <= (share.high or share.value or 0) + ROUNDING_PCT
    ]
    values = [share.value or 0.0 for share in known.values()]
    if agreeing:
        return f"agrees with {listed(agreeing)}"
    if not values:
        return "nothing is published to compare it with"
    if said_pct > max(values):
        return "above every measure"
    if said_pct < min(values):
        return "below every measure"
    return f"between the measures, {percent(min(values))} to {percent(max(values))}"


def cite_acs(tables: Tables) -> str:
    """Return title and vintage of the shares of the American Community Survey."""
    return cite(tables["acs_shares"]).source


def _jobs(wages: pd.DataFrame, cell: Cell) -> Estimate:
    occupation, industry = cell
    return published(
        wages, "employment", occupation_code=occupation, area_code=NATION, industry_code=industry
    )
