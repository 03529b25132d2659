"""What each of several has against all that there are: 9个社区，每个社区配备2名法律顾问，共18名."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from nianbao import Severity
from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.averages import counts_of
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.relations import Product
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.sentences import Sentence, Spot, told_alike

PRODUCT = Rule("arithmetic.product", "ratio", Severity.ERROR, "总数应等于个数乘以每个的数目")
_OF = (
    r"[人名位]|行政村|村居|村|社区|家|户|企业?|所|校|站|场|镇街|镇|街道|乡|单位|队|网格|片区|小组|支部|窗口"
    r"|[组期批次]"
)
_EACH = regex.compile(
    rf"(?:每一?个?|各|(?:^|[，,])一[个所家])(?P<of>{_OF}|学校)(?!均(?!选|配|设|有|建|聘))(?!平均)(?:[（(][^）)]{{1,4}}[）)])?[\p{{Han}}]{{0,8}}$"
)
# 五个党支部各开展2次活动
_EACH_DID = regex.compile(r"^[\p{Han}]{2,8}各(?:自|分别)?(?!类|级|项|种)[\p{Han}]{2,6}$")
_ALSO_EACH = regex.compile(r"各\p{Han}{0,3}$")
_PERSON = regex.compile("^[名位]$")
_LOOSE = regex.compile(
    "约|近|平均|(?<![村区个所家站校])均|均(?![选配设有建聘])|最多|不超过|其中|每[月季周半旬日天]|每个?[季月]"
)
_IN_ALL = regex.compile(
    r"(?:^|[，,、])[\p{Han}]{0,6}?(?:共计|合计|总计|累计|总共|一共|共|总数)[\p{Han}]{0,8}$"
)
# One lawyer may advise five villages.
_SHARED = regex.compile("律师|顾问|民警|辅警|副校长")
_NOUN = 2
# 每村选配3名“法律明白人” here, 全镇42名“法律明白人” there.
_CATCHWORD = regex.compile(r"[“\"](\p{Han}{3,8})[”\"]")
_OF_ALL = regex.compile("全[镇乡县区市]|全街道|全部|共|所有")
_OF_SOME = regex.compile("优秀|先进|骨干|部分|新增|新|首批|示范|星级|其中|缺|未")
_NEAR = 14
_FURTHEST = Decimal("0.25")


def check_products(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every figure told of each of several whose number and sum its sentence tells.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    for sentence in sentences:
        if "每" not in sentence.text and "各" not in sentence.text:
            continue
        for place, each in enumerate(sentence.spots):
            match = _EACH.search(each.gap) if place else None
            own = place and _EACH_DID.match(each.gap)
            if (match is None and not own) or _LOOSE.search(f"{each.gap}#{each.after}"):
                continue
            # 每村不少于3名
            at_least = each.quantity.high is None and each.quantity.low == each.quantity.value
            if not (_is_plain(each) or (at_least and each.quantity.kind in COUNTS)):
                continue
            numbers = _numbers(sentence.spots[:place], match["of"] if match else "")
            total = _total(sentence, place)
            if total is None and len(numbers) == 1 and _is_plain(each):
                total = _far_total(sentences, sentence, numbers[0].quantity.value, each)
            if total is None or len(numbers) != 1 or total in numbers or each.quantity.value <= 0:
                continue
            product = numbers[0].quantity.value * each.quantity.value
            fewer = total.quantity.value < product and _SHARED.search(sentence.text) is not None
            if fewer or not _is_near(total.quantity.value, product):
                continue
            told = (ledger.spot(spot) for spot in (total, numbers[0], each))
            ledger.checks.append(Check(PRODUCT, Product(next(told), next(told), next(told), at_least)))


def _numbers(before: Sequence[Spot], of: str) -> list[Spot]:
    """Return the figures that tell how many have some: those that count them, else the one right before."""
    if not of:
        return [spot for spot in before[-1:] if _is_plain(spot)]
    of = _PERSON.sub("人", of).removeprefix("学")
    return [spot for spot in before if counts_of(spot, of) and _is_plain(spot)]


def _is_plain(spot: Spot) -> bool:
    """Whether a figure is a count, told without a hedge."""
    quantity = spot.quantity
    counted = quantity.kind in COUNTS or quantity.kind is UnitClass.MONEY
    return counted and quantity.low == quantity.high


def _total(sentence: Sentence, place: int) -> Spot | None:
    """Return what all have: told behind with 共, or right before with the same noun or none."""
    each = sentence.spots[place]
    behind = sentence.spots[place + 1] if place + 1 < len(sentence.spots) else None
    if behind is not None and _is_like(behind, each) and _IN_ALL.search(behind.gap):
        return behind
    # 86名网格员，划分为68个网格，每个网格配备1名网格员; 4次，参加代表共48人，每次14人
    for spot in reversed(sentence.spots[max(place - 2, 0) : place]):
        # 其中3所各配2名，其余每所1名: what others have each is no sum.
        more = _is_like(spot, each) and spot.quantity.value > each.quantity.value
        if more and not _ALSO_EACH.search(spot.gap):
            noun = each.after.rstrip("。")[:_NOUN]
            return spot if (noun in spot.after if len(noun) == _NOUN else not noun) else None
    return None


def _far_total(sentences: Sequence[Sentence], own: Sentence, number: Decimal, each: Spot) -> Spot | None:
    """Return what all have where another sentence tells all of it by the same catchword, and slips."""
    words = _CATCHWORD.findall(own.text)
    product = number * each.quantity.value
    for sentence in sentences if len(words) == 1 else ():
        if sentence is own or words[0] not in sentence.text:
            continue
        for spot in sentence.spots:
            at = spot.quantity.start - sentence.start
            near = sentence.text[max(at - _NEAR, 0) : at + _NEAR]
            slip = len(f"{spot.quantity.value:f}") == len(f"{product:f}") and (
                slip_of(spot.quantity.value, product) < OTHERWISE
            )
            if slip and _is_like(spot, each) and words[0] in near and _is_of_all(spot.name):
                return spot
    return None


def _is_of_all(name: str) -> bool:
    return _OF_ALL.search(name) is not None and _OF_SOME.search(name) is None


def _is_like(spot: Spot, each: Spot) -> bool:
    return _is_plain(spot) and told_alike(spot.quantity, each.quantity)


def _is_near(total: Decimal, product: Decimal) -> bool:
    """Whether a sum is a slip of a product, or near it."""
    return abs(total - product) <= _FURTHEST * product or slip_of(total, product) < OTHERWISE
