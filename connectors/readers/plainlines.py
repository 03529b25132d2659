"""The lines of a plain text on their way to paragraphs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line, or several that were one paragraph.

    Args:
        text: without its line break.
        number: of the (first) line in the file, from 1.
        level: of a heading that the file marks as such.
    """

    text: str
    number: int
    level: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen of it."""
        return not self.text.strip()
