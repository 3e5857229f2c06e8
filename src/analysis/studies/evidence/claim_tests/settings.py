"""Claims about who employs coders."""

from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.guide import national_row, setting_shares
from analysis.studies.lookup import Tables, cite_oews, rows_where


@tests(
    "settings-hospitals-share",
    "settings-physician-offices-share",
    "settings-insurers-share",
)
def share_of_an_industry(tables: Tables, claim: Claim) -> Official:
    """Divide the coders of one industry by all coders."""
    row = rows_where(setting_shares(tables), claim_id=claim.claim_id).iloc[0]
    share = float(row["official_share_pct"])
    return Official(
        low=share,
        high=share,
        unit=claim.unit,
        year=f"May {national_row(tables)['year']}",
        cited=cite_oews(tables["wages"]),
        reason=f"{row['setting']} (NAICS {row['industry_codes']}) hold {row['employment']:,.0f} "
        f"of {national_row(tables)['employment']:,.0f} coder jobs; without the guide's remote "
        f"row, which is no employer, its share would be "
        f"{row['guide_share_of_employers_pct']:.1f}%.",
    )


@tests("settings-billing-companies-share")
def share_of_billing_companies(tables: Tables, claim: Claim) -> Official:
    """Take billing companies narrowly and broadly: no industry is theirs alone."""
    rows = rows_where(setting_shares(tables), claim_id=claim.claim_id)
    narrow, broad = (
        rows_where(rows, definition=definition).iloc[0] for definition in ("narrow", "broad")
    )
    return Official(
        low=float(narrow["official_share_pct"]),
        high=float(broad["official_share_pct"]),
        unit=claim.unit,
        year=f"May {national_row(tables)['year']}",
        cited=cite_oews(tables["wages"]),
        comparison="proxy",
        reason=f"The answer depends on the definition: "
        f"{narrow['official_share_pct']:.1f}% work in NAICS {narrow['industry_codes']}, "
        f"{broad['official_share_pct']:.1f}% in NAICS {broad['industry_codes']}.",
    )


@tests("settings-hospitals-pay-more")
def hospitals_pay_more(tables: Tables, _: Claim) -> Official:
    """Compare the hospital median with that of all settings and of the guide's others."""
    hospitals, insurers = (
        float(rows_where(setting_shares(tables), claim_id=claim_id)["median_wage_usd"].item())
        for claim_id in ("settings-hospitals-share", "settings-insurers-share")
    )
    everyone = float(national_row(tables)["median_wage_usd"])
    return Official(
        text=f"median ${hospitals:,.0f}, all settings ${everyone:,.0f}",
        unit="USD a year",
        year=f"May {national_row(tables)['year']}",
        cited=cite_oews(tables["wages"]),
        holds=hospitals > everyone,
        reason=f"The hospital median of ${hospitals:,.0f} is above the ${everyone:,.0f} of all "
        f"settings; insurers pay ${insurers:,.0f}.",
    )
