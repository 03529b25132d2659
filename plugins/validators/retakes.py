"""A fact that another sentence takes up again with another figure: 受理17件…, 对全年受理的19件投诉逐件会商.

The words of what takes up are all told where it was told first; nothing else in the report has its figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.claims import Claim
from plugins.validators.contentwords import is_bland
from plugins.validators.nearpairs import near_pairs, turned_pairs
from plugins.validators.nouns import beyond, counted_alike, names_of
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.takenup import Told

_TWO, _TELLING = 2, 4
_WIDEST, _WIDER = Decimal("1.6"), Decimal(2)
_NOTHING = Decimal(0)
_REACH = 14
_LEAST = 3
_ABOVE = ("上述", "前述", "以上")
_MANY_DIGITS = 3
_LAST_YEAR = regex.compile("上年|去年|同期|20\\d\\d年")
_WHEN = frozenset({"全年", "当年", "本年", "今年", "年内", "年度"})
_STAGES = regex.compile(
    r"受理|接到|收到|登记|排查|化解|调解|办结|结案|审结|移送|整改|不予|未|没有|拒|逾期|立案|检查|开庭|出庭|复议|发现|上报|转办|申请|新增|减少|增加|退出|查处|审核|制定|修订|废止"
)
_EMPTY = regex.compile(r"(?:全年|累计)?(?:合计|共计|总计|共)?")
_DEEDS = frozenset({"化解", "调解", "处置", "处理", "解决", "查办"})
_PLACES = regex.compile("(?:乡镇|镇街|部门|单位|企业|村社|社区|街道|全镇|苏木|旗直|县直|市直)+")


class _Tellings(dict[int, Told]):
    """The claims as others may take them up, each made when it is asked for: most have none near them."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        super().__init__()
        self._claims = claims

    def __missing__(self, number: int) -> Told:
        """Make the one of a number."""
        self[number] = told = Told(self._claims[number])
        return told


