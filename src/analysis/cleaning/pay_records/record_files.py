"""Read anybody's records as text: CSV of any delimiter and encoding, workbooks, Parquet."""

import stat
from pathlib import Path

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from analysis.cleaning.pay_records.column_map import FileFormat
from analysis.cleaning.pay_records.distinct import as_text
from analysis.cleaning.pay_records.text_files import column_names, read_text_file
from analysis.cleaning.pay_records.workbooks import read_workbook
from analysis.errors import WrongInput

ZIP, OLD_EXCEL, PARQUET, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"\x1f\x8b"
MOST_CELLS = 200_000_000  # some 10 GB as text
MOST_PARQUET_BYTES = 8 * 2**30  # uncompressed


def read_records(path: Path, file: FileFormat | None = None) -> pd.DataFrame:
    """Read a file of records, every cell as the text it holds; empty cells are missing.

    The kind of file is told by its content, not its name. A line of a text file that does not
    fit the header becomes a row whose cells are all missing but the last, `MISFIT`, which holds
    the line; cleaning sets such rows aside.

    Parameters
    ----------
    path : Path
        CSV, Excel (.xlsx, .xlsm, .xlsb, .xls), OpenDocument or Parquet.
    file : FileFormat, optional
        Encoding, delimiter and sheet, where they are known.

    Returns
    -------
    DataFrame
        Columns named as in the file; blank and repeated names get a number.

    Raises
    ------
    WrongInput
        Absent, no ordinary file, empty, a header without rows, encrypted, compressed, not what
        it claims to be, or too large to be records.
    """
    file = file or FileFormat()
    start = _first_bytes(path)
    if not start:
        raise WrongInput(f"{path.name} is empty. Export it again.")
    if start.startswith(GZIP):
        raise WrongInput(f"{path.name} is compressed with gzip. Unpack it first.")
    if start.startswith((ZIP, OLD_EXCEL)):
        table = read_workbook(path, sheet=file.sheet)
    elif start.startswith(PARQUET):
        table = _read_parquet(path)
    else:
        table = read_text_file(path, encoding=file.encoding, delimiter=file.delimiter)
    if table.empty:
        raise WrongInput(f"{path.name} has a header but no rows. Export it again with its rows.")
    return table


def _first_bytes(path: Path) -> bytes:
    """Return the first bytes of an ordinary file; a pipe or a device could be read only once."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as opened:
                return opened.read(8)
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}. Check the path.") from None
    except ValueError as error:  # a NUL in the path
        raise WrongInput(f"{path} cannot be read: {error}. Check the path.") from None
    kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
    raise WrongInput(f"{path} is {kind}, not a file. Save the records as a file, and name that.")


def _read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file; nested columns are refused."""
    try:
        with pq.ParquetFile(path) as parquet:
            metadata, schema = parquet.metadata, parquet.schema_arrow
            groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
            size = sum(group.total_byte_size for group in groups)
            if metadata.num_rows * len(schema) > MOST_CELLS or size > MOST_PARQUET_BYTES:
                raise WrongInput(
                    f"{path.name} unpacks to {metadata.num_rows:,} rows and {size / 2**30:.1f} "
                    f"GiB; at most {MOST_CELLS:,} cells and {MOST_PARQUET_BYTES / 2**30:.0f} GiB "
                    "are read. Split it."
                )
            if nested := [each.name for each in schema if pa.types.is_nested(each.type)]:
                raise WrongInput(
                    f"{path.name} has nested columns ({', '.join(nested)}); every cell must hold "
                    "one value. Write those as text."
                )
            table = parquet.read().rename_columns(column_names(schema.names))
    except MemoryError:  # to Arrow it is one more fault of the file
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # names of columns, too
        raise WrongInput(f"{path.name} is no readable Parquet file: {error}.") from None
    return as_text(table.to_pandas())
