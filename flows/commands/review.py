"""`nianbao review …`: what reviewers settled on the pages, kept for every run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from flows.deciding import EnteredDecisions, enter_decisions, outcomes_of
from flows.display import printable
from flows.entering import name_of_person, of_number, refuse_list, say, today, warn, write_list
from flows.indicators import known_catalogue, name_of
from flows.stores import existing_store
from nianbao.errors import UsageError
from nianbao.manager import registry
from nianbao.model import Acceptance, AcceptanceOutcome, AcceptanceState, PointKind
from nianbao.review.accepted import CALLED, read_acceptances, write_acceptances
from nianbao.review.applying import stale_acceptance
from nianbao.review.decisions import Decisions, read_decisions
from nianbao.store import AcceptanceRow, Store

_AGAIN = "再次运行 nianbao run 后，工作簿即照此注明。"
_LISTS = (".yml", ".yaml", ".xlsx", ".csv")
_UNTRIED = "待运行时核对"
_STATES: Mapping[AcceptanceState, str] = {
    AcceptanceState.HELD: "有效",
    AcceptanceState.NEEDLESS: "不再需要",
    AcceptanceState.STALE: "已失效",
    AcceptanceState.ABSENT: "没有报告",
}


def import_command(paths: Sequence[Path], store: str) -> int:
    """Enter what decisions files hold, each whole or not at all; return the exit status.

    Args:
        paths: the files; lists that `export` wrote among them.
        store: path or address of the store; empty for the usual one, or the one beside the first file.

    Raises:
        UsageError: of the last file that can't be entered; the others are entered.
    """
    failed: list[UsageError] = []
    entered = 0
    with existing_store(store, beside=paths[0]) as opened:
        for path in paths:
            try:
                entered += _import(path, opened)
            except UsageError as error:
                failed.append(error)
    if entered:
        say([_AGAIN])
    for each in failed[:-1]:
        warn(f"错误：{each}")
    if failed:
        raise failed[-1]
    return 0


def _import(path: Path, store: Store) -> int:
    came = enter_decisions(store, _read(path), "file")
    if came.faults:
        refuse_list(path, came.faults)
    say([f"{path.name}：{_counts(came)}"])
    for line in came.told:
        warn(f"提醒：{printable(line)}")
    return came.entered


def _read(path: Path) -> Decisions:
    if path.suffix.lower() in _LISTS:
        listed = read_acceptances(path)
        return Decisions(acceptances=listed.acceptances, faults=listed.faults)
    return read_decisions(path, known_catalogue().infos(), today())


def _counts(came: EnteredDecisions) -> str:
    told = [f"认可 {came.accepted} 条", f"更正 {came.corrected} 条"]
    told += [f"撤销更正 {came.withdrawn} 条"] if came.withdrawn else []
    return f"登记{'，'.join([*told, f'豁免 {came.waived} 条'])}；数据库里已有 {came.known} 条。"


def export_command(path: Path, store: str) -> int:
    """Write what was accepted as YAML that `import` takes; `-` is the screen; return the exit status.

    Raises:
        UsageError: the file can't be written.
    """
    with existing_store(store) as opened:
        standing = opened.acceptances.standing()
    write_list(path, write_acceptances(standing), f"{len(standing)} 条认可")
    return 0


def withdraw_command(number: int, person: str, reason: str, store: str) -> int:
    """Take an acceptance back by an entry of its own; return the exit status.

    Args:
        number: of the acceptance in the store.
        person: who takes it back.
        reason: why; may be empty.
        store: path or address of the store; empty for the usual one.

    Raises:
        UsageError: no such acceptance stands.
    """
    who = name_of_person(person)
    with existing_store(store) as opened:
        known = {row.acceptance.number for row in opened.acceptances.history()}
        standing = {each.number: each for each in opened.acceptances.standing()}
        found = of_number(number, standing, known, "认可", "nianbao review list")
        entry = replace(found, person=who, day=today(), note=reason.strip())
        opened.acceptances.enter([AcceptanceRow(entry, True, "command")])
    say([f"已撤销：第{number}号，{found.issuer} {found.year}年度{_called(found)}", _AGAIN])
    return 0


def list_command(store: str) -> int:
    """Print what was accepted by whom, and what becomes of each now; return the exit status."""
    from rich.console import Console
    from rich.table import Table

    with existing_store(store) as opened:
        rows = list(_standing(opened))
    if not rows:
        say(["数据库里没有认可过的内容。"])
        return 0
    table = Table()
    table.add_column("编号", justify="right", no_wrap=True)
    for heading in ("单位", "年度", "类别", "对象", "核对人", "日期", "备注", "状态"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "日期")
    for outcome, state in sorted(rows, key=lambda row: row[0].acceptance.number):
        each = outcome.acceptance
        about = (str(each.number), each.issuer, str(each.year), CALLED[each.kind], _name(each))
        by = (each.person, each.day.isoformat(), each.note, state)
        table.add_row(*map(printable, (*about, *by)))
    Console(highlight=False, markup=False).print(table)
    names = {name: card.name for name, card in known_catalogue().indicators.items()}
    for outcome, _ in rows:
        if outcome.state is AcceptanceState.STALE:
            warn(f"提醒：{printable(stale_acceptance(outcome, names))}")
    return 0


def _standing(store: Store) -> Iterator[tuple[AcceptanceOutcome, str]]:
    """Yield what stands and what becomes of it, as the kept reports and the last runs tell."""
    scopes = {validator.name: validator.scope for validator in registry().validators}
    standing, ledger = store.acceptances.standing(), store.ledger.in_force()
    for year in sorted({each.year for each in standing}):
        entries = store.load_entries_for_year(year)
        corrections = [each for each in ledger if each.year == year]
        held = {
            number
            for each in store.published.publications_of(year)
            if each.outcome
            for number in each.outcome.get("accepted_by", ())
        }
        for outcome in outcomes_of(entries, corrections, [a for a in standing if a.year == year])[1]:
            each = outcome.acceptance
            # What a whole year's checks find is known only once a run has published it.
            is_unknown = outcome.state is AcceptanceState.NEEDLESS and each.kind is PointKind.FINDING
            if not is_unknown or scopes.get(each.key.partition(".")[0]) == "report":
                yield outcome, _STATES[outcome.state]
            elif each.number in held:
                yield replace(outcome, state=AcceptanceState.HELD), _STATES[AcceptanceState.HELD]
            else:
                yield replace(outcome, state=AcceptanceState.NEEDLESS), _UNTRIED


def _called(acceptance: Acceptance) -> str:
    return f"{CALLED[acceptance.kind]}“{printable(_name(acceptance))}”"


def _name(acceptance: Acceptance) -> str:
    is_indicator = acceptance.kind in (PointKind.FIGURE, PointKind.CORRECTION)
    return name_of(acceptance.key) if is_indicator else acceptance.key
