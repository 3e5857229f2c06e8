"""Which column of somebody's file holds what: MAP.toml, read, checked and written."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.cleaning.pay.pay_cell import Period, format_period, parse_currency, parse_period
from analysis.cleaning.pay.words import Unreadable
from analysis.errors import WrongInput

Names = tuple[str, ...]
MOST_LISTED = 30

MEANINGS = {
    "record_id": "identifies a record; without it the number of the row, from 1",
    "pay": 'pay; several columns are a range or periods: ["Minimum", "Maximum"]',
    "pay_period": "hourly, biweekly, annual ...",
    "currency": "only US dollars are kept",
    "hours_per_week": "turns hourly pay into pay a year",
    "fte": "share of full time (0.5, 50 %, part time); pay is divided by it",
    "bonus": "US dollars a year, apart from pay",
    "experience": "years",
    "credentials": 'one column or several: ["Credential 1", "Credential 2"]',
    "setting": "kind of employer",
    "state": "where the work is",
    "remote": "works from home: yes, no, hybrid",
    "education": "kept as written",
    "job_title": "kept as written",
    "weight": "survey weight, 0 or more; it is used wherever the file is shown",
    "flags": "flags of an earlier cleaning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """What a file as a whole says, or what its columns leave out.

    Parameters
    ----------
    encoding, delimiter, sheet : str or None
        Of text files, of text files, of workbooks; None to find out.
    header_row : int or None
        Line of a text file, or row of a sheet, with the names of the columns, from 1; None to find
        out.
    decimal_comma : bool
        The file's locale writes 54.200,00 for 54,200.00.
    pay_period : Period
        Of pay whose cell and column name none; `UNSTATED` takes it as annual and flags it.
    currency : str
        Of pay whose cell and column name none; only "USD" is kept.
    pay_year : int or None
        The year of the pay, whose minimum wage limits what is plausible.
    largest_annual_usd : float or None
        Pay a year above which a row is set aside; None for 478,400.
    equal_rows : str or None
        "keep" or "set aside" rows that are equal in every column; None sets them aside where the
        file has an identifier or a time stamp, and else keeps them as people.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    decimal_comma: bool = False
    pay_period: Period = Period.UNSTATED
    currency: str = "USD"
    pay_year: int | None = None
    largest_annual_usd: float | None = None
    equal_rows: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """The columns of a file that hold each thing, by name; empty where the file has none.

    `pay` may be up to four columns and `experience` two, the ends of a range; `credentials` any
    number; everything else is one. `MEANINGS` says what each is. `where` chooses rows: by field, a
    regular expression that is looked for in its cells, whatever the case.

    Raises
    ------
    WrongInput
        More columns than a field takes.
    """

    record_id: Names = ()
    pay: Names = ()
    pay_period: Names = ()
    currency: Names = ()
    hours_per_week: Names = ()
    fte: Names = ()
    bonus: Names = ()
    experience: Names = ()
    credentials: Names = ()
    setting: Names = ()
    state: Names = ()
    remote: Names = ()
    education: Names = ()
    job_title: Names = ()
    weight: Names = ()
    flags: Names = ()
    file: FileFormat = field(default_factory=FileFormat)
    where: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, columns in self.columns().items():
            most = {"pay": 4, "experience": 2, "credentials": 50}.get(name, 1)
            if len(columns) > most:
                raise WrongInput(
                    f"The column map gives {name} {len(columns)} columns ({', '.join(columns)}); "
                    f"at most {most} can be read. Keep the one that holds it."
                )
        for name, pattern in self.where.items():
            if not getattr(self, name, ()) or name not in MEANINGS:
                raise WrongInput(
                    f"The column map chooses rows by {name}, which names no column. Name the "
                    f"column of {name} under [columns], or choose by another field."
                )
            try:
                re.compile(pattern)
            except re.error as error:
                raise WrongInput(
                    f"The column map chooses rows by {name} like {pattern!r}, which is no regular "
                    f"expression: {error}. Write words with | between them: coder|biller."
                ) from None

    def columns(self) -> dict[str, Names]:
        """Return the columns of each field that has some."""
        named = {name: getattr(self, name) for name in MEANINGS}
        return {name: columns for name, columns in named.items() if columns}

    def check(self, table: pd.DataFrame) -> None:
        """Raise unless every column that the map names is in `table`.

        Raises
        ------
        WrongInput
            Names every column that is absent, and the nearest one there is.
        """
        there = [str(name) for name in table.columns]
        absent = {
            name: column
            for name, columns in self.columns().items()
            for column in columns
            if column not in there
        }
        if absent:
            lines = [
                f'- {name} = "{column}"{_nearest(column, there)}' for name, column in absent.items()
            ]
            raise WrongInput(
                "\n".join(
                    [
                        "The column map names columns that the file does not have:",
                        *lines,
                        f"The file has: {_listed(there)}. Mend the map, or let "
                        "`workforce survey FILE --guess` propose one.",
                    ]
                )
            )


