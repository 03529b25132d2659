"""A rate where it stands, and the figure that it tells the share of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.counterparts import is_done, is_of, roles
from plugins.validators.listwords import ASIDE
from plugins.validators.pairs import LOST, MENDED, ORDERED, PAIRS, PLEASED, Pair
from plugins.validators.scales import graded
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.shares import HUNDRED

_TWO = 2
_AMONG = regex.compile(r"[其当]中|包括|[(（]|含|另|其余|还有|[增减]")
# Rates of what was due, of a first try, or of a kind: the figures beside them are of all.
_AND = ("、", "和", "与", "及")
_NARROWER = re.compile(
    "按[期时]|及时|限[期时]|如期|到期|提前|初[次信访]|首[次问接]|一次|就地|当场|网上|线上"
    "|综合|重大|疑难|同比|自动|主动|自行"
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate where it stands: `before` are its sentence's figures before it, `pair` what it is a rate of."""

    spot: Spot
    name: str
    pair: Pair
    sentence: Sentence
    before: tuple[Spot, ...]
    sentences: Sequence[Sentence]
    number: int

    @property
    def narrower(self) -> str:
        """What confines the rate to some of the figures beside it."""
        return narrower_of(self.name)


def numerator(rate: Rate) -> Spot | None:
    """Return the numerator: what was done, told once, or again with the same figure."""
    since = 0
    for place, spot in enumerate(rate.before):
        if is_of(rate.pair, spot) and spot.quantity.kind is not UnitClass.RATE:
            since = place
    dones = [spot for spot in rate.before[since:] if _did(rate, spot)]
    # 办结95件，受理100件: what was done may come first, but not with a whole of its own before it.
    dones = dones or list(takewhile(lambda spot: not is_of(rate.pair, spot), rate.before[:since]))
    dones = [spot for spot in dones if _did(rate, spot)]
    # 答复申请5件；承办建议14件、提案23件，答复率100%: not what another statement tells.
    dones = [spot for spot in dones if not _is_of_another(rate, spot)]
    if not dones:
        return _unnamed(rate)
    if len({spot.quantity.value for spot in dones}) > 1:
        # 审结234件，其中调解结案158件，结案率98.7%: a part is not what was done of all.
        dones = [spot for spot in dones if _AMONG.search(spot.gap) is None] or dones
    # 归集处罚信息86条、许可信息325条，归集率100%: what no known words tell stands right before its rate.
    if rate.pair not in PAIRS and (
        not _is_beside(dones[-1], rate) or (rate.spot.quantity.value == HUNDRED and "其中" in dones[-1].gap)
    ):
        return None
    if len({spot.quantity.value for spot in dones}) != 1:
        return None
    # 按时处置203件，处置率93.5%: where not all was done, there is nothing else that it could be of.
    plain = not rate.narrower and rate.spot.quantity.value != HUNDRED
    return next((spot for spot in dones if plain or narrower_of(spot.name) == rate.narrower), None)


def _did(rate: Rate, spot: Spot) -> bool:
    """Whether a figure tells what was done, as no rate does: 满意率98.9%；答复12件，满意率100%."""
    told = spot.quantity.kind is not UnitClass.RATE and is_done(rate.pair, spot)
    return told and not (rate.pair is LOST and of_another_kind(rate.name, spot.name))


def of_another_kind(rate: str, did: str) -> bool:
    """Whether suits that were lost are told, and a rate is of what reviews corrected, or the other way."""
    return ("败诉" in rate and "纠错" in did) or ("纠错" in rate and "败诉" in did)


def _is_of_another(rate: Rate, spot: Spot) -> bool:
    """Whether a semicolon parts a figure from a rate that has something else taken up beside it."""
    behind = rate.before[rate.before.index(spot) + 1 :]
    since = next((at for at in range(len(behind), 0, -1) if ";" in behind[at - 1].gap), 0)
    return bool(since) and any(is_of(rate.pair, each) for each in behind[since - 1 :])


def _is_beside(done: Spot, rate: Rate) -> bool:
    """Whether only others of its scale, or asides, stand between a figure and its rate.

    As 优秀66卷、合格51卷，优秀率; 调处结案29宗，涉及面积1560亩，调处率.
    """
    behind = rate.before[rate.before.index(done) + 1 :]
    return all(
        graded([spot.called]) if alike(spot.quantity, done.quantity) else ASIDE.match(spot.called)
        for spot in behind
    )


def _unnamed(rate: Rate) -> Spot | None:
    """Return the figure right before a rate that no word tells as done: 摸排232起，言和226起，化解率97.4%."""
    last = rate.before[-1] if rate.before else None
    if last is None or rate.narrower or rate.pair is PLEASED:
        return None
    like = [spot for spot in rate.before[:-1] if alike(spot.quantity, last.quantity)]
    # 报名131人，参加考试128人，60分以上的122人，合格率93.5%: of the last by whose name it may be.
    if len(like) > 1 and rate.spot.quantity.value != HUNDRED:
        large = [spot for spot in like if spot.quantity.value >= last.quantity.value]
        if not any(_makes(last, spot, rate.spot) for spot in large):
            like = [spot for spot in large if is_of(rate.pair, spot)][-1:]
    # Of several it may be a part of any; what is less than half may be a rest as well.
    if len(like) != 1 or _TWO * last.quantity.value < like[0].quantity.value:
        return None
    # What was ordered to be mended counts where no rest is told of it.
    asked = [pair for pair in roles(last).of if pair is not rate.pair or ORDERED not in roles(last).done]
    ordered = rate.pair is MENDED and rate.spot.quantity.value != HUNDRED
    # 分解到15个股室、9个所: what is listed beside another thing is none of it.
    # 分别为71人和69人: nor is what is told of another occasion beside it.
    listed = ("、" in last.gap and not last.gap.startswith("、")) or last.gap in _AND
    if asked or listed or (roles(last).done and not ordered) or _AMONG.search(last.gap):
        return None
    return last if is_of(rate.pair, like[0]) else None


def _makes(part: Spot, whole: Spot, rate: Spot) -> bool:
    """Whether a rate is that of two figures, however it is rounded."""
    share = HUNDRED * part.quantity.value / whole.quantity.value if whole.quantity.value else HUNDRED
    told = rate.quantity.value
    return abs(share - told) < Decimal(1).scaleb(min(int(told.as_tuple().exponent), 0))


def narrower_of(name: str) -> str:
    """Return what confines a name to some of what is told: 按期, 初次; empty where nothing does."""
    found = _NARROWER.search(name)
    return found.group() if found else ""
