"""Which figures a sentence lists as parts of which, and whether the parts may be added up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators import listwords as words
from plugins.validators.listnames import are_ways_in
from plugins.validators.listshares import dealt_shares, share_after
from plugins.validators.listwholes import tells_whole, wholes_before
from plugins.validators.runs import OPENS, bare, run
from plugins.validators.scales import kept_and_not
from plugins.validators.sentences import Sentence, Spot, alike, goes_on
from plugins.validators.shares import HUNDRED

# None of them is without one of these.
_MAY_OPEN = re.compile("[其当包涵含分依具计即:：]")
# 受理76件，含上年结转，办结79件: what is meant is told, not how many.
_CARRIED_ASIDE = re.compile(r"含[^,，\d]{0,4}(?:结转|转结|上年|旧存)[^,，\d]*[,，]")
_BRACKETED = re.compile("[\u4e00-\u9fff]{0,12}[(]")
_DEALS = re.compile("(?:分别|依次|具体)(?:为|是|有)|[，,](?:计有|即)")
_SUMMED = re.compile(
    r"^[,，、;；]?(?:以上|上述|[二两三四五六]项|各项|各类)?(?P<how>合计|共计|总计|总共|一共)(?P<what>[^,，;；。:：、]{0,10})$"
)
_ALL_KINDS = re.compile(
    r"^[，,](?:以上|上述|各类|全部)(?![二两三四五六七八九十])(?P<what>[\u4e00-\u9fff]{2,8}?)(?P<how>合计|共计|总计|总数|共)有?$"
)
# 来信14封、来访37批次，合计51件次
_CALLS = frozenset({UnitClass.CASE, UnitClass.EVENT})
_CALLED = COUNTS - {UnitClass.PEOPLE}
_SURELY = frozenset({"合计", "总计"})
_ASIDES = (UnitClass.RATE, UnitClass.POINT, UnitClass.AREA, UnitClass.MONEY)
_OF_EACH = re.compile("(?:各|每[\u4e00-\u9fff]{0,2})[\u4e00-\u9fff]{0,3}$")
_TWO, _THREE, _OVERLAPPING = Decimal(2), Decimal(3), Decimal(20)


class Claim(StrEnum):
    """What a list claims of its parts."""

    ALL = "all"
    SOME = "some"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole and its parts as a sentence lists them.

    Args:
        wholes: the figures that may be the whole, the nearest first; `wholes[0]` is what the grammar says.
        parts: the parts, in order.
        shares: the share told of each part, or None.
        additive: whether the parts are kinds side by side, so that none counts twice.
        claim: whether the parts are presented as all of the whole.
        apart: whether another figure, or the end of a sentence, parts the list from its nearest whole.
        beyond: the figures counted like its parts that follow them up to the next semicolon or full stop.
        closed: whether a bracket right behind its whole holds it, so that no other figure belongs to it.
    """

    wholes: tuple[Spot, ...]
    parts: tuple[Spot, ...]
    shares: tuple[Spot | None, ...]
    additive: bool
    claim: Claim
    apart: bool
    beyond: tuple[Spot, ...] = ()
    closed: bool = False

    @property
    def told_after(self) -> bool:
        """Whether the whole is told after its parts."""
        return self.wholes[0].quantity.start > self.parts[0].quantity.start


def listings(sentences: Sequence[Sentence]) -> Iterator[Listing]:
    """Yield every list of parts that the sentences tell, in order."""
    before: Sentence | None = None
    for sentence in sentences:
        spots = sentence.spots
        if before and goes_on(before, sentence):
            spots = (*before.spots, *spots)
        yield from _listings(spots, len(spots) - len(sentence.spots))
        before = sentence


def _listings(spots: Sequence[Spot], first: int) -> Iterator[Listing]:
    taken: list[Spot] = []
    for number in range(max(first, 1), len(spots)):
        listing = _opened(spots, number)
        # What is a part already opens a list of its own only where the text says so.
        if listing is None and spots[number] not in taken:
            listing = _shared(spots, number) or _summed(spots, number)
        if listing is not None:
            yield listing
            taken += listing.parts


