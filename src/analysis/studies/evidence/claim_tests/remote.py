"""Claims about working from home."""

import numpy as np

from analysis.studies.areas import CODERS
from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.guide import (
    HOME_WORK,
    home_work_share_pct,
    state_rows,
)
from analysis.studies.lookup import Citation, Tables, cite, cite_oews, latest, rows_where

MAJORITY_PCT = 50.0  # what "most" and "the norm" mean
MEMBERS_REMOTE = "share working remotely"


@tests("settings-remote-share")
def share_at_home(tables: Tables, claim: Claim) -> Official:
    """Compare with the share whose usual way to work is none."""
    share, cited = home_work_share_pct(tables), _acs(tables)
    return Official(
        low=share,
        high=share,
        unit=claim.unit,
        year=_acs_year(tables),
        cited=cited,
        comparison="proxy",
        reason="The census asks how people usually got to work last week, so some hybrid weeks "
        "count as home; California and Texas are not in the extract, and it is a place of work, "
        "not an employer.",
    )


@tests("remote-standard")
def remote_is_the_norm(tables: Tables, _: Claim) -> Official:
    """Ask whether about half or more work from home, by either source."""
    share = home_work_share_pct(tables)
    members = latest(rows_where(tables["member_salaries"], group=MEMBERS_REMOTE), "survey_year")
    of_members = float(members["value"].item())
    return Official(
        text=f"{share:.1f}% of coders, {of_members:.0f}% of AAPC members",
        unit="percent",
        year=f"{_acs_year(tables)}; {members['survey_year'].item()}",
        cited=_acs(tables) + cite(members),
        comparison="proxy",
        holds=max(share, of_members) >= MAJORITY_PCT,
        reason=f"About half work from home: {share:.1f}% of coders in the census sample and "
        f"{of_members:.0f}% of AAPC members.",
    )


@tests("remote-most-employers-offer")
def most_employers_offer_it(tables: Tables, _: Claim) -> Official:
    """Show the share of workers; no source counts employers."""
    share, cited = home_work_share_pct(tables), _acs(tables)
    return Official(
        text=f"{share:.1f}% of coders work from home",
        unit="percent",
        year=_acs_year(tables),
        cited=cited,
        comparison="proxy",
        is_comparable=False,
        reason="The claim counts employers, the census workers; no source in hand asks employers.",
    )


@tests("remote-min-experience")
def two_years_first(tables: Tables, _: Claim) -> Official:
    """Show the two-year bar there is; it stands before the full credential, not home work."""
    noted = tables["credentials"]
    noted = noted[noted["note"].str.contains("apprentice", na=False)]
    return Official(
        text="apprentice mark on the CPC until two years of experience",
        year=str(noted["vintage"].iloc[0]),
        cited=cite(noted),
        comparison="proxy",
        is_comparable=False,
        reason="AAPC lifts the apprentice mark at two years, which is about the credential; "
        "no source in hand records experience and place of work together.",
    )


@tests("remote-premium-markets")
def pay_in_cheaper_states(tables: Tables, _: Claim) -> Official:
    """Show how far state means lie apart then and now; why they moved is not in the data."""
    panel = rows_where(tables["state_wages"], occupation_code=CODERS)
    now = state_rows(tables).set_index("area_code")["mean_wage_usd"].dropna()
    years = panel.groupby("year")["state"].nunique()
    then_year = int(years[years >= len(now) - 1].index.max())
    before = rows_where(panel, year=then_year)
    both = now.to_frame("now").join(before.set_index("state")["mean_wage_usd"].rename("then"))
    spread = 100 * both.dropna().apply(np.log).std()
    return Official(
        text=f"spread of state means {spread['then']:.1f}%, now {spread['now']:.1f}%",
        unit="percent",
        year=f"May {then_year} to May {tables['wages']['year'].max()}",
        cited=cite_oews(tables["wages"]) + cite(before),
        comparison="proxy",
        is_comparable=False,
        reason=f"State means lie {'closer' if spread['now'] < spread['then'] else 'no closer'} "
        f"together than in {then_year}, but where remote staff live, and so the cause, is not "
        "published.",
    )


def _acs(tables: Tables) -> Citation:
    """Cite the census figure on working from home."""
    return cite(rows_where(tables["acs_shares"], id=HOME_WORK))


def _acs_year(tables: Tables) -> str:
    """Name the period of the census figure."""
    row = rows_where(tables["acs_shares"], id=HOME_WORK)
    return str(row["vintage"].item())
