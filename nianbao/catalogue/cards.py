"""Indicator cards: what an indicator is called, which words announce it, what it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import product

import regex

from nianbao.catalogue.checked import Entry
from nianbao.catalogue.verbs import with_plain
from nianbao.errors import CatalogueError
from nianbao.grammar.text import fold
from nianbao.grammar.units import UnitClass

AREAS = {
    "leadership": "组织领导与学法",
    "functions": "政府职能与政务服务",
    "rules": "制度建设",
    "decisions": "行政决策与法律服务",
    "enforcement": "行政执法",
    "emergency": "应急管理",
    "disputes": "矛盾纠纷化解",
    "oversight": "权力监督",
    "publicity": "普法宣传",
}
DIMENSIONS = ("count", "people", "amount", "rate")
_SIDES = ("both", "left", "right")
_CARD_KEYS = {
    "name", "dimension", "unit", "definition", "takes", "units", "stock", "cues", "without", "nothing",
    "nothing_without", "topic", "kinds", "ratio_of", "at_most", "examples", "counterexamples",
}  # fmt: skip
_CUE_KEYS = {
    "head", "with", "context", "without", "not_context", "side", "part", "takes", "units", "weak",
    "carry", "also", "close", "fresh", "provinces",
}  # fmt: skip
# What another file may add to a card that exists; all else would make it another indicator.
_ADDED_KEYS = {
    "units", "cues", "without", "nothing", "nothing_without", "topic", "kinds", "examples", "counterexamples",
}  # fmt: skip
_GROUP = regex.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Cue:
    """One way in which an indicator is announced.

    Args:
        head: the words that govern the figure; the nearest to it wins.
        requires: groups of words; one of each must stand in the figure's own clause.
        context: groups of words; one of each must stand earlier in the paragraph or in its heading.
        without: words that must not stand in the figure's own clause.
        not_context: words that must not stand earlier in the paragraph.
        side: on which side of the figure the head may stand.
        takes: unit classes that the figure may have.
        units: units as written that it may have besides.
        part: whether it tells one component only.
        weak: whether it counts only where nothing else explains the figure.
        carry: whether the head may stand in the clause before, when the figure's own clause names nothing.
        close: whether nothing but fillers (共, 现有, 达) may stand between head and figure.
        fresh: whether its context must stand in the same sentence with no figure in between, as what is named
            there and not yet counted (中心组将宪法列入必学内容，全年学习6次).
        provinces: codes (two digits) of the provinces to which it is confined; empty: all of them.
        also: whether it claims a figure besides another indicator (撤销4件 is an outcome and a case lost).
    """

    head: tuple[str, ...]
    requires: tuple[tuple[str, ...], ...]
    context: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]
    not_context: tuple[str, ...]
    side: str
    takes: frozenset[UnitClass]
    units: frozenset[str]
    part: bool
    weak: bool
    carry: bool
    also: bool
    close: bool
    fresh: bool
    provinces: frozenset[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the figures that the card must find in it (none for a counter-example)."""

    text: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """An indicator.

    Args:
        id: its identifier.
        name: its Chinese name.
        area: the area of work (a key of AREAS).
        dimension: count, people, amount (元) or rate (%).
        unit: the unit of its values.
        definition: what it counts, in Chinese.
        takes, units: what its cues take that tell nothing else.
        stock: whether it tells what there is, rather than what was done in the year.
        cues: the ways in which it is announced; the first ones are the plainest.
        without: words in the figure's own clause that refuse every cue.
        nothing: what is named where a report says that there was none (a stated zero).
        nothing_without: words after that name which make it another thing.
        topic: words of which a statement should bear one, where others of the indicator do.
        kinds: what it breaks down into, where a list or a breakdown names no more than that
            (调解邻里纠纷31件、婚姻家庭22件).
        ratio_of: for a rate: its numerator's id, then the ids of possible denominators.
        at_most: ids of indicators that can't be smaller than this one.
        examples, counterexamples: sentences that the test suite runs.
    """

    id: str
    name: str
    area: str
    dimension: str
    unit: str
    definition: str
    takes: frozenset[UnitClass]
    units: frozenset[str]
    stock: bool
    cues: tuple[Cue, ...]
    without: tuple[str, ...]
    nothing: tuple[str, ...]
    nothing_without: tuple[str, ...]
    topic: tuple[str, ...]
    kinds: tuple[str, ...]
    ratio_of: tuple[str, ...]
    at_most: tuple[str, ...]
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]


