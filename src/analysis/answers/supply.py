"""The answer of the supply report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.supply import Supply


def supply(study: Supply) -> Answer:
    """State awards, openings, their ratio and how awards moved."""
    where = wording.place(study.state.name)
    whose = "" if study.area == study.state else f"Awards are counted by state, here for {where}. "
    coders, openings, ratio = study.coder_awards, study.openings, study.awards_per_opening
    if coders.value is None:
        return Answer(f"{whose}{coders.note}")
    sentences = [
        f"{whose}In {study.year}, schools in {where} made {wording.amount(coders)} awards in "
        "medical coding and health records technology.",
        f"The occupation has about {with_interval(openings)} there: {wording.amount(ratio)} awards "
        f"for each opening, {wording.amount(study.awards_with_billing_per_opening)} with medical "
        "billing."
        if ratio.value is not None
        else openings.note,
    ]
    if study.change_pct.value is not None:
        moved = "up" if study.change_pct.value >= 0 else "down"
        change = wording.percent(abs(study.change_pct.value), decimals=0)
        since = study.change_pct.year.split(" ")[0]
        sentences.append(f"All three together are {moved} {change} since {since}.")
    if study.placement_bound.value is not None and study.placement_bound.value < 100:
        bound = wording.percent(study.placement_bound.value, decimals=0)
        sentences.append(
            f"If every new award holder looked for such a job, at most {bound} could find one."
        )
    finding = (
        f"{study.state.name}: {wording.amount(ratio)} awards in coding for each opening"
        if ratio.value is not None
        else f"{study.state.name}: {wording.amount(coders)} awards in coding, openings unknown"
    )
    return Answer(" ".join(sentences), finding=finding)
