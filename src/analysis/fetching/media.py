"""Look at what arrived: a page that says no is not data, and half a file is not a file."""

import json
import zipfile
from pathlib import Path

from analysis.errors import WrongInput
from analysis.fetching.addresses import Media

LOOKED_AT_BYTES = 4096
PAGE_BEGINS = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<script")


def refuse_other_media(file: Path, media: Media) -> None:
    """Refuse a file that is not what was asked for.

    A table is text with separated columns that ends with a line; a zip and a workbook have
    their directory at the end, so that a cut one is found.

    Raises
    ------
    WrongInput
        Says in a few words what came instead.
    """
    with file.open("rb") as opened:
        begin = opened.read(LOOKED_AT_BYTES)
    if not begin:
        raise WrongInput("the answer is empty")
    if begin.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGE_BEGINS):
        raise WrongInput(f"a web page came instead of data{_title(begin)}")
    if media in {"zip", "workbook"}:
        _refuse_no_zip(file, media)
    elif media == "json":
        _refuse_no_json(file)
    else:
        _refuse_no_table(file, begin)


def _title(page: bytes) -> str:
    """Quote the title of a page."""
    text = page.decode("utf-8", errors="replace")
    start = text.lower().find("<title>")
    end = text.lower().find("</title>")
    return f" ({' '.join(text[start + 7 : end].split())[:80]})" if 0 <= start < end else ""


def _refuse_no_zip(file: Path, media: Media) -> None:
    """Refuse what is no zip, or a cut one; a workbook is a zip with a part of that name."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        raise WrongInput(f"what came is no {media}, or only the beginning of one") from None
    if media == "workbook" and not any(name.startswith("xl/") for name in names):
        raise WrongInput(f"a zip without a workbook came: {', '.join(names[:3])}")


def _refuse_no_json(file: Path) -> None:
    """Refuse what is no list of rows."""
    try:
        rows = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        said = file.read_bytes()[:200].decode("utf-8", errors="replace")
        raise WrongInput(f"what came is no JSON: {' '.join(said.split())}") from None
    if not (isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows)):
        raise WrongInput("what came is no list of rows")


def _refuse_no_table(file: Path, begin: bytes) -> None:
    """Refuse text without columns, and text that ends within a line."""
    header = begin.partition(b"\n")[0]
    if b"\x00" in begin or not (b"\t" in header or b"," in header):
        raise WrongInput("what came is no table of text")
    with file.open("rb") as opened:
        opened.seek(-1, 2)
        if opened.read() != b"\n":
            raise WrongInput("what came ends within a line: it was cut off")
