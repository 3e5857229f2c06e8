"""The answer of the salary report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.salary import Salary

SURE = 1  # percent: beyond the curve's tails a share is no longer a figure
OFFER = "{share}{limits} earn no more than the offer of {offer}."
HARDLY_ANYONE = "Hardly anyone earns no more than the offer of {offer}."
ALMOST_ALL = "Almost all earn no more than the offer of {offer}."


def salary(study: Salary) -> Answer:
    """Say what the job pays here, where that stands, and where an offer does."""
    place = wording.place(study.area.name)
    who = study.occupation_title.lower()
    if study.median_wage.value is None:
        return Answer(
            f"What half of the {who} in {place} earn at least is not published. "
            f"{study.median_wage.note} {_offer(study)}".rstrip()
        )
    sentences = [
        f"Half of the {who} in {place} earn more than {with_interval(study.median_wage)}, "
        f"{study.median_wage.year}.",
        _middle_half(study),
        _at_national_prices(study),
        _rank(study),
        _offer(study),
    ]
    return Answer(" ".join(sentence for sentence in sentences if sentence))


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
    if rank.value is None:
        return f"It has no rank among the states. {rank.note}"
    prices = " at national prices" if study.states.is_price_adjusted else ""
    return (
        f"It ranks {wording.amount(rank)} {wording.unit_words(rank.unit)}{prices} (90% range "
        f"{wording.interval(rank)})."
    )


def _at_national_prices(study: Salary) -> str:
    """Say what the median buys."""
    if study.area.is_nation:
        return ""
    adjusted = study.median_at_national_prices
    if adjusted.value is None:
        return adjusted.note
    return f"At the nation's prices the median is {with_interval(adjusted)}."


def _offer(study: Salary) -> str:
    """Say how many earn no more than the offer."""
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
