"""The answer of the credential-return report."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.roi import CredentialReturn


def roi(study: CredentialReturn) -> Answer:
    """Say what the credential returns, how sure that is, and when it breaks even."""
    measures, simulation, case = study.measures, study.simulation, study.case
    payback = measures.payback_years.value
    breaks_even = (
        f"breaks even after about {payback:.1f} years"
        if payback is not None
        else f"does not break even within {case.horizon_years} years"
    )
    place = wording.place(case.area.name)
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
