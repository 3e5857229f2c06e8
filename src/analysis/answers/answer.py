"""A sentence or two that open a report."""

from dataclasses import dataclass
from html import escape

from analysis import wording
from analysis.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Answer:
    """A few sentences that open a report.

    Parameters
    ----------
    text : str
        Plain words.
    """

    text: str

    def _repr_html_(self) -> str:
        return f'<p class="answer">{escape(self.text)}</p>'

    def __repr__(self) -> str:
        return self.text


def with_interval(estimate: Estimate) -> str:
    """Write an estimate with its 90 % interval, where it has one."""
    limits = wording.interval(estimate)
    words = wording.amount_with_unit(estimate)
    return f"{words} ({estimate.limits} {limits})" if limits else words
