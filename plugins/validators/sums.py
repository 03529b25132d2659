"""Parts against their whole, and the shares told of them, over bounds, with the smallest repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import regex

from nianbao import Finding, Quote, Severity
from nianbao.grammar.clauses import Clause, clauses
from nianbao.grammar.parts import Parts, find_parts
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from plugins.validators.rounding import HUNDRED, Told, rate_fits, rate_holds

_SHARE = regex.compile(r"^[,，、(]?(?:约|所)?占(?!地)[^,，。;；:：\d]{0,12}$")
# 2024年我镇共办理行政执法案件 is called 办理行政执法案件.
_LEAD = regex.compile(
    r"^(?:其中|今年以来|今年|全年|本年度|\d{4}年|[我全](?:镇|乡|街道|县|区|市|局|旗|州)|共计|共|累计|合计|已|先后)+"
)
_NAME_END = regex.compile(r"[,，。;；:：(（\n、]")
_BASIS = "各分项之和应等于合计；占比应等于分项除以合计（四舍五入或截尾均可）"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole, its parts and the shares told of them, in text order."""

    whole: Clause
    parts: tuple[Clause, ...]
    shares: tuple[Quantity | None, ...]
    additive: bool
    complete: bool


def breakdowns(reading: Reading) -> Iterator[Breakdown]:
    """Yield every breakdown that a text tells."""
    text = reading.shadow.text
    found = clauses(reading)
    for parts in find_parts(text, found):
        yield _breakdown(text, found, parts)


def _breakdown(text: str, found: Sequence[Clause], parts: Parts) -> Breakdown:
    shares: list[Quantity | None] = []
    for number in parts.parts:
        shares.append(_share_after(text, found, number))
    summed = sum((share.value for share in shares if share), Decimal(0))
    all_told = all(shares) and abs(summed - HUNDRED) <= len(shares)
    return Breakdown(
        found[parts.whole],
        tuple(found[number] for number in parts.parts),
        tuple(shares),
        parts.additive,
        parts.complete or (all_told and len(shares) > 1),
    )


def _share_after(text: str, found: Sequence[Clause], number: int) -> Quantity | None:
    """Return the share that follows a part at once: 269件，占比36%."""
    if number + 1 == len(found) or found[number + 1].sentence != found[number].sentence:
        return None
    share = found[number + 1].quantity
    gap = text[found[number].quantity.end : share.start]
    return share if share.kind is UnitClass.RATE and _SHARE.search(gap) else None


def check_sums(reading: Reading) -> Iterator[Finding]:
    """Check that parts add up to their whole, and that shares fit both."""
    for breakdown in breakdowns(reading):
        broken = breakdown.additive and _sum_is_broken(breakdown)
        wrong = [index for index in range(len(breakdown.parts)) if not _share_holds(breakdown, index)]
        repair = _repair(breakdown, broken) if broken or wrong else None
        if broken:
            yield _sum_finding(reading, breakdown, repair)
        for index in wrong:
            yield _share_finding(reading, breakdown, index, repair)


def _sum_is_broken(breakdown: Breakdown) -> bool:
    whole = breakdown.whole.quantity
    parts = [clause.quantity for clause in breakdown.parts]
    if len(parts) < 2:
        return False
    least = sum((part.low or Decimal(0) for part in parts), Decimal(0))
    if whole.high is not None and least > whole.high:
        return True
    if not breakdown.complete or any(part.high is None for part in parts):
        return False
    most = sum((part.high or Decimal(0) for part in parts), Decimal(0))
    return whole.low is not None and most < whole.low


def _share_holds(breakdown: Breakdown, index: int) -> bool:
    share = breakdown.shares[index]
    if share is None:
        return True
    part, whole = breakdown.parts[index].quantity, breakdown.whole.quantity
    return rate_holds(_told(share), _told(part), _told(whole))


def _told(quantity: Quantity) -> Told:
    return Told(quantity.value, quantity.low, quantity.high)


@dataclass(frozen=True, slots=True)
class Repair:
    """One figure changed so that all relations hold: `index` is a part's, or None for the whole."""

    index: int | None
    value: Decimal
    cost: tuple[int, int, Decimal]


