"""What one part of a report recalls of another with another figure: 查处案件108件, later 102件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao import SectionKind
from nianbao.grammar.units import UnitClass
from plugins.validators.claims import Claim, is_slip
from plugins.validators.contentwords import content_words
from plugins.validators.nearpairs import near_pairs, turned_pairs
from plugins.validators.nouns import beyond, names_of, shortened
from plugins.validators.once import lazy
from plugins.validators.scopes import EACH, LIMITED, scopes_in, scopes_of

# Figures that differ more than this are of another scope.
_WIDEST = Decimal("1.6")
_TELLING, _SPELT_OUT = 4, 6
_AT_LENGTH = 6
# 世界环境日期间接受咨询800人次: of an occasion, not of the year.
_OCCASION = regex.compile(
    r"宣传[周日月季]|活动[周日月季中]|[日节][\"”、，,]|节点|当[天日]|期间|现场|月\d{1,2}日"
)
_FEW = 5
# How far a case had come: what is taken in is not what is closed.
_STAGES = regex.compile(
    r"受理|接到|收到|登记|排查|化解|调解|成功|办结|结案|审结|移送|整改|审核|审查|不予|未|没有|拒|超期|逾期|立案|检查|开庭|出庭|复议|诉讼|涉及|发现|上报|转办"
    r"|减|增|新|降|升|免|缓"
)
# What those in charge brought about, not what they did themselves.
_OF_ALL = regex.compile(
    r"(?:全年|年内|一年[来中])[^，,]{4,24}共有?$|推动|带动|促成|促进|推进|指导|全[镇乡街县区市局]|[我本](?:镇|乡|街道|县|区|市|局)|全年$|辖[内区]|(?:^|全年)(?:[镇乡县区市](?!长)|街道|局(?!长))"
)
_CHAIRED = regex.compile(r"[^，,。;；]{0,20}?主持(?=召开|开展|.{0,8}会)")
_AIMS = regex.compile(r"力争|计划|目标|确保|不少于|不低于|以上|达到|再|拟|将|争取|新增|完成|实现")
_LOOKS_BACK = regex.compile(
    r"针对|20\d\d年(?:年?底|末)[^，,。；;]*$|(?:今年|本年|全年|年内|20\d\d年度?)[^，,。；;]*$"
)
# 在2023年底84名“法律明白人”的基础上再遴选20名
_BASE = regex.compile(r"[^，,。;；]{0,16}的?基础上")
_RATE = regex.compile(r"[\p{Han}]{2,}率$")
# Of these there is one, whatever else is told.
_OWN_RATE = regex.compile(
    r"^(?:(?:人民)?调解成功|纠纷化解|持证上岗?|执法人员持证|出庭应诉|负责人出庭(?:应诉)?)率$"
)


@dataclass(eq=False)
class _Recall:
    """A claim as it is compared with those of other parts."""

    claim: Claim
    text: str

    @lazy
    def value(self) -> Decimal:
        return self.claim.spot.quantity.value

    @lazy
    def names(self) -> tuple[str, ...]:
        """What its figure is of: by the words before it, and with those that follow it."""
        before = self.claim.before
        return names_of(before[self.chaired :], self.claim.after)

    @lazy
    def words(self) -> frozenset[str]:
        """The words that tell what its figure is of."""
        return content_words(self.claim.before[self.chaired :], self.claim.after)

    @lazy
    def is_plain(self) -> bool:
        """Whether it is a figure of its own, confined to nothing."""
        is_rate = self.claim.spot.quantity.kind is UnitClass.RATE
        return not (is_rate or self.limits)

    @lazy
    def chaired(self) -> int:
        """Where the words end, among duties, that tell who was in the chair of what a body did; else 0."""
        if self.claim.part is not SectionKind.RESPONSIBILITY:
            return 0
        match = _CHAIRED.match(self.claim.before)
        return match.end() if match else 0

    @lazy
    def is_named_behind(self) -> bool:
        """Whether only the words behind its figure name it, which may run on: 4件规范性文件宣传不到位."""
        return not names_of(self.claim.before, "")

    @lazy
    def told_before(self) -> str:
        """The sentence up to the figure."""
        return self.claim.sentence.before(self.claim.spot)

    @lazy
    def context(self) -> str:
        """The paragraph up to the end of the sentence, in the short names of things."""
        begin = self.text.rfind("\n", 0, self.claim.sentence.start) + 1
        return shortened(self.text[begin : self.claim.sentence.end])

    @lazy
    def limits(self) -> frozenset[str]:
        """The words that confine it to a time, a campaign or a part."""
        return frozenset((*LIMITED.findall(self.told_before), *EACH.findall(self.claim.before)))

    @lazy
    def scopes(self) -> frozenset[str]:
        """The words of its own clause that tell whose it is."""
        found = scopes_of(self.claim)
        return found - (scopes_in(self.claim.before[: self.chaired]))


def recalled(text: str, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims of one fact with other figures, wherever they stand, in the text's order.

    Args:
        text: the report's, as the grammar reads it.
        claims: the report's.
    """
    found = []
    recalls = [_Recall(claim, text) for claim in claims]
    for first, second in (*near_pairs(claims, _WIDEST), *turned_pairs(claims, _WIDEST)):
        one, other = recalls[first], recalls[second]
        if one.claim.part is other.claim.part:
            again = _is_told_twice(one, other)
        else:
            again = _is_one_fact(one, other) or _is_turned_over(one, other)
        if again:
            found.append((one.claim, other.claim))
    yield from sorted(found, key=lambda pair: (pair[0].spot.left, pair[1].spot.left))


