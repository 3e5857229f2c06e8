"""Files of records and disks that fail: a clear message, and nothing half-written."""

import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from analysis.errors import WrongInput
from analysis.reporting.runs import Run
from analysis.reporting.survey import write_cleaned

RUN = Run(run_id="1", started_at="2026-11-22 06:00 UTC", code_version="0")
MAP = '[columns]\npay = "Pay"\nstate = "State"\n'
GIB = 2**30


@pytest.fixture
def survey(tmp_path):
    """Clean some bytes as a file of pay and state; results go to `out`."""
    (tmp_path / "map.toml").write_text(MAP)

    def run(content: bytes, name: str = "pay.csv"):
        (tmp_path / name).write_bytes(content)
        return write_cleaned(
            tmp_path / name, columns=tmp_path / "map.toml", out=tmp_path / "out", run=RUN
        )

    return run


@contextmanager
def disk_that_holds(size: int):
    """Let no file grow beyond `size` bytes, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def left_in(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_a_third_of_garbage_is_set_aside_and_the_rest_kept(survey):
    """700 rows of 1,000 are pay; the others are bytes, emoji, SQL and a formula."""
    garbage = [b"\xff\xfe\x00,CA", "💸💸,NV".encode(), b"'; DROP TABLE pay; --,OR"]
    lines = [b"%d,CA" % (40_000 + number) for number in range(700)]
    lines += [garbage[number % 3] + b" %d" % number for number in range(300)]
    found = survey(b"\n".join([b"Pay,State", *lines]))
    assert (found.rows_in, found.rows_kept, found.rows_set_aside) == (1_000, 700, 300)
    aside = pd.read_parquet(found.set_aside)
    assert aside["row"].tolist() == list(range(701, 1_001))


def test_a_disk_that_fills_leaves_what_was_there(survey, tmp_path):
    """The page has some 100 kB, so a limit of 20 kB stops the last of the four files."""
    survey(b"Pay,State\n54200,CA\n")
    before = left_in(tmp_path / "out")
    assert len(before) == 4
    with (
        disk_that_holds(20_000),
        pytest.raises(WrongInput, match=r"cannot be written to .*File too large.*unchanged"),
    ):
        survey(b"Pay,State\n54200,CA\n61000,NV\n")
    assert left_in(tmp_path / "out") == before


def test_a_folder_that_is_a_file_is_refused(survey, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(WrongInput, match="name another folder with --out"):
        survey(b"Pay,State\n54200,CA\n")


def test_what_came_in_as_a_formula_leaves_as_text(survey):
    """The CSV of rows set aside is made for spreadsheets; the Parquet keeps what was found."""
    found = survey(b"Pay,State\n=HYPERLINK(1),CA\n54200,@SUM(A1)\n")
    text = found.set_aside_csv.read_bytes().decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in text
    assert ",=HYPERLINK" not in text
    assert pd.read_parquet(found.set_aside)["found"].tolist() == ["=HYPERLINK(1)"]


def test_markup_in_headers_cells_and_file_names_is_shown_and_never_run(tmp_path):
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    header = f"{script}Pay"
    (tmp_path / "map.toml").write_text(f"[columns]\npay = '{header}'\ncredentials = 'Cert'\n")
    lines = [f'"{header}",Cert', *[f'"{script}","{script}"'] * 11, *[f'54200,"{script}"'] * 11]
    file = tmp_path / "<img src=x onerror=alert(3)>.csv"
    file.write_text("\n".join(f"{line},{place}" for place, line in enumerate(lines)))
    found = write_cleaned(file, columns=tmp_path / "map.toml", out=tmp_path / "out", run=RUN)
    html = found.page.read_text()
    assert "&lt;script&gt;alert(1)" in html
    for harm in ("<script>alert", "<img src=x"):
        assert harm not in html


def test_a_file_name_that_is_no_text_is_shown_with_question_marks(tmp_path):
    file = tmp_path / "pay\udcff.csv"
    file.write_bytes(b"Pay,State\n54200,CA\n")
    (tmp_path / "map.toml").write_text(MAP)
    found = write_cleaned(file, columns=tmp_path / "map.toml", out=tmp_path / "out", run=RUN)
    assert "How good is pay?.csv?" in found.page.read_text()


def test_fewer_records_may_be_shown_if_the_user_says_so(tmp_path):
    """Four records in California: hidden at 10, shown at 3."""
    (tmp_path / "map.toml").write_text(MAP)
    file = tmp_path / "pay.csv"
    file.write_text("Pay,State\n" + "".join(f"{50_000 + each},CA\n" for each in range(4)))
    pages = {
        minimum: write_cleaned(
            file, columns=tmp_path / "map.toml", out=tmp_path / "o", run=RUN, minimum=minimum
        ).page.read_text()
        for minimum in (10, 3)
    }
    assert "$50,002" in pages[3]
    assert "$50,002" not in pages[10]


def test_a_workbook_of_formulas_is_read_by_its_stored_results(survey, tmp_path):
    """A formula without a stored result is a blank cell, and its row is set aside."""
    book = openpyxl.Workbook()
    for row in [("Pay", "State"), (54200, "CA"), ("=1+1", "NV"), ("=cmd|' /C calc'!A0", "OR")]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    found = survey((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    assert (found.rows_kept, found.rows_set_aside) == (1, 2)


@pytest.mark.long
@pytest.mark.parametrize("head", [b"Pay,State\n", b""])
def test_a_line_of_two_gigabytes_is_refused_in_little_memory(tmp_path, head):
    """One line of 2 GiB, below a header or instead of it; the reader holds 32 MiB of it."""
    place = tmp_path / "line.csv"
    with place.open("wb") as file:
        file.write(head)
        for _ in range(2_048):
            file.write(b"54200," * (2**20 // 6))
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from analysis.cleaning.pay.files import read_records\n"
        "from analysis.errors import WrongInput\n"
        "try:\n    read_records(Path(sys.argv[1]))\n"
        "except WrongInput as error:\n    print(error)\n"
        "status = Path('/proc/self/status').read_text()\n"  # ru_maxrss has the parent's in it
        "print(int(status.split('VmHWM:')[1].split()[0]) * 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, place], capture_output=True, text=True, check=True
    )
    message, peak = done.stdout.rsplit("\n", 2)[:2]
    place.unlink()
    assert "a row longer than 16 MiB" in message or "names" in message
    assert int(peak) < 0.6 * GIB
