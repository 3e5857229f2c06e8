"""The list of all reports: what each found, how fresh it is, and what failed."""

from collections.abc import Sequence

from analysis.reporting import layout
from analysis.reporting.index_entry import IndexEntry, RunLine
from analysis.reporting.index_groups import groups
from analysis.reporting.state_tiles import places, state_map

__all__ = ["IndexEntry", "RunLine", "render_index"]

MOST_TROUBLES, MOST_CHANGES = 12, 8  # told on top; the list below and the page of changes have all
MOST_WORDS = 600  # characters of an error


def render_index(
    entries: Sequence[IndexEntry],
    *,
    built_at: str,
    runs: Sequence[RunLine] = (),
    changes_href: str = "",
    programs_href: str = "",
) -> str:
    """Render the list of reports as one self-contained HTML file.

    Parameters
    ----------
    entries : sequence of IndexEntry
        In the order of the catalogue, which the page keeps.
    built_at : str
        When, as it is to be read.
    runs : sequence of RunLine
        The latest runs, newest first.
    changes_href : str
        Where the page of all changes lies, seen from the index; "" for none.
    programs_href : str
        Where the finder of programs lies; "" for none.

    Examples
    --------
    >>> "No reports yet" in render_index([], built_at="3 November 2026")
    True
    """
    troubled = [entry for entry in entries if entry.error]
    moved = [(entry, change) for entry in entries for change in entry.changes if change.is_moved]
    listed = groups(entries)
    return layout.render(
        "index.html.j2",
        {
            "groups": listed,
            "maps": tuple(filter(None, (state_map(group, places()) for group in listed))),
            "total": len(entries),
            "tally": {
                status: sum(entry.status == status for entry in entries)
                for status in ("current", "stale", "failed")
            },
            "troubled": troubled[:MOST_TROUBLES],
            "trouble_total": len(troubled),
            "most_words": MOST_WORDS,
            "moved": moved[:MOST_CHANGES],
            "moved_total": len(moved),
            "changes_href": changes_href,
            "programs_href": programs_href,
            "areas": list(dict.fromkeys(entry.area for entry in entries)),
            "built_at": built_at,
            "runs": runs,
        },
    )
