"""Shares told of parts: 公示86件，占92件的98%; 行政许可30件，占30%."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from nianbao import Severity
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.listshares import shares_before, shares_of
from plugins.validators.relations import AtMost, Total, Verdict
from plugins.validators.sentences import Sentence, Spot
from plugins.validators.shares import NotCut, Share

SHARE = Rule("arithmetic.share", "ratio", Severity.ERROR, "占比应等于分项除以合计（四舍五入或截尾均可）")
CUT = Rule("arithmetic.share-cut", "ratio", Severity.NOTE, "占比一般四舍五入，截尾得到的偏低")
_Option = TypeVar("_Option", Total, AtMost, Share)


def check_shares(ledger: Ledger, sentences: Iterable[Sentence]) -> None:
    """Enter every share that is told with its whole."""
    for sentence in sentences:
        for rate, part, whole in (*shares_of(sentence), *shares_before(sentence)):
            number = ledger.spot(part)
            told = ledger.spot(rate, name=f"{ledger.figures[number].name}占比")
            relation = Share(told, number, ledger.spot(whole), strict=False)
            ledger.checks.append(Check(SHARE, relation))


def enter_share(ledger: Ledger, share: Spot, part: int, wholes: tuple[int, ...]) -> None:
    """Enter the share that is told of a part.

    Args:
        ledger: where checks are entered.
        share: the rate.
        part: the number of its figure.
        wholes: those of the figures that it may be a part of, the likeliest first.
    """
    told = ledger.spot(share, name=f"{ledger.figures[part].name}占比")
    fitting = first_unbroken(ledger, [Share(told, part, each, strict=False) for each in wholes])
    ledger.checks.append(Check(SHARE, fitting))
    if fitting.is_cut_off(ledger.bounds):
        note = f"如按四舍五入，应写为{fitting.rounded(ledger.bounds):f}%。"
        cut = NotCut(fitting.rate, fitting.part, fitting.whole)
        ledger.checks.append(Check(CUT, cut, note=note))


def first_unbroken(ledger: Ledger, options: list[_Option]) -> _Option:
    """Return the first relation that the figures don't break, else the first of all."""
    bounds = ledger.bounds
    return next((each for each in options if each.verdict(bounds) is not Verdict.FAILS), options[0])
