"""The finder: every certificate and associate program of the field by name, on one page."""

import json

import pandas as pd
from markupsafe import Markup

from analysis import wording
from analysis.reporting import layout
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, CONTROLS, LEVELS, failing_by_control

SHORT = {CERTIFICATE: "Certificate", ASSOCIATE: "Associate"}


def render_programs(rows: pd.DataFrame, programs: pd.DataFrame, *, release: str) -> str:
    """Render the finder as one self-contained HTML file.

    Parameters
    ----------
    rows : DataFrame
        As `finder_rows` lists them.
    programs : DataFrame
        The processed table `programmes`, for the counts by control.
    release : str
        Of the College Scorecard.
    """
    return layout.render(
        "programs.html.j2",
        {
            "total": wording.count(len(rows)),
            "schools": wording.count(rows["school"].nunique()),
            "silent": wording.count(int(rows["median_earnings_usd"].isna().sum())),
            "controls": [
                (
                    str(row["control"]).removeprefix("Private, "),
                    row["institutions_failing"],
                    row["institutions_with_verdict"],
                    wording.percent(row["failing_pct"], decimals=0),
                )
                for row in failing_by_control(programs, CERTIFICATE).to_dict("records")
            ],
            "states": sorted(rows["state"].dropna().unique()),
            "levels": [SHORT[level] for level in LEVELS],
            "owners": CONTROLS,
            "release": release,
            "facts": Markup(facts(rows)),
        },
    )


def facts(rows: pd.DataFrame) -> str:
    """Write the rows as JSON that may stand within a script; what is missing is null.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.programs import finder_rows
    >>> facts(finder_rows(processed.read("programmes")).head(1))[:40]
    '[["491464","ABC Adult School","CA","Publ'
    """
    short = rows.assign(credential=rows["credential"].map(SHORT)).astype("object")
    values = short.where(rows.notna(), None).to_numpy().tolist()
    plain = [
        [int(v) if isinstance(v, float) and v.is_integer() else v for v in row] for row in values
    ]
    return json.dumps(plain, separators=(",", ":"), allow_nan=False).replace("<", "\\u003c")
