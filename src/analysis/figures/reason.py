"""A sentence that stands where a figure or table would, had there been data."""

from html import escape


class Reason(str):
    """Why there is nothing to show; reads as plain words in a notebook and on a page.

    Examples
    --------
    >>> Reason("Not published for Guam.")._repr_html_()
    '<p>Not published for Guam.</p>'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f"<p>{escape(self)}</p>"

    def __repr__(self) -> str:
        return str(self)
