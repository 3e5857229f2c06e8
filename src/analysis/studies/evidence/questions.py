"""The questions a newcomer asks, answered again from official figures."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis import wording
from analysis.studies.areas import (
    ALL_OCCUPATIONS,
    BILLING_CLERKS,
    CODERS,
    MEDICAL_SECRETARIES,
    NATION,
)
from analysis.studies.guide import (
    HOME_WORK,
    home_work_share_pct,
    national_row,
    setting_shares,
    state_rows,
)
from analysis.studies.lookup import (
    Citation,
    Tables,
    cite,
    cite_oews,
    latest,
    row_of,
    rows_where,
)
from analysis.studies.official import ALL_INDUSTRIES
from analysis.studies.programs import CERTIFICATE, program_outcomes
from analysis.studies.projections import newest_projection

TUITION = "published tuition and fees, in-district, full time"
COMPLETED = "completed any program at first institution within 3 years"
MODEL_EXPOSURE = "gpt4_rating_beta"
ACCURACY = "LLM accuracy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One question and its answer.

    Parameters
    ----------
    question, answer : str
        In this project's words; the numbers of the answer come from the tables.
    citation : Citation
        Where they come from, and how far that was verified.
    """

    question: str
    answer: str
    citation: Citation


def questions_answered(tables: Tables) -> pd.DataFrame:
    """Answer the guide's questions, and its steps to start, from official figures.

    Returns
    -------
    DataFrame
        kind ("question" or "step"), question, answer, source, verification (the weakest mark of
        any figure in the answer).

    Examples
    --------
    >>> from analysis import processed
    >>> replies = questions_answered(processed.Tables())
    >>> print(replies.loc[0, "answer"].partition(";")[0])
    BLS projects 7.1% more jobs over 2024-34 (all occupations 3.1%)
    """
    return pd.DataFrame(
        {
            "kind": kind,
            "question": reply.question,
            "answer": reply.answer,
            "source": reply.citation.source,
            "verification": reply.citation.verification,
        }
        for kind, answers in (("question", QUESTIONS), ("step", STEPS))
        for reply in (answer(tables) for answer in answers)
    )


def demand(tables: Tables) -> Reply:
    """Answer from the current projection."""
    coders, everyone = (newest_projection(tables, code) for code in (CODERS, ALL_OCCUPATIONS))
    years = int(coders["projected_year"].item() - coders["base_year"].item())
    openings = float(coders["annual_openings"].item())
    new = float(coders["employment_change"].item()) / years
    return Reply(
        question="Will there be jobs?",
        answer=f"BLS projects {coders['growth_pct'].item():.1f}% more jobs over "
        f"{coders['projection_period'].item()} (all occupations "
        f"{everyone['growth_pct'].item():.1f}%); of {openings:,.0f} openings a year "
        f"{new:,.0f} are new jobs, the rest replaces people who leave.",
        citation=cite(pd.concat([coders, everyone])),
    )


def home_work(tables: Tables) -> Reply:
    """Answer from the census and the member survey."""
    members = latest(
        rows_where(tables["member_salaries"], group="share working remotely"), "survey_year"
    )
    acs = rows_where(tables["acs_shares"], id=HOME_WORK)
    return Reply(
        question="Can the work be done from home?",
        answer=f"About half do: {home_work_share_pct(tables):.1f}% of coders in the census "
        f"sample and {members['value'].item():.0f}% of AAPC members "
        f"({members['survey_year'].item()}); how long they had worked before is not recorded.",
        citation=cite(pd.concat([acs, members])),
    )


def price_of_a_credential(tables: Tables) -> Reply:
    """Answer from current dues and fees."""
    cpc = rows_where(tables["credentials"], credential="CPC")
    ahima = rows_where(tables["credentials"], body="AHIMA").dropna(subset=["exam_fee_usd"])
    dues, fee = (float(cpc[c].item()) for c in ("membership_usd_per_year", "exam_fee_usd"))
    return Reply(
        question="What does a credential cost?",
        answer=f"The CPC takes ${fee:,.0f} for one attempt and ${dues:,.0f} of dues a year, "
        f"${fee + dues:,.0f} before books; AHIMA's exams cost members "
        f"${ahima['exam_fee_usd'].min():,.0f} to ${ahima['exam_fee_usd'].max():,.0f}, others up "
        f"to ${ahima['exam_fee_nonmember_usd'].max():,.0f}.",
        citation=cite(pd.concat([cpc, ahima])),
    )


def coding_and_billing(tables: Tables) -> Reply:
    """Answer from pay, growth and schooling of both occupations."""
    coders, billers = (newest_projection(tables, code) for code in (CODERS, BILLING_CLERKS))
    return Reply(
        question="How do coding and billing differ?",
        answer=f"In pay little (medians ${_median(tables, CODERS):,.0f} and "
        f"${_median(tables, BILLING_CLERKS):,.0f}), in outlook much "
        f"({coders['growth_pct'].item():+.1f}% and {billers['growth_pct'].item():+.1f}% over "
        f"{coders['projection_period'].item()}), and in typical schooling "
        f"({_lower(coders)} and {_lower(billers)}).",
        citation=cite_oews(tables["wages"]) + cite(pd.concat([coders, billers])),
    )


