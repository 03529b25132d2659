"""Runs over both kinds of report: each in its own workbook, the reports on 法治政府建设 as if alone."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from kindbench import LAW, REPORTS, WITHOUT, run, with_plugin
from python_calamine import CalamineWorkbook

from flows.artifacts.files import Folders
from flows.artifacts.markdown import counted
from flows.artifacts.page import page_of
from flows.standing import standing_of
from flows.summary import Ending, Summary
from nianbao.model import DocumentKind, Filing, Report, RosterEntry, RunRecord, Status
from nianbao.steps import SHANGHAI, entry_of, process, publish
from nianbao.store import Store
from nianbao.yearbook import make_yearbook

DISCLOSED = (
    REPORTS / "云岫县人民政府2023年政府信息公开工作年度报告.docx",
    REPORTS / "石泉埠镇2023年政府信息公开工作年度报告.html",
    REPORTS / "石泉埠镇2022年政府信息公开工作年度报告.html",
)
BOOK = "2023年度法治政府建设报告汇总.xlsx"
OTHER = "2023年度政府信息公开工作年度报告汇总.xlsx"
NAME = "政府信息公开工作年度报告"
# What a workbook says of its own making: when, by which run and which plugins.
OF_THE_RUN = ("运行记录", "比对依据")
WHEN = re.compile(r"汇总时间：[\d :-]+")
BROKEN = """
import nianbao_xinxigongkai as sound
from dataclasses import replace
from nianbao import hookimpl

def fail(document, context):
    raise ValueError("读不懂")

@hookimpl
def nianbao_kinds():
    return sound.nianbao_kinds()

@hookimpl
def nianbao_extractors():
    for each in sound.nianbao_extractors():
        yield replace(each, extract=fail)

@hookimpl
def nianbao_publishers():
    return sound.nianbao_publishers()
"""


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of both kinds, and a file that nobody can read."""
    folder = tmp_path_factory.mktemp("mixed") / "报告"
    folder.mkdir()
    for path in (*LAW, *DISCLOSED):
        shutil.copyfile(path, folder / path.name)
    (folder / "空.docx").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def alone(mixed: Path) -> tuple[Path, Summary]:
    out = mixed.parent / "无插件"
    return out, run(mixed, out, WITHOUT)


@pytest.fixture(scope="module")
def together(mixed: Path) -> tuple[Path, Summary]:
    out = mixed.parent / "有插件"
    return out, run(mixed, out, with_plugin())


def rows(path: Path) -> dict[str, list[list[str]]]:
    """Return what stands in a workbook's sheets, but for what tells of the run."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: [[WHEN.sub("", str(cell)) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
        if name not in OF_THE_RUN
    }


def stored(out: Path) -> dict[str, Report]:
    with Store.open(str(out.parent / f"{out.name}.db")) as store:
        entries = [entry for year in (2022, 2023) for entry in store.load_entries_for_year(year)]
    return {Path(entry.report.file).name: entry.report for entry in entries}


def test_without_the_plugin_they_are_no_reports(alone: tuple[Path, Summary]) -> None:
    out, summary = alone
    left = {Path(each.file).name: each.reason for each in summary.left_out}
    assert left == {
        path.name: "不是法治政府建设年度报告：标题是政府信息公开（或政府网站）年度报告" for path in DISCLOSED
    }
    assert sorted(path.name for path in out.iterdir()) == [BOOK.replace("2023", "2022"), BOOK]


def test_each_kind_has_a_workbook_of_its_own(together: tuple[Path, Summary]) -> None:
    out, summary = together
    assert sorted(path.name for path in out.glob("*.xlsx")) == sorted(
        [BOOK, OTHER, BOOK.replace("2023", "2022"), OTHER.replace("2023", "2022")]
    )
    assert summary.left_out == ()
    assert (summary.reports, summary.years_found) == (2, ((2022, 1), (2023, 1)))
    assert [(each.year, each.kind, each.reports) for each in summary.years] == [
        (2022, DocumentKind.REPORT, 1),
        (2023, DocumentKind.REPORT, 1),
        (2022, DocumentKind.DISCLOSURE_REPORT, 1),
        (2023, DocumentKind.DISCLOSURE_REPORT, 2),
    ]
    assert f"年度报告 2 份，{NAME} 3 份，" in counted(summary)
    page = page_of(summary, Folders("", out), "某县")
    assert f"## 2023 年度{NAME}\n\n报告 2 份；" in page


def test_the_reports_on_law_are_the_same_with_and_without(
    alone: tuple[Path, Summary], together: tuple[Path, Summary]
) -> None:
    before, after = stored(alone[0]), stored(together[0])
    for path in LAW:
        assert before[path.name] == after[path.name]
    for name in (BOOK, BOOK.replace("2023", "2022")):
        assert rows(alone[0] / name) == rows(together[0] / name)


def test_their_workbook_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    """The same run's record given, nothing at all differs."""
    run_of = RunRecord("试", datetime(2024, 2, 1, tzinfo=SHANGHAI), "0")
    written = []
    for number, setup in enumerate((WITHOUT, with_plugin())):
        found, context = setup()
        context = replace(context, today=date(2024, 2, 1))
        done = [
            process(found, Filing("folder", str(path), path.name), context) for path in (*LAW, *DISCLOSED)
        ]
        entries = [entry_of(report, each.document) for each in done for report in each.reports]
        book = make_yearbook(
            found, context, 2023, entries, roster=(RosterEntry("云岫县", None, 2),), run=run_of
        )
        assert [row.files for row in book.roster or ()] == [()]
        (path, *_), failures = publish(found, book, tmp_path / str(number))
        assert failures == ()
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_second_run_does_nothing(mixed: Path, together: tuple[Path, Summary]) -> None:
    out, first = together
    written = {path: path.stat().st_mtime_ns for path in out.glob("*.xlsx")}
    again = run(mixed, out, with_plugin())
    # The file that can't be read may be readable the next time.
    assert [each.unchanged for each in again.years] == [True] * 4
    assert [each.files for each in again.years] == [each.files for each in first.years]
    assert {path: path.stat().st_mtime_ns for path in out.glob("*.xlsx")} == written


