"""The answer of the outlook report."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.outlook import Outlook

LONGEST_FINDING = 80  # characters of a heading


def outlook(study: Outlook) -> Answer:
    """Say how many jobs, what they pay, and how many openings there are."""
    return Answer(f"{_jobs(study)} {_pay(study)} {_openings(study)}", finding=_finding(study))


def _finding(study: Outlook) -> str:
    """Name the place, the jobs and the openings, in a heading."""
    jobs, openings = study.employment, study.openings.total
    who = _who(study)
    if jobs.value is None:
        pay = study.median_wage
        if pay.value is None:
            return f"{study.area.name}: how many {who} work here is not published"
        return f"{study.area.name}: {who} earn a median of {wording.amount(pay)}"
    if openings.value is None:
        return f"{study.area.name}: {wording.amount(jobs)} {who}"
    finding = f"{study.area.name}: {wording.amount(jobs)} {who}"
    whole = f"{finding}, {wording.amount(openings)} openings a year"
    return whole if len(whole) <= LONGEST_FINDING else finding


def _who(study: Outlook) -> str:
    return "coders" if study.is_coders else study.occupation_title.lower()


def _jobs(study: Outlook) -> str:
    """Say how many work here."""
    place, title = wording.place(study.area.name), study.occupation_title.lower()
    if study.employment.value is None:
        return f"How many {title} work in {place} is not published."
    held = ", the occupation that holds most coders" if study.is_coders else ""
    return (
        f"About {wording.amount(study.employment)} people in {place} work as {title}{held} "
        f"({study.employment.year})."
    )


def _pay(study: Outlook) -> str:
    """Say what half of them earn, or why that cannot be said."""
    if study.median_wage.value is not None:
        return f"Half earn more than {wording.amount(study.median_wage)}."
    return f"Their median wage is not published. {study.median_wage.note}".strip()


def _openings(study: Outlook) -> str:
    """Say how many openings a year there are, and what they are made of."""
    parts, total = study.openings, study.openings.total
    if total.value is None or parts.growth.value is None:
        return f"Openings a year cannot be given. {total.note or parts.reason}"
    how = "BLS expects" if total.kind == "official" else "At national rates there are"
    if parts.growth.value < 0:
        return f"In the {study.scenario} scenario: {study.openings_finding}."
    return f"{how} {study.openings_finding} ({total.year})."
