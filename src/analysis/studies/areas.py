"""Areas and occupations: their codes, and how to find one in the wage table."""

from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from analysis.errors import WrongInput

# SOC 2018
ALL_OCCUPATIONS = "00-0000"
HEALTH_MANAGERS = "11-9111"
PRACTICAL_NURSES = "29-2061"
CODERS = "29-2072"
REGISTRARS = "29-9021"
MEDICAL_ASSISTANTS = "31-9092"
BILLING_CLERKS = "43-3021"
MEDICAL_SECRETARIES = "43-6013"

NATION = "US"
TERRITORIES = ("GU", "PR", "VI")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place the OEWS publishes for.

    Parameters
    ----------
    code : str
        "US", a postal code, or the five digits of a metropolitan area (seven of a
        nonmetropolitan one).
    name : str
        As a reader knows it.
    kind : str
        "nation", "state", "metropolitan" or "nonmetropolitan".
    state : str
        Postal code of the state it lies in (its first one), "US" for the nation.
    """

    code: str
    name: str
    kind: str
    state: str

    @property
    def is_nation(self) -> bool:
        """True for the United States as a whole."""
        return self.code == NATION


def find_area(wages: pd.DataFrame, code: str) -> Area:
    """Return the area that `code` names.

    Raises
    ------
    WrongInput
        No such area; the message suggests the nearest codes and names.
    """
    known = wages.drop_duplicates("area_code").set_index("area_code")
    if code not in known.index:
        raise WrongInput(
            f"area must be US, a state's postal code or the code of a metropolitan area; found "
            f"{code!r}. {_nearest_area(known, code)}"
        )
    row = known.loc[code]
    name = "United States" if code == NATION else str(row["area_name"])
    return Area(code=code, name=name, kind=str(row["area_type"]), state=str(row["state"]))


def find_occupation(wages: pd.DataFrame, code: str) -> str:
    """Return the title of the occupation `code`, as a sentence has it.

    Raises
    ------
    WrongInput
        The code is not in the table; the message lists what is.
    """
    known = wages.drop_duplicates("occupation_code").set_index("occupation_code")
    if code not in known.index:
        held = ", ".join(f"{soc} {title}" for soc, title in known["occupation_title"].items())
        raise WrongInput(
            f"occupation must be a SOC code the wage table holds; found {code!r}. It holds: {held}."
        )
    title = str(known.loc[code, "occupation_title"])
    return title[:1] + title[1:].lower()


def state_codes(wages: pd.DataFrame, occupation_code: str) -> list[str]:
    """List the states and territories the occupation is published for, by postal code."""
    rows = wages[wages["area_type"].eq("state") & wages["occupation_code"].eq(occupation_code)]
    return sorted(rows["area_code"].unique())


def _nearest_area(known: pd.DataFrame, code: str) -> str:
    """Suggest areas whose code or name resembles what was given."""
    by_name = {str(name).lower(): str(area) for area, name in known["area_name"].items()}
    resembling = [
        *get_close_matches(code.upper(), known.index.astype("str"), n=2, cutoff=0.5),
        *(by_name[name] for name in get_close_matches(code.lower(), by_name, n=2, cutoff=0.6)),
    ]
    if not resembling:
        return "Postal codes are two letters: CA, TX, PR."
    named = ", ".join(
        f"{area} ({known.loc[area, 'area_name']})" for area in dict.fromkeys(resembling)
    )
    return f"Did you mean {named}?"
