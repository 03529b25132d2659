"""The roster against what came: who has not reported, whose file can't be read, who has reported twice.

Who has reported late is told by the report's own rule, `timeliness.late`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from nianbao import (
    Context,
    Entry,
    Field,
    Finding,
    Report,
    RosterOutcome,
    SetAside,
    Severity,
    Status,
    Subject,
    Validator,
    Yearbook,
    hookimpl,
)
from nianbao.attached import compare, is_attached
from plugins.validators.timeliness import DEADLINE

UNREPORTED, UNREADABLE, DOUBLED, ATTACHMENT = "unreported", "unreadable", "doubled", "attachment"
_READ = (Status.COMPLETE, Status.PARTIAL)
_LISTED = 5
# Its words are told by the report's own rule; here they would stand in every row.
_BASIS = "《法治政府建设与责任落实督察工作规定》第二十四条"


def check_coverage(yearbook: Yearbook, context: Context) -> Iterator[Finding]:
    """Yield a finding for each of the roster that has not reported, and for each that has twice."""
    statuses = {entry.report.file: entry.report.status for entry in yearbook.entries}
    for outcome in yearbook.roster or ():
        if not outcome.files:
            yield _unreported(outcome, yearbook, context.today)
        elif all(statuses[file] is Status.UNREADABLE for file in outcome.files):
            yield _unreadable(outcome, yearbook.year)
    yield from _doubled(yearbook)


def _unreported(outcome: RosterOutcome, yearbook: Yearbook, today: date) -> Finding:
    name, year = outcome.entry.name, yearbook.year
    due = date(year + 1, *DEADLINE)
    told = f"{due.year}年{due.month}月{due.day}日"
    lost = [e.report.file for e in yearbook.entries if e.report.status is Status.UNREADABLE]
    hint = f"；另有 {len(lost)} 个文件无法读取，请核对是不是它的" if lost else ""
    return Finding(
        UNREPORTED,
        "coverage.unreported",
        Severity.WARNING if today > due else Severity.NOTE,
        f"应报单位“{name}”没有{year}年度的报告，应当公开的期限是{told}。",
        suggestion=f"请催报；已经报来的，请核对文件是否齐全、单位名称与名单是否一致{hint}。",
        basis=_BASIS,
        subject=Subject(name),
    )


def _unreadable(outcome: RosterOutcome, year: int) -> Finding:
    files = _listed(outcome.files)
    return Finding(
        UNREADABLE,
        "coverage.unreadable",
        Severity.WARNING,
        f"应报单位“{outcome.entry.name}”的文件{files}无法读取，{year}年度的汇总里没有它的数字。",
        suggestion="请打开文件查看，另存为 .docx 后重新汇总；文件已损坏的，请该单位重新报送。",
        subject=Subject(outcome.entry.name, outcome.files[0]),
    )


def _doubled(yearbook: Yearbook) -> Iterator[Finding]:
    entries = {(entry.report.file, entry.report.part): entry for entry in yearbook.entries}
    reports = {place: entry.report for place, entry in entries.items()}
    groups: dict[tuple[str, int], list[SetAside]] = {}
    for aside in yearbook.set_aside:
        chosen = aside.chosen_file, aside.chosen_part
        if is_attached(aside.chosen_file, aside.file) or is_attached(aside.file, aside.chosen_file):
            yield from _attached(entries[chosen], entries[aside.file, aside.part])
        else:
            groups.setdefault(chosen, []).append(aside)
    for chosen, others in groups.items():
        yield _twice(reports[chosen], others, reports, yearbook.year)


def _attached(chosen: Entry, other: Entry) -> Iterator[Finding]:
    """Yield how a page and the same report attached to it differ; that they are two is as it should be."""
    is_page = is_attached(chosen.report.file, other.report.file)
    page, file = (chosen, other) if is_page else (other, chosen)
    if differing := compare(page.text, file.text):
        name = chosen.report.value(Field.ISSUER) or chosen.report.file
        taken = "网页正文" if is_page else "附件，网页正文不全"
        yield Finding(
            ATTACHMENT,
            "coverage.attachment",
            Severity.WARNING,
            f"“{name}”公布的网页正文与附件不一致：{differing}；采用的是{taken}。",
            suggestion="请核实以哪一份为准，并请该单位更正另一份。",
            subject=Subject(name, chosen.report.file, chosen.report.part),
        )


def _twice(
    chosen: Report, others: Sequence[SetAside], reports: Mapping[tuple[str, int], Report], year: int
) -> Finding:
    members = [chosen, *(reports[each.file, each.part] for each in others)]
    name = next((told for each in members if (told := each.value(Field.ISSUER))), chosen.file)
    alike = len({each.sha256 for each in members}) == 1 and bool(chosen.sha256)
    files = _listed(sorted(_named(each) for each in members))
    what = f"“{name}”的{year}年度报告有 {len(members)} 份：{files}"
    reasons = "；".join(dict.fromkeys(each.reason for each in others))
    message = f"{what}，内容完全相同。" if alike else f"{what}；采用“{_named(chosen)}”（{reasons}）。"
    return Finding(
        DOUBLED,
        "coverage.doubled",
        Severity.WARNING,
        message,
        suggestion="请删去重复的一份。" if alike else "请核实以哪一份为准，删去其余的，再重新汇总。",
        subject=Subject(name, others[-1].file, others[-1].part),
    )


def _named(report: Report) -> str:
    return f"{report.file}（第{report.part}份）" if report.part > 1 else report.file


def _listed(files: Iterable[str]) -> str:
    names = [f"“{file}”" for file in files]
    more = f"等 {len(names)} 份" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more


@hookimpl
def nianbao_validators() -> Iterable[Validator]:
    """Yield the validator."""
    yield Validator(
        "coverage", "yearbook", frozenset({UNREPORTED, UNREADABLE, DOUBLED, ATTACHMENT}), check_coverage
    )
