"""The readable source of a sample report: YAML front matter and one block a line.

A line's mark says what it is: `# ` title, `## ` `### ` `#### ` headings (with the number as it is displayed),
`@ ` centred, `>> ` right-aligned, `= ` flush left, `| a | b |` a table row, and without a mark a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_MARKS = {
    "# ": "title",
    "## ": "heading1",
    "### ": "heading2",
    "#### ": "heading3",
    "@ ": "centre",
    ">> ": "right",
    "= ": "flush",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the body: its kind, and its text as one sees it in the file (cells parted by tabs)."""

    kind: str
    text: str

    @property
    def cells(self) -> list[str]:
        """The cells of a table row."""
        return self.text.split("\t")


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed source.

    Args:
        path: the source itself.
        front: its front matter (`file`, `format`, and what the format needs).
        lines: its body.
    """

    path: Path
    front: dict[str, Any]
    lines: tuple[Line, ...]

    @property
    def file(self) -> str:
        """The name of the report's file."""
        return str(self.front["file"])

    @property
    def format(self) -> str:
        """One of docx, pdf, html and txt."""
        return str(self.front["format"])

    @property
    def text(self) -> str:
        """The displayed text of the body, a block a line."""
        return "\n".join(line.text for line in self.lines)


def read_source(path: Path) -> Source:
    """Parse one source.

    Raises:
        ValueError: when the front matter is missing.
    """
    before, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    if before:
        raise ValueError(f"{path.name}: no front matter")
    lines = tuple(_line(raw) for raw in body.splitlines() if raw.strip())
    return Source(path, yaml.safe_load(front), lines)


def read_sources(folder: Path) -> list[Source]:
    """Parse all sources of a folder, in the order of their names."""
    return [read_source(path) for path in sorted(folder.glob("*.md"))]


def _line(raw: str) -> Line:
    if raw.startswith("|"):
        return Line("row", "\t".join(cell.strip() for cell in raw.strip().strip("|").split("|")))
    for mark, kind in _MARKS.items():
        if raw.startswith(mark):
            return Line(kind, raw.removeprefix(mark))
    return Line("paragraph", raw)
