"""The answer of the outlook report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.outlook import Outlook


def outlook(study: Outlook) -> Answer:
    """Say how many jobs, what they pay, and how many openings there are."""
    place = wording.place(study.area.name)
    occupation = study.occupation_title.lower()
    jobs = (
        f"In {study.median_wage.year} {with_interval(study.employment)} in {place} were held by "
        f"{occupation}"
        if study.employment.value is not None
        else f"How many {occupation} work in {place} is not published"
    )
    return Answer(f"{jobs}; {_pay(study)}. {_openings(study)}")


def _pay(study: Outlook) -> str:
    """Say what half of them earn, or why that cannot be said."""
    if study.median_wage.value is not None:
        return f"half of them earned more than {with_interval(study.median_wage)}"
    missing = (
        "neither is their median wage"
        if study.employment.value is None
        else "their median wage is not published"
    )
    return f"{missing}. {study.median_wage.note}".rstrip(". ")


def _openings(study: Outlook) -> str:
    """Say how many openings a year there are and how many of them are growth."""
    total, growth = study.openings.total, study.openings.growth
    if total.value is None or growth.value is None:
        return f"Openings a year cannot be given. {total.note or study.openings.reason}"
    how = "BLS projects" if total.kind == "official" else "At the nation's rates there are"
    replaced = wording.percent(100 * (1 - growth.value / total.value), decimals=0)
    return (
        f"{how} about {with_interval(total)} in {total.year}, {replaced} of which replace "
        "people who leave."
    )
