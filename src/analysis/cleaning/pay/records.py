"""Clean records of pay: every row ends in `salaries` with its flags or in `set_aside`, and why."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.cleaning.pay.column_map import ColumnMap
from analysis.cleaning.pay.columns import (
    Answers,
    credential_answers,
    earlier_flags,
    experience_answers,
    remote_answers,
    remote_of_both,
    setting_answers,
    state_answers,
    text_answers,
    weights,
)
from analysis.cleaning.pay.distinct import (
    Coded,
    Distinct,
    as_text,
    distinct_values,
    factorised,
)
from analysis.cleaning.pay.flags import Flag, combined, flags_column
from analysis.cleaning.pay.pay_cell import Period, format_period
from analysis.cleaning.pay.pay_columns import PayColumns, PayTexts, pay_columns
from analysis.cleaning.pay.pay_header import says_nothing_of_cells
from analysis.cleaning.pay.set_aside import Reason, joined_columns, split_rows
from analysis.cleaning.pay.vocabulary import Vocabulary
from analysis.errors import WrongInput

BAD_WEIGHT = "the weight is no number of 0 or more"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanedRecords:
    """What became of every row of a file.

    Parameters
    ----------
    salaries : DataFrame
        The rows that could be read, as `schemas.pay.PayRecords` describes them.
    set_aside : DataFrame
        `row` (from 1, the header not counted), `reason`, the `column` at fault and what was
        `found` there, `repeats_row` of exact duplicates, then the row as it came.
    given : DataFrame
        One row a column of the file: column, field (empty where not mapped), filled (rows),
        distinct (texts; missing where not mapped or not read).
    unread : DataFrame
        field, found, rows: texts of kept and set aside rows that were not understood.
    rows_in : int
        Rows that came in.

    Raises
    ------
    WrongInput
        Rows kept and set aside do not sum to the rows that came in.
    """

    salaries: pd.DataFrame
    set_aside: pd.DataFrame
    given: pd.DataFrame
    unread: pd.DataFrame
    rows_in: int

    def __post_init__(self) -> None:
        kept, aside = len(self.salaries), len(self.set_aside)
        if self.rows_in != kept + aside:
            raise WrongInput(
                f"{self.rows_in} rows came in, {kept} were kept and {aside} set aside: "
                f"{self.rows_in - kept - aside} are unaccounted for. No row may be lost; please "
                "report this with the column map."
            )


def clean_records(
    table: pd.DataFrame, column_map: ColumnMap, vocabulary: Vocabulary
) -> CleanedRecords:
    """Clean records of pay, one row a person or job.

    Text is never evaluated and nothing is guessed: what has two readings is set aside (pay,
    weight) or left missing and flagged (everything else).

    Parameters
    ----------
    table : DataFrame
        As `read_records` returns it; columns of other types are written as text first.
    column_map : ColumnMap
        Which column holds what; a field without a column is missing in every row.
    vocabulary : Vocabulary
        The known spellings of credentials, settings and states.

    Raises
    ------
    WrongInput
        The map names a column that is absent, or a column name occurs twice.

    Examples
    --------
    >>> from analysis.cleaning.pay.vocabulary import vocabulary_of
    >>> names = vocabulary_of(
    ...     credentials=pd.DataFrame({
    ...         "alias": ["CPC"], "credential": ["CPC"], "body": ["AAPC"], "level": ["full"]}),
    ...     settings=pd.DataFrame({"alias": ["WFH"], "setting": [""], "remote": ["yes"]}),
    ...     states=pd.DataFrame({"alias": ["N. Carolina"], "postal": ["NC"]}))
    >>> raw = pd.DataFrame({"Pay": ["26.05/hr", "lots"], "Cert": ["c.p.c.", "CPC"]})
    >>> cleaned = clean_records(raw, ColumnMap(pay=("Pay",), credentials=("Cert",)), names)
    >>> cleaned.salaries[["annual_pay_usd", "credentials", "flags"]].values.tolist()
    [[54184.0, 'CPC', 'hours_assumed']]
    >>> cleaned.set_aside[["row", "reason", "found"]].values.tolist()
    [[2, 'not an amount of money', 'lots']]
    """
    if table.columns.map(str).has_duplicates:
        raise WrongInput("Each column of a table of records must have its own name. Rename them.")
    text = as_text(table).reset_index(drop=True)
    column_map.check(text)
    rows, comma = len(text), column_map.file.decimal_comma
    fields = {
        name: distinct_values(joined_columns(text, columns, name))
        for name, columns in column_map.columns().items()
        if name != "record_id"
    }
    pay = pay_columns(
        PayTexts(
            pay=fields.get("pay"),
            pay_period=fields.get("pay_period"),
            currency=fields.get("currency"),
            hours_per_week=fields.get("hours_per_week"),
            fte=fields.get("fte"),
            bonus=fields.get("bonus"),
            columns=column_map.pay,
        ),
        rows=rows,
        file=column_map.file,
    )
    answers = _answers(fields, vocabulary, decimal_comma=comma)
    weight = weights(fields["weight"], decimal_comma=comma) if "weight" in fields else np.ones(rows)
    codes = _codes(text, fields, column_map)
    reasons = [
        *_not_chosen(fields, column_map),
        *pay.reasons,
        Reason(text=BAD_WEIGHT, field="weight", rows=np.isnan(weight)),
    ]
    kept, set_aside, equals_another = split_rows(text, reasons, column_map, codes)
    identity = _identity(text, column_map).take(kept)
    is_repeated = np.zeros(rows, dtype=np.bool_)
    is_repeated[kept] = _is_repeated(column_map, codes, kept)
    flags = combined(
        [
            pay.flags,
            *(each.flags for each in answers.values()),
            is_repeated * int(Flag.RECORD_ID_REPEATED),
            equals_another * int(Flag.EQUALS_ANOTHER_ROW),
            *([earlier_flags(fields["flags"])] if "flags" in fields else []),
        ],
        rows,
    )
    salaries = _salaries(identity, pay, answers, weight, flags, kept)
    return CleanedRecords(
        salaries=salaries,
        set_aside=set_aside,
        given=described_columns(text, fields, column_map),
        unread=unread_texts(
            {**pay.unread, **{name: each.unread for name, each in answers.items()}}
        ),
        rows_in=len(table),
    )


def _not_chosen(fields: dict[str, Distinct], column_map: ColumnMap) -> Iterator[Reason]:
    """Yield the rows that the map does not choose."""
    for name, pattern in column_map.where.items():
        chosen = re.compile(pattern, re.IGNORECASE)
        is_other = [chosen.search(text) is None for text in fields[name].spellings]
        rows = fields[name].rows(is_other, True, np.bool_)
        yield Reason(text=f"not chosen: {name} is not like {pattern}", field=name, rows=rows)


def _answers(
    fields: dict[str, Distinct], vocabulary: Vocabulary, *, decimal_comma: bool
) -> dict[str, Answers]:
    """Read every mapped field but pay."""
    read: dict[str, Callable[[Distinct], Answers]] = {
        "experience": lambda texts: experience_answers(texts, decimal_comma=decimal_comma),
        "credentials": lambda texts: credential_answers(texts, vocabulary),
        "setting": lambda texts: setting_answers(texts, vocabulary),
        "remote": lambda texts: remote_answers(texts, vocabulary),
        "state": lambda texts: state_answers(texts, vocabulary),
        "education": lambda texts: text_answers(texts, "education"),
        "job_title": lambda texts: text_answers(texts, "job_title"),
    }
    answers = {name: of(fields[name]) for name, of in read.items() if name in fields}
    if "remote" in answers and "setting" in answers:
        answers["remote"] = remote_of_both(answers["remote"], answers["setting"])
    return answers


def _identity(text: pd.DataFrame, column_map: ColumnMap) -> pd.Series:
    """Return the identity of each row; its number where the file gives none."""
    numbers = pd.Series(np.arange(1, len(text) + 1)).astype("str")
    if not column_map.record_id:
        return numbers
    own = text[column_map.record_id[0]].str.strip()
    own = own.mask(own.eq(""))
    return own.fillna("row " + numbers) if own.hasnans else own


def _codes(
    text: pd.DataFrame, fields: dict[str, Distinct], column_map: ColumnMap
) -> dict[str, NDArray[np.int32]]:
    """Return the codes of the columns whose distinct texts are known, identities first."""
    known = {name: factorised(text[name]) for name in column_map.record_id}
    for field, columns in column_map.columns().items():
        is_as_given = field != "pay" or says_nothing_of_cells(columns[0])
        if len(columns) == 1 and field in fields and is_as_given:
            known[columns[0]] = fields[field].codes
    return known


def _is_repeated(
    column_map: ColumnMap, codes: dict[str, NDArray[np.int32]], kept: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Say for each kept row whether another kept row has the same record_id."""
    if not column_map.record_id:
        return np.zeros(len(kept), dtype=np.bool_)
    own = codes[column_map.record_id[0]][kept]
    return (np.bincount(own + 1)[own + 1] > 1) & (own >= 0)


