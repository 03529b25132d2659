"""Times the readers beside bare parsers and other converters: `python benchmarks/readers.py [--json]`.

All in one run, by turns, medians over the rounds. The inputs are made from samples/sources: reports of the
usual length, as .docx with split runs and automatic numbers, PDF printed by LibreOffice, pages of government
sites, .doc, OFD, scans. What is not installed is left out with a line (`pip install nianbao[bench,ocr]`). The
ratios are of this process's own seconds, which other work on the machine disturbs less than the clock's.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from reading import contests, slow
from reading.files import docs, docx, pdfs
from reading.pages import pages
from reading.texts import reports
from reading.timing import Timing, Tool, by_turns

FILES, BATCH, SCANNED = 8, 24, 2
KINDS = ("docx", "pdf", "html", "ofd", "office", "scan")
# Kind, the other, and how many times as long (≤) or how many times faster (≥) ours may be or is to be.
BOUNDS = (
    ("docx", "raw lxml", "<=", 3.5),
    ("docx", "markitdown", ">=", 30.0),
    ("pdf", "bare pypdfium2", "<=", 1.4),
    ("pdf", "pdfplumber", ">=", 9.0),
    ("html", "bare selectolax", "<=", 2.0),
    ("html", "trafilatura", ">=", 20.0),
)
OFFICE_BOUND = 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """One bound, what was measured, and whether it holds."""

    kind: str
    against: str
    bound: str
    measured: float
    holds: bool


def tools(kind: str, folder: Path) -> tuple[list[Tool], int, int]:
    """Return the tools of a kind, how many files they read, and the bytes of these on average."""
    sources = reports(FILES)
    if kind == "html":
        made = pages(sources)
        return contests.html_tools(made), len(made), sum(len(page.data) for page in made) // len(made)
    if kind == "docx":
        files = [docx(source) for source in sources]
        return contests.docx_tools(files), len(files), _average(files)
    files = pdfs(sources, folder)
    if kind == "pdf":
        return contests.pdf_tools(files), len(files), _average(files)
    from ofd_files import ofd_from_pdf

    files = [ofd_from_pdf(data) for data in files]
    return contests.ofd_tools(files), len(files), _average(files)


def _average(files: list[bytes]) -> int:
    return sum(map(len, files)) // len(files)


def verdicts(kind: str, timings: list[Timing]) -> list[Verdict]:
    """Hold the bounds of a kind against what was measured."""
    cpu = {timing.name: timing.cpu for timing in timings}
    found = []
    for of, against, sign, bound in BOUNDS:
        if of == kind and against in cpu:
            ours, other = cpu[contests.OURS], cpu[against]
            ratio = ours / other if sign == "<=" else other / ours
            holds = ratio <= bound if sign == "<=" else ratio >= bound
            found.append(Verdict(kind, against, f"{sign} {bound:g}", round(ratio, 2), holds))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--only", default=",".join(KINDS), help="kinds, parted by commas")
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    measured: dict[str, object] = {"python": platform.python_version(), "rounds": arguments.rounds}
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for kind in arguments.only.split(","):
            folder = Path(name) / kind
            folder.mkdir()
            told, result = (
                _slow(kind, folder) if kind in ("office", "scan") else _fast(kind, folder, arguments.rounds)
            )
            measured[kind] = result
            lines += told
            if not arguments.json:
                print("\n".join(told), flush=True)
    if arguments.json:
        print(json.dumps(measured, ensure_ascii=False, indent=1))


def _fast(kind: str, folder: Path, rounds: int) -> tuple[list[str], object]:
    contestants, files, size = tools(kind, folder)
    timings = by_turns(contestants, files, rounds)
    held = verdicts(kind, timings)
    lines = [f"{kind}: {files} files of {size / 1024:.0f} KB on average, medians of {rounds} rounds"]
    lines += [f"  {t.name:18} {t.wall:9.2f} ms by the clock  {t.cpu:9.2f} ms of CPU" for t in timings]
    lines += map(_told, held)
    absent = [name for of, name, _, _ in BOUNDS if of == kind and name not in {t.name for t in timings}]
    lines += [f"  {name} is not installed: left out" for name in absent]
    return lines, {
        "timings": [asdict(t) for t in timings],
        "verdicts": [asdict(v) for v in held],
        "bytes": size,
    }


def _told(verdict: Verdict) -> str:
    how = "times" if "<" in verdict.bound else "times faster than"
    holds = "holds" if verdict.holds else "FAILS"
    return f"  {holds}  {verdict.measured:g} {how} {verdict.against} (to be {verdict.bound})"


def _slow(kind: str, folder: Path) -> tuple[list[str], object]:
    if kind == "office":
        seconds = slow.office_seconds(docs(reports(BATCH), folder), 3)
        if seconds is None:
            return ["office: LibreOffice is not installed: left out"], None
        verdict = "holds" if seconds <= OFFICE_BOUND else "FAILS"
        line = f"  {verdict}  <= {OFFICE_BOUND} s: {seconds:.3f} s a file, read"
        return [f"office: a batch of {BATCH} .doc files", line], {"seconds": seconds}
    from scan_files import scan_pdf

    originals = pdfs(reports(SCANNED), folder)[:SCANNED]
    found = slow.recognition(
        [scan_pdf(data, skew=0.4, seal="end", grey=False) for data in originals], originals
    )
    if found is None:
        return ["scan: rapidocr is not installed: left out"], None
    return [
        f"scan: {found.pages} pages at 200 dpi, noisy, askew, sealed",
        f"  {found.seconds:.1f} s a page by the clock, {found.cpu:.1f} s of CPU",
        f"  {found.figures:.1%} of the figures, {found.characters:.2%} of Han characters and digits the same",
    ], asdict(found)


if __name__ == "__main__":
    main()
