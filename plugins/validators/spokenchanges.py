"""Changes told in words or of times: 由20个工作日压减为11个工作日，压减45%; 由43件增至90件，翻了一番."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import regex

from nianbao import Quote, Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule, Told
from plugins.validators.growth import GROWTH, REACHED
from plugins.validators.relations import Bounds
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.shares import HUNDRED, Share

DOUBLED = Rule("arithmetic.doubled", "ratio", Severity.WARNING, "“翻番”“成倍”等说法应与所列两个数字相符")
_TIME = r"个?(?P<{unit}>工作日|自然日|天|日|小时|分钟|个月|环节|份材料|份)"
# 由法定20个工作日缩短为11个工作日，时限压减65%
_SHORTENED = regex.compile(
    r"(?:由|从)[^，,；;。\d]{0,10}(?P<from>\d+(?:\.\d+)?)"
    + _TIME.format(unit="unit")
    + r"[^，,；;。\d]{0,6}?"
    r"(?:缩短|压缩|压减|减少|缩减|精简|降低|降)(?:为|至|到)[^，,；;。\d]{0,4}(?P<to>\d+(?:\.\d+)?)"
    + _TIME.format(unit="other")
    + r"[^，,；;。\d]{0,8}[，,][^，,；;。\d]{0,10}(?:缩短|压缩|压减|减少|缩减|精简|提速|降低|下降)"
    + r"[^，,；;。\d]{0,4}?(?P<rate>\d+(?:\.(?P<decimals>\d+))?)%"
)
_DOUBLED = regex.compile(r"(?:翻了?(?P<times>一|两|二|三)?[番倍]|成倍增[长加])(?P<more>多|以上)?")
_TIMES = {"一": 2, "两": 4, "二": 4, "三": 8, None: 2}
_FROM = regex.compile("[由从][^，,]{0,10}$|(?:上年|去年|20\\d\\d年)[^，,]{0,6}$")
_LOOSE = Decimal("0.85")


def check_spoken_changes(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter times that were shortened by a share, and figures that are said to have doubled.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences; times are sought in its whole text, for they are no counts.
    """
    text = ledger.reading.shadow.text
    for match in _SHORTENED.finditer(text) if "%" in text else ():
        if match["unit"] == match["other"] and Decimal(match["from"]) > 0:
            rate, past, now = (_told(ledger, match, name) for name in ("rate", "from", "to"))
            ledger.checks.append(Check(GROWTH, Share(rate, now, past, sign=-1)))
    for sentence in sentences:
        if "番" in sentence.text or "倍" in sentence.text:
            _enter_doubled(ledger, sentence)


def _told(ledger: Ledger, match: regex.Match[str], name: str) -> int:
    start, end = match.span(name)
    value = Decimal(match[name])
    step = Decimal(1).scaleb(-len(match["decimals"] or "")) if name == "rate" else Decimal(1)
    unit = "%" if name == "rate" else match["unit"]
    first, last, quoted = ledger.reading.quote(match.start(), match.end())
    called = "时限压减" if name == "rate" else "办理时限"
    told = Told(
        called, f"{match[name]}{unit}", value, unit, Bounds(value, value, step), Quote(first, last, quoted)
    )
    return ledger.add(ledger.reading.shadow.span(start, end), told)


def _enter_doubled(ledger: Ledger, sentence: Sentence) -> None:
    for match in _DOUBLED.finditer(sentence.text):
        start = sentence.start + match.start()
        before = [spot for spot in sentence.spots if spot.quantity.end <= start]
        pair = next(_from_and_to(before[-2:]), None)
        if pair is None and before:
            pair = next(_from_and_reached(sentence, before[-1], match.end()), None)
        if pair is None:
            continue
        past, now = pair
        first, last, quoted = ledger.reading.quote(start, start + len(match.group()))
        least = HUNDRED * (_TIMES[match["times"]] - (0 if match["more"] else 1 - _LOOSE) - 1)
        told = Told(
            f"{past.called}增幅",
            quoted,
            least,
            "%",
            Bounds(least, 4 * HUNDRED + 4 * least),
            Quote(first, last, quoted),
        )
        rate = ledger.add(ledger.reading.shadow.span(start, start + len(match.group())), told)
        note = f"请核实：由{_written(past)}到{_written(now)}不是“{quoted}”。"
        ledger.checks.append(
            Check(DOUBLED, Share(rate, ledger.spot(now), ledger.spot(past), sign=1), note=note)
        )


def _from_and_to(spots: Sequence[Spot]) -> Iterator[tuple[Spot, Spot]]:
    """Yield the figure of last year and the one that it came to."""
    for past, now in pairwise(spots):
        counted = past.quantity.kind is not UnitClass.RATE and past.quantity.value > 0
        if counted and alike(past.quantity, now.quantity) and _FROM.search(past.name):
            yield past, now


def _from_and_reached(sentence: Sentence, past: Spot, end: int) -> Iterator[tuple[Spot, Spot]]:
    """Yield last year's figure and the one that is told behind: 比去年的45件翻了一番，达到90件."""
    behind = [spot for spot in sentence.spots if spot.quantity.start >= sentence.start + end]
    for now in behind[:1]:
        reached = REACHED.match(sentence.text[end : now.quantity.start - sentence.start])
        if reached and _FROM.search(past.name) and alike(past.quantity, now.quantity):
            yield past, now


def _written(spot: Spot) -> str:
    return f"{spot.quantity.value.normalize():f}{spot.quantity.unit}"
