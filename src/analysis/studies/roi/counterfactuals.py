"""What else a person might have earned, and what a holder does: the accounts a return spans."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.estimate import NORMAL_90, Kind
from analysis.models.roi import PayProfile, expected_npv, monthly_flows, monthly_pay
from analysis.models.roi.case import MONTHS
from analysis.models.roi.cash_flow import baseline_pay, payback_years
from analysis.models.roi.monte_carlo import Simulation
from analysis.studies import earnings_profiles
from analysis.studies.areas import NATION
from analysis.studies.credentials import certified_gaps
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, row_of
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, PUBLIC, program_outcomes
from analysis.studies.roi.baseline import HIGH_SCHOOL, OWN_SALARY
from analysis.studies.roi.case import ReturnCase, against_threshold

LATER_YEAR = 10
JUST_BEFORE = 1e-9  # of a year: pay steps up, it does not glide
GUIDE_PREMIUM = "salary-certified-premium"
SCORECARD = "College Scorecard 2026-06-10, CIP 51.07, institutions"
ABOUT_FOUR_YEARS = "Completers of real programs, about four years later, whatever job they have"
MAY_BE_MISSING = ("later_wage_usd", "payback_years", "p_gain_if_employed_pct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterfactual:
    """One account of what is gained, named.

    Parameters
    ----------
    name, label : str
        Identifier and what people read.
    about : str
        Whose pay is set against whose.
    rests_on : str
        Sources, and what is assumed.
    kind : Kind
        Of the holder's pay.
    case : ReturnCase
        All that it is computed from.
    """

    name: str
    label: str
    about: str
    rests_on: str
    kind: Kind
    case: ReturnCase


def counterfactuals(tables: Tables, case: ReturnCase) -> tuple[Counterfactual, ...]:
    """Gather the accounts that a return is spanned by; the first is the case itself.

    For who comes to the occupation: official percentiles by experience (the upper bound), coders'
    pay by age (the lower), each against the baseline; completers of real programs, of public
    colleges and of all, and official percentiles against the federal threshold, which are of ages
    25 to 34. For who codes already: premiums.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi.case import return_case
    >>> tables = processed.Tables()
    >>> [each.name for each in counterfactuals(tables, return_case(tables))]
    ['percentiles', 'coders_by_age', 'public_completers', 'all_completers', 'federal_threshold']
    """
    if not case.is_entrant:
        return _of_a_coder(tables, case)
    against = f"a {case.baseline.label}"
    by_age, counted = at_coder_pay(tables, case)
    official = f"{case.pay.source}, {case.pay.year}"
    level = case if case.baseline.name == OWN_SALARY else against_threshold(tables, case)
    found = [
        Counterfactual(
            name="percentiles",
            label="Climbs the official pay percentiles",
            about="A full-time coder who rises from the 10th to the 75th percentile in 20 years, "
            f"against {against}",
            rests_on=f"{official}; that pay rises with experience so is an assumption",
            kind="model",
            case=case,
        ),
        Counterfactual(
            name="coders_by_age",
            label="Earns what coders of that age earn",
            about=f"A coder without a bachelor's degree at the median of each age, against "
            f"{against}",
            rests_on=f"{counted}; national, scaled to the place by official medians",
            kind="own tabulation",
            case=by_age,
        ),
        *_of_completers(tables, level),
    ]
    if case.baseline.name == HIGH_SCHOOL:
        found.append(
            Counterfactual(
                name="federal_threshold",
                label="Climbs the percentiles, against the federal threshold",
                about="The same full-time coder, against the median of high-school graduates of "
                "25 to 34 who work or seek work, level for life",
                rests_on=f"{official}; College Scorecard threshold; full-time against all work",
                kind="model",
                case=level,
            )
        )
    return tuple(found)


def at_coder_pay(tables: Tables, case: ReturnCase) -> tuple[ReturnCase, str]:
    """Return the case with coders' pay by age in place of the percentiles, and where it is from.

    Where part-time workers and those without work are counted (hours "all"), no unemployment is
    taken off: their wages of 0 are in the medians.
    """
    times = float(case.pay.quantile(0.5) / case.national_pay.quantile(0.5))
    profile, error, source = earnings_profiles.coder_pay(
        tables, sex=case.sex, hours=case.hours, times=times
    )
    limits = {
        "wage_level": (1.0, NORMAL_90 * error),
        "pay_position": (0.0, NORMAL_90),  # of all coders of that age, whatever their experience
    }
    given = {
        name: replace(
            case.input(name),
            estimate=replace(
                case.input(name).estimate, value=value, low=value - margin, high=value + margin
            ),
            distribution="normal",
        )
        for name, (value, margin) in limits.items()
    }
    if case.hours == "all":
        given["coder_unemployment_rate_pct"] = case.input("coder_unemployment_rate_pct").at(0.0)
    return replace(case, profile=profile).with_inputs(given), source


def at_pay(case: ReturnCase, years: Sequence[float], medians_usd: Sequence[float]) -> ReturnCase:
    """Return the case with other pay of holders by experience, spread as the occupation's is.

    Parameters
    ----------
    case : ReturnCase
        Its premium is in the given pay, and is set to 0.
    years, medians_usd : sequence of float
        Years of experience from which a median is paid, and the median, USD a year.
    """
    median, wages = case.pay.quantile(0.5), np.array(case.pay.wages_usd)
    scaled = [replace(case.pay, wages_usd=tuple(usd / median * wages)) for usd in medians_usd]
    ends = [year - JUST_BEFORE for year in years[1:]]
    profile = PayProfile(
        years=tuple(sorted([*years, *ends])),
        pay=tuple(each for pay in scaled for each in (pay, pay))[: len(years) + len(ends)],
        by_age=False,
    )
    return replace(case.with_input("premium_pct", 0.0), profile=profile)


def at_guide_pay(tables: Tables, case: ReturnCase) -> Counterfactual:
    """Return the guide's account: the middle of its tiers, or of the premium it states."""
    if not case.is_entrant:
        claim = row_of(tables["guide_claims"], "claim_id", GUIDE_PREMIUM)
        premium = (float(claim["low"]) + float(claim["high"])) / 2
        return Counterfactual(
            name="guide",
            label="The guide's premium",
            about=f"A holder paid {premium:g} % above coders without a credential",
            rests_on=GUIDE,
            kind="guide",
            case=case.with_input("premium_pct", premium),
        )
    tiers = tables["guide_salary_by_experience"]
    dated = tiers[tiers["years_low"].notna()].sort_values("years_low")
    middles = (dated["salary_low_usd"] + dated["salary_high_usd"]) / 2
    return Counterfactual(
        name="guide",
        label="The guide's tiers",
        about=f"A coder paid the middle of each tier, against a {case.baseline.label}",
        rests_on=GUIDE,
        kind="guide",
        case=at_pay(case, dated["years_low"].tolist(), middles.tolist()),
    )


