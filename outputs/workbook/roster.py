"""未报名单: who has not reported, who has, and which reports nobody asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

from nianbao import Field, Report, RosterOutcome, Status, Yearbook
from outputs.workbook import terms
from outputs.workbook.layout import CENTRED, DISPUTED_FILL, REVIEW_FILL, Formats, Style
from outputs.workbook.lines import LISTING_FIRST_ROW, Line, file_of
from outputs.workbook.plan import Plan
from outputs.workbook.sheet import Cell, Column, Sheet

COLUMNS: Final = (
    Column("序号", 6, CENTRED),
    Column("单位", 34),
    Column("区划代码", 15, CENTRED),
    Column("名单行号", 9, CENTRED),
    Column("报送情况", 29, CENTRED),
    Column("说明", 18, CENTRED),
    Column("文件", 56),
)
NO_ROSTER: Final = "本次汇总没有提供应报单位名单，因此无法列出未报单位。请提供名单后重新汇总。"
FILLS: Final = {
    terms.NOT_REPORTED: DISPUTED_FILL,
    terms.RECEIVED_UNREADABLE: REVIEW_FILL,
    terms.RECEIVED_OTHER: REVIEW_FILL,
    terms.REPORTED: "",
    terms.UNLISTED: "",
    terms.UNLISTED_UNREADABLE: REVIEW_FILL,
}
# Of the findings about late reports.
LATE_KIND: Final = "late"
ORDER: Final = (terms.NOT_REPORTED, terms.RECEIVED_UNREADABLE, terms.RECEIVED_OTHER, terms.REPORTED)


def write_roster(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 未报名单."""
    sheet = Sheet(book, formats, terms.ROSTER, COLUMNS)
    title = f"{yearbook.title}　{terms.ROSTER}"
    sheet.title(title, NO_ROSTER if yearbook.roster is None else roster_counts(yearbook))
    sheet.header(frozen_columns=2)
    header_row = sheet.row - 1
    if yearbook.roster is not None:
        _listed(sheet, yearbook.roster, yearbook)
        _unlisted(sheet, yearbook.roster, plan.lines)
    sheet.finish(title, filter_row=header_row)


def roster_counts(yearbook: Yearbook) -> str:
    """Return how many should report, have reported and have not."""
    statuses = statuses_by_file(yearbook)
    counts = Counter(outcome_of(outcome, statuses) for outcome in yearbook.roster or ())
    received = [status for status in (terms.RECEIVED_UNREADABLE, terms.RECEIVED_OTHER) if counts[status]]
    shown = (terms.REPORTED, terms.NOT_REPORTED, *received)
    told = [f"应报 {counts.total()}", *(f"{status} {counts[status]}" for status in shown)]
    reports = reports_by_file(yearbook)
    remarks = Counter(each for outcome in yearbook.roster or () for each in remarks_on(outcome, reports))
    beside = "、".join(
        f"{remark} {remarks[remark]}" for remark in (terms.LATE, terms.TWICE) if remarks[remark]
    )
    return "、".join(told) + (f"（{beside}）" if beside else "")


def remarks_on(outcome: RosterOutcome, reports: dict[str, list[Report]]) -> list[str]:
    """Return what is to be said of an entry that has reported: late, or more than once."""
    found = [report for file in outcome.files for report in reports.get(file, ())]
    late = any(finding.kind == LATE_KIND and finding.waiver is None for r in found for finding in r.findings)
    return [*([terms.LATE] if late else []), *([terms.TWICE] if len(found) > 1 else [])]


def reports_by_file(yearbook: Yearbook) -> dict[str, list[Report]]:
    """Return the reports that could be read, by their files."""
    reports: dict[str, list[Report]] = {}
    for entry in yearbook.entries:
        if entry.report.status in (Status.COMPLETE, Status.PARTIAL):
            reports.setdefault(entry.report.file, []).append(entry.report)
    return reports


def listed_files(yearbook: Yearbook) -> frozenset[str] | None:
    """Return the files of the reports that were asked for; None where no roster tells."""
    if yearbook.roster is None:
        return None
    return frozenset(file for outcome in yearbook.roster for file in outcome.files)


def missing_names(yearbook: Yearbook) -> list[str]:
    """Return who should have reported and has not, in the roster's order."""
    statuses = statuses_by_file(yearbook)
    listed = sorted(yearbook.roster or (), key=lambda outcome: outcome.entry.row)
    return [each.entry.name for each in listed if outcome_of(each, statuses) == terms.NOT_REPORTED]


def outcome_of(outcome: RosterOutcome, statuses: dict[str, set[Status]]) -> str:
    """Return what came of a roster's entry; an unreadable file, or one that is no report, counts for none."""
    if not outcome.files:
        return terms.NOT_REPORTED
    found = set().union(*(statuses.get(file, {Status.COMPLETE}) for file in outcome.files))
    if found & {Status.COMPLETE, Status.PARTIAL}:
        return terms.REPORTED
    return terms.RECEIVED_UNREADABLE if Status.UNREADABLE in found else terms.RECEIVED_OTHER


def statuses_by_file(yearbook: Yearbook) -> dict[str, set[Status]]:
    """Return how the reading of each file's reports ended."""
    statuses: dict[str, set[Status]] = {}
    for entry in yearbook.entries:
        statuses.setdefault(entry.report.file, set()).add(entry.report.status)
    return statuses


def _listed(sheet: Sheet, roster: Sequence[RosterOutcome], yearbook: Yearbook) -> None:
    statuses, reports = statuses_by_file(yearbook), reports_by_file(yearbook)
    told = [(outcome_of(outcome, statuses), outcome) for outcome in roster]
    for status, outcome in sorted(told, key=lambda row: (ORDER.index(row[0]), row[1].entry.row)):
        entry = outcome.entry
        _append(
            sheet,
            (entry.name, entry.code, entry.row or None),
            status,
            outcome.files,
            remarks_on(outcome, reports),
        )


def _unlisted(sheet: Sheet, roster: Sequence[RosterOutcome], lines: Iterable[Line]) -> None:
    """List what came without being on the roster; an unreadable file may be a missing issuer's."""
    listed = {file for outcome in roster for file in outcome.files}
    for line in lines:
        if line.report.file in listed or line.report.status is Status.NOT_A_REPORT:
            continue
        unreadable = line.report.status is Status.UNREADABLE
        status = terms.UNLISTED_UNREADABLE if unreadable else terms.UNLISTED
        owner = (line.name, line.report.value(Field.DIVISION_CODE), None)
        _append(sheet, owner, status, (file_of(line.report),))


def _append(
    sheet: Sheet,
    owner: tuple[str, str | None, int | None],
    status: str,
    files: Sequence[str],
    remarks: Sequence[str] = (),
) -> None:
    marked = Cell(status, Style(align="center", fill=FILLS[status]))
    sheet.append([sheet.row - LISTING_FIRST_ROW + 1, *owner, marked, "，".join(remarks), "\n".join(files)])
