"""How exposed an occupation's tasks are to language models, as a panel of measures.

Exposure is not displacement: it says that a tool could halve the time a task takes, not that
anyone uses it, nor what happens to the job.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analysis.studies.areas import CODERS, find_occupation
from analysis.studies.part import Part

SOURCE = "Eloundou et al. (2024), GPTs are GPTs"
RATERS: Mapping[str, str] = MappingProxyType({"people": "human", "GPT-4": "gpt4"})
LABELS: Mapping[str, str] = MappingProxyType({"people": "human_label", "GPT-4": "model_label"})
MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "alpha": "a language model alone halves the time (E1)",
        "beta": "as alpha, and half of the tasks that need further software (E1 + E2 / 2)",
        "gamma": "as alpha, and all tasks that need further software (E1 + E2)",
    }
)
WEIGHT_OF_E2: Mapping[str, float] = MappingProxyType({"alpha": 0.0, "beta": 0.5, "gamma": 1.0})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure(Part):
    """Measures of exposure side by side; they disagree, and that is the finding.

    Parameters
    ----------
    table : DataFrame
        measure ("alpha", "beta", "gamma"), meaning, rater ("people", "GPT-4"), exposed_task_share
        (published, 0 to 1), recomputed_task_share (from the labels of the tasks; missing where
        those are not in hand), tasks (how many).
    """

    def share(self, measure: str, rater: str = "people") -> float | None:
        """Return one published share; None where not in hand."""
        if self.is_missing:
            return None
        rows = self.table[self.table["measure"].eq(measure) & self.table["rater"].eq(rater)]
        return None if rows.empty else float(rows["exposed_task_share"].iloc[0])


def exposure(tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS) -> Exposure:
    """Show every measure of exposure in hand of an occupation, recomputed where tasks are.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    occupation : str
        SOC code.

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
            "recomputed_task_share": exposed_share(tasks[LABELS[rater]], measure),
            "tasks": int(published["records"].iloc[0]),
        }
        for rater, prefix in RATERS.items()
        for measure, meaning in MEASURES.items()
        if len(published := own[own["item"].str.endswith(f": {prefix}_rating_{measure}")])
    ]
    return Exposure(
        table=pd.DataFrame(rows).astype({"recomputed_task_share": "float64"})
        if rows
        else pd.DataFrame(),
        note="Exposure is not displacement; the measures differ by the tools they allow for.",
        reason="" if rows else f"No measure of exposure is in hand for {title}.",
        source=SOURCE,
        columns={
            "measure": "Measure",
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
    return float(labels.eq("E1").mean() + WEIGHT_OF_E2[measure] * labels.eq("E2").mean())
