"""How old the people in the occupation are, as far as the census survey in hand tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import Estimate
from analysis.studies.areas import CODERS, find_occupation
from analysis.studies.part import Part
from analysis.studies.projections import separation_rates

TABULATED_OCCUPATION = CODERS  # Census occupation 3515
YEAR = "2024"
MEASURES: Mapping[str, tuple[str, str, float]] = MappingProxyType(
    {
        "median age (weighted)": ("Median age", "years", 1.0),
        "share female (employed)": ("Women", "percent of the employed", 100.0),
        "share bachelor's or higher (SCHL>=21)": ("Bachelor's or more", "percent", 100.0),
        "share associate's (SCHL=20)": ("Associate's", "percent", 100.0),
        "share usual hours<35": ("Usually under 35 hours a week", "percent", 100.0),
        "share work from home JWTRNS=11 (employed at work with JWTRNS)": (
            "Work from home",
            "percent of those at work",
            100.0,
        ),
    }
)
NO_DISTRIBUTION = (
    "Only these summaries are in hand, not the distribution of ages, so retirements are not "
    "projected from ages: the exit rate of BLS, which counts people who leave the labour force "
    "at any age, stands for them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeStructure(Part):
    """Who works in the occupation, national.

    Parameters
    ----------
    table : DataFrame
        measure, value, unit; without standard errors, which the extract does not allow.
    median_age : Estimate
        Years.
    exit_rate : Estimate
        Percent of the employed who leave the labour force in a year.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"measure": "Measure", "value": "Value", "unit": "Unit"}
    )

    median_age: Estimate
    exit_rate: Estimate


def age_structure(tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS) -> AgeStructure:
    """Show what the American Community Survey in hand says of age and work.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    occupation : str
        SOC code; the survey is tabulated for 29-2072 alone.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> age_structure(processed.Tables()).median_age.value
    47.0
    """
    title = find_occupation(tables["wages"], occupation)
    rates = separation_rates(tables["separations"], occupation)
    exit_rate = Estimate(
        value=None if rates is None else round(100 * rates.exit_rate, 1),
        unit="percent",
        year="" if rates is None else rates.projection_period,
        source="BLS, Employment Projections, separations",
        note=f"BLS separation rates of {title} are not in hand." if rates is None else "",
    )
    if occupation != TABULATED_OCCUPATION:
        reason = f"The American Community Survey is not tabulated here for {title}."
        return AgeStructure(
            table=pd.DataFrame(),
            reason=reason,
            median_age=Estimate(value=None, unit="years", note=reason),
            exit_rate=exit_rate,
        )
    survey = tables["acs_occupation"]
    rows = survey[survey["statistic"].isin(MEASURES)].drop_duplicates("statistic")
    found = rows.set_index("statistic")["value"]
    source = str(survey["source_title"].iloc[0])
    return AgeStructure(
        table=pd.DataFrame(
            [
                {"measure": label, "value": float(found[name]) * factor, "unit": unit}
                for name, (label, unit, factor) in MEASURES.items()
                if name in found.index
            ]
        ),
        note=f"{NO_DISTRIBUTION} California and Texas are missing from the extract.",
        source=source,
        median_age=Estimate(
            value=float(found["median age (weighted)"]),
            unit="years",
            year=YEAR,
            source=source,
            note="No standard error: the extract holds no replicate weights.",
        ),
        exit_rate=exit_rate,
    )
