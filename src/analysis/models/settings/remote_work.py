"""How many coders work from home: three definitions that must not be mixed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.areas import find_occupation
from analysis.models.evidence.guide_beside_official import HOME_WORK, REMOTE
from analysis.models.lookup import rows_where
from analysis.models.occupations import CODERS
from analysis.models.part import Part

MEMBERS = "share working remotely"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteWork(Part):
    """Shares of remote workers side by side.

    Parameters
    ----------
    table : DataFrame
        definition, share_pct, counted (whose share), year, kind ("official", "member survey",
        "guide"), source, verification. No source gives an error.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "definition": "Remote means",
            "share_pct": "Share",
            "counted": "Of whom",
            "year": "When",
            "kind": "Kind of figure",
        }
    )

    def share_pct(self, kind: str) -> float | None:
        """Return the share of one kind; None where not in hand."""
        rows = self.table[self.table["kind"].eq(kind)] if len(self.table) else self.table
        return None if rows.empty else float(rows["share_pct"].iloc[0])


def remote_work(tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS) -> RemoteWork:
    """Set the census, the members' survey and the guide side by side.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    occupation : str
        All three speak of coders; for any other occupation there is no table.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> remote_work(processed.Tables()).table["share_pct"].round(1).tolist()
    [47.5, 55.0, 22.0]
    """
    title = find_occupation(tables["wages"], occupation)
    if occupation != CODERS:
        return RemoteWork(
            table=pd.DataFrame(),
            reason=f"No figure of work from home is in hand for {title.lower()}.",
        )
    census = rows_where(tables["acs_occupation"], statistic=HOME_WORK).iloc[0]
    members = rows_where(tables["member_salaries"], statistic=MEMBERS).iloc[0]
    guide = rows_where(tables["guide_settings"], claim_id=REMOTE).iloc[0]
    rows = [
        {
            "definition": "mostly worked from home in the week before",
            "share_pct": 100 * float(census["value"]),
            "counted": "people at work in Census occupation 3515, 48 states and DC",
            "year": "2024",
            "kind": "official",
            "source": census["source_title"],
            "verification": census["verification"],
        },
        {
            "definition": "works remotely, by own account",
            "share_pct": float(members["value"]),
            "counted": "members who answered the AAPC survey",
            "year": str(members["survey_year"]),
            "kind": "member survey",
            "source": members["source_title"],
            "verification": members["verification"],
        },
        {
            "definition": "fully remote or home-based staff",
            "share_pct": float(guide["share_pct"]),
            "counted": "billers and coders",
            "year": "2026",
            "kind": "guide",
            "source": "career guide",
            "verification": "guide",
        },
    ]
    return RemoteWork(
        table=pd.DataFrame(rows),
        note=(
            "Three questions put to three groups; none of the sources gives an error. The census "
            "extract lacks California and Texas."
        ),
        source="ACS 2024 1-year microdata; AAPC; career guide",
    )
