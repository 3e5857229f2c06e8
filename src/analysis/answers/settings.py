"""The answer of the settings report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.studies.settings import Settings, nation_alone, share_pct

HOSPITAL, PHYSICIAN = "settings-hospitals-share", "settings-physician-offices-share"


def settings(study: Settings) -> Answer:
    """Say who employs the occupation, what they pay, and how many work from home."""
    sentences = [
        _shares(study),
        _pay(study),
        _remote(study),
        "" if study.area.is_nation else nation_alone(wording.place(study.area.name)),
    ]
    return Answer(" ".join(filter(None, sentences)), finding=_finding(study))


def _finding(study: Settings) -> str:
    if study.hospital_share.value is None:
        return ""
    if study.employers.is_missing:
        found = wording.percent(study.hospital_share.value, decimals=0)
        return f"Hospitals employ {found} of US {study.occupation_title.lower()}"
    table = study.employers.table
    shares = table.loc[table["claim_id"].eq(HOSPITAL), "share_pct"]
    ends = wording.span(shares.min(), shares.max(), lambda pct: wording.percent(pct, decimals=0))
    return f"Hospitals employ {ends} of US coders, depending on who is counted"


def _shares(study: Settings) -> str:
    who, hospitals, offices = (
        study.occupation_title.lower(),
        study.hospital_share,
        study.physician_share,
    )
    if hospitals.value is None or offices.value is None:
        return f"How many {who} work in hospitals or physician offices is not published in full."
    first = (
        f"In {hospitals.year}, hospitals employed {wording.amount(hospitals)} of {who} in the "
        f"United States and physician offices {wording.amount(offices)}."
    )
    if study.employers.is_missing:
        return first
    shares = study.employers.table.set_index(["claim_id", "measure"])["share_pct"]
    return (
        f"{first} With the head offices of hospital systems and other companies it is "
        f"{wording.percent(shares[HOSPITAL, 'coders, head offices included'])}, "
        "as workers report it "
        f"{wording.percent(shares[HOSPITAL, 'coders, as workers report it'])}; of coders and "
        "billers together, physician offices employ "
        f"{wording.percent(shares[PHYSICIAN, 'coders and billers'])} and hospitals "
        f"{wording.percent(shares[HOSPITAL, 'coders and billers'])}."
    )


def _pay(study: Settings) -> str:
    if study.hospital_wage.value is None or study.physician_wage.value is None:
        return ""
    return (
        f"The median wage is {with_interval(study.hospital_wage)} in hospitals and "
        f"{with_interval(study.physician_wage)} in physician offices."
    )


def _remote(study: Settings) -> str:
    kinds = ("own tabulation", "member survey", "guide")
    census, members, guide = (share_pct(study.remote, kind) for kind in kinds)
    if census is None or members is None or guide is None:
        return ""
    return (
        f"About half work from home: {wording.percent(census)} in a census sample "
        f"({wording.interval(study.home_work_share)}), {wording.percent(members, decimals=0)} of "
        f"AAPC members; the guide's {wording.percent(guide, decimals=0)} counts only fully remote "
        f"staff. Full-time coders at home are paid {wording.amount(study.home_work_gap)} more "
        f"({wording.interval(study.home_work_gap)}), adjusted for age, schooling, hospital and "
        "state: an association, not an effect."
    )
