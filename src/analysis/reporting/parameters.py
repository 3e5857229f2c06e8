"""What each notebook may be asked: names, types, ranges, and the tables it reads.

A model a notebook. Whatever starts a report (command line, papermill, JupyterLab) validates
here first, so a misspelt name or an unknown area never yields a page about something else.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis import sources
from analysis.errors import WrongInput
from analysis.pay_records import PUBLISHED
from analysis.reporting.parameter_types import (
    ALL,
    AreaCode,
    Credential,
    CredentialOrAll,
    DiscountRate,
    Horizon,
    OccupationCode,
    Offer,
    Records,
    ReleaseYear,
    YearlyPay,
)
from analysis.reporting.tables_read import TABLES_READ
from analysis.reporting.wage_parameters import release_path, wages_with
from analysis.studies.areas import CODERS, HEALTH_MANAGERS, Area, find_area
from analysis.studies.staffing import DepartmentPlan

SECRET = re.compile(r"secret|passw|token|credentials|api_?key|private_?key|auth", re.IGNORECASE)


class Parameters(BaseModel):
    """The parameters of one notebook; made through `check`, so that errors are readable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notebook: ClassVar[str]
    tables: ClassVar[tuple[str, ...]]  # what it reads, the check of its parameters included

    @classmethod
    def check(cls, **given: Any) -> Self:
        """Validate `given` and fill in the defaults.

        Raises
        ------
        WrongInput
            Something is wrong; one line for each parameter says what.

        Examples
        --------
        >>> Outlook.check(area="ca").area
        'CA'
        >>> Outlook.check(aera="CA")
        Traceback (most recent call last):
        ...
        analysis.errors.WrongInput: outlook has no parameter 'aera'. Did you mean area? ...
        """
        try:
            return cls(**given)
        except ValidationError as error:
            lines = [cls._line(dict(problem)) for problem in error.errors()]
            raise WrongInput("\n".join(lines)) from None

    @classmethod
    def _line(cls, problem: dict[str, Any]) -> str:
        """Say in one sentence what is wrong with one parameter."""
        name = str(problem["loc"][0]) if problem["loc"] else "parameters"
        if problem["type"] == "extra_forbidden" and SECRET.search(name):
            return (
                f"{cls.notebook} has no parameter {name!r}, and no report takes a secret: what is "
                "given is shown on its page. Put it in an environment variable, and let what needs "
                "it read it by that name."
            )
        if problem["type"] == "extra_forbidden":
            near = get_close_matches(name, cls.model_fields, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            names = ", ".join(cls.model_fields)
            return f"{cls.notebook} has no parameter {name!r}. {hint}It has: {names}."
        if isinstance(problem.get("ctx", {}).get("error"), WrongInput):
            return str(problem["ctx"]["error"])
        field = cls.model_fields.get(name)
        must = (field and field.description) or problem["msg"].removeprefix("Input should be ")
        return f"{name} must be {must}; found {problem['input']!r}."

    def changed(self) -> dict[str, Any]:
        """Return the parameters that differ from their defaults."""
        return self.model_dump(exclude_defaults=True)

    @property
    def files(self) -> tuple[Path, ...]:
        """The records that were brought, if any: the report depends on what is in them."""
        data = getattr(self, "data", PUBLISHED)
        return () if data == PUBLISHED else (sources.place_of(data),)

    @property
    def place(self) -> Area | None:
        """The area the report is about; None where a notebook has none."""
        code = getattr(self, "area", None)
        return None if code is None else find_area(wages_with(code), code)


class OfRelease(Parameters):
    """Of a notebook whose wages may come from an ingested release."""

    @model_validator(mode="after")
    def _is_in_a_release(self) -> Self:
        """Refuse an area, occupations and a year that no release in hand holds together."""
        release_path(**self._wanted())
        return self

    @property
    def files(self) -> tuple[Path, ...]:
        """The records and the ingested release: the report is built again when one changes."""
        release = release_path(**self._wanted())
        brought = super().files
        return brought if release is None else (*brought, release)

    def _wanted(self) -> dict[str, Any]:
        """Say what the release must hold."""
        given = self.model_dump()
        occupations = [given[name] for name in ("occupation", "start", "target") if name in given]
        return {"area": given["area"], "occupations": occupations, "year": given.get("year")}


class Outlook(OfRelease):
    """Of outlook.ipynb: how many jobs, where, and how many openings."""

    notebook: ClassVar[str] = "outlook"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["outlook"]

    area: AreaCode = "US"
    occupation: OccupationCode = CODERS
    horizon: Horizon = Field(default=2034, description="a year, as in 2034")
    scenario: Literal["low", "baseline", "high"] = "baseline"
    automation: Literal["none", "conservative", "moderate", "aggressive"] = "moderate"


class Roi(Parameters):
    """Of roi.ipynb: what a credential returns."""

    notebook: ClassVar[str] = "roi"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["roi"]

    credential: Credential = "CPC"
    pathway: Literal["certificate", "associate", "self_study", "certification_only"] = "certificate"
    area: AreaCode = "US"
    discount_rate: DiscountRate = 0.03
    horizon_years: int = Field(
        default=20, ge=1, le=60, description="a whole number of years from 1 to 60"
    )
    remote_after_years: float = Field(
        default=2, ge=0, le=60, description="a number of years from 0 to 60"
    )
    baseline: Literal["high_school", "current_coder"] | YearlyPay = Field(
        default="high_school",
        description="high_school, current_coder, or a salary in USD a year from 1,000 to 1,000,000",
    )
    premium_share: float = Field(
        default=1.0, ge=0, le=1, description="a share from 0 to 1 of the published gap"
    )


class Evidence(Parameters):
    """Of evidence.ipynb: which of the guide's claims hold."""

    notebook: ClassVar[str] = "evidence"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["evidence"]


class Salary(OfRelease):
    """Of salary.ipynb: what the job pays here, and where an offer stands."""

    notebook: ClassVar[str] = "salary"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["salary"]

    area: AreaCode = "US"
    occupation: OccupationCode = CODERS
    offer_usd: Offer | None = Field(
        default=None, description="USD a year from 1,000 to 1,000,000, or none"
    )
    price_adjusted: bool = Field(default=False, description="true or false")
    data: Records = PUBLISHED
    year: ReleaseYear | None = None


class Settings(OfRelease):
    """Of settings.ipynb: who employs the occupation, and what they pay."""

    notebook: ClassVar[str] = "settings"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["settings"]

    area: AreaCode = "US"
    occupation: OccupationCode = CODERS
    year: ReleaseYear | None = None


class Supply(Parameters):
    """Of supply.ipynb: how many train for how many openings."""

    notebook: ClassVar[str] = "supply"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["supply"]

    area: AreaCode = "US"


class Careers(OfRelease):
    """Of careers.ipynb: where an occupation leads."""

    notebook: ClassVar[str] = "careers"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["careers"]

    start: OccupationCode = CODERS
    target: OccupationCode = HEALTH_MANAGERS
    area: AreaCode = "US"
    discount_rate: DiscountRate = 0.03

    @model_validator(mode="after")
    def _leads_elsewhere(self) -> Self:
        """Refuse a move to where one is."""
        if self.start == self.target:
            raise WrongInput(
                f"target must be another occupation than start; both are {self.start}."
            )
        return self


class Certification(Parameters):
    """Of certification.ipynb: what a credential is worth."""

    notebook: ClassVar[str] = "certification"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["certification"]

    credential: CredentialOrAll = ALL
    data: Records = PUBLISHED
    area: AreaCode = "US"


class Staffing(DepartmentPlan, Parameters):
    """Of staffing.ipynb: how many coders a volume of records needs."""

    notebook: ClassVar[str] = "staffing"
    tables: ClassVar[tuple[str, ...]] = TABLES_READ["staffing"]

    area: AreaCode = "US"


NOTEBOOKS: Mapping[str, type[Parameters]] = {
    model.notebook: model
    for model in (
        Outlook,
        Roi,
        Evidence,
        Certification,
        Staffing,
        Salary,
        Settings,
        Supply,
        Careers,
    )
}


def model_of(notebook: str) -> type[Parameters]:
    """Return the parameters model of a notebook.

    Raises
    ------
    WrongInput
        There is no such notebook; the nearest name is suggested.
    """
    if notebook not in NOTEBOOKS:
        near = get_close_matches(notebook, NOTEBOOKS, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise WrongInput(
            f"There is no report {notebook!r}. {hint}There are: {', '.join(NOTEBOOKS)}."
        )
    return NOTEBOOKS[notebook]
