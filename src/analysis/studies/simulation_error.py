"""How far another seed may move a simulated headline."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analysis.studies.part import Part

REPEATS = 10
LEVEL = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationError(Part):
    """Simulation error of the headlines.

    Parameters
    ----------
    table : DataFrame
        headline, value, error: the most by which the value moves under another seed, in 99 of 100
        pairs of seeds.
    """

    def error_of(self, headline: str) -> float:
        """Return the error of one headline."""
        return float(self.table.set_index("headline")["error"][headline])


def simulation_error(
    headlines: Callable[[int], Mapping[str, float]], *, seed: int
) -> SimulationError:
    """Repeat a simulation under other seeds and measure how its headlines scatter.

    The error is t sqrt(2) s, with s the standard deviation over `REPEATS` seeds and t Student's
    two-sided 99 % point: two runs differ by sqrt(2) times the error of one.

    Parameters
    ----------
    headlines : callable
        From a seed to the headlines by name.
    seed : int
        Of the study; the other seeds follow from it.

    Examples
    --------
    >>> found = simulation_error(lambda seed: {"mean": float(seed % 2)}, seed=1)
    >>> found.error_of("mean") > 1
    True
    """
    seeds = np.random.SeedSequence(seed).generate_state(REPEATS)
    runs = pd.DataFrame([dict(headlines(int(each))) for each in seeds])
    t = float(stats.t.ppf((1 + LEVEL) / 2, REPEATS - 1))
    first = dict(headlines(seed))
    return SimulationError(
        table=pd.DataFrame(
            {
                "headline": list(first),
                "value": list(first.values()),
                "error": [t * math.sqrt(2) * float(runs[name].std()) for name in first],
            }
        ),
        source=f"{REPEATS} repetitions with other seeds",
        note="In 99 of 100 pairs of seeds. What is unknown about the inputs is far larger.",
    )
