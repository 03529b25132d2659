"""Writes the notice beside its place and moves it there."""

from __future__ import annotations

import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

from nianbao import Yearbook
from outputs.files import safe_name, whole_file, writable

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def publish(yearbook: Yearbook, folder: Path) -> list[Path]:
    """Write the yearbook's notice into the folder; an older one stays whole until the new one is finished.

    Raises:
        PublishError: the file can't be written there.
    """
    # python-docx is heavy; the module itself must load at once.
    from outputs.notice.content import content_of
    from outputs.notice.writing import title_of, write_notice

    started = yearbook.run.started
    moment = started.astimezone(_SHANGHAI) if started.tzinfo else started
    title = "".join(title_of(yearbook.year).split())
    path = folder / f"{safe_name(title, f'notice-{yearbook.year}')}.docx"
    with writable(path, "通报", " Word 或 WPS"), whole_file(path) as draft:
        written = draft.with_name("written.docx")
        write_notice(content_of(yearbook), moment.replace(tzinfo=None)).document.save(str(written))
        _without_time(written, draft)
    return [path]


def _without_time(written: Path, path: Path) -> None:
    """Pack a file anew, so that it does not tell when it was packed."""
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
