"""One source, every format: the same text up to white space, and the same figures (issue: one true text)."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import renderings
from libreoffice import LibreOffice
from ofd_files import ofd_from_pdf
from renderings import squeezed
from scan_files import scan_pdf

from nianbao import Document, Download, Filing, Report
from nianbao.doubts import DOUBTFUL
from nianbao.manager import Registry, registry
from nianbao.records import Context
from nianbao.steps import make_context, prepare, process_download

SOURCES = {source.path.stem: source for source in renderings.sources()}
TYPED = {name: renderings.typed(source) for name, source in SOURCES.items()}
AUTOMATIC = {
    name: data for name, source in SOURCES.items() if (data := renderings.automatic(source)) is not None
}


@cache
def tools() -> tuple[Registry, Context]:
    # A page tells more of the place than a file does, and so may be read by its region's profile.
    return replace(registry(), regions=()), make_context()


@cache
def expected(name: str) -> tuple[str, tuple[Any, ...]]:
    """Return a source's text without white space, and what its .docx with typed numbers tells."""
    document, report = read(TYPED[name], f"{name}.docx")
    return squeezed(SOURCES[name].text), told(report, document)


def read(data: bytes, file: str) -> tuple[Document, Report]:
    made = Download(Filing("test", file, file), data, hashlib.sha256(data).hexdigest())
    found, context = tools()
    processed = process_download(found, made, context)
    assert processed.document is not None, processed.reports[0].error
    return processed.document, processed.reports[0]


def told(report: Report, document: Document) -> tuple[Any, ...]:
    """Return all that a report's observations say, white space apart."""
    return tuple(
        (
            each.indicator,
            each.value,
            each.unit,
            each.qualifier,
            each.role,
            each.low,
            each.high,
            squeezed(each.quote),
        )
        for each in report.observations
    )


def assert_same(data: bytes, name: str, suffix: str) -> Document:
    document, report = read(data, f"{name}.{suffix}")
    text, observations = expected(name)
    found = squeezed(document.text)
    assert found == text, differences(text, found)
    assert told(report, document) == observations
    return document


def differences(one: str, other: str) -> str:
    """Return where two texts differ, for a failing test."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    changed = [row for row in matcher.get_opcodes() if row[0] != "equal"]
    shown = [f"{one[a:b]!r} → {other[c:d]!r} at {a}" for _, a, b, c, d in changed[:8]]
    return f"{len(changed)} differences: {'; '.join(shown)}"


def test_the_sources_vary_enough() -> None:
    """Most sources' headings can be numbered by Word; all tell observations worth comparing."""
    assert len(SOURCES) >= 20
    assert len(AUTOMATIC) >= 15
    assert sum(len(expected(name)[1]) for name in SOURCES) > 500


@pytest.mark.parametrize("name", SOURCES)
def test_typed_numbers(name: str) -> None:
    assert assert_same(TYPED[name], name, "docx").reader == "docx"


@pytest.mark.parametrize("name", AUTOMATIC)
def test_automatic_numbers(name: str) -> None:
    assert assert_same(AUTOMATIC[name], name, "docx").reader == "docx"


@pytest.mark.parametrize("family", ["trs", "ucap", "hanweb", "boda"])
@pytest.mark.parametrize("name", SOURCES)
def test_pages(name: str, family: str) -> None:
    page = renderings.web_page(SOURCES[name], family, "utf-8", "utf-8")
    assert assert_same(page, name, "html").reader == "html"


@pytest.mark.parametrize("name", SOURCES)
def test_pages_in_gb18030_that_say_gb2312(name: str) -> None:
    page = renderings.web_page(SOURCES[name], "boda", "gb18030", "gb2312")
    assert_same(page, name, "html")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="session")
def pdfs(folder: Path, libreoffice: LibreOffice) -> dict[str, bytes]:
    return renderings.converted(
        {name: renderings.printed(source) for name, source in SOURCES.items()},
        "pdf",
        folder / "printed",
        libreoffice,
    )


