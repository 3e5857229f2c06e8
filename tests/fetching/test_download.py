"""A download is whole, checked and in its place, or what lay there before still does."""

import io
import json
import zipfile

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.fetching.download import Downloaded, Wanted, download
from analysis.fetching.http import GivenUp

BODY = b"series_id\tvalue\n" + b"OEUN000000000000029207201\t194720\n" * 2000
MODIFIED = "Wed, 01 Apr 2026 12:00:00 GMT"


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("oesm24all/all_data_M_2024.xlsx", "a workbook" * 100)
    return packed.getvalue()


@pytest.fixture
def fetch(agency, tmp_path, retry):
    """Script the answers, if any are given, and download /oe.data once."""

    def run(*steps, media="table", most_bytes=10_000_000, timeout=5.0) -> Downloaded:
        if steps:
            agency.steps["/oe.data"] = list(steps)
        wanted = Wanted(
            address="https://agency.example/oe.data",
            asked=f"{agency.base}/oe.data",
            place=tmp_path / "oe.data",
            media=media,
            most_bytes=most_bytes,
        )
        with httpx.Client(timeout=timeout) as client:
            return download(client, wanted, retry=retry)

    return run


@pytest.fixture
def left(tmp_path):
    """List what lies in the folder, locks aside."""
    return lambda: sorted(
        path.name for path in tmp_path.iterdir() if path.is_file() and path.suffix != ".lock"
    )


WHOLE = [".oe.data.fetched.json", "oe.data"]


def test_a_file_comes_whole_with_its_checksum_and_a_record_beside_it(fetch, agency, tmp_path, left):
    got = fetch(agency.whole(BODY, modified=MODIFIED))
    assert got.place.read_bytes() == BODY
    assert (got.bytes, got.is_new) == (len(BODY), True)
    record = json.loads((tmp_path / ".oe.data.fetched.json").read_text())
    assert record == {
        "address": "https://agency.example/oe.data",
        "etag": '"one"',
        "last_modified": MODIFIED,
        "sha256": got.sha256,
    }
    assert left() == WHOLE


@pytest.mark.parametrize(
    ("tags", "condition"),
    [
        ({"etag": '"one"'}, ("If-None-Match", '"one"')),
        ({"etag": "", "modified": MODIFIED}, ("If-Modified-Since", MODIFIED)),
    ],
)
def test_what_has_not_changed_is_not_sent_again(fetch, agency, tags, condition):
    fetch(agency.whole(BODY, **tags))
    again = fetch()
    assert (again.is_new, again.bytes) == (False, len(BODY))
    assert agency.headers_asked(condition[0]) == [None, condition[1]]


def test_what_has_changed_takes_the_old_ones_place(fetch, agency):
    fetch(agency.whole(BODY))
    newer = BODY.replace(b"194720", b"199999")
    got = fetch(agency.whole(newer, etag='"two"'))
    assert got.is_new and got.place.read_bytes() == newer


def test_a_file_that_was_edited_is_asked_for_anew(fetch, agency):
    got = fetch(agency.whole(BODY))
    got.place.write_bytes(b"edited\tby hand\n")
    assert fetch().place.read_bytes() == BODY
    assert agency.headers_asked("If-None-Match") == [None, None]


def test_a_broken_connection_goes_on_where_it_ended(fetch, agency, waits):
    got = fetch(agency.truncated(BODY, 20_000), agency.whole(BODY))
    assert got.place.read_bytes() == BODY
    assert agency.headers_asked("Range") == [None, "bytes=20000-"]
    assert agency.headers_asked("If-Range") == [None, '"one"']
    assert waits == [1.0]


def test_silence_is_a_broken_connection(fetch, agency, waits):
    got = fetch(agency.stalled(BODY, 5_000), agency.whole(BODY), timeout=0.2)
    assert got.place.read_bytes() == BODY
    assert agency.headers_asked("Range") == [None, "bytes=5000-"]