def software(tables: Tables) -> Reply:
    """Answer from exposure, accuracy and the projection."""
    evidence = tables["automation_evidence"]
    exposed = evidence[
        evidence["item"].str.startswith(CODERS) & evidence["item"].str.endswith(MODEL_EXPOSURE)
    ].query("kind == 'task exposure' and unit == 'share of tasks'")
    tested = rows_where(evidence, kind=ACCURACY)
    exact = tested[tested["item"].str.contains("exact match")]
    coders = newest_projection(tables, CODERS)
    return Reply(
        question="Will software take the work over?",
        answer=f"About {100 * exposed['value_low'].item():.0f}% of the occupation's tasks could "
        "be sped up, but general language models gave the exact code in only "
        f"{exact['value_low'].min():.0f}% to {exact['value_low'].max():.0f}% of tries, and BLS, "
        f"which counts such tools in, still projects {coders['growth_pct'].item():+.1f}% jobs.",
        citation=cite(pd.concat([exposed, exact, coders])),
    )


def time_to_a_credential(tables: Tables) -> Reply:
    """Answer with the share who finish: months are not published."""
    done = tables["programme_costs"]
    done = latest(rows_where(done, item=COMPLETED), "period")
    return Reply(
        question="How long until certified?",
        answer="No official source times the way to a credential; of first-time full-time "
        f"students at two-year colleges {done['value'].item():.1f}% had completed any programme "
        f"there within three years ({done['period'].item()}), so a plan needs slack.",
        citation=cite(done),
    )


def choosing_a_programme(tables: Tables) -> Reply:
    """Answer from tuition, earnings after and debt."""
    costs = rows_where(tables["programme_costs"], sector="public two-year", item=TUITION)
    tuition = latest(costs, "period")
    programs = tables["programmes"]
    found = row_of(program_outcomes(programs), "credential", CERTIFICATE)
    return Reply(
        question="Which programme?",
        answer=f"A year at a public two-year college is priced at "
        f"${tuition['value'].item():,.0f}; half of the {found['institutions_with_earnings']:,} "
        "institutions with figures leave completers of their certificate program at "
        f"{wording.usd(found['median_earnings_usd'])} or less, with a median debt of "
        f"${found['median_debt_usd']:,.0f}, and {found['institutions_failing']:,} of "
        f"{found['institutions_with_verdict']:,} fail the earnings test: look the school up first.",
        citation=cite(tuition) + cite(programs.head(1)),
    )


def first_experience(tables: Tables) -> Reply:
    """Answer from the pay of the neighbouring jobs."""
    secretaries, billers = (_median(tables, c) for c in (MEDICAL_SECRETARIES, BILLING_CLERKS))
    entry = float(national_row(tables)["p10_wage_usd"])
    return Reply(
        question="Where to gain experience?",
        answer=f"Neighbouring jobs pay a median of ${secretaries:,.0f} (medical secretaries) and "
        f"${billers:,.0f} (billing clerks); the lowest paid tenth of coders earns "
        f"${entry:,.0f} or less.",
        citation=cite_oews(tables["wages"]),
    )


def choosing_an_exam(tables: Tables) -> Reply:
    """Answer from pass rates, questions and hours."""
    rates = tables["pass_rates"].sort_values("year").groupby("credential").tail(1)
    exams = tables["credentials"].dropna(subset=["questions"])
    each = ", ".join(
        f"{name} {rate:.0f}%"
        for name, rate in zip(rates["credential"], rates["pass_rate_pct"], strict=True)
    )
    return Reply(
        question="Which exam, and how hard is it?",
        answer=f"First-time pass rates are {each} ({rates['year'].max()}); AAPC publishes no rate. "
        f"Exams have {exams['questions'].min():.0f} to {exams['questions'].max():.0f} questions "
        f"and last {exams['exam_minutes'].min() / 60:g} to {exams['exam_minutes'].max() / 60:g} "
        "hours.",
        citation=cite(pd.concat([rates, exams])),
    )


def where_to_apply(tables: Tables) -> Reply:
    """Answer from jobs and pay by setting and state."""
    shares = setting_shares(tables)
    hospitals, offices = (
        rows_where(shares, claim_id=claim_id).iloc[0]
        for claim_id in ("settings-hospitals-share", "settings-physician-offices-share")
    )
    leaders = ", ".join(state_rows(tables).nlargest(3, "median_wage_usd")["area_name"])
    return Reply(
        question="Where to apply?",
        answer=f"Hospitals hold {hospitals['official_share_pct']:.0f}% of the jobs at a median "
        f"of ${hospitals['median_wage_usd']:,.0f}, physician offices "
        f"{offices['official_share_pct']:.0f}% at ${offices['median_wage_usd']:,.0f}; medians "
        f"are highest in {leaders}.",
        citation=cite_oews(tables["wages"]),
    )


QUESTIONS: tuple[Callable[[Tables], Reply], ...] = (
    demand,
    home_work,
    price_of_a_credential,
    coding_and_billing,
    software,
    time_to_a_credential,
)
STEPS: tuple[Callable[[Tables], Reply], ...] = (
    choosing_a_programme,
    first_experience,
    choosing_an_exam,
    where_to_apply,
)


def _median(tables: Tables, occupation_code: str) -> float:
    """Return the national median wage of an occupation, USD a year."""
    rows = rows_where(
        tables["wages"],
        occupation_code=occupation_code,
        area_code=NATION,
        industry_code=ALL_INDUSTRIES,
    )
    return float(latest(rows, "year")["median_wage_usd"].item())


def _lower(row: pd.DataFrame) -> str:
    """Write the typical entry education as a sentence has it."""
    level = str(row["typical_entry_education"].item())
    return level[:1].lower() + level[1:]
