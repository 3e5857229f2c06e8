"""Read the parts of a zip file that nobody vouches for."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from analysis.errors import WrongInput

CHUNK_BYTES = 2**20
IS_ENCRYPTED = 0x1  # bit of a part's flags
# What reading one raises where it was cut off, altered, or packed in a way nobody knows.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
)


def is_locked(part: zipfile.ZipInfo) -> bool:
    """Say whether a part cannot be read without a password."""
    return bool(part.flag_bits & IS_ENCRYPTED)


def pieces(part: IO[bytes], *, most: float, refusal: str) -> Iterator[bytes]:
    """Yield what a part unpacks to, in pieces; what it claims of its own size is not believed.

    Parameters
    ----------
    part : binary file
        Opened for reading.
    most : float
        Bytes it may unpack to.
    refusal : str
        What to say of more.

    Raises
    ------
    WrongInput
        It unpacks to more.
    """
    size = 0
    while chunk := part.read(CHUNK_BYTES):
        size += len(chunk)
        if size > most:
            raise WrongInput(refusal)
        yield chunk


def unpack_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, place: Path, *, most: float, refusal: str
) -> int:
    """Write a part to a new file at `place`; return its size, bytes.

    Raises
    ------
    WrongInput
        As `pieces`.
    """
    with archive.open(part) as packed, place.open("xb") as file:
        return sum(file.write(piece) for piece in pieces(packed, most=most, refusal=refusal))
