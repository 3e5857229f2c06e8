"""Tables of cited figures: text to tidy columns, and how far each figure was verified."""

from collections.abc import Mapping

import pandas as pd

from analysis.cleaning.cleaned import Cleaned, all_kept, keep
from analysis.errors import WrongInput

RANGE = r"^(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)$"


def clean_cited(raw: pd.DataFrame) -> Cleaned:
    """Tidy a table of cited figures that needs no more than its verification told."""
    kept, empty = keep(raw, where=raw["value"].ne(""), otherwise="no value was had")
    table = tidy(kept).pipe(with_verification)
    return Cleaned(table=table, set_aside=empty, rows_in=len(raw), rows_kept=len(table))


def clean_statements(raw: pd.DataFrame) -> Cleaned:
    """Tidy a table of cited statements without figures."""
    return all_kept(tidy(raw).pipe(with_verification), raw=raw)


def clean_cited_ranges(raw: pd.DataFrame) -> Cleaned:
    """Tidy a table of cited figures that may be points, ranges or words."""
    return all_kept(tidy(raw, {"n": "records"}).pipe(with_range).pipe(with_verification), raw=raw)


def tidy(raw: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Rename columns, trim text, and make empty cells missing; the types follow in the schema.

    Examples
    --------
    >>> tidy(pd.DataFrame({"soc": [" 29-2072", ""]}), {"soc": "occupation_code"})
      occupation_code
    0         29-2072
    1             NaN
    """
    renamed = raw.rename(columns=dict(names or {}))
    text = {name: column.str.strip() for name, column in renamed.items()}
    return pd.DataFrame({name: column.mask(column.eq("")) for name, column in text.items()})


def with_verification(table: pd.DataFrame) -> pd.DataFrame:
    """Say in one word how far each figure was verified; the column `verified` makes place.

    "read in source" is the owner's own page or file; "read in a copy" is a whole table of the
    owner in another's hands; "third party" is a page that quotes the owner; "claim" is a vendor's
    or forum's word; "unverified" is from memory or second hand.

    Examples
    --------
    >>> marks = pd.DataFrame({"verified": ["yes", "yes (secondary)", "no (recalled)"]})
    >>> with_verification(marks)["verification"].tolist()
    ['read in source', 'third party', 'unverified']
    """
    return table.assign(verification=table["verified"].map(_verification)).drop(columns="verified")


def _verification(words: str) -> str:
    """Translate the mark of a cited figure."""
    if words == "yes":
        return "read in source"
    for beginning, meaning in {
        "yes (two third-party files": "read in a copy",
        "yes (third-party copy": "read in a copy",
        "yes (third-party package": "read in a copy",
        "yes (third-party file": "read in a copy",
        "yes": "third party",
        "derived": "derived",
        "own tabulation": "derived",
        "weak": "claim",
        "no": "unverified",
    }.items():
        if words.startswith(beginning):
            return meaning
    raise WrongInput(
        "The column verified must begin with yes, derived, own tabulation, weak or no; "
        f"found {words!r}. Mend that cell of the raw table."
    )


def with_range(table: pd.DataFrame, column: str = "value") -> pd.DataFrame:
    """Split a figure that may be a point, a range or words into low, high and text.

    Examples
    --------
    >>> with_range(pd.DataFrame({"value": ["24", "25-40", "shorter"]})).iloc[:, :2].values.tolist()
    [[24.0, 24.0], [25.0, 40.0], [nan, nan]]
    """
    text = table[column].fillna("")
    point = pd.to_numeric(text, errors="coerce")
    ends = text.str.extract(RANGE).astype("float64")
    return table.drop(columns=column).assign(
        value_low=point.fillna(ends["low"]),
        value_high=point.fillna(ends["high"]),
        value_text=text,
    )
