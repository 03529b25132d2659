"""Writes the workbook beside its place and moves it there."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from nianbao import PublishError, Yearbook

# What Windows refuses in a file name.
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_REASONS: Final = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "路径太长",
    errno.EISDIR: "这个位置已有同名的文件夹",
    errno.ENOTDIR: "上级位置是文件而不是文件夹",
    errno.EEXIST: "输出位置是文件而不是文件夹",
}
# Most file systems allow 255 bytes; a Chinese character takes three.
LONGEST_NAME: Final = 70


def publish(yearbook: Yearbook, folder: Path) -> list[Path]:
    """Write the yearbook's workbook into the folder; an older one stays whole until the new one is finished.

    Raises:
        PublishError: the file can't be written there, or a sheet can't hold the yearbook.
    """
    # XlsxWriter is heavy; the module itself must load at once.
    from outputs.workbook.book import write_book

    path = folder / file_name(yearbook)
    with _writable(path):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".workbook-", dir=folder) as staging:
            draft = Path(staging) / "draft.xlsx"
            write_book(yearbook, draft, Path(staging), folder)
            draft.replace(path)
    return [path]


def file_name(yearbook: Yearbook) -> str:
    """Return the workbook's file name: the yearbook's title, made safe for every file system."""
    name = _UNSAFE.sub("", yearbook.title).strip(" .")[:LONGEST_NAME].strip(" .")
    if not name or _RESERVED.fullmatch(name):
        name = f"{yearbook.year}年法治政府建设年度报告汇总"
    return f"{name}.xlsx"


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise PublishError(
            "工作簿无法写入", where=str(path), hint="请先关闭正在打开它的 Excel 或 WPS，并确认文件夹可以写入"
        ) from error
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
        raise PublishError(
            f"工作簿无法写入：{reason}", where=str(path), hint="请检查文件夹和剩余空间，或另选输出位置"
        ) from error
