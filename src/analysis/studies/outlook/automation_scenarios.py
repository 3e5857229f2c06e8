"""Scenarios of automation: how much work tools take over, and when.

None is a forecast. Each input is a claim, a survey or a label somebody published, and the
scenario says which; the years by which small employers follow large ones are assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import exp, log
from types import MappingProxyType

import pandas as pd

from analysis.errors import WrongInput
from analysis.studies.areas import CODERS
from analysis.studies.outlook.ai_exposure import exposure

NAMES = ("none", "conservative", "moderate", "aggressive")
GUIDE_YEAR = 2026  # the guide counts its years from here
CLAIMS_TASK = "22883"  # "post insurance billings": the task that automatic adjudication touches
CURVE_SOURCE = "curve through vendor claims of autonomous coding in large health systems, 2022-25"
SHARES = (
    "exposed_task_share", "accuracy", "review_share", "adoption_ceiling", "admin_task_share",
    "admin_saving",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationScenario:
    """What tools may do to the work, and when.

    Labour for a unit of work in a year, no tools = 1, is

        (1 - exposed_task_share * max(0, accuracy - review_share) * adoption)
        * (1 - admin_task_share * admin_saving * phase)

    with adoption = adoption_ceiling / (1 + exp(-adoption_growth * (year - midpoint_year -
    start_delay_years))), and phase rising evenly from 0 in `admin_start_year` to 1 in
    `admin_full_year`. All of a tool's output is checked, and what it got wrong is done again.

    Parameters
    ----------
    name : str
        Of the scenario.
    exposed_task_share : float
        Share of the work that tools can take on, 0 to 1.
    accuracy : float
        Share of that they get right, 0 to 1.
    review_share : float
        Time to check the tool's output, as a share of the time the work took by hand, 0 to 1.
    adoption_ceiling : float
        Share of work that will in the end be done where tools are used, 0 to 1.
    midpoint_year : float
        Year in which half of the ceiling is reached, before any delay.
    adoption_growth : float
        Steepness of the curve a year, above 0; 0.36 takes it from a tenth to nine tenths of the
        ceiling in twelve years.
    start_delay_years : float
        By which the whole curve is late; at least 0.
    admin_task_share : float
        Share of the work that automatic claims handling touches, 0 to 1.
    admin_saving : float
        Share of that work it saves, 0 to 1.
    admin_start_year, admin_full_year : float
        Years between which it comes into broad use.
    sources : mapping of str
        Input name to where its value comes from.

    Raises
    ------
    WrongInput
        A value lies outside its range.

    Examples
    --------
    >>> own = AutomationScenario(name="own", exposed_task_share=0.5, accuracy=0.9,
    ...     review_share=0.4, adoption_ceiling=1.0, midpoint_year=2030, adoption_growth=0.4)
    >>> own.adoption(2030), own.labour_per_unit(2030)
    (0.5, 0.875)
    """

    name: str
    exposed_task_share: float
    accuracy: float
    review_share: float
    adoption_ceiling: float
    midpoint_year: float
    adoption_growth: float
    start_delay_years: float = 0.0
    admin_task_share: float = 0.0
    admin_saving: float = 0.0
    admin_start_year: float = GUIDE_YEAR
    admin_full_year: float = GUIDE_YEAR + 5
    sources: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        for name in SHARES:
            value = getattr(self, name)
            if not 0 <= value <= 1:
                raise WrongInput(f"{name} of scenario {self.name!r} must lie in 0 to 1: {value}.")
        if not self.adoption_growth > 0 or not self.start_delay_years >= 0:
            raise WrongInput(
                f"Scenario {self.name!r} must have adoption_growth above 0 and start_delay_years "
                f"of at least 0; found {self.adoption_growth} and {self.start_delay_years}."
            )
        if not self.admin_full_year > self.admin_start_year:
            raise WrongInput(
                f"admin_full_year of scenario {self.name!r} must be after admin_start_year "
                f"{self.admin_start_year:g}; found {self.admin_full_year:g}."
            )

    def adoption(self, year: float) -> float:
        """Return the share of work done where tools are used, 0 to 1."""
        late = year - self.midpoint_year - self.start_delay_years
        return self.adoption_ceiling / (1 + exp(-self.adoption_growth * late))

    def labour_per_unit(self, year: float) -> float:
        """Return the labour a unit of work takes, without tools = 1."""
        saved = self.exposed_task_share * max(0.0, self.accuracy - self.review_share)
        span = self.admin_full_year - self.admin_start_year
        phase = min(1.0, max(0.0, (year - self.admin_start_year) / span))
        return (1 - saved * self.adoption(year)) * (
            1 - self.admin_task_share * self.admin_saving * phase
        )

    def routine_share_left(self, year: float) -> float:
        """Return the share of exposed work that people still do, the tool's errors included."""
        return 1 - self.accuracy * self.adoption(year) if self.exposed_task_share else 1.0

    def to_frame(self) -> pd.DataFrame:
        """List the inputs: scenario, input, value, source."""
        return pd.DataFrame(
            [
                {
                    "scenario": self.name,
                    "input": item.name,
                    "value": float(getattr(self, item.name)),
                    "source": self.sources.get(item.name, "own value"),
                }
                for item in fields(self)
                if item.name not in ("name", "sources")
            ]
        )


NO_AUTOMATION = AutomationScenario(
    name="none",
    exposed_task_share=0.0,
    accuracy=0.0,
    review_share=0.0,
    adoption_ceiling=0.0,
    midpoint_year=float(GUIDE_YEAR),
    adoption_growth=1.0,
    sources=MappingProxyType(
        dict.fromkeys([*SHARES, "midpoint_year", "adoption_growth"], "by definition")
    ),
)


