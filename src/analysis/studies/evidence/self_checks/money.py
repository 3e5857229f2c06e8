"""Costs and pay of the guide held against each other."""

from itertools import pairwise

import pandas as pd

from analysis.studies.evidence.self_checks.finding import Finding, Span, claimed, point
from analysis.studies.lookup import Tables, rows_where

USD = "USD"
USD_A_YEAR = "USD a year"
CERTIFIED_TIER = "salary-specialized-range"
COST_ITEMS = ("cost-aapc-membership", "cost-exam-cpc", "cost-study-materials")


def exam_fee(tables: Tables) -> list[Finding]:
    """Compare the two places that give the exam fee."""
    one, other = claimed(tables, "cost-exam-cpc"), claimed(tables, "cost-exam-fee-range")
    return [
        Finding(
            subject="Exam fee",
            claim_ids=("cost-exam-cpc", "cost-exam-fee-range"),
            stated=one,
            value=other,
            unit=USD,
            is_contradiction=one != other,
            finding=f"One place gives ${one.low:,.0f}, another starts ${one.low - other.low:,.0f} "
            "lower.",
        )
    ]


def first_certification(tables: Tables) -> list[Finding]:
    """Add the listed items up, with either fee and with tuition."""
    dues, exam, materials = (claimed(tables, item) for item in COST_ITEMS)
    total = "cost-first-certification-total"
    stated = claimed(tables, total)
    tuition = claimed(tables, "education-program-cost")
    listed = dues + exam + materials
    with_other_fee = dues + claimed(tables, "cost-exam-fee-range") + materials
    over = Span(low=100 * (stated.low / listed.low - 1), high=100 * (stated.high / listed.high - 1))
    return [
        Finding(
            subject="First certification",
            part="listed items",
            claim_ids=(*COST_ITEMS, total),
            stated=stated,
            value=listed,
            unit=USD,
            is_contradiction=listed != stated,
            finding=f"The listed items add to ${listed.low:,.0f} to ${listed.high:,.0f}; the "
            f"stated total is {over.low:.1f}% and {over.high:.1f}% more.",
        ),
        Finding(
            subject="First certification",
            part="with the other exam fee",
            claim_ids=(*COST_ITEMS, "cost-exam-fee-range", total),
            stated=stated,
            value=with_other_fee,
            unit=USD,
            is_contradiction=with_other_fee != stated,
            finding=f"With the fee range of another place the low end is "
            f"${with_other_fee.low:,.0f}, ${stated.low - with_other_fee.low:,.0f} under the "
            "stated total.",
        ),
        Finding(
            subject="First certification",
            part="with tuition",
            claim_ids=(*COST_ITEMS, "education-program-cost"),
            stated=stated,
            value=listed + tuition,
            unit=USD,
            is_contradiction=False,
            finding=f"Tuition is left out of the total; with it the way in costs "
            f"${(listed + tuition).low:,.0f} to ${(listed + tuition).high:,.0f}.",
        ),
    ]


def retakes(tables: Tables) -> list[Finding]:
    """Add the sittings that the stated pass rate implies, each try alike.

    The guide states no sittings: only their cost can disagree, with its total.
    """
    rate = claimed(tables, "exam-pass-rate")
    dues, exam, materials = (claimed(tables, item) for item in COST_ITEMS)
    sittings = Span(low=100 / rate.high, high=100 / rate.low)
    fees = Span(low=sittings.low * exam.low, high=sittings.high * exam.high)
    total, stated = dues + fees + materials, claimed(tables, "cost-first-certification-total")
    return [
        Finding(
            subject="Retakes",
            part=part,
            claim_ids=("exam-pass-rate", *COST_ITEMS),
            stated=stated if part == "total" else None,
            value=value,
            unit=unit,
            is_contradiction=part == "total" and total != stated,
            finding=sentence,
        )
        for part, value, unit, sentence in (
            (
                "sittings",
                sittings,
                "sittings",
                f"The stated pass rate means {sittings.low:.2f} to {sittings.high:.2f} sittings "
                "on average.",
            ),
            (
                "exam fees",
                fees,
                USD,
                f"They cost ${fees.low:,.0f} to ${fees.high:,.0f}, "
                f"${fees.low - exam.low:,.0f} to ${fees.high - exam.high:,.0f} more than one.",
            ),
            (
                "total",
                total,
                USD,
                f"With the expected retakes the total is ${total.low:,.0f} to ${total.high:,.0f}.",
            ),
        )
    ]


def renewal(tables: Tables) -> list[Finding]:
    """Take the dues out of the yearly cost of renewal."""
    cost, dues = claimed(tables, "cost-renewal-annual"), claimed(tables, "cost-aapc-membership")
    left = Span(low=cost.low - dues.low, high=cost.high - dues.high)
    return [
        Finding(
            subject="Renewal",
            claim_ids=("cost-renewal-annual", "cost-aapc-membership"),
            stated=cost,
            value=left,
            unit=USD_A_YEAR,
            is_contradiction=left.low < 0,
            finding=f"Dues alone take ${dues.low:,.0f}: between ${-left.low:,.0f} too little and "
            f"${left.high:,.0f} a year is left for education units.",
        )
    ]


