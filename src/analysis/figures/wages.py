"""The wage distribution as a curve: what share of workers earns how much."""

from analysis import wording
from analysis.figures.chart import BLUE, INK, ORANGE, Chart, canvas, finished, label_end
from analysis.figures.reason import Reason
from analysis.studies.salary.area_pay import AreaPay

THOUSAND = 1_000
RIGHT_HALF = 55  # percent: beyond it a label has more room on the left


def wage_distribution(pay: AreaPay, *, offer_usd: float | None = None) -> Chart | str:
    """Draw wages by percentile with their error band, the published points, and an offer.

    Parameters
    ----------
    pay : AreaPay
        What to draw.
    offer_usd : float or None
        An offer to place on the curve.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.salary.area_pay import area_pay
    >>> wage_distribution(area_pay(processed.read("wages"))).alt.partition(". ")[0]
    'Half of the workers earn $43,490 to $64,820, United States, May 2025'
    """
    if pay.is_missing or pay.distribution is None:
        return Reason(pay.reason)
    curve = pay.table
    known = curve.dropna(subset=["wage_usd"])
    official = known[known["kind"].eq("official")]
    with canvas(height=3.9) as (figure, axes):
        axes.fill_between(
            known["percentile"],
            known["low_usd"] / THOUSAND,
            known["high_usd"] / THOUSAND,
            color=BLUE,
            alpha=0.18,
            linewidth=0,
        )
        axes.plot(known["percentile"], known["wage_usd"] / THOUSAND, color=BLUE)
        axes.scatter(official["percentile"], official["wage_usd"] / THOUSAND, color=BLUE, zorder=3)
        for point in official.to_dict("records"):
            label_end(
                axes,
                point["percentile"],
                point["wage_usd"] / THOUSAND,
                wording.usd(point["wage_usd"]),
                INK,
                offset=(-6, 9),
                ha="right",
                fontsize=8.5,
            )
        if offer_usd is not None:
            offer_percent = 100 * float(pay.distribution.percentile_of(offer_usd))
            axes.scatter([offer_percent], [offer_usd / THOUSAND], color=ORANGE, s=60, zorder=4)
            label_end(
                axes,
                offer_percent,
                offer_usd / THOUSAND,
                f"you are here: {wording.usd(offer_usd)}",
                ORANGE,
                offset=(-8, 12) if offer_percent > RIGHT_HALF else (8, -10),
                ha="right" if offer_percent > RIGHT_HALF else "left",
            )
        axes.set_xlabel("Percent of workers who earn less")
        axes.yaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        axes.set_xlim(0, 100)
        quarter = {row["percentile"]: row["wage_usd"] for row in official.to_dict("records")}
        title = _finding(quarter)
        return finished(
            figure,
            title=title,
            measure=(
                f"Wage in {wording.place(pay.place)}, {pay.year}, USD a year; band: 90% interval"
            ),
            alt=f"{title}, {pay.place}, {pay.year}. "
            + "; ".join(f"percentile {p:.0f}: {wording.usd(w)}" for p, w in quarter.items())
            + ".",
            data=curve,
            source=pay.source,
        )


def _finding(quarter: dict[float, float]) -> str:
    """Say where the middle half lies, or else the median."""
    if {25.0, 75.0} <= quarter.keys():
        return (
            f"Half of the workers earn {wording.usd(quarter[25.0])} to {wording.usd(quarter[75.0])}"
        )
    known = sorted(quarter)
    return (
        f"The {known[0]:.0f}th percentile is {wording.usd(quarter[known[0]])}" if known else "Wages"
    )
