"""The attachments of papers, in every form that offices publish."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from benchmarks.made_reports import as_docx

from .papers import Paper

_BUILDERS = str(Path(__file__).resolve().parents[1] / "connectors")
if _BUILDERS not in sys.path:
    sys.path.append(_BUILDERS)

from built_files import PdfPage, pdf  # noqa: E402
from built_zips import zipped  # noqa: E402
from ofd_drawing import OfdPage  # noqa: E402
from ofd_files import ofd  # noqa: E402
from old_files import flat  # noqa: E402
from typesetting import EM, WIDTH, typeset  # noqa: E402

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "ofd": "application/octet-stream",
    "doc": "application/msword",
    "wps": "application/octet-stream",
    "zip": "application/zip",
}
_LINES_A_PAGE = 22


def file_name(paper: Paper) -> str:
    """Return the name that a person gave the attachment."""
    return f"{paper.title}.{paper.form}"


@lru_cache(maxsize=512)
def attachment(paper: Paper) -> bytes:
    """Return the bytes of a paper's attachment.

    A .doc is Word's single-file XML and a .wps a package, as newer programs save them under the old
    suffixes; both are read without LibreOffice.
    """
    match paper.form:
        case "docx" | "wps":
            return as_docx(_text(paper))
        case "doc":
            return flat(as_docx(_text(paper)))
        case "pdf":
            return pdf(*(typeset(PdfPage(), lines, "", "", EM) for lines in _set(paper)))
        case "ofd":
            return ofd(*(typeset(OfdPage(), lines, "", "", EM) for lines in _set(paper)))
        case "zip":
            return zipped({f"{paper.title}.docx": as_docx(_text(paper)), "说明.txt": "附报告一份。".encode()})
        case _:
            raise ValueError(f"paper {paper.number} has no file of the kind {paper.form!r}")


def _text(paper: Paper) -> str:
    return "\n".join(paper.lines)


def _set(paper: Paper) -> list[list[str]]:
    """Return the paper's lines as set on pages."""
    lines = [line for text in paper.lines for line in _wrapped(text)]
    return [lines[at : at + _LINES_A_PAGE] for at in range(0, len(lines), _LINES_A_PAGE)]


def _wrapped(text: str) -> list[str]:
    made = ["　　"]
    for character in text:
        if sum(0.5 if each.isascii() else 1.0 for each in made[-1]) >= WIDTH - 0.5:
            made.append("")
        made[-1] += character
    return made
