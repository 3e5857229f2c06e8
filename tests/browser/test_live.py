"""What a reader types on a page is answered as the models answer it, in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser, Page, expect

from analysis import answers, live, processed, wording
from analysis.models.roi import measures, monthly_flows
from analysis.reporting.page import Provenance, render_page
from analysis.studies import roi, salary, staffing
from analysis.studies.pay import area_pay

CASES = 500
ORIGIN = Provenance(
    datasets=(), parameters={}, code_version="tests", run_id="r", built_at="today", command="none"
)
# Types values into the fields of each case and reads what the page then answers.
ASK = """(cases) => cases.map((chosen) => {
  for (const [name, value] of Object.entries(chosen)) {
    const field = document.querySelector(`[name=${name}]`);
    field.value = value;
    field.dispatchEvent(new Event(field.localName === "select" ? "change" : "input"));
  }
  const said = [...document.querySelectorAll("data")];
  return Object.fromEntries(said.map((each) => [each.className, each.value]));
})"""


@pytest.fixture(scope="module")
def tables() -> processed.Tables:
    return processed.Tables()


@pytest.fixture
def page_of(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a report's page that holds one live piece."""
    contexts = []

    def opened(piece: live.Piece, *, width: int = 1440, **options: object) -> Page:
        shown = new_output("display_data", data={"text/html": piece._repr_html_()})
        cells = [new_markdown_cell("# A page\n\n## A form"), new_code_cell("", outputs=[shown])]
        html = render_page(new_notebook(cells=cells), title="t", subtitle="", provenance=ORIGIN)
        file = tmp_path / "page.html"
        file.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def drawn_terms(draws: int, seed: int) -> list[dict[str, float]]:
    """Draw terms that the form of a case allows."""
    random = np.random.default_rng(seed)
    return [
        {
            "premium_pct": round(random.uniform(0, 60), 1),
            "tuition_usd": round(random.uniform(0, 20_000)),
            "pass_rate_pct": round(random.uniform(10, 100)),
            "discount_rate_pct": round(random.uniform(0, 15), 1),
            "horizon_years": int(random.integers(1, 41)),
        }
        for _ in range(draws)
    ]


