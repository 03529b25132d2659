"""A report's sentences with their figures: what names each, and what joins it to the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

import regex

from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from plugins.validators.relations import Bounds

_STOP = re.compile(r"[,，、;；:：()\n\t]")
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SCALED = re.compile(r"[\d,，]++(?:\.(?P<decimals>\d++))?(?P<scale>[万亿])(?!\d)")
_GOES_ON = re.compile("[其当]中")
_OCCASIONS = frozenset({"次", "场", "场次"})
# 2024年我镇共办理行政执法案件 is called 办理行政执法案件.
_LEAD = re.compile(
    r"^(?:[其当]中|今年以来|今年|全年|本年度|年内|年[末底](?=已有?$)|\d{4}年度?|截[至止]{1,2}目前|目前|[我全本](?:镇|乡|街道|县|区|市|局|旗|州|系统)"
    r"|(?:街道|镇|乡|县|区|市|局)(?=共|累计)|共计|总计|合计|一共|共|累计|已|先后|分别|依次|包括|包含|[内]?含)+"
)
_TAIL = regex.compile(r"(?:共计|总计|合计|共|累计|达到?|(?<!行)为|有|约|是|近|超过?)+$")
_LONGEST_NAME = 20


# Not frozen, as is no other of which a report has dozens: that takes three times as long to make.
@dataclass(slots=True, eq=False)
class Spot:
    """A figure where it stands; offsets count in the shadow.

    Args:
        quantity: the figure.
        name: the text before it up to the last stop or figure.
        gap: all text since the figure before it in the sentence, or since the sentence began.
        after: the text that follows up to the next stop or figure.
        left: where its name begins.
        roles: what `counterparts.roles` found of it, once that was asked.
    """

    quantity: Quantity
    name: str
    gap: str
    after: str
    left: int
    _called: str | None = field(default=None, init=False, repr=False)
    roles: Any = field(default=None, init=False, repr=False)

    @property
    def called(self) -> str:
        """What the figure is of, in short, for a reader."""
        if self._called is None:
            self._called = called(self.name)
        return self._called


@lru_cache(maxsize=4096)
def called(name: str) -> str:
    """Return what the words before a figure name, in short."""
    short: str = _TAIL.sub("", _LEAD.sub("", name))
    return short[-_LONGEST_NAME:]


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence that tells figures: `text` is the shadow's from `start` to `end`."""

    start: int
    end: int
    text: str = field(repr=False)
    spots: tuple[Spot, ...]

    def between(self, one: Spot, other: Spot) -> str:
        """Return the text between two of its figures."""
        return self.text[one.quantity.end - self.start : other.quantity.start - self.start]

    def before(self, spot: Spot) -> str:
        """Return the sentence up to a figure."""
        return self.text[: spot.quantity.start - self.start]


def sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Return the sentences that tell figures, in order."""
    return tuple(_sentences(reading))


def _sentences(reading: Reading) -> Iterator[Sentence]:
    text = reading.shadow.text
    group: list[Quantity] = []
    span = (0, 0)
    for quantity in reading.quantities:
        if group and quantity.start >= span[1]:
            yield Sentence(*span, text[span[0] : span[1]], tuple(_spots(text, span, group)))
            group = []
        if not group:
            span = reading.sentence(quantity.start)
        group.append(quantity)
    if group:
        yield Sentence(*span, text[span[0] : span[1]], tuple(_spots(text, span, group)))


def _spots(text: str, span: tuple[int, int], quantities: Sequence[Quantity]) -> Iterator[Spot]:
    reached = span[0]
    for number, quantity in enumerate(quantities):
        gap = text[reached : quantity.start]
        follows = quantities[number + 1].start if number + 1 < len(quantities) else span[1]
        stop = _STOP.search(text, quantity.end, follows)
        name = _STOP.split(gap)[-1]
        after = text[quantity.end : stop.start() if stop else follows]
        yield Spot(quantity, name, gap, after, quantity.start - len(name))
        reached = quantity.end


def bounds_of(text: str, quantity: Quantity) -> Bounds:
    """Return what a figure may be: its hedge's bounds, and what a figure told in 万 or 亿 leaves open."""
    written = _SCALED.match(text, quantity.number_start, quantity.end)
    low, high = quantity.low or Decimal(0), quantity.high
    if written is not None and low == high:
        # 10.65万 is what 106,450 to 106,599 are rounded or cut off to.
        step = _SCALES[written["scale"]].scaleb(-len(written["decimals"] or ""))
        return Bounds(low - step / 2, low + step - 1, step)
    decimals = quantity.body.partition(".")[2] or str(quantity.value).partition(".")[2]
    return Bounds(low, high, Decimal(1).scaleb(-len(decimals)))


def goes_on(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence goes on with the one before it: 受理256起。其中，调解成功241起."""
    return before.end == sentence.start and _GOES_ON.match(sentence.text) is not None


def bracketed(sentence: Sentence) -> frozenset[int]:
    """Return where the names begin of the figures that a sentence tells in brackets."""
    if "(" not in sentence.text:
        return frozenset()
    found: list[int] = []
    inside = False
    for spot in sentence.spots:
        opened, closed = spot.gap.rfind("("), spot.gap.rfind(")")
        inside = opened > closed or (inside and closed < 0)
        if inside:
            found.append(spot.left)
    return frozenset(found)


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures count the same kind of thing."""
    return one.unit == other.unit or (one.kind is other.kind and kin(one) == kin(other))


def kin(quantity: Quantity) -> str:
    """Return one word for all units in which figures of one class count the same kind of thing."""
    kind = quantity.kind
    return (
        kind if kind is UnitClass.CASE or kind is UnitClass.MONEY else _KIN.get(quantity.unit, quantity.unit)
    )


def told_alike(one: Quantity, other: Quantity) -> bool:
    """Whether figures of a list and its whole count the same: 三个班47人、52人，累计99人次."""
    return alike(one, other) or (one.kind is other.kind and {one.unit, other.unit} <= _ATTENDING)


_PERSONS = frozenset({"人", "名", "位"})
_KIN = dict.fromkeys(_OCCASIONS, "次") | dict.fromkeys(_PERSONS, "人")
_ATTENDING = _PERSONS | {"人次"}
