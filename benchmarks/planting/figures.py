"""Figures changed: one of a list, of a table, a rate, more done than there was, a fact told over again."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

import regex

from nianbao import SectionKind
from nianbao.grammar.units import COUNTS, UnitClass
from planting.changes import FIGURES, Change, Source
from plugins.validators.exactruns import exact_runs
from plugins.validators.sentences import Sentence, Spot, told_alike

_LEAST = 20
_MOST = 2
_HUNDRED = Decimal(100)
_ANNOUNCED = regex.compile(r"其中|分别|包括|包含|[:：(（]")
_ADDED_UP = regex.compile(r"合计|共计|总计|累计|共")
_TAKEN_UP = regex.compile(r"受理|接到|收到|接收|排查|摸排|承办|交办|发现|申请|应诉|征集|立案|接待")
_DONE = regex.compile(r"办结|办复|答复|化解|调解成功|成功|整改|结案|审结|出庭|采纳|销号|解决")
_OTHER_YEAR = regex.compile(r"去年|上年|往年|同比|结转|遗留|积案|历年")
_TOTAL = regex.compile(r"合计|总计|全年")
_TELLING = 6
_CLAUSE = regex.compile(
    r"(?<=[，。；\n])(?P<said>(?:[^，。；：\n\d（(《“其]{4,24})\d[\d,]*(?:余|多)?"
    r"[件起场次份个人名条项宗处期户家册]{1,2}[^，。；：\n\d（(]{0,8})(?=[，。；])"
)
_NO_FACT = regex.compile(
    r"去年|上年|同比|截至|每|不少于|不低于|以来|历年|其中|涉及|以上|增|减|率|分别|比|余|多|近|约|达到"
)


def slipped(draw: random.Random, digits: str) -> str | None:
    """Return figures with one digit changed, or two neighbours turned over."""
    places = [at for at, character in enumerate(digits) if character.isdigit()]
    for _ in range(50):
        new = list(digits)
        if len(places) > 1 and draw.random() < 0.3:
            at = draw.randrange(len(places) - 1)
            one, other = places[at], places[at + 1]
            new[one], new[other] = new[other], new[one]
        else:
            new[draw.choice(places)] = str(draw.randrange(10))
        if new[0] != "0" and "".join(new) != digits:
            return "".join(new)
    return None


def shifted(draw: random.Random, digits: str) -> str | None:
    """Return another figure, larger or smaller by 5 to 40 %."""
    if "." in digits or "," in digits:
        return slipped(draw, digits)
    value = int(digits)
    new = value + draw.choice((-1, 1)) * max(1, round(value * draw.uniform(0.05, 0.4)))
    return str(new) if new > 0 else None


def lists(source: Source) -> Iterator[Change]:
    """Yield lists with one figure changed, by a slip of the pen and otherwise."""
    spots = {spot.quantity.start: spot for sentence in source.sentences for spot in sentence.spots}
    text = source.reading.shadow.text
    found: list[Change] = []
    for whole, run in sorted(exact_runs(text, source.sentences).runs):
        parts = [spots[part] for part in run]
        if not _is_list(spots[whole], parts, source.sentences):
            continue
        head, last = parts[0].quantity.start, parts[-1].quantity.end
        after = whole > head
        between = text[last:whole] if after else text[spots[whole].quantity.end : head]
        said = (_ADDED_UP if after else _ANNOUNCED).search(between)
        for how, way in (("a slip", slipped), ("another figure", shifted)):
            spot = spots[source.draw.choice((whole, *run))]
            change = _refigured(source, spot, way, f"list, {'announced' if said else 'plain'}, {how}")
            if change:
                found.append(change)
    yield from source.some(found, 2 * _MOST)


def _refigured(source: Source, spot: Spot, way: object, name: str) -> Change | None:
    match = source.digits(spot)
    new = way(source.draw, match[0]) if match and callable(way) else None
    if match is None or not isinstance(new, str) or new == match[0]:
        return None
    return Change(name, match.start(), match.end(), new, FIGURES, match.start())


def _is_list(whole: Spot, parts: Sequence[Spot], told: Sequence[Sentence]) -> bool:
    """Whether what adds up is near together and large enough to be hardly so by chance."""
    start = min(whole.quantity.start, parts[0].quantity.start)
    end = max(whole.quantity.end, parts[-1].quantity.end)
    spread = sum(start < sentence.start < end for sentence in told)
    enough = len(parts) > 2 or min(part.quantity.value for part in parts) > 3
    return whole.quantity.value >= _LEAST and enough and spread < len(parts)


def tables(source: Source) -> Iterator[Change]:
    """Yield tables with one cell of a column changed that adds up."""
    found: list[Change] = []
    for table in source.reading.tables:
        columns: dict[int, list[tuple[int, Decimal, bool]]] = {}
        for figure in table.figures():
            value = Decimal(figure.number.replace(",", ""))
            columns.setdefault(figure.column, []).append((figure.cell.start, value, figure.total))
        for cells in columns.values():
            totals = [value for _, value, total in cells if total]
            if len(totals) != 1 or sum(value for _, value, total in cells if not total) != totals[0]:
                continue
            at, value, _ = source.draw.choice(cells)
            new = slipped(source.draw, source.text[at : at + len(str(value))])
            if new and source.text[at : at + len(new)] == str(value):
                found.append(Change("table", at, at + len(new), new, FIGURES, at))
    yield from source.some(found, _MOST)


def rates(source: Source) -> Iterator[Change]:
    """Yield rates that no longer are what the figures beside them give."""
    found: list[Change] = []
    for sentence in source.sentences:
        for number, rate in enumerate(sentence.spots):
            if rate.quantity.kind is not UnitClass.RATE or not regex.search("率|占", rate.gap + rate.after):
                continue
            near = sentence.spots[max(0, number - 3) : number]
            pair = _pair_of(rate, [spot for spot in near if spot.quantity.low == spot.quantity.high])
            if pair is None:
                continue
            part, _ = pair
            all_of_it = rate.quantity.value == _HUNDRED
            change = _refigured(source, part, _fewer, "rate") if all_of_it else None
            if not all_of_it:
                change = _refigured(source, source.draw.choice((part, rate, rate)), shifted, "rate")
            if change:
                found.append(change)
    yield from source.some(found, _MOST)


def _fewer(draw: random.Random, digits: str) -> str | None:
    if not digits.isdigit() or int(digits) < _TELLING:
        return None
    return str(int(int(digits) * draw.uniform(0.6, 0.95)))


def _pair_of(rate: Spot, near: Sequence[Spot]) -> tuple[Spot, Spot] | None:
    """Return the part and the whole whose quotient a rate is: of 100 % the two figures before it."""
    told = rate.quantity.value
    step = Decimal(1).scaleb(int(told.normalize().as_tuple().exponent)) if told != _HUNDRED else Decimal(1)
    step = min(step, Decimal(1))
    for part in near[::-1]:
        for whole in near:
            if whole is part or not told_alike(part.quantity, whole.quantity) or whole.quantity.value < 10:
                continue
            exact = part.quantity.value / whole.quantity.value * _HUNDRED
            if exact.quantize(step, ROUND_HALF_UP) == told and (told != _HUNDRED or _DONE.search(part.name)):
                return part, whole
    return None


def orders(source: Source) -> Iterator[Change]:
    """Yield cases of which more are closed, settled or mended than were taken in."""
    found: list[Change] = []
    for sentence in source.sentences:
        if _OTHER_YEAR.search(sentence.text):
            continue
        for of, done in zip(sentence.spots, sentence.spots[1:], strict=False):
            alike = told_alike(of.quantity, done.quantity) and of.quantity.kind in COUNTS
            exact = of.quantity.low == of.quantity.high and done.quantity.low == done.quantity.high
            named = _TAKEN_UP.search(of.name) and not _DONE.search(of.name) and _DONE.search(done.name)
            match = source.digits(done)
            if not (alike and exact and named and match and done.quantity.value <= of.quantity.value):
                continue
            more = int(of.quantity.value) + max(1, int(of.quantity.value * source.draw.randint(2, 30) // 100))
            found.append(Change("order", match.start(), match.end(), str(more), FIGURES, match.start()))
    yield from source.some(found, _MOST)


# How a fact is told over again: what leads up to it, where it stands, what follows.
_AGAIN = {
    SectionKind.RESPONSIBILITY: "一年来，{}。",
    SectionKind.PROBLEMS: "虽然全年{}，但与群众的期盼相比仍有差距。",
    SectionKind.PLAN: "在今年{}的基础上，继续抓好各项工作。",
}


def told_again(source: Source) -> Iterator[Change]:
    """Yield texts that tell a fact over again with another figure, in another part or further down."""
    found: list[Change] = []
    work = [part for part in source.report.parts if part.kind is SectionKind.ACHIEVEMENTS]
    if not work:
        return
    clauses = [
        match
        for match in _CLAUSE.finditer(source.text, work[0].start, work[0].end)
        if not _NO_FACT.search(match["said"])
        and len(regex.sub(r"[\d,]", "", match["said"]).removeprefix("全年")) >= _TELLING + 2
    ]
    for match in source.draw.sample(clauses, min(2 * _MOST, len(clauses))):
        said = match["said"].removeprefix("全年")
        digits = regex.search(r"\d[\d,]*", said)
        new = source.draw.choice((slipped, shifted))(source.draw, digits[0])
        if new is None or new == digits[0] or int(digits[0].replace(",", "")) < 10:
            continue
        told = said.replace(digits[0], new, 1)
        places = [
            (part.end, frame)
            for kind, frame in _AGAIN.items()
            for part in source.report.parts
            if part.kind is kind
        ]
        places.append((work[0].end, "全年{}。"))
        end, frame = source.draw.choice(places)
        # Before the line's end, so that what follows keeps its line.
        at = end - (len(source.text[:end]) - len(source.text[:end].rstrip()))
        words = frame.format(told)
        inside = at + words.index(told) + told.index(new)
        where = "elsewhere" if frame != "全年{}。" else "further down"
        found.append(Change(f"fact told again {where}", at, at, words, FIGURES, inside))
    yield from source.some(found, _MOST)