def test_a_part_of_another_file_is_not_continued(fetch, agency):
    newer = BODY.replace(b"194720", b"199999")
    got = fetch(agency.truncated(BODY, 20_000), agency.whole(newer, etag='"two"'))
    assert got.place.read_bytes() == newer


def test_a_part_that_no_tag_vouches_for_is_begun_again(fetch, agency):
    got = fetch(agency.truncated(BODY, 20_000, etag=""), agency.whole(BODY, etag=""))
    assert got.place.read_bytes() == BODY
    assert agency.headers_asked("Range") == [None, None]


def test_a_weak_tag_does_not_vouch_for_a_part(fetch, agency):
    fetch(agency.truncated(BODY, 20_000, etag='W/"one"'), agency.whole(BODY, etag='W/"one"'))
    assert agency.headers_asked("Range") == [None, None]


def test_a_server_that_continues_elsewhere_is_not_believed(fetch, agency):
    elsewhere = agency.answers(206, BODY[9:], Content_Range=f"bytes 9-{len(BODY) - 1}/{len(BODY)}")
    got = fetch(agency.truncated(BODY, 20_000), elsewhere, agency.whole(BODY))
    assert got.place.read_bytes() == BODY


def test_a_part_that_is_already_whole_is_kept(fetch, agency, left):
    """Said to be longer than it is: all has come, and asking for the rest answers 416."""
    lying = agency.truncated(BODY + b"more that never comes", len(BODY))
    got = fetch(lying, agency.whole(BODY))
    assert got.place.read_bytes() == BODY
    assert agency.headers_asked("Range") == [None, f"bytes={len(BODY)}-"]
    assert left() == WHOLE


def test_a_416_for_a_part_of_a_shorter_file_begins_again(fetch, agency):
    shorter = b"series_id\tvalue\n"
    got = fetch(agency.truncated(BODY, 20_000), agency.whole(shorter), agency.whole(shorter))
    assert got.place.read_bytes() == shorter


def test_a_server_that_asks_for_time_is_given_it(fetch, agency, waits):
    got = fetch(
        agency.answers(429, Retry_After="7"),
        agency.answers(500),
        agency.answers(503, Retry_After="Thu, 01 Jan 2026 00:00:30 GMT"),
        agency.whole(BODY),
    )
    assert got.place.read_bytes() == BODY
    assert waits == [7.0, 2.0, 30.0]


def test_a_wait_beyond_the_longest_is_cut_short(fetch, agency, waits):
    fetch(agency.answers(429, Retry_After="86400"), agency.whole(BODY))
    assert waits == [60]


def test_a_server_that_only_fails_is_given_up(fetch, agency, waits, left):
    with pytest.raises(GivenUp, match=r"the server answered 500 \(4 times in a row\)"):
        fetch(agency.answers(500))
    assert waits == [1.0, 2.0, 4.0]
    assert left() == []


def test_attempts_are_counted_since_the_last_progress(fetch, agency):
    """Six breaks with bytes in between, where four without would end it."""
    step = 1_000

    def a_little_more(handler):
        start = int((handler.headers.get("Range") or "bytes=0-")[6:-1])
        status = 206 if start else 200
        handler.send_response(status)
        handler.send_header("ETag", '"one"')
        handler.send_header("Content-Length", str(len(BODY) - start))
        handler.send_header("Content-Range", f"bytes {start}-{len(BODY) - 1}/{len(BODY)}")
        handler.end_headers()
        handler.wfile.write(BODY[start : start + step])
        handler.close_connection = True

    got = fetch(*[a_little_more] * 6, agency.whole(BODY))
    assert got.place.read_bytes() == BODY


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((403, b"<html>Access Denied</html>"), "refuses programs that do not name a contact"),
        ((404, b""), "there is no such file; the year may not be published yet"),
        ((400, b"error: unknown variable 'WKWN'"), "400: error: unknown variable 'WKWN'"),
    ],
)
def test_a_refusal_is_not_asked_again(fetch, agency, waits, left, answer, said):
    with pytest.raises(GivenUp, match=said):
        fetch(agency.answers(*answer))
    assert waits == [] and left() == []


