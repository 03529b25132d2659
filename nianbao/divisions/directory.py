"""The directory of divisions: by code, by name, their parents and children, and where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.divisions.compose import Part, split_name
from nianbao.divisions.names import (
    HAN,
    REST_OF_NAME,
    Division,
    Level,
    Mention,
    is_placeholder,
    level_of_code,
    short_names,
    shortest_code,
    where_upper_names_end,
    without_ending,
)
from nianbao.divisions.resolution import Resolution
from nianbao.divisions.resolve import Surroundings, resolve
from nianbao.divisions.table import EDITIONS, Half, rows_by_code, rows_by_parent, unpack

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

LONGEST_NAME = 15
# How many split names are remembered: a run meets the same bodies again and again.
MOST_NAMES = 5000
# Names of counties that are plain words as well; a text that holds them need not mean the place.
COMMON_WORDS = frozenset({"城区", "郊区", "矿区", "东区", "西区", "新城区", "老城区", "市中区", "新市区"})
_LEADS = re.compile(r"委(?!员)|人民政府|政府|司法局|门户网|网站|$|[\n、，,]")
# What stands before a county of two characters: 根据丰县《…》要求.
_BEFORE_PLACE = re.compile(r"(?:根据|按照|依据|围绕|对照|参加|荣获|获得|获评|被评为|在|向|由|经)$")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class _Tables:
    """Both halves, and the rows of the upper one by full name and by full or short name."""

    upper: Half
    towns: Half
    by_name: dict[str, list[int]]
    by_any_name: dict[str, list[int]]


class Divisions:
    """All divisions of a packed table, which is read when a method first needs it."""

    def __init__(self, packed: Path) -> None:
        self._packed = packed
        self._lineages: dict[str, tuple[Division, ...]] = {}
        self._split: dict[str, tuple[Part, ...]] = {}

    @cached_property
    def _tables(self) -> _Tables:
        upper, towns = unpack(self._packed)
        full: dict[str, list[int]] = {}
        for row, name in enumerate(upper.names):
            if not is_placeholder(_code(upper, row)):
                full.setdefault(name, []).append(row)
        every = {name: list(rows) for name, rows in full.items()}
        for name, rows in full.items():
            for short in short_names(name):
                every.setdefault(short, []).extend(rows)
        return _Tables(upper, towns, full, every)

    @cached_property
    def _upper_by_code(self) -> tuple[dict[int, int], ...]:
        return rows_by_code(self._tables.upper)

    @cached_property
    def _towns_by_code(self) -> tuple[dict[int, int], ...]:
        return rows_by_code(self._tables.towns)

    @cached_property
    def provinces(self) -> tuple[Division, ...]:
        """The provinces, in the order of their codes."""
        return tuple(found for code in range(11, 83) if (found := self.by_code(str(code))) is not None)

    def by_code(self, code: str) -> Division | None:
        """Return the division of a code of 2 to 12 digits, or None.

        Towns were numbered anew between the editions; a code that two towns have borne means the later one.
        """
        return next(iter(self.bearers(code)), None)

    def bearers(self, code: str, name: str = "") -> tuple[Division, ...]:
        """Return the divisions that have borne a code, that of the newest edition first.

        Args:
            code: of 2 to 12 digits, with or without the zeros of its lower levels.
            name: leaves only the division of this name.
        """
        if not (code.isascii() and code.isdigit()):
            return ()
        code = code if len(code) == 6 and int(code) in self._upper_by_code[0] else shortest_code(code)
        is_town = len(code) == 9
        half = self._tables.towns if is_town else self._tables.upper
        columns = self._towns_by_code if is_town else self._upper_by_code
        rows = dict.fromkeys(row for column in columns if (row := column.get(int(code))) is not None)
        found = (_division(half, row) for row in rows)
        return tuple(d for d in found if not name or d.name == name)

    def by_name(self, name: str) -> tuple[Division, ...]:
        """Return the divisions of exactly this full name, ordered by code."""
        tables = self._tables
        upper = [_division(tables.upper, row) for row in tables.by_name.get(name, ())]
        towns = [_division(tables.towns, row) for row in tables.towns.rows_named(name)]
        return tuple(sorted([*upper, *towns], key=lambda division: division.code))

    def named(self, alias: str) -> tuple[Division, ...]:
        """Return the divisions that this name means without its ending (道真 → 道真仡佬族苗族自治县)."""
        found = []
        for half in (self._tables.upper, self._tables.towns) if alias else ():
            for row in half.rows_starting(alias):
                code = _code(half, row)
                if REST_OF_NAME.fullmatch(half.names[row], len(alias)) and not is_placeholder(code):
                    found.append(_division(half, row))
        return tuple(sorted(found, key=lambda division: division.code))

    def upper(self, name: str) -> tuple[Division, ...]:
        """Return the provinces, cities and counties of this full or short name (道真县, 延边州)."""
        tables = self._tables
        return tuple(_division(tables.upper, row) for row in tables.by_any_name.get(name, ()))

    def lineage(self, code: str) -> tuple[Division, ...]:
        """Return the divisions above this one and itself, the province first; no placeholder rows."""
        division = self.by_code(code)
        return self.lineage_of(division) if division else ()

    def lineage_of(self, division: Division) -> tuple[Division, ...]:
        """Return the divisions above this one and itself, the province first."""
        return (*self.ancestors(division), division)

    def ancestors(self, division: Division) -> tuple[Division, ...]:
        """Return the divisions above this one, the province first.

        A city without counties stands in the table as its own county; it is told once, as the city.
        """
        if division.parent is None:
            return ()
        above = self._lineage_of_upper(division.parent)
        return above[:-1] if above and above[-1].name == division.name else above

    def _lineage_of_upper(self, code: str) -> tuple[Division, ...]:
        known = self._lineages.get(code)
        if known is None:
            division = self.by_code(code)
            above = self._lineage_of_upper(division.parent) if division and division.parent else ()
            if division is None or is_placeholder(int(code)) or (above and above[-1].name == division.name):
                known = above
            else:
                known = (*above, division)
            self._lineages[code] = known
        return known

    def children(self, code: str) -> tuple[Division, ...]:
        """Return the divisions right below this one, ordered by code."""
        half = self._tables.towns if len(code) == 6 else self._tables.upper
        rows = (self._town_children if len(code) == 6 else self._upper_children).get(int(code), ())
        return tuple(sorted((_division(half, row) for row in rows), key=lambda division: division.code))

    @cached_property
    def _town_children(self) -> dict[int, list[int]]:
        return rows_by_parent(self._tables.towns, 1000)

    @cached_property
    def _upper_children(self) -> dict[int, list[int]]:
        return rows_by_parent(self._tables.upper, 100)

    def parents_of_town(self, name: str) -> tuple[str, ...]:
        """Return the codes of the counties that have a town of exactly this name."""
        if name not in self._town_names:
            return ()
        half = self._tables.towns
        return tuple(str(_code(half, row) // 1000) for row in half.rows_named(name))

    @cached_property
    def _town_names(self) -> frozenset[str]:
        return frozenset(self._tables.towns.names)

    def without_ending(self, name: str) -> tuple[Division, ...]:
        """Return the provinces, cities and counties that are called so without their ending (重庆, 绥阳)."""
        tables = self._tables
        return tuple(_division(tables.upper, row) for row in self._upper_without_ending.get(name, ()))

    def bare_mentions(self, text: str) -> list[str]:
        """Return the names without ending that a text holds, as often as it holds them; words among them."""
        found = self._bare_finder.find_matches_as_indexes(text)
        return [text[start:end] for _, start, end in found]

    @cached_property
    def _bare_finder(self) -> AhoCorasick:
        import ahocorasick_rs

        kind = ahocorasick_rs.MatchKind.LeftmostLongest
        return ahocorasick_rs.AhoCorasick(list(self._upper_without_ending), matchkind=kind)

    @cached_property
    def _upper_without_ending(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for name, rows in self._tables.by_name.items():
            if len(bare := without_ending(name)) > 1:
                found.setdefault(bare, []).extend(rows)
        return found

    def split(self, name: str) -> tuple[Part, ...]:
        """Return the places of a composed name, in order."""
        parts = self._split.get(name)
        if parts is None:
            if len(self._split) > MOST_NAMES:
                self._split.clear()
            parts = self._split[name] = split_name(self, name)
        return parts

    def resolve(self, name: str, around: Surroundings | None = None) -> Resolution:
        """Return which division a bare or composed name means, by what stands around it."""
        return resolve(self, name, around or Surroundings())

    def mentions(self, text: str) -> Iterable[Mention]:
        """Yield where a text names provinces, cities and counties, in order; the longest name wins."""
        names = self._tables.by_any_name
        lengths = self._lengths_of_upper
        for match in self._upper_end.finditer(text):
            end = match.end()
            for length in lengths.get(text[max(0, end - 2) : end], ()):
                start = end - length
                name = text[start:end] if start >= 0 else ""
                if name in names and self._stands_alone(name, text, start, end):
                    yield Mention(name, start, end)
                    break

    def length_before(self, text: str, end: int) -> int:
        """Return how long the longest name of a province, city or county is that ends at an offset, or 0."""
        names = self._tables.by_any_name
        lengths = self._lengths_of_upper.get(text[max(0, end - 2) : end], ())
        return next((n for n in lengths if n <= end and text[end - n : end] in names), 0)

    def _stands_alone(self, name: str, text: str, start: int, end: int) -> bool:
        """A common word, or two characters inside a run of Han, count only behind another division's name.

        城区 that begins a run and leads (城区人民政府) is a place all the same.
        """
        if len(name) > 2 and name not in COMMON_WORDS:
            return True
        if start == 0 or not _HAN.match(text, start - 1):
            return name not in COMMON_WORDS or _LEADS.match(text, end) is not None
        if name not in COMMON_WORDS and _BEFORE_PLACE.search(text, max(0, start - 4), start):
            return True
        return self.length_before(text, start) > 0

    @cached_property
    def _upper_end(self) -> re.Pattern[str]:
        return where_upper_names_end(self._lengths_of_upper)

    @cached_property
    def _lengths_of_upper(self) -> dict[str, tuple[int, ...]]:
        """How long the names are that end in two characters, longest first: most words end in no name's."""
        found: dict[str, set[int]] = {}
        for name in self._tables.by_any_name:
            if len(name) <= LONGEST_NAME:
                found.setdefault(name[-2:], set()).add(len(name))
        return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}


def _code(half: Half, row: int) -> int:
    newest, oldest = half.codes
    return newest[row] or oldest[row]


def _division(half: Half, row: int) -> Division:
    code = str(_code(half, row))
    level = level_of_code(code)
    parent = {Level.PROVINCE: 0, Level.CITY: 2, Level.COUNTY: 4, Level.TOWN: 6}[level]
    editions = tuple(e for e, column in zip(EDITIONS, half.codes, strict=True) if column[row])
    return Division(code, half.names[row], level, code[:parent] or None, editions[::-1])
