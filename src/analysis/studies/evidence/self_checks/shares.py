"""Shares, rates and accuracies of the guide held against each other."""

from analysis.studies.evidence.self_checks.finding import Finding, Span, claimed, point
from analysis.studies.lookup import Tables

REMOTE = "settings-remote-share"
WHOLE_PCT = 100.0
PROJECTION_YEARS = 10  # what BLS percentages span
GUIDE_YEAR = 2026
GROWTH_TO = 2032


def setting_shares(tables: Tables) -> list[Finding]:
    """Leave the remote row out of the settings: it is a place of work, not an employer."""
    guide = tables["guide_settings"].set_index("claim_id")["share_pct"]
    employers = guide.drop(REMOTE)
    remote = float(guide[REMOTE])
    return [
        Finding(
            subject="Setting shares",
            part=str(claim_id),
            claim_ids=(str(claim_id), REMOTE),
            stated=point(share),
            value=point(WHOLE_PCT * share / employers.sum()),
            unit="percent",
            finding=f"Remote is a place of work among kinds of employer; without it this share is "
            f"{WHOLE_PCT * share / employers.sum():.1f}%, and the true one lies anywhere from "
            f"{share:.0f}% to {share + remote:.0f}%.",
        )
        for claim_id, share in employers.items()
    ]


def remote_as_the_norm(tables: Tables) -> list[Finding]:
    """Compare the norm with its own share."""
    share = claimed(tables, REMOTE)
    return [
        Finding(
            subject="Remote as the norm",
            claim_ids=("remote-standard", REMOTE),
            stated=share,
            value=point(WHOLE_PCT - share.high),
            unit="percent",
            is_contradiction=WHOLE_PCT - share.high > share.high,
            finding=f"Working from home is called the norm, yet {WHOLE_PCT - share.high:.0f}% are "
            "not fully remote by the guide's own share.",
        )
    ]


def time_shares(tables: Tables) -> list[Finding]:
    """Add the shares of coder time up."""
    guide = tables["guide_ai_time_shares"]
    ends = Span(low=guide["share_low_pct"].sum(), high=guide["share_high_pct"].sum())
    ids = tuple(guide["claim_id"])
    middles = (guide["share_low_pct"] + guide["share_high_pct"]) / 2
    total = Finding(
        subject="Shares of coder time",
        part="sum",
        claim_ids=ids,
        stated=point(WHOLE_PCT),
        value=ends,
        unit="percent",
        is_contradiction=not ends.low <= WHOLE_PCT <= ends.high,
        finding=f"The low ends add to {ends.low:g}%, the high ends to {ends.high:g}% and the "
        f"middles to {middles.sum():g}%: a split that adds up exists, but leaves no time for "
        "anything else.",
    )
    rescaled = WHOLE_PCT * middles / middles.sum()
    return [
        total,
        *(
            Finding(
                subject="Shares of coder time",
                part=activity,
                claim_ids=(claim_id,),
                stated=Span(low=low, high=high),
                value=point(share),
                unit="percent",
                is_contradiction=False,
                finding=f"The middle of the range, so scaled that all add up, is {share:.1f}%.",
            )
            for claim_id, activity, low, high, share in zip(
                guide["claim_id"],
                guide["activity"],
                guide["share_low_pct"],
                guide["share_high_pct"],
                rescaled,
                strict=True,
            )
        ),
    ]


def software_errors(tables: Tables) -> list[Finding]:
    """Compare the errors of software with those allowed to people."""
    right = claimed(tables, "ai-accuracy-routine")
    allowed = WHOLE_PCT - claimed(tables, "quality-accuracy-required").low
    wrong = Span(low=WHOLE_PCT - right.high, high=WHOLE_PCT - right.low)
    times = Span(low=wrong.low / allowed, high=wrong.high / allowed)
    return [
        Finding(
            subject="Errors of software",
            claim_ids=("ai-accuracy-routine", "quality-accuracy-required"),
            stated=point(allowed),
            value=wrong,
            unit="percent",
            is_contradiction=False,
            finding=f"Software errs in {wrong.low:.0f} to {wrong.high:.0f}% of routine cases, "
            f"{times.low:.1f} to {times.high:.1f} times what people are allowed; this agrees with "
            "review by people.",
        )
    ]


def growth_a_year(tables: Tables) -> list[Finding]:
    """Put the growth rate on a year."""
    growth = claimed(tables, "outlook-growth-2032").low
    spans = (PROJECTION_YEARS, GROWTH_TO - GUIDE_YEAR)
    yearly = [100 * ((1 + growth / 100) ** (1 / years) - 1) for years in spans]
    return [
        Finding(
            subject="Growth a year",
            claim_ids=("outlook-growth-2032", "demand-strong-2026"),
            stated=point(growth),
            value=Span(low=min(yearly), high=max(yearly)),
            unit="percent",
            is_contradiction=False,
            finding=f"{growth:.0f}% is {yearly[0]:.2f}% a year over the ten years of a projection "
            f"({yearly[1]:.2f}% if read from {GUIDE_YEAR}), which the guide calls strong.",
        )
    ]


def certified_majority(tables: Tables) -> list[Finding]:
    """Work out the mean pay that the guide's shares and averages imply."""
    averages = tables["guide_salary_by_credential"]["salary_mean_usd"]
    premium = claimed(tables, "salary-certified-premium").middle
    share = claimed(tables, "cert-employer-preference").low / 100
    others = averages.mean() / (1 + premium / 100)
    implied = float(share * averages.mean() + (1 - share) * others)
    bands = tables["guide_salary_by_experience"]
    return [
        Finding(
            subject="Implied mean pay",
            claim_ids=("cert-employer-preference", "salary-certified-premium"),
            value=point(implied),
            unit="USD a year",
            is_contradiction=False,
            finding=f"If that share of coders were certified, mean pay would be ${implied:,.0f}; "
            f"the guide gives no national mean, only bands from "
            f"${bands['salary_low_usd'].min():,.0f} to ${bands['salary_high_usd'].max():,.0f}.",
        )
    ]


def code_sets(tables: Tables) -> list[Finding]:
    """Look for the code set of inpatient procedures, which inpatient coding needs."""
    named = tables["guide_code_sets"]
    stated = claimed(tables, "code-sets-count")
    has_procedures = named["code_set"].str.fullmatch(r"ICD-\d+-PCS").any()
    return [
        Finding(
            subject="Code sets",
            claim_ids=("code-sets-count", "code-sets-icd11-replaced", "specialization-drg-payment"),
            stated=stated,
            value=point(float(len(named))),
            unit="code sets",
            is_contradiction=not bool(has_procedures),
            finding=f"{', '.join(named['code_set'])} are named, none of them for "
            "inpatient procedures, yet inpatient coding is described.",
        )
    ]
