"""What each notebook may be asked: names, types, ranges and defaults, stated once.

Those of staffing and Pell are inherited from `studies.staffing.plan.DepartmentPlan` and
`studies.pell.Program`. Whatever starts a report validates here first, so a misspelled name or an
unknown area never yields a page about something else.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

import pandas as pd
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from analysis import processed, sources
from analysis.errors import WrongInput
from analysis.pay_records import PUBLISHED, cleaned_records_path
from analysis.releases import COMMAND, occupations_of, releases, wages_of
from analysis.studies.areas import (
    ALL_OCCUPATIONS,
    CODERS,
    HEALTH_MANAGERS,
    NATION,
    find_area,
    find_occupation,
)
from analysis.studies.pell import Program
from analysis.studies.program import find_school
from analysis.studies.staffing import DepartmentPlan

ALL = "all"
SECRET = re.compile(r"secret|passw|token|credentials|api_?key|private_?key|auth", re.IGNORECASE)

AREA_COLUMNS = ["occupation_code", "area_code", "area_name", "area_type", "state"]


@cache
def known_tables() -> processed.Tables:
    """Return the tables that say what is known; each is read once a process, not once a value."""
    return processed.Tables()


@cache
def known_codes(column: str) -> frozenset[str]:
    """Return what a column of the default wages holds; thousands of reports ask."""
    return frozenset(known_tables()["wages"][column])


@cache
def area_names() -> Mapping[str, str]:
    """Return the areas of the default wages by code."""
    areas = known_tables()["wages"].drop_duplicates("area_code")
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    return names | {NATION: "United States"}


def known_area(code: str) -> str:
    """Accept an area the wage table holds."""
    written = code.strip()
    if written.upper() in known_codes("area_code"):
        return written.upper()
    wages = wages_with(written.upper())
    is_code = written.upper() in set(wages["area_code"])
    return find_area(wages, written.upper() if is_code else written).code


def wages_with(area: str) -> pd.DataFrame:
    """Return the default wages, or those of the newest release that has an area they lack."""
    bundled = known_tables()["wages"]
    if area in known_codes("area_code"):
        return bundled
    columns = bundled.columns.tolist()
    ingested = (wages_of(each, [ALL_OCCUPATIONS], columns=columns) for each in releases())
    return next((wages for wages in ingested if area in set(wages["area_code"])), bundled)


def known_occupation(code: str) -> str:
    """Accept an occupation that the default wages or an ingested release hold."""
    written = code.strip()
    try:
        find_occupation(known_tables()["wages"], written)
    except WrongInput as error:
        if not any(written in occupations_of(each) for each in releases()):
            raise WrongInput(f"{error} Others come with a whole release: `{COMMAND}`.") from None
    return written


def release_path(area: str, occupations: list[str], year: int | None = None) -> Path | None:
    """Find the wages that hold an area, occupations and a year; None: those of every report.

    Raises
    ------
    WrongInput
        No available release holds them together.
    """
    if year is None and known_codes("occupation_code").issuperset(occupations):
        return None
    tables = processed.Tables.of_release(occupations, year=year)
    if tables.is_default:
        return None
    if tables.release is None:
        find_area(tables["wages"], area)
        return sources.PROCESSED / f"{processed.WAGES}.parquet"
    find_area(wages_of(tables.release, [*occupations, ALL_OCCUPATIONS], columns=AREA_COLUMNS), area)
    return tables.release.path


Credential = Literal["CPC", "COC", "CIC", "CCS", "CCS-P", "RHIT", "RHIA"]


def _known_credential(name: str) -> str:
    """Accept "all", or a credential of the tables."""
    from analysis.studies.credentials import find_credential  # scipy, which few parameters need

    written = name.strip()
    if written.lower() == ALL:
        return ALL
    try:
        find_credential(known_tables(), written.upper())
    except WrongInput as error:
        raise WrongInput(str(error).replace("must be one", "must be all, or one", 1)) from None
    return written.upper()


def _known_records(data: str) -> str:
    """Accept "published", or a file of cleaned records."""
    return PUBLISHED if data == PUBLISHED else cleaned_records_path(data)


def _known_horizon(year: int) -> int:
    """Accept a year the latest projection spans."""
    from analysis.studies.outlook.fan import check_horizon

    check_horizon(known_tables()["projections"], year)
    return year


def _known_school(unitid: str) -> str:
    """Accept a school of the College Scorecard with a program of the field."""
    find_school(known_tables()["programmes"], unitid.strip())
    return unitid.strip()


def _whole_dollars(usd: float) -> float:
    """Write 60000.0 as 60000: it becomes part of a file's name."""
    return int(usd) if usd.is_integer() else usd


