"""The answer of the salary report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.salary import Salary

SURE = 1  # percent: beyond the curve's tails a share is no longer a figure
OFFER = "An offer of {offer} is above what {share}{limits} of workers earn."
HARDLY_ANYONE = "Hardly anyone earns less than the offer of {offer}."
ALMOST_ALL = "Almost all earn less than the offer of {offer}."


def salary(study: Salary) -> Answer:
    """Say what the job pays here, where that stands, and where an offer does."""
    place = wording.place(study.area.name)
    who = study.occupation_title.lower()
    if study.median_wage.value is None:
        return Answer(
            f"What half of the {who} in {place} earn at least is not published. "
            f"{study.median_wage.note} {_offer(study)}".rstrip(),
            finding=f"{study.area.name}: what coders earn is not published"
            if study.is_coders
            else "",
        )
    sentences = [
        f"Half of the {who} in {place} earn more than {wording.amount(study.median_wage)} a year "
        f"({study.median_wage.year}).",
        _middle_half(study),
        _at_national_prices(study),
        _rank(study),
        _offer(study),
    ]
    return Answer(" ".join(filter(None, sentences)), finding=_finding(study))


def _finding(study: Salary) -> str:
    """Name the place, the median and its rank, in a heading."""
    who = "coders" if study.is_coders else study.occupation_title.lower()
    pay = f"{study.area.name}: {who} earn a median of {wording.amount(study.median_wage)}"
    if study.area.kind != "state" or study.state_rank.value is None:
        return pay
    rank = study.state_rank
    return f"{pay}, {ordinal(round(rank.value or 0))} {' '.join(rank.unit.split()[:2])}"


def _middle_half(study: Salary) -> str:
    """Say where the middle half lies, where both quartiles are published."""
    official = study.pay.published.set_index("percentile")["wage_usd"]
    if not {25.0, 75.0} <= set(official.dropna().index):
        return ""
    low, high = wording.usd(official[25.0]), wording.usd(official[75.0])
    return f"The middle half earn {low} to {high}."


def _rank(study: Salary) -> str:
    """Say how the state ranks and how sure that is."""
    if study.area.kind != "state":
        return ""
    rank = study.state_rank
    if rank.value is None or rank.low is None or rank.high is None:
        return f"It has no rank among the states. {rank.note}"
    prices = " at national prices" if study.states.is_price_adjusted else ""
    low, high = ordinal(round(rank.low)), ordinal(round(rank.high))
    return (
        f"{ordinal(round(rank.value)).capitalize()} {rank.unit}{prices} (anywhere from {low} to "
        f"{high} given sampling error)."
    )


def _at_national_prices(study: Salary) -> str:
    """Say what the median buys."""
    if study.area.is_nation:
        return ""
    adjusted = study.median_at_national_prices
    if adjusted.value is None:
        return adjusted.note
    return f"At average US prices that buys what {with_interval(adjusted)} would."


def _offer(study: Salary) -> str:
    """Say how many earn less than the offer."""
    if study.offer_usd is None:
        return ""
    found = study.offer_percentile
    if found.value is None:
        return f"Where the offer stands cannot be said. {found.note}"
    offer = wording.usd(study.offer_usd)
    if found.value <= SURE:
        return HARDLY_ANYONE.format(offer=offer)
    if found.value >= 100 - SURE:
        return ALMOST_ALL.format(offer=offer)
    limits = wording.interval(found)
    return OFFER.format(
        share=wording.percent(found.value, decimals=0),
        limits=f" (90% interval {limits})" if limits else "",
        offer=offer,
    )


def ordinal(rank: int) -> str:
    """Write a place in a ranking.

    Examples
    --------
    >>> ordinal(1), ordinal(12), ordinal(23)
    ('1st', '12th', '23rd')
    """
    ending = "th" if 10 < rank % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"
