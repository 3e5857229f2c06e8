"""The guide's shares sloping to the official ones."""

import pandas as pd

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    INK,
    ORANGE,
    QUIET,
    Chart,
    canvas,
    finished,
    label_end,
    spread,
)

GAP = 2.4  # percentage points between two labels
LEFT, RIGHT = 0.0, 1.0


def guide_slope(shares: pd.DataFrame) -> Chart:
    """Draw each setting's share as a line from what the guide says to what is official.

    Parameters
    ----------
    shares : DataFrame
        As `evidence.setting_shares` gives them: setting, definition, guide_share_pct,
        official_share_pct. Those without an official share are left out.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import evidence
    >>> guide_slope(evidence.setting_shares(processed.Tables())).alt.partition(". ")[0]
    "4 of 6 of the guide's shares are too high"
    """
    rows = shares.dropna(subset=["official_share_pct"]).reset_index(drop=True)
    is_lower = rows["official_share_pct"] < rows["guide_share_pct"]
    names = [
        setting if definition in ("only", "place of work") else f"{setting}, {definition}"
        for setting, definition in zip(rows["setting"], rows["definition"], strict=True)
    ]
    left = rows.drop_duplicates(["setting", "guide_share_pct"])
    with canvas(height=4.4) as (figure, axes):
        for is_down, row in zip(is_lower, rows.to_dict("records"), strict=True):
            color = ORANGE if is_down else BLUE
            ends = [row["guide_share_pct"], row["official_share_pct"]]
            axes.plot([LEFT, RIGHT], ends, color=color, marker="o", markersize=6)
        guide, official = left["guide_share_pct"].tolist(), rows["official_share_pct"].tolist()
        lefts = zip(left["setting"], guide, spread(guide, GAP), strict=True)
        for name, share, height in lefts:
            words = f"{name}  {wording.percent(share, decimals=0)}"
            label_end(axes, LEFT, height, words, INK, offset=(-10, 0), ha="right")
        for name, share, height in zip(names, official, spread(official, GAP), strict=True):
            words = f"{wording.percent(share)}  {name}"
            label_end(axes, RIGHT, height, words, INK, offset=(10, 0))
        top = max(guide + official)
        for side, words in ((LEFT, "the guide"), (RIGHT, "official")):
            axes.annotate(words, (side, top + 4), ha="center", color=QUIET, fontweight="bold")
            axes.vlines(side, 0, top + 3, color=QUIET, linewidth=0.8)
        axes.set_xlim(-0.75, 1.8)
        axes.set_ylim(0, top + 7)
        axes.axis("off")
        count = wording.count(is_lower.sum())
        title = f"{count} of {len(rows)} of the guide's shares are too high"
        return finished(
            figure,
            title=title,
            measure=(
                "Percent of coders by setting, United States; orange: the official share is lower, "
                "blue: higher. Billing companies are counted narrowly and broadly"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{name}: guide {row['guide_share_pct']:.0f}%, official "
                f"{row['official_share_pct']:.1f}%"
                for name, row in zip(names, rows.to_dict("records"), strict=True)
            )
            + ".",
            data=shares,
            source="career guide; BLS, Occupational Employment and Wage Statistics; ACS 2024",
        )
