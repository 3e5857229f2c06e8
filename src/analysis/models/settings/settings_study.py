"""Who employs an occupation, and what they pay."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.areas import NATION, Area, find_area, find_occupation
from analysis.models.estimate import Estimate
from analysis.models.evidence.guide_beside_official import INDUSTRIES, setting_shares
from analysis.models.lookup import Tables
from analysis.models.occupations import CODERS
from analysis.models.official import SOURCE, published
from analysis.models.outlook.state_comparison import States, states
from analysis.models.part import Part
from analysis.models.settings.concentration import Concentration, concentration
from analysis.models.settings.remote_work import RemoteWork, remote_work
from analysis.models.settings.setting_spread import SettingSpread, setting_spread
from analysis.models.settings.setting_wages import (
    SettingWages,
    Unpublished,
    nation_alone,
    setting_wages,
    unpublished,
)
from analysis.models.study import Figure, Study

HOSPITALS, PHYSICIANS = "622000", "621100"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideShares(Part):
    """The guide's shares by setting beside the official ones, national.

    Parameters
    ----------
    table : DataFrame
        As `guide_beside_official.setting_shares` gives it.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "setting": "Setting",
            "definition": "Definition",
            "guide_share_pct": "Guide",
            "official_share_pct": "Official",
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Study):
    """The employers of an occupation.

    Parameters
    ----------
    area : Area
        The place asked about; industries are the nation's all the same.
    occupation_code, occupation_title : str
        The occupation.
    hospital_share, physician_share : Estimate
        Percent of all jobs, national, with the interval of their jobs.
    hospital_wage, physician_wage : Estimate
        Median wages, national.
    location_quotient : Estimate
        Of the area; not published for the nation.
    guide : GuideShares
        The guide beside the official figures.
    wages : SettingWages
        The largest industries with their pay.
    spread : SettingSpread
        How pay spreads within the largest industries.
    unpublished : Unpublished
        The industries BLS withholds.
    concentration : Concentration
        In industries and in states.
    states : States
        With location quotients.
    remote : RemoteWork
        Three definitions.
    """

    area: Area
    occupation_code: str
    occupation_title: str
    hospital_share: Estimate
    physician_share: Estimate
    hospital_wage: Estimate
    physician_wage: Estimate
    location_quotient: Estimate
    guide: GuideShares
    wages: SettingWages
    spread: SettingSpread
    unpublished: Unpublished
    concentration: Concentration
    states: States
    remote: RemoteWork

    @property
    def heading(self) -> str:
        """The occupation."""
        return f"Employers of {self.occupation_title}"

    @property
    def home_work_share(self) -> Estimate:
        """Share who mostly work from home, by the census."""
        share = self.remote.share_pct("official")
        return Estimate(
            value=share,
            unit="percent of workers",
            year="2024",
            source="ACS 1-year microdata, own tabulation",
            note=self.remote.reason or self.remote.note,
        )

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        yield "hospital_share_pct", "Work in hospitals", self.hospital_share, "neither"
        yield "physician_share_pct", "Work in physician offices", self.physician_share, "neither"
        yield "hospital_median_wage_usd", "Median wage, hospitals", self.hospital_wage, "higher"
        yield (
            "physician_median_wage_usd",
            "Median wage, physician offices",
            self.physician_wage,
            "higher",
        )
        yield "herfindahl", "Concentration in industries", self.concentration.herfindahl, "neither"
        if self.occupation_code == CODERS:
            yield "home_work_share_pct", "Mostly work from home", self.home_work_share, "neither"
        if not self.area.is_nation:
            yield (
                "location_quotient",
                f"Location quotient, {self.area.name}",
                self.location_quotient,
                "higher",
            )


def study(tables: Tables, *, area: str = NATION, occupation: str = CODERS) -> Settings:
    """Study who employs an occupation and what they pay.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        "US", a postal code or the code of a metropolitan area. Industries are published for the
        nation alone; the area adds its location quotient.
    occupation : str
        SOC code the wage table holds.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> found = study(processed.Tables())
    >>> round(found.hospital_share.value, 1), round(found.physician_share.value, 1)
    (28.5, 17.9)
    """
    wages = tables["wages"]
    place = find_area(wages, area)

    def median(industry: str) -> Estimate:
        return published(
            wages, "median_wage_usd", occupation_code=occupation, industry_code=industry
        )

    return Settings(
        area=place,
        occupation_code=occupation,
        occupation_title=find_occupation(wages, occupation),
        hospital_share=industry_share(wages, HOSPITALS, occupation=occupation),
        physician_share=industry_share(wages, PHYSICIANS, occupation=occupation),
        hospital_wage=median(HOSPITALS),
        physician_wage=median(PHYSICIANS),
        location_quotient=published(
            wages, "location_quotient", occupation_code=occupation, area_code=place.code
        ),
        guide=_guide_shares(tables, place, occupation),
        wages=setting_wages(tables, area=place.code, occupation=occupation),
        spread=setting_spread(tables, area=place.code, occupation=occupation),
        unpublished=unpublished(tables, occupation=occupation),
        concentration=concentration(tables, occupation=occupation),
        states=states(tables, occupation=occupation),
        remote=remote_work(tables, occupation=occupation),
    )


def industry_share(wages: pd.DataFrame, industry: str, *, occupation: str) -> Estimate:
    """Give the percent of an occupation's jobs in an industry, national.

    With H the industry's jobs, R the others', T = H + R and p = H / T, the errors of H and R taken
    as independent, the variance is ((1 - p)^2 var(H) + p^2 var(R)) / T^2; var(R) is what var(T)
    leaves over var(H).

    Examples
    --------
    >>> from analysis import processed
    >>> share = industry_share(processed.read("wages"), "622000", occupation="29-2072")
    >>> round(share.low, 1), round(share.value, 1), round(share.high, 1)
    (28.0, 28.5, 29.0)
    """
    jobs = published(wages, "employment", occupation_code=occupation, industry_code=industry)
    total = published(wages, "employment", occupation_code=occupation)
    if jobs.value is None or not total.value:
        return Estimate(
            value=None,
            unit="percent of jobs",
            year=jobs.year,
            source=SOURCE,
            note=jobs.note or "National employment is not published.",
        )
    share = jobs.value / total.value
    se = None
    if jobs.se is not None and total.se is not None:
        others = max(0.0, total.se**2 - jobs.se**2)
        se = (((1 - share) * jobs.se) ** 2 + share**2 * others) ** 0.5 / total.value
    return Estimate.with_se(
        100 * share,
        se=None if se is None else 100 * se,
        unit="percent of jobs",
        year=jobs.year,
        source=SOURCE,
        kind="model",
    )


def _guide_shares(tables: Tables, place: Area, occupation: str) -> GuideShares:
    """Set the guide beside the nation's industries."""
    if occupation != CODERS:
        return GuideShares(
            table=pd.DataFrame(),
            reason="The guide speaks of coders and billers; its shares fit no other occupation.",
        )
    narrow = ", ".join(INDUSTRIES["settings-billing-companies-share"]["narrow"])
    return GuideShares(
        table=setting_shares(tables),
        note=" ".join(
            [
                "Work from home is a place of work, not an employer, and is never added to the "
                f"others. Billing companies are no industry of their own: narrowly {narrow}, "
                "broadly with consultants and office services.",
                "" if place.is_nation else nation_alone(place.name),
            ]
        ).strip(),
        source=f"career guide; {SOURCE}; ACS 2024",
    )
