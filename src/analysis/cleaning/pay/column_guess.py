"""Propose a column map from the headers of a file and a look at its values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.pay.certification import parse_certification
from analysis.cleaning.pay.column_map import ColumnMap, FileFormat
from analysis.cleaning.pay.distinct import as_text
from analysis.cleaning.pay.experience import parse_experience
from analysis.cleaning.pay.pay_cell import parse_currency, parse_pay, parse_period
from analysis.cleaning.pay.pay_columns import parse_hours
from analysis.cleaning.pay.setting import parse_remote, parse_setting
from analysis.cleaning.pay.state import parse_states
from analysis.cleaning.pay.vocabulary import Vocabulary
from analysis.cleaning.pay.words import Unreadable, tidied

VALUES_LOOKED_AT = 500  # distinct values of each column
LEAST_READ = 0.3  # share of values that must make sense for a header to be believed
LEAST_READ_WITHOUT_HEADER = 0.9

HEADERS = {
    "record_id": r"\bid\b|^(?:record|respondent|response)$",
    "pay_period": r"\b(?:pay|salary|wage|rate|compensation)\b.*\b(?:period|type|basis|frequency"
    r"|unit|interval|per|schedule)\b|^(?:period|frequency|per|pay basis|paid)\b",
    "currency": r"\bcurrency\b",
    "hours_per_week": r"\bhours?\b|\bhrs\b|\bfte hours\b",
    "bonus": r"\bbonus(?:es)?\b|\bincentives?\b",
    "experience": r"\bexperience\b|\b(?:years?|yrs)\b(?!.*\b(?:birth|survey)\b)"
    r"|\btenure\b|\bexp\b",
    "credentials": r"\bcredentials?\b|\bcertif|\bcerts?\b|\blicen[cs]e",
    "remote": r"\bremote\b|\bwfh\b|\btelework|\bwork from home\b|\bhybrid\b|\bwork location type\b",
    "setting": r"\bsettings?\b|\bwhere\b.*\bwork\b|\bemployer\b|\bfacility\b|\bworkplace\b"
    r"|\bindustry\b|\borgani[sz]ation\b",
    "state": r"\bstates?\b|\blocation\b|\bprovince\b",
    "education": r"\beducation\b|\bdegree\b|\bschooling\b",
    "job_title": r"\btitle\b|\bjob\b|\bposition\b|\brole\b|\boccupation\b",
    "weight": r"\bweights?\b|\bwgt\b|\bwt\b|\bpwgtp\b",
    "flags": r"^flags$",
    "pay": r"\b(?:pay|paid|salary|salaries|wages?|compensation|earnings|income|rate)\b",
}
_BREAKS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")
_COMMA = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?!\d)|\d,\d{1,2}(?!\d)")
_POINT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d\.\d{1,2}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """A proposed map and why.

    Parameters
    ----------
    column_map : ColumnMap
        To be looked over, and written with `format_column_map`.
    evidence : DataFrame
        One row a column of the file: column, field (empty where none fits), why, share_read
        (of its distinct values that make sense as that field, 0 to 1; missing where any text
        would do), example.
    """

    column_map: ColumnMap
    evidence: pd.DataFrame


def guess_column_map(table: pd.DataFrame, vocabulary: Vocabulary) -> ColumnGuess:
    """Propose which column holds what; nothing is cleaned by it.

    A header that names a field is believed where at least 3 in 10 of the values make sense as
    it; states, credentials and settings are also known by their values alone (9 in 10). Two
    columns of pay whose headers say minimum and maximum are the ends of a range. Decimal commas
    are proposed where more of the pay is written with them than without.

    Examples
    --------
    >>> from analysis.cleaning.pay.vocabulary import vocabulary_of
    >>> empty = pd.DataFrame({"alias": [], "credential": [], "body": [], "level": []}, dtype="str")
    >>> names = vocabulary_of(
    ...     credentials=empty,
    ...     settings=pd.DataFrame({"alias": [], "setting": [], "remote": []}, dtype="str"),
    ...     states=pd.DataFrame({"alias": ["CA"], "postal": ["CA"]}))
    >>> raw = pd.DataFrame({"Annual Salary": ["$54,200"], "Where": ["CA"], "Notes": ["fine"]})
    >>> guess_column_map(raw, names).evidence[["column", "field"]].values.tolist()
    [['Annual Salary', 'pay'], ['Where', 'state'], ['Notes', '']]
    """
    text = as_text(table)
    looked_at = {name: _values(column) for name, column in text.items()}
    pay_texts = [
        value
        for name, values in looked_at.items()
        if re.search(HEADERS["pay"], _header(str(name)))
        for value in values
    ]
    decimal_comma = _has_decimal_comma(pay_texts)
    readers = _readers(vocabulary, decimal_comma=decimal_comma)
    rows = [_evidence(str(name), values, readers=readers) for name, values in looked_at.items()]
    evidence = pd.DataFrame(
        _one_column_a_field(rows), columns=["column", "field", "why", "share_read", "example"]
    ).astype({"share_read": "float64"})
    chosen = {
        field: tuple(evidence.loc[evidence["field"].eq(field), "column"]) for field in HEADERS
    }
    column_map = ColumnMap(file=FileFormat(decimal_comma=decimal_comma), **chosen)
    return ColumnGuess(column_map=column_map, evidence=evidence)


def _header(name: str) -> str:
    """Write a header as lower-case words: "AnnualSalary_USD" becomes "annual salary usd"."""
    return _BREAKS.sub(" ", name).strip().lower()


def _values(column: pd.Series) -> list[str]:
    """Return the first distinct values that say something."""
    said = []
    for value in column.dropna().drop_duplicates().head(4 * VALUES_LOOKED_AT):
        try:
            said.append(tidied(value))
        except Unreadable:
            continue
    return said[:VALUES_LOOKED_AT]


def _readers(vocabulary: Vocabulary, *, decimal_comma: bool) -> dict[str, Callable[[str], object]]:
    """Return the parser of each field that has one."""
    return {
        "pay": lambda text: parse_pay(text, decimal_comma=decimal_comma),
        "bonus": lambda text: parse_pay(text, decimal_comma=decimal_comma),
        "pay_period": parse_period,
        "currency": parse_currency,
        "hours_per_week": lambda text: parse_hours(text, decimal_comma=decimal_comma),
        "experience": lambda text: parse_experience(text, decimal_comma=decimal_comma),
        "credentials": lambda text: _known_credentials(text, vocabulary),
        "setting": lambda text: parse_setting(text, vocabulary.settings),
        "remote": lambda text: parse_remote(text, vocabulary.settings),
        "state": lambda text: parse_states(text, vocabulary.states),
        "weight": float,
    }


def _known_credentials(text: str, vocabulary: Vocabulary) -> object:
    """Read credentials; a cell of none that is known does not count."""
    found = parse_certification(text, vocabulary.credentials)
    if found.unknown and not found.credentials:
        raise Unreadable("unknown")
    return found


def _share_read(values: list[str], read: Callable[[str], object]) -> float:
    """Return the share of values that a parser makes sense of."""
    good = 0
    for value in values:
        try:
            read(value)
        except ValueError:
            continue
        good += 1
    return good / len(values) if values else 0.0


def _evidence(
    name: str, values: list[str], *, readers: Mapping[str, Callable[[str], object]]
) -> dict[str, object]:
    """Say which field a column holds, and why."""
    header = _header(name)
    row: dict[str, object] = {"column": name, "field": "", "why": "", "share_read": None}
    row["example"] = values[0] if values else ""
    for field, pattern in HEADERS.items():
        if not re.search(pattern, header):
            continue
        share = _share_read(values, readers[field]) if field in readers else None
        if share is None or share >= LEAST_READ:
            return {**row, "field": field, "why": "header", "share_read": share}
    for field in ("state", "credentials", "setting"):
        share = _share_read(values, readers[field])
        if share >= LEAST_READ_WITHOUT_HEADER:
            return {**row, "field": field, "why": "values", "share_read": share}
    return row


def _one_column_a_field(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Keep the best column of each field; all of credentials, minimum and maximum of pay."""
    kept = list(rows)
    for field in HEADERS:
        places = [place for place, row in enumerate(kept) if row["field"] == field]
        if field == "credentials" or len(places) < 2:
            continue
        ends = _ends_of_range(kept, places) if field == "pay" else []
        best = ends or [max(places, key=lambda place: _strength(kept[place]))]
        for place in places:
            if place not in best:
                kept[place] = {**kept[place], "field": "", "why": f"another column is {field}"}
        if ends and ends[0] > ends[1]:
            kept[ends[0]], kept[ends[1]] = kept[ends[1]], kept[ends[0]]
    return kept


def _strength(row: Mapping[str, object]) -> tuple[bool, float]:
    """Rank evidence: a header first, then the share of values read."""
    share = row["share_read"]
    return row["why"] == "header", share if isinstance(share, float) else 1.0


def _ends_of_range(rows: list[dict[str, object]], places: list[int]) -> list[int]:
    """Find the columns of the lower and the higher end of pay, in this order."""
    ends = []
    for pattern in (r"\b(?:min|minimum|low|lower|from)\b", r"\b(?:max|maximum|high|upper|to)\b"):
        found = [p for p in places if re.search(pattern, _header(str(rows[p]["column"])))]
        ends += found[:1]
    return ends if len(ends) == 2 and ends[0] != ends[1] else []


def _has_decimal_comma(values: list[str]) -> bool:
    """Say whether more of the pay is written with decimal commas than with points."""
    commas = sum(bool(_COMMA.search(value)) and not _POINT.search(value) for value in values)
    points = sum(bool(_POINT.search(value)) and not _COMMA.search(value) for value in values)
    return commas > points
