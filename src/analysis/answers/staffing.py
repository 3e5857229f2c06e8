"""The answer of the staffing report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.staffing import Department, DepartmentPlan

TYPES = {"inpatient": "inpatient", "outpatient": "outpatient", "ed": "emergency"}


def staffing(study: Department) -> Answer:
    """Say how many coders the volume needs, what the tool saves, and whom to hire."""
    plan, saved = study.plan, study.need.fte_saved
    fte, days = wording.amount(study.need.fte), f"{plan.target_days:g} days"
    goal = wording.percent(100 * plan.target_share, decimals=0)
    volumes = [f"{plan.volumes[name]:g} {called}" for name, called in TYPES.items()]
    adoption = wording.percent(100 * plan.ai_adoption, decimals=0)
    sentences = [
        f"Coding {wording.listed(volumes)} records a workday takes about {fte} full-time "
        f"coders to stay within {days} on {goal} of days.",
        f"On vendors' figures, AI assistance on {adoption} of the records saves "
        f"{wording.amount(saved)} of them ({wording.interval(saved)})."
        if plan.ai_adoption
        else "",
        f"They cost {with_interval(study.payroll)}."
        if study.payroll.value is not None
        else study.costs.reason,
        _hires(study),
        _made_up(plan),
    ]
    return Answer(
        " ".join(filter(None, sentences)),
        finding=f"Example: {fte} coders keep a made-up hospital's backlog within {days}"
        if plan.volumes == DepartmentPlan().volumes
        else f"{fte} full-time coders keep this backlog within {days}",
    )


def _hires(study: Department) -> str:
    leaving = wording.percent(100 * study.plan.turnover, decimals=0)
    months = _counted(study.plan.plan_months, "month")
    start = f"From {study.coders:.1f} coders today, with {leaving} leaving a year,"
    if not study.is_target_reached:
        return (
            f"{start} {_counted(study.hires, 'hire')} in {months} leave the team "
            f"{study.last_gap:.0f} short of {study.target} coders."
        )
    if not study.hires:
        return f"{start} nobody has to be hired in {months}."
    return f"{start} that takes {_counted(study.hires, 'hire')} in {months}."


def _made_up(plan: DepartmentPlan) -> str:
    default = DepartmentPlan()
    is_default = plan.volumes == default.volumes, plan.coders == default.coders
    what = {
        (True, True): "Volumes and team are made-up defaults",
        (True, False): "The volumes are made-up defaults",
        (False, True): "The team is a made-up default",
    }.get(is_default)
    return f"{what} until you put in your own." if what else ""


def _counted(number: int, thing: str) -> str:
    """Write how many things there are.

    Examples
    --------
    >>> _counted(1, "hire"), _counted(12, "month")
    ('1 hire', '12 months')
    """
    return f"{number} {thing}{'' if number == 1 else 's'}"
