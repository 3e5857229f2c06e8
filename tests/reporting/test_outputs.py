"""Outputs become HTML with names for pictures, ids of their own, and nothing from stderr."""

import copy

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.reporting.outputs import (
    ID,
    LONGEST_NAME,
    presented,
    short_alternative,
    with_unique_ids,
)

PIXEL = "iVBORw0KGgo="  # only its type matters here
SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg><svg width="9pt" viewBox="0 0 9 9">'
    "<metadata><dc:date>2026</dc:date></metadata>"
    '<defs><style type="text/css">*{stroke-linejoin: round}</style>'
    '<path id="DejaVu-31"/><clipPath id="p1"/></defs>'
    '<use xlink:href="#DejaVu-31"/><g clip-path="url(#p1)"/></svg>'
)


def shown(*outputs, taken=frozenset()):
    """Return the HTML of the outputs of a one-cell notebook."""
    notebook = new_notebook(cells=[new_code_cell(outputs=list(outputs))])
    (cell,) = presented(notebook, taken).cells
    return [next(iter(output["data"].values())) for output in cell["outputs"]]


def picture(mime="image/svg+xml", data=SVG, metadata=None):
    return new_output("display_data", data={mime: data}, metadata=metadata or {"alt": "Wages rise"})


def test_a_vector_figure_is_one_image_with_a_name():
    (html,) = shown(picture(metadata={"alt": 'Wages "rise" < rents'}))
    assert '<svg role="img" aria-label="Wages &quot;rise&quot; &lt; rents" width="9pt"' in html
    for dropped in ("<?xml", "<!DOCTYPE", "<metadata", "<style"):
        assert dropped not in html


@pytest.mark.parametrize("where", [{"alt": "Jobs"}, {"image/png": {"alt": "Jobs", "width": 640}}])
def test_alt_text_is_taken_from_the_output_or_from_its_type(where):
    (html,) = shown(picture("image/png", PIXEL, where))
    assert 'alt="Jobs"' in html


@pytest.mark.parametrize("mime", ["image/png", "image/jpeg", "image/svg+xml"])
def test_a_picture_without_alt_text_is_refused_with_its_cell(mime):
    with pytest.raises(ValueError, match=rf"Cell 1: a picture \({mime[:8]}.*no alt text"):
        shown(picture(mime, SVG if "svg" in mime else PIXEL, {"alt": " "}))


@pytest.mark.parametrize("html", ["<img src='data:,'>", "<svg><g/></svg>"])
def test_pictures_within_html_need_a_name_too(html):
    with pytest.raises(ValueError, match="Cell 1"):
        shown(new_output("display_data", data={"text/html": html}))


def test_ids_that_figures_share_are_renamed_with_what_points_at_them():
    first, second = shown(picture(), picture())
    assert set(ID.findall(first)).isdisjoint(ID.findall(second))
    assert 'href="#DejaVu-31-2"' in second
    assert "url(#p1-2)" in second
    assert 'href="#DejaVu-31"' in first


def test_ids_of_the_page_itself_are_left_to_it():
    (html,) = shown(
        new_output("display_data", data={"text/html": '<p id="content">x</p>'}),
        taken=frozenset({"content"}),
    )
    assert html == '<p id="content-2">x</p>'


def test_two_figures_in_one_output_get_ids_of_their_own():
    html, taken = with_unique_ids('<svg><a id="x"/></svg><svg><a id="x"/></svg>', frozenset())
    assert ID.findall(html) == ["x", "x-2"]
    assert taken == {"x", "x-2"}


def test_references_of_labels_follow_their_ids():
    html, _ = with_unique_ids('<b aria-labelledby="x y"/><i id="x"/>', frozenset("x"))
    assert html == '<b aria-labelledby="x-2 y"/><i id="x-2"/>'


def test_stderr_and_widgets_are_not_shown():
    widget = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()"}
    assert (
        shown(
            new_output("stream", name="stderr", text="FutureWarning: beware"),
            new_output("display_data", data=widget),
        )
        == []
    )


def test_a_failed_cell_stops_the_page():
    error = new_output("error", ename="KeyError", evalue="'area'", traceback=[])
    with pytest.raises(ValueError, match="Cell 1: the notebook failed with KeyError: 'area'"):
        shown(error)


def test_headings_that_would_break_the_outline_are_refused():
    with pytest.raises(ValueError, match="belong in markdown cells"):
        shown(new_output("display_data", data={"text/html": "<h2>Jobs</h2>"}))


def test_tables_scroll_in_a_box_named_after_their_caption_and_headers_get_a_scope():
    table = (
        '<table border="1"><caption>Jobs &amp; pay</caption><thead><tr><th></th><th>Jobs</th></tr>'
        "</thead><tbody><tr><th>Iowa</th><td>1</td></tr></tbody></table>"
    )
    (html,) = shown(new_output("display_data", data={"text/html": table}))
    assert html.startswith('<div class="table" tabindex="0" role="group" aria-label="Jobs &amp; p')
    assert '<td></td><th scope="col">Jobs</th>' in html
    assert '<th scope="row">Iowa</th>' in html


def test_plain_output_is_escaped():
    assert shown(new_output("stream", name="stdout", text="a < b\n")) == ["<pre>a &lt; b</pre>"]


def test_the_notebook_is_left_as_it_was():
    notebook = new_notebook(cells=[new_code_cell(outputs=[picture(), picture()])])
    before = copy.deepcopy(notebook)
    presented(notebook)
    assert notebook == before


def test_a_text_alternative_is_short():
    alt = "Half earn more than $51,140. " + "; ".join(f"State {i} ${i},000" for i in range(60))
    assert short_alternative(alt) == "Half earn more than $51,140."
    assert len(short_alternative("word " * 100)) <= LONGEST_NAME
