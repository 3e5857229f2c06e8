"""Where the guide disagrees with itself on shares, costs and pay, from its own tables."""

from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from analysis import wording
from analysis.studies.evidence import timeline
from analysis.studies.evidence.finding import Finding, Guide, Span, point
from analysis.studies.lookup import Tables
from analysis.studies.part import Column, Part

USD, USD_A_YEAR, PERCENT = "USD", "USD a year", "percent"
REMOTE = "settings-remote-share"
CERTIFIED_TIER = "salary-specialized-range"
PREMIUM = "salary-certified-premium"
TOTAL_COST = "cost-first-certification-total"
COST_ITEMS = ("cost-aapc-membership", "cost-exam-cpc", "cost-study-materials")
OTHER_FEE = "cost-exam-fee-range"
PROJECTION_YEARS, GUIDE_YEAR, GROWTH_TO = 10, 2026, 2032


def contradictions(tables: Tables) -> Part:
    """Compare the guide's figures with each other; no official figure is used.

    The table has subject, part, claim_ids (joined by "; "), stated_low, stated_high (what the
    guide states), value_low, value_high (what follows from its own figures), unit,
    is_contradiction (False where the figures agree and only what follows is stated), finding.

    Examples
    --------
    >>> from analysis import processed
    >>> found = contradictions(processed.Tables()).table.set_index(["subject", "part"])
    >>> found.loc[("First certification", "listed items"), ["value_low", "value_high"]].tolist()
    [880.0, 1080.0]
    """
    guide = Guide(tables)
    table = pd.DataFrame(
        [
            {
                "subject": each.subject,
                "part": each.part,
                "claim_ids": "; ".join(each.ids),
                "stated_low": None if each.stated is None else each.stated.low,
                "stated_high": None if each.stated is None else each.stated.high,
                "value_low": each.value.low,
                "value_high": each.value.high,
                "unit": each.unit,
                "is_contradiction": each.is_contradiction,
                "finding": each.finding,
            }
            for check in (*CHECKS, *timeline.CHECKS)
            for each in check(guide)
        ]
    )
    numbers = ["stated_low", "stated_high", "value_low", "value_high"]
    return Part(
        table=table.astype(dict.fromkeys(numbers, "float64")),
        columns={
            ("subject", "part"): Column("Subject", _subject, is_text=True),
            ("stated_low", "stated_high"): Column("Stated", _plain),
            ("value_low", "value_high"): Column("Computed", _plain),
            "unit": "Unit",
            "is_contradiction": Column(
                "Disagrees", lambda disagrees: "yes" if disagrees else "no", is_text=True
            ),
            "finding": "Finding",
        },
        source="the guide's own tables; nothing else",
    )


def _setting_shares(guide: Guide) -> Iterator[Finding]:
    """Leave the remote row out of the settings: it is a place of work, not an employer."""
    shares = guide.tables["guide_settings"].set_index("claim_id")["share_pct"]
    employers, remote = shares.drop(REMOTE), float(shares[REMOTE])
    for claim_id, share in employers.items():
        alone = 100 * share / employers.sum()
        yield Finding(
            "Setting shares",
            (str(claim_id), REMOTE),
            point(alone),
            PERCENT,
            f"Remote is a place of work among kinds of employer; without it this share is "
            f"{alone:.1f}%, and the true one lies anywhere from {share:.0f}% to "
            f"{share + remote:.0f}%.",
            str(claim_id),
            point(share),
        )


def _remote_as_the_norm(guide: Guide) -> Iterator[Finding]:
    share = guide.says(REMOTE)
    others = 100 - share.high
    yield Finding(
        "Remote as the norm",
        ("remote-standard", REMOTE),
        point(others),
        PERCENT,
        f"Working from home is called the norm, yet {others:.0f}% are not fully remote by the "
        "guide's own share.",
        "",
        share,
        is_contradiction=others > share.high,
    )


def _time_shares(guide: Guide) -> Iterator[Finding]:
    shares = guide.tables["guide_ai_time_shares"]
    ends = Span(shares["share_low_pct"].sum(), shares["share_high_pct"].sum())
    middles = (shares["share_low_pct"] + shares["share_high_pct"]) / 2
    subject = "Shares of coder time"
    yield Finding(
        subject,
        tuple(shares["claim_id"]),
        ends,
        PERCENT,
        f"The low ends add to {ends.low:g}%, the high ends to {ends.high:g}% and the middles to "
        f"{middles.sum():g}%: a split that adds up exists, but leaves no time for anything else.",
        "sum",
        point(100.0),
        is_contradiction=not ends.low <= 100 <= ends.high,
    )
    rescaled = 100 * middles / middles.sum()
    for row, share in zip(shares.to_dict("records"), rescaled, strict=True):
        yield Finding(
            subject,
            (row["claim_id"],),
            point(share),
            PERCENT,
            f"The middle of the range, so scaled that all add up, is {share:.1f}%.",
            row["activity"],
            Span(row["share_low_pct"], row["share_high_pct"]),
            is_contradiction=False,
        )


