"""Months, years and hours of the guide compared with each other."""

from collections.abc import Iterator

from analysis.studies.evidence.finding import Finding, Guide, Span, point

MONTHS, YEARS = "months", "years"
MONTHS_PER_YEAR = 12
WEEKS_PER_MONTH = 52 / 12
MINUTES_PER_DAY = 8 * 60
TRAINING = "education-training-months"
PATHS = {
    "certificate": "education-certificate-months",
    "associate degree": "education-associate-months",
    "self-study": "education-selfstudy-months",
}
PREPARATION, WAIT = "exam-prep-months", "exam-timing-months"
BOTH, START_TO_JOB = "timeline-training-plus-certification", "timeline-start-to-job"
TIER, REMOTE = "experience-experienced-years", "remote-min-experience"
ACCURACY = "quality-accuracy-required"
CODING_ACTIVITIES = ("ai-time-review", "ai-time-complex")


def _training(guide: Guide) -> Iterator[Finding]:
    paths, stated = [guide.says(name) for name in PATHS.values()], guide.says(TRAINING)
    union = Span(min(p.low for p in paths), max(p.high for p in paths))
    yield Finding(
        "Length of training",
        (TRAINING, *PATHS.values()),
        union,
        MONTHS,
        f"The paths together span {union.low:.0f} to {union.high:.0f} months, so both ends of "
        f"{stated.low:.0f} to {stated.high:.0f} are crossed.",
        "",
        stated,
        is_contradiction=union != stated,
    )


def _path_to_credential(guide: Guide) -> Iterator[Finding]:
    """Add preparation to each path."""
    stated, subject = guide.says(BOTH), "Path to a credential"
    for name, claim_id in PATHS.items():
        total = guide.says(claim_id).plus(guide.says(PREPARATION))
        yield Finding(
            subject,
            (claim_id, PREPARATION, BOTH),
            total,
            MONTHS,
            f"The {name} path takes {total.low:.0f} to {total.high:.0f} months with preparation; "
            f"{stated.low:.0f} to {stated.high:.0f} are stated.",
            name,
            stated,
            is_contradiction=total.low < stated.low or total.high > stated.high,
        )
    waiting = guide.says(PATHS["certificate"]).plus(guide.says(WAIT))
    yield Finding(
        subject,
        (PATHS["certificate"], WAIT, TRAINING),
        waiting,
        MONTHS,
        f"A certificate and the stated wait for the exam take {waiting.low:.0f} to "
        f"{waiting.high:.0f} months, which elsewhere is the length of training alone.",
        "certificate and wait",
        guide.says(TRAINING),
        is_contradiction=False,
    )


def _wait_for_the_exam(guide: Guide) -> Iterator[Finding]:
    wait, preparation = guide.says(WAIT), guide.says(PREPARATION)
    yield Finding(
        "Wait before the exam",
        (WAIT, PREPARATION),
        preparation,
        MONTHS,
        f"A sitting after {wait.low:.0f} months leaves no room for {preparation.low:.0f} to "
        f"{preparation.high:.0f} months of preparation.",
        "",
        wait,
        is_contradiction=wait.low < preparation.low,
    )


def _start_to_job(guide: Guide) -> Iterator[Finding]:
    """See what the stated total leaves for the search."""
    stated, preparation = guide.says(START_TO_JOB), guide.says(PREPARATION)
    certificate = guide.says(PATHS["certificate"]).plus(preparation)
    associate = guide.says(PATHS["associate degree"]).plus(preparation)
    search = Span(stated.low - certificate.high, stated.high - certificate.low)
    yield Finding(
        "Start to first job",
        (START_TO_JOB, *PATHS.values(), PREPARATION),
        search,
        MONTHS,
        f"From the certificate path {search.low:.0f} to {search.high:.0f} months are left for the "
        f"search; the associate path takes {associate.low:.0f} to {associate.high:.0f} before the "
        "search begins.",
        "",
        stated,
        is_contradiction=associate.low > stated.high,
    )