def read_column_map(path: Path) -> ColumnMap:
    """Read MAP.toml.

    Raises
    ------
    WrongInput
        The file is absent, no TOML, or has an entry that is unknown or of the wrong kind.
    """
    try:
        return parse_column_map(path.read_text(encoding="utf-8-sig"), name=path.name)
    except OSError as error:
        raise WrongInput(f"The column map {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise WrongInput(f"The column map {path} must be UTF-8 text. Save it as that.") from None


def parse_column_map(text: str, *, name: str = "MAP.toml") -> ColumnMap:
    r"""Read the text of a MAP.toml.

    Examples
    --------
    >>> parse_column_map('[columns]\npay = "Salary"\n[file]\ndecimal_comma = true').pay
    ('Salary',)
    """
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WrongInput(f"{name} is not TOML: {error}. Compare `--guess`.") from None
    _refuse_unknown(given, {"columns", "file", "where"}, where=name)
    columns, file, where = (given.get(each, {}) for each in ("columns", "file", "where"))
    if not (isinstance(columns, dict) and isinstance(file, dict) and isinstance(where, dict)):
        raise WrongInput(f"{name} must have the tables [columns] and, if needed, [file], [where].")
    _refuse_unknown(where, set(MEANINGS), where=f"{name} [where]")
    if wrong := [key for key, value in where.items() if not isinstance(value, str)]:
        raise WrongInput(f"{name} [where] {wrong[0]} must be text, not {where[wrong[0]]!r}.")
    _refuse_unknown(columns, set(MEANINGS), where=f"{name} [columns]")
    _refuse_unknown(file, {each.name for each in fields(FileFormat)}, where=f"{name} [file]")
    return ColumnMap(
        **{field: _names(value, f"{name} [columns] {field}") for field, value in columns.items()},
        file=_file_format(file, name),
        where=where,
    )


def format_column_map(column_map: ColumnMap) -> str:
    """Write a map as the text of a MAP.toml that `parse_column_map` reads the same again.

    Examples
    --------
    >>> print(format_column_map(ColumnMap(state=("State",))))
    [columns]
    state = "State"  # where the work is
    <BLANKLINE>
    [file]
    decimal_comma = false
    <BLANKLINE>
    """
    lines = ["[columns]"]
    for name, columns in column_map.columns().items():
        texts = [_quoted(column) for column in columns]
        value = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
        lines.append(f"{name} = {value}  # {MEANINGS[name]}")
    file = column_map.file
    lines += ["", "[file]", f"decimal_comma = {str(file.decimal_comma).lower()}"]
    if file.pay_period is not Period.UNSTATED:
        lines.append(f'pay_period = "{format_period(file.pay_period)}"')
    if file.currency != "USD":
        lines.append(f"currency = {_quoted(file.currency)}")
    for name in (*_TEXTS, *_NUMBERS):
        if (value := getattr(file, name)) is not None:
            lines.append(f"{name} = {_quoted(value) if isinstance(value, str) else value}")
    if column_map.where:
        lines += ["", "[where]"]
        lines += [f"{name} = {_quoted(value)}" for name, value in column_map.where.items()]
    return "\n".join([*lines, ""])


_TEXTS = ("encoding", "delimiter", "sheet", "equal_rows")
_NUMBERS = {"header_row": (1, 10_000), "pay_year": (1990, 2100), "largest_annual_usd": (1, 1e9)}


def _file_format(given: dict[str, object], name: str) -> FileFormat:
    """Read the table [file]."""
    comma = given.get("decimal_comma", False)
    if not isinstance(comma, bool):
        raise WrongInput(f"{name} [file] decimal_comma must be true or false, not {comma!r}.")
    numbers = {key: value for key, value in given.items() if key in _NUMBERS}
    for key, value in numbers.items():
        least, most = _NUMBERS[key]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        is_whole = isinstance(value, int) or key == "largest_annual_usd"
        if not (is_number and is_whole and least <= value <= most):  # type: ignore[operator]
            raise WrongInput(
                f"{name} [file] {key} must be a number from {least:,} to {most:,.0f}; "
                f"found {value!r}."
            )
    texts = {key: value for key, value in given.items() if key not in {*numbers, "decimal_comma"}}
    for key, value in texts.items():
        if not isinstance(value, str) or not value:
            raise WrongInput(f"{name} [file] {key} must be text, not {value!r}.")
    options: dict[str, Any] = {key: texts[key] for key in _TEXTS if key in texts} | numbers
    if len(options.get("delimiter", ",")) != 1:
        raise WrongInput(f"{name} [file] delimiter must be one character.")
    if options.get("equal_rows", "keep") not in ("keep", "set aside"):
        raise WrongInput(f'{name} [file] equal_rows must be "keep" or "set aside".')
    return FileFormat(
        decimal_comma=comma,
        pay_period=_period(texts, name),
        currency=_currency(str(texts.get("currency", "USD"))),
        **options,
    )


def _period(texts: dict[str, object], name: str) -> Period:
    """Read the pay period of a file."""
    if "pay_period" not in texts:
        return Period.UNSTATED
    try:
        return parse_period(str(texts["pay_period"]))
    except Unreadable as error:
        allowed = ", ".join(each.name.lower() for each in Period if each)
        raise WrongInput(
            f"{name} [file] pay_period is {texts['pay_period']!r}: {error}; allowed: {allowed}."
        ) from None


def _currency(text: str) -> str:
    """Read the currency of a file."""
    try:
        return parse_currency(text)
    except Unreadable:
        return text.upper()


def _names(value: object, where: str) -> Names:
    """Read one column name or a list of them."""
    listed = value if isinstance(value, list) else [value]
    if not listed or not all(isinstance(each, str) and each for each in listed):
        raise WrongInput(f"{where} must be a column name or a list of them, not {value!r}.")
    return tuple(listed)


def _listed(columns: list[str]) -> str:
    """Name the first columns of a file, and count the rest."""
    rest = len(columns) - MOST_LISTED
    named = ", ".join(columns[:MOST_LISTED])
    return f"{named} and {rest:,} more" if rest > 0 else named


def _refuse_unknown(given: dict[str, object], known: set[str], *, where: str) -> None:
    """Raise where a key is not known, with the nearest that is."""
    for key in given:
        if key not in known:
            raise WrongInput(
                f"{where} has {key!r}{_nearest(key, sorted(known))}; "
                f"allowed are {', '.join(sorted(known))}."
            )


def _nearest(name: str, known: list[str]) -> str:
    """Suggest the nearest known name, if one is near."""
    lowered = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), list(lowered), n=1)
    return f' (did you mean "{lowered[near[0]]}"?)' if near else ""


def _quoted(text: str) -> str:
    """Write a TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
