"""`workforce gallery`."""

from pathlib import Path
from typing import Annotated

import typer

from analysis import sources
from analysis.cli.application import app, shown
from analysis.files import replacing

PAGE = sources.ROOT / "reports" / "gallery.html"


@app.command(epilog="Example: workforce gallery --out figures.html")
def gallery(
    out: Annotated[Path, typer.Option(help="Where the page goes.")] = PAGE,
) -> None:
    """Put every figure of the stored notebooks on one page."""
    from analysis.reporting.gallery import gallery as rendered

    html = rendered(sorted(sources.NOTEBOOKS.glob("*.ipynb")))
    with replacing(out) as file:
        file.write(html.encode())
    typer.echo(shown(out))