def on_terms(case: roi.ReturnCase, terms: dict[str, float]) -> roi.ReturnCase:
    """Return the case with the terms of the form."""
    for name in ("premium_pct", "tuition_usd", "pass_rate_pct"):
        case = case.with_input(name, terms[name])
    return replace(
        case,
        discount_rate=terms["discount_rate_pct"] / 100,
        horizon_years=int(terms["horizon_years"]),
    )


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"credential": "RHIT", "pathway": "associate", "area": "CA"},
        {"pathway": "certification_only", "area": "MS"},
        {"sex": "women", "hours": "full_time", "start_age": 38.0, "area": "NC"},
        {"pathway": "self_study", "area": "PR", "remote_after_years": 30.0, "baseline": 31_000.0},
    ],
    ids=["default", "associate", "current coder", "woman of 38", "self-study"],
)
def test_the_page_values_a_credential_to_the_cent_as_the_model_does(page_of, tables, choices):
    study = roi.study(tables, draws=50, **choices)
    places = np.random.default_rng(8).integers(0, len(study.accounts), CASES // 4).tolist()
    drawn = drawn_terms(CASES // 4, seed=7)
    cases = [{"account": place, **terms} for place, terms in zip(places, drawn, strict=True)]
    found = page_of(live.what_if(study)).evaluate(ASK, cases)
    assert len(found) == CASES // 4
    for terms, answered in zip(cases, found, strict=True):
        case = on_terms(study.accounts[terms["account"]].case, terms)
        expected = measures(monthly_flows(case), discount_rate=case.discount_rate)
        assert float(answered["npv"]) == pytest.approx(expected.npv_usd.value, abs=0.005), terms
        years = expected.payback_years.value
        if years is None:
            assert answered["payback"] == "", terms
        else:
            assert float(answered["payback"]) == pytest.approx(years, abs=1e-6), terms


@pytest.mark.parametrize("area", ["US", "OH", "CA", "PR"])
def test_the_page_places_an_offer_as_the_model_does(page_of, tables, area):
    pay = area_pay(tables["wages"], area=area)
    offers = np.random.default_rng(3).integers(18_000, 160_000, CASES // 4).tolist()
    offers += [int(usd) for usd in pay.published["wage_usd"].dropna()]  # ties, too
    found = page_of(live.offer(pay)).evaluate(ASK, [{"offer_usd": usd} for usd in offers])
    for usd, answered in zip(offers, found, strict=True):
        expected = pay.distribution.percentile_estimate(usd)
        assert float(answered["share"]) == pytest.approx(expected.value, abs=1e-6), usd


@pytest.mark.parametrize("offer_usd", [24_000, 40_000, 60_000, 95_000, 250_000])
def test_the_page_says_of_an_offer_what_the_report_says(page_of, tables, offer_usd):
    study = salary.Salary(tables, area="OH", offer_usd=offer_usd)
    page = page_of(live.offer(study.pay, offer_usd=offer_usd))
    said = page.locator("data.share").inner_text().split(" This lies")[0]
    assert answers.salary(study).text.endswith(said)


TEAMS = [
    {},
    {"adoption_pct": 100, "turnover_pct": 60, "coders": 9},
    {"inpatient_per_day": 0, "ed_per_day": 7, "outpatient_per_day": 12, "coders": 0.5},
    {"inpatient_per_day": 900, "target_days": 0.5, "target_share_pct": 99, "coders": 80},
    {"outpatient_per_day": 4_000, "adoption_pct": 0, "turnover_pct": 0, "coders": 95.5},
]


@pytest.mark.parametrize("area", ["US", "CA"])
def test_the_page_staffs_a_department_as_the_model_does(page_of, tables, area):
    """Every draw is the same: need, limits, days within the target, backlog, hires and pay."""
    plan = staffing.DepartmentPlan(area=area, coders=11)
    page = page_of(live.team(staffing.Department(tables, plan)))
    found = page.evaluate(ASK, TEAMS)
    said: dict[str, float] = {"coders": 11}
    for chosen, answered in zip(TEAMS, found, strict=True):
        said |= chosen
        shares = {"adoption_pct": "ai_adoption", "target_share_pct": "target_share"}
        shares["turnover_pct"] = "turnover"
        given = {shares.get(k, k): v / 100 if k in shares else v for k, v in said.items()}
        study = staffing.Department(tables, staffing.DepartmentPlan(area=area, **given))
        need = study.need.fte
        expected = {
            "fte": need.value,
            "fte_low": need.low,
            "fte_high": need.high,
            "within": study.days_within_target.value,
            "backlog": study.last_backlog.value,
            "hires": study.hires,
            "payroll": study.payroll.value,
        }
        numbers = {name: float(value) for name, value in answered.items()}
        assert numbers == pytest.approx(expected, rel=1e-9, abs=1e-9), said


def test_the_page_writes_the_need_and_the_pay_as_the_cards_do(page_of, tables):
    study = staffing.Department(tables)
    page = page_of(live.team(study))
    for name, said in (("fte", study.need.fte), ("payroll", study.payroll)):
        shown = f"{wording.amount(said)} ({wording.interval(said)})"
        assert page.locator(f"data.{name}").inner_text() == shown


@pytest.mark.long
def test_a_team_is_answered_while_one_types(page_of, tables):
    """The median of 20 answers, within 200 ms: what is felt as at once."""
    page = page_of(live.team(staffing.Department(tables)))
    took = page.evaluate(
        """() => [...Array(20).keys()].map((n) => {
          const field = document.querySelector("[name=outpatient_per_day]");
          const start = performance.now();
          field.value = 300 + n;
          field.dispatchEvent(new Event("input"));
          return performance.now() - start;
        }).sort((a, b) => a - b)[10]"""
    )
    assert took < 200


def test_a_department_without_records_is_answered_in_words(page_of, tables):
    page = page_of(live.team(staffing.Department(tables)))
    page.evaluate(ASK, [{"inpatient_per_day": 0, "outpatient_per_day": 0, "ed_per_day": 0}])
    assert "No team keeps this target" in page.locator(".answer-box").inner_text()


def test_an_hourly_wage_is_taken_for_a_year(page_of, tables):
    page = page_of(live.offer(area_pay(tables["wages"])))
    page.get_by_label("Salary").fill("25")
    assert "n offer of $52,000" in page.locator("data.share").inner_text()  # 25 x 2,080


def test_a_screen_reader_hears_the_answer_once_typing_pauses(page_of, tables):
    page = page_of(live.offer(area_pay(tables["wages"])))
    status = page.get_by_role("status")
    expect(status).to_be_empty()
    page.get_by_label("Salary").fill("60000")
    expect(status).to_be_empty()
    expect(status).to_contain_text("68% (90% interval")


def test_what_cannot_be_read_leaves_the_answer_as_it_was(page_of, tables):
    page = page_of(live.offer(area_pay(tables["wages"])))
    before = page.locator("data.share").inner_text()
    page.get_by_label("Salary").fill("-5")
    assert page.get_by_label("Salary").get_attribute("aria-invalid") == "true"
    assert page.locator("data.share").inner_text() == before


def test_the_form_is_used_by_keyboard_alone(page_of, tables):
    page = page_of(live.what_if(roi.study(tables, draws=50)))
    before = page.locator("data.npv").get_attribute("value")
    page.get_by_label("Pay advantage of certified coders").focus()
    page.keyboard.press("ArrowUp")
    assert float(page.locator("data.npv").get_attribute("value")) > float(before)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "tuition_usd"


def test_without_scripts_a_sentence_and_the_table_remain(page_of, tables):
    page = page_of(live.offer(area_pay(tables["wages"])), java_script_enabled=False)
    assert not page.locator("form").is_visible()
    assert page.get_by_text("with scripts allowed").is_visible()
    assert page.get_by_role("cell", name="$51,140").is_visible()


def test_the_form_fits_a_phone(page_of, tables):
    page = page_of(live.what_if(roi.study(tables, draws=50)), width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
