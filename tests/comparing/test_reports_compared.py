"""What became of the reports from one publication to another: new, gone, moved, replaced."""

# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from dataclasses import replace

import pytest
from small_snapshots import AMOUNT, cell, changes, fates, row, snapshot

from nianbao.comparing import Cause, Fate, Row, compare
from nianbao.model import Status


def test_reports_that_come_and_go() -> None:
    unread = replace(row("东关镇"), status=Status.UNREADABLE, issuer="东关镇")
    found = changes(
        snapshot(row("东关镇", cell("3")), row("西关镇", cell("5"), cell("6", AMOUNT.id)), row("北关镇")),
        snapshot(row("南关镇", cell("7")), unread, row("北关镇")),
    )
    assert fates(found) == [("new", "清源县南关镇", ""), ("gone", "清源县东关镇", "现在无法读取"), ("gone", "清源县西关镇", "")]  # fmt: skip
    assert [change.figures for change in found.reports] == [1, 1, 2]
    assert (found.reports_before, found.reports_after, found.cells) == (3, 2, ())


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (row("西关镇", cell("3"), sha256="东关镇"), "单位由清源县东关镇改为清源县西关镇"),
        (row("东关镇", cell("3"), code="990123001"), "区划代码由无改为990123001"),
    ],
)
def test_a_report_that_is_assigned_to_another(after: Row, told: str) -> None:
    found = changes(row("东关镇", cell("3")), after)
    assert [(change.fate, change.told) for change in found.reports] == [(Fate.MOVED, told)]
    assert found.cells == ()


def test_a_report_that_moves_to_another_year_is_neither_new_nor_gone() -> None:
    town, moved = row("东关镇", cell("3")), row("西关镇", cell("5"))
    before = [snapshot(year=2022), snapshot(town, moved)]
    after = [snapshot(moved, year=2022), snapshot(town)]
    assert fates(compare(before, after)) == [("moved", "清源县西关镇", "年度由2023改为2022")]


def test_a_town_that_is_called_otherwise_is_told_by_its_code() -> None:
    before = row("东关镇", cell("3"), code="990123001")
    after = row("东关街道", cell("4"), code="990123001", content="新")
    found = changes(before, after)
    assert fates(found)[0] == ("moved", "清源县东关街道", "单位由清源县东关镇改为清源县东关街道")
    assert [change.cause for change in found.cells] == [Cause.SOURCE]


def test_files_without_text_are_not_one_another() -> None:
    found = changes(row("东关镇", text=""), row("西关镇", text=""))
    assert [fate for fate, _, _ in fates(found)] == ["new", "gone"]


def test_another_version_that_is_chosen() -> None:
    draft, final = row("东关镇", cell("3")), row("东关镇", cell("5"), content="定", file="定稿.docx")
    found = changes(snapshot(draft), snapshot(replace(draft, aside="定稿较晚"), final))
    told = "改用“定稿.docx”（原为“东关镇.docx”）"
    assert fates(found) == [("replaced", "清源县东关镇", told)]
    assert [(change.cause, change.told) for change in found.cells] == [(Cause.SOURCE, told)]
    back = changes(snapshot(replace(draft, aside="定稿较晚"), final), snapshot(draft))
    assert [fate for fate, _, _ in fates(back)] == ["replaced"]


def test_a_further_version_that_is_not_chosen() -> None:
    one, other = (
        row("东关镇", cell("3")),
        row("东关镇", cell("5"), content="稿", file="初稿.docx", aside="是初稿"),
    )
    found = changes(snapshot(one), snapshot(one, other))
    assert [(change.fate, change.counts, change.told) for change in found.reports] == [
        (Fate.NEW, False, "没有采用：是初稿")
    ]
    assert found.cells == ()
    assert [fate for fate, _, _ in fates(changes(snapshot(one, other), snapshot(one)))] == ["gone"]


def test_two_that_change_places() -> None:
    one, other = row("东关镇", cell("3")), row("东关镇", cell("5"), content="稿", file="稿.docx")
    found = changes(snapshot(one, replace(other, aside="较早")), snapshot(replace(one, aside="较晚"), other))
    assert [(change.before, change.after) for change in found.cells] == [(one.cells[0], other.cells[0])]
    assert [fate for fate, _, _ in fates(found)] == ["replaced"]


def test_a_file_that_was_saved_anew() -> None:
    found = changes(row("东关镇", cell("3")), row("东关镇", cell("3"), sha256="重新保存"))
    assert fates(found) == [("replaced", "清源县东关镇", "文件重新保存过，文字没有变")]


def test_a_renamed_file_is_no_change() -> None:
    assert changes(row("东关镇", cell("3")), row("东关镇", cell("3"), file="新名.docx")).is_empty
