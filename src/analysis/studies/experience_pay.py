"""What an occupation pays in an area, or in its state or the nation where it has no own figures."""

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.wages.distribution import WageDistribution
from analysis.studies.areas import NATION, Area
from analysis.studies.official import ALL_INDUSTRIES, SOURCE


def area_pay(
    wages: pd.DataFrame, *, occupation_code: str, area: Area
) -> tuple[WageDistribution, str]:
    """Return the pay distribution of an area, or of its state or the nation, and a note if so.

    Raises
    ------
    WrongInput
        Not even the nation has percentiles for the occupation.
    """
    for code in dict.fromkeys((area.code, area.state, NATION)):
        rows = wages[
            wages["occupation_code"].eq(occupation_code)
            & wages["area_code"].eq(code)
            & wages["industry_code"].eq(ALL_INDUSTRIES)
        ].sort_values("year")
        if rows.empty:
            continue
        row = rows.iloc[-1]
        try:
            pay = WageDistribution.from_row(row, year=f"May {row['year']}", source=SOURCE)
        except WrongInput:
            continue
        place = "the United States" if code == NATION else str(row["area_name"])
        note = (
            ""
            if code == area.code
            else f"BLS publishes no wage percentiles for {area.name}; those of {place} are used."
        )
        return pay, note
    raise WrongInput(
        f"occupation must be one with published wage percentiles; {occupation_code} has none."
    )
