"""The bill of a credential, line by line, with limits and sources."""

from dataclasses import dataclass

import pandas as pd

from analysis.estimate import Estimate
from analysis.studies.lookup import row_of
from analysis.studies.roi.cash_flow import hire_month
from analysis.studies.roi.return_case import ReturnCase
from analysis.studies.roi.return_inputs import PERCENT, ReturnInput
from analysis.studies.roi.return_value import HOURS_A_YEAR, MONTHS

LOWEST_PASS_RATE_PCT = 1.0
FIRST_CERTIFICATION = ("membership_usd", "exam_fee_usd", "materials_usd")


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One line of the bill.

    Parameters
    ----------
    name, label : str
        Identifier and what people read.
    when : str
        "once" or "a year".
    estimate : Estimate
        USD, or USD a year.
    verification : str
        As in the inputs; "derived" where a line is computed from several.
    is_cash : bool
        False for time and earnings given up.
    """

    name: str
    label: str
    when: str
    estimate: Estimate
    verification: str
    is_cash: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialCosts:
    """What a credential costs somebody who sees it through.

    Parameters
    ----------
    lines : tuple of CostLine
        The bill.
    cash_usd : Estimate
        All that is paid once, expected retakes included.
    in_kind_usd : Estimate
        Hours of study and earnings given up.
    first_certification_usd : Estimate
        Dues, one exam and materials, without tuition: what the guide totals.
    guide_first_certification_usd : Estimate
        The guide's own total.
    expected_attempts : float
        Exams until the first pass, 1 / pass rate.
    expected_delay_months : float
        By retakes.
    months_to_first_pay : float
        From the decision to the first pay with the credential.
    """

    lines: tuple[CostLine, ...]
    cash_usd: Estimate
    in_kind_usd: Estimate
    first_certification_usd: Estimate
    guide_first_certification_usd: Estimate
    expected_attempts: float
    expected_delay_months: float
    months_to_first_pay: float

    def to_frame(self) -> pd.DataFrame:
        """Tabulate the lines.

        Returns
        -------
        DataFrame
            name, label, when, low, value, high (the value itself where it is known), unit, kind,
            is_cash, verification, source, note.
        """
        return pd.DataFrame(
            [
                {
                    "name": line.name,
                    "label": line.label,
                    "when": line.when,
                    "low": _or_value(line.estimate.low, line.estimate),
                    "value": line.estimate.value,
                    "high": _or_value(line.estimate.high, line.estimate),
                    "unit": line.estimate.unit,
                    "kind": line.estimate.kind,
                    "is_cash": line.is_cash,
                    "verification": line.verification,
                    "source": line.estimate.source,
                    "note": line.estimate.note,
                }
                for line in self.lines
            ]
        )

    def _repr_html_(self) -> str:
        """Show the bill in a notebook."""
        shown = self.to_frame()[["label", "when", "low", "value", "high", "kind", "verification"]]
        return shown.to_html(index=False, float_format="{:,.0f}".format, na_rep="", border=0)


def costs(case: ReturnCase, guide_costs: pd.DataFrame) -> CredentialCosts:
    """Draw up the bill of a case for somebody who completes the training.

    Retakes: fee x (1 / pass rate - 1), their number being geometric in the pass rate.

    Parameters
    ----------
    case : ReturnCase
        What is earned, how and where.
    guide_costs : DataFrame
        The processed table `guide_certification_costs`.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi.return_case import return_case
    >>> tables = processed.Tables()
    >>> bill = costs(return_case(tables), tables["guide_certification_costs"])
    >>> round(bill.first_certification_usd.value)
    947
    """
    once = (
        _line(case.input("tuition_usd")),
        _line(case.input("membership_usd")),
        _line(case.input("exam_fee_usd")),
        _retakes(case),
        _line(case.input("materials_usd")),
    )
    in_kind = (_study_time(case), _foregone(case))
    yearly = _line(case.input("renewal_usd_per_year"), when="a year")
    total = row_of(guide_costs, "item", "first certification, stated total")
    low, high = float(total["low_usd"]), float(total["high_usd"])
    attempts = PERCENT / case.most_likely["pass_rate_pct"]
    first = tuple(line for line in once if line.name in FIRST_CERTIFICATION)
    return CredentialCosts(
        lines=(*once, *in_kind, yearly),
        cash_usd=_total(once, "Paid once, with the expected retakes"),
        in_kind_usd=_total(in_kind, "Hours of study and earnings given up"),
        first_certification_usd=_total(first, "Dues, one exam and materials"),
        guide_first_certification_usd=Estimate(
            value=(low + high) / 2,
            low=low,
            high=high,
            unit="USD",
            source="Career guide 2026",
            kind="guide",
        ),
        expected_attempts=attempts,
        expected_delay_months=(attempts - 1) * case.most_likely["retake_wait_months"],
        months_to_first_pay=hire_month(case),
    )


def _line(item: ReturnInput, *, when: str = "once") -> CostLine:
    """Make a line of one input."""
    return CostLine(
        name=item.name,
        label=item.label,
        when=when,
        estimate=item.estimate,
        verification=item.verification,
    )


def _retakes(case: ReturnCase) -> CostLine:
    """Return the expected fees of second and later attempts."""
    fee, passes = case.input("exam_fee_usd"), case.input("pass_rate_pct")
    return _derived(
        "expected_retakes_usd",
        f"Expected retakes at a pass rate of {passes.value:.0f} %",
        value=fee.value * _failed(passes.value),
        low=fee.low * _failed(passes.high),
        high=fee.high * _failed(passes.low),
        source=f"Fee x (1 / pass rate - 1); {passes.estimate.source}",
        is_cash=True,
        note=passes.estimate.note,
    )


def _study_time(case: ReturnCase) -> CostLine:
    """Return the hours of study at the hourly wage of the baseline."""
    hours, wage = case.input("study_hours"), case.input("baseline_wage_usd")
    return _derived(
        "study_time_usd",
        f"{hours.value:.0f} hours of study at the baseline's wage",
        value=hours.value * wage.value / HOURS_A_YEAR,
        low=hours.low * wage.low / HOURS_A_YEAR,
        high=hours.high * wage.high / HOURS_A_YEAR,
        source=f"{hours.estimate.source}; {wage.estimate.source}",
        is_cash=False,
    )


def _foregone(case: ReturnCase) -> CostLine:
    """Return the earnings given up while in training."""
    share, months = case.input("foregone_share_pct"), case.input("training_months")
    wage = case.input("baseline_wage_usd")
    return _derived(
        "earnings_foregone_usd",
        f"Earnings given up: {share.value:.0f} % over {months.value:g} months of training",
        value=share.value / PERCENT * months.value / MONTHS * wage.value,
        low=share.low / PERCENT * months.low / MONTHS * wage.low,
        high=share.high / PERCENT * months.high / MONTHS * wage.high,
        source=share.estimate.source,
        is_cash=False,
        note="A stated choice, not data.",
    )


def _failed(pass_rate_pct: float) -> float:
    """Return the expected number of failed attempts before the first pass."""
    return PERCENT / max(pass_rate_pct, LOWEST_PASS_RATE_PCT) - 1


def _derived(
    name: str,
    label: str,
    *,
    value: float,
    low: float,
    high: float,
    source: str,
    is_cash: bool,
    note: str = "",
) -> CostLine:
    """Make a line that is computed."""
    return CostLine(
        name=name,
        label=label,
        when="once",
        estimate=Estimate(
            value=value, low=low, high=high, unit="USD", source=source, kind="model", note=note
        ),
        verification="derived",
        is_cash=is_cash,
    )


def _or_value(limit: float | None, estimate: Estimate) -> float | None:
    """Return a limit, or the value where it is known."""
    return estimate.value if limit is None else limit


def _total(lines: tuple[CostLine, ...], source: str) -> Estimate:
    """Add up lines and their limits."""
    estimates = [line.estimate for line in lines]
    return Estimate(
        value=sum(found.value or 0.0 for found in estimates),
        low=sum(_or_value(found.low, found) or 0.0 for found in estimates),
        high=sum(_or_value(found.high, found) or 0.0 for found in estimates),
        unit="USD",
        source=source,
        kind="model",
        limits="all lines low to all high:",
    )