def _opened(spots: Sequence[Spot], number: int) -> Listing | None:
    """Return the list that 其中, a bracket or a colon opens before a figure."""
    gap = spots[number].gap
    if spots[number].quantity.kind is UnitClass.RATE:
        return None
    unclosed = bare(gap)
    opening = OPENS.search(unclosed) if _MAY_OPEN.search(unclosed) else None
    # 164名人民调解员（专职19名、兼职145名）: what is counted may stand before the bracket.
    bracket = "(" in gap and ")" not in gap and _BRACKETED.match(gap) is not None
    colon = gap.startswith((":", "："))
    if not (opening or bracket or colon):
        return None
    if words.tells_change(gap) or _CARRIED_ASIDE.search(gap) or tells_whole(spots, number):
        return None
    if opening and opening["dealt"] and words.ACTS.search(gap[: opening.start()]):
        return None
    parts = tuple(run(spots, number, bracket=bracket))
    if opening and (opening["some"] or opening["loose"]) and words.CARRIED.search(spots[number].name):
        # 含上年结转6件，结案46件: what came over is told alone.
        parts = parts[:1]
    wholes = tuple(wholes_before(spots, number, parts, bracket=bracket))
    # 236000元（23.6万元）: the same figure over again.
    again = bracket and not opening and len(parts) == 1 and not _label(parts[0])
    if not parts or not wholes or again:
        return None
    some = opening is not None and (
        opening["some"] is not None or words.MAINLY.search(bare(gap), opening.start()) is not None
    )
    loose = (
        some or (opening is not None and opening["loose"] is not None) or _are_chosen(spots, number, parts)
    )
    # 农民工、妇女、老年人分别为97人、58人、34人: one may be each of these.
    deals = opening is not None and _DEALS.search(gap) is not None and not words.crosswise([gap])
    headed = opening is not None and opening["shown"] is not None and opening.group()[-1] in ":："
    stands_alone = headed or (opening is None and (bracket or colon))
    firm = deals or (stands_alone and _fills(wholes[0], parts))
    told = _listing(spots, wholes, parts, firm=firm and not loose, loose=some)
    # 包括 need not tell all.
    told = replace(told, claim=Claim.UNSAID) if loose and told.claim is Claim.ALL else told
    # 21名，其中3所各配2名，其余每所1名: what each has adds up to nothing.
    if any(_OF_EACH.search(part.gap) for part in parts):
        told = replace(told, additive=False, claim=Claim.SOME)
    return replace(told, closed=bracket and len(parts) > 1)


def _are_chosen(spots: Sequence[Spot], number: int, parts: Sequence[Spot]) -> bool:
    """Whether they are told of some of the cases only: 其中金额较大的两起分别为58万元和33.6万元."""
    before = spots[number - 1]
    return before.quantity.value == len(parts) > 1 and "其中" in before.gap


def _fills(whole: Spot, parts: Sequence[Spot], by: Decimal = _TWO) -> bool:
    """Whether parts are enough to be meant as all of their whole; 73 and 81 of 2241 are not."""
    return by * sum(part.quantity.value for part in parts) > whole.quantity.value


def _shared(spots: Sequence[Spot], number: int) -> Listing | None:
    """Return the list that only its shares show: 行政许可30件，占30%；行政处罚70件，占70%."""
    if spots[number].quantity.kind is UnitClass.RATE or share_after(spots, number) is None:
        return None
    parts = [spots[number]]
    following = number + 2
    while (
        following < len(spots)
        and share_after(spots, following)
        and alike(spots[following].quantity, spots[number].quantity)
    ):
        parts.append(spots[following])
        following += 2
    # Without 其中, what is smaller than a part, or has a share itself, is no whole: that is untold.
    largest = max(part.quantity.value for part in parts)
    wholes = tuple(
        whole
        for whole in wholes_before(spots, number, parts, bracket=False)
        if whole.quantity.value >= largest and share_after(spots, spots.index(whole)) is None
    )
    return _listing(spots, wholes, tuple(parts), firm=False, loose=len(parts) == 1) if wholes else None