def _is_told_twice(one: _Recall, other: _Recall) -> bool:
    """Whether one part tells a fact twice for the whole year, in the same words, without any limit."""
    if one.claim.sentence is other.claim.sentence or not _of_the_year(one, other):
        return False
    plain = one.is_plain and other.is_plain and one.scopes == other.scopes
    return plain and _tells_what_was(one) and _tells_what_was(other) and _is_told_again(one, other)


def _of_the_year(one: _Recall, other: _Recall) -> bool:
    """Whether both are of the whole year, or one is, and the other can be no part of it.

    That is a slip of the pen, or more than all of it, or told in as many and the same words.
    """
    fully = one.claim.told_fully, other.claim.told_fully
    since = ["以来" in each.told_before for each in (one, other)]
    if since[0] != since[1] or not any(fully):
        return False
    if all(fully) or is_slip(one.claim, other.claim):
        return True
    of_all, plain = (one, other) if fully[0] else (other, one)
    if one.names[:1] != other.names[:1]:
        return False
    at_length = len("".join(one.names[:1])) >= _AT_LENGTH and not _OCCASION.search(plain.claim.sentence.text)
    return of_all.value < plain.value or at_length


def _is_told_again(one: _Recall, other: _Recall) -> bool:
    spelt_alike = one.names[:1] == other.names[:1] and len("".join(one.names[:1])) >= _SPELT_OUT
    return spelt_alike or _is_of_the_same_words(one, other)


def _is_turned_over(one: _Recall, other: _Recall) -> bool:
    """Whether two figures of one short name have the same digits in another order: 立案86件, 全年立案68件."""
    digits, others = (f"{each.value:f}" for each in (one, other))
    if sorted(digits) != sorted(others) or one.claim.spot.quantity.unit != other.claim.spot.quantity.unit:
        return False
    called = one.claim.spot.called
    alike = len(called) > 1 and called == other.claim.spot.called
    fully = one.claim.told_fully or other.claim.told_fully
    told = _tells_what_was(one) and _tells_what_was(other) and _in_the_chair_of(one, other)
    return alike and fully and told and _of_one_scope(one, other)