YearlyPay = Annotated[float, Field(ge=1_000, le=1_000_000)]
Offer = Annotated[float, Field(ge=1_000, le=1_000_000), AfterValidator(_whole_dollars)]
Horizon = Annotated[int, AfterValidator(_known_horizon)]
DiscountRate = Annotated[
    float,
    Field(ge=-0.5, le=0.5, description="a real rate a year from -0.5 to 0.5 (0.03 is 3 percent)"),
]
SchoolCode = Annotated[str, BeforeValidator(str), AfterValidator(_known_school)]
AreaCode = Annotated[str, AfterValidator(known_area)]
OccupationCode = Annotated[str, AfterValidator(known_occupation)]
CredentialOrAll = Annotated[str, AfterValidator(_known_credential)]
Records = Annotated[str, AfterValidator(_known_records)]
ReleaseYear = Annotated[
    int,
    Field(ge=1997, le=2100, description="the year of a wage release, as in 2024, or none"),
]


class Parameters(BaseModel):
    """The parameters of one notebook; made through `check`, so that errors are readable."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    notebook: ClassVar[str]

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
        raise WrongInput("\n".join(lines))  # not within the block: pydantic's error is kept alive

    @classmethod
    def of(cls, cells: Mapping[str, Any]) -> Self:
        """Validate what the cells of a notebook have set: `parameters.Roi.of(globals())`.

        Raises
        ------
        WrongInput
            As `check`, or no cell sets a parameter.
        """
        if absent := [name for name in cls.model_fields if name not in cells]:
            raise WrongInput(
                f"{cls.notebook} needs {', '.join(absent)}, which no cell has set: run the cell "
                "tagged `parameters` first."
            )
        return cls.check(**{name: cells[name] for name in cls.model_fields})

    @classmethod
    def _line(cls, problem: dict[str, Any]) -> str:
        """Return in one sentence what is wrong with one parameter."""
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
    def place(self) -> str:
        """The name of the area the report is about; empty where a notebook has none."""
        code = getattr(self, "area", None)
        if code is None:
            return ""
        return area_names().get(code) or find_area(wages_with(code), code).name


class OfRelease(Parameters):
    """Of a notebook whose wages may come from an ingested release."""

    @model_validator(mode="after")
    def _is_in_a_release(self) -> Self:
        """Refuse an area, occupations and a year that no available release holds together."""
        release_path(**self._wanted())
        return self

    @property
    def files(self) -> tuple[Path, ...]:
        """The records and the ingested release: the report is built again when one changes."""
        release = release_path(**self._wanted())
        brought = super().files
        return brought if release is None else (*brought, release)

    def _wanted(self) -> dict[str, Any]:
        """Return what the release must hold."""
        given = self.model_dump()
        occupations = [given[name] for name in ("occupation", "start", "target") if name in given]
        return {"area": given["area"], "occupations": occupations, "year": given.get("year")}


class Outlook(OfRelease):
    """Of outlook.ipynb: how many jobs, where, and how many openings."""

    notebook: ClassVar[str] = "outlook"

    area: AreaCode = "US"
    occupation: OccupationCode = CODERS
    horizon: Horizon = Field(default=2034, description="a year, as in 2034")
    scenario: Literal["low", "baseline", "high"] = "baseline"
    automation: Literal["none", "conservative", "moderate", "aggressive"] = "moderate"


class Roi(Parameters):
    """Of roi.ipynb: what a credential returns."""

    notebook: ClassVar[str] = "roi"

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
    baseline: Literal["usual", "high_school", "federal_threshold", "current_coder"] | YearlyPay = (
        Field(
            default="usual",
            description="usual, high_school, federal_threshold, current_coder, or a salary in USD "
            "a year from 1,000 to 1,000,000",
        )
    )
    premium_share: float = Field(
        default=1.0, ge=0, le=1, description="a share from 0 to 1 of the published gap"
    )
    start_age: float = Field(default=25, ge=18, le=60, description="an age from 18 to 60")
    sex: Literal["all", "women", "men"] = "all"
    hours: Literal["all", "full_time"] = "all"
    foregone_share: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="a share from 0 to 1 of earnings given up while in training, or none",
    )
    after_tax: bool = Field(default=False, description="true or false")

    @property
    def files(self) -> tuple[Path, ...]:
        """The ingested ACS file, whose pay by age stands in for the table's."""
        persons = known_tables().persons_path
        return () if persons is None else (persons,)

    @model_validator(mode="after")
    def _leads_there(self) -> Self:
        """Refuse a pathway that does not lead there, a baseline it is not for, unknown taxes."""
        from analysis.studies.roi.baseline import find_baseline
        from analysis.studies.roi.pathways import check_pathway
        from analysis.studies.roi.taxes import net_pay

        check_pathway(self.credential, self.pathway)
        find_baseline(self.baseline, pathway=self.pathway)
        if self.after_tax:
            net_pay(known_tables(), find_area(known_tables()["wages"], self.area))
        return self


