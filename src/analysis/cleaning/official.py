"""Official statistics other than the OEWS release: history, projections, prices, people."""

import pandas as pd

from analysis.cleaning.cited import Cleaned, all_kept, keep, tidy, with_verification

OEWS_NAMES = {
    "vintage": "year",
    "OCC_CODE": "occupation_code",
    "OCC_TITLE": "occupation_title",
    "AREA_TITLE": "area_name",
    "TOT_EMP": "employment",
    "EMP_PRSE": "employment_rse_pct",
    "A_MEAN": "mean_wage_usd",
    "MEAN_PRSE": "mean_wage_rse_pct",
    "A_PCT10": "p10_wage_usd",
    "A_PCT25": "p25_wage_usd",
    "A_MEDIAN": "median_wage_usd",
    "A_PCT75": "p75_wage_usd",
    "A_PCT90": "p90_wage_usd",
}
HISTORY_ONLY = ["H_MEAN", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90"]
THOUSAND = 1_000
WAGE_NOT_AVAILABLE = "*"  # in the yearly workbooks


def clean_national_wages(raw: pd.DataFrame) -> Cleaned:
    """Tidy the national OEWS rows of 2010-2025; hourly wages stay in the raw file."""
    table = (
        tidy(raw, OEWS_NAMES)
        .drop(columns=[*HISTORY_ONLY, "n_independent_copies"])
        .assign(vintage=lambda t: "May " + t["year"])
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def clean_acs_shares(raw: pd.DataFrame) -> Cleaned:
    """Name the error of a share by its unit."""
    table = tidy(raw, {"se_pct_approx": "share_se_pct"}).pipe(with_verification)
    return all_kept(table, raw=raw)


def clean_state_wages(raw: pd.DataFrame, *, states: pd.DataFrame, release_year: int) -> Cleaned:
    """Tidy the state rows of years before the release; the release itself is read whole."""
    kept, repeated = keep(
        raw,
        where=raw["vintage"].ne(str(release_year)),
        otherwise=f"the May {release_year} release is read whole in the table wages",
    )
    kept, unknown = keep(
        kept, where=kept["AREA_TITLE"].isin(states["name"]), otherwise="not a state or territory"
    )
    postal = states.set_index("name")["postal"]
    table = (
        tidy(kept, OEWS_NAMES)
        .assign(
            vintage=lambda t: "May " + t["year"],
            state=lambda t: t["area_name"].map(postal),
            is_wage_suppressed=lambda t: t["mean_wage_usd"].eq(WAGE_NOT_AVAILABLE),
            mean_wage_usd=lambda t: t["mean_wage_usd"].mask(t["is_wage_suppressed"]),
        )
        .pipe(with_verification)[
            [
                "year",
                "state",
                "occupation_code",
                "employment",
                "mean_wage_usd",
                "is_wage_suppressed",
                "source_title",
                "source_url",
                "vintage",
                "verification",
            ]
        ]
    )
    set_aside = pd.concat([repeated, unknown])
    return Cleaned(table=table, set_aside=set_aside, rows_in=len(raw), rows_kept=len(table))


def clean_projections(raw: pd.DataFrame) -> Cleaned:
    """Tidy the BLS projections, one row an occupation and period, in jobs.

    Several copies of one projection were read; they agree on employment, and the first is kept.
    The openings of 2014-24 are a ten-year total by a method since given up: set to missing.
    """
    key = [
        "projection_period",
        "soc",
        "base_employment_thousands",
        "projected_employment_thousands",
    ]
    first = ~raw.assign(
        base_employment_thousands=raw["base_employment_thousands"].astype("float64"),
        projected_employment_thousands=raw["projected_employment_thousands"].astype("float64"),
    ).duplicated(key)
    kept, copies = keep(raw, where=first, otherwise="another copy of the same projection")
    table = (
        tidy(
            kept,
            {
                "soc": "occupation_code",
                "title": "occupation_title",
                "change_percent": "growth_pct",
                "median_annual_wage": "median_wage_usd",
            },
        )
        .assign(
            base_year=lambda t: t["projection_period"].str[:4],
            projected_year=lambda t: t["projection_period"].str[:4].astype("int64") + 10,
            base_employment=lambda t: _from_thousands(t["base_employment_thousands"]),
            projected_employment=lambda t: _from_thousands(t["projected_employment_thousands"]),
            employment_change=lambda t: _from_thousands(t["change_thousands"]),
            annual_openings=lambda t: _from_thousands(t["annual_openings_thousands"]).mask(
                t["note"].str.contains("10-YEAR total", na=False)
            ),
            typical_entry_education=lambda t: t["typical_entry_education"].replace("—", None),
        )
        .drop(
            columns=[
                "base_employment_thousands",
                "projected_employment_thousands",
                "change_thousands",
                "annual_openings_thousands",
            ]
        )
        .pipe(with_verification)
    )
    return Cleaned(table=table, set_aside=copies, rows_in=len(raw), rows_kept=len(table))


def clean_projection_cases(raw: pd.DataFrame) -> Cleaned:
    """Tidy the projections that can be held against outcomes, in jobs."""
    table = tidy(
        raw,
        {
            "projection": "projection_period",
            "outcome_from": "outcome_period",
            "years": "horizon_years",
            "projected_log_growth_over_years": "projected_log_growth",
        },
    )
    jobs = {
        "base_employment": "base_jobs_thousand",
        "projected_employment": "projected_jobs_after_ten_years_thousand",
        "actual_employment": "actual_jobs_thousand",
    }
    table = table.assign(**{to: _from_thousands(table[name]) for to, name in jobs.items()})
    table = table.drop(columns=list(jobs.values()))
    none = raw.iloc[:0].assign(reason="")
    return Cleaned(table=table, set_aside=none, rows_in=len(raw), rows_kept=len(table))


def clean_separations(raw: pd.DataFrame) -> Cleaned:
    """Tidy the separation rates (percent a year) and the flows they make (people a year)."""
    table = (
        tidy(
            raw,
            {
                "soc": "occupation_code",
                "title": "occupation_title",
                "labor_force_exit_rate": "exit_rate_pct",
                "occupational_transfer_rate": "transfer_rate_pct",
                "total_separation_rate": "separation_rate_pct",
            },
        )
        .assign(
            annual_exits=lambda t: _from_thousands(t["exits_thousands"]),
            annual_transfers=lambda t: _from_thousands(t["transfers_thousands"]),
            annual_openings=lambda t: _from_thousands(t["openings_thousands"]),
        )
        .drop(
            columns=[
                "exits_thousands",
                "transfers_thousands",
                "separations_thousands",
                "openings_thousands",
            ]
        )
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def clean_consumer_prices(raw: pd.DataFrame) -> Cleaned:
    """Tidy the CPI-U, annual average and May."""
    names = {"cpi_u_annual_avg": "cpi_annual", "cpi_u_may": "cpi_may"}
    return all_kept(tidy(raw, names).drop(columns="series").pipe(with_verification), raw=raw)


def clean_price_parities(raw: pd.DataFrame) -> Cleaned:
    """Tidy the regional price parities; the nation is the state "US"."""
    names = {
        "state_name": "area_name",
        "rpp_all_items": "price_parity",
        "rpp_goods": "price_parity_goods",
        "rpp_housing_rents": "price_parity_housing",
        "rpp_utilities": "price_parity_utilities",
        "rpp_other_services": "price_parity_other",
    }
    return all_kept(tidy(raw, names).drop(columns="state_fips").pipe(with_verification), raw=raw)


def clean_poverty_guidelines(raw: pd.DataFrame) -> Cleaned:
    """Tidy the poverty guidelines of one person."""
    return all_kept(
        tidy(raw, {"one_person_usd": "poverty_guideline_usd"}).pipe(with_verification), raw=raw
    )


def clean_population(raw: pd.DataFrame) -> Cleaned:
    """Tidy the population by age; vintages stay apart, they do not splice."""
    names = {
        "population_total": "population",
        "population_65plus": "population_65_and_over",
        "population_85plus": "population_85_and_over",
        "share_65plus_percent": "share_65_and_over_pct",
    }
    return all_kept(tidy(raw, names).pipe(with_verification), raw=raw)


def clean_health_spending(raw: pd.DataFrame) -> Cleaned:
    """Tidy national health expenditures, USD; spending per enrollee is already in dollars."""
    per_person = raw["series"].str.contains("per enrollee")
    million = pd.Series(1_000_000.0, index=raw.index).mask(per_person, 1.0)
    table = (
        tidy(raw, {"growth_percent": "growth_pct"})
        .assign(
            amount_usd=lambda t: t["amount_usd_millions"].astype("float64") * million,
            series=lambda t: t["series"].str.replace(" (USD, not millions)", "", regex=False),
        )
        .drop(columns="amount_usd_millions")
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def clean_education_earnings(raw: pd.DataFrame) -> Cleaned:
    """Tidy usual weekly earnings by education, of a year or a quarter."""
    names = {
        "year": "period",
        "median_usual_weekly_earnings_usd": "median_weekly_earnings_usd",
        "unemployment_rate_percent": "unemployment_rate_pct",
    }
    table = tidy(raw, names).drop(columns="annualised_x52_usd").pipe(with_verification)
    return all_kept(table, raw=raw)


def clean_high_school_earnings(raw: pd.DataFrame) -> Cleaned:
    """Tidy the earnings of high-school graduates by state."""
    names = {"earnings_threshold_usd": "high_school_earnings_usd"}
    table = tidy(raw, names).drop(columns="institutions_in_file").pipe(with_verification)
    return all_kept(table, raw=raw)


def clean_programmes(raw: pd.DataFrame) -> Cleaned:
    """Tidy the College Scorecard programmes; suppressed earnings and debt stay missing."""
    names = {
        "inst_name": "school",
        "credential_desc": "credential",
        "completers_count": "completers",
        "earnings": "median_earnings_usd",
        "earnings_threshold_state": "earnings_threshold_state_usd",
        "earnings_threshold_national": "earnings_threshold_national_usd",
        "earnings_premium_state": "earnings_premium_state_usd",
        "earnings_premium_national": "earnings_premium_national_usd",
        "debt_median": "median_debt_usd",
    }
    table = (
        tidy(raw, names)
        .drop(columns=["cip_desc", "fails_ep_state", "debt_payback_years"])
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def clean_earnings_profiles(raw: pd.DataFrame) -> Cleaned:
    """Tidy wages by age, sex, hours and schooling; answers are put into dollars of the survey year.

    Wages are recorded as answered, over twelve months that end in each month of the year; `adjinc`
    takes them to the dollars of the whole year.
    """
    names = {
        "area": "state",
        "group": "worker_group",
        "p10": "p10_wage_usd",
        "p25": "p25_wage_usd",
        "median": "median_wage_usd",
        "p75": "p75_wage_usd",
        "p90": "p90_wage_usd",
        "mean": "mean_wage_usd",
        "se_median_approx": "median_se_usd",
    }
    table = tidy(raw, names)
    factor = table["adjinc"].astype("float64")
    wages = {
        name: table[name].astype("float64") * factor for name in names.values() if "usd" in name
    }
    state = table["state"].mask(table["state"].str.startswith("US "), "US")
    universe = table["universe"].replace("labour_force", "labor_force")
    table = table.assign(**wages, state=state, universe=universe).drop(columns="adjinc")
    return all_kept(table, raw=raw)


def clean_task_exposure(raw: pd.DataFrame) -> Cleaned:
    """Tidy the exposure labels of the occupation's tasks."""
    names = {
        "onet_soc": "occupation_code",
        "gpt4_exposure": "model_label",
        "human_exposure": "human_label",
    }
    table = (
        tidy(raw, names)
        .drop(columns=["gpt4_exposure_alt_rubric", "gpt4_automation"])
        .pipe(with_verification)
    )
    return all_kept(table, raw=raw)


def clean_places(raw: pd.DataFrame) -> Cleaned:
    """Tidy the states and territories."""
    return all_kept(tidy(raw), raw=raw)


def clean_lineage(raw: pd.DataFrame) -> Cleaned:
    """Tidy the codes an occupation was published under."""
    return all_kept(tidy(raw), raw=raw)


def _from_thousands(text: "pd.Series[str]") -> "pd.Series[float]":
    """Turn thousands with one decimal into whole jobs."""
    return (text.astype("float64") * THOUSAND).round()
