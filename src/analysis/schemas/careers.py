"""What this project assumes: numbers found by id, and occupations taken for the guide's titles."""

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.promise import Table


class Assumptions(Table):
    """A number that no statistic gives: a stated choice, an assumption, a figure from memory.

    `value` is the likeliest; it is missing where any value between the limits is as likely, and the
    limits are missing where the number is never varied.
    """

    id: str = pa.Field(unique=True, str_matches=r"^[a-z_]+(\.[a-z_]+)+$")
    value: float = pa.Field(nullable=True)
    low: float = pa.Field(nullable=True)
    high: float = pa.Field(nullable=True)
    unit: str
    basis: str
    source: str

    @pa.dataframe_check
    @classmethod
    def a_value_lies_within_its_limits(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Require a value or limits, both limits or neither, and the value between them."""
        is_point = table["low"].isna() & table["high"].isna() & table["value"].notna()
        is_span = table["low"].le(table["high"])
        below, above = table["value"].lt(table["low"]), table["value"].gt(table["high"])
        return is_point | (is_span & ~below & ~above)


class LadderOccupations(Table):
    """An own mapping, every row of it an assumption with its reason.

    `occupation_code` is missing where no occupation in hand fits; the percentiles say which part of
    the occupation's pay a title is taken to hold.
    """

    track: str = pa.Field(isin=["vertical", "lateral", "credential", "medical", "functional"])
    title: str
    occupation_code: str = pa.Field(str_matches=r"^\d\d-\d{4}$", nullable=True)
    low_percentile: float = pa.Field(gt=0, lt=100, nullable=True)
    high_percentile: float = pa.Field(gt=0, lt=100, nullable=True)
    guide_band: str = pa.Field(nullable=True)
    credential: str = pa.Field(nullable=True)
    why: str

    class Config:
        """One row a title and track."""

        unique = ("track", "title")

    @pa.dataframe_check
    @classmethod
    def an_occupation_comes_with_a_part_of_its_pay(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold percentiles to be there where an occupation is, and to rise."""
        has_code = table["occupation_code"].notna()
        rises = table["low_percentile"].lt(table["high_percentile"])
        return has_code.eq(rises)
