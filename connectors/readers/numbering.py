"""Restores the automatic numbers of Word paragraphs: ECMA-376, part 1, 17.9, and [MS-DOC] 2.4.6.4.

A level counts the paragraphs of its own level in every list of one definition, and begins again below a
paragraph of a higher level. What it has not counted yet stands in a label as its first number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from connectors.readers.labels import write_number

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
LEVELS = 9

_PLACEHOLDER = re.compile(r"%([1-9])")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Args:
        start: its first number.
        number_format: a value of ST_NumberFormat, or a sample of a custom format.
        text: the label, `%1` … `%9` standing for the numbers of the levels.
        suffix: `tab`, `space` or `nothing`.
        restart: the level (from 1) whose use makes it start again; 0 is never, None any higher level.
        legal: whether all numbers in its label are written in Arabic digits.
        style: the paragraph style that is bound to it.
        hidden: whether its label is not shown.
    """

    start: int = 0
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A `w:num` with the levels that hold for it: its definition's, or its own instead.

    Args:
        definition: the id of the `w:abstractNum` whose counters it shares.
        levels: by index, from 0.
        starts: the first numbers that it sets for itself.
        bound: the levels that paragraph styles are bound to.
    """

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]
    bound: Mapping[str, int]


class Numbering:
    """The lists of a document; what no paragraph uses is not looked at.

    Args:
        load: returns the numbering part, or None where the document has none.
        list_styles: tells for each numbering style the list that it names.
    """

    def __init__(
        self, load: Callable[[], _Element | None], list_styles: Callable[[], Mapping[str, str]]
    ) -> None:
        self._load = load
        self._list_styles = list_styles
        self._lists: dict[str, _List | None] = {}

    @property
    def is_missing(self) -> bool:
        """Whether the document has no numbering part."""
        return self._root is None

    def of(self, list_id: str) -> _List | None:
        """Return the list of a `w:numId`, or None where there is none."""
        if list_id not in self._lists:
            self._lists[list_id] = self._resolved(list_id)
        return self._lists[list_id]

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level that a paragraph style is bound to in a list, or None."""
        listed = self.of(list_id)
        return listed.bound.get(style) if listed is not None else None

    @cached_property
    def _root(self) -> _Element | None:
        return self._load()

    @cached_property
    def _definitions(self) -> dict[str, _Element]:
        return self._named("abstractNum", "abstractNumId")

    @cached_property
    def _elements(self) -> dict[str, _Element]:
        return self._named("num", "numId")

    def _named(self, tag: str, name: str) -> dict[str, _Element]:
        found = () if self._root is None else self._root.iterchildren(f"{W}{tag}")
        return {element.get(f"{W}{name}", ""): element for element in found}

    def _resolved(self, list_id: str) -> _List | None:
        element = self._elements.get(list_id)
        name = value_of(element, "abstractNumId") or ""
        if element is None or name not in self._definitions:
            return None
        name = self._followed(name)
        levels = {_index(level): _level(level) for level in self._definitions[name].iterchildren(f"{W}lvl")}
        starts: dict[int, int] = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            index = _index(override)
            start = integer_of(override, "startOverride")
            level = override.find(f"{W}lvl")
            if level is not None:
                levels[index] = _level(level)
            if start is not None:
                starts[index] = start
        # Where two levels claim a style, the first has it.
        bound = {level.style: index for index, level in reversed(levels.items()) if level.style}
        return _List(name, levels, starts, bound)

    def _followed(self, name: str) -> str:
        """Return the definition that holds the levels: `numStyleLink` is followed once."""
        style = value_of(self._definitions[name], "numStyleLink")
        if style is None:
            return name
        linked = self._elements.get(self._list_styles().get(style, ""))
        target = value_of(linked, "abstractNumId") or ""
        return target if target in self._definitions else name


@dataclass(slots=True)
class Count:
    """How far the lists have counted in one story.

    The body, the text boxes and the notes are stories that count for themselves ([MS-DOC] 2.4.6.4 counts
    within one of them).
    """

    numbering: Numbering
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, index: int) -> tuple[str, str]:
        """Count a paragraph and return its label as shown, and the suffix; both empty where it has none.

        Args:
            list_id: the `w:numId`.
            index: the `w:ilvl`, from 0.
        """
        listed = self.numbering.of(list_id)
        level = listed.levels.get(index) if listed is not None else None
        if listed is None or level is None or not 0 <= index < LEVELS:
            return "", ""
        counters = self._counters.setdefault(listed.definition, [None] * LEVELS)
        before = counters[index]
        fresh = index in listed.starts and (list_id, index) not in self._started
        if before is None or fresh:
            counters[index] = listed.starts.get(index, level.start)
        else:
            counters[index] = before + 1
        self._started.add((list_id, index))
        for deeper in range(index + 1, LEVELS):
            restart = listed.levels[deeper].restart if deeper in listed.levels else None
            if restart is None or index < restart:
                counters[deeper] = None
        if level.hidden:
            return "", ""
        if level.number_format == "bullet":
            return (level.text, level.suffix) if _HAN.search(level.text) else ("", "")
        return _written(level, index, listed, counters), level.suffix


def _written(level: Level, index: int, listed: _List, counters: list[int | None]) -> str:
    """Write a label; Word shows none that asks for the number of a deeper level ([MS-OI29500] 2.1.283)."""

    def number(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        source = listed.levels.get(place, level)
        counted = counters[place]
        value = listed.starts.get(place, source.start) if counted is None else counted
        # A level of bullets, or without numbers, has none to lend.
        plain = level.legal and source.number_format not in ("bullet", "none", "decimalZero")
        return write_number(value, "decimal" if plain else source.number_format)

    if any(int(deeper) > index + 1 for deeper in _PLACEHOLDER.findall(level.text)):
        return ""
    return _PLACEHOLDER.sub(number, level.text)


def value_of(parent: _Element | None, name: str) -> str | None:
    """Return `w:val` of a child element, or None."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child.get(VAL) if child is not None else None


def integer_of(parent: _Element | None, name: str) -> int | None:
    """Return `w:val` of a child element as a whole number, or None where it is none."""
    return whole(value_of(parent, name))


def whole(text: str | None) -> int | None:
    """Return a whole number of sane length, or None where the text is none."""
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def is_set(element: _Element) -> bool:
    """Whether a toggle element is not switched off."""
    return element.get(VAL, "1") not in ("0", "false", "off")


def is_on(parent: _Element | None, name: str) -> bool:
    """Whether a toggle element stands there and is not switched off."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child is not None and is_set(child)


def _index(element: _Element) -> int:
    text = element.get(f"{W}ilvl", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else LEVELS


def _level(element: _Element) -> Level:
    fields = {child.tag: child for child in element}

    def value(name: str) -> str | None:
        child = fields.get(f"{W}{name}")
        return child.get(VAL) if child is not None else None

    legal = fields.get(f"{W}isLgl")
    return Level(
        start=whole(value("start")) or 0,
        number_format=value("numFmt") or _later_format(element),
        text=value("lvlText") or "",
        suffix=value("suff") or "tab",
        restart=whole(value("lvlRestart")),
        legal=legal is not None and is_set(legal),
        style=value("pStyle"),
        hidden=is_on(fields.get(f"{W}rPr"), "vanish"),
    )


def _later_format(element: _Element) -> str:
    """Return a format that stands beside a fallback for older programs: a custom one as its sample."""
    nested = list(element.iter(f"{W}numFmt"))
    custom = next((each.get(f"{W}format") for each in nested if each.get(VAL) == "custom"), None)
    return custom or ((nested[-1].get(VAL) or "decimal") if nested else "decimal")
