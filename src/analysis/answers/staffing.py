"""The answer of the staffing report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.staffing import Department, DepartmentPlan


def staffing(study: Department) -> Answer:
    """Say how many coders the volume needs, what the tool saves, and whom to hire."""
    volumes = study.plan.volumes
    fte = wording.amount(study.need.fte)
    limits = wording.interval(study.need.fte)
    saved, goal = study.need.fte_saved, 100 * study.plan.target_share
    tool = (
        f"On vendors' figures, AI assistance on "
        f"{wording.percent(100 * study.plan.ai_adoption, decimals=0)} of the records saves "
        f"{wording.amount(saved)} of them ({wording.interval(saved)}). "
        if study.plan.ai_adoption
        else ""
    )
    pay = (
        f"They cost {with_interval(study.payroll)}. "
        if study.payroll.value is not None
        else f"{study.costs.reason} "
    )
    leaving = wording.percent(100 * study.plan.turnover, decimals=0)
    months = study.plan.plan_months
    hires = (
        f"{_counted(study.hires, 'hire')} in {_counted(months, 'month')} leave the team "
        f"{study.last_gap:.0f} short of {study.target} coders"
        if not study.is_target_reached
        else f"that takes {_counted(study.hires, 'hire')} in {_counted(months, 'month')}"
        if study.hires
        else f"nobody has to be hired in {_counted(months, 'month')}"
    )
    return Answer(
        f"{volumes['inpatient']:g} inpatient, {volumes['outpatient']:g} outpatient and "
        f"{volumes['ed']:g} emergency records a working day need about {fte} full-time coders "
        f"(middle 90% of simulated cases: {limits}) to keep the backlog within "
        f"{study.plan.target_days:g} days on {wording.percent(goal, decimals=0)} of working days. "
        f"{tool}{pay}From "
        f"{study.coders:.1f} coders today, with {leaving} leaving a year, {hires}."
        f"{_made_up(study.plan)}"
    )


def _made_up(plan: DepartmentPlan) -> str:
    """Say which of volumes and team nobody has put in yet."""
    default = DepartmentPlan()
    is_default = plan.volumes == default.volumes, plan.coders == default.coders
    what = {
        (True, True): "Volumes and team are made-up defaults",
        (True, False): "The volumes are made-up defaults",
        (False, True): "The team is a made-up default",
    }.get(is_default)
    return f" {what} until you put in your own." if what else ""


def _counted(number: int, thing: str) -> str:
    """Write how many things there are.

    Examples
    --------
    >>> _counted(1, "hire"), _counted(12, "month")
    ('1 hire', '12 months')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"
