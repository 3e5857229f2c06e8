"""A figure is real text in themed colors, drawn once for a page and once for a phone."""

import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from analysis.figures import chart, theme

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Federal, State, and Local Government, excluding State and Local Schools and Hospitals"


@pytest.fixture(scope="module")
def drawn() -> chart.Chart:
    """Two rows, one with a name of 85 characters, and words beside them."""
    with chart.canvas(height=2.0) as (figure, axes):
        axes.barh([0, 1], [3.0, 2.0], color=theme.OFFICIAL)
        axes.set_yticks([0, 1], [LONG, "Hospitals"])
        chart.label_end(axes, 3.0, 0, "$63,880", theme.OFFICIAL)
        return chart.finished(
            figure,
            title="Federal agencies pay $63,880",
            measure="Median wage, USD a year",
            alt="Federal agencies pay $63,880. Hospitals $59,120.",
            data=pd.DataFrame({"setting": [LONG], "median_wage_usd": [63880.0]}),
            source="BLS",
        )


def words(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def numbers(svg: str, attribute: str) -> list[float]:
    return [float(n) for n in ET.fromstring(svg).attrib[attribute].replace("pt", "").split()]


def test_words_are_text_in_both_drawings_and_titles_stand_in_the_wide_one_alone(drawn):
    assert "Federal agencies pay $63,880" in words(drawn.svg)
    assert "Source: BLS" in words(drawn.svg)
    assert {"$63,880", "Hospitals"} <= set(words(drawn.svg)) & set(words(drawn.narrow))
    assert "Federal agencies pay $63,880" not in words(drawn.narrow)


def test_the_narrow_drawing_has_letters_of_the_same_size_on_half_the_width(drawn):
    wide, narrow = (numbers(svg, "viewBox")[2] for svg in (drawn.svg, drawn.narrow))
    assert wide == pytest.approx(chart.WIDTH_INCHES * 72, rel=0.02)
    assert narrow == pytest.approx(chart.NARROW_INCHES * 72, rel=0.1)
    sizes = [set(re.findall(r"font-size: ([\d.]+)px", svg)) for svg in (drawn.svg, drawn.narrow)]
    assert sizes[1] <= sizes[0]


def test_a_long_name_of_a_row_is_broken_on_a_phone_and_whole_in_the_figure_left_behind(drawn):
    assert (
        max(map(len, words(drawn.narrow))) <= chart.NARROW_NAMES + 5
    )  # one long word may stick out
    names = [label.get_text() for label in drawn.figure.axes[0].get_yticklabels()]
    assert names == [LONG, "Hospitals"]


def test_an_analyst_saves_the_figure_as_a_picture(drawn, tmp_path):
    drawn.figure.savefig(tmp_path / "pay.png", dpi=150)
    assert (tmp_path / "pay.png").stat().st_size > 5_000


def test_the_same_data_give_the_same_bytes():
    def draw() -> chart.Chart:
        with chart.canvas(height=2) as (figure, axes):
            axes.plot([1, 2])
            axes.set_title("two\nlines", loc="right")
            words = {"title": "t", "measure": "m", "alt": "a", "source": "s"}
            return chart.finished(figure, data=pd.DataFrame(), **words)

    first, second = draw(), draw()
    assert (first.svg, first.narrow) == (second.svg, second.narrow)


def test_every_color_of_a_drawing_can_be_set_by_the_page(drawn):
    for svg in (drawn.svg, drawn.narrow):
        assert re.findall(r": (#[0-9a-f]{6})", svg) == []
        assert "var(--blue, #0072b2)" in svg
        assert "var(--blue-text, #00639c)" in svg
    for tone in (*theme.THEME.values(), *theme.LETTERS.values()):
        assert f"--{tone.name}: light-dark({tone.light}, {tone.dark})" in theme.theme_css()


GROUNDS = ("paper", "line", "on-mark")
LINES = [t for t in theme.THEME.values() if t.name not in GROUNDS and "step" not in t.name]
LETTERS = [t for t in theme.LETTERS.values() if "step" not in t.name]


@pytest.mark.parametrize("tone", LINES, ids=lambda tone: tone.name)
def test_a_line_can_be_seen_by_day_and_by_night(tone):
    assert theme.contrast(tone.light, theme.PAPER) >= theme.VISIBLE
    assert theme.contrast(tone.dark, theme.NIGHT) >= theme.VISIBLE


@pytest.mark.parametrize("tone", LETTERS, ids=lambda tone: tone.name)
def test_letters_can_be_read_by_day_and_by_night(tone):
    assert theme.contrast(tone.light, theme.PAPER) >= theme.READABLE
    assert theme.contrast(tone.dark, theme.NIGHT) >= theme.READABLE


@pytest.mark.parametrize("step", range(5))
def test_letters_on_a_step_of_a_map_can_be_read_by_day_and_by_night(step):
    ground = theme.THEME[theme.STEPS[step]]
    ink = theme.LETTERS["step-high" if step > 2 else "step-low"]
    assert theme.contrast(ink.light, ground.light) >= theme.READABLE
    assert theme.contrast(ink.dark, ground.dark) >= theme.READABLE


MARKS = [theme.BLUE, theme.ORANGE, theme.GREEN, theme.PURPLE, theme.RED, theme.AMBER, theme.WINE]


@pytest.mark.parametrize("color", MARKS)
def test_letters_on_a_mark_can_be_read_by_day_and_by_night(color):
    tone = theme.THEME[color.lower()]
    ink = theme.ink_on(color)
    night = theme.THEME[ink].dark if ink in theme.THEME else ink
    assert theme.contrast(ink, tone.light) >= theme.READABLE
    assert theme.contrast(night, tone.dark) >= theme.READABLE
