"""A sentence or two that open a report."""

from dataclasses import dataclass
from html import escape
from typing import Any

from analysis import wording
from analysis.estimate import Estimate
from analysis.wording import untypeset

MIME = "application/vnd.workforce.answer+json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report found.

    Parameters
    ----------
    text : str
        A few sentences. The first, of at most 25 words, opens the page: what, when, how sure. The
        rest is for those who read on.
    finding : str
        The heading of the page: who, where, what, how much, in at most 80 characters and without
        a full stop. Empty: the page is headed by its question.
    """

    text: str
    finding: str = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        return {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
            MIME: {"finding": self.finding, "text": self.text},
        }

    @untypeset
    def _repr_html_(self) -> str:
        finding = f"<p><b>{escape(self.finding)}</b></p>" if self.finding else ""
        return f'{finding}<p class="answer">{escape(self.text)}</p>'

    def __repr__(self) -> str:
        return "\n".join(filter(None, [self.finding, self.text]))


def with_interval(estimate: Estimate) -> str:
    """Write an estimate with its 90 % interval, where it has one."""
    limits = wording.interval(estimate)
    words = wording.amount_with_unit(estimate)
    return f"{words} ({estimate.limits} {limits})" if limits else words
