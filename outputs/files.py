"""What publishers share: names that every file system takes, and folders that are whole or not there."""

from __future__ import annotations

import errno
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from nianbao import PublishError

# What Windows refuses in a file name.
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
# Most file systems allow 255 bytes; a Chinese character takes three.
LONGEST_NAME: Final = 70
_REASONS: Final = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "路径太长",
    errno.EISDIR: "这个位置已有同名的文件夹",
    errno.ENOTDIR: "上级位置是文件而不是文件夹",
    errno.EEXIST: "输出位置是文件而不是文件夹",
}


def safe_name(name: str, otherwise: str) -> str:
    """Return a name that every file system takes; the other one where nothing is left of it."""
    safe = _UNSAFE.sub("", name).strip(" .")[:LONGEST_NAME].strip(" .")
    return otherwise if not safe or _RESERVED.fullmatch(safe) else safe


def csv_text(text: str) -> str:
    """Return a text as a CSV file may hold it that a spreadsheet opens: what looks like a formula is none."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


@contextmanager
def writable(path: Path, called: str, program: str) -> Iterator[None]:
    """Turn what the system refuses into one line for the user.

    Args:
        path: what is to be written.
        called: what users call it.
        program: the program that may have it open.

    Raises:
        PublishError: it can't be written there.
    """
    try:
        yield
    except PermissionError as error:
        hint = f"请先关闭正在打开它的{program}，并确认文件夹可以写入"
        raise PublishError(f"{called}无法写入", where=str(path), hint=hint) from error
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
        hint = "请检查文件夹和剩余空间，或另选输出位置"
        raise PublishError(f"{called}无法写入：{reason}", where=str(path), hint=hint) from error


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the place of a draft that takes the file's place once it is finished."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".draft-", dir=path.parent) as staging:
        draft = Path(staging) / f"draft{path.suffix}"
        yield draft
        draft.replace(path)


@contextmanager
def whole_folder(path: Path, own: Collection[str]) -> Iterator[Path]:
    """Give a folder for drafts that takes the folder's place once all are finished.

    Of what stands there now, the files that are not `own` are taken over; a folder that can't be moved away,
    as one of its files is open, stays as it is.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".draft-", dir=path.parent) as staging:
        draft, old = Path(staging) / "new", Path(staging) / "old"
        draft.mkdir()
        yield draft
        if path.is_dir():
            for kept in path.iterdir():
                if kept.name not in own:
                    _copy(kept, draft / kept.name)
            path.replace(old)
        try:
            draft.replace(path)
        except OSError:
            if old.is_dir():
                old.replace(path)
            raise


def _copy(kept: Path, to: Path) -> None:
    if kept.is_dir():
        shutil.copytree(kept, to, symlinks=True)
    else:
        shutil.copy2(kept, to, follow_symlinks=False)
