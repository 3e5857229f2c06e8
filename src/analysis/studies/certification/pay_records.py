"""Records of pay made ready for wage equations: who holds what, and what can be held fixed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.disclosure import MINIMUM_RECORDS, summarise
from analysis.studies.areas import Area

ALL = "all"
NONE, SEVERAL = "none", "several"
CURRENT = "current"
PLACED = ("setting", "remote")  # categories that can be held fixed
LEAST_STATED = 0.5  # share of records; a column stated less often is not held fixed
NAMES = {
    "experience_years": "experience",
    "setting": "setting",
    "remote": "remote work",
    "log_price_parity": "price level of the state",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRecords:
    """Records that can enter a wage equation.

    Parameters
    ----------
    table : DataFrame
        annual_pay_usd, log_pay, certified (1 or 0), held (current credentials, or "none"),
        credential ("none", a name, "several"), experience_years (less their mean),
        experience_squared, setting, remote, state, log_price_parity, weight; every record has
        every value that is held fixed.
    covariates : tuple of str
        Columns held fixed, of those above.
    left_out : DataFrame
        why, records: the first reason that holds.
    weights : str or None
        The column of weights; None where all weigh alike.
    """

    table: pd.DataFrame
    covariates: tuple[str, ...]
    left_out: pd.DataFrame
    weights: str | None

    @property
    def held_fixed(self) -> str:
        """Name what is held fixed, for a sentence."""
        return self.named()

    def named(self, *, left_out: Collection[str] = ()) -> str:
        """Name the columns held fixed but for some, for a sentence."""
        named = [NAMES[name] for name in self.covariates if name in NAMES and name not in left_out]
        return ", ".join(named) or "nothing"

    def quartiles(self, by: str) -> pd.DataFrame:
        """Return quartiles of annual pay by a column, weighted where the file has weights."""
        return summarise(self.table, by=[by], value="annual_pay_usd", weight=self.weights)

    def holders_of(self, credential: str) -> pd.DataFrame:
        """Return the records without a credential and those with `credential` ("all": any)."""
        if credential == ALL:
            return self.table
        holds = [credential in names.split("; ") for names in self.table["held"]]
        return self.table[self.table["certified"].eq(0) | np.array(holds, dtype=np.bool_)]

    @property
    def equation(self) -> str:
        """The wage equation as a formula."""
        terms = [f"C({name})" if name in PLACED else name for name in self.covariates]
        return " + ".join(["log_pay ~ certified", *terms])

    def indicators(
        self, credential: str
    ) -> tuple[pd.DataFrame, list[str], dict[str, list[str]], list[str]]:
        """Turn categories into indicators; the most frequent of each is left out.

        Returns
        -------
        tuple
            The records with their indicators, the regressors, the indicators of each category by
            the one left out, and the columns left out whole: those with a category that only the
            certified or only the others have, which cannot be priced in the other group.
        """
        rows = self.holders_of(credential)
        frame = rows[["log_pay", "certified", "weight"]]
        regressors: list[str] = []
        categories: dict[str, list[str]] = {}
        left_out: list[str] = []
        for name in self.covariates:
            if name not in PLACED:
                frame = frame.assign(**{name: rows[name]})
                regressors.append(name)
                continue
            levels = [str(level) for level in rows[name].value_counts().index]
            names = [f"{name}: {level}" for level in levels]
            if rows.groupby("certified")[name].nunique().min() < len(levels):
                left_out.append(name)
                continue
            for indicator, level in zip(names[1:], levels[1:], strict=True):
                frame = frame.assign(**{indicator: rows[name].eq(level).astype("float64")})
            regressors += names[1:]
            categories[names[0]] = names[1:]
        return frame, regressors, categories, left_out


def pay_records(records: pd.DataFrame, price_parities: pd.DataFrame, area: Area) -> PayRecords:
    """Choose the records of an area that say what a wage equation needs.

    Certified is who holds a current credential; who says "none" is not certified; who says nothing
    is left out. Experience is the middle of its range, the lower limit where it is open. What
    fewer than half of the records state is not held fixed.

    Parameters
    ----------
    records : DataFrame
        Cleaned records, as `cleaning.records` has them.
    price_parities : DataFrame
        The processed table of that name: the price level of each state.
    area : Area
        The nation, or a state; a metropolitan area stands for its state.
    """
    parity = price_parities.sort_values("year").drop_duplicates("state", keep="last")
    prices = parity.set_index("state")["price_parity"]
    high = records["experience_years_high"].fillna(records["experience_years_low"])
    frame = pd.DataFrame(
        {
            "annual_pay_usd": records["annual_pay_usd"],
            "log_pay": np.log(records["annual_pay_usd"].where(records["annual_pay_usd"] > 0)),
            "held": _current(records),
            "experience_years": (records["experience_years_low"] + high) / 2,
            "setting": records["setting"],
            "remote": records["remote"],
            "log_price_parity": np.log(records["state"].map(prices).astype("float64") / 100),
            "state": records["state"],
            "weight": records["weight"],
        }
    )
    left_out: list[tuple[str, int]] = []

    def keep(rows: pd.DataFrame, wanted: "pd.Series[bool]", why: str) -> pd.DataFrame:
        left_out.append((why, int((~wanted).sum())))
        return rows[wanted]

    if not area.is_nation:
        here = frame["state"].eq(area.state).astype("bool")
        frame = keep(frame, here, f"not in {area.state}")
    frame = keep(frame, frame["log_pay"].notna(), "no pay above 0")
    frame = keep(frame, frame["held"].notna(), "do not say what credential is held")
    frame = keep(frame, frame["held"].ne(""), "hold none but expired credentials")
    covariates = list(_stated(frame))
    for name in covariates:
        frame = keep(frame, frame[name].notna(), f"do not state {NAMES[name]}")
        if name in PLACED:
            sizes = frame[name].map(frame[name].value_counts())
            few = f"{NAMES[name]} shared by fewer than {MINIMUM_RECORDS} records"
            frame = keep(frame, sizes >= MINIMUM_RECORDS, few)
    experience = frame["experience_years"] - frame["experience_years"].mean()
    is_one = ~frame["held"].str.contains(";", regex=False).astype("bool")
    label = frame["held"].where(is_one, SEVERAL)
    if "experience_years" in covariates:
        covariates.insert(covariates.index("experience_years") + 1, "experience_squared")
    return PayRecords(
        table=frame.assign(
            experience_years=experience,
            experience_squared=experience**2,
            certified=frame["held"].ne(NONE).astype("int64"),
            credential=label,
        ).reset_index(drop=True),
        covariates=tuple(name for name in covariates if _varies(frame, name)),
        left_out=pd.DataFrame(left_out, columns=["why", "records"]),
        weights="weight" if len(frame["weight"].unique()) > 1 else None,
    )


def _current(records: pd.DataFrame) -> "pd.Series[str]":
    """List the credentials that are current: "none", names, or "" where all have expired."""
    names = records["credentials"]
    status = records["credential_status"]
    listed = [
        _still_held(held, state) if isinstance(held, str) else None
        for held, state in zip(names, status, strict=True)
    ]
    return pd.Series(listed, index=records.index, dtype="str")


def _still_held(held: str, status: object) -> str:
    """Keep the names whose status is current; all of them where none is given."""
    if held == NONE or not isinstance(status, str):
        return held
    pairs = zip(held.split("; "), status.split("; "), strict=True)
    return "; ".join(name for name, state in pairs if state == CURRENT)


def _varies(frame: pd.DataFrame, name: str) -> bool:
    """Say whether a column has enough values to be held fixed; a square needs three."""
    if name == "experience_squared":
        return len(frame["experience_years"].unique()) > 2
    return len(frame[name].unique()) > 1


def _stated(frame: pd.DataFrame) -> Iterator[str]:
    """Yield what enough records state for it to be held fixed."""
    for name in NAMES:
        if len(frame) and frame[name].notna().mean() >= LEAST_STATED:
            yield name