def torn(document: Document, name: str) -> list[str]:
    """Return the paragraphs of a source that pages do not give as one, but for the lines of a title."""
    found = {squeezed(document.text[block.start : block.end]) for block in document.blocks}
    paragraphs = (line.text for line in SOURCES[name].lines if line.kind not in ("row", "title", "centre"))
    return [text for text in paragraphs if squeezed(text) not in found]


@pytest.mark.office
def test_printed_pages(pdfs: dict[str, bytes]) -> None:
    for name, data in pdfs.items():
        document = assert_same(data, name, "pdf")
        assert document.reader == "pdf"
        assert not torn(document, name)


@pytest.mark.office
def test_ofd(pdfs: dict[str, bytes]) -> None:
    for name, data in pdfs.items():
        document = assert_same(ofd_from_pdf(data), name, "ofd")
        assert document.reader == "ofd"
        assert not torn(document, name)


@pytest.mark.office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_old_formats(
    kind: str, folder: Path, libreoffice: LibreOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice reads back what it wrote itself: all files of a kind in one call."""
    monkeypatch.setenv("NIANBAO_CACHE", str(folder / "cache"))
    files = renderings.converted({**TYPED, **AUTOMATIC}, kind, folder / f"to-{kind}", libreoffice)
    kept = folder / f"kept-{kind}"
    kept.mkdir()
    for name, data in files.items():
        (kept / f"{name}.{kind}").write_bytes(data)
    filings = [Filing("folder", str(path), path.name) for path in sorted(kept.iterdir())]
    assert not prepare(tools()[0], filings)
    for name, data in files.items():
        assert assert_same(data, name, kind).reader == "legacy"


_COUNTED = re.compile(r"[\u3400-\u9fff0-9]")
# The goal of a scan: at most so many wrong Han characters and digits, and at least so many figures right.
_MOST_WRONG = 0.005
_FEWEST_RIGHT = 0.95
# One with a table, in every run; the others take minutes.
_SCANNED = [name for name in SOURCES if name.startswith("11-")]


def wrong_share(one: str, other: str) -> float:
    """Return how many Han characters and digits were read wrongly, as a share; punctuation apart."""
    from rapidfuzz.distance import Levenshtein

    wanted, found = ("".join(_COUNTED.findall(text)) for text in (one, other))
    return Levenshtein.distance(wanted, found) / len(wanted)


def figures(observations: tuple[Any, ...]) -> Counter[tuple[str, Any]]:
    return Counter((each[0], each[1]) for each in observations)


def assert_scan(pdf: bytes, name: str, **wear: Any) -> None:
    document, report = read(scan_pdf(pdf, **wear), f"{name}.pdf")
    assert document.reader == "scan"
    text, observations = expected(name)
    assert wrong_share(text, squeezed(document.text)) <= _MOST_WRONG, differences(
        text, squeezed(document.text)
    )
    wanted, found = figures(observations), figures(told(report, document))
    right = (wanted & found).total()
    assert right >= _FEWEST_RIGHT * wanted.total(), (wanted - found, found - wanted)
    doubtful = figures(
        tuple((each.indicator, each.value) for each in report.observations if each.confidence <= DOUBTFUL)
    )
    assert not (found - wanted) - doubtful, "a wrong figure that nobody is told to look at"


@pytest.mark.office
@pytest.mark.usefixtures("ocr")
@pytest.mark.parametrize("name", _SCANNED)
def test_a_scan(name: str, pdfs: dict[str, bytes]) -> None:
    assert_scan(pdfs[name], name, skew=0.6, seal="end")


@pytest.mark.long
@pytest.mark.office
@pytest.mark.usefixtures("ocr")
@pytest.mark.parametrize("name", [name for name in SOURCES if name not in _SCANNED])
def test_all_scans(name: str, pdfs: dict[str, bytes]) -> None:
    assert_scan(pdfs[name], name, skew=0.6, seal="end")
