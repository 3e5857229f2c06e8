"""Jobs of JupyterLab's scheduler: parameters as people type them, checked before anything runs.

The scheduler writes what is typed into its form into the notebook as code: `CA` becomes a name
that nothing defines. With

    jupyter lab --Scheduler.execution_manager_class=analysis.reporting.scheduler_jobs.CheckedJobs

`CA` and `"CA"` mean the same, and what is wrong is the message of the failed job.
"""

import ast
from collections.abc import Mapping
from pathlib import Path

from jupyter_scheduler.executors import DefaultExecutionManager

from analysis.reporting.parameters import NOTEBOOKS, model_of


class CheckedJobs(DefaultExecutionManager):  # type: ignore[misc]
    """Run a notebook as the scheduler does, once its parameters are found to be right."""

    def execute(self) -> None:
        """Check the parameters of a notebook of this project, and run it.

        Raises
        ------
        WrongInput
            A parameter is wrong; the scheduler shows the message with the failed job.
        """
        notebook = Path(self.staging_paths["input"]).stem
        if notebook in NOTEBOOKS:
            checked = as_code(notebook, self.model.parameters or {})
            self._model = self.model.copy(update={"parameters": checked})
        super().execute()


def as_code(notebook: str, typed: Mapping[str, str]) -> dict[str, str]:
    """Turn what was typed into the form into the code that the notebook is to run.

    Raises
    ------
    WrongInput
        A parameter is unknown or its value is not allowed.

    Examples
    --------
    >>> as_code("roi", {"area": "ca", "credential": '"CIC"', "discount_rate": "0.05"})
    {'area': "'CA'", 'credential': "'CIC'", 'discount_rate': '0.05'}
    """
    checked = model_of(notebook).check(**{name: meant(text) for name, text in typed.items()})
    return {name: repr(getattr(checked, name)) for name in typed}


def meant(text: str) -> str | None:
    """Return what is meant by a word with or without quotes; None for `None`."""
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError):
        return text.strip()
    return value if value is None or isinstance(value, str) else text.strip()
