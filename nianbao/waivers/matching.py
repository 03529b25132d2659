"""Which findings a waiver covers: by rule, issuer and year, and by the evidence where it names one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from nianbao.grammar.text import fold
from nianbao.issuers import KnownAs, NamedIn
from nianbao.masking import is_told_in
from nianbao.model import Finding, Report, Waiver, Yearbook
from nianbao.roster.names import ends_with, plain_name
from nianbao.waivers.reading import Waivers

# The issuer under which the workbook shows what concerns the year as a whole.
WHOLE_YEAR = "全年汇总"

_MARKS = re.compile(r"[\s“”\"'‘’]")


def waive_yearbook(yearbook: Yearbook, waivers: Waivers, today: date) -> Yearbook:
    """Mark a yearbook's waived findings, and note what is wrong with waivers or of no use.

    Of several that cover a finding the first in force is taken. One of the store about an issuer that is
    not in this yearbook is not noted: it waits for a run that has its report.
    """
    own = tuple(waiver for waiver in waivers.waivers if waiver.year == yearbook.year)
    by_report = _by_report([entry.report for entry in yearbook.entries], own)
    desk = _Desk(today)
    entries = []
    for entry, mine in zip(yearbook.entries, by_report, strict=True):
        findings = desk.waived(entry.report.findings, mine)
        entries.append(replace(entry, report=replace(entry.report, findings=findings)))
    found = tuple(
        finding
        for each in yearbook.findings
        for finding in desk.waived((each,), [w for w in own if _is_about(w, each)])
    )
    there = {waiver for mine in by_report for waiver in mine} | desk.covered
    told = (w for w in own if not w.kept or w in there or w.issuer == WHOLE_YEAR)
    idle = tuple(_why_idle(waivers, waiver, today) for waiver in told if desk.is_idle(waiver))
    contested = tuple(_contested(waivers, *pair) for pair in desk.contested)
    return replace(
        yearbook,
        entries=tuple(entries),
        findings=found,
        notes=(*yearbook.notes, *waivers.faults, *contested, *idle),
    )


def waive_report(report: Report, waivers: Waivers, today: date) -> tuple[Report, tuple[str, ...]]:
    """Mark a report's waived findings; also return its waivers that do nothing, one Chinese line each."""
    own = [w for w in _of_report(report, waivers.waivers) if w.year == report.year]
    desk = _Desk(today)
    findings = desk.waived(report.findings, own)
    idle = tuple(_why_idle(waivers, waiver, today) for waiver in own if desk.is_idle(waiver))
    return replace(report, findings=findings), idle


def foreign(waivers: Waivers, reports: Iterable[Report]) -> tuple[Waiver, ...]:
    """Return the waivers that are about none of these reports."""
    known = list(reports)
    taken = {
        waiver
        for report in known
        for waiver in _of_report(report, [w for w in waivers.waivers if w.year == report.year])
    }
    return tuple(waiver for waiver in waivers.waivers if waiver not in taken)


def matching(waivers: Iterable[Waiver], reports: Sequence[Report]) -> frozenset[Waiver]:
    """Return the waivers that cover a finding of one of these reports, whether in force or not."""
    by_year: dict[int, list[Waiver]] = {}
    for waiver in waivers:
        by_year.setdefault(waiver.year, []).append(waiver)
    found: set[Waiver] = set()
    for year, own in by_year.items():
        held = [report for report in reports if report.year == year]
        for report, mine in zip(held, _by_report(held, own), strict=True):
            found.update(w for w in mine if any(_covers(w, finding) for finding in report.findings))
    return frozenset(found)


