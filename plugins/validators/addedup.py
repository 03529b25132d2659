"""Figures that one told after them adds up: 甲11起、乙6起，合计17起; 上半年…，下半年…，全年共…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from nianbao.grammar.numerals import value_of
from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger
from plugins.validators.counterparts import CARRIED_OVER, roles
from plugins.validators.listnames import name_of, of_one_sort, separator
from plugins.validators.nearly import is_slip
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, bracketed, told_alike
from plugins.validators.sums import NEAR_SUM, SUM
from plugins.validators.sumwords import ALL_YEAR, SPAN, SUMMED, timed, two_units

_NAMES = re.compile(r"^[，,、;；。]?(?P<names>[〇\u4e00-\u9fff]{4,14}?)(?:合计|总计|共计|两项|共)")
_AND = re.compile("[与和及]")
_TELLING = 4
_SURELY = frozenset({"合计", "总计", "总数", "加起来", "组成", "组成的"})
_TWO, _MANY = 2, 3
_BODIES = re.compile("单位|部门|机构|主体|对象|村|地方|点位|场所")
_ADDED = COUNTS | {UnitClass.MONEY}
_OPENS_SUM = re.compile(
    r"(?:以上|上述|算下来|合起来|加起来)[^，,;；。:：、\d]{0,8}(?:累计|共|有)[^，,;；。:：、\d]{0,8}$|[^，,;；。:：、\d]{0,10}(?:合计|总计|共计)[^，,;；。:：、\d]{0,12}$"
)
_OF_THESE = re.compile(
    rf"[，,;；。]?(?:以上|上述|各项|{SPAN})*(?:合计|总计|共计|加起来)(?:金额|款项|资金|经费)?$"
)
_OF_THESE_ITEMS = re.compile(
    r"(?:[^，,;；。\d]{0,12}[，,;；。])?(?:以上|上述)[^，,;；。\d]{0,6}(?:合计|总计|共计|共)[^，,;；。\d]{0,6}$"
)
_NUMBERED = re.compile(
    r"(?:^|[:：;；。，,])(?:\d{1,2}[.．、]|[(]\d{1,2}[)]|[一二三四五六七八九]是)[^，,;；。\d]{0,24}$"
)
_DEALT = regex.compile("(?:分别|依次)[\\p{Han}]{0,14}$")
_OPENED = re.compile(rf"其中|包括|{words.CHANGE.pattern}")


@dataclass(frozen=True, slots=True)
class AddedUp:
    """Parts and the sum told after them; `sure` tells that it is said, or plain, to be of just these."""

    whole: Spot
    parts: tuple[Spot, ...]
    sure: bool


def check_added_up(ledger: Ledger, sentences: Sequence[Sentence], wholes: frozenset[int]) -> frozenset[int]:
    """Enter the sums told after their parts, but for the figures at `wholes`, which other lists have.

    Returns:
        Where the figures begin that are parts of them.
    """
    parts: set[int] = set()
    text = ledger.reading.shadow.text
    for found in added_up(sentences, wholes):
        if two_units(text, found.whole.quantity):
            continue
        whole = ledger.spot(found.whole)
        relation = Total(whole, tuple(ledger.spot(part) for part in found.parts))
        both = words.complementary([name_of(part) for part in found.parts])
        carried = not both and any(words.CARRIED.search(part.name) for part in found.parts)
        doubt = CARRIED_OVER if carried else ""
        told = [part.quantity.value for part in found.parts]
        if found.sure or sum(told) == found.whole.quantity.value:
            ledger.checks.append(Check(SUM, relation, doubt))
        elif is_slip(found.whole.quantity.value, told):
            ledger.checks.append(Check(NEAR_SUM, relation, doubt))
        else:
            continue
        parts.update(part.quantity.start for part in found.parts)
    return frozenset(parts)


def added_up(sentences: Sequence[Sentence], wholes: frozenset[int]) -> Iterator[AddedUp]:
    """Yield the sums that sentences tell after their parts, or that begin the next sentence."""
    before: Sentence | None = None
    for sentence in sentences:
        told, first = sentence, 2
        # 甲11起，乙6起。以上合计17起。
        if before is not None and before.end == sentence.start and _OPENS_SUM.match(sentence.spots[0].gap):
            told, first = _joined(before, sentence), max(2, len(before.spots))
        before = sentence
        found = tuple(_found(told, first, wholes))
        yield from found or _found(_outside(told), 2, wholes)


def _found(told: Sentence, first: int, wholes: frozenset[int]) -> Iterator[AddedUp]:
    for number in range(first, len(told.spots)):
        spot = told.spots[number]
        if spot.quantity.kind in _ADDED and spot.quantity.start not in wholes:
            found = _summed(told, number) or _amounts(told, number) or _numbered(told, number)
            if found is not None:
                yield found


def _outside(sentence: Sentence) -> Sentence:
    """Return a sentence without the figures that brackets tell aside; one without any has no spots left."""
    if not any("(" in spot.gap for spot in sentence.spots):
        return Sentence(sentence.start, sentence.end, sentence.text, ())
    aside = bracketed(sentence)
    kept = tuple(
        replace(spot, gap=spot.gap.rpartition(")")[2]) if ")" in spot.gap else spot
        for spot in sentence.spots
        if spot.left not in aside
    )
    return Sentence(sentence.start, sentence.end, sentence.text, kept)


def _joined(before: Sentence, sentence: Sentence) -> Sentence:
    return Sentence(before.start, sentence.end, before.text + sentence.text, (*before.spots, *sentence.spots))


def _amounts(sentence: Sentence, number: int) -> AddedUp | None:
    """Return the sum of amounts that are told each with its count: 处罚5起，罚款2万元；…，合计罚款9万元."""
    spots, last = sentence.spots, sentence.spots[number]
    if last.quantity.kind is not UnitClass.MONEY or last.quantity.low != last.quantity.high:
        return None
    parts: list[Spot] = []
    for place in range(number - 1, 0, -2):
        amount, count = spots[place], spots[place - 1]
        called_alike = amount.called and (not parts or amount.called == parts[0].called)
        if (
            amount.quantity.kind is not UnitClass.MONEY
            or amount.quantity.low != amount.quantity.high
            or count.quantity.kind not in COUNTS
            or not called_alike
        ):
            break
        parts.insert(0, amount)
    if len(parts) < 2:
        return None
    between = sentence.between(parts[-1], last)
    told = SUMMED.match(between)
    if told is None or told["how"] not in _SURELY | {"共计"} or words.CHANGE.search(told["what"]):
        return None
    # 没收违法所得合计3万元 is the sum of other amounts.
    if parts[0].called not in between and not _OF_THESE.match(between):
        return None
    # Others may have been fined besides, but none less than nothing.
    more = sum(part.quantity.value for part in parts) > last.quantity.value
    return AddedUp(last, tuple(parts), sure=more)


def _numbered(sentence: Sentence, number: int) -> AddedUp | None:
    """Return the sum of the first figures of numbered items: 1.审查文件9件，退回1件；2.…。以上共计35件."""
    spots, last = sentence.spots, sentence.spots[number]
    if not _OF_THESE_ITEMS.match(last.gap):
        return None
    heads = [spot for spot in spots[:number] if _NUMBERED.search(spot.gap)]
    alike_told = len(heads) >= _MANY and all(told_alike(head.quantity, last.quantity) for head in heads)
    exact = all(head.quantity.low == head.quantity.high for head in heads)
    # What precedes the first item is no part, and nothing may be told of two items at once.
    return AddedUp(last, tuple(heads), sure=True) if alike_told and exact else None


def _summed(sentence: Sentence, number: int) -> AddedUp | None:
    spots, last = sentence.spots, sentence.spots[number]
    parts, at = _parts(spots, number)
    if len(parts) < 2:
        return None
    between = sentence.between(spots[at], last)
    named = [name_of(part) for part in parts]
    told = SUMMED.match(between) or (ALL_YEAR.match(between) if timed(named) else None)
    # 调委会24个，另有镇、商会调委会各1个，合计26个: of each there is one.
    if told is None or words.CHANGE.search(told["what"]) or any(part.name.endswith("各") for part in parts):
        return None
    groups = told.groupdict()
    if groups.get("behind") and _DEALT.search(parts[0].gap) is None:
        # 16个乡镇和31个部门开展督察，共督察47个单位
        both = len(parts) == _TWO and _BODIES.match(last.after) is not None
        return AddedUp(last, parts, sure=False) if both else None
    return _of_parts(sentence, last, _named_by(between, parts) or parts, told)


def _of_parts(sentence: Sentence, last: Spot, parts: tuple[Spot, ...], told: re.Match[str]) -> AddedUp | None:
    groups = told.groupdict()
    named = [name_of(part) for part in parts]
    told_number = groups.get("number")
    counted = int(value_of(told_number)) if told_number else 0
    if 1 < counted < len(parts):
        # 受理264件，成功251件；受理148件，成功141件；两项合计受理412件
        meant = tuple(part for part in parts if told["what"] and told["what"][:2] in part.gap)
        parts = meant if len(meant) == counted else parts[-counted:]
    dealt = _DEALT.search(parts[0].gap) is not None
    named = named[-len(parts) :]
    if last.quantity.kind is UnitClass.MONEY:
        named = [name.removesuffix("金额") for name in named]
    if not (all(named) or dealt):
        return None
    by_time = timed(named)
    # 书记带队督导7次、镇长带队督导9次、…，领导带队督导共30次
    deed = groups.get("deed") or ""
    in_each = _told_in_each(named, told["what"] or deed)
    if deed and not in_each:
        return None
    sure = (
        by_time
        or dealt
        or counted == len(parts)
        or ((told["how"] in _SURELY or told["all"] is not None) and words.additive(named))
        or words.complementary(named)
        or words.leveled(named)
        or groups.get("made") is not None
        or in_each
        or (told["how"] in _SURELY and len(parts) >= _MANY and not any(map(_is_done, parts)))
    )
    if counted > len(parts) or not (
        sure or (words.additive(named) and (groups.get("force") or _same_deed(parts, named, told["what"])))
    ):
        return None
    done = words.OUTCOME.search(told["what"]) and not words.decided(named, told["what"])
    loosely = dealt and told["how"] not in _SURELY and told["all"] is None
    if (
        (done and not words.OUTCOME.search(named[0]))
        or _is_done_of(parts[0], last)
        or (loosely and _names_another(told["what"], parts[0]))
    ):
        return None
    return AddedUp(last, parts, sure)


def _names_another(what: str, part: Spot) -> bool:
    """Whether a sum's words name another deed: 分别主持部署会2次、3次，共督导执法现场15次."""
    return len(what) >= _TELLING and not any(what[at : at + 2] in part.name for at in range(len(what) - 1))


