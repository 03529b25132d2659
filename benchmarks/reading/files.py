"""Reports as files of every kind, as the programs of an office leave them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random

from renderings import OFFICE, automatic, converted, printed, typed

from reading.texts import ROOT, Source

_RUN = re.compile(r'<w:r><w:t xml:space="preserve">([^<]+)</w:t></w:r>')
_FONTS = '<w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/>'


def docx(source: Source) -> bytes:
    """Return a .docx with automatic numbers, its text cut into runs as Word cuts what is edited often."""
    plain = automatic(source) or typed(source)
    random = Random(len(plain))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = _RUN.sub(lambda match: _runs(match[1], random), data.decode()).encode()
            new.writestr(name, data)
    return buffer.getvalue()


def _runs(text: str, random: Random) -> str:
    runs = []
    while text:
        size = random.randint(4, 24)
        while "&" in text[:size] and ";" not in text[text.rindex("&", 0, size) : size]:
            size += 1  # no run ends within an entity
        runs.append(
            f'<w:r w:rsidR="00{random.randrange(16**6):06X}" w:rsidRPr="00{random.randrange(16**6):06X}">'
            f"<w:rPr>{_FONTS}"
            '<w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr>'
            f'<w:t xml:space="preserve">{text[:size]}</w:t></w:r>'
        )
        text = text[size:]
    return "".join(runs)


def pdfs(sources: list[Source], folder: Path) -> list[bytes]:
    """Return PDFs of several pages, printed by LibreOffice; without it, the samples' own."""
    if OFFICE is None:
        return [path.read_bytes() for path in sorted((ROOT / "samples" / "reports").glob("*.pdf"))]
    return _written(sources, "pdf", folder)


def docs(sources: list[Source], folder: Path) -> list[bytes]:
    """Return .doc files, written by LibreOffice; none without it."""
    return _written(sources, "doc", folder) if OFFICE is not None else []


def _written(sources: list[Source], kind: str, folder: Path) -> list[bytes]:
    plain = [replace(source, front={**source.front, "header": ""}) for source in sources]
    files = {f"{number:02}": printed(source) for number, source in enumerate(plain)}
    return [data for _, data in sorted(converted(files, kind, folder).items())]
