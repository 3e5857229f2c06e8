"""The questions a newcomer asks, answered again from official figures."""

from collections.abc import Callable
from typing import NamedTuple

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
from analysis.studies.part import Column, Part
from analysis.studies.programs import CERTIFICATE, program_outcomes
from analysis.studies.projections import newest_projection

TUITION = "published tuition and fees, in-district, full time"
COMPLETED = "completed any program at first institution within 3 years"


class Reply(NamedTuple):
    """A question, its answer in this project's words, and where its numbers come from."""

    question: str
    answer: str
    citation: Citation


def questions_answered(tables: Tables) -> Part:
    """Answer the guide's questions, and its steps to start, from official figures.

    The table has kind ("question" or "step"), question, answer, source and verification (the
    weakest mark of any figure in the answer).

    Examples
    --------
    >>> from analysis import processed
    >>> replies = questions_answered(processed.Tables()).table
    >>> print(replies.loc[0, "answer"].partition(";")[0])
    BLS projects 7.1% more jobs over 2024-34 (all occupations 3.1%)
    """
    rows = [
        (kind, reply.question, reply.answer, reply.citation.source, reply.citation.verification)
        for kind, answers in (("question", QUESTIONS), ("step", STEPS))
        for reply in (answer(tables) for answer in answers)
    ]
    names = ["kind", "question", "answer", "source", "verification"]
    return Part(
        table=pd.DataFrame(rows, columns=names),
        columns={
            "question": "Question",
            "answer": "Answer",
            ("source", "verification"): Column("Source", "{} [{}]".format, is_text=True),
        },
        source="as named in each row",
    )


def _demand(tables: Tables) -> Reply:
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


def _home_work(tables: Tables) -> Reply:
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


def _price_of_a_credential(tables: Tables) -> Reply:
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


def _coding_and_billing(tables: Tables) -> Reply:
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


def _software(tables: Tables) -> Reply:
    evidence = tables["automation_evidence"]
    exposed = rows_where(evidence, id="exposure_29_2072_gpt4_beta")
    exact = evidence[evidence["id"].str.startswith("gpt4_exact_")]
    coders = newest_projection(tables, CODERS)
    return Reply(
        question="Will software take the work over?",
        answer=f"About {100 * exposed['value_low'].item():.0f}% of the occupation's tasks could "
        "be sped up, but general language models gave the exact code in only "
        f"{exact['value_low'].min():.0f}% to {exact['value_low'].max():.0f}% of tries, and BLS, "
        f"which counts such tools in, still projects {coders['growth_pct'].item():+.1f}% jobs.",
        citation=cite(pd.concat([exposed, exact, coders])),
    )


def _time_to_a_credential(tables: Tables) -> Reply:
    done = tables["programme_costs"]
    done = latest(rows_where(done, item=COMPLETED), "period")
    return Reply(
        question="How long until certified?",
        answer="No official source times the way to a credential; of first-time full-time "
        f"students at two-year colleges {done['value'].item():.1f}% had completed any program "
        f"there within three years ({done['period'].item()}), so a plan needs slack.",
        citation=cite(done),
    )


def _choosing_a_program(tables: Tables) -> Reply:
    costs = rows_where(tables["programme_costs"], sector="public two-year", item=TUITION)
    tuition = latest(costs, "period")
    programs = tables["programmes"]
    found = row_of(program_outcomes(programs), "credential", CERTIFICATE)
    return Reply(
        question="Which program?",
        answer=f"A year at a public two-year college is priced at "
        f"${tuition['value'].item():,.0f}; half of the {found['institutions_with_earnings']:,} "
        "institutions with figures leave completers of their certificate program at "
        f"{wording.usd(found['median_earnings_usd'])} or less, with a median debt of "
        f"${found['median_debt_usd']:,.0f}, and {found['institutions_failing']:,} of "
        f"{found['institutions_with_verdict']:,} fail the earnings test: look the school up first.",
        citation=cite(tuition) + cite(programs.head(1)),
    )


def _first_experience(tables: Tables) -> Reply:
    secretaries, billers = (_median(tables, c) for c in (MEDICAL_SECRETARIES, BILLING_CLERKS))
    entry = float(national_row(tables)["p10_wage_usd"])
    return Reply(
        question="Where to gain experience?",
        answer=f"Neighbouring jobs pay a median of ${secretaries:,.0f} (medical secretaries) and "
        f"${billers:,.0f} (billing clerks); the lowest paid tenth of coders earns "
        f"${entry:,.0f} or less.",
        citation=cite_oews(tables["wages"]),
    )


def _choosing_an_exam(tables: Tables) -> Reply:
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


def _where_to_apply(tables: Tables) -> Reply:
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
    _demand,
    _home_work,
    _price_of_a_credential,
    _coding_and_billing,
    _software,
    _time_to_a_credential,
)
STEPS: tuple[Callable[[Tables], Reply], ...] = (
    _choosing_a_program,
    _first_experience,
    _choosing_an_exam,
    _where_to_apply,
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
