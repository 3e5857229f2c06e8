"""The answer of the settings report."""

from analysis import wording
from analysis.answers.answer import Answer, with_interval
from analysis.estimate import Estimate
from analysis.studies.settings import Settings, nation_alone, share_pct


def settings(study: Settings) -> Answer:
    """Say who employs the occupation, what they pay, and how many work from home."""
    who = study.occupation_title.lower()
    hospitals, offices = study.hospital_share, study.physician_share
    sentences = [
        f"In {hospitals.year}, {_share(hospitals)} of {who} in the United States worked in "
        f"hospitals and {_share(offices)} in physician offices."
        if hospitals.value is not None and offices.value is not None
        else f"How many {who} work in hospitals or physician offices is not published in full.",
        _pay(study),
        _remote(study),
        "" if study.area.is_nation else nation_alone(wording.place(study.area.name)),
    ]
    return Answer(" ".join(sentence for sentence in sentences if sentence))


def _share(share: Estimate) -> str:
    """Write a share with its interval."""
    limits = wording.interval(share)
    return f"{wording.amount(share)} ({share.limits} {limits})" if limits else wording.amount(share)


def _pay(study: Settings) -> str:
    """Compare the two medians."""
    if study.hospital_wage.value is None or study.physician_wage.value is None:
        return ""
    return (
        f"The median wage is {with_interval(study.hospital_wage)} in hospitals and "
        f"{with_interval(study.physician_wage)} in physician offices."
    )


def _remote(study: Settings) -> str:
    """Quote the three shares of remote work, each with its kind."""
    kinds = ("own tabulation", "member survey", "guide")
    census, members, guide = (share_pct(study.remote, kind) for kind in kinds)
    if census is None or members is None or guide is None:
        return ""
    return (
        f"{wording.percent(census)} mostly work from home by the census, "
        f"{wording.percent(members, decimals=0)} work remotely by a members' survey, "
        f"{wording.percent(guide, decimals=0)} by the guide: three definitions, not one quantity "
        "measured three times."
    )
