"""Numbers that others published, gathered in tests/golden/published.csv with their sources."""

import csv
from collections.abc import Callable, Mapping

import pytest
from statsmodels.datasets import engel

from analysis import processed, sources
from analysis.models import finance, outlook, premium, prices, staffing, survey
from analysis.models import roi as methods
from analysis.models.wages import WageDistribution

with (sources.ROOT / "tests" / "golden" / "published.csv").open(encoding="utf-8") as file:
    PUBLISHED = {row["name"]: row for row in csv.DictReader(file)}

LATE_COST = [-1678.87, 771.96, 1814.05, 3520.30, 3552.95, 3584.99, 4789.91, -1]
EXCEL = [-120000, 39000, 30000, 21000, 37000, 46000]


def coders() -> WageDistribution:
    """Fit the published percentiles of 29-2072."""
    return WageDistribution.from_percentiles(
        {10: 37000, 25: 43490, 50: 51140, 75: 64820, 90: 81150}
    )


def food() -> Mapping[str, float]:
    """Regress food on income at the median, Engel's households."""
    return premium.quantile_premium(engel.load_pandas().data, "foodexp ~ income").params


def guideline() -> float:
    """Look up the poverty guideline of 2026 for one person."""
    table = processed.read("poverty_guidelines").set_index(["year", "area"])
    return float(table.loc[(2026, "48 states + DC"), "poverty_guideline_usd"])


def exposure() -> float:
    """Average the exposure of the tasks of 29-2072, half of what tools would allow counted."""
    return float(processed.read("task_exposure")["beta"].mean())


COMPUTED: Mapping[str, Callable[[], float]] = {
    "npv_8_pct": lambda: finance.npv(0.08, [-40000, 5000, 8000, 12000, 30000]),
    "irr_textbook": lambda: finance.irr([-100, 39, 59, 55, 20]),
    "irr_below_zero": lambda: finance.irr([-100, 0, 0, 74]),
    "irr_late_cost": lambda: finance.irr(LATE_COST),
    "mirr_excel": lambda: finance.mirr(EXCEL, finance_rate=0.10, reinvest_rate=0.12),
    "loan_payment": lambda: finance.payment(200000, rate=0.075 / 12, periods=180),
    "engel_slope": lambda: food()["income"],
    "engel_constant": lambda: food()["Intercept"],
    "margin_of_sum": lambda: survey.margin_of_sum([3860, 2642, 1957]),
    "margin_of_product": lambda: survey.margin_of_product(74506512, 228238, 0.824, 0.001),
    "sdr_standard_error": lambda: survey.replicate_se(100.0, [101.0] * 40 + [97.0] * 40),
    "erlang_p_wait": lambda: (
        staffing.erlang_c(arrivals_per_hour=200, service_minutes=3, servers=14).p_wait
    ),
    "records_per_8_hours": lambda: (
        processed.read("productivity")
        .query(
            "setting == 'inpatient' and unit == 'records/hour' and vintage == '2007 survey / 2012'"
        )
        .value_low.item()
        * 8
    ),
    "openings_coders_thousands": lambda: outlook.annual_openings(
        base=194.8, projected=208.6, years=10, exit_rate=0.035, transfer_rate=0.029
    ),
    "openings_architects": lambda: outlook.annual_openings(
        base=100_000,
        projected=109_900,
        years=10,
        exit_rate=3_100 / 104_950,
        transfer_rate=4_400 / 104_950,
    ),
    "value_added_earnings": lambda: methods.value_added_earnings(
        earnings=31870, parity=100, poverty_guideline=21870 / 1.5
    ),
    "poverty_150_pct": lambda: 1.5 * guideline(),
    "national_price_12000_at_120": lambda: prices.at_national_prices(12000, 120),
    "median_coders_usd": lambda: coders().quantile(0.5),
    "mean_coders_usd": lambda: coders().mean(),
    "task_exposure_beta": exposure,
}


def test_every_published_value_is_computed_and_names_its_source():
    assert COMPUTED.keys() == PUBLISHED.keys()
    assert all(row["source"] for row in PUBLISHED.values())


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_value_is_met(name):
    row = PUBLISHED[name]
    tolerance = float(row["tolerance"])
    assert COMPUTED[name]() == pytest.approx(float(row["expected"]), rel=0, abs=tolerance)
