"""What a credential returns, all in one: costs, pay, value, risk, tests, comparison."""

from collections.abc import Iterator
from functools import cached_property

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.models import roi as methods
from analysis.models.roi.monte_carlo import DRAWS, SEED, Simulation
from analysis.studies.areas import NATION
from analysis.studies.credentials import certified_gaps
from analysis.studies.experience_pay import experience_bands
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, row_of
from analysis.studies.official import published
from analysis.studies.part import BLANK, Column, Part
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, outcomes_beside_promise
from analysis.studies.roi.case import return_case
from analysis.studies.roi.comparisons import compare_credentials, earnings_scenarios
from analysis.studies.roi.costs import cost_lines, total
from analysis.studies.roi.published_tests import long_run_values, published_tests
from analysis.studies.study import Figure, Study

MODEL = "model on the inputs listed below"
LARGE = 100  # from here on fractions are noise


class CredentialReturn(Study):
    """What a credential returns to somebody who sets out for it today.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables (`processed.Tables()`).
    draws, seed : int
        Of the simulation.
    **terms
        As in `return_case`: credential ("CPC", "COC", "CIC", "CCS", "CCS-P", "RHIT", "RHIA", or
        another of the table `credentials`), pathway ("certificate", "associate", "self_study", or
        "certification_only" for somebody who codes already), area ("US", a postal code or a
        metropolitan area), occupation (SOC code of the work it leads to), discount_rate (real, a
        year, -0.5 to 0.5; 0.03 is FREOPP's), horizon_years (1 to 60, from the decision on),
        remote_after_years (years of experience after which remote work at national pay is open;
        infinite for never), baseline ("high_school", "current_coder" for a coder without the
        credential, or an own salary in USD a year), premium_share (part of the published pay gap
        taken to go with the credential, 0 to 1), experience_years (in the occupation at the start).

    Raises
    ------
    WrongInput
        A parameter is unknown or out of range; the message names it, what was found and what is
        allowed.

    Examples
    --------
    >>> from analysis import processed
    >>> found = CredentialReturn(processed.Tables(), credential="CIC", area="TX", draws=1000)
    >>> found.cash_cost_usd.unit
    'USD'
    """

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
        return (
            *self.case.notes,
            "The premium is an unadjusted gap, an association: who certifies may have earned more "
            "anyway.",
            "Official wages are those of full-time pay (2,080 hours); taxes and the cost of living "
            "are left out.",
        )

    @cached_property
    def flows(self) -> pd.DataFrame:
        """Expected monthly flows (`monthly_flows`)."""
        return methods.monthly_flows(self.case)

    @cached_property
    def simulation(self) -> Simulation:
        """Chance of a gain, spread."""
        return methods.simulate(self.case, draws=self.draws, seed=self.seed)

    @cached_property
    def measures(self) -> methods.ReturnMeasures:
        """Value, rates of return, payback."""
        return methods.measures(
            self.flows, discount_rate=self.case.discount_rate, spread=self.simulation.npv_usd
        )

    @cached_property
    def break_even(self) -> dict[str, Estimate]:
        """Where it stops paying (`break_even`)."""
        return methods.break_even(self.case)

    @cached_property
    def pay_by_year(self) -> pd.DataFrame:
        """What is earned a year by somebody who sees it through (`pay_by_year`)."""
        return methods.pay_by_year(self.case)

    @cached_property
    def tornado(self) -> pd.DataFrame:
        """Value with one input at a time at its limits (`tornado`)."""
        return methods.tornado(self.case)

    @cached_property
    def bands(self) -> pd.DataFrame:
        """The guide's pay by experience on the official distribution (`experience_bands`)."""
        return experience_bands(
            self.tables["guide_salary_by_experience"],
            self.case.pay,
            national_pay=self.case.national_pay,
        )

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
            "Net present value": found.npv_usd,
            "Rate of return a year": found.rate_of_return_pct,
            "Modified rate of return a year": found.modified_rate_pct,
            "Payback, years": found.payback_years,
            "Discounted payback, years": found.discounted_payback_years,
            "Benefits over costs": found.benefit_cost,
            "Breaks even at a premium of": even["premium_pct"],
            "Breaks even at a pass rate of": even["pass_rate_pct"],
            "Breaks even at a tuition of": even["tuition_usd"],
        }
        return Part(
            table=pd.DataFrame(
                {
                    "measure": list(named),
                    "value": pd.Series(
                        ["none" if e.is_missing else _value(e.value, e.unit)
                         for e in named.values()],
                        dtype="object",
                    ),
                    "note": [estimate.note for estimate in named.values()],
                }
            ),
            columns={
                "measure": "Measure",
                "value": "Value",
                "note": Column("What to know", str),
            },
            source=MODEL,
            note=" ".join(self.notes),
        )  # fmt: skip

    @cached_property
    def premium_sensitivity(self) -> Part:
        """Value as only part of the published gap is taken to be the credential's."""
        return Part(
            table=methods.premium_sensitivity(self.case),
            columns={
                "premium_share": Column("Share of the published gap", "{:.2f}"),
                "premium_pct": "Premium",
                "npv_usd": Column("Net present value, USD", three_digits),
                "is_break_even": "Breaks even here",
            },
            source=MODEL,
        )

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
        """Every credential of the guide by pathway (`compare_credentials`)."""
        case = self.case
        table = compare_credentials(
            self.tables,
            **{
                name: self._terms[name]
                for name in ("baseline", "premium_share")
                if name in self._terms
            },  # type: ignore[arg-type]
            area=case.area.code,
            occupation=case.occupation_code,
            discount_rate=case.discount_rate,
            horizon_years=case.horizon_years,
            remote_after_years=case.remote_after_years,
        )
        return Part(
            table=table,
            columns={
                "credential": "Credential",
                "pathway": Column("Pathway", lambda name: name.replace("_", " ")),
                "guide_mean_wage_usd": "Guide: mean pay",
                "guide_percentile": Column("Percentile", "{:.0f}"),
                "member_wage_usd": "Members say",
                "official_median_wage_usd": "Official median",
                "guide_fee_high_usd": "Guide: fee",
                "published_fee_usd": "Published fee",
                "npv_usd": Column("Net present value, USD", three_digits),
                "payback_years": Column("Payback, years", "{:.1f}"),
                "is_eligible": "Open to beginners",
            },
            source=f"{GUIDE}; AAPC and AHIMA through pages quoting them; BLS, OEWS; model",
            note="Percentile: of all workers of the occupation here, by the official distribution.",
        )

    @cached_property
    def tests(self) -> Part:
        """The published tests side by side (`published_tests`)."""
        table = published_tests(self.tables, self.case)
        shown = {
            f"{name}_shown": pd.Series(
                [_value(v, unit) for v, unit in zip(table[name], table["unit"], strict=True)],
                dtype="object",
            )
            for name in ("value", "limit")
        }
        return Part(
            table=table.assign(
                **shown,
                verdict=table["passes"].map({True: "yes", False: "no"}).astype("str"),
                told=table["note"] + " [" + table["source"] + "]",
            ),
            columns={
                "test": "Test",
                "subject": "Of",
                "value_shown": "Value",
                "limit_shown": "Limit",
                "verdict": "Passes",
                "told": "What to know",
            },
            source="as named in each row; College Scorecard; HHS poverty guideline; BEA",
        )

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
    def scenarios(self) -> pd.DataFrame:
        """Value if the holder earns what each source says (`earnings_scenarios`)."""
        return earnings_scenarios(self.tables, self.case)

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
    def failing_programmes(self) -> Estimate:
        """Share of institutions whose program fails the earnings-premium test, nationwide."""
        level = ASSOCIATE if self.case.pathway.name == "associate" else CERTIFICATE
        outcomes = self.outcomes.table
        row = row_of(outcomes[outcomes["state"].eq(NATION)], "credential", level)
        return Estimate(
            kind="own tabulation",
            value=float(row["failing_pct"]),
            unit="percent",
            year="2026-06-10 release",
            source="College Scorecard, field of study, CIP 51.07",
            note=f"{int(row['institutions_failing'])} of {int(row['institutions_with_verdict'])} "
            f"institutions with a verdict on their {level.lower()} program ("
            f"{row['campus_failing_pct']:.1f}% where each campus is counted); CIP 51.07 also holds "
            "medical office programs.",
        )

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        measures, simulation = self.measures, self.simulation
        yield "npv_usd", "Net present value", measures.npv_usd, "higher"
        yield "p_gain_pct", "Chance that it pays", simulation.p_gain, "higher"
        yield (
            "p_gain_if_employed_pct",
            "Chance that it pays, once trained and hired",
            simulation.p_gain_if_employed,
            "higher",
        )
        yield "payback_years", "Payback", measures.payback_years, "lower"
        yield "rate_of_return_pct", "Rate of return", measures.rate_of_return_pct, "higher"
        yield "cash_cost_usd", "Paid before the first job", self.cash_cost_usd, "lower"
        yield (
            "break_even_premium_pct",
            "Premium at which it breaks even",
            self.break_even["premium_pct"],
            "lower",
        )
        yield (
            "failing_programmes_pct",
            "Real programmes whose completers earn less than high-school graduates",
            self.failing_programmes,
            "lower",
        )
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


def _value(value: float | None, unit: str) -> str:
    """Write a value in its unit."""
    if value is None or pd.isna(value):
        return BLANK
    return (
        three_digits(value) if wording.is_money(unit) else wording.quantity(value, unit, places=1)
    )


def _plain(value: float) -> str:
    """Write a number of whatever unit."""
    return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:.4g}"