@pytest.mark.parametrize(
    ("media", "body", "said"),
    [
        ("table", b"<!DOCTYPE html><title>Access  Denied</title>", r"a web page .*Access Denied"),
        ("table", b"", "the answer is empty"),
        ("table", BODY[:-5], "it was cut off"),
        ("table", b"\x00\x01\x02\x03\n", "no table of text"),
        ("zip", zipped()[:-30], "no zip, or only the beginning of one"),
        ("zip", b"a,b\n", "no zip"),
        ("workbook", zipped(), "a zip without a workbook"),
        ("json", b'{"error": 1}', "no list of rows"),
        ("json", b'[["SERIALNO"', "no JSON"),
    ],
)
def test_what_was_not_asked_for_is_refused_and_the_old_file_stays(
    fetch, agency, tmp_path, media, body, said
):
    (tmp_path / "oe.data").write_bytes(b"what lay here before")
    with pytest.raises(GivenUp, match=said):
        fetch(agency.whole(body), media=media)
    assert (tmp_path / "oe.data").read_bytes() == b"what lay here before"
    assert not (tmp_path / ".oe.data.part").exists()


def test_a_length_that_is_too_short_is_found_out_by_the_content(fetch, agency):
    """The client reads no more than the server said; a zip without its end is none."""
    with pytest.raises(GivenUp, match="only the beginning"):
        fetch(agency.answers(200, zipped()[:-40]), media="zip")


def test_a_body_without_end_is_ended(fetch, agency, left):
    with pytest.raises(GivenUp, match="an answer without end; at most 1,000,000 bytes"):
        fetch(agency.endless, most_bytes=1_000_000)
    assert left() == []


def test_a_body_that_is_said_to_be_too_large_is_not_begun(fetch, agency, left):
    with pytest.raises(GivenUp, match=f"sends {len(BODY):,} bytes; at most 1,000 bytes"):
        fetch(agency.whole(BODY), most_bytes=1_000)
    assert left() == []


def test_a_redirect_on_the_same_host_is_followed(fetch, agency):
    agency.steps["/new/oe.data"] = [agency.whole(BODY)]
    got = fetch(agency.answers(301, Location="/new/oe.data"))
    assert got.place.read_bytes() == BODY


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("http://elsewhere.example/oe.data", "another host, http://elsewhere.example"),
        ("/oe.data", "redirects more than 5 times"),
    ],
)
def test_a_redirect_elsewhere_or_in_a_circle_is_refused(fetch, agency, to, said):
    with pytest.raises(GivenUp, match=said):
        fetch(agency.answers(302, Location=to))


def test_a_packed_answer_is_refused_for_its_length_and_ranges_would_not_fit(fetch, agency):
    with pytest.raises(GivenUp, match=r"packs the file \(gzip\)"):
        fetch(agency.answers(200, b"\x1f\x8b", Content_Encoding="gzip"))
    assert agency.headers_asked("Accept-Encoding") == ["identity"]


def test_no_connection_is_said_in_plain_words(fetch, agency, waits):
    agency.close()
    with pytest.raises(GivenUp, match=r"no connection \(is this machine online\?\) \(4 times"):
        fetch()
    assert waits == [1.0, 2.0, 4.0]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cuts=st.lists(st.integers(1, len(BODY) - 1), max_size=3))
def test_wherever_connections_break_the_same_bytes_arrive(fetch, agency, tmp_path, cuts):
    """Each answer goes on from what has come, and breaks off again at the next cut."""
    (tmp_path / "oe.data").unlink(missing_ok=True)
    steps = [agency.whole(BODY, breaks_at=cut) for cut in cuts]
    assert fetch(*steps, agency.whole(BODY)).place.read_bytes() == BODY
