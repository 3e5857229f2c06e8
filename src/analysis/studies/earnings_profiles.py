"""What people earn by age, sex and hours: high-school graduates by state, and coders."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90
from analysis.models.roi import PayProfile
from analysis.models.wages import WageDistribution
from analysis.studies.areas import NATION, Area
from analysis.studies.lookup import Tables, row_of, rows_where
from analysis.studies.part import Column, Part
from analysis.studies.person_profiles import person_profiles

SEXES = ("all", "women", "men")
HOURS = {"all": "labor_force", "full_time": "full_time_year_round"}
HIGH_SCHOOL, CODERS = "high_school_only", "coders_3515_below_bachelors"
LEAST_SE_USD = 500.0  # answers are heaped on thousands: an error of 0 is none
ADULT = 25.0  # years of age
WIDTH_YEARS = 10  # of the age groups that states and coders have
SOURCE = "Census Bureau, ACS 2024 1-year PUMS, own tabulation (California and Texas are missing)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeProfile:
    """Median pay by age.

    Parameters
    ----------
    ages : tuple of float
        Middles of age groups, ascending.
    medians_usd : tuple of float
        A year, at each of them; level before the first and after the last.
    relative_se : float
        Standard error of the median over the median, for all ages together.
    source : str
        Where it was counted.
    note : str
        Whose pay it is, where not the place's own.
    """

    ages: tuple[float, ...]
    medians_usd: tuple[float, ...]
    relative_se: float
    source: str = ""
    note: str = ""

    def at(self, age: float) -> float:
        """Read the median at an age.

        Examples
        --------
        >>> AgeProfile(ages=(27.5, 32.5), medians_usd=(33e3, 35e3), relative_se=0.01).at(30)
        34000.0
        """
        return float(np.interp(age, self.ages, self.medians_usd))

    def path(self, start_age: float) -> tuple[tuple[float, float], ...]:
        """Return the profile as age and pay over pay at `start_age`."""
        start = self.at(start_age)
        return tuple((a, m / start) for a, m in zip(self.ages, self.medians_usd, strict=True))


def check_person(start_age: float, sex: str, hours: str) -> None:
    """Raise WrongInput unless the profiles hold such a person."""
    wrong = [
        f"{name} must be {' or '.join(allowed)}; found {value!r}."
        for name, value, allowed in (("sex", sex, SEXES), ("hours", hours, tuple(HOURS)))
        if value not in allowed
    ]
    if not 18 <= start_age <= 60:
        wrong.append(f"start_age must lie within 18 to 60; found {start_age!r}.")
    if wrong:
        raise WrongInput(" ".join(wrong))


def high_school_pay(tables: Tables, *, place: Area, sex: str, hours: str) -> AgeProfile:
    """Return the pay of people with a high-school diploma only, by age.

    The nation's profile by five years of age, times the state's medians over the nation's by ten
    years. A state that the sample lacks (California, Texas, a territory) takes the nation's, times
    the federal earnings threshold of the state over that of the nation, where there is one.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.areas import find_area
    >>> tables = processed.Tables()
    >>> nation = find_area(tables["wages"], "US")
    >>> high_school_pay(tables, place=nation, sex="all", hours="all").at(27.5)
    33503.25
    """
    narrow = _rows(tables, HIGH_SCHOOL, sex, hours, width=5)
    ages, medians = _middles(narrow), narrow["median_wage_usd"].to_numpy(dtype=float)
    # From 18 to 24 many are at school: their median ends at 25, it does not glide into the next.
    ages = np.concatenate([[ages[0], ADULT - 1e-9, ADULT], ages[1:]])
    medians = np.concatenate([medians[[0, 0, 1]], medians[1:]])
    whole = _rows(tables, HIGH_SCHOOL, sex, hours, width=40)
    error = max(float(whole["median_se_usd"].iloc[0]), LEAST_SE_USD)
    ratio, note, own = np.ones(ages.size), "", narrow.head(0)
    if place.state != NATION:
        own = _rows(tables, HIGH_SCHOOL, sex, hours, width=WIDTH_YEARS, state=place.state)
        nation = _rows(tables, HIGH_SCHOOL, sex, hours, width=WIDTH_YEARS)
        both = own.merge(nation, on=["age_low", "age_high"], suffixes=("", "_us"))
        if len(both):
            times = both["median_wage_usd"] / both["median_wage_usd_us"]
            ratio = np.interp(ages, _middles(both), times.to_numpy(dtype=float))
            error = max(float(both["median_se_usd"].median()), error)
        else:
            ratio, note = _by_threshold(tables, place, ages.size)
    return AgeProfile(
        ages=tuple(ages.tolist()),
        medians_usd=tuple((medians * ratio).tolist()),
        relative_se=error / float(whole["median_wage_usd"].iloc[0]),
        source=_sources(narrow, own),
        note=note,
    )


def coder_pay(
    tables: Tables, *, sex: str, hours: str, times: float
) -> tuple[PayProfile, float, str]:
    """Return the pay of coders without a bachelor's degree by age, its relative error and source.

    National; by ten years of age, for the cells by five years hold 50 to 180 persons. Men are too
    few by age: theirs is the profile of all.

    Parameters
    ----------
    tables : mapping of DataFrame
        Needs earnings_profiles.
    sex, hours : str
        As in `return_case`.
    times : float
        Pay in the place over pay in the nation.
    """
    of = sex if sex != "men" else "all"
    rows = _rows(tables, CODERS, of, hours, width=WIDTH_YEARS)
    whole = _rows(tables, CODERS, of, hours, width=40).iloc[0]
    shares = {"p10": 10, "p25": 25, "median": 50, "p75": 75, "p90": 90}
    pay = tuple(
        WageDistribution.from_percentiles(
            {percent: times * row[f"{name}_wage_usd"] for name, percent in shares.items()}
        )
        for row in rows.to_dict("records")
    )
    ages = tuple(_middles(rows).tolist())
    error = max(float(whole["median_se_usd"]), LEAST_SE_USD)
    relative = error / float(whole["median_wage_usd"])
    return PayProfile(years=ages, pay=pay, by_age=True), relative, _sources(rows)


def adjusted_gaps(tables: Tables) -> Part:
    """Return the gaps in pay between coders and high-school graduates, percent, with their errors.

    Returns
    -------
    Part
        Table of the rows of `acs_gaps` on coders by age, with held (what is held fixed), gap_pct,
        gap_low_pct and gap_high_pct (90 %): exp(log points) - 1.

    Examples
    --------
    >>> from analysis import processed
    >>> adjusted_gaps(processed.Tables()).table["gap_pct"].round(1).tolist()
    [-5.2, 11.3, 37.3]
    """
    rows = tables["acs_gaps"]
    rows = rows[rows["id"].str.startswith("coders_by_age")].reset_index(drop=True)
    ends = {"gap_pct": 0.0, "gap_low_pct": -NORMAL_90, "gap_high_pct": NORMAL_90}
    gaps = {
        name: 100 * np.expm1(rows["log_points"] + times * rows["standard_error"])
        for name, times in ends.items()
    }
    held = {"5-year age bands": "age", "5-year age bands x sex": "age and sex"}
    return Part(
        table=rows.assign(**gaps, held=rows["held_fixed"].map(held)),
        columns={
            "held": "At the same",
            "universe": "Who",
            "gap_pct": Column("Coders earn more by", "{:.1f}%"),
            ("gap_low_pct", "gap_high_pct"): Column("90% interval", "{:.1f}%"),
            "coders_sampled": "Coders in the sample",
        },
        source=f"{SOURCE}, weighted least squares, HC1 errors",
        note=(
            "Coders without a bachelor's degree over people with a high-school diploma only: an "
            "association. Most coders are women, so that men's higher pay hides part of the gap "
            "until sex is held fixed."
        ),
    )


def profiles(tables: Tables) -> pd.DataFrame:
    """Return the table `earnings_profiles` with origin, its groups counted anew where they can be.

    A group of a place that an ingested file of ACS person records holds replaces the table's.
    """
    table = tables["earnings_profiles"].assign(origin=SOURCE)
    path = getattr(tables, "persons_path", None)
    if path is None:
        return table
    own = person_profiles(path, path.stat().st_mtime_ns)
    if own.empty:
        return table
    cell = ["state", "worker_group"]
    held = table[cell].apply(tuple, axis=1).isin(set(own[cell].itertuples(index=False, name=None)))
    return pd.concat([table[~held], own], ignore_index=True)


def _sources(*rows: pd.DataFrame) -> str:
    return "; ".join(dict.fromkeys(origin for each in rows for origin in each["origin"]))


def _rows(
    tables: Tables, group: str, sex: str, hours: str, *, width: int, state: str = NATION
) -> pd.DataFrame:
    """Return the age groups of a width in order, where it is sampled; the nation's always are."""
    table = profiles(tables)
    spans = table["age_high"] - table["age_low"] + 1
    youngest = table["age_low"].eq(18) & (width == 5)  # 18 to 24 stands before the groups of five
    chosen = table[
        (spans.eq(width) | youngest)
        & table["state"].eq(state)
        & table["worker_group"].eq(group)
        & table["sex"].eq(sex)
        & table["universe"].eq(HOURS[hours])
    ]
    return chosen.sort_values("age_low", ignore_index=True)


