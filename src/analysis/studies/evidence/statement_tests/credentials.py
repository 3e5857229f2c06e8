"""Statements about credentials: their exams, their costs and what holders are paid."""

from collections.abc import Mapping

import pandas as pd

from analysis.models.prices import index
from analysis.studies.evidence.grading import Official, Statement, Test, from_rows, grade
from analysis.studies.lookup import Citation, Tables, cite, latest, rows_where

CPC, AUDITOR = "CPC", "CPMA"
CERTIFIED, NOT_CERTIFIED, SEVERAL = "certified", "not certified", "three or more credentials"
FORMER_NAMES = {"COC": "CPC-H"}  # as the survey of the year called it
REQUIRED = "employers who require credentials"
YEARS_OF_CYCLE = r"per (\d+) years?"
NO_CAUSE = (
    "An association among members who answered is not what the step itself raises pay by, and no "
    "source follows hiring or careers."
)
NO_SPECIALTY = (
    "The last survey that names one compares an auditing credential with the CPC; no source "
    "compares specialties."
)


def _dues(tables: Tables, _: Statement) -> Official:
    row = _cpc(tables)
    dues, students = row["membership_usd_per_year"], row["student_membership_usd_per_year"]
    reason = f"Dues are ${dues.item():,.0f} a year, students ${students.item():,.0f}."
    return from_rows(row, dues.item(), reason=reason)


def _exam_fee(tables: Tables, _: Statement) -> Official:
    row = _cpc(tables)
    one, two = row["exam_fee_usd"].item(), row["exam_fee_two_attempts_usd"].item()
    return from_rows(
        row,
        one,
        two,
        reason=f"The CPC costs ${one:,.0f} for one attempt and ${two:,.0f} for two, by a page that "
        "quotes AAPC.",
    )


def _exam_fees(tables: Tables, _: Statement) -> Official:
    """Compare with the fees of the guide's own credentials, members' price and others'."""
    rows = _named_exams(tables, "exam_fee_usd")
    fees = pd.concat([rows["exam_fee_usd"], rows["exam_fee_nonmember_usd"]]).dropna()
    each = ", ".join(
        f"{name} ${fee:,.0f}"
        for name, fee in zip(rows["credential"], rows["exam_fee_usd"], strict=True)
    )
    return from_rows(
        rows,
        float(fees.min()),
        float(fees.max()),
        is_comparable=False,
        reason=f"Fees published for the guide's credentials run from ${fees.min():,.0f} to "
        f"${fees.max():,.0f} (members: {each}); only AAPC's lie in the stated range.",
    )


def _first_certification(tables: Tables, _: Statement) -> Official:
    row = _cpc(tables)
    fixed = float(row["exam_fee_usd"].item() + row["membership_usd_per_year"].item())
    materials = rows_where(tables["guide_claims"], claim_id="cost-study-materials")
    return from_rows(
        row,
        fixed + materials["low"].item(),
        fixed + materials["high"].item(),
        comparison="proxy",
        reason=f"Dues and one attempt cost ${fixed:,.0f}; no price of materials is published, so "
        "the guide's own range is added.",
    )


def _renewal_cost(tables: Tables, _: Statement) -> Official:
    """Compare with the dues: what education units cost is not published."""
    row = _cpc(tables)
    dues = float(row["membership_usd_per_year"].item())
    return from_rows(
        row,
        dues,
        comparison="proxy",
        reason=f"Dues alone are ${dues:,.0f} a year; the {row['continuing_education'].item()} come "
        "on top, at prices that are not published.",
    )


def _exam_questions(tables: Tables, _: Statement) -> Official:
    return _typical(_named_exams(tables, "questions"), "questions", "questions")


def _exam_hours(tables: Tables, _: Statement) -> Official:
    exams = _named_exams(tables, "exam_minutes")
    return _typical(exams.assign(hours=exams["exam_minutes"] / 60), "hours", "hours")


def _first_time_pass_rate(tables: Tables, _: Statement) -> Official:
    """Show AHIMA's rates: AAPC, whose exams most coders sit, publishes none."""
    rates = tables["pass_rates"].sort_values("year").groupby("credential").tail(1)
    known = rates.dropna(subset=["first_time_testers"])
    takers = known["first_time_testers"]
    mean = float((known["pass_rate_pct"] * takers).sum() / takers.sum())
    each = ", ".join(
        f"{name} {rate:.0f}%"
        for name, rate in zip(rates["credential"], rates["pass_rate_pct"], strict=True)
    )
    return from_rows(
        rates,
        float(rates["pass_rate_pct"].min()),
        float(rates["pass_rate_pct"].max()),
        comparison="proxy",
        is_comparable=False,
        reason=f"AHIMA's rates are {each}, {mean:.0f}% weighted by takers; AAPC, whose exams most "
        "coders sit, publishes none.",
    )


