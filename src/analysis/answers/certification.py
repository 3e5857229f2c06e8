"""The answer of the certification report."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.certification import Certification


def certification(study: Certification) -> Answer:
    """Say what the averages show and do not show, what it costs, and what records add."""
    return Answer(" ".join(filter(None, [_gap(study), _costs(study), _records(study)])))


def _gap(study: Certification) -> str:
    """Say how far apart the published means are, and that the swing forbids more."""
    gap = study.latest_gap
    if gap.value is None:
        return gap.note
    every = study.gaps.table["gap_pct"]
    low, high = (wording.percent(float(end), decimals=0) for end in (every.min(), every.max()))
    return (
        f"Certified AAPC members reported {wording.percent(gap.value, decimals=0)} more on average "
        f"than the others in {gap.year}. That is a gap between those who answered, adjusted for "
        f"nothing: over {len(every)} surveys it ran from {low} to {high}, so no worth of a "
        "credential can be read off it."
    )


def _costs(study: Certification) -> str:
    """Say what it costs and who passes."""
    get, ten = study.cost_to_get, study.ten_year_cost
    passed = study.pass_rate
    rate = (
        f" {wording.percent(passed.value, decimals=0)} passed {passed.note.partition(',')[0]} the "
        f"first time in {passed.year}{_interval(wording.interval(passed))}."
        if passed.value is not None
        else f" {passed.note}"
    )
    return (
        f"Getting {study.example} by its exam costs about {wording.amount(get)}, getting and "
        f"holding it for ten years {wording.amount(ten)} ({ten.limits} {wording.interval(ten)})."
        f"{rate}"
    )


def _records(study: Certification) -> str:
    """Say what own records add; made-up ones add nothing."""
    premium = study.records.premium
    if study.records.is_synthetic:
        return "The records given are synthetic: no finding rests on them."
    if premium.value is None:
        return "Comparing like with like needs records of persons; none were given."
    return (
        f"In the records given, the certified are paid {wording.amount(premium)} over people "
        f"otherwise alike{_interval(wording.interval(premium))}, an association. Something "
        f"unmeasured that explains {study.records.robustness_pct:.1f}% of what remains "
        "of both would account for all of it."
    )


def _interval(limits: str) -> str:
    """Put an interval in brackets."""
    return f" (90% interval {limits})" if limits else ""
