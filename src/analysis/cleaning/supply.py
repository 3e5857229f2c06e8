"""Awards, the crosswalk to occupations, job postings and wage records after training."""

import pandas as pd

from analysis.cleaning.cited import Cleaned, all_kept, tidy

QUARTERS = (2, 4, 8)


def clean_completions(raw: pd.DataFrame) -> Cleaned:
    """Tidy IPEDS completions; a year is named by its two calendar years."""
    table = tidy(raw, {"cip": "cip_code"})
    end = table.pop("year").astype("int64")
    years = (end - 1).astype("str") + "-" + (end % 100).astype("str").str.zfill(2)
    return all_kept(table.assign(academic_year=years).drop(columns="awlevel"), raw=raw)


def clean_program_occupations(raw: pd.DataFrame) -> Cleaned:
    """Tidy the crosswalk of programs and occupations; titles lose their full stop."""
    names = {
        "CIP2020Code": "cip_code",
        "CIP2020Title": "cip_title",
        "SOC2018Code": "occupation_code",
        "SOC2018Title": "occupation_title",
    }
    table = tidy(raw, names)
    return all_kept(table.assign(cip_title=table["cip_title"].str.rstrip(".")), raw=raw)


def clean_postings(raw: pd.DataFrame) -> Cleaned:
    """Tidy monthly means of the postings indices."""
    names = {
        "all_postings_index_mean": "all_postings_index",
        "medical_information_index_mean": "medical_information_index",
    }
    return all_kept(tidy(raw, names).drop(columns="days"), raw=raw)


def clean_training_outcomes(raw: pd.DataFrame) -> Cleaned:
    """Tidy New Jersey's outcomes: one row for each program and number of quarters after."""
    code = raw["cipcode"].str[:2] + "." + raw["cipcode"].str[2:]
    parts = [
        pd.DataFrame(
            {
                "cip_code": code,
                "quarters_after": quarter,
                "completers": raw[f"completers_q{quarter}"],
                "employed_in_state_pct": raw[f"employed_any_job_in_state_q{quarter}_pct"],
                "mean_quarterly_wage_usd": raw[f"mean_quarterly_wage_q{quarter}_usd"],
            }
        )
        for quarter in QUARTERS
    ]
    table = tidy(pd.concat(parts, ignore_index=True).astype("str"))
    table = table.assign(completers=table["completers"].astype("float64"))
    return Cleaned(
        table=table,
        set_aside=raw.iloc[:0].assign(reason=pd.Series(dtype="str")),
        rows_in=len(raw),
        rows_kept=len(raw),
    )