def tabulate(accounts: Sequence[Counterfactual], simulations: Sequence[Simulation]) -> pd.DataFrame:
    """Tabulate accounts with what they come to.

    Returns
    -------
    DataFrame
        name, label, about, rests_on, kind, first_year_wage_usd, later_wage_usd (in year 10 of work;
        missing where the horizon is shorter), baseline_first_year_usd, npv_usd (at the most likely
        inputs), mean_usd, median_usd, p25_usd, p75_usd (of single cases), p_gain_pct,
        p_gain_if_employed_pct, payback_years (missing where it never pays back). Pay of holders and
        baseline as they enter the value.
    """
    rows = []
    for each, drawn in zip(accounts, simulations, strict=True):
        holder, later = monthly_pay(each.case)[0], (LATER_YEAR - 1) * MONTHS
        has_later = holder.size >= later + MONTHS
        rows.append(
            {
                "name": each.name,
                "label": each.label,
                "about": each.about,
                "rests_on": each.rests_on,
                "kind": each.kind,
                "first_year_wage_usd": float(holder[:MONTHS].sum()),
                "later_wage_usd": float(holder[later : later + MONTHS].sum())
                if has_later
                else None,
                "baseline_first_year_usd": float(baseline_pay(each.case)[:MONTHS].sum()),
                "npv_usd": expected_npv(each.case),
                **_drawn(drawn),
                "payback_years": payback_years(monthly_flows(each.case)),
            }
        )
    return pd.DataFrame(rows).astype(dict.fromkeys(MAY_BE_MISSING, "float64"))


