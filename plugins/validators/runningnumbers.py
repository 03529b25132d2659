"""Numbers of lists that run on in the text, such as 一是…二是… or 第一，…第二，…, that skip or repeat one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao import Section
from nianbao.grammar.labels import ordinal

_HAN = "一二三四五六七八九十"
_MARK = re.compile(
    r"(?<=[。；：，！？;:,!?”）\s])(?:"
    rf"(?P<is>[{_HAN}]{{1,2}})[是要](?!否)|第(?P<nth>[{_HAN}]{{1,2}})[，,、：:]|其(?P<those>[{_HAN}])[，,、：:是])"
    r"|(?<=[。；：！;:\s])(?:(?P<digit>\d{1,2})[.．、](?![\d月日])|[（(](?P<bracket>\d{1,2})[)）](?![、和至条款项])"
    r"|(?P<ringed>[①-⑳]))"
)
# Headings in these styles, or in none, end every list; the others may be items of one.
_ITEMS = frozenset({"1.", "（1）", "①", "第一、"})
# How many the words before a list's first item announce: 有两点，一是; 三个领域：一是.
_ANNOUNCED = re.compile(r"([两二三四五六七八九])(?:点|条|项|个|方面|类|种|大)[^。；，：\d]{0,8}[，：,:]\s*$")
_COUNTED = {"两": 2, **{han: number for number, han in enumerate(_HAN, 1)}}
# In figures a number that follows the first alone may be a date, a clause or an amount.
_LEAST = {"is": 1, "nth": 1, "those": 1, "digit": 2, "bracket": 2, "ringed": 1}


@dataclass(frozen=True, slots=True)
class Slip:
    """A number that does not follow the one before it: `missing`, or told twice where that is 0."""

    before: str
    after: str
    starts: tuple[int, int]
    missing: int


@dataclass(slots=True)
class _Run:
    style: str
    last: int
    mark: re.Match[str]
    announced: int
    faulty: bool = False


def slips(text: str, sections: Sequence[Section]) -> Iterator[Slip]:
    """Yield where the numbers of a list in the text skip one or tell one twice.

    Lists nest: a number that goes on with an outer list ends the inner ones, and so does what a list that
    announces how many it has says beyond them. A list whose first item is not numbered is left alone.

    Args:
        text: the report's text.
        sections: its headings, in order; no list goes on beyond one that is no item itself.
    """
    ends = [section.start for section in sections if section.style not in _ITEMS]
    start = ends[0] if ends else 0
    for end in [*ends[1:], len(text)]:
        yield from _slips_between(text, start, end)
        start = end


def _slips_between(text: str, start: int, end: int) -> Iterator[Slip]:
    runs: list[_Run] = []
    for mark in _MARK.finditer(text, start, end):
        style = mark.lastgroup or ""
        number = ordinal(mark[style]) or 0
        if number == 1:
            announced = _ANNOUNCED.search(text, max(start, mark.start() - 16), mark.start())
            runs.append(_Run(style, 1, mark, _COUNTED[announced[1]] if announced else 0))
            continue
        run = next((r for r in reversed(runs) if _goes_on(r, style, number)), None)
        if run is None:
            run = next((r for r in reversed(runs) if r.style == style), None)
            run = _outer(runs, run)
            if run is None:
                continue
            slip = _slip(text, run, mark, number)
            run.faulty = True
            if slip is not None:
                yield slip
        del runs[runs.index(run) + 1 :]
        run.last, run.mark = number, mark


def _goes_on(run: _Run, style: str, number: int) -> bool:
    full = run.announced and number > run.announced
    return run.style == style and not full and (number == run.last + 1)


def _outer(runs: Sequence[_Run], run: _Run | None) -> _Run | None:
    """Return the list that a number belongs to where the innermost one is complete as it announced."""
    if run is None or not run.announced or run.last < run.announced:
        return run
    return next((r for r in reversed(runs) if r is not run and r.style == run.style), None)


def _slip(text: str, run: _Run, mark: re.Match[str], number: int) -> Slip | None:
    if run.faulty or number not in (run.last, run.last + 2) or run.last < _LEAST[run.style]:
        return None
    # Of a list within a paragraph, what begins a paragraph of its own may be none.
    if text[mark.start() - 1] == "\n" and text[run.mark.start() - 1] != "\n":
        return None
    between = text[run.mark.end() : mark.start()]
    missing = number - 1 if number > run.last else 0
    if missing and _stands_in(between, missing):
        return None
    starts = (run.mark.start(), mark.start())
    return Slip(text[slice(*run.mark.span())], text[slice(*mark.span())], starts, missing)


def _stands_in(between: str, missing: int) -> bool:
    """Whether a number is told in another way after all: 三、 or 第三 among 一是, 二是, 四是."""
    han = _HAN[missing - 1] if missing <= len(_HAN) else "十"
    ringed = chr(ord("①") + missing - 1)
    told = (
        rf"{han}\s*[是要则为、：:，者]|第\s*{han}|其{han}|(?<!\d){missing}\s*[.．、是)）]|{ringed}|最后|再次"
    )
    return re.search(told, between) is not None
