"""Tables of what is published, and what own records say, about pay and credentials.

A table is None where there are no data: the figure of its section says why.
"""

import pandas as pd

from analysis import wording
from analysis.figures.reason import Reason
from analysis.studies.certification import CredentialWorth
from analysis.studies.part import BLANK, Part
from analysis.tables.part import of, words
from analysis.tables.table import TO, Table, table

P_FLOOR = 0.001


def part(part: Part, caption: str) -> Table | None:
    """Show a part of the study as a table; None where there is none: its figure says why."""
    shown = of(part, caption)
    return shown if isinstance(shown, Table) else None


def published_pay(study: CredentialWorth) -> Table:
    """List every published figure of pay by credential, with its measure, year and source."""
    found = study.pay
    frame = found.table.sort_values(
        ["is_credential", "kind", "group"],
        ascending=[False, True, True],
        kind="stable",
        ignore_index=True,
    )
    shown = {
        "Who": frame["group"],
        "Measure": frame["measure"],
        "Kind": frame["kind"],
        "Of": frame["when"],
        "As published": words(frame["wage_usd"], "wage_usd"),
        f"At prices of {found.prices_of}": words(frame["may_usd"].round(-1), "wage_usd"),
        "Source [verified]": frame["origin"],
    }
    return table(
        frame,
        shown,
        caption="Pay by credential, everything published, latest of each, USD a year",
        source=found.source,
        text={"Measure", "Kind", "Of", "Source [verified]"},
        note=found.note,
    )


def pass_rates(study: CredentialWorth) -> Table | None:
    """List first-time pass rates with their intervals."""
    found = study.passes
    if found.is_missing:
        return None
    frame = found.table
    shown = {
        "Exam": frame["credential"],
        "Year": words(frame["year"], "year"),
        "Passed first time": frame["pass_rate_pct"].map("{:.0f}%".format),
        "90% interval": _spans(frame["low_pct"], frame["high_pct"], "{:.1f}%"),
        "First-time takers": words(frame["first_time_testers"], "takers"),
        "Source [verified]": frame["origin"],
    }
    return table(
        frame,
        shown,
        caption="Who passes the exam the first time",
        source=found.source,
        text={"Source [verified]"},
        note=found.note,
    )


def holding_costs(study: CredentialWorth) -> Table:
    """List what each credential costs to get and to hold."""
    found, frame = study.costs, study.costs.table
    shown = {
        "Credential": frame["credential"],
        "Exam, one attempt": words(frame["exam_fee_usd"], "fee_usd"),
        "Attempts expected": frame["attempts"].map("{:.1f}".format),
        "To get it": _tens(frame["get_usd"]),
        "To hold it 5 years": _tens(frame["five_year_usd"]),
        "10 years": _tens(frame["ten_year_usd"]),
        "10 years, from - to": _spans(
            frame["ten_low_usd"].round(-1), frame["ten_high_usd"].round(-1), "${:,.0f}"
        ),
        "Published": pd.Series(
            [
                _published(fee, rate)
                for fee, rate in zip(
                    frame["is_fee_published"], frame["is_pass_rate_published"], strict=True
                )
            ]
        ),
    }
    return table(
        frame,
        shown,
        caption="What it costs to get a credential by its exam and to hold it, USD",
        source=found.source,
        text={"Published"},
        note=found.note,
    )


def equation(study: CredentialWorth) -> Table | None:
    """List the coefficients of the wage equation."""
    found = study.records.equation
    if found.is_missing:
        return None
    frame = found.table
    shown = {
        "Term": frame["term"],
        "Coefficient": frame["coefficient"].map(_thousandths),
        "Standard error": frame["se"].map(_thousandths),
        "t": frame["t"].map(lambda t: wording.quantity(t, "", places=1)),
    }
    return table(frame, shown, caption="The wage equation", source=found.source, note=found.note)


def gap_parts(study: CredentialWorth) -> Table | None:
    """List the parts of the gap by reference."""
    found = study.records.gap
    if found.is_missing:
        return None
    frame = found.table
    shown = {
        "Priced at": frame["reference"],
        "Explained": _with_se(frame["explained"], frame["explained_se"]),
        "Unexplained": _with_se(frame["unexplained"], frame["unexplained_se"]),
        "Explained share": frame["explained_pct"].map(
            lambda share: BLANK if pd.isna(share) else wording.percent(share, decimals=0)
        ),
    }
    return table(
        frame,
        shown,
        caption="The gap in log pay by six references, standard errors in brackets",
        source=found.source,
        note=found.note,
    )


