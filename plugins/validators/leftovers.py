"""What was done and what is left of a whole: 清单32项，销号29项，尚有3项; 受理58件，审结51件，正在审理7件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.grammar.units import COUNTS
from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger
from plugins.validators.counterparts import CARRIED_OVER, carried_over
from plugins.validators.exactruns import exact_runs
from plugins.validators.nearly import is_slip
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.sums import NEAR_SUM, SUM

_REST = r"(?<![多富])余|另(?!外|行)|尚有|还有|仍有|尚余|还剩|剩余|剩下|其余|余下|尚未|还未|仍未"
_UNDONE = (
    r"正在(?:办理|审理|化解|调解|整改|处理|处置|推进|调处|审查)|在办"
    r"|未(?:办结|审结|化解|整改|完成|销号|处理|结案|办理)|待(?:办理|化解|整改|处理|审结)"
)
_LEFT_BEFORE = re.compile(rf"(?:{_REST}|{_UNDONE}|跨年)[〇\u4e00-\u9fff]{{0,8}}$")
_LEFT_AFTER = re.compile(
    rf"^(?:案件|纠纷|事项|工单|问题|隐患|诉求)?(?:{_UNDONE}|跨年|尚未|仍在|还在|正在|结转|转入|留待|需|待|将|持续|列入(?:下年|明年|20\d\d))"
)
# 还有3处 may be three more, or some of those that are left.
_SURE = re.compile("尚有|余|剩|另(?!外?有)")
_DONE = re.compile(
    r"(?:已|完成|销号|办结|审结|化解|整改|调解成功|结案|落实|答复|办理完毕|处置|解决|清理|拆除)[〇\u4e00-\u9fff]{0,6}$"
)
_OPEN = re.compile(f"{_UNDONE}|尚未|还未|仍未|尚有|还有|仍有|尚余|正在|仍在|还在")
# What is left over of another whole, or on purpose: 其余转交, 其余为建议类.
_NO_LEFT = re.compile(r"去年|上年|往年|历年|上级|国家级|省级|市级|计划|目标|力争")
_NO_WHOLE = re.compile(r"去年|上年|往年|其中")


@dataclass(frozen=True, slots=True)
class Leftover:
    """A whole, what of it was done, and what is left; `sure` tells that the rest is said to be all of it."""

    whole: Spot
    done: Spot
    left: Spot
    sure: bool


def check_leftovers(ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int]) -> None:
    """Enter what sentences tell as done and as left of one whole, unless another list has it in `parts`."""
    known = exact_runs(ledger.reading.shadow.text, sentences)
    for number, sentence in enumerate(sentences):
        for found in leftovers(sentence, parts):
            told = [found.done.quantity.value, found.left.quantity.value]
            if sum(told) != found.whole.quantity.value and known.explain((found.done, found.left)):
                continue
            relation = Total(*(ledger.spot(found.whole), tuple(map(ledger.spot, (found.done, found.left)))))
            doubt = CARRIED_OVER if carried_over(sentences, number) else ""
            if found.sure or sum(told) >= found.whole.quantity.value:
                ledger.checks.append(Check(SUM, relation, doubt))
            elif is_slip(found.whole.quantity.value, told):
                ledger.checks.append(Check(NEAR_SUM, relation, doubt))


def leftovers(sentence: Sentence, parts: frozenset[int]) -> Iterator[Leftover]:
    """Yield the wholes of a sentence with what is done and left of them."""
    counted = [
        spot
        for spot in sentence.spots
        if spot.quantity.kind in COUNTS
        and spot.quantity.start not in parts
        and spot.quantity.low == spot.quantity.high
    ]
    for whole, done, left in zip(counted, counted[1:], counted[2:], strict=False):
        if not (alike(whole.quantity, done.quantity) and alike(whole.quantity, left.quantity)):
            continue
        if _NO_LEFT.search(left.gap) or _NO_WHOLE.search(whole.name) or words.tells_change(left.gap):
            continue
        if _is_left(left) and not (_is_left(done) or _DONE.search(whole.name)):
            largest = max(done.quantity.value, left.quantity.value)
            if largest <= whole.quantity.value and _is_of_the_same(left):
                yield Leftover(whole, done, left, _SURE.search(left.gap + left.after) is not None)


def _is_of_the_same(left: Spot) -> bool:
    """Whether what is left is of the work right before it.

    In 涉及家庭的61件，化解60件；剩下的34件 it is of a whole farther before.
    """
    return ";" not in left.gap or _OPEN.search(left.gap + left.after) is not None


def _is_left(spot: Spot) -> bool:
    return _LEFT_BEFORE.search(spot.name) is not None or _LEFT_AFTER.search(spot.after) is not None
