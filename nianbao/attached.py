"""A page and the same report attached to it: which of the two is whole, and how words and figures differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from nianbao.grammar.text import squeeze

# Between the name of a page and that of a file attached to it.
MARK = "（附件）"
# A body with less of the attachment's text than this is cut off, or is a summary of it.
_WHOLE = 0.9
# Below this the words differ, too.
_ALIKE = 0.97
_MOST_TOLD = 3
_CLAUSE = re.compile(r"[，。；：！？、,;:!?]+")
# A number with its unit; numbers alone may be those of pages and of lists.
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?:%|‰|余?[\u4e00-\u9fff]{1,2})")


def is_attached(page: str, file: str) -> bool:
    """Tell by their names whether a file is attached to a page."""
    return file.startswith(f"{page}{MARK}")


def is_whole(body: str, attachment: str) -> bool:
    """Tell whether a page's text lacks nothing to speak of that the attachment has."""
    return len(_prose(body)) >= _WHOLE * len(_prose(attachment))


def compare(body: str, attachment: str) -> str:
    """Tell in Chinese how a page and its attachment differ; empty where they don't.

    Args:
        body: the page's text.
        attachment: the file's.

    Returns:
        The figures in which they differ, up to three; that figures stand in one alone; how much of the
        words is the same, where that is not nearly all.
    """
    one, other = _prose(body), _prose(attachment)
    told = list(_figures(_FIGURE.findall(one), _FIGURE.findall(other)))
    more = f"等{len(told)}处" if len(told) > _MOST_TOLD else ""
    share = _share(one, other)
    parts = ["；".join(told[:_MOST_TOLD]) + more] if told else []
    if share < _ALIKE:
        parts.append(f"文字约有{share:.0%}相同")
    return "；".join(parts)


def _prose(text: str) -> str:
    """Return a text's lines of sentences: titles, sources and names of files may stand on one side alone."""
    told = "".join(line for line in text.splitlines() if "。" in line)
    return squeeze(told or text)


def _figures(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """Yield where two rows of figures differ."""
    for kind, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left = list(other[begin:stop])
        for here in one[start:end]:
            # What has the same unit is likely the same figure.
            there = next((each for each in left if _unit(each) == _unit(here)), None)
            if there is None:
                yield f"只有正文有{here}"
                continue
            left.remove(there)
            if there != here:
                yield f"正文为{here}，附件为{there}"
        yield from (f"只有附件有{each}" for each in left)


def _unit(figure: str) -> str:
    return figure.lstrip("0123456789.,")


def _share(one: str, other: str) -> float:
    """Return how much of the longer text the two have in common, in whole clauses and in their order."""
    first, second = ([each for each in _CLAUSE.split(text) if each] for text in (one, other))
    matched = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    same = sum(len(each) for at, _, size in matched for each in first[at : at + size])
    longer = max(sum(map(len, first)), sum(map(len, second)))
    return same / longer if longer else 1.0
