"""Errors a user can mend: what must hold, what was found, where, what to do."""


class WrongInput(ValueError):  # noqa: N818 - the name says whose error it is
    """Input that cannot be used as it is; the command line ends with exit code 2.

    The message is shown to the user as it stands, so it names the file, column
    or parameter, what was found there, what is allowed, and what to do.
    """

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in JupyterLab: the traceback would not help."""
        return [f"WrongInput: {self}"]


class AnotherRun(Exception):  # noqa: N818 - it says what happened
    """Another run is at work on the same reports; the command line ends with exit code 3."""
