"""The answer of the Workforce Pell report, and the cover that goes with an application."""

from dataclasses import dataclass
from html import escape

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.pell import FIRST_YEAR, Pell
from analysis.wording import untypeset

MEANT = {
    "pass": "meets the rules found for",
    "fail": "does not meet the rules found for",
    "unknown": "cannot be shown to meet the rules of",
}


def pell(study: Pell) -> Answer:
    """State which screens are passed, failed and unknown, and what the state's rules say."""
    table = study.screens.table
    names = {verdict: rows["screen"].tolist() for verdict, rows in table.groupby("verdict")}
    passed, failed, unknown = (names.get(v, []) for v in ("pass", "fail", "unknown"))
    sentences = [
        f"Of {len(table)} federal screens the program passes {len(passed)}, fails {len(failed)}, "
        f"and {len(unknown)} cannot be decided from what was given.",
        f"It fails {wording.listed(failed)}." if failed else "",
        f"Unknown: {wording.listed(unknown)}. Unknown is not passed." if unknown else "",
        ""
        if study.state.is_nation
        else f"The occupation {MEANT[study.state_verdict]} {wording.place(study.state.name)}; the "
        "governor decides.",
    ]
    return Answer(" ".join(filter(None, sentences)), finding=_finding(study, len(unknown)))


def _finding(study: Pell, unknown: int) -> str:
    where = "" if study.area.is_nation else f" in {study.area.name.split('-')[0].split(',')[0]}"
    if study.verdict == "fail":
        failed = study.screens.table.query("verdict == 'fail'").iloc[0]
        return f"No Workforce Pell{where}: the program fails {failed['screen']}"
    if study.verdict == "pass":
        return f"Workforce Pell{where}: every screen of {FIRST_YEAR} is passed"
    return f"Workforce Pell{where}: nothing fails yet, {unknown} screens are unknown"


@dataclass(frozen=True, slots=True)
class Cover:
    """A page to hand in: each part with its figures, in words."""

    title: str
    parts: tuple[tuple[str, str], ...]

    @untypeset
    def _repr_html_(self) -> str:
        body = "".join(f"<p><b>{escape(name)}.</b> {escape(text)}</p>" for name, text in self.parts)
        return f'<div class="letter"><p><b>{escape(self.title)}</b></p>{body}</div>'

    def __repr__(self) -> str:
        return "\n".join([self.title, *(f"{name}. {text}" for name, text in self.parts)])


def pell_cover(study: Pell) -> Cover:
    """Write the evidence as a page that goes with an application or an accreditation review."""
    evidence = study.cover.table
    program = study.program
    size = [
        "" if value is None else f"{value:g} {unit}"
        for value, unit in ((program.weeks, "weeks"), (program.hours, "clock hours"))
    ]
    tuition = "" if program.tuition is None else f"tuition and fees {wording.usd(program.tuition)}"
    given = ", ".join(filter(None, [*size, tuition])) or "length and tuition not given"
    parts = [("Program", f"Medical coding, {study.area.name}: {given}.")]
    for name, rows in evidence.groupby("part", sort=False):
        lines = [
            row["measure"]
            + ("" if row["place"] == study.area.name else f" in {row['place']}")
            + f": {row['figure']}"
            + (f" ({row['interval']})" if row["interval"] else "")
            for row in rows.to_dict("records")
        ]
        cited = (rows["source"] + ", " + rows["year"] + ", " + rows["kind"]).unique()
        text = f"{'; '.join(lines)}. Sources: {'; '.join(cited)}."
        parts.append((str(name), text[:1].upper() + text[1:]))
    screens = study.screens.table
    parts.append(
        (
            "Screens",
            "; ".join(f"{row['screen']}: {row['verdict']}" for row in screens.to_dict("records"))
            + ".",
        )
    )
    return Cover(
        title="Medical records specialists (SOC 29-2072): need, pay, supply and outcomes",
        parts=(*parts, ("Ranges", "In brackets: 90% intervals, of sampling alone.")),
    )
