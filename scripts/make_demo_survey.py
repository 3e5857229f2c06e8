"""Make the demonstration survey: synthetic, messy as real ones are, always the same.

Pay is drawn from the published OEWS percentiles of medical records specialists (May 2025) and
shifted by the averages a 2026 career guide gives for credentials and years of experience; where
people work follows OEWS employment by state and the guide's shares by setting. The persons do
not exist, and nothing may be concluded from them.

    python scripts/make_demo_survey.py
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from analysis.cleaning.pay.column_map import ColumnMap, format_column_map
from analysis.files import replacing
from analysis.sources import RAW, read_raw

SEED = 2072
ROWS = 2_400
FOLDER = RAW / "demo_survey"
NAME = "demo_survey_synthetic"
DUPLICATE_SHARE = 0.01

COLUMN_MAP = ColumnMap(
    record_id=("Respondent",),
    pay=("What are you paid?",),
    pay_period=("Pay basis",),
    hours_per_week=("Hours per week",),
    experience=("Years of experience",),
    credentials=("Credentials",),
    setting=("Where do you work?",),
    state=("State",),
    remote=("Remote?",),
    education=("Education",),
    job_title=("Job title",),
    weight=("Weight",),
)

Texts = NDArray[np.object_]
Spell = Callable[[float], str]

ANNUAL: dict[Spell, float] = {
    lambda pay: f"${pay:,.0f}": 24,
    lambda pay: f"{pay:.0f}": 24,
    lambda pay: f"{pay:,.0f}": 6,
    lambda pay: f"${pay:,.2f}": 4,
    lambda pay: f"{pay / 1000:.1f}k": 7,
    lambda pay: f"{pay / 1000:.0f}K": 4,
    lambda pay: f"{pay / 1000 - 2:.0f}-{pay / 1000 + 2:.0f}k": 4,
    lambda pay: f"${pay - 2500:,.0f} - ${pay + 2500:,.0f}": 2,
    lambda pay: f"USD {pay:,.0f}".replace(",", " "): 2,
    lambda pay: f"~{pay / 1000:.0f}K + bonus": 2,
    lambda pay: f"{pay / 1000:.0f}k + {pay / 20_000:.0f}k bonus": 2,
    lambda pay: f"about ${pay:,.0f} a year": 1,
    lambda pay: f"{pay / 2080:.2f}": 2,  # an hourly wage in an annual column
}
HOURLY: dict[Spell, float] = {
    lambda pay: f"{pay / 2080:.2f}": 8,
    lambda pay: f"${pay / 2080:.2f}": 6,
    lambda pay: f"{pay / 2080:.2f}/hr": 6,
    lambda pay: f"${pay / 2080:.2f} an hour": 2,
    lambda pay: f"${pay / 2080 - 1:.0f}-${pay / 2080 + 1:.0f}/hr": 1,
}
OTHER: dict[Spell, float] = {
    lambda pay: f"${pay / 26:,.0f} biweekly": 3,
    lambda pay: f"{pay / 12:,.0f}/mo": 3,
    lambda pay: f"${pay / 52:,.0f} per week": 1,
}
REFUSED: dict[Spell, float] = {
    lambda _: "N/A": 5,
    lambda _: "prefer not to say": 4,
    lambda _: "competitive": 2,
    lambda pay: f"€{pay:,.0f}": 2,
    lambda pay: f"{pay:,.0f} CAD": 1,
    lambda pay: f"-{pay:.0f}": 1,
    lambda _: "0": 1,
    lambda pay: f"{pay / 2080:.0f}": 2,
    lambda pay: f"{pay / 1000:.0f}k+": 1,
    lambda pay: f"${pay:,.0f}/hr": 1,
    lambda pay: f"={pay:.0f}*1": 1,
    lambda pay: f"{pay:,.2f}".translate(str.maketrans(",.", ".,")): 1,
}
PAY_KINDS = {"annual": (ANNUAL, 62.0), "hourly": (HOURLY, 24.0), "other": (OTHER, 8.0)}

YEARS = {
    (0, 2): ["0-2", "1 year or less", "less than 1", "1", "2 yrs", "18 months", "< 2 years"],
    (3, 7): ["3-7", "5 yrs", "3 to 5 years", "4", "6 years", "about 5 years", "7"],
    (8, 30): ["8+", "11 - 20 years", "10", "15 yrs", "over 20", "10 or more", "25 years"],
}
YEARS_ODD = ["", "2-May", "a while", "2011", "n/a"]
CREDENTIALS = {
    "": ["none", "None", "", "n/a", "not certified"],
    "CPC": ["CPC", "cpc", "C.P.C.", "CPC (AAPC)", "Certified Professional Coder", "CPC since 2015"],
    "CPC-A": ["CPC-A", "cpc-a", "CPC apprentice"],
    "CCS": ["CCS", "ccs", "CCS (AHIMA)"],
    "CCS-P": ["CCS-P", "CCSP", "CCS P"],
    "COC": ["COC", "CPC-H", "coc"],
    "CIC": ["CIC", "Certified Inpatient Coder"],
    "RHIT": ["RHIT", "rhit", "R.H.I.T."],
    "RHIA": ["RHIA", "RHIA (expired)"],
    "CPC, CCS-P; RHIT": ["CPC, CCS-P; RHIT", "CPC/CCS-P/RHIT", "RHIT & CPC & CCS-P"],
    "CPC, CPMA": ["CPC, CPMA", "CPC CPMA", "CPMA; CPC"],
    "unknown": ["AAPC certified", "studying for CPC", "Epic certified", "company certificate"],
}
CREDENTIAL_SHARES = [17, 30, 6, 9, 4, 4, 4, 7, 4, 4, 5, 6]
SETTINGS = {
    "Hospitals": ["Hospital - inpatient", "Hospital", "hospital (outpatient)", "Health system"],
    "Physician offices": ["Physician office", "Dr's office", "Doctor's office", "clinic"],
    "Remote/home-based": ["WFH", "Work from home", "Remote", "RCM vendor (remote)"],
    "Billing companies": ["RCM vendor", "Billing company", "billing service"],
    "Insurance companies": ["insurance/payer", "Health plan", "Payer"],
}
SETTINGS_ODD = ["", "the mothership", "varies"]
REMOTE = ["Yes", "Y", "No", "N", "hybrid", "3 days/week", "100%", "WFH", "", "it depends"]
REMOTE_SHARES = [24, 8, 26, 8, 12, 4, 4, 5, 8, 1]
EDUCATION = ["High school diploma", "Some college", "Associate's degree", "Bachelor's degree", ""]
TITLES = ["Medical coder", "Coder II", "Inpatient coder", "Medical biller", "Coding auditor", ""]
HOURS = ["40", "40", "40", "", "", "37.5", "36", "40 hrs", "32", "20", "full time", "lots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The published figures that the survey is drawn from."""

    quantiles: Sequence[float]
    percentiles_usd: Sequence[float]
    credential_factor: Mapping[Any, float]
    experience_factor: dict[tuple[int, int], float]
    setting_share: Mapping[Any, float]
    state_employment: pd.Series
    state_names: dict[str, str]