def automation_scenarios(
    tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS
) -> dict[str, AutomationScenario]:
    """Build the named scenarios of an occupation from the tables.

    ============  =========================  ============================  =======================
    input         conservative               moderate                      aggressive
    ============  =========================  ============================  =======================
    tasks         labelled by people: alpha  beta                          gamma
    accuracy      guide, low                 middle of the guide's range   guide, high
    review        guide, high                middle                        guide, low
    ceiling       those piloting             those using or evaluating     everyone
    speed         vendor claim of 2022-25    the same                      the same
    delay         10 years behind it         5 years                       none
    claims        none                       guide, low saving, 5 years    guide, high, 3 years
    ============  =========================  ============================  =======================

    Returns
    -------
    dict of AutomationScenario
        By name, in the order of `NAMES`; only "none" where the exposure of the occupation is not
        in hand.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> scenarios = automation_scenarios(processed.Tables())
    >>> [round(scenarios[name].exposed_task_share, 4) for name in NAMES]
    [0.0, 0.2353, 0.5588, 0.8824]
    """
    panel = exposure(tables, occupation=occupation)
    if panel.is_missing:
        return {"none": NO_AUTOMATION}
    evidence, claims = tables["automation_evidence"], tables["guide_claims"]
    accuracy = _guide_range(claims, "ai-accuracy-routine")
    review = _guide_range(claims, "ai-time-review")
    saving = _guide_range(claims, "blockchain-admin-savings")
    delay = _guide_range(claims, "blockchain-horizon", per=1)
    piloting = _evidence(evidence, "organisations piloting AI coding")
    using = _evidence(evidence, "executives using or evaluating AI for revenue cycle management")
    growth, midpoint = _claimed_curve(evidence)
    tasks = tables["task_exposure"]
    own_tasks = tasks[tasks["occupation_code"].str.startswith(occupation)]
    claims_share = float(own_tasks["task_id"].eq(CLAIMS_TASK).mean()) if len(own_tasks) else 0.0

    def scenario(
        name: str,
        *,
        measure: str,
        end: int | None,
        ceiling: float,
        ceiling_source: str,
        start_delay_years: float,
    ) -> AutomationScenario:
        is_claim_counted = name != "conservative"
        return AutomationScenario(
            name=name,
            exposed_task_share=panel.share(measure) or 0.0,
            accuracy=_point(accuracy, end),
            review_share=_point(review, None if end is None else 1 - end),
            adoption_ceiling=ceiling,
            midpoint_year=midpoint,
            adoption_growth=growth,
            start_delay_years=start_delay_years,
            admin_task_share=claims_share if is_claim_counted else 0.0,
            admin_saving=_point(saving, end or 0) if is_claim_counted else 0.0,
            admin_full_year=GUIDE_YEAR + _point(delay, 0 if end == 1 else 1),
            sources=MappingProxyType(
                {
                    "exposed_task_share": f"{panel.source}: {measure}, labelled by people",
                    "accuracy": "guide, claim ai-accuracy-routine",
                    "review_share": "guide, claim ai-time-review",
                    "adoption_ceiling": ceiling_source,
                    "midpoint_year": CURVE_SOURCE,
                    "adoption_growth": CURVE_SOURCE,
                    "start_delay_years": "assumption: how far others trail large health systems",
                    "admin_task_share": "share of the tasks labelled: post insurance billings",
                    "admin_saving": "guide, claim blockchain-admin-savings",
                    "admin_start_year": "year of the guide",
                    "admin_full_year": "guide, claim blockchain-horizon",
                }
            ),
        )

    named = (
        NO_AUTOMATION,
        scenario(
            "conservative",
            measure="alpha",
            end=0,
            ceiling=piloting,
            ceiling_source="organisations piloting AI coding (unverified)",
            start_delay_years=10,
        ),
        scenario(
            "moderate",
            measure="beta",
            end=None,
            ceiling=using,
            ceiling_source="executives using or evaluating AI for revenue cycle (third party)",
            start_delay_years=5,
        ),
        scenario(
            "aggressive",
            measure="gamma",
            end=1,
            ceiling=1.0,
            ceiling_source="assumption: every employer",
            start_delay_years=0,
        ),
    )
    return {item.name: item for item in named}


def _claimed_curve(evidence: pd.DataFrame) -> tuple[float, float]:
    """Lay a logistic curve through the two shares claimed; return its growth and midpoint."""
    early = _evidence(evidence, "same, 2022 (Black Book)")
    late = _evidence(evidence, "large health systems using autonomous coding 2025 (Black Book)")
    odds = [log(share / (1 - share)) for share in (early, late)]
    growth = (odds[1] - odds[0]) / (2025 - 2022)
    return growth, 2025 - odds[1] / growth


def _guide_range(claims: pd.DataFrame, claim_id: str, *, per: float = 100) -> tuple[float, float]:
    """Return the range of a claim of the guide, divided by `per`."""
    row = claims[claims["claim_id"].eq(claim_id)].iloc[0]
    return float(row["low"]) / per, float(row["high"]) / per


def _evidence(evidence: pd.DataFrame, item: str) -> float:
    """Return the share that an item of evidence states in percent."""
    return float(evidence.loc[evidence["item"].eq(item), "value_low"].iloc[0]) / 100


def _point(limits: tuple[float, float], end: int | None) -> float:
    """Take one end of a range, or its middle."""
    return sum(limits) / 2 if end is None else limits[end]
