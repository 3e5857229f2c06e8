"""`workforce productivity`."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.application import AsJson, app


@app.command(epilog="Example: workforce productivity log.csv")
def productivity(
    file: Annotated[Path, typer.Argument(help="CSV: coder, date, type, and records or minutes.")],
    as_json: AsJson = False,
) -> None:
    """Work out a department's own coding speed, with intervals, from a log of coded records."""
    from analysis.cleaning.coding_log import read_log
    from analysis.models.staffing.productivity import own_rates

    rates = own_rates(read_log(file))
    if as_json:
        typer.echo(rates.to_json(orient="records", indent=1))
        return
    typed = []
    for rate in rates.to_dict("records"):
        low, high, middle = (rate[name] for name in ("low", "high", "records_per_8_hours"))
        is_known = low > 0  # false where missing
        limits = f"90% interval {low:.1f} to {high:.1f}" if is_known else rate["note"]
        ends = f"{low:.1f}-{high:.1f}" if is_known else f"{middle:.1f}"
        typed.append(f"-p {rate['type']}_speed={ends}")
        typer.echo(
            f"{rate['type']}: {middle:.1f} records in 8 hours ({limits}); "
            f"{rate['records']:,.0f} records, coders: {rate['coders']}, days: {rate['days']}"
        )
    typer.echo(f"Next: workforce report staffing {' '.join(typed)}")