def _is_one_fact(one: _Recall, other: _Recall) -> bool:
    if not (_tells_what_was(one) and _tells_what_was(other)):
        return False
    named = any(_is_one_name(one, mine, other, theirs) for mine in one.names for theirs in other.names)
    if not (named or _is_of_the_same_words(one, other)):
        return False
    return _of_one_scope(one, other) and _in_the_chair_of(one, other)


def _is_of_the_same_words(one: _Recall, other: _Recall) -> bool:
    """Whether all words that tell what one figure is of tell it of the other, and no more but where."""
    if one.claim.spot.quantity.kind is UnitClass.RATE:
        return False
    short, long = sorted((one, other), key=lambda each: len(each.words))
    if not short.words <= long.words or len("".join(short.words)) < _TELLING:
        return False
    more = long.words - short.words
    # What is told in more words may be a part, and less; what is no part is named where the other is told.
    partial = long.value < short.value
    # 租赁合同审查15份, of 审查合同51份 in all
    if more and long.value * _WIDEST < short.value:
        return False
    return not any(_STAGES.search(word) or (partial and word not in short.context) for word in more)


def _in_the_chair_of(one: _Recall, other: _Recall) -> bool:
    """Whether those who were in the chair held more sessions than there were: fewer are no contradiction."""
    if not (one.chaired or other.chaired):
        return True
    chaired, held = (one, other) if one.chaired else (other, one)
    return not held.chaired and chaired.value > held.value


def _tells_what_was(recall: _Recall) -> bool:
    """Whether a claim is of the issuer's work: in a plan it must look back, among duties be of all."""
    if recall.claim.part is SectionKind.PLAN:
        return looks_back(recall.claim)
    if recall.claim.part is SectionKind.RESPONSIBILITY:
        if recall.chaired:
            return True
        is_money = recall.claim.spot.quantity.kind is UnitClass.MONEY
        return is_money or _OF_ALL.search(recall.claim.before) is not None
    return True


def looks_back(claim: Claim) -> bool:
    """Whether a claim tells what was: in a plan it must say so."""
    if claim.part is not SectionKind.PLAN:
        return True
    told = _LOOKS_BACK.search(claim.sentence.before(claim.spot)) is not None
    if told and _BASE.match(claim.behind):
        return True
    return told and _AIMS.search(claim.sentence.text) is None


def _of_one_scope(one: _Recall, other: _Recall) -> bool:
    """Whether two claims are confined alike, or one that is confined is more than all there is."""
    if one.scopes != other.scopes:
        return False
    if one.limits == other.limits:
        return True
    part, whole = (one, other) if one.limits else (other, one)
    return not whole.limits and whole.claim.told_fully and part.value > whole.value


def _is_one_name(one: _Recall, mine: str, other: _Recall, theirs: str) -> bool:
    """Whether two names are one, or the longer says what stands beside the shorter, too."""
    short, long = (one, other) if len(mine) <= len(theirs) else (other, one)
    less, more = sorted((mine, theirs), key=len)
    is_rate = one.claim.spot.quantity.kind is UnitClass.RATE
    if is_rate and _RATE.search(more) is None:
        return False
    if not _is_telling(one, other, less, more):
        return False
    if less == more:
        return not is_rate or len(more) > _SPELT_OUT or _OWN_RATE.match(more) is not None
    runs = beyond(less, more)
    if runs is None or (not is_rate and any(_STAGES.search(run) for run in runs)):
        return False
    if long.is_named_behind and more.startswith(less) and len(less) >= _TELLING:
        return True
    return all(run in short.context for run in runs)


def _is_telling(one: _Recall, other: _Recall, less: str, more: str) -> bool:
    quantity = one.claim.spot.quantity
    if quantity.kind is UnitClass.MONEY:
        return len(less) > 1 and (len(more) >= _TELLING or one.claim.told_fully or other.claim.told_fully)
    few = min(one.value, other.value) < _FEW
    return len(less) > 1 and len(more) >= (_SPELT_OUT if few else _TELLING)
