"""A form that a page's own script answers, and what stands in its place without a script."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from analysis.wording import untypeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One number that a reader can type.

    Parameters
    ----------
    name : str
        Identifier with the unit: "tuition_usd".
    label, unit : str
        What people read.
    low, high, step : float
        Limits of what can be asked, and the distance of the arrows' stops.
    value : float
        What the field starts at.
    slider : tuple of float or None
        Limits of the slider beside the field, where they are narrower than the field's.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    step: float
    value: float
    slider: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several, picked from a list; the script is given its place, from 0.

    Parameters
    ----------
    name, label : str
        Identifier, and what people read.
    options : tuple of str
        What can be picked; the first is to begin with.
    """

    name: str
    label: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A form, the facts its script computes from, and the table that says as much without it.

    Parameters
    ----------
    kind : str
        Which script answers: "offer" or "what-if".
    legend : str
        What the form asks.
    fields : tuple of Field
        In the order they are asked.
    facts : mapping
        All the script needs; numbers unrounded, so that it can agree with the model.
    table : DataFrame
        What a reader without scripts gets, with columns named for readers.
    caption : str
        Of the table.
    instead : str
        What to read where no script runs: in a notebook, or in a browser that forbids them.
    note : str
        What the answer leaves out.
    choice : Choice or None
        What is picked before the fields.
    """

    kind: str
    legend: str
    fields: tuple[Field, ...]
    facts: Mapping[str, Any]
    table: pd.DataFrame
    caption: str
    instead: str
    note: str
    choice: Choice | None = None

    def __repr__(self) -> str:
        return f"{self.legend} (a form, answered on the page of the report)"

    @untypeset
    def _repr_html_(self) -> str:
        return "\n".join(
            [
                f'<div class="live" data-live="{self.kind}">',
                f"<form hidden><fieldset><legend>{escape(self.legend)}</legend>",
                '<div class="fields">',
                *([] if self.choice is None else [_choice(self.kind, self.choice)]),
                *[_field(self.kind, field) for field in self.fields],
                "</div></fieldset></form>",
                '<div class="answer-box" hidden></div>',
                '<p class="unseen" role="status"></p>',
                f'<p class="instead">{escape(self.instead)}</p>',
                f"<p><small>{escape(self.note)}</small></p>",
                _table(self.table, self.caption),
                f'<script type="application/json">{_json(self.facts)}</script>',
                "</div>",
            ]
        )


def _choice(kind: str, choice: Choice) -> str:
    """Write a list to pick from, with its label."""
    name = f"{kind}-{choice.name}"
    options = "".join(
        f'<option value="{number}">{escape(text)}</option>'
        for number, text in enumerate(choice.options)
    )
    return (
        f'<p><label for="{name}">{escape(choice.label)}</label>'
        f'<select id="{name}" name="{choice.name}">{options}</select></p>'
    )


def _field(kind: str, field: Field) -> str:
    """Write a number field with its label and unit, and a slider that goes with it."""
    name = f"{kind}-{field.name}"
    return (
        f'<p><label for="{name}">{escape(field.label)}</label>'
        f'<span><input id="{name}" name="{field.name}" type="number" inputmode="decimal" '
        f'{_limits(field, field.low, field.high)} aria-describedby="{name}-unit">'
        f'<span id="{name}-unit">{escape(field.unit)}</span></span>'
        '<input type="range" tabindex="-1" aria-hidden="true" '
        f"{_limits(field, *(field.slider or (field.low, field.high)))}></p>"
    )


def _limits(field: Field, low: float, high: float) -> str:
    """Write what a field or its slider may be set to, and is."""
    value = _plain(field.value, field.step)
    return f'min="{low:.10g}" max="{high:.10g}" step="{field.step:g}" value="{value}"'


def _plain(value: float, step: float) -> str:
    """Write a number as a field shows it: to the place of its step."""
    return f"{round(value / step) * step:.10g}"


def _table(table: pd.DataFrame, caption: str) -> str:
    """Write the table, its first column as row headers; the script folds it away."""
    head = "".join(f'<th scope="col">{escape(str(name))}</th>' for name in table.columns)
    rows = "".join(_row(list(map(str, row))) for row in table.itertuples(index=False))
    return (
        f"<details open><summary>{escape(caption)}</summary>"
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></details>"
    )


def _row(cells: Sequence[str]) -> str:
    """Write one row."""
    first, *rest = map(escape, cells)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{x}</td>" for x in rest) + "</tr>"


def _json(facts: Mapping[str, Any]) -> str:
    """Write facts as JSON that can stand within a script element."""
    return json.dumps(facts, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