def _start_to_remote(guide: Guide) -> Iterator[Finding]:
    years, on_site = guide.says(REMOTE).low, guide.says("remote-onsite-training-months")
    total = guide.says(START_TO_JOB).plus(point(MONTHS_PER_YEAR * years))
    yield Finding(
        "Start to remote work",
        (START_TO_JOB, REMOTE, "remote-onsite-training-months"),
        total,
        MONTHS,
        f"From start to remote work it takes {total.low:.0f} to {total.high:.0f} months; training "
        f"on site is over after {on_site.high:.0f}.",
        "",
        on_site,
        is_contradiction=False,
    )


def _experienced(guide: Guide) -> Iterator[Finding]:
    tier, remote = guide.says(TIER).low, guide.says(REMOTE).low
    yield Finding(
        "Who is experienced",
        (TIER, REMOTE),
        point(remote),
        YEARS,
        f"Experienced means {tier:.0f} years for pay and {remote:.0f} for remote work.",
        "",
        point(tier),
        is_contradiction=tier != remote,
    )


def _tiers_of_years(guide: Guide) -> Iterator[Finding]:
    """Look for years that belong to no tier."""
    tiers = guide.tables["guide_salary_by_experience"].dropna(subset=["years_low"])
    tiers = tiers.sort_values("years_low")
    ends = list(zip(tiers["years_high"][:-1], tiers["years_low"][1:], strict=True))
    gaps = [low - high for high, low in ends]
    yield Finding(
        "Tiers of years",
        tuple(tiers["years_claim_id"]),
        Span(float(min(gaps)), float(max(gaps))),
        YEARS,
        f"Between {' and '.join(f'{high:.0f} to {low:.0f}' for high, low in ends)} years a coder "
        "belongs to no tier, and the fourth band has no years at all.",
        is_contradiction=max(gaps) > 0,
    )


def _management(guide: Guide) -> Iterator[Finding]:
    ids = ("ladder-management-years", TIER, "salary-mid-range")
    years, tier, pay = map(guide.says, ids)
    yield Finding(
        "Management",
        ids,
        years,
        YEARS,
        f"A manager after {years.low:.0f} to {years.high:.0f} years is not yet experienced and "
        f"would be paid ${pay.low:,.0f} to ${pay.high:,.0f}.",
        "",
        point(tier.low),
        is_contradiction=years.high < tier.low,
    )


def _study_load(guide: Guide) -> Iterator[Finding]:
    hours, months = guide.says("exam-study-hours"), guide.says(PREPARATION)
    load = Span(
        hours.low / (months.high * WEEKS_PER_MONTH), hours.high / (months.low * WEEKS_PER_MONTH)
    )
    yield Finding(
        "Study load",
        ("exam-study-hours", PREPARATION),
        load,
        "hours a week",
        f"The hours make {load.low:.1f} to {load.high:.1f} a week, which is feasible.",
        "",
        hours,
        is_contradiction=False,
    )


def _minutes_a_record(guide: Guide) -> Iterator[Finding]:
    """Put output and the share of time spent coding together."""
    review, complex_ = map(guide.says, CODING_ACTIVITIES)
    coding, accuracy = review.plus(complex_), guide.says(ACCURACY).low
    for setting in ("outpatient", "inpatient"):
        output = guide.says(f"productivity-{setting}")
        minutes = Span(MINUTES_PER_DAY / output.high, MINUTES_PER_DAY / output.low)
        value = Span(minutes.low * coding.low / 100, minutes.high * coding.high / 100)
        yield Finding(
            "Minutes a record",
            (f"productivity-{setting}", *CODING_ACTIVITIES, ACCURACY),
            value,
            "minutes",
            f"The {setting} output leaves {minutes.low:.0f} to {minutes.high:.0f} minutes a "
            f"record, of which {value.low:.1f} to {value.high:.1f} for coding at {accuracy:.0f}% "
            "accuracy.",
            setting,
            minutes,
            is_contradiction=False,
        )


CHECKS = (
    _training,
    _path_to_credential,
    _wait_for_the_exam,
    _start_to_job,
    _start_to_remote,
    _experienced,
    _tiers_of_years,
    _management,
    _study_load,
    _minutes_a_record,
)
