"""People told with two titles or under two names: 局党委书记、局长陈江海, 局党委副书记、局长陈江海."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import regex

from nianbao import Context, Finding, Quote, Report, Severity
from nianbao.grammar.reading import Reading
from plugins.validators.outcomes import Ruling, judged, unclear

_BASIS = "同一报告中同一人的姓名和职务应当一致"
# The hundred or so most frequent family names of China's censuses.
_FAMILY = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧"
)
_OFFICE = r"党委书记|党工委书记|党组书记|党总支书记|局长|镇长|乡长|县长|区长|市长|州长|办事处主任"
_TITLE = rf"副?(?:{_OFFICE})|党(?:工委|委|组)副书记|副书记|办事处副主任"
_HELD = regex.compile(
    rf"(?P<titles>(?:{_TITLE})(?:、[\p{{Han}}]{{0,4}}?(?:{_TITLE}))*)(?P<name>[{_FAMILY}][\p{{Han}}]{{1,2}})"
)
_EACH = regex.compile(_TITLE)
_SIGNS = ("书记", "长", "主任")
# What may follow a name of two characters, and is no part of it.
_NO_NAME = regex.compile(
    r"[任同为在与和及等的对从向主亲带切认坚严履深分出作多先参率负牵研听部召就以将把是讲到赴说指要签批]"
)
_HAN = regex.compile(r"\p{Han}")
_CHANGED = regex.compile(r"时任|任命|转任|接任|当选|调任|升任|改任|继任|原任|原|前任|新任|离任|免去|挂职|兼")
_LONG, _SHORT = 3, 2


@dataclass(frozen=True, slots=True)
class _Person:
    """Who is told with which titles, and where; `ended` tells that no more of a name can follow."""

    name: str
    titles: frozenset[str]
    span: tuple[int, int]
    ended: bool


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether the people that a report names keep their names and titles."""
    if context.reading is None:
        return unclear("没有正文")
    return judged(_findings(context.reading))


def _findings(reading: Reading) -> Iterator[Finding]:
    people = _people(reading)
    if len(people) < _SHORT:
        return
    by_name: dict[str, list[_Person]] = defaultdict(list)
    by_title: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        by_name[person.name].append(person)
        for title in person.titles:
            by_title[title].append(person)
    for name, told in by_name.items():
        yield from _two_titles(reading, name, told)
    for title, told in by_title.items():
        yield from _two_names(reading, title, told)


def _people(reading: Reading) -> list[_Person]:
    text = reading.shadow.text
    found = []
    for match in _HELD.finditer(text) if any(sign in text for sign in _SIGNS) else ():
        start, end = reading.sentence(match.start())
        if _CHANGED.search(text, start, end):
            continue
        name = match["name"]
        if len(name) == _LONG and _NO_NAME.match(name, _SHORT):
            name = name[:_SHORT]
        titles = frozenset(each[0] for each in _EACH.finditer(match["titles"]))
        end = match.start("name") + len(name)
        ended = _NO_NAME.match(text, end) is not None or _HAN.match(text, end) is None
        found.append(_Person(name, titles, (match.start(), end), ended))
    return found


def _two_titles(reading: Reading, name: str, told: Sequence[_Person]) -> Iterator[Finding]:
    for one, other in combinations(told, 2):
        # 局长 of one, 副局长 of the other: nobody is both.
        pair = next(
            (p for p in product(one.titles, other.titles) if _is_deputy(*p) or _is_deputy(*p[::-1])), None
        )
        if pair is not None:
            message = f"“{name}”的职务前后不一：一处写“{pair[0]}”，另一处写“{pair[1]}”。"
            yield _finding(reading, (one, other), message, "请核对这个人的职务，改成一致。")
            return


def _is_deputy(deputy: str, head: str) -> bool:
    return deputy != head and "副" in deputy and deputy.replace("副", "") == head


def _two_names(reading: Reading, title: str, told: Sequence[_Person]) -> Iterator[Finding]:
    if "副" in title:
        return  # there are several
    for one, other in combinations(told, 2):
        # 镇长王伟围绕…: the third character may be none of the name.
        if one.ended and other.ended and _is_slip(one.name, other.name):
            message = f"“{title}”的姓名前后不一：一处写“{one.name}”，另一处写“{other.name}”。"
            yield _finding(reading, (one, other), message, "请核对姓名，改成一致。")
            return


def _is_slip(one: str, other: str) -> bool:
    if len(one) != _LONG or len(other) != _LONG or one == other:
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _finding(reading: Reading, people: Sequence[_Person], message: str, repair: str) -> Finding:
    return Finding(
        "repeat-conflict",
        "titles.title",
        Severity.WARNING,
        message,
        tuple(Quote(*reading.quote(*person.span)) for person in people),
        repair,
        basis=_BASIS,
    )
