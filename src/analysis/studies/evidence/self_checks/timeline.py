"""Months, years and hours of the guide held against each other."""

from analysis.studies.evidence.self_checks.finding import Finding, Span, claimed, point
from analysis.studies.lookup import Tables, rows_where

MONTHS = "months"
MONTHS_PER_YEAR = 12
WEEKS_PER_MONTH = 52 / 12
MINUTES_PER_DAY = 8 * 60
PATHS = {
    "certificate": "education-certificate-months",
    "associate degree": "education-associate-months",
    "self-study": "education-selfstudy-months",
}
PREPARATION = "exam-prep-months"
WAIT = "exam-timing-months"
BOTH = "timeline-training-plus-certification"
START_TO_JOB = "timeline-start-to-job"
CODING_ACTIVITIES = ("ai-time-review", "ai-time-complex")


def training(tables: Tables) -> list[Finding]:
    """Compare the length of training with that of its paths."""
    paths = [claimed(tables, claim_id) for claim_id in PATHS.values()]
    stated = claimed(tables, "education-training-months")
    union = Span(low=min(p.low for p in paths), high=max(p.high for p in paths))
    return [
        Finding(
            subject="Length of training",
            claim_ids=("education-training-months", *PATHS.values()),
            stated=stated,
            value=union,
            unit=MONTHS,
            is_contradiction=union != stated,
            finding=f"The paths together span {union.low:.0f} to {union.high:.0f} months, so both "
            f"ends of {stated.low:.0f} to {stated.high:.0f} are crossed.",
        )
    ]


def path_to_credential(tables: Tables) -> list[Finding]:
    """Add preparation to each path."""
    preparation, stated = claimed(tables, PREPARATION), claimed(tables, BOTH)
    totals = {name: claimed(tables, claim_id) + preparation for name, claim_id in PATHS.items()}
    waiting = claimed(tables, PATHS["certificate"]) + claimed(tables, WAIT)
    rows = [
        Finding(
            subject="Path to a credential",
            part=name,
            claim_ids=(PATHS[name], PREPARATION, BOTH),
            stated=stated,
            value=total,
            unit=MONTHS,
            is_contradiction=total.low < stated.low or total.high > stated.high,
            finding=f"The {name} path takes {total.low:.0f} to {total.high:.0f} months with "
            f"preparation; {stated.low:.0f} to {stated.high:.0f} are stated.",
        )
        for name, total in totals.items()
    ]
    return [
        *rows,
        Finding(
            subject="Path to a credential",
            part="certificate and wait",
            claim_ids=(PATHS["certificate"], WAIT, "education-training-months"),
            stated=claimed(tables, "education-training-months"),
            value=waiting,
            unit=MONTHS,
            is_contradiction=False,
            finding=f"A certificate and the stated wait for the exam take {waiting.low:.0f} to "
            f"{waiting.high:.0f} months, which elsewhere is the length of training alone.",
        ),
    ]


def wait_for_the_exam(tables: Tables) -> list[Finding]:
    """Compare the shortest wait with the preparation."""
    wait, preparation = claimed(tables, WAIT), claimed(tables, PREPARATION)
    return [
        Finding(
            subject="Wait before the exam",
            claim_ids=(WAIT, PREPARATION),
            stated=wait,
            value=preparation,
            unit=MONTHS,
            is_contradiction=wait.low < preparation.low,
            finding=f"A sitting after {wait.low:.0f} months leaves no room for "
            f"{preparation.low:.0f} to {preparation.high:.0f} months of preparation.",
        )
    ]


def start_to_job(tables: Tables) -> list[Finding]:
    """See what the stated total leaves for the search."""
    stated, preparation = claimed(tables, START_TO_JOB), claimed(tables, PREPARATION)
    certificate = claimed(tables, PATHS["certificate"]) + preparation
    associate = claimed(tables, PATHS["associate degree"]) + preparation
    search = Span(low=stated.low - certificate.high, high=stated.high - certificate.low)
    return [
        Finding(
            subject="Start to first job",
            claim_ids=(START_TO_JOB, *PATHS.values(), PREPARATION),
            stated=stated,
            value=search,
            unit=MONTHS,
            is_contradiction=associate.low > stated.high,
            finding=f"From the certificate path {search.low:.0f} to {search.high:.0f} months are "
            f"left for the search; the associate path takes {associate.low:.0f} to "
            f"{associate.high:.0f} before the search begins.",
        )
    ]


