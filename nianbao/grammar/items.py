"""A part's text cut into the items that it lists: 一是…；二是…, （一）…, 1.…, paragraphs, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.grammar.labels import find_inner_labels, find_labels, ordinal

Span = tuple[int, int]

_HAN = "[一二三四五六七八九十]{1,2}"
# A run-in opens a clause: 一是…, 四要…, 第二，…, 其三，….
_RUN_IN = re.compile(
    rf"(?<!\w)(?:(?P<run>{_HAN})[是要]|第(?P<nth>{_HAN})(?:是|[，,、：:])|其(?P<its>{_HAN})(?:是|[，,：:、])"
    r"|(?P<spoken>首先|其次|再次|最后)[，,]?)"
)
_INNER_DIGIT = re.compile(
    r"(?<=[。；;：:\s])(?:[（(]\s*(?P<bracketed>\d{1,2})\s*[)）]|(?P<digit>\d{1,2})(?:、|[.．](?!\d))|(?P<ringed>[①-⑳]))"
)
_STYLES = {"bracketed": "（1）", "digit": "1.", "ringed": "①"}
_SPOKEN = {"首先": 1, "其次": 2, "再次": 3, "最后": 4}
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’）)]*")
_SEMICOLON = re.compile(r"[^；;]+[；;]?")
_EDGE = " \t\u00a0\u3000\n"
_TAIL = _EDGE + "；;，,、"
_LACK = r"(?:问题|不足|差距|短板|弱项|困难|薄弱环节)"
# What announces items and is none: it ends in a colon, or says that there are problems and not which.
_LEAD = re.compile(
    r"(?:[：:]|(?:如下|以下|下列)[^，。；]{0,14}"
    rf"|(?:存在|有|面临)(?:着|一些|一定|不少|诸多|许多|较多|很多|部分|的|较大|以下|突出)*{_LACK}(?:[和与及、]{_LACK})*"
    r"(?:[，,](?:主要)?(?:表现|体现)[^。]{0,8}|[，,]主要是)?)[。]?$"
)
_SHORTEST, _SHORT_LINE = 4, 12
_CLAUSE_END = re.compile(r"[。；;！!？?\n]|[，,：:](?!\d)")
_GIST_SCANT, _GIST_MOST = 6, 60
# A clause that only says where or when.
_SETTING = re.compile("(?:中|方面|方面来看|来看|以来|之后|[一二]步|年|年度|影响|原因|要求)$")


@dataclass(frozen=True, slots=True)
class Listed:
    """An item: `text[start:end]`, without its number and what parts it from the next.

    Args:
        start, end: its span.
        gist_start, gist_end: the span of its point in short.
    """

    start: int
    end: int
    gist_start: int
    gist_end: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """The number of an item: its span, its style, its ordinal."""

    start: int
    end: int
    style: str
    number: int


def find_items(text: str, start: int, end: int) -> tuple[Listed, ...]:
    """Cut a span of a canonical text into items by the marks that list them, or else by its form.

    Args:
        text: the canonical text.
        start, end: the span of a part, without its heading.
    """
    piece = text[start:end]
    marks = _outermost(sorted(_marks(piece), key=lambda mark: mark.start))
    spans = _between(piece, marks) if marks else _unmarked(piece)
    found = (as_item(text, start + first, start + last) for first, last in spans)
    return tuple(item for item in found if item is not None)


def as_item(text: str, start: int, end: int) -> Listed | None:
    """Return the item of a span, or None where hardly anything stands there."""
    start, end = _trimmed(text, start, end)
    if end - start < _SHORTEST:
        return None
    return Listed(start, end, *_gist(text, start, end))


def _marks(piece: str) -> Iterator[_Mark]:
    for match in _RUN_IN.finditer(piece):
        kind = match.lastgroup or ""
        number = _SPOKEN.get(match[kind]) or ordinal(match[kind])
        if number:
            yield _Mark(match.start(), match.end(), kind, number)
    labels = {label.start: label for label in (*find_inner_labels(piece, 0, len(piece)), *find_labels(piece))}
    for label in labels.values():
        yield _Mark(label.start, label.end, label.style, label.number)
    for match in _INNER_DIGIT.finditer(piece):
        kind = match.lastgroup or ""
        number = ordinal(match[kind])
        if number and match.start() not in labels:
            yield _Mark(match.start(), match.end(), _STYLES[kind], number)


def _outermost(marks: Sequence[_Mark]) -> list[_Mark]:
    """Return the marks of the list that begins first; it may begin anew (问题：一是… 原因：一是…)."""
    lists: dict[str, list[_Mark]] = {}
    for mark in marks:
        run = lists.setdefault(mark.style, [])
        expected = run[-1].number + 1 if run else 1
        if mark.number in (1, expected) or (run and mark.number == expected + 1):
            run.append(mark)
    told = [run for run in lists.values() if len(run) > 1 and any(mark.number > 1 for mark in run)]
    return min(told, key=lambda run: run[0].start, default=[])


def _between(piece: str, marks: Sequence[_Mark]) -> Iterator[Span]:
    # Where every item has lines of its own, so has the last.
    in_lines = all(not piece[piece.rfind("\n", 0, mark.start) + 1 : mark.start].strip() for mark in marks)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        limit = following.start if following else len(piece)
        goes_on = in_lines if following is None else following.number > mark.number
        yield mark.end, limit if goes_on else _run_end(piece, mark.end, limit)


def _run_end(piece: str, start: int, limit: int) -> int:
    """Return where the last of a run ends: with its paragraph, before a sentence that opens another run."""
    line_end = piece.find("\n", start, limit)
    if line_end >= 0:
        return line_end
    stop = piece.rfind("。", start, limit)
    opens_another = limit < len(piece) and stop >= 0
    return stop + 1 if opens_another else limit


def _unmarked(piece: str) -> list[Span]:
    lines = [match.span() for match in re.finditer(r"[^\n]+", piece) if _says_something(match[0])]
    if len(lines) != 1:
        return lines
    first, last = lines[0]
    sentences = [m.span() for m in _SENTENCE.finditer(piece, first, last) if _says_something(m[0])]
    if len(sentences) != 1:
        return sentences
    clauses = [match.span() for match in _SEMICOLON.finditer(piece, *sentences[0])]
    return clauses if all(end - start >= _SHORTEST for start, end in clauses) else sentences


def _says_something(passage: str) -> bool:
    passage = passage.strip(_EDGE)
    return len(passage) >= _SHORT_LINE and _LEAD.search(passage) is None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _TAIL + "：:。":
        start += 1
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    return start, end


def _gist(text: str, start: int, end: int) -> Span:
    """Return the span of the first clauses that say enough."""
    stop = end
    for match in _CLAUSE_END.finditer(text, start, end):
        stop = match.start()
        says_much = stop - start >= _GIST_SCANT and not _SETTING.search(text, start, stop)
        if says_much or match[0] in "。\n":
            break
        stop = end
    return start, min(stop, start + _GIST_MOST)
