"""A sentence that stands where a figure or table would, had there been data."""

from html import escape

from analysis.wording import untypeset


class Reason(str):
    """Why there is nothing to show; reads as plain words in a notebook and on a page.

    Examples
    --------
    >>> Reason("Not published for Guam.")
    Not published for Guam.
    """

    __slots__ = ()

    @untypeset
    def _repr_html_(self) -> str:
        return f"<p>{escape(self)}</p>"

    def __repr__(self) -> str:
        return str(self)