def _repair(breakdown: Breakdown, broken: bool) -> Repair | None:
    """Search the single change that satisfies most: the sum, then the shares, then the fewest digits."""
    whole = breakdown.whole.quantity.value
    values = [clause.quantity.value for clause in breakdown.parts]
    options: list[tuple[int | None, Decimal]] = []
    if broken:
        options.append((None, sum(values, Decimal(0))))
        options += [(index, whole - sum(values, Decimal(0)) + value) for index, value in enumerate(values)]
    else:
        options += [
            (index, (share.value * whole / HUNDRED).quantize(Decimal(1), ROUND_HALF_UP))
            for index, share in enumerate(breakdown.shares)
            if share is not None
        ]
    repairs = [_costed(breakdown, index, value) for index, value in options if value > 0]
    if not repairs:
        return None
    best = min(repairs, key=lambda repair: repair.cost)
    ties = [repair for repair in repairs if repair.cost[:2] == best.cost[:2]]
    # A repair that leaves a share wrong repairs nothing; of two as good, neither is told.
    return best if len(ties) == 1 and best.cost[0] == 0 else None


def _costed(breakdown: Breakdown, index: int | None, value: Decimal) -> Repair:
    whole = breakdown.whole.quantity.value
    values = [clause.quantity.value for clause in breakdown.parts]
    old = whole if index is None else values[index]
    if index is None:
        whole = value
    else:
        values[index] = value
    unmet = sum(
        1
        for share, part in zip(breakdown.shares, values, strict=True)
        if share is not None and (not whole or not rate_fits(_told(share), part / whole * HUNDRED))
    )
    return Repair(index, value, (unmet, _digits_changed(old, value), abs(value - old)))


def _digits_changed(old: Decimal, new: Decimal) -> int:
    one, other = f"{old}", f"{new}"
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(1 for a, b in zip(one, other, strict=True) if a != b)


def _sum_finding(reading: Reading, breakdown: Breakdown, repair: Repair | None) -> Finding:
    values = [clause.quantity.value for clause in breakdown.parts]
    unit = breakdown.whole.quantity.unit
    terms = " + ".join(f"{value}" for value in values)
    total = sum(values, Decimal(0))
    message = (
        f"“{_name(reading, breakdown.whole)}”写为{breakdown.whole.quantity.value}{unit}，"
        f"但所列各分项 {terms} = {total}，两者不一致。"
    )
    return Finding(
        kind="sum",
        rule="arithmetic.sum",
        severity=Severity.ERROR,
        message=message,
        quotes=tuple(_quote(reading, clause) for clause in (breakdown.whole, *breakdown.parts)),
        suggestion=_suggestion(reading, breakdown, repair),
        basis=_BASIS,
    )


def _share_finding(reading: Reading, breakdown: Breakdown, index: int, repair: Repair | None) -> Finding:
    part, whole = breakdown.parts[index], breakdown.whole
    share = breakdown.shares[index]
    assert share is not None
    exact = (part.quantity.value / whole.quantity.value * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)
    message = (
        f"“{_name(reading, part)}”{part.quantity.value}{part.quantity.unit}，占比写为{share.value}%，"
        f"但按合计{whole.quantity.value}{whole.quantity.unit}计算应为{exact}%。"
    )
    start, end, quote = reading.quote(part.quantity.start, share.end)
    return Finding(
        kind="ratio",
        rule="arithmetic.share",
        severity=Severity.ERROR,
        message=message,
        quotes=(Quote(start, end, quote), _quote(reading, whole)),
        suggestion=_suggestion(reading, breakdown, repair),
        basis=_BASIS,
    )


def _suggestion(reading: Reading, breakdown: Breakdown, repair: Repair | None) -> str:
    if repair is None:
        return "请对照台账核实合计和各分项。"
    clause = breakdown.whole if repair.index is None else breakdown.parts[repair.index]
    met = "，占比也相符" if any(breakdown.shares) and repair.cost[0] == 0 else ""
    return (
        f"“{_name(reading, clause)}”的{clause.quantity.value}疑为{repair.value}之误"
        f"（改后各项相加等于合计{met}），请核实。"
    )


def _name(reading: Reading, clause: Clause) -> str:
    """Return what the text calls a figure: the end of its own clause."""
    text = reading.shadow.text[clause.left : clause.quantity.start]
    name = _LEAD.sub("", _NAME_END.split(text)[-1])
    return name[-20:] or "该项"


def _quote(reading: Reading, clause: Clause) -> Quote:
    start, end, quote = reading.quote(min(clause.left, clause.quantity.start), clause.quantity.end)
    return Quote(start, end, quote)