def main() -> None:
    """Write the survey and its column map to `data/raw/demo_survey`."""
    survey = messy_survey(ROWS, seed=SEED, published=published())
    text = survey.to_csv(index=False, lineterminator="\n")
    _write(FOLDER / f"{NAME}.csv", "\ufeff" + text)
    note = "# Which column of demo_survey_synthetic.csv holds what. The survey is synthetic.\n\n"
    _write(FOLDER / "columns.toml", note + format_column_map(COLUMN_MAP))


def published() -> Published:
    """Read the figures from `data/raw`."""
    national = read_raw("oews/national_2010_2025.csv")
    row = national[national["vintage"].eq("2025") & national["OCC_CODE"].eq("29-2072")].iloc[0]
    names = {0.1: "A_PCT10", 0.25: "A_PCT25", 0.5: "A_MEDIAN", 0.75: "A_PCT75", 0.9: "A_PCT90"}
    credentials = read_raw("guide/salary_by_credential.csv").set_index("credential")
    means = credentials["salary_mean_usd"].astype(float)
    tiers = read_raw("guide/salary_by_experience.csv").head(3)
    middle = (tiers["salary_low_usd"].astype(float) + tiers["salary_high_usd"].astype(float)) / 2
    shares = read_raw("guide/settings.csv").set_index("setting")["share_percent"].astype(float)
    panel = read_raw("oews/state_panel.csv")
    panel = panel[panel["vintage"].eq("2025") & panel["OCC_CODE"].eq("29-2072")]
    states = read_raw("geography/states.csv")
    postal = dict(zip(states["name"], states["postal"], strict=True))
    panel = panel[panel["AREA_TITLE"].isin(postal)]
    employment = pd.to_numeric(panel["TOT_EMP"], errors="coerce").fillna(0)
    return Published(
        quantiles=list(names),
        percentiles_usd=[float(row[name]) for name in names.values()],
        credential_factor=(means / means.mean()).to_dict(),
        experience_factor=dict(zip(YEARS, middle / middle.mean(), strict=True)),
        setting_share=(shares / shares.sum()).to_dict(),
        state_employment=employment.set_axis(panel["AREA_TITLE"].map(postal)),
        state_names=dict(zip(states["postal"], states["name"], strict=True)),
    )