def _named_by(between: str, parts: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """Return the parts of which a sum is said to be, where it names fewer: …，村级合同与意见书合计400份."""
    match = _NAMES.match(between)
    pieces = _AND.split(match["names"]) if match else []
    found = [
        [part for part in parts if piece in part.called]
        or [part for part in parts if piece[-2:] in part.called]
        for piece in pieces
        if len(piece) > 1
    ]
    each = all(len(told) == 1 for told in found) and 1 < len(found) < len(parts)
    return tuple(part for part in parts if any(part in told for told in found)) if each else ()


def _is_done(part: Spot) -> bool:
    """Whether a part tells what was done of something, as 化解 and 办结 do: it may be of another part."""
    return bool(roles(part).done)


def _is_done_of(part: Spot, whole: Spot) -> bool:
    """Whether a part is done of the whole, and so does not make it: 部门出庭46件，政府出庭3件，共应诉52件."""
    return any(pair in roles(whole).of for pair in roles(part).done)


def _parts(spots: Sequence[Spot], number: int) -> tuple[tuple[Spot, ...], int]:
    """Return the figures counted alike that run up to a sum, and where the last of them stands."""
    last, parts, at = spots[number], list[Spot](), 0
    for place in range(number - 1, -1, -1):
        spot = spots[place]
        # 查处超限213起（其中“百吨王”6起）、非法营运58起: what a bracket tells besides is no part.
        if "(" in spot.gap and ")" in spots[place + 1].gap:
            continue
        if told_alike(spot.quantity, last.quantity):
            if spot.quantity.low != spot.quantity.high:
                break
            at = at if parts else place
            parts.insert(0, spot)
            if place == 0 or not separator(spots[place - 1], spot) or _OPENED.search(spot.gap):
                break
        elif not (spot.quantity.han and place == number - 1):
            break
    return ((), 0) if _begins_within(spots, parts) else (tuple(parts), at)


def _begins_within(spots: Sequence[Spot], parts: Sequence[Spot]) -> bool:
    """Whether the first of some figures is part of an item: 98件，其中群体性7件；交通65件；合计…."""
    if len(parts) < 2 or words.strength(parts[1].gap) < 2:
        return False
    place = spots.index(parts[0])
    return any("其中" in spot.gap for spot in spots[max(place - 1, 0) : place + 1])


def _told_in_each(named: Sequence[str], what: str) -> bool:
    """Whether all parts are told with the words of the sum: 中心组学法6次、机关学法8次，共学法14次."""
    # 专职网格员38名、兼职网格员76名，网格员共114名: of two by the whole word.
    least = _TWO if len(named) > _TWO else _TELLING - 1
    return len(what) >= least and all(name.endswith(what[-_TELLING:]) for name in named)


def _same_deed(parts: Sequence[Spot], named: Sequence[str], what: str) -> bool:
    """Whether parts and sum are told with the same words, or the parts are of one sort."""
    if len(named) <= _TWO:
        # 规上企业18家，小微企业46家，共体检企业64家
        noun = what[-_TWO:]
        return len(noun) == _TWO and all(name.endswith(noun) for name in named)
    return of_one_sort(named, parts) or any(what and name.endswith(what) for name in named)
