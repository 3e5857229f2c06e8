"""Where a credential stops paying: the premium, pass rate or tuition at which it is worth 0."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
from scipy.optimize import brentq

from analysis.estimate import Estimate
from analysis.studies.roi.return_case import ReturnCase
from analysis.studies.roi.return_inputs import ReturnInput
from analysis.studies.roi.return_value import ValueTables, net_present_value, value_tables

SOURCE = "Net present value set to 0, all else at its most likely value"
PREMIUM_LIMITS = (-90.0, 1000.0)
PASS_RATE_LIMITS = (1.0, 100.0)
SHARES = (1.0, 0.75, 0.5, 0.25, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The values at which the net present value is 0; None where there is none, with the reason.

    Parameters
    ----------
    premium_pct : Estimate
        Premium of holders over coders without a credential.
    premium_share : Estimate
        The same as a part of the published gap.
    pass_rate_pct : Estimate
        Chance to pass an attempt.
    tuition_usd : Estimate
        Tuition and fees of the whole training.
    """

    premium_pct: Estimate
    premium_share: Estimate
    pass_rate_pct: Estimate
    tuition_usd: Estimate

    def to_frame(self) -> pd.DataFrame:
        """Tabulate name, value, unit and note."""
        named = {
            "premium_pct": self.premium_pct,
            "premium_share": self.premium_share,
            "pass_rate_pct": self.pass_rate_pct,
            "tuition_usd": self.tuition_usd,
        }
        return pd.DataFrame(
            [
                {"name": name, "value": found.value, "unit": found.unit, "note": found.note}
                for name, found in named.items()
            ]
        ).astype({"value": "float64"})

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return self.to_frame().to_html(
            index=False, float_format="{:,.1f}".format, na_rep="none", border=0
        )


def break_even(case: ReturnCase) -> BreakEven:
    """Find the premium, the pass rate and the tuition at which a case is worth nothing.

    Parameters
    ----------
    case : ReturnCase
        All but the one input stays at its most likely value.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi.return_case import return_case
    >>> tables = processed.Tables()
    >>> coder = return_case(tables, pathway="certification_only", baseline="current_coder")
    >>> 0 < break_even(coder).premium_pct.value < 5
    True
    """
    premium = _root(case, case.input("premium_pct"), PREMIUM_LIMITS)
    if premium.value is not None and premium.value < 0:
        premium = replace(premium, note="Below 0: official pay alone makes up for the cost.")
    published = case.input("premium_pct")
    return BreakEven(
        premium_pct=premium,
        premium_share=_share_of(premium, published),
        pass_rate_pct=_root(case, case.input("pass_rate_pct"), PASS_RATE_LIMITS),
        tuition_usd=_tuition(case),
    )


def premium_sensitivity(case: ReturnCase) -> pd.DataFrame:
    """Tabulate the net present value as the published premium is shrunk.

    Returns
    -------
    DataFrame
        premium_share, premium_pct, npv_usd; rows at 1, 0.75, 0.5, 0.25 and 0 of the case's premium,
        and `is_break_even` for the one at which the value is 0, where there is one.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> case = return_case(processed.Tables())
    >>> premium_sensitivity(case)["npv_usd"].round(-2).tolist()[:2]
    [47900.0, 45600.0]
    """
    tables, expected = value_tables(case), case.most_likely
    published = expected["premium_pct"]
    rows = [
        {
            "premium_share": share,
            "premium_pct": share * published,
            "npv_usd": _npv(tables, expected, "premium_pct", share * published),
            "is_break_even": False,
        }
        for share in SHARES
    ]
    premium = break_even(case).premium_pct.value
    if premium is not None and published:
        rows.append(
            {
                "premium_share": premium / published,
                "premium_pct": premium,
                "npv_usd": 0.0,
                "is_break_even": True,
            }
        )
    return pd.DataFrame(rows).sort_values("premium_share", ascending=False, ignore_index=True)


def _root(case: ReturnCase, item: ReturnInput, limits: tuple[float, float]) -> Estimate:
    """Find the value of one input between limits at which the case is worth nothing."""
    tables, expected = value_tables(case), case.most_likely

    def worth(value: float) -> float:
        return _npv(tables, expected, item.name, value)

    low, high = limits
    if worth(low) * worth(high) > 0:
        sign = "pays" if worth(high) > 0 else "does not pay"
        return _estimate(
            None, item.estimate.unit, f"It {sign} at any value from {low:g} to {high:g}."
        )
    return _estimate(_bisect(worth, low, high), item.estimate.unit, "")


def _bisect(worth: Callable[[float], float], low: float, high: float) -> float:
    """Find the root between two limits of different sign."""
    return float(brentq(worth, low, high, xtol=1e-9))


def _share_of(premium: Estimate, published: ReturnInput) -> Estimate:
    """Express a break-even premium as a part of the published one."""
    if premium.value is None or published.value == 0:
        note = premium.note or "The published premium is taken as 0."
        return _estimate(None, "ratio", note)
    return _estimate(premium.value / published.value, "ratio", "")


def _tuition(case: ReturnCase) -> Estimate:
    """Return the tuition that takes the whole value: it enters in proportion."""
    tables, expected = value_tables(case), case.most_likely
    free = _npv(tables, expected, "tuition_usd", 0.0)
    slope = free - _npv(tables, expected, "tuition_usd", 1.0)
    if free < 0 or slope <= 0:
        return _estimate(None, "USD", "It does not pay even where the training is free.")
    return _estimate(free / slope, "USD", "")


def _npv(tables: ValueTables, expected: dict[str, float], name: str, value: float) -> float:
    """Value a case with one input changed."""
    return float(net_present_value(tables, {**expected, name: value}))


def _estimate(value: float | None, unit: str, note: str) -> Estimate:
    """Make the estimate of a break-even value."""
    return Estimate(value=value, unit=unit, source=SOURCE, kind="model", note=note)