def taken_up_again(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims of which the second takes up the first with a figure of its own.

    Args:
        claims: what the report tells of its year, parts of lists included.
    """
    counted = [claim for claim in claims if claim.spot.quantity.kind is not UnitClass.RATE]
    # What is less tells nothing: 2次, 1起.
    telling = [claim for claim in counted if claim.spot.quantity.value >= _LEAST]
    told = _Tellings(telling)
    found: dict[int, list[Told]] = defaultdict(list)
    for pair in (*near_pairs(telling, _WIDER), *turned_pairs(telling, _WIDER)):
        if not _is_near(telling[pair[0]], telling[pair[1]]):
            continue
        for second, number in (pair, pair[::-1]):
            if not _share_a_word(telling[number], telling[second]):
                continue
            again, first = told[number], told[second]
            may = again.may_be_again or _is_turned(again, first)
            if may and again.is_plain and first.is_plain and _takes_up(again, first):
                found[number].append(first)
    for number, firsts in sorted(found.items()):
        again = told[number]
        # 收到23件，受理17件: 受理的19件 takes up what was told by the same verb.
        spelt = [word for word in again.lead if not is_bland(word)]
        meant = [first for first in firsts if all(word in first.own for word in spelt)] or firsts
        if len({first.value for first in meant}) == 1 and not _is_told_elsewhere(again, counted):
            yield meant[0].claim, again.claim


def _share_a_word(again: Claim, first: Claim) -> bool:
    """Whether any two characters beside a figure stand where another is told; most pairs share none."""
    text = first.sentence.text
    return again.before.endswith(_ABOVE) or any(map(text.__contains__, again.beside))


def _is_told_elsewhere(again: Told, told: Sequence[Claim]) -> bool:
    like = (each for each in told if each is not again.claim and counted_alike(each.spot, again.claim.spot))
    return any(_is_told(again, each) for each in like)


def _is_told(again: Told, each: Claim) -> bool:
    """Whether a figure tells another one over again, last year's left out."""
    quantity, value = again.claim.spot.quantity, each.spot.quantity.value
    low = quantity.low or _NOTHING
    within = low <= value and (quantity.high is None or value <= quantity.high)
    return within and not _LAST_YEAR.search(each.sentence.before(each.spot)[-_REACH:])


def _is_near(one: Claim, other: Claim) -> bool:
    if one.sentence is other.sentence:
        return False
    low, high = sorted((one.spot.quantity.value, other.spot.quantity.value))
    return high <= low * _WIDEST or not (one.is_exact and other.is_exact) or _is_misprint(low, high)


def _is_misprint(low: Decimal, high: Decimal) -> bool:
    return slip_of(low, high) < OTHERWISE or sorted(f"{low:f}") == sorted(f"{high:f}")


def _is_turned(one: Told, other: Told) -> bool:
    """Whether two figures have the same digits in another order."""
    return one.claim.digits == other.claim.digits


def _takes_up(again: Told, first: Told) -> bool:
    exact = again.claim.is_exact and first.claim.is_exact
    turned = exact and _is_turned(again, first)
    if again.telling and not turned and not any(word in first.context for word in again.telling):
        return False
    apart = again.narrowed != first.narrowed or any(_adds_up(each.claim) for each in (again, first))
    if apart or not _of_one_scope(again, first):
        return False
    misprint = exact and _is_misprint(*sorted((again.value, first.value)))
    if again.is_summed_above:
        return misprint and first.claim.spot.left < again.claim.spot.left
    taken = _taken(again, first, turned=turned)
    total = _EMPTY.fullmatch(first.claim.before) is not None
    staged = total or set(_STAGES.findall(" ".join(taken))) <= set(_STAGES.findall(first.own))
    if not (staged and _is_telling(taken, again, first, turned=turned, total=total)):
        return False
    # What the first says more may confine it to a part.
    own = (word for word in first.lead if not is_bland(word))
    more = [word for word in own if word not in taken and word not in again.context]
    if again.is_definite:
        return not more or again.value < first.value or misprint
    plain = misprint if again.is_bare else _are_of_all(again, first)
    return (turned and not _is_an_item(first, again)) or (plain and not more)


def _adds_up(claim: Claim) -> bool:
    """Whether a figure without words is the sum of the two before it: 建议5件、提案3件，8件均按期答复."""
    if _EMPTY.fullmatch(claim.before) is None:
        return False
    spots = claim.sentence.spots
    at = spots.index(claim.spot)
    before = spots[max(at - _TWO, 0) : at]
    return len(before) == _TWO and sum(each.quantity.value for each in before) == claim.spot.quantity.value


def _is_an_item(first: Told, again: Told) -> bool:
    """Whether one told in more words is but a part of the other: 租赁合同审查15份, 全年共审查合同51份."""
    more = (word for word in first.lead if not is_bland(word))
    return first.value * _TWO < again.value and any(word not in again.claim.sentence.text for word in more)


def _of_one_scope(again: Told, first: Told) -> bool:
    """Whether each says, where it is told, whose or how the other is."""
    return all(word in again.around for word in first.scopes) and all(
        word in first.around for word in again.scopes
    )


def _are_of_all(again: Told, first: Told) -> bool:
    """Whether two claims are told of the whole year, or of all there is: in one part both must be."""
    fully = (again.is_of_all, first.is_of_all)
    return all(fully) or (again.claim.part is not first.claim.part and any(fully))


def _is_telling(taken: Sequence[str], again: Told, first: Told, *, turned: bool, total: bool) -> bool:
    """Whether words are enough to tell that one claim takes up another."""
    telling = [word for word in taken if not is_bland(word)]
    length = len("".join(taken))
    if not telling:
        # 对全年查处的175件案件: what is as bland where it was told is known by its digits alone.
        spelt = [word for word in taken if word not in _WHEN]
        known = len("".join(spelt)) >= _TELLING and all(word in first.own for word in spelt)
        return turned and again.is_definite and known
    if _PLACES.fullmatch("".join(telling)):
        return False
    if (
        length < _TELLING
        and not (total and again.is_definite)
        and not (turned and len(f"{again.value:f}") >= _MANY_DIGITS)
    ):
        return False
    loose = again.is_definite or again.is_bare
    return total or (any if loose else all)(beyond(word, first.own) is not None for word in telling)


def _taken(again: Told, first: Told, *, turned: bool) -> list[str]:
    """Return the words of a claim that take up another; none where it says what the other does not."""
    taken = []
    # What a segmenter cuts amiss is compared by its characters.
    spelt = next(iter(names_of(again.claim.before, "")), "")
    lead = [spelt] if len(spelt) >= _TELLING and beyond(spelt, first.own) is not None else again.lead
    for word in lead:
        if word in first.context or word is spelt:
            taken.append(word)
        elif not (is_bland(word) or (turned and word in _DEEDS)):
            return []
    named = len(taken)
    for word in again.object:
        if word in first.context:
            taken.append(word)
        elif not is_bland(word):
            break
    names_itself = any(not is_bland(word) for word in taken[:named]) and not again.claim.before.endswith("的")
    if again.object and len(taken) == named and not (names_itself or is_bland(again.object[0])):
        return []
    return taken
