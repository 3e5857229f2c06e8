"""Single values a notebook may be asked for: each type says what is accepted, and reads it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from analysis.errors import WrongInput
from analysis.pay_records import PUBLISHED, cleaned_records_path
from analysis.reporting.wage_parameters import known_area, known_occupation, known_tables
from analysis.studies.credentials import find_credential
from analysis.studies.outlook.fan import check_horizon

ALL = "all"
Credential = Literal["CPC", "COC", "CIC", "CCS", "CCS-P", "RHIT", "RHIA"]


def _known_credential(name: str) -> str:
    """Accept "all", or a credential of the tables."""
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
    check_horizon(known_tables()["projections"], year)
    return year


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
AreaCode = Annotated[str, AfterValidator(known_area)]
OccupationCode = Annotated[str, AfterValidator(known_occupation)]
CredentialOrAll = Annotated[str, AfterValidator(_known_credential)]
Records = Annotated[str, AfterValidator(_known_records)]
ReleaseYear = Annotated[
    int,
    Field(ge=1997, le=2100, description="the year of a wage release in hand, as in 2024, or none"),
]
