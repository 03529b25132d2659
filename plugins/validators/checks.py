"""Figures as the rules see them, the checks that bind them, and how each check ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nianbao import Quote, Severity
from nianbao.grammar.reading import Reading
from plugins.validators.relations import Bounds, Relation, Total, Verdict
from plugins.validators.repair import Change, Repair, change_of, smallest_repairs
from plugins.validators.sentences import Spot, bounds_of


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: `code` and `kind` are stable; `basis` says in Chinese what it rests on."""

    code: str
    kind: str
    severity: Severity
    basis: str


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of the report: offsets are canonical.

    Args:
        name: what it is of, in short.
        written: the figure as written, with its unit.
        value: what it says, in its class's own unit.
        bounds: what it may be.
        quote: the evidence.
    """

    name: str
    written: str
    value: Decimal
    unit: str
    bounds: Bounds
    quote: Quote


@dataclass(frozen=True, slots=True)
class Check:
    """A rule applied to figures.

    Args:
        rule: the rule.
        relation: what they must satisfy, by their numbers in the ledger.
        doubt: why a failure proves nothing (carried over, another scope); empty where nothing speaks for it.
        indicators: ids of the indicators concerned.
        note: what to do, where that is not the smallest repair.
    """

    rule: Rule
    relation: Relation
    doubt: str = ""
    indicators: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Ledger:
    """The figures that the checks of one report bind, each once, by the place of its numeral."""

    reading: Reading
    figures: list[Told] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    _numbers: dict[tuple[int, int], int] = field(default_factory=dict)

    def spot(self, spot: Spot, name: str = "") -> int:
        """Return the number of a figure of the text."""
        quantity = spot.quantity
        key = self.reading.shadow.span(quantity.number_start, quantity.end)
        if key not in self._numbers:
            start, end, quoted = self.reading.quote(min(spot.left, quantity.start), quantity.end)
            written = self.reading.quote(quantity.start, quantity.end)[2]
            told = Told(
                name or spot.called,
                written,
                quantity.value,
                quantity.unit,
                bounds_of(self.reading.shadow.text, quantity),
                Quote(start, end, quoted),
            )
            return self.add(key, told)
        return self._numbers[key]

    def add(self, key: tuple[int, int], told: Told) -> int:
        """Return the number of a figure that stands at a canonical span."""
        if key not in self._numbers:
            self._numbers[key] = len(self.figures)
            self.figures.append(told)
        return self._numbers[key]

    def told(self, relation: Relation) -> list[Told]:
        """Return the figures that a relation binds, in its order."""
        return [self.figures[member] for member in relation.members]

    @property
    def bounds(self) -> list[Bounds]:
        """What each figure may be."""
        return [told.bounds for told in self.figures]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a check ended.

    Args:
        check: the check.
        verdict: how it ended.
        repairs: where it failed, the smallest repairs of all that hangs together with it.
        summed: where a sum failed, the change of its whole that mends all, if there is one.
    """

    check: Check
    verdict: Verdict
    repairs: tuple[Repair, ...] = ()
    summed: Change | None = None


def judge(ledger: Ledger) -> Iterator[Judgement]:
    """Yield how each check of a ledger ends, in their order."""
    bounds = ledger.bounds
    verdicts = [_verdict(check, bounds) for check in ledger.checks]
    failed = [number for number, verdict in enumerate(verdicts) if verdict is Verdict.FAILS]
    mended: dict[int, Judgement] = {}
    for group in _groups(ledger.checks, failed):
        # What proves nothing, and what is mended in its own words, sets the others no bounds.
        checks = [ledger.checks[number] for number in group]
        binding = [check.relation for check in checks if not check.doubt and not check.note]
        repairs = smallest_repairs(bounds, binding)
        for number, check in zip(group, checks, strict=True):
            total = check.relation if isinstance(check.relation, Total) else None
            summed = change_of(total.whole, bounds, binding) if total and number in failed else None
            mended[number] = Judgement(check, verdicts[number], repairs, summed)
    for number, check in enumerate(ledger.checks):
        yield mended.get(number) or Judgement(check, verdicts[number])


def _verdict(check: Check, bounds: Sequence[Bounds]) -> Verdict:
    verdict = check.relation.verdict(bounds)
    return Verdict.CANT_TELL if check.doubt and verdict is Verdict.FAILS else verdict


def _groups(checks: Sequence[Check], failed: Sequence[int]) -> Iterator[list[int]]:
    """Yield, for all that failed, the checks that share figures with them, however far."""
    of_figure: dict[int, list[int]] = defaultdict(list)
    if failed:
        for number, check in enumerate(checks):
            for member in check.relation.members:
                of_figure[member].append(number)
    seen: set[int] = set()
    for start in failed:
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            for member in checks[waiting.pop()].relation.members:
                # Each figure is asked once: all its checks are in the group from then on.
                more = [number for number in of_figure.pop(member, ()) if number not in group]
                group.update(more)
                waiting += more
        seen |= group
        yield sorted(group)
