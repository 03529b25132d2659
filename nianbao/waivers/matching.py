"""Which findings a waiver covers: by rule, issuer and year, and by the evidence where it names one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from nianbao.grammar.text import fold
from nianbao.issuers import KnownAs
from nianbao.model import Finding, Report, Waiver, Yearbook
from nianbao.roster.names import ends_with, plain_name
from nianbao.waivers.reading import Waivers

# The issuer under which the workbook shows what concerns the year as a whole.
WHOLE_YEAR = "全年汇总"

_MARKS = re.compile(r"[\s“”\"'‘’]")


def waive_yearbook(yearbook: Yearbook, waivers: Waivers, today: date) -> Yearbook:
    """Mark a yearbook's waived findings, and note what is wrong with waivers or of no use."""
    own = tuple(waiver for waiver in waivers.waivers if waiver.year == yearbook.year)
    covered: set[int] = set()
    entries = []
    for entry in yearbook.entries:
        mine = _of_report(entry.report, own) if own and entry.report.findings else ()
        findings = _waived(entry.report.findings, mine, today, covered)
        entries.append(replace(entry, report=replace(entry.report, findings=findings)))
    found = tuple(
        finding
        for each in yearbook.findings
        for finding in _waived((each,), [w for w in own if _is_about(w, each)], today, covered)
    )
    idle = tuple(_why_idle(waivers, waiver, today) for waiver in own if _is_idle(waiver, covered, today))
    return replace(
        yearbook, entries=tuple(entries), findings=found, notes=(*yearbook.notes, *waivers.faults, *idle)
    )


def waive_report(report: Report, waivers: Waivers, today: date) -> tuple[Report, tuple[str, ...]]:
    """Mark a report's waived findings; also return its waivers that do nothing, one Chinese line each."""
    own = [w for w in _of_report(report, waivers.waivers) if w.year == report.year]
    covered: set[int] = set()
    findings = _waived(report.findings, own, today, covered)
    idle = tuple(_why_idle(waivers, waiver, today) for waiver in own if _is_idle(waiver, covered, today))
    return replace(report, findings=findings), idle


def foreign(waivers: Waivers, reports: Iterable[Report]) -> tuple[Waiver, ...]:
    """Return the waivers that are about none of these reports."""
    known = list(reports)
    taken = {
        waiver.row
        for report in known
        for waiver in _of_report(report, [w for w in waivers.waivers if w.year == report.year])
    }
    return tuple(waiver for waiver in waivers.waivers if waiver.row not in taken)


def _waived(
    findings: Sequence[Finding], waivers: Sequence[Waiver], today: date, covered: set[int]
) -> tuple[Finding, ...]:
    """Mark findings with the first waiver in force that covers them; enter the rows of all that do."""
    if not waivers:
        return tuple(findings)
    marked = []
    for finding in findings:
        matching = [waiver for waiver in waivers if _covers(waiver, finding)]
        covered.update(waiver.row for waiver in matching)
        in_force = next((waiver for waiver in matching if today <= waiver.until), None)
        marked.append(replace(finding, waiver=in_force) if in_force else finding)
    return tuple(marked)


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if waiver.rule != finding.rule:
        return False
    named, message = _squeezed(waiver.quote), _squeezed(waiver.message)
    if named:
        quotes = [_squeezed(quote.quote) for quote in finding.quotes]
        # Of several quotes the clerk names one, or the cell holds them all.
        return any(named in quote for quote in quotes) or (
            bool(quotes) and all(quote in named for quote in quotes)
        )
    return not message or message == _squeezed(finding.message)


def _squeezed(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _of_report(report: Report, waivers: Sequence[Waiver]) -> list[Waiver]:
    """Return the waivers whose issuer is the report's, however it is called."""
    if not waivers:
        return []
    known = KnownAs.of(report)
    return [waiver for waiver in waivers if known.is_meant(waiver.issuer)]


def _is_about(waiver: Waiver, finding: Finding) -> bool:
    """Tell whether a waiver is about whom a yearbook's finding is about that no report bears."""
    if finding.subject is None:
        return waiver.issuer == WHOLE_YEAR
    name, told = plain_name(finding.subject.name), plain_name(waiver.issuer)
    return name == told or ends_with(name, told) or ends_with(told, name)


def _is_idle(waiver: Waiver, covered: Collection[int], today: date) -> bool:
    return waiver.row not in covered or waiver.until < today


def _why_idle(waivers: Waivers, waiver: Waiver, today: date) -> str:
    told = waivers.told(waiver)
    if waiver.until < today:
        return f"{told}已于{waiver.until}到期，没有采用；如仍需豁免，请重新填写"
    return f"{told}没有与之相符的问题，没有用到；请核对单位、规则和原句，问题已改正的请删去"