def certified_premium(tables: Tables) -> list[Finding]:
    """Work back from the averages of holders to the pay of others."""
    guide = tables["guide_salary_by_credential"]
    premium = claimed(tables, "salary-certified-premium")
    means = {"all five": float(guide["salary_mean_usd"].mean())} | dict(
        zip(guide["credential"], guide["salary_mean_usd"].astype("float64"), strict=True)
    )
    ids = ("salary-certified-premium", *guide["claim_id"])
    return [
        Finding(
            subject="Pay without a credential",
            part=name,
            claim_ids=ids,
            stated=point(mean),
            value=Span(low=mean / (1 + premium.high / 100), high=mean / (1 + premium.low / 100)),
            unit=USD_A_YEAR,
            is_contradiction=name != "all five",
            finding=f"The average of ${mean:,.0f} and the premium imply "
            f"${mean / (1 + premium.high / 100):,.0f} to ${mean / (1 + premium.low / 100):,.0f} "
            "for the same single group without a credential.",
        )
        for name, mean in means.items()
    ]


def certified_tier(tables: Tables) -> list[Finding]:
    """Compare the certified tier with the averages of certified coders."""
    averages = tables["guide_salary_by_credential"]["salary_mean_usd"]
    tier = claimed(tables, CERTIFIED_TIER)
    premium = claimed(tables, "salary-certified-premium")
    mean, best = float(averages.mean()), float(averages.max())
    steps = Span(low=100 * (tier.low / mean - 1), high=100 * (tier.middle / mean - 1))
    ids = (CERTIFIED_TIER, *tables["guide_salary_by_credential"]["claim_id"])
    return [
        Finding(
            subject="Certified tier",
            part="mean of the credentials",
            claim_ids=ids,
            stated=tier,
            value=point(mean),
            unit=USD_A_YEAR,
            is_contradiction=mean < tier.low,
            finding=f"The five credentials average ${mean:,.0f}, and the best paid is still "
            f"${tier.low - best:,.0f} under the tier's floor, so certified cannot define it.",
        ),
        Finding(
            subject="Certified tier",
            part="step from the mean",
            claim_ids=(*ids, "salary-certified-premium"),
            stated=premium,
            value=steps,
            unit="percent",
            is_contradiction=steps.low > premium.high,
            finding=f"From the mean it is {steps.low:.1f}% to the tier's floor and "
            f"{steps.high:.1f}% to its middle, more than the stated premium.",
        ),
    ]


def pay_bands(tables: Tables) -> list[Finding]:
    """Look for pay that lies between two bands."""
    bands = tables["guide_salary_by_experience"].sort_values("salary_low_usd")
    gaps = [
        Span(low=float(high), high=float(low))
        for high, low in zip(
            bands["salary_high_usd"][:-1], bands["salary_low_usd"][1:], strict=True
        )
    ]
    averages = pd.concat(
        [
            tables["guide_salary_by_credential"].set_index("credential")["salary_mean_usd"],
            tables["guide_salary_by_state"].set_index("area_name")["salary_mean_usd"],
        ]
    )
    lost = [
        f"{name} (${usd:,.0f})"
        for name, usd in averages.items()
        if any(gap.low < usd < gap.high for gap in gaps)
    ]
    middles = (bands["salary_low_usd"] + bands["salary_high_usd"]) / 2
    rises = [100 * (after / before - 1) for before, after in pairwise(middles)]
    return [
        Finding(
            subject="Pay bands",
            part="gaps",
            claim_ids=tuple(bands["claim_id"]),
            value=Span(
                low=min(gap.high - gap.low for gap in gaps),
                high=max(gap.high - gap.low for gap in gaps),
            ),
            unit=USD_A_YEAR,
            is_contradiction=bool(lost),
            finding=f"The bands leave gaps at {', '.join(f'${gap.low:,.0f}' for gap in gaps)}, "
            f"into which {' and '.join(lost) or 'no average'} fall.",
        ),
        Finding(
            subject="Pay bands",
            part="rise of the middles",
            claim_ids=tuple(bands["claim_id"]),
            value=Span(low=min(rises), high=max(rises)),
            unit="percent",
            is_contradiction=False,
            finding=f"Their middles rise by {', '.join(f'{rise:.1f}%' for rise in rises)}: near "
            "a constant ratio, more like equal slices than measured pay.",
        ),
    ]


def specialties(tables: Tables) -> list[Finding]:
    """Compare the range of specialists with the bands around it."""
    specialty = claimed(tables, "salary-specialty-cardiology")
    below, above = claimed(tables, "salary-experienced-range"), claimed(tables, CERTIFIED_TIER)
    overlaps = (below.high - specialty.low, specialty.high - above.low)
    return [
        Finding(
            subject="Specialists",
            claim_ids=("salary-specialty-cardiology", "salary-experienced-range", CERTIFIED_TIER),
            stated=specialty,
            value=Span(low=min(overlaps), high=max(overlaps)),
            unit=USD_A_YEAR,
            is_contradiction=min(overlaps) > 0,
            finding=f"The range overlaps the experienced band by ${overlaps[0]:,.0f} and the "
            f"specialized one by ${overlaps[1]:,.0f}: a specialist can be paid as merely "
            "experienced.",
        )
    ]


def state_averages(tables: Tables) -> list[Finding]:
    """Find the states whose average is what others pay veterans."""
    states = tables["guide_salary_by_state"]
    band = claimed(tables, "salary-experienced-range")
    years = rows_where(tables["guide_claims"], claim_id="experience-experienced-years")[
        "low"
    ].item()
    inside = states[states["salary_mean_usd"].between(band.low, band.high)]
    return [
        Finding(
            subject="State averages",
            part=str(area_name),
            claim_ids=(str(claim_id), "salary-experienced-range"),
            stated=band,
            value=point(float(average)),
            unit=USD_A_YEAR,
            finding=f"An average coder in {area_name} is paid what the guide gives to "
            f"{years:.0f} years and more elsewhere.",
        )
        for claim_id, area_name, average in zip(
            inside["claim_id"], inside["area_name"], inside["salary_mean_usd"], strict=True
        )
    ]
