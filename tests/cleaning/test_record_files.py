"""Files as people have them, and files that mean harm."""

import errno
import io
import os
import shutil
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.cleaning.pay.column_map import ColumnMap, FileFormat
from analysis.cleaning.pay.files import read_records
from analysis.cleaning.pay.records import clean_records
from analysis.cleaning.pay.text_files import MISFIT
from analysis.errors import WrongInput


@pytest.fixture
def written(tmp_path):
    def write(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_any_delimiter_is_found(delimiter, written):
    lines = [["State", "Pay"], ["CA", "54200"], ["NV", "52000"]]
    text = "\n".join(delimiter.join(line) for line in lines)
    assert read_records(written("a.csv", text.encode())).to_numpy().tolist() == lines[1:]


def test_a_comma_in_a_pay_cell_is_no_delimiter(written):
    text = 'State;Pay\nCA;54.200,00\nNV;"52.000,00"\n'
    assert read_records(written("a.csv", text.encode()))["Pay"].tolist() == [
        "54.200,00",
        "52.000,00",
    ]


def test_a_file_of_one_column_has_no_delimiter(written):
    assert read_records(written("a.csv", b"Pay\n$54,200\n52000\n"))["Pay"].tolist() == [
        "$54,200",
        "52000",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_encoding_is_found(encoding, written):
    text = "Who,Pay\nJosé,54200\n"
    found = read_records(written("a.csv", text.encode(encoding)))
    assert found.to_dict("list") == {"Who": ["José"], "Pay": ["54200"]}


def test_a_stated_encoding_is_used(written):
    path = written("a.csv", "Who,Pay\nЖанна,54200\n".encode("koi8-r"))
    assert read_records(path, FileFormat(encoding="koi8-r"))["Who"].tolist() == ["Жанна"]


def test_a_wrong_encoding_is_refused(written):
    path = written("a.csv", b"Who,Pay\n\xff\xfe\xfa,1\n")
    with pytest.raises(WrongInput, match="is not ascii throughout"):
        read_records(path, FileFormat(encoding="ascii"))
    with pytest.raises(WrongInput, match="There is no encoding 'klingon'"):
        read_records(path, FileFormat(encoding="klingon"))


def test_mixed_encodings_are_read_cell_by_cell(written):
    found = read_records(written("a.csv", b"Who,Pay\nJos\xe9,1\nJos\xc3\xa9,2\n\x81,3\n"))
    assert found["Who"].tolist() == ["José", "José", "\x81"]


def test_quoted_cells_may_hold_newlines_and_delimiters(written):
    found = read_records(written("a.csv", b'Pay,Note\n1,"two\nlines, one cell"\n2,\n'))
    assert found["Note"].tolist()[0] == "two\nlines, one cell"
    assert found["Note"].isna().tolist() == [False, True]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_any_line_end_will_do_and_blank_lines_above_the_header(end, written):
    content = end.join([b"", b"", b"State,Pay", b"CA,1", b"", b"NV,2", b""])
    assert read_records(written("a.csv", content)).to_numpy().tolist() == [["CA", "1"], ["NV", "2"]]


def test_lines_that_do_not_fit_the_header_are_set_aside_where_they_stood(written, vocabulary):
    path = written("a.csv", b"State,Pay\nCA,54200\nNV,52,000\nOR\nWA,50000\n")
    table = read_records(path)
    assert table[MISFIT].fillna("").tolist() == ["", "NV,52,000", "OR", ""]
    found = clean_records(table, ColumnMap(pay=("Pay",), state=("State",)), vocabulary)
    assert found.set_aside[["row", "found"]].to_numpy().tolist() == [[2, "NV,52,000"], [3, "OR"]]
    assert found.salaries["state"].tolist() == ["CA", "WA"]


def test_a_misfit_in_another_encoding_is_set_aside_alone(written):
    """The library drops a line that is not UTF-8 and does not fit, so it is read as bytes."""
    table = read_records(written("a.csv", b"Who,Pay\nJos\xc3\xa9,1\nJos\xe9,2,3\nAn\xe9,5\n"))
    assert table["Who"].fillna("").tolist() == ["José", "", "Ané"]
    assert table[MISFIT].fillna("").tolist() == ["", "José,2,3", ""]


def test_headers_that_are_blank_or_repeat_get_a_number(written):
    found = read_records(written("a.csv", b"Pay,,Pay\n1,2,3\n"))
    assert list(found) == ["Pay", "column 2", "Pay (2)"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"Pay,State\n", "a header but no rows"),
        (b"\n\n\n", "no more than blank lines"),
        (b"\x00\x01\x02\x03" * 50, "binary data"),
        (b"\x1f\x8b\x08\x00rest", "compressed with gzip"),
        (b"PAR1 is not parquet", "no readable Parquet"),
        (b"Pay,State\n" + b"x" * 40 * 2**20, "a row longer than 16 MiB"),
        (b'Pay,State\n1,"open\n' + b"2,CA\n" * 2**15, "never closed"),
    ],
)
def test_a_file_that_cannot_be_records_is_refused(content, message, written):
    with pytest.raises(WrongInput, match=message):
        read_records(written("a.csv", content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Pay,State", "a header but no rows"),
        (b'Pay,State\n5,"CA\n6,NV\n7,OR\n', "a last row without an end, row 1"),
        (b'Pay,State\n"54200,CA\n52000,NV\n', "a line without an end, line 2"),
        (b'Pay,State,Note\n5,CA,"a\n6,NV,b\n7,OR,"c"\n8,WA,d\n', "whole rows in a cell"),
        (b"a," * 20_000 + b"a\n1\n", "names 20,001 columns or more"),
        (b"," * 300_000 + b"\n1\n", "no more than blank lines"),
        ("Pay,State\n5,CA\n".encode("utf-16-le"), "UTF-16"),
    ],
)
def test_rows_are_never_swallowed_in_silence(content, message, written):
    with pytest.raises(WrongInput, match=message):
        read_records(written("a.csv", content))


