"""Propose a column map from the headers of a file and a look at its values, and say why."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.cleaning.pay.annual_pay import LARGEST_ANNUAL_USD, LEAST_HOURLY_USD
from analysis.cleaning.pay.certification import parse_certification
from analysis.cleaning.pay.column_map import ColumnMap, FileFormat, format_column_map
from analysis.cleaning.pay.distinct import as_text
from analysis.cleaning.pay.experience import parse_experience
from analysis.cleaning.pay.files import read_records
from analysis.cleaning.pay.pay_cell import (
    LOWER_BOUND,
    OTHER_CURRENCY,
    UPPER_BOUND,
    Period,
    parse_any_currency,
    parse_pay,
    parse_period,
)
from analysis.cleaning.pay.pay_columns import parse_fte, parse_hours
from analysis.cleaning.pay.pay_header import (
    BASE,
    EXTRA,
    HIGH,
    LOW,
    MIDDLE,
    TOTAL,
    header_words,
    pay_header,
)
from analysis.cleaning.pay.setting import parse_remote, parse_setting
from analysis.cleaning.pay.state import parse_states
from analysis.cleaning.pay.vocabulary import Vocabulary, known_spellings
from analysis.cleaning.pay.words import NOT_STATED, PART_TIME, Unreadable, tidied

VALUES_LOOKED_AT = 500  # distinct values of each column
LEAST_READ = 0.3  # share of values that must make sense for a header to be believed
LEAST_READ_WITHOUT_HEADER = 0.9

HEADERS = {
    "record_id": r"\bid\b|\b(?:case|record|respondent|employee) (?:no|nr|number|num)\b"
    r"|^(?:record|respondent|response)$",
    "pay_period": r"\b(?:pay|salary|wage|rate|compensation)\b.*\b(?:period|type|basis|frequency"
    r"|unit|interval|per|schedule)\b|\bunit of pay\b|\bsalary or hourly\b|\bhourly or salar"
    r"|^(?:period|frequency|per|pay basis|paid|interval|unit|pay unit)\b",
    "currency": r"\bcurrency\b",
    "fte": r"\bfte\b(?! hours)|\bfull(?: time)?(?: or| vs)? part time\b|\bpart time status\b"
    r"|\bfull time equivalent\b|\b(?:job|work|employment|position) (?:type|status|time)\b",
    "hours_per_week": r"(?<!per )(?<!an )(?<!by )\bhours?\b|\bhrs\b",
    "bonus": r"\bbonus(?:es)?\b|\bincentives?\b",
    "experience": r"\bexperience\b|\b(?:years?|yrs)\b(?!.*\b(?:birth|survey)\b)"
    r"|\btenure\b|\bexp\b",
    "credentials": r"\bcredentials?\b|\bcertif|\bcerts?\b|\blicen[cs]e",
    "remote": r"\bremote\b|\bwfh\b|\btelework|\bwork from home\b|\bhybrid\b|\bwork location type\b",
    "setting": r"\bsettings?\b|\bwhere\b.*\bwork\b|\bemployer\b|\bfacility\b|\bworkplace\b"
    r"|\bindustry\b|\borgani[sz]ation\b",
    "state": r"\bstates?\b|\blocation\b|\bprovince\b|\bregion\b",
    "education": r"\beducation\b|\bdegree\b|\bschooling\b",
    "job_title": r"\btitle\b|\bjob\b|\bposition\b|\brole\b|\boccupation\b",
    "weight": r"\bweights?\b|\bwgt\b|\bwt\b|\bpwgtp\b",
    "flags": r"^flags$",
    "pay": r"\b(?:pay|paid|salary|salaries|wages?|compensation|earnings|income|rate|amount)\b",
}
NO_PAY = re.compile(
    r"\b(?:satisf\w*|grade|step|band|level|increase|raise|change|percent|pct|rating|rank|fair\w*"
    r"|source|date|code|plan|hike|score|quartile|percentile)\b"
)
ANY_TEXT = "any text would do"
NAME_IT = (
    'Name its column in the map, [columns] pay = "..."; where the names of the columns stand below '
    'a title or on another sheet, say so: [file] header_row = 3, sheet = "...".'
)
ENDS_IN_ORDER = (LOW, "", HIGH, MIDDLE)
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
        would do), example (a value), left (a value that makes no sense as that field).
    """

    column_map: ColumnMap
    evidence: pd.DataFrame

    def explained(self) -> str:
        """Write the evidence as comments of TOML, a line a column."""
        lines = []
        for row in self.evidence.to_dict("records"):
            share = row["share_read"]
            read = "" if pd.isna(share) else f", {share:.0%} of its values read"
            left = f", not {row['left']!r}" if row["left"] else ""
            shown = f"as {row['example']!r}" if row["example"] else "empty"
            field = row["field"] or "left out"
            lines.append(f"# {row['column']!r}, {shown}: {field} ({row['why']}{read}{left})")
        return "\n".join(lines)