def _software_errors(guide: Guide) -> Iterator[Finding]:
    right = guide.says("ai-accuracy-routine")
    allowed = 100 - guide.says("quality-accuracy-required").low
    wrong = Span(100 - right.high, 100 - right.low)
    yield Finding(
        "Errors of software",
        ("ai-accuracy-routine", "quality-accuracy-required"),
        wrong,
        PERCENT,
        f"Software errs in {wrong.low:.0f} to {wrong.high:.0f}% of routine cases, "
        f"{wrong.low / allowed:.1f} to {wrong.high / allowed:.1f} times what people are allowed; "
        "this agrees with review by people.",
        "",
        point(allowed),
        is_contradiction=False,
    )


def _growth_a_year(guide: Guide) -> Iterator[Finding]:
    growth = guide.says("outlook-growth-2032").low
    spans = (PROJECTION_YEARS, GROWTH_TO - GUIDE_YEAR)
    yearly = [100 * ((1 + growth / 100) ** (1 / years) - 1) for years in spans]
    yield Finding(
        "Growth a year",
        ("outlook-growth-2032", "demand-strong-2026"),
        Span(min(yearly), max(yearly)),
        PERCENT,
        f"{growth:.0f}% is {yearly[0]:.2f}% a year over the ten years of a projection "
        f"({yearly[1]:.2f}% if read from {GUIDE_YEAR}), which the guide calls strong.",
        "",
        point(growth),
        is_contradiction=False,
    )


def _certified_majority(guide: Guide) -> Iterator[Finding]:
    """Work out the mean pay that the guide's shares and averages imply."""
    mean = guide.tables["guide_salary_by_credential"]["salary_mean_usd"].mean()
    share = guide.says("cert-employer-preference").low / 100
    implied = float(share * mean + (1 - share) * mean / (1 + guide.says(PREMIUM).middle / 100))
    bands = guide.tables["guide_salary_by_experience"]
    yield Finding(
        "Implied mean pay",
        ("cert-employer-preference", PREMIUM),
        point(implied),
        USD_A_YEAR,
        f"If that share of coders were certified, mean pay would be ${implied:,.0f}; the guide "
        f"gives no national mean, only bands from ${bands['salary_low_usd'].min():,.0f} to "
        f"${bands['salary_high_usd'].max():,.0f}.",
        is_contradiction=False,
    )


def _code_sets(guide: Guide) -> Iterator[Finding]:
    """Look for the code set of inpatient procedures, which inpatient coding needs."""
    named = guide.tables["guide_code_sets"]["code_set"]
    yield Finding(
        "Code sets",
        ("code-sets-count", "code-sets-icd11-replaced", "specialization-drg-payment"),
        point(float(len(named))),
        "code sets",
        f"{', '.join(named)} are named, none of them for inpatient procedures, yet inpatient "
        "coding is described.",
        "",
        guide.says("code-sets-count"),
        is_contradiction=not bool(named.str.fullmatch(r"ICD-\d+-PCS").any()),
    )


def _exam_fee(guide: Guide) -> Iterator[Finding]:
    one, other = guide.says("cost-exam-cpc"), guide.says(OTHER_FEE)
    yield Finding(
        "Exam fee",
        ("cost-exam-cpc", OTHER_FEE),
        other,
        USD,
        f"One place gives ${one.low:,.0f}, another starts ${one.low - other.low:,.0f} lower.",
        "",
        one,
        is_contradiction=one != other,
    )


