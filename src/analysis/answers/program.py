"""The answer of the report on one school."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.program import NO_VERDICT, SchoolPrograms


def program(study: SchoolPrograms) -> Answer:
    """State what completers of the leading program earn, owe and how that compares."""
    level = str(study.led_by["credential"]).lower()
    where = wording.place(study.area.name)
    if study.earnings.value is None:
        return Answer(
            f"The Scorecard publishes no earnings of completers of the {level} at {study.school}: "
            "too few of them. That is neither good nor bad news; ask the school for its own record "
            "of completion, placement and pay.",
            finding=_short(study.school, "publishes no earnings"),
        )
    sentences = [
        f"Completers of the {level} at {study.school} earned a median of "
        f"{wording.usd(study.earnings.value)} a year."
    ]
    if study.premium.value is not None:
        more = "more" if study.premium.value > 0 else "less"
        sentences.append(
            f"That is {wording.usd(abs(study.premium.value))} {more} than people of 25 to 34 in "
            f"{where} who finished high school only."
        )
    beside = study.beside.table
    there = beside[beside["group"].eq(study.area.name)].dropna(subset=["median_earnings_usd"])
    if len(there):
        row = there.iloc[0]
        sentences.append(
            f"The median institution of {where} with figures leaves "
            f"{wording.usd(row['median_earnings_usd'])} "
            f"({wording.count(row['institutions_with_earnings'])} institutions)."
        )
    finding = (
        "has no verdict" if study.verdict == NO_VERDICT else f"{study.verdict} the earnings test"
    )
    return Answer(" ".join(sentences), finding=_short(study.school, finding))


def _short(school: str, finding: str) -> str:
    """Write a finding of at most 80 characters."""
    room = 80 - len(finding) - 1
    name = school if len(school) <= room else f"{school[: room - 1]}…"
    return f"{name} {finding}"
