"""What halves and quarters of a year tell against the whole year's figure, within one paragraph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.checks import Check, Ledger
from plugins.validators.relations import AtMost, Total
from plugins.validators.sentences import Sentence, Spot
from plugins.validators.sums import PART, SUM

_WHEN = regex.compile(
    r"(?P<first>[上前]半年|前六个月|(?<![\d十])[1一]月?[-至到][6六]月份?)"
    r"|(?P<second>[下后]半年|后六个月|(?<![\d十])[7七]月?[-至到](?:12|十二)月份?)|(?P<quarter>[一二三四](?=季度))季度|(?P<year>全年|全年度|年内)"
)
_IN_ALL = re.compile("(?:全年|年内)度?(?:合计|共计|累计|总计|共)(?:为|达到?|有)?(?=$|\\d)")
_IN_PARTS = re.compile("半年|季度|六个月|[-至到][6六]月")
_ANY = re.compile("[年月]|季度")
_TRIMMED = re.compile(
    r"^[第共累计，,]+|(?:共计?|累计|总计|合计|先后|[我本全](?:镇|乡|街道|县|区|市|局))|(?:共|累计)$"
)
_HALVES = ("first", "second")
_QUARTERS = ("一", "二", "三", "四")


@dataclass(slots=True)
class _Told:
    """Figures of one name in one paragraph, by the part of the year that each is of."""

    year: list[Spot] = field(default_factory=list)
    parts: dict[str, list[Spot]] = field(default_factory=lambda: defaultdict(list))


def check_half_years(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter what is told by halves or quarters and for the whole year in the same words."""
    told: dict[tuple[int, str, str], _Told] = defaultdict(_Told)
    text = ledger.reading.shadow.text
    if _IN_PARTS.search(text) is None:
        return
    for sentence in sentences:
        if not _ANY.search(sentence.text):
            continue
        paragraph = text.rfind("\n", 0, sentence.start)
        for spot in sentence.spots:
            found = _when(spot)
            if found is not None and spot.quantity.kind in COUNTS | {UnitClass.MONEY}:
                when, name = found
                entry = told[paragraph, name, spot.quantity.unit]
                (entry.year if when == "year" else entry.parts[when]).append(spot)
        _enter_in_turn(ledger, sentence)
    for entry in told.values():
        _enter(ledger, entry)


def _enter_in_turn(ledger: Ledger, sentence: Sentence) -> None:
    """Enter what a sentence tells of each part of the year in turn, and then for all of it, in any words."""
    if not _IN_ALL.search(sentence.text):
        return
    turns: list[tuple[str, Spot]] = []
    for spot in sentence.spots:
        match = _WHEN.search(spot.gap)
        if match is None or len(_WHEN.findall(spot.gap)) > 1:
            turns = []
            continue
        when = match["quarter"] or next(name for name in ("first", "second", "year") if match[name])
        if when == "year" and _IN_ALL.search(spot.gap):
            _enter_turns(ledger, turns, spot)
        turns = [*turns, (when, spot)]


def _enter_turns(ledger: Ledger, turns: Sequence[tuple[str, Spot]], year: Spot) -> None:
    for whole in (_HALVES, _QUARTERS):
        last = turns[-len(whole) :]
        same = all(spot.quantity.unit == year.quantity.unit for _, spot in last)
        if tuple(when for when, _ in last) == whole and same:
            _enter_once(ledger, Total(ledger.spot(year), tuple(ledger.spot(spot) for _, spot in last)))


def _enter_once(ledger: Ledger, relation: Total) -> None:
    if all(relation != check.relation for check in ledger.checks):
        ledger.checks.append(Check(SUM, relation))


def _when(spot: Spot) -> tuple[str, str] | None:
    """Return of which part of the year a figure is, and what it is of."""
    if not _ANY.search(spot.name):
        return None
    matches = list(_WHEN.finditer(spot.name))
    if len(matches) != 1:
        return None
    match = matches[0]
    when = match["quarter"] or next(name for name in ("first", "second", "year") if match[name])
    name = _TRIMMED.sub("", spot.name[match.end() :]) or _TRIMMED.sub("", spot.name[: match.start()])
    return (when, name) if len(name) > 1 else None


def _enter(ledger: Ledger, entry: _Told) -> None:
    if len(entry.year) != 1 or any(len(spots) != 1 for spots in entry.parts.values()):
        return
    year = ledger.spot(entry.year[0])
    parts = {when: ledger.spot(spots[0]) for when, spots in entry.parts.items()}
    for whole in (_HALVES, _QUARTERS):
        if all(when in parts for when in whole):
            _enter_once(ledger, Total(year, tuple(parts[when] for when in whole)))
            return
    ledger.checks += [Check(PART, AtMost(part, year)) for part in parts.values()]
