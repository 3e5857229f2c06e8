"""Census occupation codes as they are given on the command line."""

from analysis.errors import WrongInput


def occupation_codes(text: str) -> tuple[int, ...]:
    """Split a list of Census occupation codes.

    Raises
    ------
    WrongInput
        One of them is no code of at most four digits.

    Examples
    --------
    >>> occupation_codes("3515, 0350")
    (3515, 350)
    """
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if wrong := [code for code in codes if not (code.isdecimal() and len(code) <= 4)]:
        raise WrongInput(
            f"--occupation must be Census codes (OCCP) of at most four digits, as 3515,3550; found "
            f"{wrong[0]!r}. SOC 29-2072, medical records specialists, is 3515."
        )
    return tuple(dict.fromkeys(int(code) for code in codes))
