"""What a credential returns, all in one: costs, pay, value, risk, tests, comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import pandas as pd

from analysis import wording
from analysis.estimate import ALTERNATIVES, Estimate
from analysis.models import roi as methods
from analysis.models.roi.monte_carlo import DRAWS, SEED, SIMULATED, Simulation
from analysis.studies import earnings_profiles
from analysis.studies.credentials import certified_gaps
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables
from analysis.studies.official import published
from analysis.studies.part import Column, Part
from analysis.studies.programs import outcomes_beside_promise
from analysis.studies.roi.baseline import CURRENT_CODER, EXAM_ALONE, USUAL
from analysis.studies.roi.case import return_case
from analysis.studies.roi.comparisons import compare_credentials
from analysis.studies.roi.costs import cost_lines, total
from analysis.studies.roi.counterfactuals import (
    Counterfactual,
    at_guide_pay,
    counterfactuals,
    tabulate,
)
from analysis.studies.roi.pathways import PATHWAYS
from analysis.studies.roi.published_tests import (
    failing_programs,
    in_unit,
    long_run_values,
    published_tests,
)
from analysis.studies.study import Figure, Study

MODEL = "model on the inputs listed below"
BREAK_EVEN = {
    "premium_pct": "Breaks even at a premium of",
    "pass_rate_pct": "Breaks even at a pass rate of",
    "tuition_usd": "Breaks even at a tuition of",
}
LARGE = 100  # from here on fractions are noise


class CredentialReturn(Study):
    """What a credential returns to somebody who sets out for it today.

    The answer is a range over accounts of what is gained (`accounts`). Figures that show one
    account (flows, measures, costs, tornado) show the first, which is `case`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables (`processed.Tables()`).
    draws, seed : int
        Of the simulation.
    **terms
        As in `return_case`: credential, pathway, area, occupation, discount_rate, horizon_years,
        remote_after_years, baseline, premium_share, experience_years, start_age, sex, hours,
        foregone_share, after_tax, edition.

    Raises
    ------
    WrongInput
        A parameter is unknown or out of range, or the pathway does not lead to the credential; the
        message names it, what was found and what is allowed.

    Examples
    --------
    >>> from analysis import processed
    >>> found = CredentialReturn(processed.Tables(), credential="CIC", area="TX", draws=1000)
    >>> found.cash_cost_usd.unit
    'USD'
    """

    headlines = ("p_gain_pct", "npv_mean_usd", "npv_median_usd")

    def __init__(
        self, tables: Tables, *, draws: int = DRAWS, seed: int = SEED, **terms: object
    ) -> None:
        self.tables, self.draws, self.seed, self._terms = tables, draws, seed, terms
        self.case = return_case(tables, **terms)  # type: ignore[arg-type]

    @property
    def heading(self) -> str:
        """The credential and the place."""
        return f"{self.case.credential}, {self.case.area.name}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: fallbacks, choices, and what no figure here shows."""
        wage = self.case.input("baseline_wage_usd")
        return (
            *self.case.notes,
            *([f"Pay of the baseline: {wage.estimate.source}."] if self.case.is_entrant else []),
            "The premium is a gap between people, an association: whoever certifies may have "
            "earned more anyway.",
            "Pay is counted after income and payroll tax of a single person without dependents "
            "(2025, taxsim-py); the cost of living is left out."
            if self.case.net_pay
            else "Taxes (after_tax=true counts pay net of them) and the cost of living are left "
            "out.",
        )

    @cached_property
    def accounts(self) -> tuple[Counterfactual, ...]:
        """The named accounts the answer spans; the first is `case` itself."""
        return counterfactuals(self.tables, self.case)

    @cached_property
    def simulations(self) -> tuple[Simulation, ...]:
        """Chances and spread of each account."""
        return tuple(
            methods.simulate(each.case, draws=self.draws, seed=self.seed) for each in self.accounts
        )

    @property
    def simulation(self) -> Simulation:
        """Of the first account."""
        return self.simulations[0]

    @cached_property
    def counterfactuals(self) -> Part:
        """What each account comes to, and last what the guide promises (`tabulate`)."""
        guide = at_guide_pay(self.tables, self.case)
        drawn = methods.simulate(guide.case, draws=self.draws, seed=self.seed)
        return Part(
            table=tabulate([*self.accounts, guide], [*self.simulations, drawn]),
            columns={
                "label": "Who",
                "about": "Whose pay against whose",
                "first_year_wage_usd": Column("First year", three_digits),
                "later_wage_usd": Column("Tenth year", three_digits),
                "baseline_first_year_usd": Column("Otherwise, first year", three_digits),
                "p_gain_pct": Column("Come out ahead, of 100", "{:.0f}"),
                "mean_usd": Column("Average gain, USD", three_digits),
                "median_usd": Column("Median gain, USD", three_digits),
                "npv_usd": Column("At the most likely inputs, USD", three_digits),
                "payback_years": Column("Payback, years", "{:.1f}"),
                "kind": "Kind of pay figure",
                "rests_on": "Rests on",
            },
            source="as named in each row; simulation over the inputs listed below",
            note=(
                f"Present value over {self.case.horizon_years} years at "
                f"{100 * self.case.discount_rate:.1f}% a year, real. The average gain is the mean "
                f"of {self.draws:,} simulated people who start, those who do not finish or find no "
                "such work included; half gain less than the median. The last row, the guide's, is "
                "not part of the range. None of it is an effect: these are gaps between people."
            ),
        )

    def spanned(self, column: str) -> tuple[float, float]:
        """Return the lowest and highest value of a column over the accounts, the guide left out."""
        values = self.counterfactuals.table[column].iloc[: len(self.accounts)]
        return float(values.min()), float(values.max())

    def _over_accounts(self, column: str, *, unit: str, note: str) -> Estimate:
        """Return the first account's value with its range over all accounts."""
        low, high = self.spanned(column)
        return Estimate(
            value=float(self.counterfactuals.table[column].iloc[0]),
            low=low,
            high=high,
            unit=unit,
            source=SIMULATED,
            kind="simulation",
            note=note,
            limits=ALTERNATIVES,
        )

    @cached_property
    def flows(self) -> pd.DataFrame:
        """Expected monthly flows (`monthly_flows`)."""
        return methods.monthly_flows(self.case)

    @cached_property
    def measures(self) -> methods.ReturnMeasures:
        """Value, rates of return, payback, at the most likely inputs."""
        return methods.measures(
            self.flows, discount_rate=self.case.discount_rate, spread=self.simulation.npv_usd
        )

    @cached_property
    def break_even(self) -> dict[str, Estimate]:
        """Where it stops paying (`break_even`); the premium for somebody who codes already only."""
        found = methods.break_even(self.case)
        return {k: v for k, v in found.items() if k != "premium_pct" or not self.case.is_entrant}

    @cached_property
    def pay_by_year(self) -> pd.DataFrame:
        """What is earned a year by somebody who sees it through (`pay_by_year`)."""
        return methods.pay_by_year(self.case)

    @cached_property
    def tornado(self) -> pd.DataFrame:
        """Value with one input at a time at its limits (`tornado`)."""
        return methods.tornado(self.case)

    @cached_property
    def cost_lines(self) -> pd.DataFrame:
        """The bill (`cost_lines`)."""
        return cost_lines(self.case)

    @property
    def cash_cost_usd(self) -> Estimate:
        """All that is paid once, expected retakes included."""
        return total(self.cost_lines)

    @cached_property
    def median_wage_usd(self) -> Estimate:
        """Official, of the area."""
        return published(
            self.tables["wages"],
            "median_wage_usd",
            occupation_code=self.case.occupation_code,
            area_code=self.case.area.code,
        )

    @cached_property
    def costs(self) -> Part:
        """What it costs: most likely, low and high, and who says so."""
        attempts = 100 / self.case.most_likely["pass_rate_pct"]
        lines = self.cost_lines
        return Part(
            table=lines.assign(origin=_origin(lines)),
            columns={
                "label": "Cost",
                "when": "When",
                "value_usd": Column("Most likely, USD", three_digits),
                "low_usd": Column("From", three_digits),
                "high_usd": Column("To", three_digits),
                "kind": "Kind",
                "origin": "Source",
            },
            source="as named in each row",
            note=f"Expected attempts at the exam: {attempts:.1f}.",
        )

    @cached_property
    def value(self) -> Part:
        """The measures of the return and the points at which it would break even."""
        found, even = self.measures, self.break_even
        named = {
            "Net present value at the most likely inputs": found.npv_usd,
            "Average gain: mean of the draws": self.simulation.mean_usd,
            "Median of the draws": self.simulation.npv_usd,
            "Rate of return a year": found.rate_of_return_pct,
            "Modified rate of return a year": found.modified_rate_pct,
            "Payback, years": found.payback_years,
            "Discounted payback, years": found.discounted_payback_years,
            "Benefits over costs": found.benefit_cost,
            **{BREAK_EVEN[name]: each for name, each in even.items()},
        }
        values = ["none" if e.is_missing else in_unit(e.value, e.unit) for e in named.values()]
        return Part(
            table=pd.DataFrame(
                {
                    "measure": list(named),
                    "value": pd.Series(values, dtype="object"),
                    "note": [estimate.note for estimate in named.values()],
                }
            ),
            columns={
                "measure": "Measure",
                "value": "Value",
                "note": Column("What to know", str),
            },
            source=MODEL,
            note=" ".join([f"Of the account “{self.accounts[0].label}”.", *self.notes]),
        )

    @cached_property
    def premium_sensitivity(self) -> Part:
        """Value as only part of the gap is taken to be the credential's."""
        return Part(
            table=methods.premium_sensitivity(self.case),
            columns={
                "premium_share": Column("Share of the gap", "{:.2f}"),
                "premium_pct": "Premium",
                "npv_usd": Column("At the most likely inputs, USD", three_digits),
            },
            source=MODEL,
            note="Entering the occupation may pay even where the credential adds nothing to it."
            if self.case.is_entrant
            else "",
        )

    @cached_property
    def gaps(self) -> Part:
        """Adjusted gaps in pay, coders over high-school graduates."""
        return earnings_profiles.adjusted_gaps(self.tables)

    @cached_property
    def premium_history(self) -> Part:
        """The published gap by survey (`certified_gaps`)."""
        return Part(
            table=certified_gaps(self.tables["member_salaries"]),
            columns={
                "survey_year": "Members asked in",
                "certified_usd": "Certified, mean",
                "not_certified_usd": "Not certified, mean",
                "gap_pct": "Unadjusted gap",
                "verification": "Verified",
            },
            source="AAPC salary surveys: self-selected members, who differ from year to year",
            note="A gap between groups, not an effect: experience, setting and place differ too.",
        )

    @cached_property
    def comparison(self) -> Part:
        """Every credential by every training that leads to it, for newcomers."""
        terms = dict(self._terms)
        if not self.case.is_entrant:
            terms["baseline"] = USUAL
        baseline = self.case.baseline.label if self.case.is_entrant else "high-school graduate"
        return self._compared(
            [name for name in PATHWAYS if name != EXAM_ALONE],
            f"Against a {baseline}. RHIA asks for a bachelor's degree, RHIT for an associate.",
            terms,
        )

    @cached_property
    def coder_comparison(self) -> Part:
        """Every credential by its exam alone, for coders in work without one."""
        return self._compared(
            [EXAM_ALONE],
            "Against a coder without a credential: the pay gap and nothing else.",
            self._terms | {"baseline": CURRENT_CODER},
        )

    def _compared(self, pathways: list[str], note: str, terms: Mapping[str, object]) -> Part:
        """Compare the credentials by some pathways, on the terms of the study."""
        given = {k: v for k, v in terms.items() if k not in ("credential", "pathway")}
        return Part(
            table=compare_credentials(self.tables, pathways, **given),  # type: ignore[arg-type]
            columns={
                "credential": "Credential",
                "pathway": Column("Pathway", lambda name: name.replace("_", " ")),
                "guide_mean_wage_usd": "Guide: mean pay",
                "guide_percentile": Column("Percentile", "{:.0f}"),
                "member_wage_usd": "Members say",
                "official_median_wage_usd": "Official median",
                "guide_fee_high_usd": "Guide: fee",
                "published_fee_usd": "Published fee",
                "npv_usd": Column("At the most likely inputs, USD", three_digits),
                "payback_years": Column("Payback, years", "{:.1f}"),
            },
            source=f"{GUIDE}; AAPC and AHIMA through pages quoting them; BLS, OEWS; model",
            note=f"{note} Percentile: of all workers of the occupation here, by the official "
            "distribution. A dash: no page that states the fee was found.",
        )

    @cached_property
    def tests(self) -> Part:
        """The published tests side by side (`published_tests`)."""
        return published_tests(self.tables, self.case)

    @cached_property
    def long_run(self) -> Part:
        """Value over 10, 20 and 40 years at two discount rates."""
        return Part(
            table=long_run_values(self.case),
            columns={
                "years": "Years",
                "discount_rate": Column("Discount rate", lambda rate: wording.percent(100 * rate)),
                "npv_usd": Column("Net present value, USD", three_digits),
            },
            source=MODEL,
        )

    @cached_property
    def outcomes(self) -> Part:
        """Real programs beside the guide's promise."""
        return Part(
            table=outcomes_beside_promise(
                self.tables["programmes"],
                self.tables["guide_salary_by_experience"],
                state=self.case.area.state,
            ),
            columns={
                "credential": "Award",
                "state": "Where",
                "institutions": "Institutions",
                "institutions_with_earnings": "with earnings",
                "median_earnings_usd": "Median earnings",
                "p25_earnings_usd": "Middle half from",
                "p75_earnings_usd": "to",
                "median_debt_usd": "Median debt",
                "failing_pct": "Fail the earnings premium",
                "institutions_with_verdict": "of",
                "campus_failing_pct": "Counted by campus",
                "guide_entry_low_usd": "Guide's entry pay from",
            },
            source="US Department of Education, College Scorecard, release 2026-06-10 (CC-BY-4.0)",
            note="An institution counts once: its earnings are printed again on every campus. "
            "Mostly four years after completion. The code is wider than coding programs.",
        )

    @cached_property
    def inputs(self) -> Part:
        """Every input with its distribution and source."""
        frame = methods.inputs_frame(self.case.inputs)
        return Part(
            table=frame.assign(told=_origin(frame) + " " + frame["note"].fillna("")),
            columns={
                "label": "Input",
                "low": Column("Low", _plain),
                "mode": Column("Most likely", _plain),
                "high": Column("High", _plain),
                "unit": "Unit",
                "kind": "Kind",
                "told": "Source, and what to know",
            },
            source="as named in each row",
        )

    @property
    def failing_programs(self) -> Estimate:
        """Share of institutions whose program fails the earnings-premium test, nationwide."""
        return failing_programs(self.tables, self.case)

    @property
    def payback_years(self) -> Estimate:
        """Of the first account; the note says how many of the others never pay back."""
        found, accounts = self.measures.payback_years, self.accounts
        never = int(self.counterfactuals.table["payback_years"].iloc[: len(accounts)].isna().sum())
        told = f"{never} of {len(accounts)} accounts do not pay back in that time."
        return replace(found, note=f"{found.note} {accounts[0].label}. {told}".strip())

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        years = f"over {self.case.horizon_years} years"
        note = "Of those who start, by account."
        odds = self._over_accounts("p_gain_pct", unit="percent", note=note)
        yield "p_gain_pct", "Chance of coming out ahead", odds, "higher"
        yield (
            "npv_mean_usd",
            f"Average gain {years}",
            self._over_accounts("mean_usd", unit="USD", note="Mean of the draws, by account."),
            "higher",
        )
        yield (
            "npv_median_usd",
            f"Median gain {years}",
            self._over_accounts("median_usd", unit="USD", note="Half gain less, by account."),
            "higher",
        )
        if self.case.is_entrant:
            yield (
                "p_gain_if_employed_pct",
                "Chance of coming out ahead, once trained and hired",
                self._over_accounts(
                    "p_gain_if_employed_pct",
                    unit="percent",
                    note="Of those who finish and find work in the occupation.",
                ),
                "higher",
            )
        yield "payback_years", "Payback at the most likely inputs", self.payback_years, "lower"
        yield "cash_cost_usd", "Paid before the first job", self.cash_cost_usd, "lower"
        if not self.case.is_entrant:
            label = "Premium at which it breaks even"
            yield "break_even_premium_pct", label, self.break_even["premium_pct"], "lower"
        else:
            label = (
                "Institutions whose completers earn less than high-school graduates, United States"
            )
            yield "failing_programs_pct", label, self.failing_programs, "lower"
        yield "median_wage_usd", "Median wage of the occupation", self.median_wage_usd, "higher"


study = CredentialReturn


def three_digits(usd: float) -> str:
    """Write dollars to three digits: no cost here is known better.

    Examples
    --------
    >>> three_digits(47_912.3)
    '$47,900'
    """
    return wording.usd(float(f"{usd:.3g}"))


def _origin(frame: pd.DataFrame) -> "pd.Series[str]":
    """Join a source with the mark of how far it was verified."""
    return frame["source"] + " [" + frame["verification"].fillna("model") + "]"


def _plain(value: float) -> str:
    """Write a number of whatever unit."""
    return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:.4g}"
