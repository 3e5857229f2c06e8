"""How to fetch: who asks, how often again, and by way of which mirrors."""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import WrongInput

HttpAddress = Annotated[str, Field(pattern=r"^https?://[^/\s]+")]
NAME = "medical-coding-workforce (workforce fetch)"


class FetchSettings(BaseModel):
    """What a settings file (TOML) may say; anything it does not say has these defaults.

    Parameters
    ----------
    contact : str
        An address for mail, told to the agency: the BLS refuses clients that name none.
    timeout_seconds : float
        Silence after which a connection is given up.
    attempts : int
        Tries without any progress before a fetch is given up.
    first_wait_seconds, longest_wait_seconds : float
        Wait after the first failure, doubled with each; and the longest wait that is kept,
        also when the server asks for more.
    mirrors : dict of str to str
        Beginnings of addresses, and what to put in their place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    contact: str = ""
    timeout_seconds: float = Field(default=30.0, gt=0, le=600)
    attempts: int = Field(default=5, ge=1, le=20)
    first_wait_seconds: float = Field(default=1.0, ge=0, le=60)
    longest_wait_seconds: float = Field(default=120.0, ge=0, le=3600)
    mirrors: dict[str, HttpAddress] = {}

    @property
    def user_agent(self) -> str:
        """Say who asks."""
        return f"{NAME}; {self.contact}" if self.contact else NAME

    def mirrored(self, address: str) -> str:
        """Return where to ask for an address: by the longest beginning that has a mirror.

        Examples
        --------
        >>> near = {"https://download.bls.gov": "https://mirror.example/bls"}
        >>> FetchSettings(mirrors=near).mirrored("https://download.bls.gov/pub/oe")
        'https://mirror.example/bls/pub/oe'
        """
        fitting = [beginning for beginning in self.mirrors if address.startswith(beginning)]
        if not fitting:
            return address
        beginning = max(fitting, key=len)
        return self.mirrors[beginning] + address.removeprefix(beginning)


def read_settings(path: Path) -> FetchSettings:
    """Read a settings file.

    Raises
    ------
    WrongInput
        It is absent, is no TOML, or says something that is not understood.
    """
    if not path.is_file():
        raise WrongInput(f"There is no settings file {path}.")
    try:
        return FetchSettings(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WrongInput(f"{path.name} is no TOML: {error}.") from None
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}"
            for each in error.errors()
        )
        allowed = ", ".join(FetchSettings.model_fields)
        raise WrongInput(f"{path.name}: {wrong}. It may say: {allowed}.") from None
