"""`nianbao waivers …`: findings that somebody answers for, kept for every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from flows.entering import name_of_person, of_number, refuse_list, say, today, warn, write_list
from flows.stores import existing_store
from nianbao.corrections import Reports
from nianbao.manager import registry
from nianbao.model import Waiver
from nianbao.store import Store, WaiverRow
from nianbao.store.published import Publication
from nianbao.waivers import WaiverState, matching, prepare_waivers, read_waivers, state_of, write_waivers

# Of what a waiver is confined to so many characters tell which.
_CONFINED = 24
_AGAIN = "再次运行 nianbao run 后，工作簿即照此注明。"
_STATES: Mapping[WaiverState, str] = {
    WaiverState.IN_FORCE: "生效",
    WaiverState.EXPIRED: "已到期",
    WaiverState.IDLE: "没有相符的问题",
    WaiverState.UNTRIED: "待运行时核对",
}


def import_command(path: Path, store: str) -> int:
    """Enter the waivers of a workbook, a table or a YAML file, all or none; return the exit status.

    Args:
        path: the file.
        store: path or address of the store; empty for the usual one, or the one beside the workbook.

    Raises:
        UsageError: a row of it can't be entered.
    """
    listed = read_waivers(path)
    with existing_store(store, beside=path) as opened:

        @cache
        def reports_of(year: int) -> Reports:
            return Reports(opened.load_entries_for_year(year))

        standing = [row.waiver for row in opened.waivers.standing()]
        prepared = prepare_waivers(listed, standing, reports_of)
        if prepared.faults:
            refuse_list(path, prepared.faults)
        numbers = opened.waivers.enter(WaiverRow(each, False, "file") for each in prepared.waivers)
    for number, waiver in zip(numbers, prepared.waivers, strict=True):
        say([f"已登记：{_told(replace(waiver, row=number))}"])
        if waiver.until < today():
            warn(f"提醒：第{number}号已于{waiver.until}到期，不会采用")
    say([f"登记豁免 {len(numbers)} 条，数据库里已有 {prepared.known} 条。"])
    if numbers:
        say([_AGAIN])
    return 0


def export_command(path: Path, store: str) -> int:
    """Write the waivers down as YAML that `import` takes; `-` is the standard output. Return the exit status.

    Raises:
        UsageError: the file can't be written.
    """
    with existing_store(store) as opened:
        standing = [row.waiver for row in opened.waivers.standing()]
    write_list(path, write_waivers(standing), f"{len(standing)} 条豁免")
    return 0


def withdraw_command(number: int, person: str, reason: str, store: str) -> int:
    """Take a waiver back by an entry of its own; return the exit status.

    Args:
        number: of the waiver in the store.
        person: who takes it back.
        reason: why; may be empty.
        store: path or address of the store; empty for the usual one.

    Raises:
        UsageError: no such waiver stands.
    """
    who = name_of_person(person)
    with existing_store(store) as opened:
        known = {row.waiver.row for row in opened.waivers.history()}
        standing = {row.waiver.row: row for row in opened.waivers.standing()}
        found = of_number(number, standing, known, "豁免", "nianbao waivers list")
        entry = replace(found.waiver, person=who, day=today(), reason=reason.strip() or found.waiver.reason)
        opened.waivers.enter([WaiverRow(entry, True, "command")])
    say([f"已撤销：{_told(found.waiver)}", _AGAIN])
    return 0


def list_command(store: str) -> int:
    """Print the waivers that stand, and what becomes of each now; return the exit status."""
    from rich.console import Console
    from rich.table import Table

    with existing_store(store) as opened:
        standing = opened.waivers.standing()
        states = _states(opened, standing)
    if not standing:
        say(["数据库里没有豁免。"])
        return 0
    table = Table()
    table.add_column("编号", justify="right", no_wrap=True)
    for heading in ("单位", "年度", "规则", "只限于", "豁免理由", "豁免人", "有效期至", "状态"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "有效期至")
    for row in sorted(standing, key=lambda row: (row.waiver.year, row.waiver.row)):
        waiver = row.waiver
        about = (str(waiver.row), waiver.issuer, str(waiver.year), waiver.rule)
        confined = waiver.quote or waiver.message
        shown = confined if len(confined) <= _CONFINED else f"{confined[:_CONFINED]}…"
        state = _STATES[states[waiver.row]]
        table.add_row(*about, shown, waiver.reason, waiver.person, waiver.until.isoformat(), state)
    Console(highlight=False, markup=False).print(table)
    return 0


def _states(store: Store, standing: tuple[WaiverRow, ...]) -> dict[int, WaiverState]:
    """Hold waivers against the findings of the kept reports, and against what the last runs published."""
    scopes = {validator.name: validator.scope for validator in registry().validators}
    day = today()
    found: dict[int, WaiverState] = {}
    for year in sorted({row.waiver.year for row in standing}):
        own = [row for row in standing if row.waiver.year == year]
        reports = [entry.report for entry in store.load_entries_for_year(year)]
        matched = {waiver.row for waiver in matching([row.waiver for row in own], reports)}
        published = [each for each in store.published.publications_of(year) if each.outcome]
        used = {number for each in published for number in each.outcome.get("waived_by", ())}
        for row in own:
            number = row.waiver.row
            # What a whole year's checks find is known only once a run has published it.
            of_report = scopes.get(row.waiver.rule.partition(".")[0]) == "report"
            is_matched = number in matched or (number in used and not of_report)
            was_tried = of_report or any(_is_after(each, row) for each in published)
            found[number] = state_of(row.waiver, day, is_matched=is_matched, was_tried=was_tried)
    return found


def _is_after(published: Publication, row: WaiverRow) -> bool:
    return published.written is not None and row.entered is not None and published.written > row.entered


def _told(waiver: Waiver) -> str:
    place = f"第{waiver.row}号，{waiver.issuer} {waiver.year}年度 {waiver.rule}"
    return f"{place}：{waiver.reason}（{waiver.person}，{waiver.day}，有效期至{waiver.until}）"
