"""Why a figure was taken for an indicator, or refused: the engine's own decisions, told to a clerk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from nianbao.catalogue import Catalogue
from nianbao.grammar.reading import Reading
from nianbao.model import Candidate, Check, Observation, Report
from plugins.extractors.indicators.claim import Claim, Objection, Side, Via
from plugins.extractors.indicators.engine import engine_for
from plugins.extractors.indicators.trace import Attempt, CellChoice, Silence, Trace

_SIDES = {Side.LEFT: "数字前", Side.RIGHT: "数字后", Side.CARRIED: "前一分句"}
_VIA = {
    Via.OWN: "按本身的文字归入",
    Via.DEALT: "文中逐一分配（分别、各、均）",
    Via.SHARE: "文中逐一分配给同一指标的几项，是其中一项",
    Via.PART: "按本身的文字归入，并且是前面总数的一部分",
    Via.WHOLE: "是前面总数的一部分，随总数归入",
    Via.TOPIC: "前一数说得宽，此处才点明法治，随前一数归入",
    Via.LIST: "与前一项并列，只换了限定词，随前一项归入",
}
# How near a cue that objects came to claiming: the nearest one is told first.
_PROGRESS = tuple(Objection)
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Explainer:
    """Tells the decisions on one reading."""

    reading: Reading
    trace: Trace
    taken: Mapping[tuple[str, int], Observation]

    def candidates(self, wanted: AbstractSet[str]) -> Iterator[Candidate]:
        tried: dict[tuple[int, str], list[Attempt]] = {}
        for attempt in self.trace.attempts:
            if attempt.ref.card.id in wanted:
                tried.setdefault((attempt.index, attempt.ref.card.id), []).append(attempt)
        for index, claims in self.trace.claims.items():
            for claim in claims:
                if claim.card.id in wanted:
                    tried.setdefault((index, claim.card.id), [])
        for (index, indicator), attempts in tried.items():
            yield self._figure(index, indicator, attempts)
        for choice in self.trace.cells:
            if choice.card.id in wanted:
                yield self._cell(choice)
        for silence in self.trace.silences:
            if silence.card.id in wanted:
                yield self._silence(silence)

    def _figure(self, index: int, indicator: str, attempts: list[Attempt]) -> Candidate:
        quantity = self.trace.clauses[index].quantity
        start, end = self.reading.shadow.span(quantity.start, quantity.end)
        claim = next((one for one in self.trace.claims.get(index, ()) if one.card.id == indicator), None)
        checks = tuple(self._checked(attempt) for attempt in _in_order(attempts))
        if claim is not None and index not in self.trace.in_table:
            told, taken = self._why_taken(claim), True
            checks = (*checks, *self._role(indicator, start))
        else:
            told, taken = self._why_not(index, indicator, attempts), False
        return Candidate(
            indicator,
            quantity.value,
            quantity.unit,
            start,
            end,
            taken,
            told,
            checks,
            self._evidence(indicator, start) if taken else "",
        )

    def _why_taken(self, claim: Claim) -> str:
        return f"{_VIA[claim.via]}：{self._cue(claim.ref.rank, self._word(claim.head.start, claim.head.end))}"

    def _why_not(self, index: int, indicator: str, attempts: list[Attempt]) -> str:
        refusal = self.trace.refusals.get(index)
        if refusal is not None:
            return refusal.told
        if index in self.trace.in_table:
            return "在表格里，改按表头或行名认定"
        claims = any(attempt.objection is None for attempt in attempts)
        winners = self.trace.claims.get(index, ())
        if claims and winners:
            names = "、".join(f"“{winner.card.name}”" for winner in winners)
            own = any(one.card.id == indicator for one in self.trace.own.get(index, ()))
            return f"随它的总数归了{names}" if own else f"{names}的文字离数字更近、更明确，归了{names}"
        nearest = max(
            (attempt for attempt in attempts if attempt.objection is not None),
            key=lambda attempt: _PROGRESS.index(attempt.objection or _PROGRESS[0]),
            default=None,
        )
        return self._objection(nearest) if nearest is not None else "在另行分配的名目之外"

    def _checked(self, attempt: Attempt) -> Check:
        if attempt.objection is not None:
            return Check(attempt.objection.value, passed=False, told=self._objection(attempt))
        place = _SIDES[attempt.side]
        cue = self._cue(attempt.ref.rank, self._word(attempt.head.start, attempt.head.end))
        return Check("cue", passed=True, told=f"{cue}在{place}（{attempt.score:.1f}分）")

    def _objection(self, attempt: Attempt) -> str:
        cue = attempt.ref.cue
        unit = self.trace.clauses[attempt.index].quantity.unit
        behind = "后" if cue.side == "right" else "前"
        carried = attempt.side is Side.CARRIED
        word = self._word(attempt.word.start, attempt.word.end) if attempt.word else ""
        context = [f"前文要有{_some(group)}" for group in cue.context]
        context += [f"前文不能有{_some(cue.not_context)}"] if cue.not_context else []
        told = {
            Objection.PROVINCE: "只用于另一些省份",
            Objection.UNIT: f"不用“{unit}”计数",
            Objection.SIDE: "在前一分句，不往后延续" if carried else f"只认写在数字{behind}面的",
            Objection.WORD: f"旁边有“{word}”，说的是别的事",
            Objection.DISTANCE: "与数字之间隔着别的内容",
            Objection.LACKING: f"还要同一分句里有{'，并有'.join(_some(group) for group in cue.requires)}",
            Objection.CONTEXT: "，".join(context),
        }
        head = self._cue(attempt.ref.rank, self._word(attempt.head.start, attempt.head.end))
        return head + (told[attempt.objection] if attempt.objection else "")

    def _cell(self, choice: CellChoice) -> Candidate:
        figure = choice.figure
        name = f"表头“{figure.header}”" if choice.by_header else f"行名“{figure.label}”"
        told = f"表格{name}" if choice.taken else f"表格{name}，是别的年度"
        return Candidate(
            choice.card.id,
            choice.value,
            figure.unit,
            figure.cell.start,
            figure.cell.end,
            choice.taken,
            told,
            tuple(self._role(choice.card.id, figure.cell.start)) if choice.taken else (),
            self._evidence(choice.card.id, figure.cell.start) if choice.taken else "",
        )

    def _silence(self, silence: Silence) -> Candidate:
        start, end = self.reading.shadow.span(silence.start, silence.end)
        taken = not silence.refused
        return Candidate(
            silence.card.id,
            Decimal(0),
            "",
            start,
            end,
            taken,
            silence.refused or "文字说明没有发生，按零计",
            tuple(self._role(silence.card.id, start)) if taken else (),
            self._evidence(silence.card.id, start) if taken else "",
        )

    def _role(self, indicator: str, figure_start: int) -> Iterator[Check]:
        observation = self.taken.get((indicator, figure_start))
        if observation is not None:
            told, _ = self.trace.standings[indicator, figure_start]
            yield Check(f"role.{observation.role}", passed=True, told=told)

    def _evidence(self, indicator: str, figure_start: int) -> str:
        return self.trace.standings[indicator, figure_start][1].code

    def _cue(self, rank: int, head: str) -> str:
        return f"第{rank + 1}条线索“{head}”"

    def _word(self, start: int, end: int) -> str:
        return self.reading.quote(start, end)[2]


def explain(
    reading: Reading, report: Report, catalogue: Catalogue, wanted: AbstractSet[str]
) -> Iterator[Candidate]:
    """Yield every figure that was weighed for some indicators, and why it was taken or refused.

    The reading is extracted once more, by the engine that extracts it otherwise.

    Args:
        reading: the reading.
        report: what is known of the report.
        catalogue: the cards in force.
        wanted: ids of the indicators.
    """
    trace = Trace()
    rows = engine_for(catalogue).extract(reading, report, trace)
    taken = {(row.indicator, row.figure_start): row for row in rows if isinstance(row, Observation)}
    explainer = _Explainer(reading, trace, taken)
    yield from sorted(explainer.candidates(wanted), key=lambda one: (one.start, one.end, one.indicator))


def _in_order(attempts: list[Attempt]) -> list[Attempt]:
    """Put what claims before what objects, the best founded first; what stood against a cue is told once."""
    kept = {(one.ref.rank, one.objection, one.side): one for one in reversed(attempts)}
    return sorted(kept.values(), key=lambda one: (one.objection is not None, -one.score, one.ref.rank))


def _some(words: tuple[str, ...]) -> str:
    shown = "、".join(f"“{word}”" for word in words[:_SHOWN])
    return (
        f"{shown}等{len(words)}个词之一"
        if len(words) > _SHOWN
        else f"{shown}之一"
        if len(words) > 1
        else shown
    )
