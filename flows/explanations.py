"""Shows why an indicator has its figure: the headline, what was taken for it, and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from flows.display import Line, Look, Run, printable
from nianbao.catalogue import Card
from nianbao.explaining import Explanation
from nianbao.interface import number
from nianbao.manager import registry
from nianbao.model import Candidate, Figure, FigureStatus, Report, Status
from nianbao.yearbook import name_of
from outputs.workbook.terms import ROLES

_TAKEN, _REFUSED, _NO_MARGIN = "  采用   │ ", "  未采用 │ ", "         │ "
_AROUND = 24
_SHOWN = 4


def show_explanation(told: Explanation, card: Card) -> Iterator[Line]:
    """Yield the lines that tell why an indicator has its figure in one report.

    Args:
        told: what was weighed, for this indicator among others.
        card: the indicator.
    """
    report = told.report
    names = dict.fromkeys((name_of(report), report.file))
    yield Line("", (Run(printable("  ".join(names)), Look.NAME),))
    if report.status is Status.NOT_A_REPORT:
        yield Line("", (Run(f"不是年度报告：{printable(report.reason)}"),))
        return
    yield Line("", (Run(f"{card.name}（{card.id}）：{_headline(told, card)}", Look.HEADING),))
    mine = [candidate for candidate in told.candidates if candidate.indicator == card.id]
    near = [candidate for candidate in mine if not _is_far(candidate)]
    for candidate in sorted(near, key=lambda one: not one.taken):
        yield from _candidate(told, candidate)
    if len(near) < len(mine):
        others = (
            f"另有 {len(mine) - len(near)} 处数字附近有它的用词，但计量单位不符，没有列出（--json 全部列出）"
        )
        yield Line(_NO_MARGIN, (Run(others, Look.MARGIN),))
    if card.id in told.elsewhere:
        yield Line(_NO_MARGIN, (Run(f"这是别的地区自己的指标；这份报告{_reader(report)}，不找它。"),))
    elif not mine:
        yield Line(_NO_MARGIN, (Run(f"全文没有出现可能属于它的数字。它指：{card.definition}"),))


def _reader(report: Report) -> str:
    """Return by which region's profile a report is read."""
    names = (each.name for each in registry().regions if report.region and each.code == report.region.code)
    name = next(names, "")
    return f"按{name}的插件读" if name else "没有按哪个地区的插件读"


def _is_far(candidate: Candidate) -> bool:
    """Whether its unit alone was enough to see that it is another thing, near as the words are."""
    return not candidate.taken and {check.rule for check in candidate.checks} == {"unit"}


def _headline(told: Explanation, card: Card) -> str:
    """Return the settled figure and how it came about."""
    figure = told.report.figure(card.id)
    if figure is None:
        return "文中没有提到"
    if figure.value is None:
        return "提取失败"
    return f"{_amount(figure, card)}（{_settled(told, figure)}）"


def _amount(figure: Figure, card: Card) -> str:
    return f"{number(figure.value)}{card.unit}" if figure.value else "0"


def _settled(told: Explanation, figure: Figure) -> str:
    sources = [told.report.observations[index] for index in figure.sources]
    if figure.status is FigureStatus.DISPUTED:
        how = "有异议"
    elif figure.derived:
        how = f"文中没有总数，由{len(sources)}处相加"
    elif figure.status is FigureStatus.ZERO:
        how = "文中写明没有"
    else:
        how = f"取“{ROLES[sources[0].role]}”的说法"
    return "；".join(filter(None, (how, figure.review)))


def _candidate(told: Explanation, candidate: Candidate) -> Iterator[Line]:
    document = told.document
    place = document.place_of(candidate.start).describe()
    yield Line(
        _TAKEN if candidate.taken else _REFUSED,
        (Run(f"{place}  " if place else "", Look.MARGIN), *_sentence(document.text, candidate)),
    )
    yield Line(_NO_MARGIN, (Run(printable(candidate.told)),))
    if candidate.taken:
        standing = [check.told for check in candidate.checks if check.rule.startswith("role.")]
        observation = told.observation_of(candidate)
        if observation is not None:
            sure = f"把握{observation.confidence:.0%}"
            why = "；".join((*standing, sure))
            yield Line(_NO_MARGIN, (Run(f"作为“{ROLES[observation.role]}”：{why}"),))
        return
    yield from _other_checks(candidate)


def _other_checks(candidate: Candidate) -> Iterator[Line]:
    """Yield the cue that would have claimed it, or else what stood against the others."""
    would = next((check for check in candidate.checks if check.passed), None)
    if would is not None:
        yield Line(_NO_MARGIN, (Run(f"（否则可以归入：{printable(would.told)}）", Look.MARGIN),))
        return
    others = [check for check in candidate.checks if check.told != candidate.told]
    for check in others[:_SHOWN]:
        yield Line(_NO_MARGIN, (Run(f"（{printable(check.told)}）", Look.MARGIN),))


def _sentence(text: str, candidate: Candidate) -> Iterator[Run]:
    """Yield the words around a candidate, itself marked."""
    start = max(text.rfind("\n", 0, candidate.start) + 1, candidate.start - _AROUND)
    line_end = text.find("\n", candidate.end)
    end = min(line_end if line_end >= 0 else len(text), candidate.end + _AROUND // 2)
    yield Run(("…" if start and text[start - 1] != "\n" else "") + _plain(text[start : candidate.start]))
    yield Run(f"【{_plain(text[candidate.start : candidate.end])}】", Look.HEADING)
    yield Run(_plain(text[candidate.end : end]) + ("…" if end < len(text) and text[end] != "\n" else ""))


def _plain(text: str) -> str:
    return printable(text.replace("\n", " ").replace("\t", " "))