def test_comments_of_several_lines_are_no_open_quotation_marks(written):
    content = b'Pay,Note,State\n5,"Dear all,\nI thank you, \nbye",CA\n6,"a\nb",NV\n'
    found = read_records(written("a.csv", content))
    assert found["State"].tolist() == ["CA", "NV"]


@pytest.mark.parametrize(
    "content",
    [
        b'Pay,State\n54200,"CA\n52000,NV"\n51000,OR\n',
        b'Pay,State\n54200,"CA\n52000,NV"\n51000,OR\n1,2,3\n',
        b'State,Note,Pay\nCA,"good,54200\nWA,bad",52000\nOR,"a\nb, c",51000\n',
    ],
)
def test_rows_that_two_stray_marks_join_are_set_aside_together(content, written, vocabulary):
    """They parse as one row, with the pay of the one and the state of the other."""
    table = read_records(written("a.csv", content))
    found = clean_records(table, ColumnMap(pay=("Pay",), state=("State",)), vocabulary)
    assert found.set_aside["row"].tolist()[0] == 1
    assert "\n" in found.set_aside["found"].tolist()[0]
    assert found.salaries["state"].tolist() == ["OR"]


def test_a_cell_that_ends_with_a_line_end_is_no_row_joined_to_another(written, vocabulary):
    table = read_records(written("a.csv", b'Pay,State\n54200,"CA\n"\n"52000\n",NV\n51000,OR\n'))
    found = clean_records(table, ColumnMap(pay=("Pay",), state=("State",)), vocabulary)
    assert found.salaries["state"].tolist() == ["CA", "NV", "OR"]


def test_a_stray_nul_spoils_its_row_alone(written, vocabulary):
    table = read_records(written("a.csv", b"Pay,State\n5\x002000,NV\n" + b"54200,CA\n" * 20))
    found = clean_records(table, ColumnMap(pay=("Pay",)), vocabulary)
    assert found.set_aside["row"].tolist()[0] == 1
    assert found.set_aside["found"].tolist()[0] == "5\x002000"


