"""How many coders a department needs: the result of a staffing study, and what it leads with."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.estimate import Estimate
from analysis.models.staffing.staffing_need import StaffingNeed
from analysis.studies.areas import Area
from analysis.studies.part import Part
from analysis.studies.staffing.coding_queue import Backlogs, CodingQueue
from analysis.studies.staffing.coding_standards import Standards
from analysis.studies.staffing.department_costs import DenialFigures, RecordCosts
from analysis.studies.staffing.department_hiring import HiringPlan
from analysis.studies.staffing.department_need import NeedByAdoption, NeedByInput, NeedByType
from analysis.studies.staffing.staffing_inputs import DepartmentPlan
from analysis.studies.staffing.tool_accounts import CoderDay, ToolAccounts
from analysis.studies.study import Figure, Study

MODEL = "model on the inputs listed below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Study):
    """The staffing of a department.

    Parameters
    ----------
    area : Area
        Whose wages are paid.
    plan : DepartmentPlan
        The planner's own figures.
    need : StaffingNeed
        Full-time coders, in all and by encounter type.
    wage : Estimate
        Median of the area.
    by_type, by_adoption, by_input, standards, accounts, day, queue, backlogs, hiring, costs,
    denials : Part
        The parts, each of the function of its name.
    assumptions : Part
        Every input: label, limits, unit, kind, verification, source, note.
    simulation : Part
        headline, value, error: how far another seed may move each simulated headline.
    """

    area: Area
    plan: DepartmentPlan
    need: StaffingNeed
    wage: Estimate
    by_type: NeedByType
    by_adoption: NeedByAdoption
    by_input: NeedByInput
    standards: Standards
    accounts: ToolAccounts
    day: CoderDay
    queue: CodingQueue
    backlogs: Backlogs
    hiring: HiringPlan
    costs: RecordCosts
    denials: DenialFigures
    assumptions: Part
    simulation: Part

    @property
    def heading(self) -> str:
        """The place."""
        return f"Coding department, {self.area.name}"

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a planner would welcome."""
        yield "fte", "Full-time coders needed", self.need.fte, "neither"
        yield "fte_saved_by_tool", "Coders the tool saves, by claims", self.need.fte_saved, "higher"
        yield "backlog_days", "Backlog at the end if nobody is hired", self.last_backlog, "lower"
        yield "hires", f"Hires in {self.plan.plan_months} months", self.hires, "lower"
        yield "payroll_usd", "Pay of the coders needed", self.costs.payroll, "lower"
        yield "inpatient_record_usd", "Cost of a coded inpatient record", self.record_cost, "lower"
        yield (
            "denial_cost_usd",
            "Rework of denials that coding could prevent",
            self.denials.cost.cost,
            "lower",
        )
        yield "median_wage_usd", "Median wage of coders", self.wage, "neither"

    @property
    def last_backlog(self) -> Estimate:
        """Days of arrivals not yet coded at the end of the plan, leavers not replaced."""
        table = self.backlogs.table
        left = table[table["team"].eq("nobody hired")]
        return Estimate(
            value=float(left["backlog_days"].iloc[-1]),
            unit="days of arrivals",
            source=MODEL,
            kind="model",
            note="No interval: the planner's own figures at their middle.",
        )

    @property
    def hires(self) -> Estimate:
        """People hired over the months of the plan."""
        return Estimate(
            value=float(self.hiring.hires),
            unit="people",
            source=MODEL,
            kind="model",
            note=f"At {100 * self.plan.turnover:.0f}% turnover a year, an assumption.",
        )

    @property
    def record_cost(self) -> Estimate:
        """Labour in a coded inpatient record."""
        cost = self.costs.by_type.get("inpatient")
        if cost is None:
            return Estimate(value=None, unit="USD", kind="simulation", note=self.costs.reason)
        return cost
