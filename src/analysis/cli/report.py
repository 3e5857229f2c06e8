"""`workforce report`."""

from typing import Annotated

import typer

from analysis.cli.application import AsJson, app
from analysis.cli.building import carry_out
from analysis.errors import WrongInput


@app.command(epilog="Example: workforce report roi -p credential=CIC -p area=TX")
def report(
    name: Annotated[str, typer.Argument(help="outlook, roi, evidence, ...")],
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", help="name=value; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build one report."""
    from analysis.reporting.catalogue import report_of
    from analysis.reporting.freshness.key import here
    from analysis.reporting.freshness.listing import listed_of
    from analysis.reporting.freshness.plan import ask, take_stock
    from analysis.reporting.parameters import model_of
    from analysis.reporting.publishing.lock import only_run

    given = _parsed(parameter or [])
    wanted = report_of(model_of(name).check(**given))
    place = here()
    with only_run(place.reports):
        stock = take_stock(place, [listed_of(wanted)])
        plan = ask(stock, only=[wanted.name], force=True)
        carry_out(
            plan, as_json=as_json, asked={"report": name, "parameters": wanted.parameters.changed()}
        )


def _parsed(parameters: list[str]) -> dict[str, str]:
    """Split name=value pairs."""
    pairs = [parameter.partition("=") for parameter in parameters]
    if bad := [name for name, sign, _ in pairs if not sign or not name]:
        raise WrongInput(f"-p must be name=value, as in -p area=CA; found {bad[0]!r}.")
    names = [name for name, _, _ in pairs]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise WrongInput(f"-p {repeated[0]} was given more than once; give it once.")
    return {name: value for name, _, value in pairs}
