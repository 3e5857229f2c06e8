"""The answer of the careers report."""

from dataclasses import replace

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.areas import CODERS
from analysis.studies.careers import Careers

LONGEST_FINDING = 80


def careers(study: Careers) -> Answer:
    """Say what the target pays, what moving there is worth, and what it takes."""
    place = wording.place(study.area.name)
    start, target = study.start_title.lower(), study.target_title.lower()
    gain = study.wage_gain
    if gain.value is None:
        return Answer(
            f"What {target} earn more than {start} in {place} cannot be said. {gain.note}",
            finding=_short("What the move pays is not published", study.area.name),
        )
    size = wording.usd(abs(gain.value))
    direction = "more" if gain.value >= 0 else "less"
    first = (
        f"{study.target_title} in {place} earn a median of {wording.amount(study.target_wage)}, "
        f"{size} {direction} than {start}."
    )
    others = "coders" if study.start_code == CODERS else start
    finding = _short(
        f"{study.target_title} earn {size} {direction} than {others}", study.area.name
    ) or _short(f"Median pay is {size} {direction} after the move", study.area.name)
    text = " ".join(filter(None, [first, _worth(study), _terms(study)]))
    return Answer(text, finding=finding)


def _short(finding: str, area_name: str) -> str:
    """Write a finding with its place, or nothing where that is too long for a heading."""
    whole = f"{finding}, {'US' if area_name == 'United States' else area_name}"
    return whole if len(whole) <= LONGEST_FINDING else ""


def _worth(study: Careers) -> str:
    """Say what the move is worth, with its interval."""
    gain, wait = study.gain, study.terms.years_to_move
    if gain.value is None:
        return gain.note
    sign = "gains" if gain.value >= 0 else "loses"
    size = wording.amount(replace(gain, value=abs(gain.value)))
    return (
        f"Whoever moves after {wait.low:.0f} to {wait.high:.0f} years {sign} about {size} over a "
        f"career, in today's money ({gain.limits} {wording.interval(gain)}), if the move comes."
    )


def _terms(study: Careers) -> str:
    """Say at what chance the education pays, and how high the chance can be."""
    chance, most = study.break_even, study.chance_bound
    if chance.value is None:
        return ""
    share = study.foregone_share
    given_up = f"with {100 * share:.0f}% of pay given up to study" if share else "beside a full job"
    text = (
        f"The education usually required, {given_up}, pays from a chance of promotion of "
        f"{wording.percent(chance.value, decimals=0)} on"
    )
    if most.value is None:
        return f"{text}."
    return (
        f"{text}; openings allow at most about {wording.percent(most.value, decimals=0)} of the "
        "people in jobs near by to move in that time."
    )
