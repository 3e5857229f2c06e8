"""The answer of the staffing report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.models.staffing import Department


def staffing(study: Department) -> Answer:
    """Say how many coders the volume needs, what the tool saves, and whom to hire."""
    volumes = study.plan.volumes
    fte = wording.amount(study.need.fte)
    limits = wording.interval(study.need.fte)
    saved = study.need.fte_saved
    tool = (
        f"By the guide's and vendors' claims a tool on "
        f"{wording.percent(100 * study.plan.ai_adoption, decimals=0)} of records saves "
        f"{wording.amount(saved)} of them ({wording.interval(saved)}). "
        if study.plan.ai_adoption
        else ""
    )
    pay = (
        f"They cost {with_interval(study.costs.payroll)}. "
        if study.costs.payroll.value is not None
        else f"{study.costs.reason} "
    )
    leaving = wording.percent(100 * study.plan.turnover, decimals=0)
    months = study.plan.plan_months
    hires = (
        f"that takes {study.hiring.hires} hires in {months} months"
        if study.hiring.hires
        else f"nobody has to be hired in {months} months"
    )
    return Answer(
        f"{volumes['inpatient']:g} inpatient, {volumes['outpatient']:g} outpatient and "
        f"{volumes['ed']:g} emergency records a working day need about {fte} full-time coders "
        f"(middle 90% of simulated cases: {limits}). {tool}{pay}From "
        f"{study.hiring.coders:.1f} coders today, with {leaving} leaving a year, {hires}. Volumes "
        "and team are made-up defaults until you put in your own."
    )
