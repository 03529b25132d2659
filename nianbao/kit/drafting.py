"""What a saved report tells an author: whose it is, its parts, proposals of cards for unclaimed figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.catalogue import load_catalogue
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading, read_text
from nianbao.grammar.units import UnitClass
from nianbao.model import Document, Field, Numeral, NumeralReason, Report

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
        code: the division code of its province; empty where the report does not tell it.
        outline: comment lines for the profile.
        proposed: comment lines for the cards.
        told: what to tell the user, in Chinese.
    """

    code: str = ""
    outline: str = ""
    proposed: str = ""
    told: tuple[str, ...] = ()


def draft(report: Report, document: Document) -> Draft:
    """Return what a report tells for a plugin of its province.

    Args:
        report: as it was read.
        document: what it was read from.
    """
    code = (report.value(Field.DIVISION_CODE) or "")[:_PROVINCE]
    cards = tuple(_proposals(report, document))
    heads = [section.heading for section in report.parts]
    outline = "".join(f"# {line}\n" for line in ("样本报告的各部分：", *heads)) if heads else ""
    issuer = report.value(Field.ISSUER) or "单位不明"
    told = (
        f"样本：{issuer}，{report.year or '年份不明'}年度，{len(heads)} 个部分",
        f"没有归入任何指标的数字里，有 {len(cards)} 处写成了建议的指标卡，注释在 cards.yml 末尾",
    )
    header = "\n# 三、由样本报告建议的指标卡：逐个看过、改好名称和线索，再去掉井号。\n"
    return Draft(code, outline, header + "\n".join(cards) if cards else "", told)


def _proposals(report: Report, document: Document) -> Iterator[str]:
    """Yield commented cards for what nobody claims, each head once."""
    reading = read_text(document.text, load_catalogue().units, document.blocks)
    quantities = {reading.quote(q.number_start, q.end)[0]: q for q in reading.quantities}
    seen: set[str] = set()
    for numeral in report.numerals:
        if numeral.reason is not NumeralReason.UNCLAIMED or len(seen) == _MOST:
            continue
        quantity = _quantity(numeral, quantities)
        if quantity is None:
            continue
        sentence, head = _around(reading, quantity)
        if head and head not in seen:
            seen.add(head)
            yield _card(len(seen), head, sentence, quantity)


def _quantity(numeral: Numeral, quantities: dict[int, Quantity]) -> Quantity | None:
    """Return the figure with a unit that a numeral is; None for a bare one."""
    return next((q for start, q in quantities.items() if numeral.start <= start < numeral.end), None)


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


def _card(number: int, head: str, sentence: str, quantity: Quantity) -> str:
    rows = [
        f"地区.indicator_{number}:  # 改成 拼写.名称",
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
