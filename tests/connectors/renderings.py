"""Renders the sources of the samples in every format, so that what is read can be compared."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from libreoffice import LibreOffice

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "samples"
sys.path.append(str(SAMPLES))

from page import page  # noqa: E402
from source import Source, read_sources  # noqa: E402
from word import docx  # noqa: E402

# What each format is written by, as LibreOffice names it.
FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt", "pdf": "pdf"}


def sources() -> list[Source]:
    """Return all sources, in the order of their names.

    The line that a site puts below a title (发布时间 …) is left out: readers of pages make facts of it.
    """
    found = read_sources(SAMPLES / "sources")
    return [
        replace(source, lines=tuple(line for line in source.lines if not line.text.startswith("发布时间：")))
        for source in found
    ]


def typed(source: Source) -> bytes:
    """Return a .docx whose numbers are typed."""
    return docx(_with(source, numbering="typed", format="docx"))


def automatic(source: Source) -> bytes | None:
    """Return a .docx whose headings Word numbers, or None where Word would number them otherwise."""
    try:
        return docx(_with(source, numbering="word", format="docx"))
    except ValueError:
        return None


def printed(source: Source) -> bytes:
    """Return the .docx that is printed: in fonts that are here, headings numbered by Word where it can."""
    return automatic(_with(source, format="pdf", page_numbers=True)) or docx(
        _with(source, numbering="typed", format="pdf", page_numbers=True)
    )


def web_page(source: Source, family: str, charset: str, declared: str) -> bytes:
    """Return a page of one of the families, in a charset that it declares truly or not."""
    own = source.front.get("page")
    lent = next(other.front["page"] for other in sources() if other.front.get("template") == family)
    title = "".join(line.text for line in source.lines if line.kind == "title") or Path(source.file).stem
    words = {**lent, **(own or {"title": title, "related": []})}
    return page(_with(source, template=family, page=words, charset=charset, declared=declared))


def _with(source: Source, **front: object) -> Source:
    return replace(source, front={**source.front, **front})


def converted(files: Mapping[str, bytes], kind: str, folder: Path, office: LibreOffice) -> dict[str, bytes]:
    """Let LibreOffice convert files in one call.

    Args:
        files: .docx by a plain name.
        kind: a key of `FILTERS`.
        folder: a scratch folder of its own.
        office: what converts them.
    """
    made = folder / kind
    made.mkdir(parents=True)
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    office.convert(FILTERS[kind], made, *(folder / f"{name}.docx" for name in files))
    read = {name: (made / f"{name}.{kind}").read_bytes() for name in files}
    return {name: as_word_writes(data) for name, data in read.items()} if kind == "rtf" else read


def as_word_writes(rtf: bytes) -> bytes:
    """Return an RTF with its list labels as Word has them: LibreOffice writes 、 as ? and （） as ()."""
    signs = {rb"\'02\'00\'3f;": rb"\'02\'00\'a1\'a2;", rb"\'03\'28\'01\'29;": rb"\'03\'a3\'a8\'01\'a3\'a9;"}
    for lost, meant in signs.items():
        rtf = rtf.replace(lost, meant)
    return rtf.replace(rb"\ansi", rb"\ansi\ansicpg936", 1)


def squeezed(lines: Sequence[str] | str) -> str:
    """Return a text without any white space."""
    return "".join("".join(lines).split())
