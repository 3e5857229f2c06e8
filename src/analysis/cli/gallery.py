"""`workforce gallery`."""

from pathlib import Path
from typing import Annotated

import typer

from analysis import sources
from analysis.cli.application import app, shown
from analysis.errors import WrongInput
from analysis.files import replacing

BUILT = sources.ROOT / "reports" / "notebooks"
PAGE = sources.ROOT / "reports" / "gallery.html"


@app.command(epilog="Example: workforce gallery --out figures.html")
def gallery(
    out: Annotated[Path, typer.Option(help="Where the page goes.")] = PAGE,
) -> None:
    """Put every figure of the national reports, as last built, on one page."""
    from analysis.reporting.gallery import gallery as rendered

    built = [BUILT / path.name for path in sorted(sources.NOTEBOOKS.glob("*.ipynb"))]
    found = [path for path in built if path.exists()]
    if not found:
        raise WrongInput(f"No report has been built in {shown(BUILT)}; run make reports first.")
    html = rendered(found)
    with replacing(out) as file:
        file.write(html.encode())
    typer.echo(shown(out))