def make_card(identifier: str, area: str, data: object, *, where: str) -> Card:
    """Check and build a card.

    Raises:
        CatalogueError: an unknown or missing key, or a value of the wrong kind.
    """
    place = f"{where} 的 {identifier}"
    if not isinstance(data, Mapping):
        raise CatalogueError("卡片不是映射", where=place)
    entry = Entry(data, place)
    entry.check_keys(_CARD_KEYS, ("name", "dimension", "unit", "definition", "takes", "cues", "examples"))
    takes, units = _classes(entry), frozenset(entry.words("units"))
    return Card(
        id=identifier,
        name=entry.text("name"),
        area=area,
        dimension=entry.choice("dimension", DIMENSIONS, ""),
        unit=entry.text("unit"),
        definition=entry.text("definition"),
        takes=takes,
        units=units,
        stock=entry.flag("stock"),
        cues=tuple(_make_cue(cue, takes, units, place) for cue in entry.rows("cues")),
        without=expand(entry.words("without")),
        nothing=expand(entry.words("nothing")),
        nothing_without=expand(entry.words("nothing_without")),
        topic=expand(entry.words("topic")),
        kinds=expand(entry.words("kinds")),
        ratio_of=tuple(entry.words("ratio_of")),
        at_most=tuple(entry.words("at_most")),
        examples=tuple(_example(entry, row) for row in entry.rows("examples")),
        counterexamples=tuple(Example(text, ()) for text in entry.words("counterexamples")),
    )


def extended_card(card: Card, data: object, *, where: str) -> Card:
    """Return a card with what another file adds to it: its words, units, cues and examples.

    Units are added to those of the card's cues that take no others; cues come after the card's own.

    Raises:
        CatalogueError: a key that can't be added to, or a value of the wrong kind.
    """
    place = f"{where} 的 {card.id}"
    if not isinstance(data, Mapping):
        raise CatalogueError("卡片不是映射", where=place)
    entry = Entry(data, place)
    for key in data:
        if key in _CARD_KEYS - _ADDED_KEYS:
            hint = f"可以补充的有：{'、'.join(sorted(_ADDED_KEYS))}"
            raise entry.error(f"{key} 是全国目录定下的，不能改写", hint)
    entry.check_keys(_ADDED_KEYS, ())
    units = card.units | frozenset(entry.words("units"))
    own = (replace(cue, units=units) if cue.units == card.units else cue for cue in card.cues)
    added = (_make_cue(cue, card.takes, units, place) for cue in entry.rows("cues"))
    return replace(
        card,
        units=units,
        cues=(*own, *added),
        without=_united(card.without, entry, "without"),
        nothing=_united(card.nothing, entry, "nothing"),
        nothing_without=_united(card.nothing_without, entry, "nothing_without"),
        topic=_united(card.topic, entry, "topic"),
        kinds=_united(card.kinds, entry, "kinds"),
        examples=(*card.examples, *(_example(entry, row) for row in entry.rows("examples"))),
        counterexamples=(
            *card.counterexamples,
            *(Example(text, ()) for text in entry.words("counterexamples")),
        ),
    )


def _united(words: tuple[str, ...], entry: Entry, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*words, *expand(entry.words(key)))))


def expand(words: Iterable[str]) -> tuple[str, ...]:
    """Expand `行政处罚(案件|决定|)` into the words that it stands for, folded, each once, in order."""
    expanded: dict[str, None] = {}
    for word in words:
        pieces = _GROUP.split(word)
        choices = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
        for combination in product(*choices):
            expanded[fold("".join(combination))] = None
    return tuple(expanded)


def _make_cue(data: object, takes: frozenset[UnitClass], units: frozenset[str], place: str) -> Cue:
    if not isinstance(data, Mapping):
        raise CatalogueError("线索不是映射", where=place)
    entry = Entry(data, place)
    entry.check_keys(_CUE_KEYS, ("head",))
    return Cue(
        head=with_plain(expand(entry.words("head"))),
        requires=tuple(with_plain(expand(group)) for group in entry.groups("with")),
        context=tuple(with_plain(expand(group)) for group in entry.groups("context")),
        without=with_plain(expand(entry.words("without"))),
        not_context=expand(entry.words("not_context")),
        side=entry.choice("side", _SIDES, "both"),
        takes=_classes(entry) if "takes" in entry else takes,
        units=frozenset(entry.words("units")) if "units" in entry else units,
        part=entry.flag("part"),
        weak=entry.flag("weak"),
        carry=entry.flag("carry", default=True),
        also=entry.flag("also"),
        close=entry.flag("close"),
        fresh=entry.flag("fresh"),
        provinces=frozenset(entry.words("provinces")),
    )


def _classes(entry: Entry) -> frozenset[UnitClass]:
    names = entry.words("takes")
    for name in names:
        if name not in UnitClass.__members__.values():
            raise entry.error(f"未知的单位类别 {name}", "、".join(UnitClass))
    return frozenset(UnitClass(name) for name in names)


def _example(entry: Entry, row: object) -> Example:
    """Return an example told as `[句子, 数值, …]`."""
    if not isinstance(row, list) or len(row) < 2 or not isinstance(row[0], str):
        raise entry.error(f"例子不合格式：{row}", "请写成 [句子, 数值]")
    values = tuple(str(value) for value in row[1:])
    for value in values:
        try:
            Decimal(value)
        except InvalidOperation as error:
            raise entry.error(f"例子中的 {value} 不是数字") from error
    return Example(row[0], values)
