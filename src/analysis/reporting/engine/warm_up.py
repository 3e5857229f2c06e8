"""Do once, before the fork, what the first report would otherwise do in each process anew.

Nothing here may leave a mark that a notebook could see: no pyplot figure, no setting.
"""

import importlib
import io
import pkgutil
from contextlib import suppress

import nbformat
import numpy as np
import pandas as pd
import seaborn as sns
import statsmodels.formula.api as smf
from IPython.core.formatters import DisplayFormatter
from matplotlib.figure import Figure

import analysis
from analysis.reporting.engine.shell_kernel import ShellKernel

# what notebooks do not use: pandera alone takes a second
NOT_IMPORTED = ("analysis.cli", "analysis.cleaning", "analysis.schemas", "analysis.reporting")


def everything() -> None:
    """Make a kernel, fit, draw and show a little, so that all that loads late is loaded."""
    import_package()
    ShellKernel.instance()
    frame = pd.DataFrame(
        {"x": np.arange(12.0), "y": np.arange(12.0) ** 2, "group": ["a", "b", "c"] * 4}
    )
    smf.ols("y ~ x + C(group)", frame).fit().summary().as_html()
    frame.groupby("group", as_index=False)["y"].agg(["mean", "std"]).to_html()
    figure = Figure(figsize=(4, 3), layout="constrained")
    axes = figure.subplots(2, 2)
    sns.scatterplot(frame, x="x", y="y", hue="group", ax=axes[0, 0])
    sns.barplot(frame, x="group", y="y", errorbar=None, ax=axes[0, 1])
    sns.regplot(frame, x="x", y="y", ax=axes[1, 0])
    sns.histplot(frame, x="y", kde=True, ax=axes[1, 1])
    for form in ("svg", "png"):
        figure.savefig(io.BytesIO(), format=form)
    DisplayFormatter().format(frame)  # type: ignore[no-untyped-call]
    empty = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    nbformat.validate(empty)


def import_package() -> None:
    """Import all of `analysis` that notebooks use.

    A module that cannot be imported is left to the notebook that needs it, which says why.
    """
    for module in pkgutil.walk_packages(analysis.__path__, "analysis.", onerror=str):
        if not module.name.startswith(NOT_IMPORTED):
            with suppress(Exception):
                importlib.import_module(module.name)
