"""What the warm process does once, before it forks, that every report would do anew.

Nothing here may leave a mark that a notebook could see, and nothing may take longer than it
saves: no report starts before the last step is taken.
"""

import importlib
import io
import pkgutil
from contextlib import suppress

HERE = "analysis.reporting.engine.warm"
STEPS = (
    "analysis.lazy:spare",
    "IPython.core.completer",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.pylabtools",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "pandas",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pyarrow.parquet",
    "seaborn",
    "statsmodels.api",
    "statsmodels.formula.api",
    "papermill.execute",
    "analysis.reporting.engine.notebook",
    "analysis.reporting.engine.papermill_engine",
    "analysis.reporting.engine.shell",
    f"{HERE}:load_libraries",
)
REPORT_STEPS = (*STEPS, "analysis.reporting.build", f"{HERE}:load_reports")
ONE_REPORT_STEPS = (  # what any report needs: more would be loaded for nothing
    "analysis.lazy:spare",
    "papermill.execute",
    "analysis.reporting.engine.notebook",
    "analysis.reporting.engine.shell",
    "matplotlib.pyplot",
    "seaborn",
    "pandas",
    "analysis.reporting.parameters",
    "analysis.reporting.build",
    "analysis.reporting.inputs",
    "analysis.reporting.page",
    "nbconvert.exporters",
)
USED_BY_NOTEBOOKS = ("answers", "figures", "models", "studies", "tabular")
ALSO_USED = ("processed", "reporting.inputs", "reporting.metrics", "reporting.parameters")


def load_libraries() -> None:
    """Make a kernel, fit, draw and show a little, so that all that loads late is loaded."""
    import numpy as np
    import pandas as pd
    import seaborn as sns
    import statsmodels.formula.api as smf
    from IPython.core.formatters import DisplayFormatter
    from matplotlib.figure import Figure

    from analysis.reporting.engine.shell import ShellKernel

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


def load_reports() -> None:
    """Import what notebooks import, and render a page, so that its templates are compiled."""
    from nbformat import v4

    from analysis.reporting.page import Provenance, render_page

    load_package()
    cells = [
        v4.new_markdown_cell("# What is asked?\n\nA lead, at *length*."),  # type: ignore[no-untyped-call]
        v4.new_code_cell("answer = 42"),  # type: ignore[no-untyped-call]
    ]
    render_page(
        v4.new_notebook(cells=cells),  # type: ignore[no-untyped-call]
        title="",
        subtitle="",
        provenance=Provenance(
            datasets=(), parameters={}, code_version="", run_id="", built_at="", command=""
        ),
    )


def load_package() -> None:
    """Import all of `analysis` that notebooks use; others would only cost time.

    A module that cannot be imported is left to the notebook that needs it, which says why.
    """
    for name in ALSO_USED:
        with suppress(Exception):
            importlib.import_module(f"analysis.{name}")
    for name in USED_BY_NOTEBOOKS:
        with suppress(Exception):
            package = importlib.import_module(f"analysis.{name}")
            for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", str):
                with suppress(Exception):
                    importlib.import_module(module.name)