def _summed(spots: Sequence[Spot], number: int) -> Listing | None:
    """Return the list that a figure told after it adds up: 甲11起，乙6起，丙20起，合计35起."""
    last = spots[number]
    told = _SUMMED.match(last.gap) or _ALL_KINDS.match(last.gap)
    if told is None or last.quantity.kind not in COUNTS:
        return None
    every = told.re is _ALL_KINDS
    said = every or told["how"] in _SURELY
    parts: list[Spot] = []
    for spot in reversed(spots[:number]):
        together = said and last.quantity.kind in _CALLS and are_ways_in(spot)
        if not (together or alike(spot.quantity, last.quantity)):
            # 律师事务所6家、律师48人，公证处1家、公证员5人，各类人员共53人
            if every and spot.quantity.kind in COUNTS:
                continue
            break
        parts.insert(0, spot)
        if not spot.gap.startswith(("、", "，", ",")) or OPENS.search(bare(spot.gap)):
            break
    parts = _begun_before(spots, parts, last) if said and not every else parts
    if any(part.name.endswith("各") for part in parts):
        return None  # 镇调委会、商会调委会各1个: there are two.
    named = [_label(spot) for spot in parts]
    dealt = bool(parts) and _DEALS.search(parts[0].gap) is not None
    if len(parts) < (3 if every else 2) or not (dealt or all(named)) or not words.summable(named, said):
        return None
    if not said and told["what"] and not (dealt or words.parallel(named)):
        return None
    shares: tuple[Spot | None, ...] = (None,) * len(parts)
    sure = said or not told["what"] or words.complementary(named)
    claim = Claim.ALL if sure else Claim.SOME
    return Listing((last,), tuple(parts), shares, additive=True, claim=claim, apart=False)


def _begun_before(spots: Sequence[Spot], parts: list[Spot], last: Spot) -> list[Spot]:
    """Return the parts, with those of another unit that they go on with where alone they don't make the sum.

    决策事项8项、规范性文件11件、合同54件，合计73件: whoever adds these up calls all of them by one unit.
    """
    if not parts or sum(part.quantity.value for part in parts) == last.quantity.value:
        return parts
    first = spots.index(parts[0])
    while first > 0 and spots[first].gap.startswith("、") and spots[first - 1].quantity.kind in _CALLED:
        first -= 1
    return [*spots[first : spots.index(parts[0])], *parts]


def _listing(
    spots: Sequence[Spot], wholes: tuple[Spot, ...], parts: tuple[Spot, ...], *, firm: bool, loose: bool
) -> Listing:
    shares = dealt_shares(spots, parts) or tuple(share_after(spots, spots.index(part)) for part in parts)
    named = [_label(part) for part in parts]
    kinds = words.bared(named) if len(named) > 1 else named
    side_by_side = (
        words.additive(named) or words.additive(kinds) or words.leveled(named) or words.held_apart(named)
    )
    additive = side_by_side and (len(parts) < 2 or all(named) or firm)
    open_ended = loose or words.ETC.match(parts[-1].after) is not None
    told = [share.quantity.value for share in shares if share]
    shared_out = len(told) == len(parts) > 1 and abs(sum(told, Decimal(0)) - HUNDRED) <= len(told)
    # 1298项、占96.7%，1216项、占90.6%: these overlap.
    if len(told) == len(parts) > 1 and sum(told, Decimal(0)) > HUNDRED + _OVERLAPPING:
        additive = False
    # Of amounts one may be told in another unit by mistake.
    money = parts[0].quantity.kind is UnitClass.MONEY
    complete = len(parts) > 1 and (
        firm
        or shared_out
        or words.REST.search(parts[-1].gap) is not None
        or kept_and_not(named)
        or (words.complementary(named) and (_fills(wholes[0], parts) or money))
        or (words.leaves_none(named) and _fills(wholes[0], parts, by=_THREE))
    )
    claim = Claim.ALL if complete else Claim.UNSAID
    if open_ended or len(parts) == 1:
        claim = Claim.SOME
    nearest, head = spots.index(wholes[0]), spots.index(parts[0])
    between = spots[nearest + 1 : head]
    # 受理120件。其中，…: of whatever else stands before, where there is anything.
    stopped = spots[nearest].after.endswith("。") and len(wholes) > 1
    apart = stopped or any(s.quantity.kind not in _ASIDES and not words.tells_change(s.gap) for s in between)
    return Listing(wholes, parts, shares, additive, claim, apart, tuple(_beyond(spots, parts)))


def _beyond(spots: Sequence[Spot], parts: Sequence[Spot]) -> Iterator[Spot]:
    for spot in spots[spots.index(parts[-1]) + 1 :]:
        if words.strength(spot.gap) > 1 or "。" in spot.gap:
            return
        if alike(spot.quantity, parts[0].quantity):
            yield spot


def _label(spot: Spot) -> str:
    """Return what names a part: the text before its figure, else the text after it."""
    name = spot.called
    return name or spot.after.strip("。;；)的")