class _Desk:
    """Marks findings, and remembers what each waiver did.

    Args:
        today: the day on which waivers are in force, or not.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self.covered: set[Waiver] = set()
        # (the file's, the store's) that answer otherwise for one finding, in the order they were met.
        self.contested: dict[tuple[Waiver, Waiver], None] = {}

    def waived(self, findings: Sequence[Finding], waivers: Sequence[Waiver]) -> tuple[Finding, ...]:
        """Mark findings with the first waiver in force that covers each."""
        if not waivers:
            return tuple(findings)
        return tuple(
            self._waived(finding, [w for w in waivers if _covers(w, finding)]) for finding in findings
        )

    def _waived(self, finding: Finding, covering: Sequence[Waiver]) -> Finding:
        self.covered.update(covering)
        in_force = [waiver for waiver in covering if self._today <= waiver.until]
        if not in_force:
            return finding
        first = in_force[0]
        if not first.kept:
            for other in in_force:
                if other.kept and answer(other) != answer(first):
                    self.contested[first, other] = None
        return replace(finding, waiver=first)

    def is_idle(self, waiver: Waiver) -> bool:
        """Tell whether a waiver covered nothing, or is no longer in force."""
        return waiver not in self.covered or waiver.until < self._today


def answer(waiver: Waiver) -> tuple[str, str, date, date]:
    """Return what a waiver says: why, who, when, and until when."""
    return waiver.reason, waiver.person, waiver.day, waiver.until


def confinement(waiver: Waiver) -> str:
    """Return what a waiver is confined to: the evidence, or else the message; empty for all of its rule."""
    quote = _squeezed(waiver.quote)
    return f"quote {quote}" if quote else f"message {_squeezed(waiver.message)}" if waiver.message else ""


def key_of(waiver: Waiver) -> tuple[str, int, str, str]:
    """Return what a waiver is about: of two with one key the later stands for both."""
    return _squeezed(waiver.issuer), waiver.year, waiver.rule, confinement(waiver)


def includes(wider: Waiver, waiver: Waiver) -> bool:
    """Tell whether one waiver covers all that another does; both of one issuer and year."""
    if wider.rule != waiver.rule:
        return False
    quote = _squeezed(wider.quote)
    if quote:
        return is_told_in(quote, _squeezed(waiver.quote))
    return confinement(wider) in ("", confinement(waiver))


def _covers(waiver: Waiver, finding: Finding) -> bool:
    if waiver.rule != finding.rule:
        return False
    named, message = _squeezed(waiver.quote), _squeezed(waiver.message)
    if named:
        quotes = [_squeezed(quote.quote) for quote in finding.quotes]
        # Of several quotes the clerk names one, or the cell holds them all.
        return any(is_told_in(named, quote) for quote in quotes) or (
            bool(quotes) and all(_is_among(quote, named) for quote in quotes)
        )
    return not message or _is_same(message, _squeezed(finding.message))


def _is_same(shown: str, told: str) -> bool:
    return len(shown) == len(told) and is_told_in(shown, told)


def _is_among(quote: str, named: str) -> bool:
    """Tell whether a quotation stands in what a clerk names, where a name in it may be hidden."""
    starts = range(len(named) - len(quote) + 1)
    return any(_is_same(named[start : start + len(quote)], quote) for start in starts)


def _squeezed(text: str) -> str:
    return _MARKS.sub("", fold(text))


def _by_report(reports: Sequence[Report], waivers: Sequence[Waiver]) -> list[list[Waiver]]:
    """Return the waivers of each report in their order; those of the year must have been chosen before."""
    found: list[list[Waiver]] = [[] for _ in reports]
    if waivers:
        named = NamedIn(reports)
        for waiver in waivers:
            for place in named.of(waiver.issuer):
                found[place].append(waiver)
    return found


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


def _contested(waivers: Waivers, own: Waiver, kept: Waiver) -> str:
    return f"{waivers.told(own)}与{waivers.told(kept)}是同一个问题，填写的不一样，采用的是文件里的"


def _why_idle(waivers: Waivers, waiver: Waiver, today: date) -> str:
    told = waivers.told(waiver)
    undo = f"nianbao waivers withdraw {waiver.row}"
    if waiver.until < today:
        how = f"，不再需要的请用 {undo} 撤销" if waiver.kept else ""
        return f"{told}已于{waiver.until}到期，没有采用；如仍需豁免，请重新填写{how}"
    how = f"请用 {undo} 撤销" if waiver.kept else "请删去"
    return f"{told}没有与之相符的问题，没有用到；请核对单位、规则和原句，问题已改正的{how}"
