"""Indicator cards: what an indicator is called, which words announce it, what it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import regex

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
    "nothing_without", "ratio_of", "at_most", "examples", "counterexamples",
}  # fmt: skip
_CUE_KEYS = {
    "head", "with", "context", "without", "not_context", "side", "part", "takes", "units", "weak",
    "carry", "also", "provinces",
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
        provinces: codes (two digits) of the provinces to which it is confined; empty where it holds everywhere.
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
        stock: whether it tells what there is, rather than what was done in the year.
        cues: the ways in which it is announced; the first ones are the plainest.
        without: words in the figure's own clause that refuse every cue.
        nothing: what is named where a report says that there was none (a stated zero).
        nothing_without: words after that name which make it another thing.
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
    stock: bool
    cues: tuple[Cue, ...]
    without: tuple[str, ...]
    nothing: tuple[str, ...]
    nothing_without: tuple[str, ...]
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
    _check_keys(data, _CARD_KEYS, place)
    for key in ("name", "dimension", "unit", "definition", "takes", "cues", "examples"):
        if key not in data:
            raise CatalogueError(f"缺少 {key}", where=place)
    if data["dimension"] not in DIMENSIONS:
        raise CatalogueError(f"未知的 dimension {data['dimension']}", where=place, hint="、".join(DIMENSIONS))
    takes, units = _classes(data["takes"], place), frozenset(data.get("units", ()))
    return Card(
        id=identifier,
        name=data["name"],
        area=area,
        dimension=data["dimension"],
        unit=data["unit"],
        definition=data["definition"],
        stock=bool(data.get("stock", False)),
        cues=tuple(_make_cue(cue, takes, units, place) for cue in data["cues"]),
        without=expand(data.get("without", ())),
        nothing=expand(data.get("nothing", ())),
        nothing_without=expand(data.get("nothing_without", ())),
        ratio_of=tuple(data.get("ratio_of", ())),
        at_most=tuple(data.get("at_most", ())),
        examples=_examples(data["examples"]),
        counterexamples=tuple(Example(text, ()) for text in data.get("counterexamples", ())),
    )


def expand(words: Iterable[str]) -> tuple[str, ...]:
    """Expand `行政处罚(案件|决定|)` into the words that it stands for, folded, each once, in order."""
    expanded: dict[str, None] = {}
    for word in words:
        if not isinstance(word, str):
            raise CatalogueError(f"词语 {word} 不是文字", hint="数字请加引号")
        pieces = _GROUP.split(word)
        choices = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
        for combination in product(*choices):
            expanded[fold("".join(combination))] = None
    return tuple(expanded)


def _make_cue(data: Any, takes: frozenset[UnitClass], units: frozenset[str], place: str) -> Cue:
    if not isinstance(data, Mapping) or "head" not in data:
        raise CatalogueError("线索缺少 head", where=place)
    _check_keys(data, _CUE_KEYS, place)
    side = data.get("side", "both")
    if side not in _SIDES:
        raise CatalogueError(f"未知的 side {side}", where=place, hint="、".join(_SIDES))
    return Cue(
        head=expand(data["head"]),
        requires=tuple(expand(group) for group in data.get("with", ())),
        context=tuple(expand(group) for group in data.get("context", ())),
        without=expand(data.get("without", ())),
        not_context=expand(data.get("not_context", ())),
        side=side,
        takes=_classes(data["takes"], place) if "takes" in data else takes,
        units=frozenset(data["units"]) if "units" in data else units,
        part=bool(data.get("part", False)),
        weak=bool(data.get("weak", False)),
        carry=bool(data.get("carry", True)),
        also=bool(data.get("also", False)),
        provinces=frozenset(data.get("provinces", ())),
    )


def _check_keys(data: Mapping[Any, Any], known: set[str], place: str) -> None:
    for key in data:
        if key not in known:
            raise CatalogueError(f"未知的键 {key}", where=place, hint=f"可用：{'、'.join(sorted(known))}")


def _classes(names: Iterable[str], place: str) -> frozenset[UnitClass]:
    try:
        return frozenset(UnitClass(name) for name in names)
    except ValueError as error:
        raise CatalogueError(f"未知的单位类别：{error}", where=place, hint="、".join(UnitClass)) from error


def _examples(rows: Iterable[Any]) -> tuple[Example, ...]:
    examples = []
    for row in rows:
        text, *values = row
        examples.append(Example(str(text), tuple(str(value) for value in values)))
    return tuple(examples)