class Evidence(Parameters):
    """Of evidence.ipynb: which of the guide's claims hold."""

    notebook: ClassVar[str] = "evidence"


class Salary(OfRelease):
    """Of salary.ipynb: what the job pays here, and where an offer stands."""

    notebook: ClassVar[str] = "salary"

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

    area: AreaCode = "US"
    occupation: OccupationCode = CODERS
    year: ReleaseYear | None = None


class Supply(Parameters):
    """Of supply.ipynb: how many train for how many openings."""

    notebook: ClassVar[str] = "supply"

    area: AreaCode = "US"


class Pell(Program, Parameters):
    """Of pell.ipynb: a program under the rules of Workforce Pell."""

    notebook: ClassVar[str] = "pell"

    area: AreaCode = "US"


class SchoolPrograms(Parameters):
    """Of program.ipynb: what the programs of one school lead to."""

    notebook: ClassVar[str] = "program"

    unitid: SchoolCode = "150987"


class Careers(OfRelease):
    """Of careers.ipynb: where an occupation leads."""

    notebook: ClassVar[str] = "careers"

    start: OccupationCode = CODERS
    target: OccupationCode = HEALTH_MANAGERS
    area: AreaCode = "US"
    discount_rate: DiscountRate = 0.03
    foregone_share: float = Field(
        default=0.5, ge=0, le=1, description="a share from 0 to 1 of pay given up while studying"
    )

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

    credential: CredentialOrAll = ALL
    data: Records = PUBLISHED
    area: AreaCode = "US"


class Staffing(DepartmentPlan, Parameters):
    """Of staffing.ipynb: how many coders a volume of records needs."""

    notebook: ClassVar[str] = "staffing"

    area: AreaCode = "US"

    @property
    def place(self) -> str:
        """What is staffed: no area, which says only whose wages are paid."""
        is_made_up = self.volumes == DepartmentPlan().volumes
        staffed = "A made-up hospital" if is_made_up else "Own volumes"
        return staffed if self.area == "US" else f"{staffed}, wages of {super().place}"


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
        Pell,
        SchoolPrograms,
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
