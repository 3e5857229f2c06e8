"""The answer of each report in a sentence, made from its numbers and their intervals."""

from dataclasses import dataclass
from html import escape

from analysis import wording
from analysis.models.estimate import Estimate
from analysis.models.evidence import Evidence
from analysis.models.outlook import Outlook
from analysis.models.roi import CredentialReturn


@dataclass(frozen=True, slots=True)
class Answer:
    """A few sentences that open a report.

    Parameters
    ----------
    text : str
        Plain words.
    """

    text: str

    def _repr_html_(self) -> str:
        return f'<p class="answer">{escape(self.text)}</p>'

    def __repr__(self) -> str:
        return self.text


def outlook(study: Outlook) -> Answer:
    """Say how many jobs, what they pay, and how many openings there are."""
    place = "the United States" if study.area.is_nation else study.area.name
    occupation = study.occupation_title.lower()
    jobs = (
        f"In {study.median_wage.year} {_with_interval(study.employment)} in {place} were held by "
        f"{occupation}"
        if study.employment.value is not None
        else f"How many {occupation} work in {place} is not published"
    )
    pay = (
        f"half of them earned more than {_with_interval(study.median_wage)}"
        if study.median_wage.value is not None
        else f"neither is their median wage. {study.median_wage.note}".rstrip(". ")
    )
    return Answer(f"{jobs}; {pay}. {_openings(study)}")


def _openings(study: Outlook) -> str:
    """Say how many openings a year there are and how many of them are growth."""
    total, growth = study.openings.total, study.openings.growth
    if total.value is None or growth.value is None:
        return f"Openings a year cannot be given. {total.note or study.openings.reason}"
    how = "BLS projects" if total.kind == "official" else "At the nation's rates there are"
    replaced = wording.percent(100 * (1 - growth.value / total.value), decimals=0)
    return (
        f"{how} about {_with_interval(total)} in {total.year}, {replaced} of which replace "
        "people who leave."
    )


def roi(study: CredentialReturn) -> Answer:
    """Say what the credential returns, how sure that is, and when it breaks even."""
    measures, simulation, case = study.measures, study.simulation, study.case
    payback = measures.payback_years.value
    breaks_even = (
        f"breaks even after about {payback:.1f} years"
        if payback is not None
        else f"does not break even within {case.horizon_years} years"
    )
    place = "the United States" if case.area.is_nation else case.area.name
    return Answer(
        f"{case.credential} by {case.pathway.label.lower()} in {place} is worth "
        f"{wording.amount(measures.npv_usd)} over {case.horizon_years} years at "
        f"{wording.percent(100 * case.discount_rate)} discount, against a {case.baseline.label} "
        f"(middle 90% of simulated cases: {wording.interval(measures.npv_usd)}), and "
        f"{breaks_even}. It pays in {wording.percent(simulation.p_gain.value, decimals=0)} of "
        f"simulated cases, in {wording.percent(simulation.p_gain_if_employed.value, decimals=0)} "
        "of those that train to the end and find work. Premiums are unadjusted: holders may have "
        "earned more anyway."
    )


def evidence(study: Evidence) -> Answer:
    """Say how many of the guide's claims hold."""
    answer = study.answer
    verdicts = wording.listed(
        [
            f"{count} {verdict}"
            for verdict, count in answer.by_verdict.items()
            if verdict not in ("supported", "not comparable", "not testable") and count
        ]
    )
    return Answer(
        f"Of the guide's {answer.claims} claims {answer.graded} can be held against data. "
        f"{answer.supported} of these hold; {verdicts}. The guide disagrees with itself in "
        f"{answer.contradictions} places."
    )


def _with_interval(estimate: Estimate) -> str:
    """Write an estimate with its 90 % interval, where it has one."""
    limits = wording.interval(estimate)
    words = wording.amount_with_unit(estimate)
    return f"{words} (90% interval {limits})" if limits else words
