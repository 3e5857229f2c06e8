"""Unpack the files of a release from a zip file that nobody vouches for."""

import zipfile
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path, PurePosixPath

from analysis.cleaning.zip_parts import BROKEN, is_locked, unpack_part
from analysis.errors import WrongInput

MOST_UNPACKED_BYTES = 8 * 2**30
LARGEST_RATIO = 100.0  # padded text packs about 20 times; a bomb a thousand
RATIO_MATTERS_BYTES = 100 * 2**20
ARCHIVES = {".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar"}


def unpack(archive: Path, folder: Path, *, is_wanted: Callable[[str], bool]) -> tuple[Path, ...]:
    """Unpack the wanted files of `archive` flat into `folder`, by their bare names.

    Parameters
    ----------
    archive : Path
        A zip file.
    folder : Path
        Exists; nothing is ever written outside it.
    is_wanted : callable
        Says of a bare file name whether to unpack it.

    Raises
    ------
    WrongInput
        The file is broken or has a password, a part names a place outside the folder, two wanted
        parts have one name, an archive lies in it, or it unpacks to far more than a release.
    """
    refusal = (
        f"{archive.name} ({archive.stat().st_size:,} bytes) unpacks to far more than a release can "
        "hold. It was not read."
    )
    try:
        with zipfile.ZipFile(archive) as opened:
            parts = [part for part in opened.infolist() if not part.is_dir()]
            for part in parts:
                _refuse_part(part, archive)
            wanted = [part for part in parts if is_wanted(_bare(part))]
            names = [_bare(part) for part in wanted]
            if repeated := sorted({name for name in names if names.count(name) > 1}):
                raise WrongInput(
                    f"{archive.name} holds {repeated[0]} more than once; keep one and zip again."
                )
            left = min(
                max(RATIO_MATTERS_BYTES, LARGEST_RATIO * archive.stat().st_size),
                MOST_UNPACKED_BYTES,
            )
            for part in wanted:
                place = folder / _bare(part)
                left -= unpack_part(opened, part, place, most=left, refusal=refusal)
            return tuple(folder / name for name in names)
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno == ENOSPC:
            raise WrongInput(
                f"{archive.name} does not fit on the disk unpacked. Make room in {folder}."
            ) from None
        raise WrongInput(f"{archive.name} is a broken zip file: {error}. Download it again.") from (
            None
        )


def _bare(part: zipfile.ZipInfo) -> str:
    """Return the name of a part without its folders."""
    return PurePosixPath(part.filename).name


def _refuse_part(part: zipfile.ZipInfo, archive: Path) -> None:
    """Refuse a part that has no business in a release."""
    place = PurePosixPath(part.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in "".join(place.parts[:1]):
        raise WrongInput(
            f"{archive.name} names a place outside its folder, {part.filename!r}. Nothing was "
            "unpacked: download it from the agency again."
        )
    if place.suffix.lower() in ARCHIVES:
        raise WrongInput(
            f"{archive.name} holds another archive, {part.filename!r}. Unpack it, and pass the "
            "folder."
        )
    if is_locked(part):
        raise WrongInput(f"{archive.name} is protected by a password. Unpack it first.")