def _issued_by(body: str) -> Test:
    """Look credentials up among those a body lists or surveys."""

    def test(tables: Tables, _: Statement) -> Official:
        surveys = tables["member_salaries"]
        listed = rows_where(tables["credentials"], body=body)
        surveyed = surveys[surveys["statistic"].str.contains(r"\b(?:COC|CIC|CPMA)\b", regex=True)]
        rows = [listed, surveyed] if body == "AAPC" else [listed]
        words = " ".join([*listed["credential"], *rows[-1].get("statistic", [])]).split()
        named = rows_where(tables["guide_credentials"], body=body)["credential"]
        found = [name for name in named if name in words]
        silent = [name for name in named if name not in found]
        return Official(
            text=f"confirmed: {', '.join(found) or 'none'}",
            cited=cite(pd.concat(rows)),
            holds=len(found) > len(silent),
            reason=f"The sources confirm {', '.join(found) or 'none'}"
            + (f" and are silent on {', '.join(silent)}." if silent else "."),
        )

    return test


def _prerequisites(tables: Tables, _: Statement) -> Official:
    noted = rows_where(tables["guide_untested_claims"], claim_id="ladder-rhia-rhit-bachelor")
    return Official(
        text="RHIA: bachelor-level program; RHIT: associate-level",
        cited=Citation(source=str(noted["side_source"].item()), verification="third party"),
        holds=bool(noted["side_evidence"].str.contains("RHIA needs a bachelor-level").item()),
        reason="RHIA asks for a bachelor-level program and RHIT for an associate-level one, by "
        "pages that quote AHIMA.",
    )


def _renewal_cycle(tables: Tables, _: Statement) -> Official:
    rows = tables["credentials"].dropna(subset=["continuing_education"])
    years = rows["continuing_education"].str.extract(YEARS_OF_CYCLE)[0].astype("float64")
    return from_rows(
        rows,
        float(years.min()),
        float(years.max()),
        reason=f"{', '.join(rows['credential'])} are renewed every {years.max():.0f} years; none "
        "whose rules are published is renewed yearly.",
    )


def _renewal_units(tables: Tables, _: Statement) -> Official:
    rows = tables["credentials"].dropna(subset=["continuing_education"])
    return from_rows(
        rows,
        text="; ".join(rows["credential"] + ": " + rows["continuing_education"]),
        holds=bool(rows["continuing_education"].str.contains("CEU").all()),
        reason=f"All {len(rows)} credentials whose rules are published ask for education units.",
    )


def _required_by_employers(tables: Tables, _: Statement) -> Official:
    """Compare with the last survey of employers."""
    rows = rows_where(tables["member_salaries"], group=REQUIRED).sort_values("survey_year")
    before, last = rows.iloc[0], rows.iloc[-1]
    return from_rows(
        rows,
        float(last["value"]),
        year=str(last["survey_year"]),
        comparison="stale",
        reason=f"{last['value']:.0f}% of employers required credentials in {last['survey_year']} "
        f"({before['value']:.0f}% in {before['survey_year']}); who merely preferred them was not "
        "asked.",
        is_comparable=False,
    )


def _certified_gap(tables: Tables, _: Statement) -> Official:
    """Compare with the latest gap between certified members and others, as printed and computed."""
    surveys = tables["member_salaries"]
    pairs, rows = _pairs(surveys, CERTIFIED, NOT_CERTIFIED)
    gap, every = float(pairs["gap_pct"].iloc[-1]), pairs["gap_pct"]
    return from_rows(
        rows,
        gap,
        year=str(pairs.index[-1]),
        comparison="proxy",
        reason=f"An unadjusted gap among AAPC members who answered, not an effect of the "
        f"credential: the means of this survey give {gap:.1f}%, AAPC prints 20.7% and a page that "
        f"quotes it 8.9%; since {pairs.index[0]} the gap has swung from {every.min():.0f}% to "
        f"{every.max():.0f}%.",
    )


def _average_of_the_cpc(tables: Tables, _: Statement) -> Official:
    """Compare means with means: the newest figure is a median."""
    rows = rows_where(tables["member_salaries"], group=CPC).sort_values("survey_year")
    mean = latest(rows_where(rows, measure="mean"), "survey_year").iloc[0]
    newest = rows.iloc[-1]
    return from_rows(
        rows,
        float(mean["value"]),
        year=str(mean["survey_year"]),
        comparison="stale",
        superseded_release="" if mean is newest else str(mean["survey_year"]),
        reason=f"The stated average is that of {mean['survey_year']} (${mean['value']:,.0f}), the "
        f"last mean published; the survey of {newest['survey_year']} has a "
        f"{newest['measure']} of ${newest['value']:,.0f}, which is another measure.",
    )


