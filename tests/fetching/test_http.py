"""A redirect may make a connection safer, never less safe; other hosts are never followed."""

import httpx
import pytest

from analysis.fetching.http import GivenUp, answered

BODY = b"series_id\tvalue\n"


def asked(start, onward):
    """Ask for `start` where the server redirects to `onward`; return all addresses asked for."""
    seen = []

    def server(request):
        seen.append(str(request.url))
        if len(seen) == 1:
            return httpx.Response(302, headers={"Location": onward})
        return httpx.Response(200, content=BODY)

    with (
        httpx.Client(transport=httpx.MockTransport(server)) as client,
        answered(client, start, {}, ()) as answer,
    ):
        assert answer.status == httpx.codes.OK
    return seen


@pytest.mark.parametrize(
    ("start", "onward"),
    [
        ("https://agency.example/a", "https://agency.example/b"),
        ("http://agency.example/a", "http://agency.example/b"),
        ("http://agency.example/a", "https://agency.example/a"),
        ("https://agency.example/a", "/b"),
    ],
)
def test_a_redirect_that_is_as_safe_is_followed(start, onward):
    assert len(asked(start, onward)) == 2


@pytest.mark.parametrize(
    ("start", "onward"),
    [
        ("https://agency.example/a", "http://agency.example/a"),
        ("https://agency.example/a", "http://agency.example:443/a"),
        ("https://agency.example/a", "https://agency.example.evil.example/a"),
        ("https://agency.example/a", "//elsewhere.example/a"),
        ("http://agency.example/a", "https://www.agency.example/a"),
    ],
)
def test_a_redirect_from_https_to_http_or_to_another_host_is_never_followed(start, onward):
    with pytest.raises(GivenUp, match="the server redirects to another host, http"):
        asked(start, onward)
