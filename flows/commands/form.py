"""`nianbao form`: a bureau's own form, filled from what earlier runs read."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.indicators import known_catalogue
from flows.stores import existing_store
from flows.summary import SHOWN
from nianbao.corrections import apply_corrections
from nianbao.errors import UsageError
from nianbao.model import Entry, Status
from nianbao.review import apply_acceptances
from nianbao.versions import set_aside

if TYPE_CHECKING:
    from nianbao.store import Store
    from outputs.form import Filled, Unplaced

_HEADER = ("工作表", "单元格", "单位", "指标或表头", "情况", "说明", "已填")
_LISTED = "（未填清单）"


def form_command(template: Path, out: Path, year: int, store: str) -> int:
    """Fill a form; return the exit status, which is 1 where a header or an issuer is not known.

    Args:
        template: the form.
        out: where the filled one is to be.
        year: whose figures.
        store: path or address of the store; empty for the usual one.

    Raises:
        UsageError: there is no such form, store or year, or the form names no indicator.
        PublishError: the filled form can't be written.
    """
    from outputs.form import fill_form

    if out.suffix.lower() != ".xlsx":
        raise UsageError("填好的表格须是 .xlsx 文件", where=str(out), hint="例如 --out 填好.xlsx")
    if out.expanduser().resolve() == template.expanduser().resolve():
        raise UsageError("不能写回模板本身", where=str(out), hint="请用 --out 另写一个文件名")
    catalogue = known_catalogue()
    with existing_store(store, beside=template) as opened:
        entries = _entries(opened, year, {name: n for n, name in enumerate(catalogue.indicators)})
    done = fill_form(template, out, entries, list(catalogue.indicators.values()))
    listed = out.with_name(f"{out.stem}{_LISTED}.csv")
    _list(listed, done.unplaced)
    _show(done, out, listed)
    return 1 if any(not (each.issuer and each.header) for each in done.unplaced) else 0


def _entries(store: Store, year: int, order: dict[str, int]) -> list[Entry]:
    """Return the reports of a year that count, with what people entered instead of what was read."""
    found = [
        entry
        for entry in store.load_entries_for_year(year)
        if entry.report.status in (Status.COMPLETE, Status.PARTIAL)
    ]
    if not found:
        raise UsageError(
            f"数据库里没有 {year} 年度的报告", where="--year", hint="请先运行 nianbao run，或换一个年度"
        )
    ledger = [entry for entry in store.ledger.in_force() if entry.year == year]
    corrected, outcomes = apply_corrections(found, ledger, order)
    accepted = [each for each in store.acceptances.standing() if each.year == year]
    corrected, _ = apply_acceptances(corrected, accepted, outcomes)
    aside = {(each.file, each.part) for each in set_aside(corrected)}
    return [entry for entry in corrected if (entry.report.file, entry.report.part) not in aside]


def _list(path: Path, rows: Sequence[Unplaced]) -> None:
    if not rows:
        path.unlink(missing_ok=True)
        return
    from outputs.files import csv_text, whole_file, writable

    with (
        writable(path, "未填清单", " Excel 或 WPS"),
        whole_file(path) as draft,
        draft.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for row in rows:
            told = (row.sheet, row.cell, row.issuer, row.header, row.situation, row.told)
            writer.writerow([*map(csv_text, told), "是" if row.is_placed else "否"])


def _show(done: Filled, out: Path, listed: Path) -> None:
    left = [each for each in done.unplaced if not each.is_placed]
    unknown = [each for each in left if not (each.issuer and each.header)]
    print(f"已填 {done.placed} 格，没有填的 {len(left) - len(unknown)} 格。已写出：{out}")
    for each in unknown[:SHOWN]:
        told = f"（{each.told}）" if each.told else ""
        print(f"提醒：{each.sheet} {each.cell} “{each.issuer or each.header}”：{each.situation}{told}")
    if len(unknown) > SHOWN:
        print(f"…… 等 {len(unknown)} 处")
    for note in done.notes:
        print(f"提醒：{note}", file=sys.stderr)
    if done.unplaced:
        print(f"没有填的和要复核的 {len(done.unplaced)} 处，见：{listed}")