def _average_of_a_credential(tables: Tables, statement: Statement) -> Official:
    """Compare with an old survey twice, as printed and in today's prices."""
    guide = rows_where(tables["guide_salary_by_credential"], claim_id=statement.claim_id)
    name = guide["credential"].item()
    surveys = rows_where(tables["member_salaries"], group=FORMER_NAMES.get(name, name))
    row, cpi = latest(surveys, "survey_year"), tables["consumer_prices"]
    year, then = int(row["survey_year"].item()), float(row["value"].item())
    to_year = int(cpi.dropna(subset=["cpi_annual"])["year"].max())
    now = then * index(cpi, to_year) / index(cpi, year)

    def official(value: float, *, is_comparable: bool = True) -> Official:
        end = "." if is_comparable else ": the grade would depend on which is taken."
        return from_rows(
            row,
            value,
            year=str(year),
            comparison="stale",
            is_comparable=is_comparable,
            reason=f"The only figure for the {name} is ${then:,.0f} of {year}, which is "
            f"${now:,.0f} in prices of {to_year}{end}",
        )

    agree = grade(statement, official(then))[0] == grade(statement, official(now))[0]
    return official(then, is_comparable=agree)


def _average_of_the_ccs(tables: Tables, _: Statement) -> Official:
    row = latest(rows_where(tables["member_salaries"], group=CERTIFIED), "survey_year")
    value = float(row["value"].item())
    return from_rows(
        row,
        value,
        year=str(row["survey_year"].item()),
        comparison="proxy",
        is_comparable=False,
        reason="No pay survey of AHIMA's holders was found; certified AAPC members, who are "
        f"others, average ${value:,.0f}.",
    )


def _several_credentials(tables: Tables, _: Statement) -> Official:
    pairs, rows = _pairs(tables["member_salaries"], SEVERAL, CERTIFIED)
    gap = float(pairs["gap_pct"].iloc[-1])
    return from_rows(
        rows,
        text=f"{gap:.1f}% above all certified",
        year=str(pairs.index[-1]),
        comparison="proxy",
        holds=gap > 0,
        reason=f"Members with three or more credentials average {gap:.1f}% more than all "
        "certified members: an unadjusted gap, of credentials of any kind.",
    )


def _raises_pay(group: str, base: str, why: str) -> Test:
    """Show the gap there is; a gap between groups is not what a step raises pay by."""

    def test(tables: Tables, _: Statement) -> Official:
        pairs, rows = _pairs(tables["member_salaries"], group, base)
        return from_rows(
            rows,
            text=f"{pairs['gap_pct'].iloc[-1]:.1f}% unadjusted gap",
            year=str(pairs.index[-1]),
            comparison="proxy",
            is_comparable=False,
            reason=why,
        )

    return test


def _cpc(tables: Tables) -> pd.DataFrame:
    return rows_where(tables["credentials"], credential=CPC)


def _named_exams(tables: Tables, column: str) -> pd.DataFrame:
    """Return the exams of the guide's own credentials whose `column` is published."""
    named = tables["guide_credentials"]["credential"]
    exams = tables["credentials"]
    return exams[exams["credential"].isin(named)].dropna(subset=[column]).sort_values(column)


def _typical(rows: pd.DataFrame, column: str, what: str) -> Official:
    """Give the median over the exams whose figure is known."""
    each = ", ".join(
        f"{name} {value:g}" for name, value in zip(rows["credential"], rows[column], strict=True)
    )
    return from_rows(
        rows,
        float(rows[column].median()),
        reason=f"The median of the guide's exams whose form is published, in {what}: {each}.",
    )


def _pairs(surveys: pd.DataFrame, group: str, base: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give both means and their gap by year of the surveys that print both; the latest's rows."""
    rows = surveys[surveys["group"].isin([group, base])]
    means = rows[rows["measure"].eq("mean")]
    by_year = means.pivot_table(index="survey_year", columns="group", values="value").dropna()
    pairs = by_year.assign(gap_pct=100 * (by_year[group] / by_year[base] - 1))
    return pairs, rows[rows["survey_year"].eq(pairs.index[-1])]


TESTS: Mapping[str, Test] = {
    "cost-aapc-membership": _dues,
    "cost-exam-cpc": _exam_fee,
    "cost-exam-fee-range": _exam_fees,
    "cost-first-certification-total": _first_certification,
    "cost-renewal-annual": _renewal_cost,
    "exam-questions": _exam_questions,
    "exam-hours": _exam_hours,
    "exam-pass-rate": _first_time_pass_rate,
    "cert-aapc-credentials": _issued_by("AAPC"),
    "cert-ahima-credentials": _issued_by("AHIMA"),
    "cert-prerequisites-some": _prerequisites,
    "cert-renewal-cycle": _renewal_cycle,
    "cert-renewal-ceu": _renewal_units,
    "cert-employer-preference": _required_by_employers,
    "salary-certified-premium": _certified_gap,
    "salary-cpc": _average_of_the_cpc,
    "salary-coc": _average_of_a_credential,
    "salary-cic": _average_of_a_credential,
    "salary-ccs": _average_of_the_ccs,
    "cert-multiple-pay": _several_credentials,
    "cert-improves-prospects": _raises_pay(CERTIFIED, NOT_CERTIFIED, NO_CAUSE),
    "specialization-raises-pay": _raises_pay(AUDITOR, CPC, NO_CAUSE),
    "salary-specialty-premium": _raises_pay(AUDITOR, CPC, NO_SPECIALTY),
}