def _middles(rows: pd.DataFrame) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return ((rows["age_low"] + rows["age_high"] + 1) / 2).to_numpy(dtype=float)


def _by_threshold(
    tables: Tables, place: Area, size: int
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.float64]], str]":
    """Return what scales the nation's profile to a place that the sample lacks."""
    thresholds = tables["high_school_earnings"]
    lacks = f"The ACS extract lacks {place.name}: the nation's pay by age"
    if not thresholds["state"].eq(place.state).any():
        return np.ones(size), f"{lacks} stands in, and no threshold scales it to the place."
    own, nation = (
        float(row_of(thresholds, "state", state)["high_school_earnings_usd"])
        for state in (place.state, NATION)
    )
    return np.full(size, own / nation), f"{lacks} is scaled by the federal earnings thresholds."


def certified_gap_pct(tables: Tables) -> tuple[float, pd.Series]:
    """Return the pay of the certified or licensed over others of the same schooling, percent.

    Some college or an associate degree, all occupations, 2015: 825 against 742 USD a week.

    Examples
    --------
    >>> from analysis import processed
    >>> round(certified_gap_pct(processed.Tables())[0], 1)
    11.2
    """
    start = "Some college or associate degree, with"
    rows = tables["education_earnings"]
    others = rows_where(rows, education=f"{start}out").iloc[0]
    holders = rows_where(rows, education=f"{start} a certification or license").iloc[0]
    ratio = holders["median_weekly_earnings_usd"] / others["median_weekly_earnings_usd"]
    return 100 * (float(ratio) - 1), others