def messy_survey(rows: int, *, seed: int, published: Published) -> pd.DataFrame:
    """Draw a survey of `rows` rows, about one in a hundred an exact repeat of another."""
    random = np.random.default_rng(seed)
    tier = random.choice(len(YEARS), rows, p=[0.3, 0.38, 0.32])
    held = random.choice(len(CREDENTIALS), rows, p=_shares(CREDENTIAL_SHARES))
    setting = random.choice(len(SETTINGS), rows, p=list(published.setting_share.values()))
    pay = _pay_usd(random, rows, published)
    pay *= np.array(list(published.experience_factor.values()))[tier]
    factors = [published.credential_factor.get(name.partition(",")[0], 1.0) for name in CREDENTIALS]
    pay *= np.array(factors)[held]
    is_rounded = random.random(rows) < 0.75
    pay = np.where(is_rounded, np.round(pay, -2), np.round(pay))
    texts, basis = _pay_texts(random, pay)
    answers = {
        "Respondent": np.array([f"SYNTHETIC-{number:07d}" for number in range(1, rows + 1)]),
        "What are you paid?": texts,
        "Pay basis": basis,
        "Hours per week": random.choice(np.array(HOURS, dtype=object), rows),
        "Years of experience": _spelled(random, tier, list(YEARS.values()), YEARS_ODD),
        "Credentials": _spelled(
            random, held, list(CREDENTIALS.values()), ["", "Cert. Widget Coder"]
        ),
        "Where do you work?": _spelled(random, setting, list(SETTINGS.values()), SETTINGS_ODD),
        "State": _states(random, rows, published),
        "Remote?": random.choice(np.array(REMOTE, dtype=object), rows, p=_shares(REMOTE_SHARES)),
        "Education": random.choice(np.array(EDUCATION, dtype=object), rows),
        "Job title": random.choice(np.array(TITLES, dtype=object), rows),
        "Weight": random.choice(np.array(["0.8", "1", "1.0", "1.25", "1.5"], dtype=object), rows),
    }
    survey = pd.DataFrame(answers).astype("str")
    repeats = np.flatnonzero(random.random(rows) < DUPLICATE_SHARE)
    sources = random.integers(0, rows, len(repeats))
    order = np.arange(rows)
    order[repeats] = sources
    return survey.iloc[order].reset_index(drop=True)


