"""What a department has to code, how fast, how well, and with what help: inputs of staffing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.models.ranges import Range

BENCHMARK_HOURS = 8.0  # published benchmarks count records in 8 paid hours (DeVault 2012)
MOST_SHRINKAGE = 0.99  # at 1 nobody would ever code

# Claims, not measurements; each is an argument that own data should replace.
ROUTINE_SHARE = Range(
    low=0.30,
    high=0.40,
    source="Vendor claim: tasks coded autonomously at first in ED and outpatient "
    "(healthitanswers.net)",
)
ROUTINE_ACCURACY = Range(
    low=0.85, high=0.92, source="Career guide 2026: AI on routine cases, no study named"
)
REVIEW_TIME_SAVING = Range(
    low=0.20,
    high=0.30,
    source="Vendor claim, attributed to MGMA 2024 (notev.ai): less manual time with "
    "computer-assisted coding; no primary seen",
)
NO_PENALTY = Range.known(0.0, source="Assumption in favour of the tool: a wrong proposal is free")


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """Records that arrive to be coded.

    Parameters
    ----------
    records_per_day : mapping of str to float
        By encounter type ("inpatient", "outpatient", "ed"), at least 0.
    days_per_week : float
        Days a week on which that many arrive, above 0, at most 7.

    Raises
    ------
    ValueError
        A value out of range.
    """

    records_per_day: Mapping[str, float]
    days_per_week: float = 5.0

    def __post_init__(self) -> None:
        if any(not 0 <= volume < float("inf") for volume in self.records_per_day.values()):
            raise ValueError(f"Records a day must be at least 0, not {dict(self.records_per_day)}.")
        if not 0 < self.days_per_week <= 7:
            raise ValueError(
                f"days_per_week must be above 0 and at most 7, not {self.days_per_week}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Productivity:
    """How fast coders work.

    Parameters
    ----------
    records_per_8_hours : mapping of str to Range
        Records a coder finishes in 8 paid hours, by encounter type, above 0: the unit of the
        published benchmarks (DeVault 2012: 3 inpatient records an hour, 24 in 8 paid hours).

    Raises
    ------
    ValueError
        A rate at or below 0.
    """

    records_per_8_hours: Mapping[str, Range]

    def __post_init__(self) -> None:
        for name, rate in self.records_per_8_hours.items():
            if rate.low <= 0:
                raise ValueError(f"Records in 8 hours must be above 0 for {name}, not {rate.low}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What a full-time coder is paid for, and how much of it goes into coding.

    Parameters
    ----------
    shrinkage : Range
        Share of paid hours not coded in (leave, training, meetings), 0 to 0.99. A
        benchmark per paid hour already counts breaks: leave those out here.
    paid_hours_per_week : float
        Of one full-time equivalent, above 0.

    Raises
    ------
    ValueError
        A value out of range.
    """

    shrinkage: Range
    paid_hours_per_week: float = 40.0

    def __post_init__(self) -> None:
        self.shrinkage.check_within("shrinkage", least=0.0, most=MOST_SHRINKAGE)
        if self.paid_hours_per_week <= 0:
            raise ValueError(
                f"paid_hours_per_week must be above 0, not {self.paid_hours_per_week}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the quality target lets through, and what it costs to put right.

    Parameters
    ----------
    accuracy : Range
        Share of records right the first time, 0 to 1 (guide: at least 0.95 is asked for).
    rework_time_share : Range
        Time to put a wrong record right, as a share of the time to code it; at least 0.

    Raises
    ------
    ValueError
        A value out of range.
    """

    accuracy: Range
    rework_time_share: Range

    def __post_init__(self) -> None:
        self.accuracy.check_within("accuracy", least=0.0, most=1.0)
        self.rework_time_share.check_within("rework_time_share", least=0.0, most=float("inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistance:
    """A tool that proposes codes, which coders review.

    The time a record takes is multiplied by

        1 - adoption * routine * (accuracy * saving - (1 - accuracy) * penalty).

    Parameters
    ----------
    adoption : float
        Share of records that go through the tool, 0 to 1; 0 is no tool.
    routine_share : Range
        Share of those simple enough to be proposed; default 0.30 to 0.40, a vendor claim.
    accuracy : Range
        Share of proposals that are right; default 0.85 to 0.92, the 2026 career guide. Studies
        of general language models on whole inpatient notes found 0.15 (Simmons et al. 2025).
    review_time_saving : Range
        Share of time saved by reviewing a right proposal in place of coding; default 0.20 to
        0.30, a vendor claim.
    penalty : Range
        Extra time after a wrong proposal, as a share of the time to code; default 0, an
        assumption that favours the tool.

    Raises
    ------
    ValueError
        A value out of range.
    """

    adoption: float
    routine_share: Range = field(default=ROUTINE_SHARE)
    accuracy: Range = field(default=ROUTINE_ACCURACY)
    review_time_saving: Range = field(default=REVIEW_TIME_SAVING)
    penalty: Range = field(default=NO_PENALTY)

    def __post_init__(self) -> None:
        if not 0 <= self.adoption <= 1:
            raise ValueError(f"adoption must lie within 0 to 1, not {self.adoption}.")
        for name in ("routine_share", "accuracy", "review_time_saving"):
            getattr(self, name).check_within(name, least=0.0, most=1.0)
        self.penalty.check_within("penalty", least=0.0, most=float("inf"))


NO_ASSISTANCE = Assistance(adoption=0.0)
