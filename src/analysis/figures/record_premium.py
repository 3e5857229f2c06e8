"""What own records say about pay and credentials."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis import wording
from analysis.estimate import NORMAL_90
from analysis.figures.chart import BLUE, GREEN, INK, ORANGE, QUIET, Chart, canvas, finished
from analysis.figures.reason import Reason
from analysis.studies.certification import Certification
from analysis.studies.certification.record_analysis import HOLM_LEVEL

SYNTHETIC = "SYNTHETIC RECORDS: "


def record_premiums(study: Certification) -> Chart | Reason | None:
    """Draw the premium in own records: unadjusted, otherwise alike, and at three quantiles."""
    part = study.records.premiums
    if part.is_missing:
        return Reason(part.reason) if part.reason else None
    premium = study.records.adjusted.value or 0.0
    title = (
        f"Among people otherwise alike, the certified are paid {wording.percent(abs(premium))} "
        f"{'more' if premium >= 0 else 'less'}"
    )
    return _intervals(
        study,
        part.table,
        part.table["premium"].tolist(),
        title=title,
        measure=(
            "Pay of the certified over the not certified, percent, with 90% intervals; "
            "associations in these records"
        ),
        source=part.source,
    )


def credential_pairs(study: Certification) -> Chart | Reason | None:
    """Draw what holders of each credential are paid over people without one."""
    part = study.records.pairs
    if part.is_missing:
        return Reason(part.reason) if part.reason else None
    differ = int((part.table["p_holm"] < HOLM_LEVEL).sum())
    title = f"{differ or 'None'} of {len(part.table)} differences hold up against all comparisons"
    return _intervals(
        study,
        part.table,
        [f"{row['first']} over {row['second']}" for row in part.table.to_dict("records")],
        title=title,
        measure="Pay of people otherwise alike, percent, with 90% intervals of each pair alone",
        source=part.source,
    )


def gap_parts(study: Certification) -> Chart | Reason | None:
    """Draw the explained and unexplained part of the gap by each reference."""
    part = study.records.gap
    if part.is_missing:
        return Reason(part.reason) if part.reason else None
    table = part.table.iloc[::-1].reset_index(drop=True)
    places = np.arange(len(table))
    with canvas(height=0.44 * len(table) + 1.3) as (figure, axes):
        for name, color, shift in (("explained", GREEN, 0.18), ("unexplained", ORANGE, -0.18)):
            axes.barh(
                places + shift,
                table[name],
                height=0.34,
                color=color,
                alpha=0.75,
                xerr=NORMAL_90 * table[f"{name}_se"],
                error_kw={"elinewidth": 1.2, "ecolor": QUIET},
                label=name,
            )
        axes.axvline(0, color=INK, linewidth=1)
        axes.axvline(study.records.gap_log, color=QUIET, linestyle=(0, (2, 2)), linewidth=1)
        axes.set_yticks(places, table["reference"].tolist())
        axes.grid(axis="y", visible=False)
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2, fontsize=8.5)
        axes.set_xlabel("Log pay; dashed: the whole gap")
        low, high = part.table["explained"].min(), part.table["explained"].max()
        title = (
            f"{_mark(study)}Of a gap of {study.records.gap_log:.3f}, make-up accounts for "
            f"{low:.3f} to {high:.3f}, by reference"
        )
        return finished(
            figure,
            title=title,
            measure=(
                "Gap in mean log pay between certified and not, split by six references, with 90% "
                "intervals"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['reference']}: explained {row['explained']:.3f}, unexplained "
                f"{row['unexplained']:.3f}"
                for row in part.table.to_dict("records")
            )
            + ".",
            data=part.table,
            source=part.source,
        )


def _intervals(
    study: Certification,
    frame: pd.DataFrame,
    labels: Sequence[str],
    *,
    title: str,
    measure: str,
    source: str,
) -> Chart:
    """Draw premiums in percent, each with its interval, around a line at none."""
    table = frame.iloc[::-1].reset_index(drop=True)
    places = np.arange(len(table))
    marked = f"{_mark(study)}{title}"
    with canvas(height=0.34 * len(table) + 1.3) as (figure, axes):
        axes.axvline(0, color=INK, linewidth=1)
        axes.hlines(places, table["low_pct"], table["high_pct"], color=BLUE, linewidth=5, alpha=0.3)
        axes.scatter(table["premium_pct"], places, color=BLUE, s=40, zorder=3)
        axes.set_yticks(places, list(labels)[::-1])
        axes.set_ylim(-0.6, len(table) - 0.4)
        axes.grid(axis="y", visible=False)
        axes.xaxis.set_major_formatter(lambda share, _: f"{share:g}%".replace("-", "\u2212"))
        return finished(
            figure,
            title=marked,
            measure=measure,
            alt=f"{marked}. "
            + "; ".join(
                f"{label}: {row['premium_pct']:.1f}%, {row['low_pct']:.1f}% to "
                f"{row['high_pct']:.1f}%"
                for label, row in zip(labels, frame.to_dict("records"), strict=True)
            )
            + ".",
            data=frame,
            source=source,
        )


def _mark(study: Certification) -> str:
    """Mark whatever is drawn from made-up records."""
    return SYNTHETIC if study.records.is_synthetic else ""
