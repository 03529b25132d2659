"""The mandated parts of a report and the headings that name them, loaded from `outline.yml` and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nianbao.catalogue.beginnings import beginnings
from nianbao.errors import CatalogueError
from nianbao.grammar.text import squeeze
from nianbao.model import SectionKind

_FILE = Path(__file__).with_name("outline.yml")
_KEYS = {"basis", "joints", "other_than", "parts"}
_BASIS_KEYS = {"title", "publisher", "in_force", "clause"}
_PART_KEYS = {"kind", "name", "mandated", "cues", "later_cues"}
_KINDS = {kind.value: kind for kind in SectionKind}
_HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a report must or may have.

    Args:
        kind: what it is about.
        name: as the regulation calls it, in short.
        mandated: whether its lack is flagged.
    """

    kind: SectionKind
    name: str
    mandated: bool


# Told apart by what it is, for `_kinds_of` looks it up.
@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """What is known of a report's parts.

    Args:
        parts: in the order of the regulation.
        basis: the clause that mandates them, in Chinese.
    """

    parts: tuple[Part, ...]
    basis: str
    _any_cue: re.Pattern[str]
    _cues: re.Pattern[str]
    _later: re.Pattern[str]
    _joints: re.Pattern[str]

    def part(self, kind: SectionKind) -> Part:
        """Return the part of a kind."""
        return next(part for part in self.parts if part.kind is kind)

    def kinds(self, wording: str) -> tuple[SectionKind, ...]:
        """Return the kinds that a heading's wording names, the one that decides first.

        Args:
            wording: the heading without its number.
        """
        return _kinds_of(self, squeeze(wording))

    def kind(self, wording: str) -> SectionKind | None:
        """Return the kind that a heading's wording names, or None."""
        return next(iter(self.kinds(wording)), None)

    def sounds_later(self, wording: str) -> bool:
        """Whether a heading below the problems, which names no part, speaks of what is to be done."""
        return self._later.search(squeeze(wording)) is not None


# The headings of one report are those of many.
@lru_cache(maxsize=2048)
def _kinds_of(outline: Outline, plain: str) -> tuple[SectionKind, ...]:
    # Most headings hold no cue, which is sooner told than which of them.
    if outline._any_cue.search(plain) is None:
        return ()
    kinds: list[SectionKind] = []
    end = 0
    for match in outline._cues.finditer(plain):
        if match.lastgroup in (None, _HIDDEN):
            continue
        kind = _KINDS[match.lastgroup]
        if not kinds or outline._joints.search(plain, end, match.start()):
            kinds.append(kind)
        elif kinds[-1] is SectionKind.ACHIEVEMENTS:
            kinds[-1] = kind
        end = match.end()
    return tuple(dict.fromkeys(kinds))


@cache
def load_outline() -> Outline:
    """Return the outline that `outline.yml` describes.

    Raises:
        CatalogueError: the file breaks its own rules; says where.
    """
    import yaml

    with _FILE.open("rb") as stream:
        return read_outline_card(yaml.load(stream, Loader=yaml.CSafeLoader))


def read_outline_card(card: Any) -> Outline:
    """Check and compile an outline as it stands in YAML.

    Raises:
        CatalogueError: a key, kind or expression is wrong or missing.
    """
    _check_keys(card, _KEYS, "outline.yml")
    _check_keys(card["basis"], _BASIS_KEYS, "basis")
    rows = card["parts"]
    for row in rows:
        _check_keys({"later_cues": [], **row}, _PART_KEYS, "parts")
    kinds = [row["kind"] for row in rows]
    if sorted(kinds) != sorted(SectionKind):
        raise CatalogueError("parts 应当包含各类内容各一次", where="outline.yml", hint="、".join(SectionKind))
    groups = [(_HIDDEN, card["other_than"]), *((row["kind"], row["cues"]) for row in _deciding_order(rows))]
    any_cue = [fragment for row in rows for fragment in row["cues"]]
    cues = "|".join(f"(?P<{name}>{_alternatives(name, fragments)})" for name, fragments in groups)
    later = [fragment for row in rows for fragment in row.get("later_cues", ())]
    return Outline(
        parts=tuple(Part(SectionKind(row["kind"]), row["name"], row["mandated"]) for row in rows),
        basis="".join(card["basis"]["clause"].split()),
        _any_cue=re.compile(_led(any_cue, "|".join(any_cue))),
        _cues=re.compile(_led([*card["other_than"], *any_cue], cues)),
        _later=re.compile(_alternatives("later_cues", later)),
        _joints=re.compile(card["joints"]),
    )


def _led(fragments: list[str], expression: str) -> str:
    """Let the engine skip to the characters with which any of the fragments begins."""
    found = [beginnings(fragment) for fragment in fragments]
    told = frozenset().union(*(each for each in found if each is not None))
    return f"(?=[{re.escape(''.join(sorted(told)))}])(?:{expression})" if None not in found else expression


def _deciding_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where cues begin at one place, what a report did is the vaguest reading."""
    return sorted(rows, key=lambda row: bool(row["kind"] == SectionKind.ACHIEVEMENTS))


def _check_keys(row: Any, keys: set[str], where: str) -> None:
    if not isinstance(row, dict) or set(row) != keys:
        raise CatalogueError("键不对", where=f"outline.yml {where}", hint=f"应当是 {'、'.join(sorted(keys))}")


def _alternatives(name: str, fragments: list[str]) -> str:
    for fragment in fragments:
        try:
            groups = re.compile(fragment).groups
        except re.error as error:
            message = f"{fragment} 不是正则表达式：{error}"
            raise CatalogueError(message, where=f"outline.yml {name}") from error
        if groups:
            raise CatalogueError(f"{fragment} 含有捕获组", where=f"outline.yml {name}", hint="请用 (?:…)")
    return "|".join(fragments)
