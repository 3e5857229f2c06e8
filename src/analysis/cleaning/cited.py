"""Tables of cited facts and of the guide: text to tidy columns, every raw row kept or set aside."""

from collections.abc import Mapping
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


NAMES = {
    "abbreviation": "state",
    "share_percent": "share_pct",
    "share_low_percent": "share_low_pct",
    "share_high_percent": "share_high_pct",
    "low_percent": "low_pct",
    "high_percent": "high_pct",
    "consistent": "is_consistent",
    "numeric": "is_numeric",
}
YES = {"yes": True, "no": False}


def clean_guide(raw: pd.DataFrame) -> Cleaned:
    """Tidy one of the guide's tables.

    `low` equal to `high` is a point, `low` without `high` an open bound, neither: no figure.
    """
    renamed = {**NAMES, "state": "area_name"} if "abbreviation" in raw else NAMES
    table = tidy(raw, renamed).drop(columns="fips", errors="ignore")
    words = [name for name in ("is_consistent", "is_numeric") if name in table]
    return all_kept(table.assign(**{name: table[name].map(YES) for name in words}), raw=raw)


GROUPS = {
    r"non-certified": "not certified",
    r"^average, certified coders|^certified average": "certified",
    r"overall average": "all members",
    r"^three or more credentials": "three or more credentials",
    r"^two credentials": "two credentials",
    r"\b(CPC-H|CPC-P|CPC|CIC|CPMA|CPB|CRC|COC)\b": "",
}


def clean_credentials(raw: pd.DataFrame) -> Cleaned:
    """Tidy exam fees and upkeep; "222 professional / 157 student" becomes two columns."""
    names = {
        "owner": "body",
        "questions_total": "questions",
        "minutes": "exam_minutes",
        "exam_fee_member_usd": "exam_fee_usd",
        "exam_fee_nonmember_usd": "exam_fee_nonmember_usd",
        "ceu_requirement": "continuing_education",
    }
    dues = raw["annual_membership_usd"].str.extract(
        r"(?P<full>\d+)(?:.*?(?P<student>\d+) student)?"
    )
    two = raw["fee_note"].str.extract(r"\$(\d+) two attempts")[0]
    notes = raw["fee_note"].where(raw["note"].eq(""), raw["fee_note"] + "; " + raw["note"])
    table = (
        tidy(raw.assign(note=notes.str.strip("; ")), names)
        .drop(columns=["fee_note", "annual_membership_usd"])
        .assign(
            exam_fee_two_attempts_usd=two,
            membership_usd_per_year=dues["full"],
            student_membership_usd_per_year=dues["student"],
        )
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def clean_pass_rates(raw: pd.DataFrame) -> Cleaned:
    """Tidy first-time pass rates, percent."""
    names = {"exam": "credential", "first_time_pass_rate_percent": "pass_rate_pct"}
    return all_kept(tidy(raw, names).pipe(with_verification), raw=raw)


def clean_member_salaries(raw: pd.DataFrame) -> Cleaned:
    """Tidy the member surveys: the year asked, the group, mean or median.

    The survey year is the one in which members were asked, not the year of the report. Groups
    that do not recur keep the statistic's own words.
    """
    statistic = raw["statistic"]
    table = (
        tidy(raw)
        .assign(
            survey_year=raw["survey"].str.extract(r"(\d{4}) survey")[0],
            group=statistic.map(_group),
            measure=statistic.str.contains("median").map({True: "median", False: "mean"}),
            unit=raw["unit"].replace({"USD/yr": "USD a year"}),
        )
        .assign(measure=lambda t: t["measure"].mask(t["unit"].eq("percent"), "share"))
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def _group(statistic: str) -> str:
    """Name the group a survey figure is about.

    Examples
    --------
    >>> _group("average, certified coders"), _group("CIC average"), _group("Pacific region")
    ('certified', 'CIC', 'Pacific region')
    """
    text = pd.Series([statistic])
    for pattern, group in GROUPS.items():
        found = text.str.extract(f"({pattern})").iloc[0, 0]
        if isinstance(found, str):
            return group or found
    return statistic
