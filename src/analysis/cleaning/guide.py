"""The tables of the career guide: renamed to the field's terms, nothing else changed."""

import pandas as pd

from analysis.cleaning.cited import tidy
from analysis.cleaning.cleaned import Cleaned, all_kept

NAMES = {
    "abbreviation": "state",
    "share_percent": "share_pct",
    "share_low_percent": "share_low_pct",
    "share_high_percent": "share_high_pct",
    "low_percent": "low_pct",
    "high_percent": "high_pct",
    "consistent": "is_consistent",
    "numeric": "is_numeric",
}
YES = {"yes": True, "no": False}


def clean_guide(raw: pd.DataFrame) -> Cleaned:
    """Tidy one of the guide's tables.

    `low` equal to `high` is a point, `low` without `high` an open bound, neither: no figure.
    """
    renamed = {**NAMES, "state": "area_name"} if "abbreviation" in raw else NAMES
    table = tidy(raw, renamed).drop(columns="fips", errors="ignore")
    words = [name for name in ("is_consistent", "is_numeric") if name in table]
    return all_kept(table.assign(**{name: table[name].map(YES) for name in words}), raw=raw)
