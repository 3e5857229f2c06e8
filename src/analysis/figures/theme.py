"""The colors of figures: what each stands for, and what it is by day and by night."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from matplotlib.colors import to_hex, to_rgb

from analysis.estimate import Kind

# Okabe and Ito's palette, distinct for every common kind of color blindness.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#AA4499"
SLATE, RED, SKY, AMBER, WINE = "#6b7f99", "#c8372d", "#3d93cf", "#b87f00", "#882255"
INK, QUIET, FAINT = "#1f2933", "#616e7c", "#d9dee3"
MUTED = "#808b96"  # a line that is less than the main one, yet to be seen: 3:1 on either ground
PAPER = "#ffffff"
ON_DARK, ON_BRIGHT = "#fdfdfd", "#0b0f13"  # letters on a colored mark
STEPS = ("#e3eef9", "#b3d3ea", "#75b2da", "#2878b4", "#08509b")  # from the lowest fifth up

# What a color stands for, in every figure alike.
OFFICIAL, GUIDE, SURVEY, MODEL, LOSS, GAIN = BLUE, ORANGE, PURPLE, SLATE, RED, GREEN
SELECTED, LOW, HIGH = INK, SKY, BLUE
KIND_COLORS: Mapping[Kind, str] = MappingProxyType(
    {
        "official": OFFICIAL,
        "official copy": OFFICIAL,
        "own tabulation": SKY,
        "member survey": SURVEY,
        "third party": AMBER,
        "vendor figure": AMBER,
        "guide": GUIDE,
        "assumption": MUTED,
        "model": MODEL,
        "simulation": MODEL,
    }
)
READABLE, VISIBLE = 4.5, 3.0  # least contrast of letters and of lines, WCAG 2.2 AA
NIGHT = "#13171c"  # what pages are written on in the dark theme


@dataclass(frozen=True, slots=True)
class Tone:
    """A color as a style sheet has it: a name, and what it is by day and by night."""

    name: str
    light: str
    dark: str


def _tone(name: str, light: str, dark: str = "") -> tuple[str, Tone]:
    """Key a tone by what the drawing has in its place; by night as by day unless given."""
    return light.lower(), Tone(name, light.lower(), dark or light.lower())


# By the color drawn. Letters in a color are tones of their own: see `letters`.
THEME: Mapping[str, Tone] = MappingProxyType(
    dict(
        [
            _tone("paper", PAPER, NIGHT),
            _tone("ink", INK, "#e7eaed"),
            _tone("quiet", QUIET, "#a5b0bb"),
            _tone("line", FAINT, "#323b45"),
            _tone("muted", MUTED, "#8a95a0"),
            _tone("blue", BLUE, "#3d9bdb"),
            _tone("orange", ORANGE, "#e8762b"),
            _tone("green", GREEN, "#1fb387"),
            _tone("purple", PURPLE, "#c665b5"),
            _tone("slate", SLATE, "#8598b1"),
            _tone("red", RED, "#e5655c"),
            _tone("sky", SKY, "#8cc8f2"),
            _tone("amber", AMBER, "#e6a800"),
            _tone("wine", WINE, "#d1709a"),
            _tone("on-mark", ON_DARK, ON_BRIGHT),  # at night all marks are bright
            _tone("step-0", STEPS[0], "#1c2f40"),
            _tone("step-1", STEPS[1], "#22496a"),
            _tone("step-2", STEPS[2], "#2c6a99"),
            _tone("step-3", STEPS[3], "#4d9fd6"),
            _tone("step-4", STEPS[4], "#a9d8f7"),
        ]
    )
)
LETTERS: Mapping[str, Tone] = MappingProxyType(
    {
        BLUE: Tone("blue-text", "#00639c", "#6bb8ea"),
        ORANGE: Tone("orange-text", "#b54e00", "#f0914f"),
        GREEN: Tone("green-text", "#007a59", "#3cc79d"),
        PURPLE: Tone("purple-text", "#9a3a8a", "#d687c8"),
        SLATE: Tone("slate-text", "#566a84", "#9fb0c6"),
        RED: Tone("red-text", "#b52f26", "#f0857d"),
        SKY: Tone("sky-text", "#1f6fa8", "#8cc8f3"),
        AMBER: Tone("amber-text", "#8a5f00", "#e6ae20"),
        WINE: Tone("wine-text", "#882256", "#d77ea4"),
        MUTED: Tone("muted-text", "#5f6b77", "#a5b0bc"),
        # On a step of a map: the letters turn where the ground does.
        "step-low": Tone("step-low-text", "#1f2934", "#e7eaee"),
        "step-high": Tone("step-high-text", "#fdfdfe", "#0b0f14"),
    }
)


def theme_css() -> str:
    """Write the colors of figures as variables of a style sheet, each by day and by night.

    Examples
    --------
    >>> "--blue: light-dark(#0072b2, #3d9bdb)" in theme_css()
    True
    """
    tones = [*THEME.values(), *LETTERS.values()]
    return "; ".join(f"--{tone.name}: light-dark({tone.light}, {tone.dark})" for tone in tones)


def ink_on(color: str) -> str:
    """Choose white or near black, whichever is read better on `color`.

    Examples
    --------
    >>> ink_on(BLUE) == ON_DARK, ink_on(ORANGE) == ON_BRIGHT
    (True, True)
    """
    return max((ON_DARK, ON_BRIGHT), key=lambda ink: contrast(ink, color))


def letters(color: str) -> str:
    """Return the shade of a color in which letters can be read on white.

    Examples
    --------
    >>> letters(BLUE), letters("#ffb000")
    ('#00639c', '#996a00')
    """
    if tone := LETTERS.get(color):
        return tone.light
    red, green, blue = to_rgb(color)
    parts = (1 - step / 20 for step in range(20))
    shades = (to_hex((red * part, green * part, blue * part)) for part in parts)
    return next(shade for shade in shades if contrast(shade, PAPER) >= READABLE)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21, as WCAG 2.2 defines it.

    Examples
    --------
    >>> contrast("white", "black"), round(contrast("white", ORANGE), 1)
    (21.0, 3.9)
    """
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
