"""Originals read as a run reads them, for the tests of what is shown beside the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nianbao import Entry, Filing, Point
from nianbao.manager import registry
from nianbao.review import points_of
from nianbao.steps import entry_of, make_context, process

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "reports"
PDF = SAMPLES / "青弋县人民政府2023年度法治政府建设工作情况报告.pdf"
HTML = SAMPLES / "望海礁街道办事处2023年法治政府建设年度报告.html"


def entry_from(path: Path) -> Entry:
    """Return the first report of a file, with the way to it."""
    done = process(registry(), Filing("folder", str(path), path.name), make_context())
    return replace(entry_of(done.reports[0], done.document), original=str(path))


def entry_of_bytes(folder: Path, name: str, data: bytes) -> Entry:
    """Return the first report of a file that holds these bytes."""
    path = folder / name
    path.write_bytes(data)
    return entry_from(path)


def placed(entry: Entry) -> dict[int, Point]:
    """Return an entry's points that have a place in the text, by their order."""
    return {n: point for n, point in enumerate(points_of(entry)) if point.start is not None}


def words(text: str) -> str:
    """Return a text without its blanks."""
    return "".join(text.split())


def told(entry: Entry, point: Point) -> str:
    """Return the words of a point, without blanks."""
    return words(entry.text[point.start : point.end])