def guess_column_map(table: pd.DataFrame, vocabulary: Vocabulary) -> ColumnGuess:
    """Propose which column holds what; nothing is cleaned by it.

    A header that names a field is believed where at least 3 in 10 of the values make sense as
    it; states, credentials and settings are also known by their values alone (9 in 10). Of
    columns of pay the newest year is taken, base before total pay; minimum and maximum are the
    ends of a range; columns of different periods that fill each other's gaps are one pay. Decimal
    commas are proposed where more of the pay is written with them than without.

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
    looked_at = {str(name): _values(column) for name, column in text.items()}
    decimal_comma = _has_decimal_comma(
        [
            value
            for name, values in looked_at.items()
            if re.search(HEADERS["pay"], header_words(name))
            for value in values
        ]
    )
    readers = _readers(vocabulary, decimal_comma=decimal_comma)
    rows = [_evidence(name, values, readers=readers) for name, values in looked_at.items()]
    rows = _one_pay(rows, text)
    rows = _period_beside_pay(rows)
    rows = _one_column_a_field(rows)
    evidence = pd.DataFrame(
        rows, columns=["column", "field", "why", "share_read", "example", "left"]
    ).astype({"share_read": "float64"})
    chosen: dict[str, tuple[str, ...]] = {
        field: tuple(evidence.loc[evidence["field"].eq(field), "column"]) for field in HEADERS
    }
    chosen["pay"] = tuple(
        sorted(chosen["pay"], key=lambda name: ENDS_IN_ORDER.index(pay_header(name).end))
    )
    file = FileFormat(decimal_comma=decimal_comma)
    return ColumnGuess(column_map=ColumnMap(file=file, where={}, **chosen), evidence=evidence)


def propose_map(file: Path) -> tuple[str, bool]:
    """Propose a column map for a file, as TOML with the reasons as comments.

    Returns
    -------
    tuple of str and bool
        The map; whether a column of pay was found.

    Raises
    ------
    WrongInput
        The file cannot be read.
    """
    table = read_records(file)
    guess = guess_column_map(table, known_spellings())
    read = [f"# {file.name}: {len(table):,} rows, {len(table.columns):,} columns."]
    if sheet := table.attrs.get("sheet"):
        read.append(f"# Read from the sheet {sheet!r}; [file] sheet names another.")
        read += [f"# The sheet {other!r} has rows, too." for other in table.attrs["other_sheets"]]
    if not guess.column_map.pay:
        read.append(f"# No column of pay was found. {NAME_IT}")
    text = format_column_map(guess.column_map)
    return "\n".join([*read, guess.explained(), "", text]), bool(guess.column_map.pay)


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
        "pay": lambda text: _likely_pay(text, decimal_comma),
        "bonus": lambda text: parse_pay(text, decimal_comma=decimal_comma),
        "pay_period": parse_period,
        "currency": parse_any_currency,
        "fte": parse_fte,
        "hours_per_week": lambda text: parse_hours(text, decimal_comma=decimal_comma),
        "experience": lambda text: parse_experience(text, decimal_comma=decimal_comma),
        "credentials": lambda text: _known_credentials(text, vocabulary),
        "setting": lambda text: parse_setting(text, vocabulary.settings),
        "remote": lambda text: parse_remote(text, vocabulary.settings),
        "state": lambda text: parse_states(text, vocabulary.states),
        "weight": float,
    }


def _likely_pay(text: str, decimal_comma: bool) -> object:
    """Read pay; a number that nobody is paid in any period, as a rating, does not count."""
    try:
        pay = parse_pay(text, decimal_comma=decimal_comma)
    except Unreadable as error:
        if error.reason in (OTHER_CURRENCY, LOWER_BOUND, UPPER_BOUND):
            return error
        raise
    if pay.high < LEAST_HOURLY_USD or pay.low > 10 * LARGEST_ANNUAL_USD:
        raise Unreadable("no pay of any period")
    return pay


def _known_credentials(text: str, vocabulary: Vocabulary) -> object:
    """Read credentials; "none" states none, and is no evidence for a column of them."""
    found = parse_certification(text, vocabulary.credentials)
    if found.says_none:
        raise Unreadable(NOT_STATED)
    if found.unknown and not found.credentials:
        raise Unreadable("unknown")
    return found


def _share_read(values: list[str], read: Callable[[str], object]) -> tuple[float, str]:
    """Return the share of values that a parser makes sense of, and the first it does not."""
    good, stated, left = 0, 0, ""
    for value in values:
        try:
            read(value)
        except ValueError as error:
            reason = getattr(error, "reason", "")
            if reason == NOT_STATED:
                continue
            stated += 1
            good += reason == PART_TIME
            left = left or (value if reason != PART_TIME else "")
            continue
        stated += 1
        good += 1
    return (good / stated if stated else 0.0), left


def _evidence(
    name: str, values: list[str], *, readers: Mapping[str, Callable[[str], object]]
) -> dict[str, object]:
    """Say which field a column holds, and why."""
    words = header_words(name)
    row: dict[str, object] = {
        "column": name,
        "field": "",
        "why": "neither its header nor its values are known",
        "share_read": None,
        "example": values[0] if values else "",
        "left": "",
    }
    for field, pattern in HEADERS.items():
        if not re.search(pattern, words) or (field == "pay" and NO_PAY.search(words)):
            continue
        if field == "bonus" and pay_header(name).kind == BASE:
            continue  # "Salary without bonus"
        if field not in readers:
            return {**row, "field": field, "why": f"header, {ANY_TEXT}"}
        share, left = _share_read(values, readers[field])
        if share >= LEAST_READ:
            return {**row, "field": field, "why": "header", "share_read": share, "left": left}
        row["why"] = f"its header says {field}, its values do not ({share:.0%} read)"
    for field in ("state", "credentials", "setting"):
        share, left = _share_read(values, readers[field])
        if share >= LEAST_READ_WITHOUT_HEADER:
            return {**row, "field": field, "why": "values", "share_read": share, "left": left}
    return row


def _one_pay(rows: list[dict[str, object]], text: pd.DataFrame) -> list[dict[str, object]]:
    """Keep the columns that together are one pay, and say of the others why they are not."""
    names = [str(row["column"]) for row in rows if row["field"] == "pay"]
    if len(names) < 2:
        return rows
    heads = {name: pay_header(name) for name in names}
    reasons: dict[str, str] = {}
    kept = names

    def keep(wanted: list[str], why: str) -> None:
        nonlocal kept
        if wanted:
            reasons.update({name: why for name in kept if name not in wanted})
            kept = wanted

    keep([name for name in kept if heads[name].kind != EXTRA], "an extra beside pay")
    keep([name for name in kept if not heads[name].is_foreign], "another currency")
    if any(heads[name].kind != TOTAL for name in kept):
        keep([name for name in kept if heads[name].kind != TOTAL], "total pay; base pay is taken")
    newest = max((heads[name].year or 0 for name in kept), default=0)
    if newest:
        keep([name for name in kept if heads[name].year == newest], f"{newest} is newer")
    ends = [next((name for name in kept if heads[name].end == end), "") for end in (LOW, HIGH)]
    filled = {name: text[name].notna().to_numpy() & text[name].ne("").to_numpy() for name in kept}
    if all(ends):
        middle = [name for name in kept if heads[name].end == MIDDLE]
        keep([*ends, *middle[:1]], "the ends of a range are taken")
    else:
        share = {str(row["column"]): _strength(row) for row in rows}
        best = max(kept, key=lambda name: (share[name], filled[name].sum()))
        others = [
            name
            for name in kept
            if heads[name].period not in (heads[best].period, Period.UNSTATED)
            and heads[best].period
            and np.any(filled[name] & ~filled[best])
        ]
        keep([best, *others[:1]], f"{best!r} is read better or fuller")
    return [
        {**row, "field": "", "why": f"pay, but {reasons[str(row['column'])]}"}
        if str(row["column"]) in reasons
        else row
        for row in rows
    ]


def _period_beside_pay(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out how often people are paid where the header of pay names its period."""
    pay = [pay_header(str(row["column"])).period for row in rows if row["field"] == "pay"]
    if len(pay) != 1 or not pay[0]:
        return rows
    return [
        {**row, "field": "", "why": "how often people are paid; the header of pay names its period"}
        if row["field"] == "pay_period"
        else row
        for row in rows
    ]


def _one_column_a_field(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Keep the best column of each field; all of pay and of credentials."""
    kept = list(rows)
    for field in HEADERS:
        places = [place for place, row in enumerate(kept) if row["field"] == field]
        if field in ("credentials", "pay") or len(places) < 2:
            continue
        best = max(places, key=lambda place: _strength(kept[place]))
        for place in places:
            if place != best:
                why = f"{field}, but {kept[best]['column']!r} is read better or comes first"
                kept[place] = {**kept[place], "field": "", "why": why}
    return kept


def _strength(row: Mapping[str, object]) -> tuple[bool, float]:
    """Rank evidence: a header first, then the share of values read."""
    share = row["share_read"]
    return str(row["why"]).startswith("header"), share if isinstance(share, float) else 1.0


def _has_decimal_comma(values: list[str]) -> bool:
    """Say whether more of the pay is written with decimal commas than with points."""
    commas = sum(bool(_COMMA.search(value)) and not _POINT.search(value) for value in values)
    points = sum(bool(_POINT.search(value)) and not _COMMA.search(value) for value in values)
    return commas > points
