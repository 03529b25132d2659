"""What a report speaks of as told before: 这43件案件均已公示, 12个社区全部…; then it has a figure of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from plugins.validators.claims import Claim
from plugins.validators.facts import NARROWER
from plugins.validators.nouns import beyond, counted_alike, shortened
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.scopes import scopes_in

# What follows says it of all of them, or takes them up one by one.
_OF_ALL = re.compile(
    r"(?:\d{5})?(?P<noun>[\u4e00-\u9fff“”]{1,10}?)(?:均|全部|全都|都|逐[件一案个项村份条宗起名]|无一|全覆盖|实现|已全|(?:当)?中(?![心学小队层型央介])|里面?)"
)
_THESE = regex.compile(r"(?:^|[对将把]|的|所有|上述|这|全[镇乡县区市局]道?|全街道|辖区|辖内|全年|[，,、])$")
_BLAND = regex.compile("案件|决定|情况|工作|[的了“”]")
_PLACES = frozenset(
    regex.findall(
        r"\S+",
        """
    村 行政村 社区 居民区 村居 村社区 村委会 居委会 嘎查 嘎查村 乡镇 镇街 街镇 镇 乡 街道 苏木 苏木镇 苏木乡镇
    部门 单位 县区 区县
    """,
    )
)
_ALL_THERE_ARE = regex.compile(
    r"(?:全(?:镇|乡|街道|县|区|市|旗)|[下所管]?辖(?:区|内|域)?|现有|共有|全部|所有)(?:的|共有?|内|有|\d+个[\p{Han}]{1,4}、)*$"
)
_NARROWED = regex.compile(NARROWER)
_ALL_THESE = re.compile("(?:全部|所有)的?$")
_QUOTES = re.compile('[“”"]')
_LONGEST_NOUN = 8
_WIDEST = Decimal("1.6")
_LEAST = 3


def told_of_all(claims: Sequence[Claim], parts: frozenset[int]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the figures of all of a kind that a clause speaks of, each with the one that counts the kind.

    A figure that is told anywhere else besides is of something, whatever that is, and contradicts nothing.

    Args:
        claims: what the report tells of its year, parts of lists included.
        parts: where the figures begin that a list tells as parts.
    """
    for later in claims:
        if _ALL_THESE.search(later.before):
            yield from _all_named(claims, later, parts)
            continue
        noun = _noun(later)
        if not noun or later.spot.quantity.value < _LEAST or _is_told_elsewhere(later, claims):
            continue
        wholes = (each for each in claims if each.spot.quantity.start not in parts)
        counted = [each for each in wholes if _may_count(each, later) and _counts(each, noun)]
        if len({each.spot.quantity.value for each in counted}) == 1:
            yield counted[0], later


def _all_named(claims: Sequence[Claim], later: Claim, parts: frozenset[int]) -> Iterator[tuple[Claim, Claim]]:
    """Yield what a clause names all of (邀请全部9名特邀监督员) with the one figure that counts these."""
    if later.spot.quantity.value < _LEAST or _is_told_elsewhere(later, claims):
        return
    behind = later.behind.replace("“", "").replace("”", "")
    counted = [
        each
        for each in claims
        if each.spot.quantity.start not in parts
        and _may_count(each, later)
        and not _NARROWED.search(each.before)
        and any(behind.startswith(name) for name in _ends(each.before))
    ]
    if len({each.spot.quantity.value for each in counted}) == 1:
        yield counted[0], later


def _ends(before: str) -> Iterator[str]:
    """Yield the names that the words before a figure may end in: 特邀监督员, 邀监督员, 监督员."""
    words = _QUOTES.sub("", before)
    yield from (words[-length:] for length in range(_LONGEST_NOUN, _LEAST - 1, -1) if len(words) >= length)


def _noun(claim: Claim) -> str:
    """Return what a clause tells something of all of; empty where it is of some, or of none told before."""
    text = claim.sentence.text
    end = claim.spot.quantity.end - claim.sentence.start
    match = _OF_ALL.match(text, end, end + 18)
    if match is None or not _THESE.search(claim.before) or _NARROWED.search(claim.before):
        return ""
    noun: str = _BLAND.sub("", match["noun"])
    if noun in _PLACES:
        return noun
    # 普通程序的58件案件、9.7万元罚款逐件…: what stands before the stop confines both.
    return "" if claim.before.endswith("、") else shortened(noun) or noun


def _is_told_elsewhere(claim: Claim, claims: Sequence[Claim]) -> bool:
    value = claim.spot.quantity.value
    return any(
        each is not claim and each.spot.quantity.value == value and counted_alike(each.spot, claim.spot)
        for each in claims
    )


def _may_count(claim: Claim, later: Claim) -> bool:
    low, high = sorted((claim.spot.quantity.value, later.spot.quantity.value))
    near = high <= _WIDEST * low or slip_of(low, high) < OTHERWISE
    apart = claim.sentence is not later.sentence
    # 司法所排查的124起纠纷均…: of the whole only where that is the office's, too.
    scoped = any(word not in claim.sentence.text for word in scopes_in(later.before))
    return near and apart and not scoped and counted_alike(claim.spot, later.spot)


def _counts(claim: Claim, noun: str) -> bool:
    """Whether a figure is of all that bear a name."""
    if _NARROWED.search(claim.before):
        return False
    if noun not in _PLACES:
        before = _BLAND.sub("", claim.before)
        named = shortened(before)
        ends = claim.after.startswith(noun) or named.endswith(noun[-2:])
        return before.endswith(noun) or (ends and beyond(noun, named + claim.after) is not None)
    behind = claim.after.removeprefix("行政")
    return _noun(claim) == noun or (
        behind == noun.removeprefix("行政") and _ALL_THERE_ARE.search(claim.before) is not None
    )
