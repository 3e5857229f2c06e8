"""The one error a parser of survey cells raises: text that cannot be read, and why."""


class Unreadable(ValueError):  # noqa: N818 - says what the text is
    """Text that a parser cannot read without guessing.

    Parameters
    ----------
    reason : str
        Why, in a few words that recur: rows are counted by it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


NOT_STATED = "not stated"
NOT_MONEY = "not an amount of money"