def test_the_status_tells_the_kinds_apart(together: tuple[Path, Summary]) -> None:
    out, _ = together
    with Store.open(str(out.parent / f"{out.name}.db")) as store:
        groups = standing_of(store, *with_plugin()()).groups
    assert [place for place, _ in groups if place[1] == "云岫县"] == [
        (2022, "云岫县", DocumentKind.DISCLOSURE_REPORT),
        (2023, "云岫县", DocumentKind.DISCLOSURE_REPORT),
    ]
    assert (2023, "仪陇县", DocumentKind.REPORT) in [place for place, _ in groups]


@pytest.mark.long
def test_the_plugin_taken_away_the_next_run_is_as_without(mixed: Path, alone: tuple[Path, Summary]) -> None:
    out = mixed.parent / "先有后无"
    run(mixed, out, with_plugin())
    later = run(mixed, out, WITHOUT)
    assert [(each.year, each.kind) for each in later.years] == [
        (2022, DocumentKind.REPORT),
        (2023, DocumentKind.REPORT),
    ]
    assert later.left_out == alone[1].left_out
    assert rows(out / BOOK) == rows(alone[0] / BOOK)


def test_a_kind_whose_output_is_not_chosen_is_told(mixed: Path, tmp_path: Path) -> None:
    summary = run(mixed, tmp_path / "结果", with_plugin(), "workbook")
    assert [each.kind for each in summary.years] == [DocumentKind.REPORT] * 2
    assert {each.reason for each in summary.left_out} == {"没有选用写出这种报告的输出"}
    assert len(summary.left_out) == len(DISCLOSED)


def test_a_plugin_of_the_kind_that_fails_costs_only_itself(
    mixed: Path, alone: tuple[Path, Summary], tmp_path: Path
) -> None:
    (tmp_path / "failing_kind.py").write_text(BROKEN, encoding="utf-8")
    summary = run(mixed, tmp_path / "结果", with_plugin("failing_kind", folder=tmp_path))
    assert summary.ending is Ending.PARTIAL
    assert any("读不懂" in line for line in summary.failures)
    after, before = stored(tmp_path / "结果"), stored(alone[0])
    for path in LAW:
        assert before[path.name] == after[path.name]
    assert rows(tmp_path / "结果" / BOOK) == rows(alone[0] / BOOK)
    others = [after[path.name] for path in DISCLOSED]
    assert {figure.value for report in others for figure in report.figures} == {None}


def test_a_plugin_of_the_kind_that_does_not_load_leaves_all_as_without_it(tmp_path: Path) -> None:
    (tmp_path / "absent_kind.py").write_text("raise ImportError('缺少部件')\n", encoding="utf-8")
    found, context = with_plugin("absent_kind", folder=tmp_path)()
    assert [failure.error for failure in found.failures] == ["ImportError: 缺少部件"]
    path = DISCLOSED[1]
    [report] = process(found, Filing("folder", str(path), path.name), context).reports
    assert (report.status, report.figures) == (Status.NOT_A_REPORT, ())
