"""The day of one event told twice: 3月21日召开…工作会议, further on 3月12日的…工作会议."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from nianbao import Context, Finding, Report, Severity
from plugins.validators.outcomes import Ruling, judged, unclear
from plugins.validators.passages import Passage, passages
from plugins.validators.yearspans import quoted

_BASIS = "同一件事的日期前后应当一致"
_DAY = re.compile(r"(?:(?<!\d)(?P<y>20\d\d)年)?(?<![\d.])(?P<m>1[0-2]|[1-9])月(?P<d>[12]\d|3[01]|[1-9])日")
_CLAUSE = re.compile(r"[。；;\n]")
# What is held on a day, by its whole name.
_HELD = re.compile(
    r"[\u4e00-\u9fff“”]{0,30}?(?:会议|大会|推进会|部署会|动员会|述法会|仪式|听证会|演练)(?!室|纪要|精神)"
)
_GENERIC = re.compile(
    r"(?:全体|工作|专题|扩大|推进|部署|动员|常务|办公|启动|揭牌)*(?:会议|大会|会|仪式|演练)$"
)
_TELLING = 4
# What happens once to what stands before it.
_ONCE = re.compile(r"揭牌|挂牌|启用|投入使用|竣工|开工|通车|奠基|落成")
_REACH = 14
_SUBJECT = re.compile(r"([\u4e00-\u9fff]{4})(?:已|也)?[于在][^\u4e00-\u9fff]*$")
_BACK = re.compile(r"的|举行的|召开的")


class _Event(NamedTuple):
    """A day with what it is told of: the name of what was held, or what once happened to what."""

    passage: Passage
    span: tuple[int, int]
    year: str
    day: str
    held: str
    once: str
    subject: str
    refers: bool
    since: bool


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report tells the day of one event in two ways."""
    if context.reading is None:
        return unclear("没有正文")
    events = [event for passage in passages(report, context.reading) for event in _events(passage)]
    return judged(_finding(one, other) for one, other in combinations(events, 2) if _differ(one, other))


def _events(passage: Passage) -> Iterator[_Event]:
    text = passage.text
    for match in _DAY.finditer(text) if "日" in text and not passage.is_plan else ():
        if quoted(text, match.start()):
            continue
        after = _CLAUSE.split(text[match.end() :], maxsplit=1)[0]
        held, once = _HELD.search(after), _ONCE.search(after, 0, _REACH)
        if held is None and once is None:
            continue
        before = _SUBJECT.search(text[: match.start()])
        since = text.endswith("自", 0, match.start()) and "以来" in after
        yield _Event(
            passage, match.span(), match["y"] or "", f"{int(match['m']):02}{int(match['d']):02}",
            held[0] if held else "", once[0] if once else "", before[1] if before else "",
            since or _BACK.match(after) is not None, since,
        )  # fmt: skip


def _differ(one: _Event, other: _Event) -> bool:
    """Whether two events are one, told of two days; of what may be held again, one a slip of the other."""
    if one.passage is other.passage or not (one.refers or other.refers) or one.day == other.day:
        return False
    if one.year and other.year and one.year != other.year:
        return False
    slipped = _is_slip(one.day, other.day)
    # 自5月8日听证会召开以来: whatever its whole name, it was the last one told.
    least = 0 if one.since or other.since else _TELLING
    return _is_one_thing(one, other) or (slipped and _held_alike(one.held, other.held, least))


def _is_one_thing(one: _Event, other: _Event) -> bool:
    subject, text = (one.subject, other.passage.text) if one.subject else (other.subject, one.passage.text)
    return bool(one.once) and one.once == other.once and bool(subject) and subject in text


def _held_alike(one: str, other: str, least: int) -> bool:
    """Whether two names end alike, in so much more than what any meeting is called."""
    names = (_GENERIC.sub("", one), _GENERIC.sub("", other))
    same = one[len(names[0]) :] == other[len(names[1]) :] != ""
    if not same or min(map(len, names)) < least:
        return False
    return not least or names[0][-least:] == names[1][-least:]


def _is_slip(one: str, other: str) -> bool:
    differing = [place for place in range(len(one)) if one[place] != other[place]]
    turned = one[2:] == other[2:][::-1] and one[:2] == other[:2]
    return len(differing) == 1 or turned


def _finding(one: _Event, other: _Event) -> Finding:
    quotes = tuple(each.passage.quote(*each.span) for each in (one, other))
    what = one.held or one.once
    return Finding(
        "repeat-conflict",
        "days.repeat-conflict",
        Severity.WARNING,
        f"同一件事（“{what}”）的日期前后不一：一处写为{quotes[0].quote}，另一处写为{quotes[1].quote}。",
        quotes,
        "请核对日期，改正其中一处；如是两次不同的活动，请写明。",
        basis=_BASIS,
    )
