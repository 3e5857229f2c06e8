"""The ways to a credential that are compared, and how long each takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

import pandas as pd

from analysis.errors import WrongInput
from analysis.studies.lookup import row_of
from analysis.studies.roi.return_inputs import ReturnInput, input_range


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """One way to a credential.

    Parameters
    ----------
    name : str
        As the parameter has it.
    label : str
        As a reader has it.
    guide_path : str
        The row of `guide_education_paths` with its months; empty where there is no training.
    education : str
        The level of `education_earnings` whose unemployment rate a holder is given.
    foregone_pct : tuple of float
        Percent of earnings given up while in training: low, likely, high. A stated choice.
    """

    name: str
    label: str
    guide_path: str
    education: str
    foregone_pct: tuple[float, float, float]


SOME_COLLEGE = "Some college, no degree"
PATHWAYS: Mapping[str, Pathway] = MappingProxyType(
    {
        path.name: path
        for path in (
            Pathway(
                name="certificate",
                label="Certificate programme",
                guide_path="certificate program",
                education=SOME_COLLEGE,
                foregone_pct=(0.0, 50.0, 100.0),
            ),
            Pathway(
                name="associate",
                label="Associate degree",
                guide_path="associate degree",
                education="Associate's degree",
                foregone_pct=(0.0, 50.0, 100.0),
            ),
            Pathway(
                name="self_study",
                label="Self-study",
                guide_path="online self-study",
                education=SOME_COLLEGE,
                foregone_pct=(0.0, 0.0, 25.0),
            ),
            Pathway(
                name="certification_only",
                label="Exam only, for somebody who already works",
                guide_path="",
                education=SOME_COLLEGE,
                foregone_pct=(0.0, 0.0, 0.0),
            ),
        )
    }
)


def find_pathway(name: str) -> Pathway:
    """Return the pathway called `name`.

    Raises
    ------
    WrongInput
        There is none; the message lists them and the nearest match.

    Examples
    --------
    >>> find_pathway("associate").label
    'Associate degree'
    """
    if name not in PATHWAYS:
        raise WrongInput(
            f"pathway must be one of {', '.join(PATHWAYS)}; found {name!r}."
            f"{nearest(str(name), list(PATHWAYS))}"
        )
    return PATHWAYS[name]


def nearest(found: str, known: list[str]) -> str:
    """Suggest the name that resembles what was found; empty where none does."""
    by_folded = {name.casefold(): name for name in known}
    matches = get_close_matches(found.casefold(), by_folded, n=1, cutoff=0.4)
    return f" Did you mean {by_folded[matches[0]]}?" if matches else ""


def duration_inputs(
    education_paths: pd.DataFrame, timeline: pd.DataFrame, *, pathway: Pathway, is_entrant: bool
) -> tuple[ReturnInput, ...]:
    """Return how long training, exam preparation, a retake and the job search take, in months.

    Training and preparation are the guide's. The search is what its "start to first job" leaves
    after "training plus certification"; somebody in the occupation has none.

    Parameters
    ----------
    education_paths, timeline : DataFrame
        The processed tables `guide_education_paths` and `guide_timeline`.
    pathway : Pathway
        Which way.
    is_entrant : bool
        False for somebody who codes already.
    """
    preparation = _range(row_of(timeline, "stage", "exam preparation"))
    trained = _range(row_of(timeline, "stage", "training plus certification"))
    hired = _range(row_of(timeline, "stage", "start to first job"))
    search = (hired[0] - trained[0], hired[1] - trained[1]) if is_entrant else (0.0, 0.0)
    training = (0.0, 0.0)
    if pathway.guide_path:
        training = _range(row_of(education_paths, "path", pathway.guide_path))
    return (
        _months("training_months", "Training", *training),
        _months("exam_preparation_months", "Exam preparation", *preparation),
        input_range(
            "retake_wait_months",
            "Wait before a retake",
            value=2.0,
            low=1.0,
            high=3.0,
            unit="months",
            source="From AHIMA's 30-day wait to the guide's exam preparation",
        ),
        _months("job_search_months", "Search for the first job", *search),
    )


def _range(row: pd.Series) -> tuple[float, float]:
    """Return the months of a row of the guide."""
    return float(row["months_low"]), float(row["months_high"])


def _months(name: str, label: str, low: float, high: float) -> ReturnInput:
    """Make a duration of the guide; the middle of its range is the value."""
    return input_range(
        name,
        label,
        value=(low + high) / 2,
        low=low if low < high else None,
        high=high if low < high else None,
        unit="months",
        source="Career guide 2026",
        kind="guide",
        verification="guide",
    )