def _first_certification(guide: Guide) -> Iterator[Finding]:
    """Add the listed items up, with either fee and with tuition."""
    dues, exam, materials = map(guide.says, COST_ITEMS)
    stated, tuition = guide.says(TOTAL_COST), guide.says("education-program-cost")
    listed = dues.plus(exam).plus(materials)
    other = dues.plus(guide.says(OTHER_FEE)).plus(materials)
    whole = listed.plus(tuition)
    over = [100 * (a / b - 1) for a, b in zip(stated, listed, strict=True)]
    subject = "First certification"
    yield Finding(
        subject,
        (*COST_ITEMS, TOTAL_COST),
        listed,
        USD,
        f"The listed items add to ${listed.low:,.0f} to ${listed.high:,.0f}; the stated total is "
        f"{over[0]:.1f}% and {over[1]:.1f}% more.",
        "listed items",
        stated,
        is_contradiction=listed != stated,
    )
    yield Finding(
        subject,
        (*COST_ITEMS, OTHER_FEE, TOTAL_COST),
        other,
        USD,
        f"With the fee range of another place the low end is ${other.low:,.0f}, "
        f"${stated.low - other.low:,.0f} under the stated total.",
        "with the other exam fee",
        stated,
        is_contradiction=other != stated,
    )
    yield Finding(
        subject,
        (*COST_ITEMS, "education-program-cost"),
        whole,
        USD,
        f"Tuition is left out of the total; with it the way in costs ${whole.low:,.0f} to "
        f"${whole.high:,.0f}.",
        "with tuition",
        stated,
        is_contradiction=False,
    )


def _retakes(guide: Guide) -> Iterator[Finding]:
    """Add the sittings that the stated pass rate implies, each try alike.

    The guide states no sittings: only their cost can disagree, with its total.
    """
    rate, stated = guide.says("exam-pass-rate"), guide.says(TOTAL_COST)
    dues, exam, materials = map(guide.says, COST_ITEMS)
    sittings = Span(100 / rate.high, 100 / rate.low)
    fees = Span(sittings.low * exam.low, sittings.high * exam.high)
    total = dues.plus(fees).plus(materials)
    subject, ids = "Retakes", ("exam-pass-rate", *COST_ITEMS)
    yield Finding(
        subject,
        ids,
        sittings,
        "sittings",
        f"The stated pass rate means {sittings.low:.2f} to {sittings.high:.2f} sittings on "
        "average.",
        "sittings",
        is_contradiction=False,
    )
    yield Finding(
        subject,
        ids,
        fees,
        USD,
        f"They cost ${fees.low:,.0f} to ${fees.high:,.0f}, ${fees.low - exam.low:,.0f} to "
        f"${fees.high - exam.high:,.0f} more than one.",
        "exam fees",
        is_contradiction=False,
    )
    yield Finding(
        subject,
        ids,
        total,
        USD,
        f"With the expected retakes the total is ${total.low:,.0f} to ${total.high:,.0f}.",
        "total",
        stated,
        is_contradiction=total != stated,
    )


def _renewal(guide: Guide) -> Iterator[Finding]:
    cost, dues = guide.says("cost-renewal-annual"), guide.says("cost-aapc-membership")
    left = Span(cost.low - dues.low, cost.high - dues.high)
    yield Finding(
        "Renewal",
        ("cost-renewal-annual", "cost-aapc-membership"),
        left,
        USD_A_YEAR,
        f"Dues alone take ${dues.low:,.0f}: between ${-left.low:,.0f} too little and "
        f"${left.high:,.0f} a year is left for education units.",
        "",
        cost,
        is_contradiction=left.low < 0,
    )


def _certified_premium(guide: Guide) -> Iterator[Finding]:
    """Work back from the averages of holders to the pay of others."""
    pay = guide.tables["guide_salary_by_credential"].astype({"salary_mean_usd": "float64"})
    premium = guide.says(PREMIUM)
    means = {"all five": float(pay["salary_mean_usd"].mean())}
    means |= dict(zip(pay["credential"], pay["salary_mean_usd"], strict=True))
    for name, mean in means.items():
        others = Span(mean / (1 + premium.high / 100), mean / (1 + premium.low / 100))
        yield Finding(
            "Pay without a credential",
            (PREMIUM, *pay["claim_id"]),
            others,
            USD_A_YEAR,
            f"The average of ${mean:,.0f} and the premium imply ${others.low:,.0f} to "
            f"${others.high:,.0f} for the same single group without a credential.",
            name,
            point(mean),
            is_contradiction=name != "all five",
        )


