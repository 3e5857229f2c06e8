"""Everything that records of pay say about certification, or why they say nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.disclosure import MINIMUM_RECORDS
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.pay_records import MADE_UP, RecordFile, records_needed
from analysis.studies.areas import Area
from analysis.studies.certification.pay_records import pay_records
from analysis.studies.certification.record_gaps import (
    GapParts,
    Pairs,
    gap_parts,
    pairs,
    pay_by_credential,
)
from analysis.studies.certification.record_premium import (
    Confounding,
    Equation,
    Premiums,
    confounding,
    enough,
    equation,
    fitted,
    premiums,
)
from analysis.studies.part import Part

NONE_USED = "No records that carry it."
SUBJECTS = {
    "premiums": "Comparing like with like",
    "gap": "Splitting the gap",
    "pairs": "Comparing the holders of credentials",
    "confounding": "Saying how strong something unmeasured would have to be",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsUsed(Part):
    """Which records entered, and why others did not.

    Parameters
    ----------
    table : DataFrame
        step, records (worded: counts below 10 are not shown).
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"step": "Records that", "records": "Number"}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnalysis:
    """What records say; without records every part is missing and says what it needs.

    Parameters
    ----------
    used, by_credential, premiums, equation, gap, pairs, confounding : Part
        The parts, each of the function of its name.
    is_synthetic : bool
        True where the records are made up: no finding rests on them.
    """

    used: RecordsUsed
    by_credential: Part
    premiums: Premiums
    equation: Equation
    gap: GapParts
    pairs: Pairs
    confounding: Confounding
    is_synthetic: bool = False

    @property
    def premium(self) -> Estimate:
        """The adjusted premium; without a value where there are no records, or made-up ones."""
        if self.is_synthetic:
            return Estimate(
                value=None, unit="percent", kind="model", note=f"{MADE_UP}.", source="own records"
            )
        return self.premiums.adjusted


def record_analysis(
    file: RecordFile | None, price_parities: pd.DataFrame, *, area: Area, credential: str
) -> RecordAnalysis:
    """Analyse records of pay in an area for one credential or all.

    Parameters
    ----------
    file : RecordFile or None
        Cleaned records; None where there are none.
    price_parities : DataFrame
        The processed table of that name.
    area : Area
        Records of its state only, unless it is the nation.
    credential : str
        "all", or one whose holders are set against people without a credential.
    """
    if file is None:
        return without({name: records_needed(subject) for name, subject in SUBJECTS.items()})
    records = pay_records(file.table, price_parities, area)
    used = _used(file, records.left_out, len(records.table))
    if why := enough(records, credential):
        return without(why, used=used, is_synthetic=file.is_synthetic)
    try:
        fit = fitted(records, credential)
        return RecordAnalysis(
            used=used,
            by_credential=pay_by_credential(records, file.source),
            premiums=premiums(records, credential, fit, file.source),
            equation=equation(fit, file.source),
            gap=gap_parts(records, credential, file.source),
            pairs=pairs(records, file.source),
            confounding=confounding(fit, file.source),
            is_synthetic=file.is_synthetic,
        )
    except WrongInput as error:
        why = f"These records do not carry a wage equation: {error}"
        return without(why, used=used, is_synthetic=file.is_synthetic)


def without(
    reasons: str | Mapping[str, str], *, used: RecordsUsed | None = None, is_synthetic: bool = False
) -> RecordAnalysis:
    """Return an analysis whose parts are all missing, for one reason or one for each subject."""
    why = dict.fromkeys(SUBJECTS, reasons) if isinstance(reasons, str) else dict(reasons)
    nothing, first = pd.DataFrame(), why["premiums"]
    return RecordAnalysis(
        used=used or RecordsUsed(table=nothing, reason=first),
        by_credential=Part(table=nothing, reason=why["pairs"]),
        premiums=Premiums(
            table=nothing,
            reason=first,
            adjusted=Estimate(
                value=None,
                unit="percent",
                kind="model",
                note=f"{NONE_USED} {first}",
                source="own records",
            ),
        ),
        equation=Equation(table=nothing, reason=first),
        gap=GapParts(table=nothing, reason=why["gap"], detail=nothing, gap=0.0),
        pairs=Pairs(table=nothing, reason=why["pairs"], all_pairs=nothing),
        confounding=Confounding(table=nothing, reason=why["confounding"], robustness_pct=0.0),
        is_synthetic=is_synthetic,
    )


def _used(file: RecordFile, left_out: pd.DataFrame, kept: int) -> RecordsUsed:
    """List what became of the records; small counts are not given away."""
    some = left_out[left_out["records"] > 0]
    rows = [
        ("were cleaned and kept in the file", len(file.table)),
        *zip(some["why"], some["records"], strict=True),
        ("enter the equations", kept),
    ]
    return RecordsUsed(
        table=pd.DataFrame(
            [
                {
                    "step": step,
                    "records": f"fewer than {MINIMUM_RECORDS}"
                    if 0 < count < MINIMUM_RECORDS
                    else f"{count:,}",
                }
                for step, count in rows
            ]
        ),
        source=f"{file.source}, SHA-256 {file.sha256}...",
        note="Each record is counted at the first reason that leaves it out.",
    )