def _salaries(
    identity: pd.Series,
    pay: PayColumns,
    answers: dict[str, Answers],
    weight: NDArray[np.float64],
    flags: NDArray[np.int64],
    kept: NDArray[np.intp],
) -> pd.DataFrame:
    """Put the kept rows together, in the columns of `schemas.pay.PayRecords`."""
    from analysis.schemas.pay import SALARY_COLUMNS  # pandera: a second, which a guess can spare

    periods = tuple(format_period(each) or None for each in Period)
    known: dict[str, Coded | NDArray[np.float64]] = {
        "annual_pay_usd": np.round((pay.low + pay.high) / 2, 2),
        "annual_pay_low_usd": pay.low,
        "annual_pay_high_usd": pay.high,
        "bonus_usd": pay.bonus,
        "pay_period": Coded(texts=periods, codes=pay.period.astype(np.int32)),
        "hours_per_week": pay.hours_per_week,
        "weight": weight,
        **{name: column for each in answers.values() for name, column in each.columns.items()},
    }
    columns: dict[str, pd.Series] = {
        "record_id": identity.reset_index(drop=True),
        "flags": flags_column(flags[kept]),
    }
    for name, kind in SALARY_COLUMNS.items():
        column = known.get(name)
        if isinstance(column, Coded):
            columns[name] = column.rows(kept)
        elif column is not None:
            columns[name] = pd.Series(column[kept])
        elif name not in columns:
            columns[name] = pd.Series(np.nan, index=range(len(kept)), dtype=kind)
    return pd.DataFrame({name: columns[name] for name in SALARY_COLUMNS}, copy=False)


