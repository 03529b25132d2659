"""What takes seconds: LibreOffice's batches and the recognition of scans."""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec

from connectors.readers.legacy import prepare, read_legacy
from connectors.readers.pdf import read_pdf
from connectors.readers.scan import read_scan
from nianbao.cache import cache_in_use
from reading.contests import download

_FIGURE = re.compile(r"\d[\d.,]*")
_KEPT = re.compile(r"[\u4e00-\u9fff0-9]")


def _forget() -> None:
    """Go on with an empty cache, so that nothing is found that was made before."""
    os.environ["NIANBAO_CACHE"] = tempfile.mkdtemp(prefix="nianbao-bench-")
    cache_in_use.cache_clear()


def office_seconds(files: list[bytes], rounds: int) -> float | None:
    """Return the median seconds a file of a batch through LibreOffice, reading included; None without it."""
    if not files:
        return None
    downloads = [download(data, f"{number}.doc") for number, data in enumerate(files)]
    taken = []
    for _ in range(rounds):
        _forget()
        begun = time.perf_counter()
        prepare(downloads)
        for each in downloads:
            read_legacy(each)
        taken.append((time.perf_counter() - begun) / len(files))
    return statistics.median(taken)


@dataclass(frozen=True, slots=True)
class Recognition:
    """How scans were recognised.

    Args:
        seconds: a page, by the clock.
        cpu: a page, of this process.
        pages: how many there were.
        figures: the share of the figures that came out the same.
        characters: the share of Han characters and digits that did.
    """

    seconds: float
    cpu: float
    pages: int
    figures: float
    characters: float


def recognition(scans: list[bytes], originals: list[bytes]) -> Recognition | None:
    """Recognise scans and compare with their originals' text layers; None where nothing recognises."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        return None
    pages = sum(_pages(data) for data in scans)
    _forget()
    begun, used = time.perf_counter(), time.process_time()
    texts = [read_scan(download(data, f"{number}.pdf")).text for number, data in enumerate(scans)]
    seconds, cpu = (time.perf_counter() - begun) / pages, (time.process_time() - used) / pages
    truths = [read_pdf(download(data, f"{number}.pdf")).text for number, data in enumerate(originals)]
    figures = [
        _same(_FIGURE.findall(truth), _FIGURE.findall(text))
        for truth, text in zip(truths, texts, strict=True)
    ]
    kept = [
        _same(_KEPT.findall(truth), _KEPT.findall(text)) for truth, text in zip(truths, texts, strict=True)
    ]
    return Recognition(seconds, cpu, pages, _share(figures), _share(kept))


def _pages(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    count = len(document)
    document.close()
    return count


def _same(truth: list[str], read: list[str]) -> tuple[int, int]:
    """Count what of a sequence is found again in order."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, truth, read, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()), len(truth)


def _share(counts: list[tuple[int, int]]) -> float:
    return sum(same for same, _ in counts) / max(sum(all_ for _, all_ in counts), 1)
