"""`nianbao correct` and `nianbao corrections …`: what people entered instead of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from flows.entering import name_of_person, refuse_list, say, today, warn, write_list
from flows.indicators import known_catalogue, name_of, telling_names
from flows.stores import existing_store
from flows.summary import stale_line
from nianbao.corrections import (
    Entered,
    Prepared,
    Reports,
    apply_corrections,
    edited_figures,
    entered_value,
    prepare_entries,
    read_basis,
    read_corrections,
    shown_value,
    write_corrections,
)
from nianbao.errors import UsageError
from nianbao.explaining import find_card
from nianbao.model import Correction, CorrectionState
from nianbao.store import LedgerRow, Store

_AGAIN = "再次运行 nianbao run 后，工作簿即按更正后的数字汇总。"
_SUMMARY_SHEET = "指标汇总"
_STATES: Mapping[CorrectionState, str] = {
    CorrectionState.APPLIED: "已采用",
    CorrectionState.NEEDLESS: "不再需要",
    CorrectionState.STALE: "已失效",
    CorrectionState.ABSENT: "没有报告",
}


def correct_command(
    issuer: str, year: int, indicator: str, value: str, *, reason: str, person: str, store: str
) -> int:
    """Enter one correction; return the exit status.

    Args:
        issuer: whose report, as the user calls it.
        year: reported on.
        indicator: id or Chinese name.
        value: the right figure, 未提及 or 撤销.
        reason, person: why, and who says so.
        store: path or address of the store; empty for the usual one.

    Raises:
        UsageError: anything of it is wrong; nothing is entered.
    """
    card = find_card(known_catalogue(), indicator)
    try:
        told = entered_value(value, card.unit)
    except ValueError as error:
        raise UsageError(str(error), where="数值") from error
    entered = Entered(1, issuer, year, card.id, told, reason, name_of_person(person), today())
    with existing_store(store) as opened:
        prepared = _prepare(opened, [entered])
        if prepared.faults:
            raise UsageError(prepared.faults[0][1], where=f"{issuer} {year} {card.name}")
        _enter(opened, prepared, "command")
    say([*map(_told, prepared.corrections), *map(_told_withdrawn, prepared.withdrawals)])
    say(["这条更正已在台账里，没有改动。"] if prepared.known else [_AGAIN])
    return 0


def import_command(path: Path, store: str) -> int:
    """Enter the corrections of a workbook, a table or a YAML file, all or none; return the exit status.

    Args:
        path: the file.
        store: path or address of the store; empty for the usual one, or the one beside the workbook.

    Raises:
        UsageError: a row of it can't be entered.
    """
    infos = known_catalogue().infos()
    names = {info.id: info.name for info in infos}
    basis = read_basis(path) if path.suffix.lower() not in (".yml", ".yaml") else None
    listed = read_corrections(path, infos, today())
    if listed.faults:
        refuse_list(path, listed.faults)
    entries: Sequence[Entered] = listed.entries
    if basis is not None:
        entries = [basis.fill(each, names[each.indicator]) for each in entries]
    with existing_store(store, beside=path) as opened:
        prepared = _prepare(opened, entries)
        if prepared.faults:
            refuse_list(path, [f"第{row}{listed.unit}：{told}" for row, told in prepared.faults])
        _enter(opened, prepared, "workbook" if basis is not None else "file")
    say([*map(_told, prepared.corrections), *map(_told_withdrawn, prepared.withdrawals)])
    counts = f"登记更正 {len(prepared.corrections)} 条，撤销 {len(prepared.withdrawals)} 条"
    say([f"{counts}，台账里已有 {prepared.known} 条。"])
    if prepared.corrections or prepared.withdrawals:
        say([_AGAIN])
    if basis is not None:
        for line in edited_figures(path, basis, infos, _SUMMARY_SHEET):
            warn(f"提醒：{line}")
    return 0


def export_command(path: Path, store: str) -> int:
    """Write what holds as YAML, for version control; `-` is the standard output. Return the exit status.

    Raises:
        UsageError: the file can't be written.
    """
    names = telling_names(known_catalogue().infos())
    with existing_store(store) as opened:
        ledger = opened.ledger.in_force()
    text = write_corrections(ledger, names)
    write_list(path, text, f"{len(ledger)} 条更正")
    return 0


def list_command(store: str) -> int:
    """Print the corrections that hold, and what becomes of each now; return the exit status."""
    from rich.console import Console
    from rich.table import Table

    catalogue = known_catalogue()
    order = {name: place for place, name in enumerate(catalogue.indicators)}
    with existing_store(store) as opened:
        ledger = opened.ledger.in_force()
        outcomes = [
            outcome
            for year in sorted({entry.year for entry in ledger})
            for outcome in apply_corrections(
                opened.load_entries_for_year(year), [e for e in ledger if e.year == year], order
            )[1]
        ]
    if not outcomes:
        say(["台账里没有更正。"])
        return 0
    table = Table()
    for heading in ("单位", "年度", "指标", "更正前", "更正为", "理由", "更正人", "日期", "状态"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        entry = outcome.correction
        cells = (entry.issuer, str(entry.year), name_of(entry.indicator))
        values = (shown_value(entry.old), shown_value(entry.value))
        table.add_row(
            *cells, *values, entry.reason, entry.person, entry.day.isoformat(), _STATES[outcome.state]
        )
    Console(highlight=False).print(table)
    names = {name: card.name for name, card in catalogue.indicators.items()}
    stale = [outcome for outcome in outcomes if outcome.state is CorrectionState.STALE]
    for outcome in stale:
        warn(f"提醒：{stale_line(outcome, names)}")
    return 0


def _prepare(store: Store, entries: Iterable[Entered]) -> Prepared:
    @cache
    def reports_of(year: int) -> Reports:
        return Reports(store.load_entries_for_year(year))

    return prepare_entries(entries, store.ledger.in_force(), reports_of)


def _enter(store: Store, prepared: Prepared, origin: str) -> None:
    rows = [LedgerRow(entry, False, origin) for entry in prepared.corrections]
    rows += [LedgerRow(entry, True, origin) for entry in prepared.withdrawals]
    store.ledger.enter(rows)


def _told(entry: Correction) -> str:
    name = name_of(entry.indicator)
    change = f"{shown_value(entry.old)} → {shown_value(entry.value)}"
    return f"已登记：{entry.issuer} {entry.year}年度“{name}” {change}（{entry.person}，{entry.day}）"


def _told_withdrawn(entry: Correction) -> str:
    name = name_of(entry.indicator)
    return f"已撤销：{entry.issuer} {entry.year}年度“{name}”的更正（{entry.person}，{entry.day}）"