def test_a_folder_a_pipe_and_a_device_are_refused_at_once(tmp_path):
    """A pipe without a writer would be waited for, and a device has no end."""
    os.mkfifo(tmp_path / "pipe.csv")
    for place, kind in [(tmp_path, "folder"), (tmp_path / "pipe.csv", "pipe or a device")]:
        with pytest.raises(WrongInput, match=f"is a {kind}"):
            read_records(place)
    with pytest.raises(WrongInput, match="pipe or a device"):
        read_records(Path("/dev/zero"))
    with pytest.raises(WrongInput, match="cannot be read"):
        read_records(tmp_path / "nul\x00.csv")


def test_a_file_without_permission_is_refused(written, monkeypatch):
    """Root may read anything, so the system's answer is played."""

    def denied(*_given, **_options):
        raise PermissionError(errno.EACCES, "Permission denied")

    path = written("mine.csv", b"Pay\n1\n")
    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(WrongInput, match=r"mine\.csv cannot be read: Permission denied"):
        read_records(path)


def test_an_absent_file_is_refused(tmp_path):
    with pytest.raises(WrongInput, match="cannot be read"):
        read_records(tmp_path / "absent.csv")


def workbook(rows, sheet="Sheet"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_is_read_as_text(written):
    rows = [
        ["Pay", "State", None],
        [54200, "CA", 26.125],
        [None, None, None],
        ["54k", True, "=1+1"],
    ]
    found = read_records(written("a.xlsx", workbook(rows)))
    assert found["Pay"].tolist() == ["54200", "54k"]
    assert found["column 3"].tolist()[0] == "26.1250"
    assert found["State"].tolist() == ["CA", "True"]


def test_a_sheet_is_chosen_by_name(written):
    path = written("a.xlsx", workbook([["Pay"], [1]], sheet="Survey"))
    assert read_records(path, FileFormat(sheet="Survey"))["Pay"].tolist() == ["1"]
    with pytest.raises(WrongInput, match="no sheet 'Answers'; it has Survey"):
        read_records(path, FileFormat(sheet="Answers"))


def test_an_empty_workbook_is_refused(written):
    with pytest.raises(WrongInput, match="no sheet with rows"):
        read_records(written("a.xlsx", workbook([])))


def test_a_workbook_that_excel_would_ask_a_password_for_is_refused(tmp_path):
    """Encrypted with msoffcrypto-tool 6.1.0 as Excel does it; the password is "coder"."""
    shutil.copy(Path(__file__).parent / "files" / "protected.xlsx", tmp_path)
    with pytest.raises(WrongInput, match="protected by a password"):
        read_records(tmp_path / "protected.xlsx")


def test_any_workbook_in_an_encrypted_package_is_refused(written):
    """Excel wraps a locked workbook in an OLE file with a stream EncryptedPackage."""
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(WrongInput, match="protected by a password"):
        read_records(written("a.xlsx", content))


def test_a_broken_workbook_is_refused(written):
    whole = workbook([["Pay"], [1]])
    with pytest.raises(WrongInput, match=r"broken workbook|no readable workbook"):
        read_records(written("a.xlsx", whole[: len(whole) // 2]))


def zipped(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def test_a_workbook_whose_packed_content_was_altered_is_refused(written):
    """Blocks of type 3, which deflate has not."""
    content = bytearray(zipped({"xl/worksheets/sheet1.xml": bytes(range(256)) * 40}))
    start = 30 + len("xl/worksheets/sheet1.xml")  # after the part's local header
    content[start : start + 20] = b"\xff" * 20
    with pytest.raises(WrongInput, match="broken workbook"):
        read_records(written("a.xlsx", bytes(content)))


def test_a_zip_bomb_is_not_opened(written):
    """150 MB of zeros pack to 146 kB, a thousand to one."""
    with pytest.raises(WrongInput, match="far more than a table can hold"):
        read_records(written("a.xlsx", zipped({"xl/worksheets/sheet1.xml": bytes(150_000_000)})))


def test_a_cell_far_outside_the_table_is_refused(written):
    """A1 and XFD1048576 span 17 thousand million cells, which a reader would fill."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Pay", 1
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(WrongInput, match="column 16,384 of row 1,048,576"):
        read_records(written("a.xlsx", content.getvalue()))


def test_a_zip_file_that_is_no_workbook_is_refused(written):
    with pytest.raises(WrongInput, match=r"not a workbook: it holds pay\.csv"):
        read_records(written("a.zip", zipped({"pay.csv": "Pay\n1\n"})))


def test_parquet_is_read_as_text(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"Pay": [54200.0, 26.05, None], "State": ["CA", None, "NV"]}).to_parquet(path)
    found = read_records(path)
    assert found["Pay"].fillna("").tolist() == ["54200", "26.05", ""]


def test_parquet_with_nested_columns_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"Pay": [[1, 2]]}).to_parquet(path)
    with pytest.raises(WrongInput, match=r"nested columns \(Pay\)"):
        read_records(path)


def test_parquet_of_any_flat_type_is_read_as_text(tmp_path):
    """Decimals, dictionaries, dates beyond year 9999, bytes, nothing at all."""
    columns = {
        "Pay": pa.array([Decimal("54200.00"), Decimal("26.05"), None]),
        "State": pa.array(["CA", "NV", "CA"]).dictionary_encode(),
        "When": pa.array([2**60, 1, 2], pa.timestamp("us")),
        "Day": pa.array([date(2020, 1, 1)] * 3),
        "Bytes": pa.array([b"\xff", b"x", None]),
        "Nothing": pa.nulls(3),
        "Long": pa.array([2**64 - 1, 1, 2], pa.uint64()),
        "Half": pa.array(np.array([1, 2, 3], dtype=np.float16)),
        "Time": pa.array([1, 2, 3], pa.duration("s")),
    }
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path)
    found = read_records(path)
    assert found["Pay"].fillna("").tolist() == ["54200.00", "26.05", ""]
    assert found["Long"].tolist()[0] == "18446744073709551615"
    assert found["Nothing"].isna().all()


def test_parquet_columns_of_one_name_are_both_kept(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array(["1"]), pa.array(["2"])], ["Pay", "Pay"]), path)
    assert read_records(path).to_dict("list") == {"Pay": ["1"], "Pay (2)": ["2"]}


@example(place=189, noise=b"\x80")  # in the name of a column
@given(place=st.integers(4, 600), noise=st.binary(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_parquet_that_is_damaged_anywhere_is_read_or_refused(place, noise, tmp_path_factory):
    path = tmp_path_factory.mktemp("parquet") / "a.parquet"
    pd.DataFrame({"Pay": ["54200", "26.05"], "State": ["CA", None]}).to_parquet(path)
    whole = path.read_bytes()
    at = min(place, len(whole) - len(noise))
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    try:
        assert isinstance(read_records(path), pd.DataFrame)
    except WrongInput as error:
        assert "a.parquet" in str(error)


@given(content=st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(content)
    try:
        assert isinstance(read_records(path), pd.DataFrame)
    except WrongInput as error:
        assert "a.csv" in str(error)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\ufeff"), max_size=6)


@given(
    rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(max_examples=80, deadline=None)
def test_what_is_written_as_csv_is_read_again(rows, delimiter, encoding, tmp_path_factory):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    table = pd.DataFrame(rows, columns=["a", "b"], dtype="str")
    path.write_bytes(table.to_csv(index=False, sep=delimiter, quoting=1).encode(encoding))
    found = read_records(path, FileFormat(delimiter=delimiter))
    pd.testing.assert_frame_equal(found, table.mask(table.eq("")))
