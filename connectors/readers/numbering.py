"""Restores the automatic numbers of Word paragraphs: ECMA-376, part 1, 17.9."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.readers.labels import write_number

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
LEVELS = 9

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Args:
        start: its first number.
        number_format: a value of ST_NumberFormat.
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
    """A `w:num`: which definition it uses, and what it changes of it."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class _Definition:
    """A `w:abstractNum`, and how far its levels have counted."""

    levels: dict[int, Level]
    style_link: str | None
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """The lists of a document; each call of `label` counts one paragraph.

    Args:
        root: the numbering part, or None where the document has none.
        list_styles: for each numbering style, the list that it names.
    """

    def __init__(self, root: _Element | None, list_styles: dict[str, str]) -> None:
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, _List] = {}
        self._started: set[tuple[str, int]] = set()
        self._list_styles = list_styles
        if root is None:
            return
        for element in root.iterchildren(f"{W}abstractNum"):
            levels = _levels(element)
            style_link = value_of(element, "numStyleLink")
            self._definitions[element.get(f"{W}abstractNumId", "")] = _Definition(levels, style_link)
        for element in root.iterchildren(f"{W}num"):
            self._lists[element.get(f"{W}numId", "")] = _list(element)

    def label(self, list_id: str, index: int) -> tuple[str, str]:
        """Count a paragraph and return its label as shown, and the suffix; both empty where it has none.

        Args:
            list_id: the `w:numId`.
            index: the `w:ilvl`, from 0.
        """
        listed = self._lists.get(list_id)
        definition = self._definition(listed)
        if listed is None or definition is None or not 0 <= index < LEVELS:
            return "", ""
        levels = {**definition.levels, **listed.levels}
        level = levels.get(index)
        if level is None:
            return "", ""
        self._count(list_id, listed, definition, levels, index)
        if level.number_format == "bullet" or level.hidden:
            return "", ""
        return self._write(level, levels, listed, definition), level.suffix

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level that a paragraph style is bound to in a list, or None."""
        listed = self._lists.get(list_id)
        definition = self._definition(listed)
        if listed is None or definition is None:
            return None
        levels = {**definition.levels, **listed.levels}
        return next((index for index, level in levels.items() if level.style == style), None)

    def _definition(self, listed: _List | None) -> _Definition | None:
        """Return a list's definition, following `numStyleLink` once to where the levels are."""
        if listed is None:
            return None
        definition = self._definitions.get(listed.definition)
        if definition is None or definition.style_link is None:
            return definition
        linked = self._lists.get(self._list_styles.get(definition.style_link, ""))
        return self._definitions.get(linked.definition, definition) if linked else definition

    def _count(
        self, list_id: str, listed: _List, definition: _Definition, levels: dict[int, Level], index: int
    ) -> None:
        counters = definition.counters
        before = counters[index]
        start = listed.starts.get(index, levels[index].start)
        fresh = index in listed.starts and (list_id, index) not in self._started
        counters[index] = start if before is None or fresh else before + 1
        self._started.add((list_id, index))
        for deeper in range(index + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or index < restart:
                counters[deeper] = None

    def _write(self, level: Level, levels: dict[int, Level], listed: _List, definition: _Definition) -> str:
        def number(match: re.Match[str]) -> str:
            index = int(match.group(1)) - 1
            source = levels.get(index, level)
            counted = definition.counters[index]
            value = listed.starts.get(index, source.start) if counted is None else counted
            number_format = "decimal" if level.legal else source.number_format
            return write_number(value, number_format)

        return _PLACEHOLDER.sub(number, level.text)


def value_of(parent: _Element | None, name: str) -> str | None:
    """Return `w:val` of a child element, or None."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child.get(VAL) if child is not None else None


def integer_of(parent: _Element | None, name: str) -> int | None:
    """Return `w:val` of a child element as a whole number, or None where it is none."""
    text = value_of(parent, name)
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def is_on(parent: _Element | None, name: str) -> bool:
    """Whether a toggle element stands there and is not switched off."""
    child = parent.find(f"{W}{name}") if parent is not None else None
    return child is not None and child.get(VAL, "1") not in ("0", "false", "off")


def _list(element: _Element) -> _List:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.iterchildren(f"{W}lvlOverride"):
        index = _index(override)
        start = integer_of(override, "startOverride")
        level = override.find(f"{W}lvl")
        if level is not None:
            levels[index] = _level(level)
        if start is not None:
            starts[index] = start
    return _List(value_of(element, "abstractNumId") or "", starts, levels)


def _levels(element: _Element) -> dict[int, Level]:
    return {_index(level): _level(level) for level in element.iterchildren(f"{W}lvl")}


def _index(element: _Element) -> int:
    text = element.get(f"{W}ilvl", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else LEVELS


def _level(element: _Element) -> Level:
    text = value_of(element, "lvlText")
    return Level(
        start=integer_of(element, "start") or 0,
        number_format=_format(element),
        text=text or "",
        suffix=value_of(element, "suff") or "tab",
        restart=integer_of(element, "lvlRestart"),
        legal=is_on(element, "isLgl"),
        style=value_of(element, "pStyle"),
        hidden=is_on(element.find(f"{W}rPr"), "vanish"),
    )


def _format(element: _Element) -> str:
    """Return the number format; one of the later kinds stands beside a fallback for older programs."""
    direct = value_of(element, "numFmt")
    if direct is None:
        nested = list(element.iter(f"{W}numFmt"))
        return (nested[-1].get(VAL) or "decimal") if nested else "decimal"
    return direct
