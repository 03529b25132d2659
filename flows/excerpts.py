"""Shows a piece of evidence within the words around it."""

from __future__ import annotations

from collections.abc import Iterator

from flows.display import Look, Run, printable

_BEFORE, _AFTER, _LONGEST = 24, 12, 160


def excerpt(text: str, start: int, end: int) -> Iterator[Run]:
    """Yield the words of one line around a span, which is marked; a long one is cut in its middle.

    Args:
        text: the document's.
        start: offset of the span's first character.
        end: offset past its last one.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    first, last = max(line_start, start - _BEFORE), min(line_end, end + _AFTER)
    yield Run(("…" if first > line_start else "") + _plain(text[first:start]))
    marked = _plain(text[start:end])
    if len(marked) > _LONGEST:
        marked = f"{marked[: _LONGEST // 2]}……{marked[-_LONGEST // 2 :]}"
    yield Run(f"【{marked}】", Look.HEADING)
    yield Run(_plain(text[end:last]) + ("…" if last < line_end else ""))


def _plain(text: str) -> str:
    return printable(text.replace("\n", " ").replace("\t", " "))
