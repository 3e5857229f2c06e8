"""The answer of the credential-return report."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.roi import CredentialReturn

LONGEST_FINDING = 80
ACCOUNTS = ("schooling_gap", "raw_gap", "no_gap")
STARTS = {
    "certificate": "a certificate program",
    "associate": "an associate degree",
    "self_study": "self-study",
    "certification_only": "studying for the exam alone",
}


def roi(study: CredentialReturn) -> Answer:
    """Answer with the odds over all accounts, what is typically lost or gained, and why it spans.

    Every figure is one of `study.counterfactuals`, rounded.
    """
    return _newcomer(study) if study.case.is_entrant else _coder(study)


def _newcomer(study: CredentialReturn) -> Answer:
    case = study.case
    place, start = wording.place(case.area.name), STARTS[case.pathway.name]
    ahead = _of_100(*study.spanned("p_gain_pct"))
    hired = _of_100(*study.spanned("p_gain_if_employed_pct"))
    typical = " and ".join(dict.fromkeys(map(_outcome, study.spanned("median_usd"))))
    average = " to ".join(dict.fromkeys(map(_outcome, study.spanned("mean_usd"))))
    table = study.counterfactuals.table.iloc[: len(study.accounts)].set_index("label")["mean_usd"]
    worst, best = (_lower_first(str(label)) for label in (table.idxmin(), table.idxmax()))
    text = (
        f"Of 100 people who start {start} for the {case.credential} in {place}, "
        f"{ahead} come out ahead over {case.horizon_years} years. "
        f"Of those who finish and find such work, {hired} of 100 do. "
        f"The median lies between {typical}, the average runs from {average}. "
        f"It is lowest where one {worst}, highest where one {best}. "
        f"They are compared with a {case.baseline.label}, or as the table names it. These are gaps "
        "between people, not effects of the credential."
    )
    way = case.pathway.label.lower()
    finding = f"{case.credential} by {way}, {case.area.name}: {ahead} of 100 come out ahead"
    return Answer(text, finding=finding if len(finding) <= LONGEST_FINDING else "")


def _coder(study: CredentialReturn) -> Answer:
    case = study.case
    means = study.counterfactuals.table.set_index("name")["mean_usd"]
    gap, raw, none = (_outcome(float(means[name])) for name in ACCOUNTS)
    premium = case.most_likely["premium_pct"]
    place = wording.place(case.area.name)
    text = (
        f"For a coder in {place} the {case.credential} is worth the pay gap between holders and "
        f"others and nothing else, over {case.horizon_years} years. "
        f"If the gap at equal schooling ({wording.percent(premium)}) is the credential's, that is "
        f"{gap} on average; at the raw gap among AAPC members "
        f"{raw}; if holders would have earned as much without it "
        f"{none}. How much of either gap is the credential's no study of "
        "coders shows."
    )
    finding = f"{case.credential} for working coders, {case.area.name}: the pay gap, nothing else"
    return Answer(text, finding=finding if len(finding) <= LONGEST_FINDING else "")


def _of_100(low: float, high: float) -> str:
    """Write a range of chances as people of 100."""
    return wording.span(round(low), round(high))


def _outcome(usd: float) -> str:
    """Write a gain or a loss, to the thousand."""
    rounded = 1_000 * round(usd / 1_000)
    if not rounded:
        return "nothing"
    return f"a {'gain' if rounded > 0 else 'loss'} of {wording.usd(abs(rounded))}"


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
