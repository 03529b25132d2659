"""Tables that people keep in Excel, WPS or CSV files, as rows of text: rosters and waivers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.grammar.text import fold

Cells = list[str]

_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_IN_HEADER = re.compile(r"[\s/、，,\-_*:.]")
ROWS_TO_HEADER = 20
LISTED = 10
# What stands in a workbook with a password in place of its sheets.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# No program writes these into a table.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
# Of a cell in Excel; the csv module's own bound belongs to the process, and other libraries move it.
_LONGEST_CELL = 32_767
_WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")


def read_tables(path: Path, called: str) -> list[list[Cells]]:
    """Return the rows of every visible sheet, as text without blanks around it.

    Args:
        path: an Excel or WPS workbook, or a CSV file in UTF-8 or GB 18030; its content decides, not its name.
        called: what the user calls such a file, in Chinese, for the messages.

    Raises:
        UsageError: no such file, a folder, a spoilt workbook, one with a password, no table at all.
    """
    data = read_bytes(path, called)
    # By content: what is called .csv may be a workbook, and the other way round.
    if data.startswith(_WORKBOOKS):
        return list(_sheets(data, str(path), called))
    return [_csv_rows(data, str(path), called)]


def read_sheet(path: Path, name: str, called: str) -> list[Cells] | None:
    """Return the rows of a workbook's sheet of this name, a hidden one too; None where there is none.

    Raises:
        UsageError: no such file, a folder, a spoilt workbook, one with a password.
    """
    data = read_bytes(path, called)
    if not data.startswith(_WORKBOOKS):
        return None
    return next(_sheets(data, str(path), called, name), None)


def read_bytes(path: Path, called: str) -> bytes:
    """Return what a file holds.

    Raises:
        UsageError: no such file, a folder, a file that is in use.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"没有这个{called}文件", where=str(path), hint="请检查路径") from error
    except IsADirectoryError as error:
        raise UsageError(
            f"这是文件夹，不是{called}文件", where=str(path), hint="请给出 xlsx 或 csv 文件"
        ) from error
    except OSError as error:
        raise UsageError(
            f"无法读取{called}：{error.strerror}", where=str(path), hint="请关闭正在使用它的程序"
        ) from error


def _sheets(data: bytes, where: str, called: str, wanted: str = "") -> Iterator[list[Cells]]:
    """Yield the rows of every visible sheet, or of the one that is wanted, seen or hidden."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    if _ENCRYPTED in data and not data.startswith(b"PK"):
        raise UsageError(f"{called}设有密码", where=where, hint="请去掉密码后再用")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                is_wanted = sheet.name == wanted if wanted else sheet.visible is SheetVisibleEnum.Visible
                if sheet.typ is SheetTypeEnum.WorkSheet and is_wanted:
                    rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                    yield [[_cell(value) for value in row] for row in rows]
    except PasswordError as error:
        raise UsageError(f"{called}设有密码", where=where, hint="请去掉密码后再用") from error
    except CalamineError as error:
        raise UsageError(
            f"{called}打不开，文件可能已损坏", where=where, hint="请用 Excel 或 WPS 另存为 xlsx"
        ) from error


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _csv_rows(data: bytes, where: str, called: str) -> list[Cells]:
    text = decoded(data)
    if text is None or _NO_TEXT.search(text) or text.lstrip().startswith("<"):
        raise UsageError(f"{called}不是表格文件", where=where, hint="请另存为 xlsx 或 csv")
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    wrong = UsageError(
        f"{called}的写法有误，可能少了一个引号", where=where, hint="请用 Excel 或 WPS 另存为 xlsx"
    )
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise wrong from error
    if any(len(cell) > _LONGEST_CELL for row in rows for cell in row):
        raise wrong
    return [[cell.strip() for cell in row] for row in rows]


def decoded(data: bytes) -> str | None:
    """Return a file's text in the encodings that Excel and WPS write, or None."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def label(cell: str) -> str:
    """Return a header without brackets, blanks and punctuation: 乡镇（街道）* is 乡镇.

    What ends in a colon (填报单位：) heads no column: it stands above the table, its answer beside it.
    """
    folded = fold(cell).strip()
    if folded.endswith(":"):
        return ""
    return _NOT_IN_HEADER.sub("", _BRACKETS.sub("", folded) or folded).lower()


def headers_seen(tables: Sequence[Sequence[Cells]]) -> str:
    """Return what may be a header in tables where none was found, for a message."""
    heads = [row for rows in tables for row in rows[:ROWS_TO_HEADER]]
    cells = [cell.replace("\n", "") for cell in max(heads, key=lambda row: sum(map(bool, row))) if cell]
    more = f" 等另外 {len(cells) - LISTED} 个" if len(cells) > LISTED else ""
    return "、".join(cells[:LISTED]) + more
