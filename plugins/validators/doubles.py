"""A passage that a report tells twice, word for word: pasted and forgotten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from nianbao import Context, Finding, Report, Severity
from plugins.validators.outcomes import Ruling, judged, unclear
from plugins.validators.passages import Passage, passages

_BASIS = "同一段内容在一份报告中只应写一次"
# Numbers of points and stops don't count: a pasted paragraph is numbered anew.
_LABEL = re.compile(r"\s*(?:[一二三四五六七八九十]+[、是.]|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、])+")
_DROPPED = str.maketrans("", "", ' \t\n\r\v\f\u00a0\u3000，,。；;：:、“”"')
# So many characters are no set phrase; with a figure fewer are enough.
_SHORTEST, _SHORTEST_WITH_FIGURE = 36, 24
_SHOWN = 24
_LAST = 2
_MOST = 3


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report tells a passage twice."""
    if context.reading is None:
        return unclear("没有正文")
    return judged(_findings(report, context))


def _findings(report: Report, context: Context) -> Iterator[Finding]:
    if context.reading is None:
        return
    first: dict[str, Passage] = {}
    # Two that say the same end alike; most end as no other does, and need no look at all their words.
    ends = Counter(_end(passage) for passage in passages(report, context.reading))
    found: list[tuple[Passage, Passage]] = []
    for passage in passages(report, context.reading):
        # What stands before the first part or in a table's row may be told again on purpose.
        if passage.is_heading or not passage.kinds or "|" in passage.text or "\t" in passage.text:
            continue
        if len(passage.text) < _SHORTEST_WITH_FIGURE or ends[_end(passage)] == 1:
            continue
        label = _LABEL.match(passage.text)
        words = passage.text[label.end() if label else 0 :].translate(_DROPPED)
        least = _SHORTEST_WITH_FIGURE if any(map(str.isdigit, words)) else _SHORTEST
        if len(words) >= least:
            if words in first:
                found.append((first[words], passage))
            else:
                first[words] = passage
    if found:
        yield _finding(found)


def _end(passage: Passage) -> str:
    return passage.text.rstrip("。；;，,：:、\n ”")[-_LAST:]


def _finding(found: list[tuple[Passage, Passage]]) -> Finding:
    shown = found[0][1].text.strip()[:_SHOWN]
    more = f"等{len(found)}句" if len(found) > 1 else ""
    quotes = tuple(passage.quote(0, len(passage.text.rstrip())) for pair in found[:_MOST] for passage in pair)
    return Finding(
        "repeated-text",
        "doubles.doubled",
        Severity.WARNING,
        f"同一句话写了两遍（“{shown}…”{more}），疑为粘贴重复。",
        quotes,
        "请删去多余的一处；如两处本应不同，请改正其中一处。",
        basis=_BASIS,
    )
