"""How pay is distributed in a file of own records."""

import numpy as np
import pandas as pd

from analysis import wording
from analysis.figures.chart import BLUE, Chart, canvas, finished
from analysis.figures.record_premium import SYNTHETIC

BIN_USD = 10_000


def pay_distribution(bins: pd.DataFrame, *, source: str, is_synthetic: bool) -> Chart:
    """Draw records by annual pay; the area of a bar is its records.

    Parameters
    ----------
    bins : DataFrame
        bin_low_usd, bin_high_usd, records, as `pay_bins` returns it; at least one row. Bins that
        were joined so that no small cell is shown are wider than 10,000 dollars.
    source : str
        The file.
    is_synthetic : bool
        Marks the figure.
    """
    width = bins["bin_high_usd"] - bins["bin_low_usd"]
    density = bins["records"] * BIN_USD / width
    low, high = bins[["bin_low_usd", "bin_high_usd"]].to_numpy(dtype=float)[np.argmax(density)]
    title = (
        f"{SYNTHETIC if is_synthetic else ''}Pay of {wording.usd(low)} to {wording.usd(high)} "
        "a year is the most common"
    )
    described = "; ".join(
        f"{wording.usd(low)} to {wording.usd(high)}: {wording.count(records)}"
        for low, high, records in bins.itertuples(index=False, name=None)
    )
    with canvas(height=2.9) as (figure, axes):
        axes.bar(
            bins["bin_low_usd"],
            density,
            width=width,
            align="edge",
            color=BLUE,
            alpha=0.8,
            edgecolor="white",
        )
        axes.grid(axis="x", visible=False)
        axes.xaxis.set_major_formatter(lambda usd, _: wording.usd(usd))
        axes.yaxis.set_major_formatter(lambda records, _: wording.count(records))
        return finished(
            figure,
            title=title,
            measure="Records in each 10,000 dollars of annual pay; wide bars are bins joined",
            alt=f"{title}. {described}.",
            data=bins,
            source=source,
        )
