"""What is remembered beside a download: who gave it, and how to ask whether it has changed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from analysis.files import replacing


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Of a whole download, or of the part of one that has arrived.

    Parameters
    ----------
    address : str
        As in the table of addresses, without any key.
    etag, last_modified : str
        As the server gave them; empty where it gave none.
    sha256 : str
        Of a whole download; empty for a part.
    """

    address: str
    etag: str
    last_modified: str
    sha256: str = ""

    @property
    def validator(self) -> str:
        """What a part may be continued by (If-Range): a strong ETag, else the date."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


def record_of(file: Path) -> Path:
    """Say where the record of a file lies."""
    return file.with_name(f".{file.name}.fetched.json")


def read_record(file: Path) -> Record | None:
    """Read the record of a file; None where there is none that can be read."""
    place = record_of(file)
    if not (file.is_file() and place.is_file()):
        return None
    try:
        return Record(**json.loads(place.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None  # a record that cannot be read is as good as none: the file is asked for anew


def write_record(file: Path, record: Record) -> None:
    """Write the record of a file."""
    with replacing(record_of(file)) as opened:
        opened.write(json.dumps(asdict(record), indent=1).encode())


def forget(file: Path) -> None:
    """Remove a file and its record."""
    file.unlink(missing_ok=True)
    record_of(file).unlink(missing_ok=True)
