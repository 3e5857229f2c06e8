"""The answer of the certification report."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.certification import Certification


def certification(study: Certification) -> Answer:
    """Say what the averages show and do not show, what it costs, and what records add."""
    sentences = [_gap(study), _costs(study), _records(study)]
    return Answer(" ".join(filter(None, sentences)), finding=_finding(study))


def _finding(study: Certification) -> str:
    gap = study.latest_gap
    if gap.value is None:
        return ""
    more = wording.percent(gap.value, decimals=0)
    return f"Certified AAPC members report {more} more pay; the credential may not be why"


def _gap(study: Certification) -> str:
    """Say how far apart the published means are, and that the swing forbids more."""
    gap = study.latest_gap
    if gap.value is None:
        return gap.note
    return (
        f"Certified AAPC members report {wording.percent(gap.value, decimals=0)} more pay than "
        f"other members ({gap.year}), a gap that is adjusted for nothing. It has swung between "
        f"{study.gap_range} since {study.gaps.table['year'].min()}: it does not show what a "
        "credential adds."
    )


def _costs(study: Certification) -> str:
    """Say what it costs and who passes."""
    passed = study.pass_rate
    rate = (
        passed.note
        if passed.value is None
        else f"{wording.percent(passed.value, decimals=0)} passed the "
        f"{passed.note.partition(',')[0]} at the first attempt in {passed.year}."
    )
    return (
        f"Getting the {study.example} by its exam costs about {wording.amount(study.cost_to_get)}, "
        f"getting and keeping it for ten years about {wording.amount(study.ten_year_cost)}. {rate}"
    )


def _records(study: Certification) -> str:
    """Say what own records add; made-up ones add nothing."""
    premium = study.records.premium
    if study.records.is_synthetic:
        return "The records given are synthetic: no finding rests on them."
    if premium.value is None:
        return ""
    return (
        f"In the records given, the certified are paid {wording.amount(premium)} over people "
        f"otherwise alike (90% interval {wording.interval(premium)}), an association. Something "
        f"unmeasured that explains {study.records.robustness_pct:.1f}% of what remains of both "
        "would account for all of it."
    )
