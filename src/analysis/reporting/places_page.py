"""One page for every place: search, choose up to four, compare, set an offer beside each."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from statistics import NormalDist
from typing import Any

import pandas as pd

from analysis import processed, wording
from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90, OWN_INTERVAL, Estimate, Kind
from analysis.files import replacing
from analysis.live.offer import HOURLY_BELOW_USD, HOURS_A_YEAR, curve_facts
from analysis.models.wages import WageDistribution
from analysis.reporting import layout
from analysis.reporting.navigation import PLACES_PAGE, SHORT, states
from analysis.reporting.plan import Plan
from analysis.studies.lookup import Tables
from analysis.studies.official import SOURCE
from analysis.studies.profiles import PERCENTILES, profiles

MOST_CHOSEN = 4
# What the page rests on.
TABLES = ("wages", "price_parities", "separations", "projections", "occupation_lineage")
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)  # of `PERCENTILES`
DIGITS = 10  # of the curve: the page answers to the cent
Pages = Mapping[str, Sequence[tuple[str, str]]]


def render_places(
    tables: Tables, *, built_at: str, pages: Pages | None = None, key: str = ""
) -> str:
    """Render the page of all places as one self-contained HTML file.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    built_at : str
        When, as it is to be read.
    pages : mapping of str to pairs of notebook and address, or None
        By code of the place, its own reports, seen from the page.
    key : str
        Stands for all that the page rests on.
    """
    places = profiles(tables)
    rows = [place_facts(row) for row in places.to_dict("records")]
    facts = {
        "scores": [NormalDist().inv_cdf(share) for share in SHARES],
        "shares": [SHARES[0], SHARES[-1]],
        "most": MOST_CHOSEN,
        "normal_90": NORMAL_90,
        "hours_a_year": HOURS_A_YEAR,
        "hourly_below_usd": HOURLY_BELOW_USD,
        "pages": {
            code: [[SHORT.get(notebook, notebook), path] for notebook, path in found]
            for code, found in (pages or {}).items()
        },
        "places": rows,
    }
    year = f"May {tables['wages']['year'].max()}"
    return layout.render(
        "places.html.j2",
        {
            "built_at": built_at,
            "key": key,
            "places": rows,
            "states": states(),
            "facts": layout.json_text(facts),
            "year": year,
            "source": f"{SOURCE}, {year}; BEA, price parities; BLS, Employment Projections",
        },
    )


def place_facts(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Put what is known of a place into the page's words and numbers; None where not published."""
    kind: Kind = "official" if row["area_type"] == "nation" else "model"
    jobs = Estimate.with_se(
        row["employment"], se=row["employment_se"], unit="jobs", kind="official"
    )
    pay = Estimate.with_se(
        row["median_wage_usd"], se=row["median_se_usd"], unit="USD a year",
        kind="official", limits=OWN_INTERVAL,
    )  # fmt: skip
    share = row["employment_se"] / row["employment"] if row["employment"] else None
    openings = Estimate.with_se(
        row["total"],
        se=None if kind == "official" or share is None else row["total"] * share,
        unit="openings a year",
        kind=kind,
    )
    return {
        "code": row["area_code"],
        "name": row["area_name"],
        "kind": row["area_type"],
        "state": row["state"],
        "jobs": [number(row["employment"]), *words(jobs)],
        "per_1000": number(row["jobs_per_1000"]),
        "wages": [number(row[name]) for name in PERCENTILES],
        "median": [*words(pay), number(row["median_se_usd"])],
        "prices": number(row["median_wage_national_prices_usd"]),
        "openings": [*words(openings), kind],
        "parts": [number(row[part]) for part in ("growth", "exits", "transfers")],
        "curve": short_curve(row),
    }


def words(estimate: Estimate) -> tuple[str, str]:
    """Write value and interval as every report does."""
    return wording.amount(estimate), wording.interval(estimate)


def number(value: float) -> float | None:
    """Keep a number to a hundredth; None where there is none."""
    if wording.is_absent(value):
        return None
    kept = round(float(value), 2)
    return int(kept) if kept.is_integer() else kept


def short_curve(row: Mapping[Any, Any]) -> dict[str, Any] | None:
    """Keep what it takes to place an offer; None where too little is published.

    The page knows scores and wages already, but where a percentile is missing.
    """
    try:
        found = curve_facts(WageDistribution.from_row(pd.Series(row), year="", source=SOURCE))
    except WrongInput:
        return None
    kept: dict[str, Any] = {name: [_short(x) for x in found[name]] for name in ("slopes", "tails")}
    kept["error"] = None if found["error"] is None else _short(found["error"])
    if found["ties"]:
        kept["ties"] = found["ties"]
    if len(found["scores"]) < len(PERCENTILES):
        kept |= {name: found[name] for name in ("scores", "log_wages", "shares")}
    return kept


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def places_of(plan: Plan, *, built_at: str) -> list[Mapping[str, Any]]:
    """Return the places, and write their page anew where it is not that of these tables."""
    if not (plan.place.processed / "wages.parquet").exists():
        return []
    pages: dict[str, list[tuple[str, str]]] = {}
    for record in plan.records.values():
        area = str(record.report.parameters.get("area", ""))
        if area and record.path and not record.detail:
            pages.setdefault(area, []).append((record.report.notebook, record.path))
    inputs = plan.inputs
    rests_on = [inputs.code, [inputs.tables.get(name) for name in TABLES], sorted(pages.items())]
    key = sha256(json.dumps(rests_on).encode()).hexdigest()
    file = plan.place.reports / PLACES_PAGE
    html = file.read_text(encoding="utf-8") if file.exists() else ""
    if f'name="key" content="{key}"' not in html:
        tables = processed.Tables(plan.place.processed)
        html = render_places(tables, built_at=built_at, pages=pages, key=key)
        with replacing(file) as out:
            out.write(html.encode())
    stored = html.partition('id="facts">')[2].partition("</script>")[0]
    found: list[Mapping[str, Any]] = json.loads(stored)["places"]
    return found
