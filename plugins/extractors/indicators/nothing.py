"""Zero told in words: 未发生行政诉讼案件, 没有制定规范性文件, 行政复议案件零发生."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from nianbao.catalogue import Card
from nianbao.grammar.reading import Reading
from plugins.extractors.indicators.evidence import AFTERWARDS, DENIAL
from plugins.extractors.indicators.trace import Silence, Trace

_DENIAL = (
    r"(?:(?:均|都|尚|暂|全年|至今|目前|也)*(?:未(?:曾|有|再)?|没有|没|无(?!效|证|法|障|偿|主|业|讼|不|处罚|理|关|人|缝|线|牌|照)|零(?!距离|容忍|跑|差|延迟|信访|售|星|散|工|食|部件|碎|花))"
    r"(?:新)?(?:发生|出现|产生|收到|接到|制定|出台|印发|制发|发布|下发|受理|办理|涉及|存在|发现|作出|被|被提起|提起|因|一起|一例|一件|1起|1件|过)*)"
)
_BETWEEN = r"[^,，。;；:!?\n\d]{0,10}?"
_AFTERWARDS = (
    r"(?:案件|申请|情况|事项|现象|行为|事件|制定|发生|受理|制发|数量?)*(?:均|都|全年|也|数)?(?:为零(?:制定|出台|发生)?|为0件?|为0宗|零(?:发生|制定|出台|办理|受理)|未发生|没有发生|未出现|未有发生|0发生)"
    r"(?=[,，。;；、)\s]|$)"
)


# Names that say themselves that there was none: 零复议, 无诉讼.
_SELF_DENYING = ("零", "无")
_JOINT = regex.compile("[,，、。;；:]")
# 受理公开申请5件，未引发行政复议: what one matter led to is not all that there was.
_ONE_MATTER = regex.compile(r"依申请|公开申请|信息公开|政务公开")
# 办理依申请公开6件；全年无行政诉讼案件: a new statement is of the whole year again.
_ELSEWHERE = regex.compile("[;；]|全年|本年度?|今年|全镇|全县|全区|全局")


@dataclass(frozen=True, slots=True)
class Nothing:
    """A stated nothing of an indicator: its span in the shadow and its kind of evidence."""

    card: Card
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class NothingFinder:
    """One compiled pattern for all that a report may say it had none of."""

    owners: Mapping[str, tuple[Card, ...]]
    denial: Any
    names: Any
    afterwards: Any
    zeros: Any

    def find(self, reading: Reading, trace: Trace | None = None) -> Iterator[Nothing]:
        """Find every stated nothing of a text, in order.

        Args:
            reading: the text.
            trace: told of what is no such thing after all, where somebody asks for the reasons.
        """
        text = reading.shadow.text
        for denial in self.denial.finditer(text):
            start, end = denial.span()
            stop = _clause_end(text, end)
            # 未发生行政复议、行政诉讼案件 denies both; each name must follow the denial or another name.
            position = end
            reach = 12
            for name in self.names.finditer(text, end, stop):
                if name.start() - position > reach or "需" in text[position : name.start()]:
                    break
                if _is_of_one_matter(reading, start, name):
                    break
                yield from self._named(text, name, (start, name.end(), DENIAL), trace)
                position = name.end()
                reach = 6
        for name in self.zeros.finditer(text):
            yield from self._named(text, name, (*name.span(), DENIAL), trace)
        for match in self.afterwards.finditer(text):
            for name in self.names.finditer(text, match.start(), match.end()):
                yield from self._named(text, name, (name.start(), match.end(), AFTERWARDS), trace)

    def _named(
        self, text: str, name: Any, span: tuple[int, int, str], trace: Trace | None
    ) -> Iterator[Nothing]:
        behind = _JOINT.split(text[name.end() : name.end() + 8])[0]
        for card in self.owners[name.group()]:
            other = next((word for word in card.nothing_without if word in behind), None)
            if other is None:
                yield Nothing(card, *span)
            elif trace is not None:
                trace.silences.append(Silence(card, *span[:2], f"后面是“{other}”，说的是别的事"))


def _is_of_one_matter(reading: Reading, start: int, name: Any) -> bool:
    """Whether it is denied only that requests for information led to it."""
    text = reading.shadow.text
    before = text[reading.sentence(start)[0] : name.start()]
    return _ONE_MATTER.search(_ELSEWHERE.split(before)[-1]) is not None


def make_finder(cards: Mapping[str, Card]) -> NothingFinder:
    """Compile the finder of a catalogue's cards."""
    owners: dict[str, list[Card]] = {}
    for card in cards.values():
        for word in card.nothing:
            owners.setdefault(word, []).append(card)
    ordered = sorted(owners, key=lambda word: (-len(word), word))
    names = "|".join(regex.escape(word) for word in ordered if not word.startswith(_SELF_DENYING))
    zeros = "|".join(regex.escape(word) for word in ordered if word.startswith(_SELF_DENYING))
    return NothingFinder(
        {word: tuple(found) for word, found in owners.items()},
        regex.compile(rf"{_DENIAL}(?={_BETWEEN}(?:{names}))"),
        regex.compile(names),
        regex.compile(rf"(?:{names})(?:[、和及与或](?:{names}))*{_AFTERWARDS}"),
        regex.compile(rf"(?:{zeros or '(?!)'})(?=[”、,，。;；)和及]|$)"),
    )


def _clause_end(text: str, start: int) -> int:
    for offset in range(start, min(len(text), start + 60)):
        if text[offset] in ",，。;；:!?\n":
            return offset
    return min(len(text), start + 60)