def _pay_usd(random: np.random.Generator, rows: int, published: Published) -> NDArray[np.float64]:
    """Draw annual pay through the published percentiles, log-linear in the normal score."""
    score = random.standard_normal(rows).clip(-2.2, 2.2)
    at = np.asarray(norm.ppf(published.quantiles), dtype=np.float64)
    log = np.asarray(np.log(published.percentiles_usd), dtype=np.float64)
    slope_low = (log[1] - log[0]) / (at[1] - at[0])
    slope_high = (log[-1] - log[-2]) / (at[-1] - at[-2])
    inside = np.interp(score, at, log)
    below = np.minimum(score - at[0], 0) * slope_low
    above = np.maximum(score - at[-1], 0) * slope_high
    return np.asarray(np.exp(inside + below + above), dtype=np.float64)


def _pay_texts(random: np.random.Generator, pay: NDArray[np.float64]) -> tuple[Texts, Texts]:
    """Spell pay, and name its basis as people do."""
    texts = np.full(len(pay), "", dtype=object)
    basis = np.full(len(pay), "", dtype=object)
    refused_share = 100 - sum(share for _, share in PAY_KINDS.values())
    shares = _shares([*(share for _, share in PAY_KINDS.values()), refused_share])
    kind = random.choice(len(shares), len(pay), p=shares)
    for place, spellings in enumerate([*(each for each, _ in PAY_KINDS.values()), REFUSED]):
        rows = np.flatnonzero(kind == place)
        spell = random.choice(len(spellings), len(rows), p=_shares(list(spellings.values())))
        for which, write in enumerate(spellings):
            chosen = rows[spell == which]
            texts[chosen] = [write(each) for each in pay[chosen]]
    named = {0: ["annual", "Annual", "yearly", "per year", ""], 1: ["hourly", "Hourly", "per hour"]}
    for place, names in named.items():
        rows = np.flatnonzero(kind == place)
        basis[rows] = random.choice(np.array(names, dtype=object), len(rows))
    return texts, basis


def _spelled(
    random: np.random.Generator,
    which: NDArray[np.int64],
    spellings: Sequence[Sequence[str]],
    odd: Sequence[str],
) -> Texts:
    """Spell each answer in one of its ways; some 4 in 100 oddly."""
    texts = np.full(len(which), "", dtype=object)
    for place, names in enumerate(spellings):
        rows = np.flatnonzero(which == place)
        texts[rows] = random.choice(np.array(names, dtype=object), len(rows))
    is_odd = random.random(len(which)) < 0.04
    texts[is_odd] = random.choice(np.array(odd, dtype=object), int(is_odd.sum()))
    return texts


def _states(random: np.random.Generator, rows: int, published: Published) -> Texts:
    """Draw states by employment and spell them."""
    postal = published.state_employment.index.to_numpy(dtype=object)
    shares = (published.state_employment / published.state_employment.sum()).to_numpy()
    codes = random.choice(postal, rows, p=shares)
    names = np.array([published.state_names[code] for code in codes], dtype=object)
    style = random.random(rows)
    short = {"North Carolina": "N. Carolina", "South Carolina": "S. Carolina"}
    short |= {"District of Columbia": "Washington DC", "West Virginia": "W. Virginia"}
    spelled = np.array([short.get(name, name) for name in names], dtype=object)
    texts = np.where(style < 0.6, codes, np.where(style < 0.85, names, spelled))
    lower = style > 0.96
    texts[lower] = [text.lower() for text in texts[lower]]
    several = random.random(rows) < 0.02
    texts[several] = [
        f"{code}, {other}"
        for code, other in zip(codes[several], random.permutation(codes[several]), strict=True)
    ]
    odd = random.random(rows) < 0.01
    texts[odd] = random.choice(np.array(["", "Ontario", "USA", "all 50"], dtype=object), odd.sum())
    return texts


def _shares(parts: Sequence[float]) -> NDArray[np.float64]:
    """Scale parts to sum to 1."""
    return np.asarray(parts, dtype=np.float64) / sum(parts)


def _write(place: Path, text: str) -> None:
    """Write a file whole."""
    with replacing(place) as file:
        file.write(text.encode())


if __name__ == "__main__":
    main()
