"""Raw files are read only if they are the ones that were registered."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import sources
from analysis.errors import WrongInput

RAW_FILES = [
    path.relative_to(sources.RAW).as_posix()
    for path in sorted(sources.RAW.rglob("*"))
    if path.is_file() and path.name != "sources.csv"
]


def test_every_raw_file_is_registered_and_every_row_has_its_file():
    assert sorted(sources.sources()) == RAW_FILES


@pytest.mark.parametrize("path", RAW_FILES)
def test_the_hash_of_each_raw_file_holds(path):
    assert sources.verified_path(path).is_file()


def test_each_source_says_who_made_it_when_and_under_which_licence():
    for source in sources.sources().values():
        assert source.title and source.producer and source.published, source.path
        assert source.retrieved and source.licence, source.path
        assert source.address or source.path.startswith("guide/") or source.note, source.path


@pytest.fixture
def raw(tmp_path) -> Path:
    """Make a raw folder with one registered file."""
    (tmp_path / "cpi.csv").write_text("year,index\n2025,321.465\n")
    digest = sources.sha256_of(tmp_path / "cpi.csv")
    header = "path,sha256,title,producer,published,retrieved,address,licence,note"
    (tmp_path / "sources.csv").write_text(f"{header}\ncpi.csv,{digest},CPI,BLS,2026,2026,,,\n")
    return tmp_path


def test_a_registered_file_reads_as_text(raw):
    assert sources.read_raw("cpi.csv", raw)["index"].tolist() == ["321.465"]


def test_a_changed_file_is_refused_with_both_hashes(raw):
    expected = sources.sha256_of(raw / "cpi.csv")
    (raw / "cpi.csv").write_text("year,index\n2025,321.466\n")
    found = sources.sha256_of(raw / "cpi.csv")
    with pytest.raises(WrongInput, match=f"(?s)cpi.csv.*{expected}.*{found}"):
        sources.read_raw("cpi.csv", raw)


def test_an_unregistered_or_absent_file_is_refused_by_name(raw):
    with pytest.raises(WrongInput, match=r"other\.csv is not in data/raw/sources.csv"):
        sources.read_raw("other.csv", raw)
    (raw / "cpi.csv").unlink()
    with pytest.raises(WrongInput, match=r"cpi\.csv is listed in sources.csv but absent"):
        sources.read_raw("cpi.csv", raw)


def test_one_changed_byte_stops_workforce_clean_with_the_name_of_the_file(tmp_path):
    """The whole command, on a copy of the project, as a user would run it."""
    for folder in ("src", "data/raw"):
        shutil.copytree(sources.ROOT / folder, tmp_path / folder)
    changed = tmp_path / "data/raw/credentials/exams_fees.csv"
    content = bytearray(changed.read_bytes())
    content[-5] ^= 1
    changed.write_bytes(content)
    ended = subprocess.run(
        [sys.executable, "-c", "from analysis.cli import main; main()", "clean"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "data/raw/credentials/exams_fees.csv is not the file that was registered" in ended.stderr
    assert not (tmp_path / "data/processed").exists()