def start_to_remote(tables: Tables) -> list[Finding]:
    """Add the years before remote work to the start, and weigh them against training on site."""
    years = claimed(tables, "remote-min-experience").low
    total = claimed(tables, START_TO_JOB) + point(MONTHS_PER_YEAR * years)
    on_site = claimed(tables, "remote-onsite-training-months")
    return [
        Finding(
            subject="Start to remote work",
            claim_ids=(START_TO_JOB, "remote-min-experience", "remote-onsite-training-months"),
            stated=on_site,
            value=total,
            unit=MONTHS,
            is_contradiction=False,
            finding=f"From start to remote work it takes {total.low:.0f} to {total.high:.0f} "
            f"months; training on site is over after {on_site.high:.0f}.",
        )
    ]


def experienced(tables: Tables) -> list[Finding]:
    """Compare the two ages at which a coder counts as experienced."""
    tier = claimed(tables, "experience-experienced-years").low
    remote = claimed(tables, "remote-min-experience").low
    return [
        Finding(
            subject="Who is experienced",
            claim_ids=("experience-experienced-years", "remote-min-experience"),
            stated=point(tier),
            value=point(remote),
            unit="years",
            is_contradiction=tier != remote,
            finding=f"Experienced means {tier:.0f} years for pay and {remote:.0f} for remote work.",
        )
    ]


def tiers_of_years(tables: Tables) -> list[Finding]:
    """Look for years that belong to no tier."""
    tiers = tables["guide_salary_by_experience"].dropna(subset=["years_low"])
    tiers = tiers.sort_values("years_low")
    gaps = [
        f"{high:.0f} to {low:.0f}"
        for high, low in zip(tiers["years_high"][:-1], tiers["years_low"][1:], strict=True)
    ]
    open_gap = tiers["years_low"].to_numpy()[1:] - tiers["years_high"].to_numpy()[:-1]
    return [
        Finding(
            subject="Tiers of years",
            claim_ids=tuple(tiers["years_claim_id"]),
            value=Span(low=float(open_gap.min()), high=float(open_gap.max())),
            unit="years",
            is_contradiction=bool(open_gap.max() > 0),
            finding=f"Between {' and '.join(gaps)} years a coder belongs to no tier, and the "
            "fourth band has no years at all.",
        )
    ]


def management(tables: Tables) -> list[Finding]:
    """Compare the years to management with those to being experienced."""
    years = claimed(tables, "ladder-management-years")
    tier = claimed(tables, "experience-experienced-years").low
    pay = claimed(tables, "salary-mid-range")
    return [
        Finding(
            subject="Management",
            claim_ids=(
                "ladder-management-years",
                "experience-experienced-years",
                "salary-mid-range",
            ),
            stated=point(tier),
            value=years,
            unit="years",
            is_contradiction=years.high < tier,
            finding=f"A manager after {years.low:.0f} to {years.high:.0f} years is not yet "
            f"experienced and would be paid ${pay.low:,.0f} to ${pay.high:,.0f}.",
        )
    ]


def study_load(tables: Tables) -> list[Finding]:
    """Spread the hours of study over the months of preparation."""
    hours, months = claimed(tables, "exam-study-hours"), claimed(tables, PREPARATION)
    load = Span(
        low=hours.low / (months.high * WEEKS_PER_MONTH),
        high=hours.high / (months.low * WEEKS_PER_MONTH),
    )
    return [
        Finding(
            subject="Study load",
            claim_ids=("exam-study-hours", PREPARATION),
            stated=hours,
            value=load,
            unit="hours a week",
            is_contradiction=False,
            finding=f"The hours make {load.low:.1f} to {load.high:.1f} a week, which is feasible.",
        )
    ]


def minutes_a_record(tables: Tables) -> list[Finding]:
    """Put output and the share of time spent coding together."""
    shares = [claimed(tables, claim_id) for claim_id in CODING_ACTIVITIES]
    coding = Span(low=sum(s.low for s in shares), high=sum(s.high for s in shares))
    accuracy = rows_where(tables["guide_claims"], claim_id="quality-accuracy-required")[
        "low"
    ].item()
    findings = []
    for setting, claim_id in (
        ("outpatient", "productivity-outpatient"),
        ("inpatient", "productivity-inpatient"),
    ):
        output = claimed(tables, claim_id)
        minutes = Span(low=MINUTES_PER_DAY / output.high, high=MINUTES_PER_DAY / output.low)
        value = Span(low=minutes.low * coding.low / 100, high=minutes.high * coding.high / 100)
        findings.append(
            Finding(
                subject="Minutes a record",
                part=setting,
                claim_ids=(claim_id, *CODING_ACTIVITIES, "quality-accuracy-required"),
                stated=minutes,
                value=value,
                unit="minutes",
                is_contradiction=False,
                finding=f"The {setting} output leaves {minutes.low:.0f} to {minutes.high:.0f} "
                f"minutes a record, of which {value.low:.1f} to {value.high:.1f} for coding at "
                f"{accuracy:.0f}% accuracy.",
            )
        )
    return findings
