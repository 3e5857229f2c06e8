"""An agency on this machine: a real HTTP server that misbehaves as it is told."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from tenacity import Retrying

from analysis.fetching.http import retrying
from analysis.fetching.settings import FetchSettings

Step = Callable[[BaseHTTPRequestHandler], None]


def sent(
    handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    try:
        handler.wfile.write(body)
        handler.wfile.flush()
    except (BrokenPipeError, ConnectionResetError):  # the client had enough
        handler.close_connection = True


def whole(
    body: bytes, *, etag: str = '"one"', modified: str = "", breaks_at: int | None = None
) -> Step:
    """Answer as a good server does: 200, 304, 206 or 416; or break off within the body."""
    named = {"ETag": etag, "Last-Modified": modified}
    names = {name: value for name, value in named.items() if value}

    def step(handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers
        same = {value for value in (etag, modified) if value}
        if {asked.get("If-None-Match"), asked.get("If-Modified-Since")} & same:
            return sent(handler, 304, names, b"")
        start = int((asked.get("Range") or "bytes=0-")[6:-1])
        if start and asked.get("If-Range") in same:
            if start >= len(body):
                length = {"Content-Range": f"bytes */{len(body)}", "Content-Length": "0"}
                return sent(handler, 416, length, b"")
            span = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            rest = body[start:]
            handler.close_connection = breaks_at is not None
            length = {"Content-Length": str(len(rest))}
            return sent(handler, 206, {**names, **span, **length}, rest[:breaks_at])
        handler.close_connection = breaks_at is not None
        return sent(handler, 200, {**names, "Content-Length": str(len(body))}, body[:breaks_at])

    return step


def answers(status: int, body: bytes = b"", **headers: str) -> Step:
    """Answer with a status and some headers (underscores for hyphens)."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: sent(handler, status, {"Content-Length": str(len(body)), **named}, body)


def truncated(body: bytes, at: int, *, etag: str = '"one"') -> Step:
    """Say the whole length, send a part, and hang up."""

    def step(handler: BaseHTTPRequestHandler) -> None:
        sent(handler, 200, {"ETag": etag, "Content-Length": str(len(body))}, body[:at])
        handler.close_connection = True

    return step


def stalled(body: bytes, at: int, *, until: threading.Event, etag: str = '"one"') -> Step:
    """Send a part, and then nothing for as long as the test runs."""

    def step(handler: BaseHTTPRequestHandler) -> None:
        sent(handler, 200, {"ETag": etag, "Content-Length": str(len(body))}, body[:at])
        until.wait(60)
        handler.close_connection = True

    return step


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send a body without length or end."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"a,b\n" * 4096)
    except (BrokenPipeError, ConnectionResetError):
        handler.close_connection = True


class Agency:
    """A server whose answers are scripted: a list of steps a path, the last one for ever."""

    answers, endless = staticmethod(answers), staticmethod(endless)
    truncated, whole = staticmethod(truncated), staticmethod(whole)

    def __init__(self) -> None:
        self.steps: dict[str, list[Step]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.ended = threading.Event()
        agency = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                agency.asked.append((self.path, dict(self.headers)))
                path = urlsplit(self.path).path
                steps = agency.steps.get(path, [answers(404)])
                step = steps.pop(0) if len(steps) > 1 else steps[0]
                step(self)

            def log_message(self, *arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def headers_asked(self, name: str) -> list[str | None]:
        return [headers.get(name) for _, headers in self.asked]

    def queries(self) -> list[dict[str, list[str]]]:
        return [parse_qs(urlsplit(path).query) for path, _ in self.asked]

    def stalled(self, body: bytes, at: int) -> Step:
        return stalled(body, at, until=self.ended)

    def close(self) -> None:
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def agency() -> Iterator[Agency]:
    server = Agency()
    yield server
    server.close()


@pytest.fixture
def waits() -> list[float]:
    """The waits that were asked for; none is waited."""
    return []


@pytest.fixture
def retry(waits, monkeypatch) -> Retrying:
    """Four attempts, with waits that are recorded and have no random part."""
    monkeypatch.setattr("tenacity.wait.random.uniform", lambda low, _: low)
    settings = FetchSettings(attempts=4, first_wait_seconds=1, longest_wait_seconds=60)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return retrying(settings, sleep=waits.append, now=lambda: start)
