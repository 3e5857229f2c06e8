"""`workforce status`."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from analysis import processed
from analysis.cli.application import AsJson, Out, app, shown

if TYPE_CHECKING:
    from analysis.reporting.staleness import Status

MOST_NAMES = 5


@app.command(epilog="Example: workforce status")
def status(out: Out = None, as_json: AsJson = False) -> None:
    """Print whether each report is current and, if not, why."""
    from analysis.reporting.keys import here
    from analysis.reporting.plan import take_stock

    found = take_stock(here(out)).statuses
    if as_json:
        typer.echo(json.dumps([_plain(known) for known in found], indent=1, ensure_ascii=False))
        return
    counts = Counter(known.state for known in found)
    typer.echo(", ".join(f"{number} {state}" for state, number in counts.most_common()))
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for known in found:
        if known.state != "current":
            together.setdefault((known.state, known.why), []).append(known.name)
    for (state, why), names in together.items():
        typer.echo(f"{state:8} {_listed(names)}: {'; '.join(why)}")
    typer.echo(f"Wages: {_wages()}")


def _wages() -> str:
    """Name the edition of the wages that reports take by default."""
    release = processed.newest()
    if release is None:
        return f"May {processed.bundled_year()}, as bundled"
    return f"May {release.year}, ingested ({shown(release.path)})"


def _listed(names: Sequence[str]) -> str:
    """Name the first few reports, and count the rest."""
    rest = len(names) - MOST_NAMES
    named = ", ".join(names[:MOST_NAMES])
    return f"{named} and {rest} more" if rest > 0 else named


def _plain(known: "Status") -> dict[str, object]:
    """Turn a status into plain values."""
    return {
        "name": known.name,
        "group": known.report.group,
        "state": known.state,
        "why": list(known.why),
        "path": known.path,
    }