def _drawn(simulation: Simulation) -> dict[str, float | None]:
    """Return what a simulation came to."""
    quantiles = simulation.quantiles.set_index("percentile")["npv_usd"]
    return {
        "mean_usd": simulation.mean_usd.value,
        "median_usd": float(quantiles[50]),
        "p25_usd": float(quantiles[25]),
        "p75_usd": float(quantiles[75]),
        "p_gain_pct": simulation.p_gain.value,
        "p_gain_if_employed_pct": simulation.p_gain_if_employed.value,
    }


def _of_completers(tables: Tables, level: ReturnCase) -> list[Counterfactual]:
    """Return the accounts of completers of real programs: public ones, as the tuition is, and all.

    Their pay is of about four years after, so it is held level, against a level baseline.
    """
    award = ASSOCIATE if level.pathway.name == "associate" else CERTIFICATE
    found = []
    for name, label, control in (
        ("public_completers", "Earns what completers of public colleges earn", PUBLIC),
        ("all_completers", "Earns what completers of all schools earn", None),
    ):
        for state in dict.fromkeys((level.area.state, NATION)):
            outcomes = program_outcomes(tables["programmes"], state=state, control=control)
            row = row_of(outcomes, "credential", award)
            if pd.notna(row["median_earnings_usd"]):
                count = int(row["institutions_with_earnings"])
                place = "in the nation" if state == NATION else f"in {state}"
                found.append(
                    Counterfactual(
                        name=name,
                        label=label,
                        about=f"{ABOUT_FOUR_YEARS}, against a {level.baseline.label}",
                        rests_on=f"{SCORECARD} {place} ({count} with earnings); held level; the "
                        "code is wider than coding",
                        kind="own tabulation",
                        case=at_pay(level, (0.0,), (float(row["median_earnings_usd"]),)),
                    )
                )
                break
    return found


def _of_a_coder(tables: Tables, case: ReturnCase) -> tuple[Counterfactual, ...]:
    """Return the accounts of who codes already: how much of a gap goes with the credential."""
    gap_pct, row = earnings_profiles.certified_gap_pct(tables)
    raw = certified_gaps(tables["member_salaries"]).iloc[-1]
    accounts = (
        (
            "schooling_gap",
            "Gains the gap at equal schooling",
            f"Certified or licensed workers with some college earn {gap_pct:.1f} % more than "
            "others with as much",
            f"{row['source_title']}, {row['period']}, all occupations",
            case.most_likely["premium_pct"],
        ),
        (
            "raw_gap",
            "Gains the raw gap of members",
            f"Certified AAPC members earn {raw['gap_pct']:.1f} % more than other members, at the "
            "credential's standing in the guide",
            f"{raw['source_title']}, {int(raw['survey_year'])}; its page prints 20.7 %, another "
            "8.9 %",
            case.input("premium_pct").high,
        ),
        (
            "no_gap",
            "Gains nothing",
            "Holders would have earned as much without the credential",
            "A bound: no study of coders separates the two",
            0.0,
        ),
    )
    return tuple(
        Counterfactual(
            name=name,
            label=label,
            about=about,
            rests_on=rests_on,
            kind="assumption" if name == "no_gap" else "model",
            case=case if number == 0 else case.with_input("premium_pct", premium),
        )
        for number, (name, label, about, rests_on, premium) in enumerate(accounts)
    )
