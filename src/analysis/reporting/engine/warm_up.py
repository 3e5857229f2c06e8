"""Do once, before the fork, what the first report would otherwise do in each process anew.

Nothing here may leave a mark that a notebook could see: no pyplot figure, no setting. And
nothing here may take longer than it saves: no report starts before the last step is taken.
"""

import io

import numpy as np
import pandas as pd
import seaborn as sns
import statsmodels.formula.api as smf
from IPython.core.formatters import DisplayFormatter
from matplotlib.figure import Figure

from analysis.reporting.engine.shell_kernel import ShellKernel


def everything() -> None:
    """Make a kernel, fit, draw and show a little, so that all that loads late is loaded."""
    ShellKernel.instance()
    frame = pd.DataFrame(
        {"x": np.arange(9.0), "y": np.arange(9.0) ** 2, "group": ["a", "b", "c"] * 3}
    )
    smf.ols("y ~ x", frame).fit().summary().as_html()
    figure = Figure(figsize=(2, 2))
    axes = figure.subplots()
    sns.scatterplot(frame, x="x", y="y", hue="group", ax=axes)
    sns.barplot(frame, x="group", y="y", errorbar=None, ax=axes)
    for form in ("svg", "png"):
        figure.savefig(io.BytesIO(), format=form, dpi=40)
    DisplayFormatter().format(frame.describe())  # type: ignore[no-untyped-call]
