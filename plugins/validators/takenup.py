"""A claim as others may take it up: its words before the figure and behind it, and what confines it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.claims import Claim
from plugins.validators.contentwords import is_bland, words_in_order
from plugins.validators.facts import NARROWER as NARROWED
from plugins.validators.nouns import OBJECT
from plugins.validators.once import lazy
from plugins.validators.recalled import looks_back
from plugins.validators.scopes import scopes_in

# What happened to all of them at some time is told of all.
_OF_ALL = regex.compile("全(?:[镇乡县区市局]|街道)")
_LIMITED = regex.compile(
    r"上半年|下半年|季度|(?<!\d)\d{1,2}月|截[至止]|去年|上年|同期|往年|以来|每|平均|抽|部分|某|首|专项|行动|整治|百日|联合|试点|示范|配合|协助|会同|不计入|不含|第[一二三四五六七八九十](?!责任)|等$|另|其他|其余|剩"
)
_ABOVE = regex.compile("上述|前述|以上")
# What is to come, in a report whose parts have no headings.
_PLANNED = regex.compile(
    r"新的一年|明年|来年|下一年|下一步|下步|力争|争取|计划|确保|不少于|不低于|将(?=重点|继续|进一步|全面|努力|持续)"
)
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
_ANY_NAME = re.compile("|".join(name for name, _ in _NAMES))
_DONE_TO = re.compile("[对将把](?![外策应来口])")
_OFFICIAL = regex.compile(
    "(?:书记|[局镇乡县区市]长|主任|负责人|负责同志|领导(?:班子)?)[\\p{Han}]{0,4}[对将把]"
)
_LISTED = regex.compile(r"^.*、.*等(?=\p{Han}{2})")
_THOSE = regex.compile(r"(?:的|上述|前述|以上|这|该|所有|全部)$")
_BARE = re.compile(r"^(?:[对将把为从在]|依法|上述|全年|当年|全[镇乡县区市局]|[我本][镇乡县区市局])*$")
_ALL = regex.compile("均|全部|都|逐|无一|中(?:$|抽|有|选)")
_STOP = regex.compile(r"[，,;；。：:、\d\n]")


@dataclass(eq=False)
class Told:
    """A claim as others may take it up."""

    claim: Claim

    @property
    def value(self) -> Decimal:
        """Its figure."""
        return self.claim.spot.quantity.value

    @lazy
    def may_be_again(self) -> bool:
        """Whether it may be what takes up another, where no two digits tell it."""
        return self.is_of_all or self.is_bare or self.is_definite

    @lazy
    def is_of_all(self) -> bool:
        """Whether it is told of the whole year, or of all there is."""
        return self.claim.told_fully or self.claim.part is None or _OF_ALL.search(self.before) is not None

    @lazy
    def is_summed_above(self) -> bool:
        """Whether it says no more than that it was told: 上述49件."""
        return _ABOVE.fullmatch(self.before) is not None

    @lazy
    def is_plain(self) -> bool:
        """Whether it tells what was, confined to nothing."""
        planned = _PLANNED.search(self.claim.sentence.before(self.claim.spot)) is not None
        return not (self.limits or planned) and looks_back(self.claim)

    @lazy
    def lead(self) -> tuple[str, ...]:
        """The words before its figure in its clause."""
        # 举办公平竞争、计量标准等专题宣讲: what is listed before 等 confines nothing.
        return words_in_order(_same_names(_LISTED.sub("", self.before)))

    @lazy
    def before(self) -> str:
        """What stands before its figure in its clause, behind 对 and 将."""
        return str(_DONE_TO.split(self.claim.before)[-1])

    @lazy
    def object(self) -> tuple[str, ...]:
        """The words behind its figure."""
        return words_in_order(_same_names(self._behind))

    @lazy
    def own(self) -> str:
        """Its clause, as far as it names what it is of."""
        named = OBJECT.match(self.claim.after)
        return _same_names(f"{self.claim.before} {named.group() if named else ''}")

    @lazy
    def context(self) -> str:
        """Its sentence up to the end of its clause."""
        return _same_names(f"{self.claim.sentence.before(self.claim.spot)} {self._behind}")

    @lazy
    def around(self) -> str:
        """Its sentence."""
        return _same_names(self.claim.sentence.text)

    @lazy
    def is_definite(self) -> bool:
        """Whether it speaks of what was told before: 核定的57个违法图斑; 1436项进驻事项全部…."""
        pointed = (
            _THOSE.search(self.before) is not None
            or self._behind.startswith("的")
            or (_BARE.search(self.before) is not None and _ALL.search(self._behind) is not None)
        )
        return pointed and bool(self.object)

    @lazy
    def is_bare(self) -> bool:
        """Whether nothing but a noun behind it tells what it is of: 85名专职网格员待遇偏低."""
        return _BARE.search(self.before) is not None and bool(self.object)

    @lazy
    def _behind(self) -> str:
        return str(_STOP.split(self.claim.behind, 1)[0])

    @lazy
    def telling(self) -> tuple[str, ...]:
        """The words that tell what it is of; none where 上述 says it."""
        return (
            ()
            if self.is_summed_above
            else tuple(word for word in (*self.lead, *self.object) if not is_bland(word))
        )

    @lazy
    def scopes(self) -> frozenset[str]:
        """Whose it is, or how it was done."""
        # 局长对全年受理的…: who looks into them confines nothing.
        return scopes_in(self.before if _OFFICIAL.search(self.claim.before) else self.claim.before)

    @lazy
    def narrowed(self) -> frozenset[str]:
        """Of which of them it is."""
        own = self.own.removesuffix("中").replace("各级", "")
        return frozenset(_NARROWER.findall(own)) - {"其中", "调整"}

    @lazy
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


def _same_names(text: str) -> str:
    """Return a text with what has several names by one of them."""
    if _ANY_NAME.search(text) is None:
        return text
    for name, other in _NAMES:
        text = text.replace(name, other)
    return text
