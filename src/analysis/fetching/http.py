"""Ask a server once, tell apart what may pass from what will not, and say when to ask again."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from analysis.errors import WrongInput
from analysis.fetching.settings import FetchSettings

TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


MOST_REDIRECTS = 5
READ_OF_A_REFUSAL = 300
MEANINGS = {
    401: "the server wants to know who asks",
    403: "the server refuses programs that do not name a contact, or this network",
    404: "there is no such file; the year may not be published yet",
    410: "the file is gone",
}


class GivenUp(WrongInput):
    """The file could not be fetched, and asking again would not help."""


class Broken(Exception):  # noqa: N818 - the name says what the connection is
    """The connection broke: asking again may help.

    Parameters
    ----------
    why : str
        In a few words.
    retry_after : str, optional
        What the server asks for.
    """

    def __init__(self, why: str, *, retry_after: str | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after
        self.has_progress = False


def retrying(
    settings: FetchSettings,
    *,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Retrying:
    """Return what calls a function again after `Broken`, as the settings say.

    Waits double from the first, with a random part so that many clients do not come back at once;
    they are at least what the server asks for and at most the longest of the settings. Attempts
    are counted since the last progress.

    Examples
    --------
    >>> waits = []
    >>> calm = FetchSettings(attempts=3, first_wait_seconds=1, longest_wait_seconds=60)
    >>> def asked(): raise Broken("the server answered 429", retry_after="7")
    >>> retrying(calm, sleep=waits.append)(asked)
    Traceback (most recent call last):
    ...
    tenacity.RetryError: ...
    >>> waits
    [7.0, 7.0]
    """
    longest = settings.longest_wait_seconds
    own = wait_exponential_jitter(
        multiplier=settings.first_wait_seconds, max=longest, jitter=settings.first_wait_seconds
    )

    def wait(state: RetryCallState) -> float:
        return min(longest, max(own(state), _asked_seconds(_broken_of(state).retry_after, now())))

    def count_again(state: RetryCallState) -> None:
        if _broken_of(state).has_progress:
            state.attempt_number = 1

    return Retrying(
        retry=retry_if_exception_type(Broken),
        stop=stop_after_attempt(settings.attempts),
        wait=wait,
        after=count_again,
        sleep=sleep,
    )


def _broken_of(state: RetryCallState) -> "Broken":
    """Return why an attempt failed."""
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, Broken):
        raise TypeError("Only a broken connection is tried again.")
    return error


def _asked_seconds(asked: str | None, now: datetime) -> float:
    """Read a Retry-After, seconds or a date; 0 where there is none that can be read."""
    if not asked:
        return 0.0
    if asked.strip().isdecimal():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return 0.0
    return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, its body yet to be read."""

    response: httpx.Response

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return self.response.status_code

    @property
    def etag(self) -> str:
        """Return the ETag; empty where there is none."""
        return str(self.response.headers.get("ETag", ""))

    @property
    def last_modified(self) -> str:
        """Return the Last-Modified; empty where there is none."""
        return str(self.response.headers.get("Last-Modified", ""))

    @property
    def body_bytes(self) -> int | None:
        """Return the size of the body, where it is said."""
        said = self.response.headers.get("Content-Length", "")
        return int(said) if said.isdecimal() else None

    @property
    def starts_at(self) -> int | None:
        """Return where a part starts in the whole."""
        return self._range(r"bytes (\d+)-\d+/")

    @property
    def whole_bytes(self) -> int | None:
        """Return the size of the whole of which a part was asked for."""
        return self._range(r"bytes [^/]*/(\d+)")

    def pieces(self) -> Iterator[bytes]:
        """Yield the body as it arrives.

        Raises
        ------
        Broken
            The connection ends or falls silent before the body is whole.
        """
        try:
            yield from self.response.iter_raw()
        except httpx.TransportError as error:
            raise _broken(error) from None

    def _range(self, pattern: str) -> int | None:
        """Read a number out of Content-Range."""
        found = re.match(pattern, self.response.headers.get("Content-Range", ""))
        return int(found.group(1)) if found else None


@contextmanager
def answered(
    client: httpx.Client,
    address: str,
    headers: Mapping[str, str],
    parameters: tuple[tuple[str, str], ...],
) -> Iterator[Answer]:
    """Ask for an address; redirects are followed on the same host only.

    Raises
    ------
    Broken
        No connection, silence, or an answer that may pass (429, 5xx).
    GivenUp
        An answer that will not pass, or a redirect to another host.
    """
    url = httpx.URL(address)
    if parameters:
        url = url.copy_merge_params(dict(parameters))
    for _ in range(MOST_REDIRECTS + 1):
        request = client.build_request(
            "GET", url, headers={**headers, "Accept-Encoding": "identity"}
        )
        try:
            response = client.send(request, stream=True)
        except httpx.TransportError as error:
            raise _broken(error) from None
        try:
            if response.next_request is not None:
                url = _same_host(url, response.next_request.url)
                continue
            _refuse(response)
            yield Answer(response=response)
            return
        finally:
            response.close()
    raise GivenUp(f"the server redirects more than {MOST_REDIRECTS} times")


def _same_host(url: httpx.URL, onward: httpx.URL) -> httpx.URL:
    """Return where a redirect leads, if it stays with the host that was chosen."""
    is_safer = (url.scheme, onward.scheme) == ("http", "https")
    if onward.host != url.host or not (onward.scheme == url.scheme or is_safer):
        raise GivenUp(f"the server redirects to another host, {onward.scheme}://{onward.host}")
    return onward


def _refuse(response: httpx.Response) -> None:
    """Raise for answers that carry no file."""
    status = response.status_code
    if status in TRY_AGAIN or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise Broken(
            f"the server answered {status}", retry_after=response.headers.get("Retry-After")
        )
    is_part_past_the_end = status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE
    if status >= httpx.codes.BAD_REQUEST and not is_part_past_the_end:
        raise GivenUp(f"the server answered {status}: {MEANINGS.get(status) or _said(response)}")
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in {"", "identity"}:
        raise GivenUp(f"the server packs the file ({encoding}), which was not asked for")


def _said(response: httpx.Response) -> str:
    """Quote the beginning of a refusal."""
    try:
        begin = next(response.iter_raw(READ_OF_A_REFUSAL), b"")
    except httpx.TransportError:
        return "without saying why"
    return " ".join(begin.decode("utf-8", errors="replace").split()) or "without saying why"


def _broken(error: httpx.TransportError) -> Broken:
    """Say in plain words how a connection broke."""
    if isinstance(error, httpx.TimeoutException):
        return Broken("the server fell silent")
    if isinstance(error, httpx.ConnectError):
        return Broken("no connection (is this machine online?)")
    return Broken("the connection broke off")
