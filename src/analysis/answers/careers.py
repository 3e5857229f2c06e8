"""The answer of the careers report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.careers import Careers


def careers(study: Careers) -> Answer:
    """Say what the target pays, what moving there is worth, and what it takes."""
    place = wording.place(study.area.name)
    start, target = study.start_title.lower(), study.target_title.lower()
    gain = study.wage_gain
    if gain.value is None:
        return Answer(
            f"What {target} earn more than {start} in {place} cannot be said. {gain.note}"
        )
    direction = "more" if gain.value >= 0 else "less"
    size = wording.usd(abs(gain.value))
    first = (
        f"In {place} half of the {target} earn more than {with_interval(study.target_wage)}, "
        f"{size} {direction} than among {start}."
    )
    return Answer(" ".join(filter(None, [first, _worth(study), _terms(study)])))


def _worth(study: Careers) -> str:
    """Say what the move is worth, with its interval."""
    gain = study.gain
    if gain.value is None:
        return gain.note
    return (
        f"Moving instead of staying is worth {wording.amount(gain)} in present value "
        f"({gain.limits} {wording.interval(gain)}), if the move comes."
    )


def _terms(study: Careers) -> str:
    """Say what the move takes, and at what chance that pays."""
    wait, chance = study.terms.years_to_move, study.break_even
    takes = f"It is taken to come after {wait.low:.0f} to {wait.high:.0f} years"
    if chance.value is None:
        return f"{takes}."
    return (
        f"{takes}; the education typical of the target pays from a "
        f"{wording.percent(chance.value, decimals=0)} chance of it on."
    )
