"""What a credential returns, all in one: costs, pay, value, risk, tests, comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.estimate import Estimate
from analysis.studies.areas import CODERS, NATION
from analysis.studies.experience_pay import experience_bands
from analysis.studies.lookup import row_of
from analysis.studies.official import published
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, outcomes_beside_promise
from analysis.studies.roi.break_even import BreakEven, break_even, premium_sensitivity
from analysis.studies.roi.cash_flow import monthly_flows
from analysis.studies.roi.cost_lines import CredentialCosts, costs
from analysis.studies.roi.credential_comparison import compare_credentials
from analysis.studies.roi.credential_premium import certified_gaps
from analysis.studies.roi.earnings_scenarios import earnings_scenarios
from analysis.studies.roi.monte_carlo import DRAWS, SEED, Simulation, simulate, tornado
from analysis.studies.roi.published_tests import PublishedTests, published_tests
from analysis.studies.roi.return_baselines import HIGH_SCHOOL
from analysis.studies.roi.return_case import ReturnCase, return_case
from analysis.studies.roi.return_inputs import inputs_frame
from analysis.studies.roi.return_measures import ReturnMeasures, measures, pay_by_year
from analysis.studies.study import Figure, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialReturn(Study):
    """What a credential returns, with all it rests on.

    Parameters
    ----------
    case : ReturnCase
        Credential, pathway, area, baseline, terms, inputs.
    costs : CredentialCosts
        The bill.
    pay_by_year : DataFrame
        year, experience_years, holder_wage_usd, uncertified_wage_usd, baseline_wage_usd: what is
        earned a year by somebody who sees it through, before any chance of not doing so.
    bands : DataFrame
        The guide's pay by experience on the official distribution (`earnings_paths`).
    premium_history : DataFrame
        The published gap by survey (`credential_premium.certified_gaps`).
    flows : DataFrame
        Expected monthly flows (`cash_flow.monthly_flows`).
    measures : ReturnMeasures
        Value, rates of return, payback.
    break_even : BreakEven
        Where it stops paying.
    premium_sensitivity : DataFrame
        Value as the premium is shrunk.
    inputs : DataFrame
        Every input with its distribution and source.
    simulation : Simulation
        Chance of a gain, spread.
    tornado : DataFrame
        Value with one input at a time at its limits.
    tests : PublishedTests
        The published tests side by side.
    outcomes : DataFrame
        Real programmes beside the guide's promise.
    scenarios : DataFrame
        Value if the holder earns what each source says (`earnings_scenarios`).
    comparison : DataFrame
        Every credential of the guide by pathway.
    median_wage_usd : Estimate
        Official, of the area.
    """

    case: ReturnCase
    costs: CredentialCosts
    pay_by_year: pd.DataFrame
    bands: pd.DataFrame
    premium_history: pd.DataFrame
    flows: pd.DataFrame
    measures: ReturnMeasures
    break_even: BreakEven
    premium_sensitivity: pd.DataFrame
    inputs: pd.DataFrame
    simulation: Simulation
    tornado: pd.DataFrame
    tests: PublishedTests
    outcomes: pd.DataFrame
    scenarios: pd.DataFrame
    comparison: pd.DataFrame
    median_wage_usd: Estimate

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

    @property
    def failing_programmes(self) -> Estimate:
        """Share of institutions whose program fails the earnings-premium test, nationwide."""
        level = ASSOCIATE if self.case.pathway.name == "associate" else CERTIFICATE
        national = self.outcomes[self.outcomes["state"].eq(NATION)]
        row = row_of(national, "credential", level)
        return Estimate(
            value=float(row["failing_pct"]),
            unit="percent",
            year="2026-06-10 release",
            source="College Scorecard, field of study, CIP 51.07",
            note=f"{int(row['institutions_failing'])} of {int(row['institutions_with_verdict'])} "
            f"institutions with a verdict on their {level.lower()} program ("
            f"{row['campus_failing_pct']:.1f}% where each campus is counted); CIP 51.07 also holds "
            "medical office programs.",
        )

    @property
    def heading(self) -> str:
        """The credential and the place."""
        return f"{self.case.credential}, {self.case.area.name}"

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
        yield "cash_cost_usd", "Paid before the first job", self.costs.cash_usd, "lower"
        yield (
            "break_even_premium_pct",
            "Premium at which it breaks even",
            self.break_even.premium_pct,
            "lower",
        )
        yield (
            "failing_programmes_pct",
            "Real programmes whose completers earn less than high-school graduates",
            self.failing_programmes,
            "lower",
        )
        yield "median_wage_usd", "Median wage of the occupation", self.median_wage_usd, "higher"


def study(
    tables: Mapping[str, pd.DataFrame],
    *,
    credential: str = "CPC",
    pathway: str = "certificate",
    area: str = NATION,
    occupation: str = CODERS,
    discount_rate: float = 0.03,
    horizon_years: int = 20,
    remote_after_years: float = 2.0,
    baseline: str | float = HIGH_SCHOOL,
    premium_share: float = 1.0,
    experience_years: float | None = None,
    seed: int = SEED,
    draws: int = DRAWS,
) -> CredentialReturn:
    """Study what a credential returns to somebody who sets out for it today.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables (`processed.Tables()`).
    credential : str
        CPC, COC, CIC, CCS, CCS-P, RHIT, RHIA, or another of the table `credentials`.
    pathway : str
        "certificate", "associate", "self_study", or "certification_only" for somebody who codes
        already.
    area : str
        "US", a postal code or a metropolitan area.
    occupation : str
        SOC code of the work it leads to.
    discount_rate : float
        Real, a year, -0.5 to 0.5; 0.03 is FREOPP's.
    horizon_years : int
        1 to 60, from the decision on.
    remote_after_years : float
        Years of experience after which remote work at national pay is open; infinite for never.
    baseline : str or float
        "high_school", "current_coder" (a coder without the credential), or an own salary, USD a
        year.
    premium_share : float
        Part of the published pay gap taken to go with the credential, 0 to 1.
    experience_years : float or None
        In the occupation at the start; None is 2 for "current_coder", else 0.
    seed, draws : int
        Of the simulation.

    Raises
    ------
    WrongInput
        A parameter is unknown or out of range; the message names it, what was found and what is
        allowed.

    Examples
    --------
    >>> from analysis import processed
    >>> result = study(processed.Tables(), credential="CIC", area="TX", draws=1000)
    >>> result.costs.to_frame()["name"].iloc[0]
    'tuition_usd'
    """
    case = return_case(
        tables,
        credential=credential,
        pathway=pathway,
        area=area,
        occupation=occupation,
        discount_rate=discount_rate,
        horizon_years=horizon_years,
        remote_after_years=remote_after_years,
        baseline=baseline,
        premium_share=premium_share,
        experience_years=experience_years,
    )
    flows = monthly_flows(case)
    simulation = simulate(case, draws=draws, seed=seed)
    return CredentialReturn(
        case=case,
        costs=costs(case, tables["guide_certification_costs"]),
        pay_by_year=pay_by_year(case),
        bands=experience_bands(
            tables["guide_salary_by_experience"], case.pay, national_pay=case.national_pay
        ),
        premium_history=certified_gaps(tables["member_salaries"]),
        flows=flows,
        measures=measures(flows, discount_rate=discount_rate, simulation=simulation),
        break_even=break_even(case),
        premium_sensitivity=premium_sensitivity(case),
        inputs=inputs_frame(case.inputs),
        simulation=simulation,
        tornado=tornado(case),
        tests=published_tests(tables, case),
        outcomes=outcomes_beside_promise(
            tables["programmes"], tables["guide_salary_by_experience"], state=case.area.state
        ),
        scenarios=earnings_scenarios(tables, case),
        comparison=compare_credentials(
            tables,
            area=area,
            occupation=occupation,
            discount_rate=discount_rate,
            horizon_years=horizon_years,
            remote_after_years=remote_after_years,
            baseline=baseline,
            premium_share=premium_share,
        ),
        median_wage_usd=published(
            tables["wages"], "median_wage_usd", occupation_code=occupation, area_code=area
        ),
    )
