"""What a cleaner returns: the tidy table, and every raw row it could not use."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import WrongInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A tidy table and the raw rows that are not in it.

    Parameters
    ----------
    table : DataFrame
        The tidy rows; a raw row may become a cell of one (OEWS) or a row.
    set_aside : DataFrame
        Raw rows as found, with a column `reason`; empty when all were used.
    rows_in, rows_kept : int
        Raw rows read, and raw rows that found their way into `table`.

    Raises
    ------
    WrongInput
        A raw row is neither kept nor set aside.
    """

    table: pd.DataFrame
    set_aside: pd.DataFrame
    rows_in: int
    rows_kept: int

    def __post_init__(self) -> None:
        if self.rows_in != self.rows_kept + len(self.set_aside):
            raise WrongInput(
                f"Of {self.rows_in} rows read, {self.rows_kept} were kept and "
                f"{len(self.set_aside)} set aside: {self.rows_in - self.rows_kept} should have "
                "been set aside. No row may be lost: mend the cleaner."
            )


def all_kept(table: pd.DataFrame, *, raw: pd.DataFrame) -> Cleaned:
    """Say that each row of `raw` became a row of `table`."""
    nothing = raw.iloc[:0].assign(reason=pd.Series(dtype="str"))
    return Cleaned(table=table, set_aside=nothing, rows_in=len(raw), rows_kept=len(table))


def keep(
    raw: pd.DataFrame, *, where: pd.Series, otherwise: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split `raw` into the rows that hold and the rest with the reason `otherwise`.

    Examples
    --------
    >>> raw = pd.DataFrame({"year": ["2024", "n/a"]})
    >>> kept, set_aside = keep(raw, where=raw["year"].str.isdigit(), otherwise="no year")
    >>> set_aside.to_dict("records")
    [{'year': 'n/a', 'reason': 'no year'}]
    """
    return raw[where], raw[~where].assign(reason=otherwise)
