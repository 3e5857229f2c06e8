"""What automation scenarios would do to jobs, and to the openings for beginners."""

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    GREEN,
    ORANGE,
    PURPLE,
    QUIET,
    Chart,
    canvas,
    finished,
    label_end,
    spread,
)
from analysis.figures.reason import Reason
from analysis.studies.outlook.automation import Automation

THOUSAND = 1_000
COLORS = (QUIET, GREEN, BLUE, ORANGE, PURPLE)
PANELS = (("jobs", "Jobs, thousand"), ("entry_openings", "Entry openings a year, thousand"))


def automation(paths: Automation) -> Chart | str:
    """Draw jobs and entry openings by year under each scenario."""
    if paths.is_missing:
        return Reason(paths.reason)
    table = paths.table
    scenarios = list(dict.fromkeys(table["scenario"]))
    first, last = int(table["year"].min()), int(table["year"].max())
    with canvas(height=3.3, columns=2) as (figure, panels):
        for axes, (measure, heading) in zip(panels, PANELS, strict=True):
            ends = []
            for scenario, color in zip(scenarios, COLORS, strict=False):
                rows = table[table["scenario"].eq(scenario)].dropna(subset=[measure])
                width = 2.6 if scenario == paths.chosen else 1.4
                axes.plot(rows["year"], rows[measure] / THOUSAND, color=color, linewidth=width)
                ends.append(float(rows[measure].iloc[-1]) / THOUSAND)
            places = spread(ends, gap=0.055 * max(ends))
            for scenario, color, height in zip(scenarios, COLORS, places, strict=False):
                weight = "bold" if scenario == paths.chosen else "normal"
                label_end(axes, last, height, scenario, color, fontsize=8, fontweight=weight)
            axes.set_title(heading, loc="left", fontsize=9)
            axes.set_ylim(bottom=0)
            axes.set_xlim(first, last + 0.42 * (last - first))
            axes.set_xticks(range(first, last + 1, max(2, (last - first) // 3)))
        at_end = table[table["year"].eq(table["year"].max())].set_index("scenario")
        chosen, none = at_end.loc[paths.chosen], at_end.loc[scenarios[0]]
        fewer = 100 * (1 - chosen["entry_openings"] / none["entry_openings"])
        title = (
            f"Turnover absorbs the {paths.chosen} path; entry openings fall by "
            f"{wording.percent(fewer, decimals=0)}"
            if chosen["layoffs"] == 0 and fewer > 0
            else f"The {paths.chosen} path, beside the others"
        )
        return finished(
            figure,
            title=title,
            measure="Scenarios, not forecasts; what the steps between them mean stands below",
            alt=f"{title}. In {int(table['year'].max())}: "
            + "; ".join(
                f"{name} {wording.count(round(row['jobs'], -3))} jobs and "
                f"{wording.count(round(row['entry_openings'], -2))} entry openings"
                for name, row in at_end.iterrows()
            )
            + ".",
            data=table,
            source=paths.source,
        )
