"""Draw the pictures of the README from the data, as the reports draw them.

Run it as:

    python scripts/make_pictures.py
"""

from analysis import figures, processed, sources
from analysis.models import outlook

FOLDER = sources.ROOT / "docs" / "pictures"


def main() -> None:
    """Write each picture as SVG."""
    tables = processed.Tables()
    chart = figures.state_map(outlook.states(tables), tables["states"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "state_map.svg").write_text(chart.svg + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
