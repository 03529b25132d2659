"""Takes Markdown's marks out of a text that a converter wrote in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from connectors.readers.plainlines import TextLine

_HEAD = re.compile(r"^ {0,3}(#{1,6})[ \t]+(\S.*?)[ \t]*#*[ \t]*$")
_BOLD_START = re.compile(r"^[ \t>*+-]*\*\*[^\s*][^*]*\*\*")
_ESCAPED_NUMBER = re.compile(r"^[ \t]*(?:\*\*)?\d{1,3}\\[.)]")
_BOLD = re.compile(r"(\*\*\*|\*\*|___|__)(?=[^\s*_])([^*\n]*?[^\s*])\1")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~<&])")
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((?:https?:|mailto:|/|#|\./|\.\./)[^)\s]{0,1000}\)")
_BULLET = re.compile(r"^[ \t]*[*+-][ \t]+(?=\S)")
_QUOTE = re.compile(r"^ {0,3}(?:> ?)+")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)[\w-]*[ \t]*$|^ {0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$")
_BREAK = re.compile(r"[ \t]*<br ?/?>[ \t]*", re.I)
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&amp;": "&"}


def without_marks(lines: Sequence[TextLine]) -> tuple[list[TextLine], bool]:
    """Return the lines without Markdown's marks, headings with their levels; and whether it was Markdown.

    It is told by two lines that begin with `#`, with bold text or with an escaped number: no Chinese plain
    text has them (masked names, 张**, are no line's beginning).
    """
    if not _is_markdown(lines):
        return list(lines), False
    return [_plain(line) for line in lines if not _FENCE.match(line.text)], True


def _is_markdown(lines: Sequence[TextLine]) -> bool:
    signs = 0
    for line in lines:
        # A quick look first: most texts have none of these characters.
        if "#" in line.text or "*" in line.text or "\\" in line.text:
            signs += bool(
                _HEAD.match(line.text) or _BOLD_START.match(line.text) or _ESCAPED_NUMBER.match(line.text)
            )
    return signs > 1


def _plain(line: TextLine) -> TextLine:
    text, level = _QUOTE.sub("", line.text), line.level
    if head := _HEAD.match(text):
        level, text = len(head[1]), head[2]
    elif not _BOLD_START.match(text):
        text = _BULLET.sub("", text)
    text = _LINK.sub(r"\1", _BOLD.sub(r"\2", text))
    text = _BREAK.sub(" " if "|" in text else "\n", _ESCAPE.sub(r"\1", text))
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return replace(line, text=text, level=level)
