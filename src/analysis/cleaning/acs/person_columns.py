"""Which column of a PUMS person file holds what: the names changed over the vintages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from analysis.errors import WrongInput

# What is read, and the names it had, newest first.
NAMES = {
    "serial_number": ("SERIALNO",),
    "person_number": ("SPORDER",),
    "state": ("STATE", "ST"),  # STATE since 2023
    "person_weight": ("PWGTP",),
    "occupation": ("OCCP",),
    "wage": ("WAGP",),
    "hours": ("WKHP",),
    "weeks": ("WKWN", "WKW"),  # weeks since 2019, six classes of weeks before
    "age": ("AGEP",),
    "sex": ("SEX",),
    "education": ("SCHL",),
    "class_of_worker": ("COW",),
    "industry": ("INDP",),
    "travel_to_work": ("JWTRNS", "JWTR"),  # JWTRNS since 2019
}
OPTIONAL_NAMES = {
    "income_adjustment": ("ADJINC",),
    "employment_status": ("ESR",),
    "naics": ("NAICSP",),
    "puma": ("PUMA",),
}
REPLICATES = tuple(f"PWGTP{number}" for number in range(1, 81))
WHOLE_NUMBERS = (
    "person_number",
    "state",
    "person_weight",
    "wage",
    "hours",
    "weeks",
    "age",
    "sex",
    "education",
    "class_of_worker",
    "travel_to_work",
    "employment_status",
)
CODED = (
    "sex",
    "education",
    "class_of_worker",
    "travel_to_work",
    "employment_status",
)
PERSON_MARK, HOUSING_MARK = "SPORDER", "NP"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonColumns:
    """Where a file keeps what is read of it.

    Parameters
    ----------
    columns : dict of str to str
        What is read (the keys of `NAMES` and `OPTIONAL_NAMES`) to its column in the file;
        an optional one that the file lacks is not in it.
    replicates : tuple of str
        The 80 columns of replicate weights, in order; empty when the file has none.
    """

    columns: dict[str, str]
    replicates: tuple[str, ...]

    @property
    def read(self) -> dict[str, str]:
        """Every column that is read, replicate weights included, by the name it gets."""
        return {**self.columns, **{column.lower(): column for column in self.replicates}}


def person_columns(header: Iterable[str], *, file: str) -> PersonColumns:
    """Find what is read among the columns of a file, in upper or lower case.

    Raises
    ------
    WrongInput
        A column is absent, or some of the replicate weights are; the message names all that
        are absent and the likeliest reason.

    Examples
    --------
    >>> names = "SERIALNO SPORDER ST PWGTP OCCP WAGP WKHP WKW AGEP SEX SCHL COW INDP JWTR"
    >>> found = person_columns(names.split(), file="psam_p01.csv")
    >>> found.columns["state"], found.columns["weeks"], found.replicates
    ('ST', 'WKW', ())
    """
    known = {name.strip().upper(): name for name in header}
    columns = {}
    for what, names in {**NAMES, **OPTIONAL_NAMES}.items():
        if found := next((known[name] for name in names if name in known), None):
            columns[what] = found
    if absent := [what for what in NAMES if what not in columns]:
        raise WrongInput(_absent(absent, known, file))
    replicates = [known[name] for name in REPLICATES if name in known]
    if replicates and len(replicates) < len(REPLICATES):
        first = next(name for name in REPLICATES if name not in known)
        raise WrongInput(
            f"{file} has {len(replicates)} of the 80 replicate weights; {first} is the first that "
            "is absent. Take all 80 into the extract, or none."
        )
    return PersonColumns(columns=columns, replicates=tuple(replicates))


def _absent(absent: list[str], known: dict[str, str], file: str) -> str:
    """Say which columns are absent, and why that may be."""
    wanted = ", ".join(" or ".join(NAMES[what]) for what in absent)
    message = f"{file} lacks the column {wanted}"
    if PERSON_MARK not in known and HOUSING_MARK in known:
        return f"{message}: it holds housing units. Give the persons file, psam_p*.csv."
    names = [name for what in absent for name in NAMES[what]]
    spans = [name for name in known if re.fullmatch(rf"({'|'.join(names)})\d\d", name)]
    if spans:
        return (
            f"{message}, but has {', '.join(sorted(spans))}: a five-year file that spans a change "
            "of codes. Take a one-year file, or a five-year file after the change."
        )
    near = get_close_matches(names[0], list(known), n=3)
    hint = f" Nearest to it: {', '.join(near)}." if near else ""
    return (
        f"{message}; it has {', '.join(list(known.values())[:8])} and "
        f"{max(0, len(known) - 8)} more.{hint} Names are those of the PUMS data dictionary: rename "
        "the column, or export it again with it."
    )
