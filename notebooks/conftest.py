"""What nbval need not compare: figures, which the stored notebooks leave out."""

import pytest

FIGURE = "image/svg+xml"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Compare every output of a cell but its drawing; the drawing's words are compared."""
    for notebook in {item.parent for item in items if hasattr(item.parent, "skip_compare")}:
        notebook.skip_compare = (*notebook.skip_compare, FIGURE)
