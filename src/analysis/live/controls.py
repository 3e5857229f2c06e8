"""Controls for a notebook: choose a place, a credential, a scenario, and see the answers move."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets
import pandas as pd

from analysis import answers, figures
from analysis.figures.chart import Chart
from analysis.figures.reason import Reason
from analysis.pay_records import RecordFile
from analysis.studies import certification, outlook, roi, salary
from analysis.studies.areas import CODERS, NATION, find_area, state_codes

SCENARIOS = ("low", "baseline", "high")
DRAWS = 2_000  # enough for a look: the answer comes within a second


class Controls(widgets.VBox):  # type: ignore[misc]
    """Choices on top, answers below; it prints as a sentence, so that stored outputs stay short."""

    def __repr__(self) -> str:
        return "Controls: run this cell to choose a place, a credential and a scenario."


def controls(
    tables: Mapping[str, pd.DataFrame],
    records: RecordFile | None = None,
    *,
    area: str = NATION,
    credential: str = "CPC",
    scenario: str = "baseline",
) -> Controls:
    """Make controls that answer four questions as one chooses, each by one call of the package.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    records : RecordFile or None
        Own records of pay (`read_own_records`); they add what they say of the certified.
    area, credential, scenario : str
        What is chosen at first: "US" or a postal code; "CPC", ...; "low", "baseline" or "high".

    Raises
    ------
    WrongInput
        Area unknown.
    """
    wages = tables["wages"]
    places = [(find_area(wages, code).name, code) for code in (NATION, *state_codes(wages, CODERS))]
    named = tables["guide_salary_by_credential"]["credential"].unique()
    choices = {
        "area": _dropdown("Place", places, find_area(wages, area).code),
        "credential": _dropdown("Credential", [(name, name) for name in named], credential),
        "scenario": _dropdown("Scenario", [(name, name) for name in SCENARIOS], scenario),
    }
    sections = [
        _section("What does the job pay?", pay, tables, choices, "area"),
        _section("Does it pay for me?", worth, tables, choices, "credential", "area"),
        _section("How many jobs?", jobs, tables, choices, "area", "scenario"),
    ]
    if records is not None:

        def own(tables: Mapping[str, pd.DataFrame], *, area: str, credential: str) -> str:
            return own_premium(tables, records, area=area, credential=credential)

        name = f"What does {records.name} say?"
        sections.append(_section(name, own, tables, choices, "credential", "area"))
    return Controls([widgets.HBox(list(choices.values())), *sections])


def pay(tables: Mapping[str, pd.DataFrame], *, area: str) -> str:
    """Answer what the job pays in an area, as HTML."""
    study = salary.Salary(tables, area=area)
    return _html(answers.salary(study), figures.wage_distribution(study.pay))


def worth(tables: Mapping[str, pd.DataFrame], *, credential: str, area: str) -> str:
    """Answer what a credential returns there, as HTML."""
    study = roi.study(tables, credential=credential, area=area, draws=DRAWS)
    return _html(answers.roi(study), figures.cash_flow(study))


def jobs(tables: Mapping[str, pd.DataFrame], *, area: str, scenario: Any) -> str:
    """Answer how many jobs and openings there are and will be, as HTML."""
    study = outlook.Outlook(tables, area=area, scenario=scenario)
    return _html(answers.outlook(study), figures.fan(study.fan, study.history))


def own_premium(
    tables: Mapping[str, pd.DataFrame], records: RecordFile, *, area: str, credential: str
) -> str:
    """Answer what own records say of the holders of a credential, as HTML."""
    study = certification.study(tables, records, credential=credential, area=area, draws=DRAWS)
    return _html(answers.certification(study), figures.record_premiums(study))


def _dropdown(label: str, options: list[tuple[str, str]], value: str) -> Any:
    """Make one labelled choice."""
    return widgets.Dropdown(description=label, options=options, value=value)


def _section(
    title: str,
    answer: Callable[..., str],
    tables: Mapping[str, pd.DataFrame],
    choices: Mapping[str, Any],
    *names: str,
) -> Any:
    """Make a section that answers anew when one of the choices it depends on changes."""
    shown = widgets.HTML()

    def update(_: object = None) -> None:
        chosen = {name: choices[name].value for name in names}
        shown.value = f"<h3>{escape(title)}</h3>{answer(tables, **chosen)}"

    for name in names:
        choices[name].observe(update, names="value")
    update()
    return shown


def _html(answer: answers.Answer, figure: Chart | Reason | str | None) -> str:
    """Set an answer over its figure."""
    if not isinstance(figure, Chart):
        return f"<p>{escape(str(answer))}</p><p>{escape(str(figure or ''))}</p>"
    return (
        f'<p>{escape(str(answer))}</p><div role="img" aria-label="{escape(figure.alt)}">'
        f"{figure.svg}</div>"
    )
