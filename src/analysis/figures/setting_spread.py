"""How pay spreads within each setting."""

import textwrap

from analysis import wording
from analysis.figures.chart import BLUE, INK, Chart, canvas, finished, label_end
from analysis.figures.reason import Reason
from analysis.models.settings.setting_spread import SettingSpread

THOUSAND = 1_000
LABEL_WIDTH = 36  # characters of a title on one line


def setting_spread(spread: SettingSpread) -> Chart | Reason:
    """Draw the published percentiles of each setting: line 10th to 90th, bar the middle half.

    Bars and lines rather than a smooth shape: five percentiles are all that is published, and a
    density drawn through them would show what nobody measured.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.models.settings import setting_spread as settings
    >>> setting_spread(settings.setting_spread(processed.Tables())).alt.partition(". ")[0]
    'Pay differs by $41,960 within a setting, by $17,170 between them'
    """
    if spread.is_missing:
        return Reason(spread.reason)
    rows = spread.table.sort_values("median_wage_usd", ignore_index=True)
    heights = range(len(rows))
    thousands = {
        name: rows[f"{name}_wage_usd"] / THOUSAND for name in ("p10", "p25", "median", "p75", "p90")
    }
    with canvas(height=0.42 * len(rows) + 1.2) as (figure, axes):
        axes.hlines(heights, thousands["p10"], thousands["p90"], color=BLUE, linewidth=1.5)
        axes.barh(
            heights,
            thousands["p75"] - thousands["p25"],
            left=thousands["p25"],
            height=0.5,
            color=BLUE,
            alpha=0.45,
        )
        axes.vlines(
            thousands["median"],
            [height - 0.25 for height in heights],
            [height + 0.25 for height in heights],
            color=INK,
            linewidth=2.5,
        )
        for height, row in enumerate(rows.to_dict("records")):
            words = f"median {wording.usd(row['median_wage_usd'])}"
            label_end(axes, row["p90_wage_usd"] / THOUSAND, height, words, INK, fontsize=8)
        axes.set_yticks(
            heights, [textwrap.fill(title, LABEL_WIDTH) for title in rows["industry_title"]]
        )
        axes.grid(axis="y", visible=False)
        low, high = thousands["p10"].min(), thousands["p90"].max()
        axes.set_xlim(low - 0.05 * (high - low), high + 0.3 * (high - low))
        axes.xaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        width = rows["p90_wage_usd"] - rows["p10_wage_usd"]
        medians = rows["median_wage_usd"].max() - rows["median_wage_usd"].min()
        title = (
            f"Pay differs by {wording.usd(width.median())} within a setting, by "
            f"{wording.usd(medians)} between them"
        )
        return finished(
            figure,
            title=title,
            measure=(
                "United States, USD a year; line: 10th to 90th percentile, bar: middle half, mark: "
                "median; within: the typical distance of the line's ends, between: of the medians"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['industry_title']} {wording.usd(row['p10_wage_usd'])} to "
                f"{wording.usd(row['p90_wage_usd'])}, median {wording.usd(row['median_wage_usd'])}"
                for row in rows.iloc[::-1].to_dict("records")
            )
            + ".",
            data=spread.table,
            source=spread.source,
        )
