"""Do once, before the fork, what the project's own reports would do in each process anew."""

import importlib
import pkgutil
from contextlib import suppress

import nbformat

from analysis.reporting.page import Provenance, render_page

USED_BY_NOTEBOOKS = ("answers", "figures", "models", "tables")
ALSO_USED = ("processed", "reporting.inputs", "reporting.metrics", "reporting.parameters")


def everything() -> None:
    """Import what notebooks import, and render a page, so that its templates are compiled."""
    import_package()
    v4 = nbformat.v4
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


def import_package() -> None:
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
