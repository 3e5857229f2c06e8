"""What driver and warm process say to each other: short frames, with payloads as files in memory.

A payload travels as a file descriptor: nothing is copied, and nothing is left on disk by
whoever is killed.
"""

import json
import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any

MAX_FRAME_BYTES = 65_536
MAX_FILES = 8


def new_file(name: str, content: bytes = b"") -> int:
    """Open a file that lives in memory only and return its descriptor."""
    file = os.memfd_create(name)
    if content:
        write_all(file, content)
    return file


def write_all(file: int, content: bytes) -> None:
    """Write all of `content`; a single write may take less."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]


def read_file(file: int, last_bytes: int | None = None) -> bytes:
    """Read a file in memory, all of it or its end, wherever its position is."""
    size = os.fstat(file).st_size
    place = 0 if last_bytes is None else max(0, size - last_bytes)
    parts = []
    while place < size and (part := os.pread(file, size - place, place)):
        parts.append(part)
        place += len(part)
    return b"".join(parts)


def send(line: socket.socket, frame: Mapping[str, Any], files: Sequence[int] = ()) -> None:
    """Send a frame with files.

    Raises
    ------
    OSError
        The other end is gone.
    """
    socket.send_fds(line, [json.dumps(frame).encode()], files)


def receive(line: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Wait for a frame and its files; None once the other end is gone.

    Examples
    --------
    >>> here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    >>> send(here, {"id": 1}, [new_file("payload", b"page")])
    >>> frame, files = receive(there)
    >>> frame, read_file(files[0])
    ({'id': 1}, b'page')
    >>> here.close(); receive(there) is None
    True
    """
    try:
        content, files, _, _ = socket.recv_fds(line, MAX_FRAME_BYTES, MAX_FILES)
    except ConnectionError:
        return None
    return (json.loads(content), files) if content else None