def _certified_tier(guide: Guide) -> Iterator[Finding]:
    """Compare the certified tier with the averages of certified coders."""
    pay = guide.tables["guide_salary_by_credential"]
    tier, premium = guide.says(CERTIFIED_TIER), guide.says(PREMIUM)
    mean, best = float(pay["salary_mean_usd"].mean()), float(pay["salary_mean_usd"].max())
    steps = Span(100 * (tier.low / mean - 1), 100 * (tier.middle / mean - 1))
    subject, ids = "Certified tier", (CERTIFIED_TIER, *pay["claim_id"])
    yield Finding(
        subject,
        ids,
        point(mean),
        USD_A_YEAR,
        f"The five credentials average ${mean:,.0f}, and the best paid is still "
        f"${tier.low - best:,.0f} under the tier's floor, so certified cannot define it.",
        "mean of the credentials",
        tier,
        is_contradiction=mean < tier.low,
    )
    yield Finding(
        subject,
        (*ids, PREMIUM),
        steps,
        PERCENT,
        f"From the mean it is {steps.low:.1f}% to the tier's floor and {steps.high:.1f}% to its "
        "middle, more than the stated premium.",
        "step from the mean",
        premium,
        is_contradiction=steps.low > premium.high,
    )


def _pay_bands(guide: Guide) -> Iterator[Finding]:
    """Look for pay that lies between two bands."""
    bands = guide.tables["guide_salary_by_experience"].sort_values("salary_low_usd")
    low, high = bands["salary_low_usd"].tolist(), bands["salary_high_usd"].tolist()
    gaps = [Span(float(a), float(b)) for a, b in zip(high[:-1], low[1:], strict=True)]
    averages = pd.concat(
        [
            guide.tables["guide_salary_by_credential"].set_index("credential")["salary_mean_usd"],
            guide.tables["guide_salary_by_state"].set_index("area_name")["salary_mean_usd"],
        ]
    )
    lost = [
        f"{name} (${usd:,.0f})"
        for name, usd in averages.items()
        if any(gap.low < usd < gap.high for gap in gaps)
    ]
    widths = [gap.high - gap.low for gap in gaps]
    middles = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
    rises = [100 * (after / before - 1) for before, after in pairwise(middles)]
    subject, ids = "Pay bands", tuple(bands["claim_id"])
    yield Finding(
        subject,
        ids,
        Span(min(widths), max(widths)),
        USD_A_YEAR,
        f"The bands leave gaps at {', '.join(f'${gap.low:,.0f}' for gap in gaps)}, into which "
        f"{' and '.join(lost) or 'no average'} fall.",
        "gaps",
        is_contradiction=bool(lost),
    )
    yield Finding(
        subject,
        ids,
        Span(min(rises), max(rises)),
        PERCENT,
        f"Their middles rise by {', '.join(f'{rise:.1f}%' for rise in rises)}: near a constant "
        "ratio, more like equal slices than measured pay.",
        "rise of the middles",
        is_contradiction=False,
    )


def _specialties(guide: Guide) -> Iterator[Finding]:
    """Compare the range of specialists with the bands around it."""
    ids = ("salary-specialty-cardiology", "salary-experienced-range", CERTIFIED_TIER)
    specialty, below, above = map(guide.says, ids)
    overlaps = (below.high - specialty.low, specialty.high - above.low)
    yield Finding(
        "Specialists",
        ids,
        Span(min(overlaps), max(overlaps)),
        USD_A_YEAR,
        f"The range overlaps the experienced band by ${overlaps[0]:,.0f} and the specialized one "
        f"by ${overlaps[1]:,.0f}: a specialist can be paid as merely experienced.",
        "",
        specialty,
        is_contradiction=min(overlaps) > 0,
    )


def _state_averages(guide: Guide) -> Iterator[Finding]:
    """Find the states whose average is what others pay veterans."""
    states = guide.tables["guide_salary_by_state"]
    band = guide.says("salary-experienced-range")
    years = guide.says("experience-experienced-years").low
    inside = states[states["salary_mean_usd"].between(band.low, band.high)]
    for row in inside.to_dict("records"):
        yield Finding(
            "State averages",
            (row["claim_id"], "salary-experienced-range"),
            point(float(row["salary_mean_usd"])),
            USD_A_YEAR,
            f"An average coder in {row['area_name']} is paid what the guide gives to {years:.0f} "
            "years and more elsewhere.",
            row["area_name"],
            band,
        )


def _subject(subject: str, part: str) -> str:
    return f"{subject}: {part.replace('-', ' ')}" if part else subject


def _plain(low: float, high: float) -> str:
    return wording.span(low, high, lambda value: wording.measured(value, ""))


CHECKS = (
    _setting_shares,
    _remote_as_the_norm,
    _time_shares,
    _software_errors,
    _growth_a_year,
    _certified_majority,
    _code_sets,
    _exam_fee,
    _first_certification,
    _retakes,
    _renewal,
    _certified_premium,
    _certified_tier,
    _pay_bands,
    _specialties,
    _state_averages,
)
