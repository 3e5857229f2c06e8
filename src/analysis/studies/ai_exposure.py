"""How exposed an occupation's tasks are to language models, as a panel of measures.

Exposure is not displacement: it says that a tool could halve the time a task takes, not that
anyone uses it, nor what happens to the job.
"""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from analysis.studies.areas import CODERS, find_occupation
from analysis.studies.lookup import Tables
from analysis.studies.part import Part

SOURCE = "Eloundou et al. (2024), GPTs are GPTs"
LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"people": ("human", "human_label"), "GPT-4": ("gpt4", "model_label")}
)
MEASURES: Mapping[str, tuple[str, float]] = MappingProxyType(  # weight of tasks labelled E2
    {
        "alpha": ("a language model alone halves the time", 0.0),
        "beta": ("that, and half of the tasks that need further software", 0.5),
        "gamma": ("that, and all tasks that need further software", 1.0),
    }
)


def exposure(tables: Tables, *, occupation: str = CODERS) -> Part:
    """Show every measure of exposure of an occupation, recomputed where its tasks are available.

    The measures disagree, and that is the finding. The table: measure ("alpha", "beta", "gamma"),
    meaning, rater ("people", "GPT-4"), exposed_task_share (published, 0 to 1),
    recomputed_task_share (from the labels of the tasks; missing where those are not available),
    tasks (how many).

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> panel = exposure(processed.Tables()).table
    >>> by_people = panel[panel["rater"].eq("people")]
    >>> by_people["recomputed_task_share"].round(4).tolist()
    [0.2353, 0.5588, 0.8824]
    """
    title = find_occupation(tables["wages"], occupation)
    evidence = tables["automation_evidence"]
    own = evidence[evidence["item"].str.startswith(f"{occupation}.00 ")]
    tasks = tables["task_exposure"]
    tasks = tasks[tasks["occupation_code"].str.startswith(occupation)]
    rows = [
        {
            "measure": measure,
            "meaning": meaning,
            "rater": rater,
            "exposed_task_share": float(published["value_low"].iloc[0]),
            "recomputed_task_share": exposed_share(tasks[label], measure),
            "tasks": int(published["records"].iloc[0]),
        }
        for rater, (prefix, label) in LABELS.items()
        for measure, (meaning, _) in MEASURES.items()
        if len(published := own[own["item"].str.endswith(f": {prefix}_rating_{measure}")])
    ]
    table = pd.DataFrame(rows)
    return Part(
        table=table.astype({"recomputed_task_share": "float64"}) if rows else table,
        note="Exposure is not displacement; the measures differ by the tools they allow for.",
        reason="" if rows else f"No measure of exposure is available for {title}.",
        source=SOURCE,
        columns={
            "meaning": "Counts a task where",
            "rater": "Labelled by",
            "exposed_task_share": "Share of tasks, published",
            "recomputed_task_share": "Share of tasks, recomputed",
            "tasks": "Tasks",
        },
    )


def exposed_share(labels: "pd.Series[str]", measure: str) -> float | None:
    """Work out the share of tasks exposed from their labels; None without tasks.

    Parameters
    ----------
    labels : Series of str
        "E0" (not exposed), "E1" (by a language model alone) or "E2" (with further software).
    measure : str
        "alpha", "beta" or "gamma".

    Examples
    --------
    >>> exposed_share(pd.Series(["E1", "E2", "E2", "E0"]), "beta")
    0.5
    """
    if labels.empty:
        return None
    return float(labels.eq("E1").mean() + MEASURES[measure][1] * labels.eq("E2").mean())
