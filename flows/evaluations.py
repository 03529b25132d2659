"""Shows how well reports are read: the scores, what changed since an earlier run, and the gallery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len

from flows.display import Line, Look, Run, printable
from flows.identities import FIELDS
from flows.indicators import known_catalogue
from nianbao.catalogue import AREAS
from nianbao.evaluation import FIELDS as SCORED
from nianbao.evaluation import (
    Comparison,
    Evaluation,
    ExhibitKind,
    Mistake,
    MistakeKind,
    Share,
    Tally,
    exhibit,
)
from nianbao.explaining import Explanation, explain
from nianbao.manager import registry
from nianbao.model import Document, Field
from nianbao.steps import make_context
from outputs.gallery import KINDS, Panel, gallery_page

_WORST = 15
_SHOWN = 20
_WIDTH = 20
_FIGURES = frozenset({MistakeKind.MISSED, MistakeKind.INVENTED, MistakeKind.QUALIFIER, MistakeKind.HEADLINE})
_CHANGES = {
    MistakeKind.MISSED: "漏掉",
    MistakeKind.INVENTED: "多出",
    MistakeKind.QUALIFIER: "限定词不对",
    MistakeKind.HEADLINE: "总数不符",
    MistakeKind.FIELD: "报头",
    MistakeKind.SECTION: "章节",
    MistakeKind.FINDING: "问题未查出",
    MistakeKind.FALSE_ALARM: "问题误报",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an evaluation came to.

    Args:
        gold: the file of gold readings.
        evaluation: of the reports for development.
        held_out: of those that are held out, of which only totals are ever shown.
    """

    gold: Path
    evaluation: Evaluation
    held_out: Evaluation


def show_evaluation(sheet: Sheet) -> Iterator[Line]:
    """Yield the lines of the scores: in all, by area, of the weakest indicators, of what is held out."""
    evaluation = sheet.evaluation
    if evaluation.total.wanted:
        yield from _scores(evaluation)
        yield _heading("各领域")
        area_of = {card.id: card.area for card in known_catalogue().indicators.values()}
        for area, tally in evaluation.areas(area_of).items():
            yield _row(AREAS[area], _rates(tally))
        worst = sorted(evaluation.indicators.items(), key=lambda row: (-_wrong(row[1]), row[0]))[:_WORST]
        if worst and _wrong(worst[0][1]):
            yield _heading(f"错处最多的指标（最多列 {_WORST} 个）")
        for name, tally in worst:
            if _wrong(tally):
                missed, invented = tally.wanted - tally.hits, tally.given - tally.hits
                yield _row(
                    _named(name), f"应有 {tally.wanted}，漏 {missed}，多 {invented}，F1 {tally.f1:.3f}"
                )
    if sheet.held_out.total.wanted:
        yield _heading("留出的报告（只看总分）")
        yield from _scores(sheet.held_out)


def _scores(evaluation: Evaluation) -> Iterator[Line]:
    total = evaluation.total
    counts = f"（命中 {total.hits}，应有 {total.wanted}，给出 {total.given}）"
    yield _row("数字", _rates(total) + counts, Look.HEADING)
    yield _row("限定词", _share(Share(total.qualified, total.hits)))
    yield _row("总数", _share(evaluation.headlines))
    yield _row("章节", _share(evaluation.sections))
    told = [
        f"{FIELDS[Field(name)]} {_count(evaluation.fields[name])}"
        for name in SCORED
        if name in evaluation.fields
    ]
    yield _row("报头", "  ".join(told))
    if evaluation.audited:
        alarms = f"，误报 {evaluation.false_alarms}（{evaluation.audited} 份有答案）"
        yield _row("问题", f"查出 {_count(evaluation.findings)}{alarms}")


def show_comparison(sheet: Sheet, comparison: Comparison) -> Iterator[Line]:
    """Yield the lines of what changed since an earlier run."""
    evaluation = sheet.evaluation
    yield _heading("与上次相比")
    if not comparison.same_gold:
        yield _row("注意", "两次所用的标准答案不同，以下只供参考")
    yield _row("数字", f"F1 {comparison.before.f1:.3f} → {evaluation.total.f1:.3f}")
    yield _row("总数", f"{_count(comparison.headlines)} → {_count(evaluation.headlines)}")
    for name, (before, after) in sorted(
        comparison.changed.items(), key=lambda row: row[1][1].f1 - row[1][0].f1
    ):
        yield _row(_named(name), f"F1 {before.f1:.3f} → {after.f1:.3f}")
    for title, mistakes in (("新出的错处", comparison.broken), ("改好的错处", comparison.mended)):
        yield _row(title, f"{len(mistakes)} 处")
        for mistake in mistakes[:_SHOWN]:
            yield _row("", _told(mistake))
        if len(mistakes) > _SHOWN:
            yield _row("", f"另有 {len(mistakes) - _SHOWN} 处")


def _told(mistake: Mistake) -> str:
    change = f"{mistake.gold or '—'} → {mistake.given or '—'}"
    kind = _CHANGES[mistake.kind]
    name = _named(mistake.name) if mistake.kind in _FIGURES else mistake.name
    return printable(f"{kind}  {mistake.stem}  {name}  {change}  {mistake.quote}")


def gallery_of(sheet: Sheet, documents: Mapping[str, Document]) -> str:
    """Return the page of the mistakes about figures, each with the reason that the engine gives.

    Args:
        sheet: what was evaluated.
        documents: the documents, by the stem of their file.
    """
    context = make_context()
    names = {card.id: card.name for card in known_catalogue().indicators.values()}
    evaluation = sheet.evaluation
    concerned: dict[str, set[str]] = {}
    for mistake in evaluation.mistakes:
        if mistake.kind in _FIGURES and mistake.name in names:
            concerned.setdefault(mistake.stem, set()).add(mistake.name)
    told: dict[str, list[Explanation]] = {
        stem: list(explain(registry(), documents[stem], context, frozenset(wanted)))
        for stem, wanted in concerned.items()
        if stem in documents
    }
    exhibits = exhibit(evaluation.mistakes, told, names)
    total = evaluation.total
    panels = [
        Panel("F1", f"{total.f1:.3f}", f"准确率 {total.precision:.3f}，召回率 {total.recall:.3f}"),
        Panel("命中", f"{total.hits}", f"应有 {total.wanted}，给出 {total.given}"),
        Panel("限定词", f"{total.qualified}/{total.hits}"),
        Panel("总数", _count(evaluation.headlines)),
        *(
            Panel(name, str(sum(one.kind is kind for one in exhibits)))
            for kind, name in KINDS.items()
            if kind is not ExhibitKind.HEADLINE
        ),
    ]
    return gallery_page(f"评测错处：{sheet.gold.name}", panels, evaluation.indicators, exhibits, names)


def _named(indicator: str) -> str:
    card = known_catalogue().indicators.get(indicator)
    return f"{card.name}（{indicator}）" if card else indicator


def _rates(tally: Tally) -> str:
    return f"准确率 {tally.precision:.3f}  召回率 {tally.recall:.3f}  F1 {tally.f1:.3f}"


def _wrong(tally: Tally) -> int:
    return tally.wanted + tally.given - 2 * tally.hits


def _count(share: Share) -> str:
    return f"{share.right}/{share.asked}"


def _share(share: Share) -> str:
    return f"{_count(share)}（{share.rate:.1%}）"


def _heading(text: str) -> Line:
    return Line("", (Run(text, Look.HEADING),))


def _row(name: str, text: str, look: Look = Look.PLAIN) -> Line:
    return Line(f"  {name}{' ' * max(1, _WIDTH - cell_len(name))}", (Run(text, look),))
