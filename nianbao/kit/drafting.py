"""What a saved report tells an author: whose it is, its parts, proposals of cards for unclaimed figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from nianbao.catalogue import load_catalogue
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading, read_text
from nianbao.grammar.units import UnitClass
from nianbao.model import Document, FactName, Field, NumeralReason, Report

_MOST = 20
_PROVINCE = 2
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_FILLERS = re.compile(r"(?:共计|累计|共有|现有|已有|总计|达到|约|共|达|了)+$")
# What is done with a thing is no part of its name.
_VERBS = re.compile(
    r"^(?:全年|全镇|全县|今年|累计|共|新)*(?:建成|建立|设立|组建|培育|发放|开展|打造|配备|接待|办理)了?"
)
_LONGEST_HEAD = 8
_DIMENSIONS = {UnitClass.PEOPLE: "people", UnitClass.MONEY: "amount", UnitClass.RATE: "rate"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a report adds to a scaffold.

    Args:
        outline: comment lines for the profile.
        proposed: comment lines for the cards.
        told: what to tell the user, in Chinese.
    """

    outline: str = ""
    proposed: str = ""
    told: tuple[str, ...] = ()


def province_of(report: Report) -> str:
    """Return the division code of a report's province; empty where the report does not tell it."""
    return (report.value(Field.DIVISION_CODE) or "")[:_PROVINCE]


def draft(report: Report, document: Document, slug: str) -> Draft:
    """Return what a report tells for a plugin of its province.

    Args:
        report: as it was read.
        document: what it was read from.
        slug: the region's name in Latin letters, with which the ids of its indicators begin.
    """
    cards = tuple(_proposals(report, document, slug))
    heads = [section.heading for section in report.parts]
    hosts = dict.fromkeys(fact.value for fact in document.facts if fact.name is FactName.HOST)
    rows = [f"样本网页的主机：{host}" for host in hosts]
    rows += ["样本报告的各部分：", *heads] if heads else []
    outline = "".join(f"# {_flat(row)}\n" for row in rows)
    issuer = report.value(Field.ISSUER) or "单位不明"
    told = (
        f"样本：{_flat(issuer)}，{report.year or '年份不明'}年度，{len(heads)} 个部分",
        f"没有归入任何指标的数字里，有 {len(cards)} 种可以作指标，{_written(len(cards))}",
    )
    header = "\n# 三、由样本报告建议的指标卡：逐个看过、改好名称和线索，再去掉井号。\n"
    return Draft(outline, header + "\n".join(cards[:_MOST]) if cards else "", told)


def _written(count: int) -> str:
    if not count:
        return "没有可建议的指标卡"
    some = f"前 {_MOST} 种" if count > _MOST else ""
    return f"{some}已写成指标卡，注释在 cards.yml 末尾"


def _proposals(report: Report, document: Document, slug: str) -> Iterator[str]:
    """Yield commented cards for what nobody claims, each head once."""
    reading = read_text(document.text, load_catalogue().units, document.blocks)
    placed = sorted(
        ((reading.quote(q.number_start, q.end)[0], q) for q in reading.quantities), key=itemgetter(0)
    )
    starts = [start for start, _ in placed]
    seen: set[str] = set()
    for numeral in report.numerals:
        at = bisect_left(starts, numeral.start)
        if numeral.reason is not NumeralReason.UNCLAIMED or at == len(placed) or starts[at] >= numeral.end:
            continue
        sentence, head = _around(reading, placed[at][1])
        if head and head not in seen:
            seen.add(head)
            yield _card(f"{slug}.indicator_{len(seen)}", head, _flat(sentence), placed[at][1])


def _flat(text: str) -> str:
    """Return a text as one line that YAML takes for one, whatever was in it."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _around(reading: Reading, quantity: Quantity) -> tuple[str, str]:
    """Return the clause of a figure, and the words right before it that may govern it."""
    start, end = reading.sentence(quantity.start)
    text = reading.shadow.text
    comma = max(text.rfind(mark, start, quantity.start) for mark in ",，;；、:：")
    begin = max(start, comma + 1)
    before = _FILLERS.sub("", text[begin : quantity.start])
    words = _WORD.findall(before) or _WORD.findall(text[quantity.end : end].partition("，")[0])
    head = _VERBS.sub("", words[-1])[-_LONGEST_HEAD:] if words else ""
    return text[begin : quantity.end].strip(), head


def _card(identifier: str, head: str, sentence: str, quantity: Quantity) -> str:
    rows = [
        f"{identifier}:  # 改一个说得出意思的名称",
        "  area: functions  # 属于哪一块工作",
        f"  name: {head}数",
        f"  dimension: {_DIMENSIONS.get(quantity.kind, 'count')}",
        f"  unit: {_unit(quantity)}",
        f"  definition: {head}的数量",
        f"  takes: [{quantity.kind}]",
        "  cues:",
        f"    - head: [{head}]",
        "  examples:",
        f"    - [{_quoted(sentence)}, {quantity.value.normalize():f}]",
    ]
    return "\n".join(f"# {row}" for row in rows)


def _unit(quantity: Quantity) -> str:
    match quantity.kind:
        case UnitClass.MONEY:
            return "元"
        case UnitClass.RATE:
            return '"%"'
    return quantity.unit


def _quoted(sentence: str) -> str:
    return '"' + sentence.replace("\\", "\\\\").replace('"', '\\"') + '"'