def gap_detail(study: CredentialWorth) -> Table | None:
    """List what each regressor accounts for, at pooled coefficients."""
    found = study.records.gap
    if found.is_missing:
        return None
    frame = found.detail
    shown = {
        "Regressor": frame["regressor"],
        "Explained": _with_se(frame["explained"], frame["explained_se"]),
        "Unexplained": _with_se(frame["unexplained"], frame["unexplained_se"]),
    }
    return table(
        frame,
        shown,
        caption="What each regressor accounts for, pooled coefficients (Jann)",
        source=found.source,
        note="Categories are measured from their own mean, so none is left out.",
    )


def pairs(study: CredentialWorth) -> Table | None:
    """List what holders of each credential are paid over people without one."""
    found = study.records.pairs
    if found.is_missing:
        return None
    frame = found.table
    shown = {
        "Holders of": frame["first"],
        "over": frame["second"].replace("none", "no credential"),
        "Premium": frame["premium_pct"].map(wording.percent),
        "90% interval": _spans(frame["low_pct"], frame["high_pct"], "{:.1f}%"),
        "p, Holm": frame["p_holm"].map(_p_value),
    }
    return table(
        frame,
        shown,
        caption="Holders of one credential over people without, like with like",
        source=found.source,
        text={"over"},
        note=found.note,
    )


def pay_by_credential(study: CredentialWorth) -> Table | None:
    """List quartiles of pay by credential, small groups suppressed."""
    found = study.records.by_credential
    if found.is_missing:
        return None
    frame = found.table
    shown = {
        "Credential": frame["credential"],
        "Records": frame["records"].map(lambda count: BLANK if pd.isna(count) else f"{count:,}"),
        **{
            label: words(frame[name].round(-2), "usd_usd")
            for label, name in (
                ("25th percentile", "p25_usd"),
                ("Median", "median_usd"),
                ("75th percentile", "p75_usd"),
            )
        },
        "Suppressed because": frame["suppressed"].replace("", BLANK),
    }
    return table(
        frame,
        shown,
        caption="Pay in these records by credential, USD a year",
        source=found.source,
        text={"Suppressed because"},
        note=found.note,
    )


def confounding(study: CredentialWorth) -> Table | Reason:
    """List what is left of the premium under omitted variables of given strength."""
    found = study.records.confounding
    if found.is_missing:
        return Reason(found.reason)
    frame = found.table
    shown = {
        "Unmeasured and as strong as": frame["strength"],
        "Premium left": frame["premium_pct"].map(wording.percent),
        "95% interval": _spans(frame["low_pct"], frame["high_pct"], "{:.1f}%"),
    }
    return table(
        frame,
        shown,
        caption="How strong something unmeasured would have to be",
        source=found.source,
        note=found.note,
    )


def _spans(low: "pd.Series[float]", high: "pd.Series[float]", form: str) -> "pd.Series[str]":
    """Write ranges; a dash where there is none."""
    return pd.Series(
        [
            BLANK if pd.isna(a) else f"{form.format(a)}{TO}{form.format(b)}".replace("-", "\u2212")
            for a, b in zip(low, high, strict=True)
        ]
    )


def _tens(usd: "pd.Series[float]") -> "pd.Series[str]":
    """Write dollars to tens: no cost here is known better."""
    return usd.round(-1).map(wording.usd)


def _published(fee: bool, pass_rate: bool) -> str:
    """Say which of fee and pass rate are published for the exam."""
    named = [name for name, has in (("fee", fee), ("pass rate", pass_rate)) if has]
    return wording.listed(named) or "neither: guide's range"


def _with_se(values: "pd.Series[float]", errors: "pd.Series[float]") -> "pd.Series[str]":
    """Write a log difference with its standard error."""
    return pd.Series(
        [f"{_thousandths(value)} ({se:.3f})" for value, se in zip(values, errors, strict=True)]
    )


def _thousandths(value: float) -> str:
    """Write a number to three decimals; what rounds to zero has no sign."""
    return wording.quantity(value, "", places=3)


def _p_value(p: float) -> str:
    """Write a p-value to three decimals."""
    return "below 0.001" if p < P_FLOOR else f"{p:.3f}"
