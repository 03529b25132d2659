"""Pages of a report, typeset, and how they are read."""

from __future__ import annotations

from built_files import download
from ofd_drawing import OfdPage
from ofd_files import ofd
from typesetting import EM, WIDTH, typeset

from connectors.readers import ofd as reader
from nianbao import Document


def page(*texts: str, header: str = "", footer: str = "", size: float = EM) -> OfdPage:
    """A page of lines as typeset: a leading blank is one Han character's width."""
    return typeset(OfdPage(), texts, header, footer, size)


def wrapped(text: str) -> list[str]:
    """Break a paragraph into lines of full width, the first one indented by two characters."""
    made = ["　　"]
    for character in text:
        if sum(0.5 if each.isascii() else 1.0 for each in made[-1]) >= WIDTH - 0.5:
            made.append("")
        made[-1] += character
    return made


def read(data: bytes, name: str = "报告.ofd") -> Document:
    return reader.read_ofd(download(data, name))


def objects(*made: str) -> bytes:
    return ofd(OfdPage().xml(*made))
