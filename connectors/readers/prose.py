"""How much prose a page holds, and how much of it lies outside its body."""

from __future__ import annotations

import re

from connectors.readers.flow import Flow
from connectors.readers.sitelines import BODY_LINE

# Prose outside is looked at where the page has this many more full stops, and this share of the body's.
_FEW_STOPS = 5
_SHARE = 4
_BLANKS = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """Return a text without its blanks."""
    return _BLANKS.sub("", text)


class Prose:
    """The prose of a whole page, looked at only where much of it may lie outside a container."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._stops = markup.count("。")
        self._lines: list[str] | None = None

    @property
    def lines(self) -> list[str]:
        """The lines that are sentences."""
        if self._lines is None:
            from selectolax.lexbor import LexborHTMLParser

            tree = LexborHTMLParser(self._markup)
            root = tree.body or tree.root
            flow = Flow(self._markup)
            lines = flow.lines(root) if root is not None else []
            self._lines = [line.text for line in lines if len(line.text) >= BODY_LINE and "。" in line.text]
        return self._lines

    @property
    def prose(self) -> int:
        """How many characters its sentences have."""
        return sum(map(len, self.lines)) if self._stops else 0

    def prose_outside(self, text: str) -> int:
        """Return how many characters of sentences the page holds besides a text."""
        held = text.count("。")
        if self._stops - held <= max(_FEW_STOPS, held // _SHARE):
            return 0
        squeezed = squeeze(text)
        return sum(len(line) for line in self.lines if squeeze(line) not in squeezed)