def described_columns(
    text: pd.DataFrame, fields: dict[str, Distinct], column_map: ColumnMap
) -> pd.DataFrame:
    """Describe every column as it came: column, field, filled, distinct.

    `filled` counts rows; `distinct` counts texts and is missing where a column was not read.

    Examples
    --------
    >>> from analysis.cleaning.pay.distinct import distinct_values
    >>> text = pd.DataFrame({"Where": ["CA", "", "CA"]}, dtype="str")
    >>> fields = {"state": distinct_values(text["Where"])}
    >>> described_columns(text, fields, ColumnMap(state=("Where",))).to_numpy().tolist()
    [['Where', 'state', 2, 2]]
    """
    field_of = {
        column: field for field, columns in column_map.columns().items() for column in columns
    }
    known = {
        columns[0]: fields[field]
        for field, columns in column_map.columns().items()
        if len(columns) == 1 and field in fields
    }
    rows = [
        {
            "column": str(name),
            "field": field_of.get(str(name), ""),
            "filled": _filled(column, known.get(str(name))),
            "distinct": len(known[str(name)].spellings) if str(name) in known else None,
        }
        for name, column in text.items()
    ]
    table = pd.DataFrame(rows, columns=["column", "field", "filled", "distinct"])
    return table.astype({"column": "str", "field": "str", "filled": "int64", "distinct": "Int64"})


def _filled(column: pd.Series, known: Distinct | None) -> int:
    """Count the rows of a column that hold something."""
    if known is None:
        return int((column.notna() & column.ne("")).sum())
    is_text = np.array([text != "" for text in known.spellings], dtype=np.bool_)
    return int(known.counts()[is_text].sum())


def unread_texts(unread: dict[str, dict[str, int]]) -> pd.DataFrame:
    """List the texts that were not understood: field, found, rows; the most frequent first.

    Examples
    --------
    >>> unread_texts({"state": {"Mars": 2, "Venus": 3}}).to_numpy().tolist()
    [['state', 'Venus', 3], ['state', 'Mars', 2]]
    """
    rows = [
        (field, found, count) for field, texts in unread.items() for found, count in texts.items()
    ]
    table = pd.DataFrame(rows, columns=["field", "found", "rows"])
    table = table.astype({"field": "str", "found": "str", "rows": "int64"})
    return table.sort_values(
        ["field", "rows", "found"], ascending=[True, False, True], ignore_index=True
    )
