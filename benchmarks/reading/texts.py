"""Reports of the usual length, put together from the samples' sources."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "samples"), str(ROOT / "tests" / "connectors")]

from source import Line, Source, read_source  # noqa: E402

# Real reports have some 3,800 characters on average, the sources about half of that.
USUAL = 3_800
_NUMBERS = "一二三四五六七八九十"


def reports(count: int) -> list[Source]:
    """Return reports of the usual length, each of several sources with their headings numbered on."""
    sources = [read_source(path) for path in sorted((ROOT / "samples" / "sources").glob("*.md"))]
    plain = [source for source in sources if not any(line.kind == "row" for line in source.lines)]
    made = []
    for start in range(count):
        lines: list[Line] = []
        rank = start
        while sum(len(line.text) for line in lines) < USUAL:
            lines += plain[rank % len(plain)].lines
            rank += start // len(plain) + 3
        made.append(replace(plain[start % len(plain)], lines=tuple(_numbered(lines))))
    return made


def _numbered(lines: list[Line]) -> list[Line]:
    """Number the first-level headings through; titles after the first go."""
    numbered: list[Line] = []
    heading = 0
    for line in lines:
        if line.kind == "title" and numbered:
            continue
        if line.kind == "heading1" and "、" in line.text[:4]:
            label = _NUMBERS[heading] if heading < 10 else f"十{_NUMBERS[heading - 10]}"
            numbered.append(Line(line.kind, label + line.text[line.text.index("、") :]))
            heading += 1
        else:
            numbered.append(line)
    return numbered
