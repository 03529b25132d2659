"""What must hold in the three tables, by the relations that the form itself states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from nianbao import (
    Context,
    Field,
    FigureStatus,
    Finding,
    NumeralReason,
    Quote,
    Report,
    Severity,
    Subject,
    Yearbook,
)
from nianbao_xinxigongkai import form
from nianbao_xinxigongkai.form import find_line, identifier

_BASIS: Final = "国办公开办函〔2021〕30号所附格式的勾稽关系"
_ASKERS: Final = {asker.key: asker.name for asker in form.ASKERS}
_ROWS: Final = {row.key: row.name for row in form.ROWS}
_WAYS: Final = {way.key: way.name for way in form.WAYS}
_SHOWN: Final = 6


def check_report(report: Report, context: Context) -> Iterator[Finding]:
    """Yield what does not add up in a report, what is missing, and what was left empty."""
    present = {name for name in form.TABLES if _of_table(report, name) or _stands_there(context, name)}
    for name, title in form.TABLES.items():
        if name not in present:
            yield Finding(
                "missing-table",
                "disclosure.missing-table",
                Severity.ERROR,
                f"没有找到“{title}”表。",
                suggestion="请补上这张表；没有发生的填 0",
                basis="《政府信息公开条例》第五十条",
            )
    if form.REQUESTS in present:
        yield from _rows_add_up(report)
        yield from _columns_add_up(report)
        yield from _carried(report)
    if form.SUITS in present:
        yield from _suits_add_up(report)
    yield from _blanks(report, present)
    yield from _unplaced(report)
    yield from _older(context)


def _rows_add_up(report: Report) -> Iterator[Finding]:
    parts = [key for key in _ASKERS if key != "total"]
    for row in _ROWS:
        total = identifier(form.REQUESTS, row, "total")
        summands = [identifier(form.REQUESTS, row, key) for key in parts]
        label = "办理结果“总计”" if row == "handled" else f"“{_ROWS[row]}”"
        yield from _sum(report, total, summands, f"{label}一行的总计", rule="row-sum", parts="各类申请人")


def _columns_add_up(report: Report) -> Iterator[Finding]:
    for key, asker in _ASKERS.items():
        total = identifier(form.REQUESTS, "handled", key)
        results = [identifier(form.REQUESTS, row, key) for row in form.RESULTS]
        # Of the two forms of 其他处理 a report fills one.
        own = [each for each in results if report.figure(each) or "otherwise" not in each]
        if report.figure(identifier(form.REQUESTS, "otherwise", key)):
            own = [each for each in own if report.figure(each)]
        yield from _sum(
            report, total, own, f"“{asker}”一列办理结果的总计", rule="column-sum", parts="各项办理结果"
        )


def _suits_add_up(report: Report) -> Iterator[Finding]:
    parts = [each.key for each in form.OUTCOMES if each.key != "total"]
    for way, name in _WAYS.items():
        total = identifier(form.SUITS, way, "total")
        summands = [identifier(form.SUITS, way, key) for key in parts]
        yield from _sum(report, total, summands, f"“{name}”的总计", rule="suit-sum", parts="各种结果")


def _sum(
    report: Report, total: str, summands: Sequence[str], what: str, *, rule: str, parts: str
) -> Iterator[Finding]:
    """Yield a finding where a total is not the sum of its parts; with parts left empty, where it is less."""
    told = _value(report, total)
    known = [(name, value) for name in summands if (value := _value(report, name)) is not None]
    if told is None or not known:
        return
    reckoned = sum((value for _, value in known), Decimal(0))
    is_whole = len(known) == len(summands)
    if told == reckoned or (not is_whole and told > reckoned):
        return
    names = [total, *(name for name, value in known if value)]
    yield Finding(
        "sum",
        f"disclosure.{rule}",
        Severity.ERROR,
        f"{what}是{told}，{parts}相加是{reckoned}，相差{abs(told - reckoned)}。",
        _quotes(report, names),
        suggestion=f"请核对总计和{parts}",
        indicators=tuple(names),
        basis=_BASIS,
    )


def _carried(report: Report) -> Iterator[Finding]:
    for key, asker in _ASKERS.items():
        names = [identifier(form.REQUESTS, row, key) for row in ("received", "carried", "handled", "left")]
        values = [_value(report, name) for name in names]
        received, carried, handled, left = values
        if received is None or carried is None or handled is None or left is None:
            continue
        if received + carried != handled + left:
            yield Finding(
                "carry",
                "disclosure.carry",
                Severity.ERROR,
                f"“{asker}”一列：本年新收{received}加上年结转{carried}是{received + carried}，"
                f"办理结果总计{handled}加结转下年度{left}是{handled + left}，两者应当相等。",
                _quotes(report, names),
                suggestion="请核对新收、结转和办理结果",
                indicators=tuple(names),
                basis=_BASIS,
            )


def _blanks(report: Report, present: Iterable[str]) -> Iterator[Finding]:
    """Yield how many cells of a table that is there hold no number."""
    for table in sorted(present):
        wanted = [info for info in form.INFOS if info.area == table and "_otherwise_" not in info.id]
        empty = [info for info in wanted if report.figure(info.id) is None]
        if report.figure(identifier(table, "otherwise", "total")):
            empty = [info for info in empty if not info.name.startswith("其他处理")]
        if empty:
            named = "、".join(f"“{info.name}”" for info in empty[:_SHOWN])
            more = f"等 {len(empty)} 格" if len(empty) > _SHOWN else ""
            yield Finding(
                "blank",
                "disclosure.blank",
                Severity.NOTE,
                f"“{form.TABLES[table]}”表中 {named}{more}空白或没有填数，不当作 0。",
                suggestion="没有发生的请填 0",
                indicators=tuple(info.id for info in empty),
            )


def _unplaced(report: Report) -> Iterator[Finding]:
    numbers = [each for each in report.numerals if each.reason is NumeralReason.UNCLAIMED]
    if numbers:
        yield Finding(
            "unplaced",
            "disclosure.unplaced",
            Severity.WARNING,
            f"表中有 {len(numbers)} 个数字对不上格式里的行和列，没有采用。",
            tuple(Quote(each.start, each.end, each.quote) for each in numbers[:_SHOWN]),
            suggestion="请核对表头和行名的写法",
        )


def _older(context: Context) -> Iterator[Finding]:
    tables = context.reading.tables if context.reading is not None else ()
    cells = (cell for table in tables for row in table.rows for cell in row if cell)
    older = next((cell for cell in cells if form.OLDER.search(cell.words)), None)
    if older is not None and context.reading is not None:
        yield Finding(
            "older-form",
            "disclosure.older-form",
            Severity.NOTE,
            f"表中有旧版格式的栏目“{older.words}”，只读取了两版共有的栏目。",
            (Quote(older.start, older.end, context.reading.text[older.start : older.end]),),
            suggestion="2021年度起请用新格式",
            basis="国办公开办函〔2021〕30号",
        )


def check_carried_over(yearbook: Yearbook) -> Iterator[Finding]:
    """Yield what a report says was carried over from a year whose own report says otherwise."""
    before = {_issuer(entry.report): entry.report for entry in yearbook.earlier}
    for entry in yearbook.counted:
        report = entry.report
        last = before.get(_issuer(report)) if report.value(Field.ISSUER) else None
        if last is None:
            continue
        ours, theirs = (identifier(form.REQUESTS, row, "total") for row in ("carried", "left"))
        carried, left = _value(report, ours), _value(last, theirs)
        if carried is not None and left is not None and carried != left:
            yield Finding(
                "carried",
                "disclosure.carried",
                Severity.ERROR,
                f"本年写上年结转{carried}件，{yearbook.year - 1}年度报告写结转下年度{left}件。",
                _quotes(report, [ours]),
                suggestion="请核对两年的结转数",
                indicators=(ours,),
                basis="上年结转应当等于上一年度的结转下年度继续办理",
                subject=Subject(report.value(Field.ISSUER) or report.file, report.file, report.part),
            )


def _issuer(report: Report) -> tuple[str | None, str | None]:
    return report.value(Field.DIVISION_CODE), report.value(Field.ISSUER)


def _of_table(report: Report, table: str) -> bool:
    return any(figure.indicator.startswith(f"disclosure.{table}_") for figure in report.figures)


def _stands_there(context: Context, table: str) -> bool:
    """Tell whether a table stands in the report, if without a single number."""
    told = {form.DISCLOSED: form.ITEM_LINES[:2], form.REQUESTS: form.ROWS[:2], form.SUITS: form.OUTCOMES[:2]}
    tables = context.reading.tables if context.reading is not None else ()
    return any(
        find_line(cell.words, told[table]) for each in tables for row in each.rows for cell in row if cell
    )


def _value(report: Report, indicator: str) -> Decimal | None:
    figure = report.figure(indicator)
    if figure is None or figure.status not in (FigureStatus.STATED, FigureStatus.ZERO):
        return None
    return figure.value


def _quotes(report: Report, indicators: Iterable[str]) -> tuple[Quote, ...]:
    figures = (report.figure(name) for name in indicators)
    sources = [report.observations[index] for figure in figures if figure for index in figure.sources]
    return tuple(Quote(o.start, o.end, o.quote) for o in sources[:_SHOWN])
