"""A fact that another sentence takes up again with another figure: 受理17件…, 对全年受理的19件投诉逐件会商.

The words of what takes up are all told where it was told first; nothing else in the report has its figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.claims import Claim
from plugins.validators.contentwords import is_bland, words_in_order
from plugins.validators.facts import NARROWER as NARROWED
from plugins.validators.nouns import OBJECT, beyond, counted_alike, names_of
from plugins.validators.recalled import looks_back
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.scopes import scopes_in

_TELLING = 4
_WIDEST, _WIDER = Decimal("1.6"), Decimal(2)
_NOTHING = Decimal(0)
_REACH = 14
_LEAST = 3
_MANY_DIGITS = 3
_LAST_YEAR = regex.compile("上年|去年|同期|20\\d\\d年")
# What happened to all of them at some time is told of all.
_OF_ALL = regex.compile("全(?:[镇乡县区市局]|街道)")
_LIMITED = regex.compile(
    r"上半年|下半年|季度|(?<!\d)\d{1,2}月|截[至止]|去年|上年|同期|往年|以来|每|平均|抽|部分|某|首|专项|行动|整治|百日|联合|试点|示范|配合|协助|会同|不计入|不含|第[一二三四五六七八九十](?!责任)|等$|另|其他|其余|剩"
)
_STAGES = regex.compile(
    r"受理|接到|收到|登记|排查|化解|调解|办结|结案|审结|移送|整改|不予|未|没有|拒|逾期|立案|检查|开庭|出庭|复议|发现|上报|转办|申请|新增|减少|增加|退出|查处|审核|制定|修订|废止"
)
_ABOVE = regex.compile("上述|前述|以上")
_EMPTY = regex.compile(r"(?:全年|累计)?(?:合计|共计|总计|共)?")
_NARROWER = regex.compile(NARROWED)
_NAMES = (
    ("违法建筑物", "违建"),
    ("违法建筑", "违建"),
    ("违法建设", "违建"),
    ("违章建筑", "违建"),
    ("案卷", "案件"),
    ("法制", "法治"),
    ("调处", "调解"),
    ("摸排", "排查"),
    ("普法", "法治宣传"),
    ("宣讲", "宣传"),
    ("罚没款", "罚款"),
    ("罚没", "罚款"),
    ("专题讲座", "讲座"),
    ("经营户", "经营者"),
    ("机动车", "车辆"),
)
_DEEDS = frozenset({"化解", "调解", "处置", "处理", "解决", "查办"})
_DONE_TO = regex.compile("[对将把](?![外策应来口])")
_LISTED = regex.compile(r"^.*、.*等(?=\p{Han}{2})")
_THOSE = regex.compile(r"(?:的|上述|前述|以上|这|该|所有|全部)$")
_BARE = regex.compile(r"^(?:[对将把为从在]|依法|上述|全年|当年|全[镇乡县区市局]|[我本][镇乡县区市局])*$")
_ALL = regex.compile("均|全部|都|逐|无一|中(?:$|抽|有|选)")
_PLACES = regex.compile("(?:乡镇|镇街|部门|单位|企业|村社|社区|街道|全镇|苏木|旗直|县直|市直)+")
_STOP = regex.compile(r"[，,;；。：:、\d\n]")


@dataclass(frozen=True, eq=False)
class _Told:
    """A claim as others may take it up."""

    claim: Claim

    @cached_property
    def value(self) -> Decimal:
        return self.claim.spot.quantity.value

    @cached_property
    def lead(self) -> tuple[str, ...]:
        """The words before its figure in its clause."""
        # 举办公平竞争、计量标准等专题宣讲: what is listed before 等 confines nothing.
        return words_in_order(_same_names(_LISTED.sub("", self.before)))

    @cached_property
    def before(self) -> str:
        """What stands before its figure in its clause, behind 对 and 将."""
        return str(_DONE_TO.split(self.claim.before)[-1])

    @cached_property
    def object(self) -> tuple[str, ...]:
        """The words behind its figure."""
        return words_in_order(_same_names(_STOP.split(self.claim.behind)[0]))

    @cached_property
    def own(self) -> str:
        """Its clause, as far as it names what it is of."""
        named = OBJECT.match(self.claim.after)
        return _same_names(f"{self.claim.before} {named.group() if named else ''}")

    @cached_property
    def context(self) -> str:
        """Its sentence up to the end of its clause."""
        return _same_names(
            f"{self.claim.sentence.before(self.claim.spot)} {_STOP.split(self.claim.behind)[0]}"
        )

    @cached_property
    def around(self) -> str:
        """Its sentence."""
        return _same_names(self.claim.sentence.text)

    @cached_property
    def is_definite(self) -> bool:
        """Whether it speaks of what was told before: 核定的57个违法图斑; 1436项进驻事项全部…."""
        return bool(self.object) and (
            _THOSE.search(self.before) is not None
            or self._behind.startswith("的")
            or (self.is_bare and _ALL.search(self._behind) is not None)
        )

    @cached_property
    def is_bare(self) -> bool:
        """Whether nothing but a noun behind it tells what it is of: 85名专职网格员待遇偏低."""
        return bool(self.object) and _BARE.search(self.before) is not None

    @property
    def _behind(self) -> str:
        return str(_STOP.split(self.claim.behind)[0])

    @cached_property
    def limits(self) -> frozenset[str]:
        """What confines it."""
        segment = self.claim.sentence.before(self.claim.spot).rpartition(";")[2]
        if self.before.endswith("的"):
            segment = self.claim.before
        # 上半年审核61份，全年累计审核…: what is told of the whole year is confined no more.
        segment = segment[max(segment.rfind("全年"), 0) :]
        if self.claim.spot.quantity.kind is UnitClass.PEOPLE and _OF_ALL.search(self.before[-4:]):
            return frozenset()
        return frozenset(_LIMITED.findall(segment))


def taken_up_again(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims of which the second takes up the first with a figure of its own.

    Args:
        claims: what the report tells of its year, parts of lists included.
    """
    by_kind: dict[UnitClass, list[_Told]] = defaultdict(list)
    for claim in claims:
        if claim.spot.quantity.kind is not UnitClass.RATE and claim.spot.quantity.value >= _LEAST:
            by_kind[claim.spot.quantity.kind].append(_Told(claim))
    for told in by_kind.values():
        for again in told:
            found = _first(again, told)
            if found is not None:
                yield found.claim, again.claim


