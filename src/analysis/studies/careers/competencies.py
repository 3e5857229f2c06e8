"""What employers ask for, as a checklist, and how exposed each task is to language models."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.studies.areas import CODERS, find_occupation
from analysis.studies.careers.career_ladder import CODERS_ALONE
from analysis.studies.outlook.ai_exposure import SOURCE as EXPOSURE_SOURCE
from analysis.studies.part import Part

MEANING: Mapping[str, str] = MappingProxyType(
    {
        "E0": "not exposed",
        "E1": "a language model alone could halve the time",
        "E2": "with further software it could",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Part):
    """Competencies the guide names.

    Parameters
    ----------
    table : DataFrame
        competency, kind, detail (missing where the guide gives none).
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"competency": "Competency", "kind": "Asked for as", "detail": "That is"}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedTasks(Part):
    """The tasks of the occupation by their exposure.

    Parameters
    ----------
    table : DataFrame
        task, by_people, by_model (the labels in words); the most exposed first.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"task": "Task", "by_people": "By people's judgement", "by_model": "By GPT-4's"}
    )


def checklist(tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS) -> Checklist:
    """List the competencies the guide names for coders and billers.

    Examples
    --------
    >>> from analysis import processed
    >>> len(checklist(processed.Tables()).table)
    20
    """
    find_occupation(tables["wages"], occupation)
    if occupation != CODERS:
        return Checklist(table=pd.DataFrame(), reason=CODERS_ALONE)
    return Checklist(
        table=tables["guide_competencies"][["competency", "kind", "detail"]],
        note="The guide's list; no posting or employer survey in hand tests it.",
        source="career guide",
    )


def exposed_tasks(tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS) -> ExposedTasks:
    """List the tasks of an occupation, the most exposed to language models first.

    Examples
    --------
    >>> from analysis import processed
    >>> tasks = exposed_tasks(processed.Tables()).table
    >>> len(tasks), tasks["by_people"].iloc[-1]
    (17, 'not exposed')
    """
    title = find_occupation(tables["wages"], occupation)
    tasks = tables["task_exposure"]
    tasks = tasks[tasks["occupation_code"].str.startswith(occupation)]
    if tasks.empty:
        return ExposedTasks(
            table=pd.DataFrame(), reason=f"The tasks of {title.lower()} are not in hand."
        )
    weight = {"E0": 0.0, "E1": 1.0, "E2": 0.5}
    ordered = tasks.assign(
        order=tasks["human_label"].map(weight),
        other=tasks["model_label"].map(weight),
        by_people=tasks["human_label"].map(dict(MEANING)),
        by_model=tasks["model_label"].map(dict(MEANING)),
    ).sort_values(["order", "other", "task"], ascending=[False, False, True])
    return ExposedTasks(
        table=ordered[["task", "by_people", "by_model"]].reset_index(drop=True),
        note="Exposure is not displacement: it says that time could be saved, not that jobs go.",
        source=EXPOSURE_SOURCE,
    )
