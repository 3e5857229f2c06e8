"""What all requests of one fetch have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from analysis.fetching.patience import Patience
from analysis.fetching.settings import FetchSettings

Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Who asks, how, and where what comes is put.

    Parameters
    ----------
    client : httpx.Client
        What asks.
    settings : FetchSettings
        Through which mirrors.
    patience : Patience
        How long to wait, how often to try again.
    folder : Path
        Where downloads go.
    occupations : tuple of int
        Census occupation codes; for the Census API alone.
    key : str
        For the Census API; may be empty. No message and no log may hold it.
    progress : callable
        Told the file's name, the bytes so far and, where known, of the whole.
    """

    client: httpx.Client
    settings: FetchSettings
    patience: Patience
    folder: Path
    occupations: tuple[int, ...] = ()
    key: str = field(default="", repr=False)
    progress: Progress