def _first(again: _Told, told: Sequence[_Told]) -> _Told | None:
    """Return the one claim that another takes up, unless its figure is told anywhere else."""
    like = [each for each in told if each is not again and counted_alike(each.claim.spot, again.claim.spot)]
    if any(_is_told(again, each) for each in like) or again.limits or not looks_back(again.claim):
        return None
    found = [each for each in like if _is_near(each, again) and _takes_up(again, each)]
    return found[0] if len({each.value for each in found}) == 1 else None


def _is_told(again: _Told, each: _Told) -> bool:
    """Whether a figure tells another one over again, last year's left out."""
    quantity = again.claim.spot.quantity
    low = quantity.low or _NOTHING
    within = low <= each.value and (quantity.high is None or each.value <= quantity.high)
    return within and not _LAST_YEAR.search(each.claim.sentence.before(each.claim.spot)[-_REACH:])


def _is_near(one: _Told, other: _Told) -> bool:
    low, high = sorted((one.value, other.value))
    if one.claim.sentence is other.claim.sentence:
        return False
    exact = one.claim.is_exact and other.claim.is_exact
    return high <= low * (_WIDEST if exact else _WIDER) or (exact and _is_misprint(low, high))


def _is_misprint(low: Decimal, high: Decimal) -> bool:
    return slip_of(low, high) < OTHERWISE or sorted(f"{low:f}") == sorted(f"{high:f}")


def _takes_up(again: _Told, first: _Told) -> bool:
    if first.limits or not looks_back(first.claim) or not _of_one_scope(again, first):
        return False
    if _narrowed(again.own) != _narrowed(first.own):
        return False
    exact = again.claim.is_exact and first.claim.is_exact
    misprint = exact and _is_misprint(*sorted((again.value, first.value)))
    turned = exact and sorted(f"{again.value:f}") == sorted(f"{first.value:f}")
    if _ABOVE.fullmatch(again.before):
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
    return turned or (plain and not more)


def _of_one_scope(again: _Told, first: _Told) -> bool:
    """Whether each says, where it is told, whose or how the other is."""
    mine, theirs = (scopes_in(each.claim.before) for each in (again, first))
    return all(word in again.around for word in theirs) and all(word in first.around for word in mine)


def _are_of_all(again: _Told, first: _Told) -> bool:
    """Whether two claims are told of the whole year, or of all there is: in one part both must be."""
    fully = [
        each.claim.told_fully or each.claim.part is None or _OF_ALL.search(each.before) is not None
        for each in (again, first)
    ]
    return all(fully) or (again.claim.part is not first.claim.part and any(fully))


def _is_telling(taken: Sequence[str], again: _Told, first: _Told, *, turned: bool, total: bool) -> bool:
    """Whether words are enough to tell that one claim takes up another."""
    telling = [word for word in taken if not is_bland(word)]
    length = len("".join(taken))
    if not telling:
        # 对全年查处的175件案件: what is as bland where it was told is known by its digits alone.
        return (
            turned and again.is_definite and length >= _TELLING and all(word in first.own for word in taken)
        )
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


def _taken(again: _Told, first: _Told, *, turned: bool) -> list[str]:
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


def _narrowed(own: str) -> frozenset[str]:
    return frozenset(_NARROWER.findall(own.removesuffix("中").replace("各级", ""))) - {"其中", "调整"}


def _same_names(text: str) -> str:
    """Return a text with what has several names by one of them."""
    for name, other in _NAMES:
        text = text.replace(name, other)
    return text
