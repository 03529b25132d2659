"""Why an indicator has the figure that it has in a report: all that was weighed for it, and the decision."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from nianbao.catalogue import Card, Catalogue
from nianbao.errors import UsageError
from nianbao.grammar.reading import read_text
from nianbao.guard import guarded
from nianbao.kinds import to_read
from nianbao.manager import Registry
from nianbao.model import Candidate, Document, Failure, Observation, Report, Status
from nianbao.parting import Part, find_parts
from nianbao.records import INDICATORS, Context
from nianbao.steps import analyse

_NEAR = 5
_LIKE = 0.45


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was weighed in one report, and what became of it.

    Args:
        document: the report's own document; the offsets of `report` and `candidates` count in it.
        start: where it begins in the text of its file.
        report: settled and checked.
        candidates: what was weighed, in order.
        elsewhere: of the indicators asked for, those that the catalogue of this report's region lacks.
    """

    document: Document
    start: int
    report: Report
    candidates: tuple[Candidate, ...]
    elsewhere: frozenset[str] = frozenset()

    def observation_of(self, candidate: Candidate) -> Observation | None:
        """Return the observation that a candidate became, or None."""
        figure = (candidate.indicator, candidate.start, candidate.end)
        observed = (
            one
            for one in self.report.observations
            if (one.indicator, one.figure_start, one.figure_end) == figure
        )
        return next(observed, None) if candidate.taken else None


def find_card(catalogue: Catalogue, name: str) -> Card:
    """Return the card of an indicator by its id or its Chinese name.

    Raises:
        UsageError: there is none; with those that are called alike. Or several regions have one of that name.
    """
    wanted = name.strip()
    if wanted in catalogue.indicators:
        return catalogue.indicators[wanted]
    named = [card for card in catalogue.indicators.values() if card.name == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        ids = "、".join(card.id for card in named)
        raise UsageError(f"有 {len(named)} 个指标都叫“{name}”", where="指标", hint=f"请写代号：{ids}")
    near = "、".join(f"{card.name}（{card.id}）" for card in _near(catalogue, wanted))
    hint = f"您是不是要写：{near}" if near else "指标的名称见工作簿的指标说明"
    raise UsageError(f"没有名为“{name}”的指标", where="指标", hint=hint)


def _near(catalogue: Catalogue, wanted: str) -> Iterable[Card]:
    """Return the cards whose name or id is like what was asked for, the likest first."""

    def likeness(card: Card) -> float:
        inside = 1.0 if wanted in card.name or wanted.lower() in card.id else 0.0
        return inside + max(
            difflib.SequenceMatcher(None, wanted.lower(), told).ratio() for told in (card.id, card.name)
        )

    ranked = sorted(catalogue.indicators.values(), key=likeness, reverse=True)
    return [card for card in ranked if wanted and likeness(card) >= _LIKE][:_NEAR]


def explain(
    registry: Registry, document: Document, context: Context, wanted: AbstractSet[str]
) -> Iterator[Explanation]:
    """Analyse each report of a document and yield what was weighed for some indicators.

    Args:
        registry: the plugins' records.
        document: as it was read.
        context: of the run.
        wanted: ids of the indicators.
    """
    for number, part in enumerate(find_parts(document), 1):
        report = replace(analyse(registry, part.document, context), part=number)
        yield _weigh(registry, part, report, context, wanted)


def _weigh(
    registry: Registry, part: Part, report: Report, context: Context, wanted: AbstractSet[str]
) -> Explanation:
    """Ask the extractors what they weighed for some indicators in a report that is settled.

    An extractor that fails is named among the report's failures, and what it told is dropped.
    """
    document = part.document
    if report.status is Status.NOT_A_REPORT:
        return Explanation(document, part.start, report, ())
    reading = read_text(document.text, context.catalogue.units, document.blocks)
    context = to_read(registry, report, document, replace(context, reading=reading, report=report))
    candidates: list[Candidate] = []
    for extractor in registry.extractors:
        if report.kind not in extractor.serves or not extractor.yields & {*wanted, INDICATORS}:
            continue
        if extractor.explain is None:
            continue
        told = guarded(extractor.name, "explain", _listed, extractor.explain, document, context, wanted)
        if isinstance(told, Failure):
            report = replace(report, failures=(*report.failures, told))
        else:
            candidates += told
    candidates += _unexplained(registry, report, wanted)
    elsewhere = frozenset(wanted - context.catalogue.indicators.keys())
    order = sorted(candidates, key=lambda one: (one.start, one.end, one.indicator))
    return Explanation(document, part.start, report, tuple(order), elsewhere)


def _unexplained(registry: Registry, report: Report, wanted: AbstractSet[str]) -> Iterator[Candidate]:
    """Yield what was stated by extractors that can't tell what they weighed, such as a region's own rule."""
    silent = {extractor.name for extractor in registry.extractors if extractor.explain is None}
    for one in report.observations:
        if one.indicator in wanted and one.extractor in silent:
            told = one.reason or f"由 {one.extractor} 找出"
            yield Candidate(
                one.indicator, one.value, one.unit, one.figure_start, one.figure_end, taken=True, told=told
            )


def _listed(
    told: Callable[[Document, Context, AbstractSet[str]], Iterable[Candidate]],
    document: Document,
    context: Context,
    wanted: AbstractSet[str],
) -> list[Candidate]:
    return [candidate for candidate in told(document, context, wanted) if candidate.indicator in wanted]
