"""`nianbao diff`: two runs of a store, or two workbooks, as a user sees what changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import workbench
from test_work import fill, run

from flows.cli import main
from flows.request import Request
from nianbao.comparing import Cell, Named, Row, Snapshot
from nianbao.fingerprints import fingerprints
from nianbao.model import (
    Attribute,
    Entry,
    Field,
    Figure,
    FigureStatus,
    IndicatorInfo,
    Qualifier,
    Report,
    RunRecord,
    Status,
    Yearbook,
)
from nianbao.store import Store
from outputs.workbook import publish

MORNING = datetime(2024, 3, 1, 0, 30, tzinfo=UTC)
CASES = Named("penalty_cases", "行政处罚案件数", "件")


def town(name: str, value: str | None, content: str = "旧", **changes: object) -> Row:
    cell = Cell(CASES.id, Decimal(value or 0), FigureStatus.STATED, Qualifier.EXACT, content)
    known = (f"清源县{name}", "", "town", f"{name}.docx", 1, name + content, name + content)
    made = Row(*known, Status.COMPLETE, cells=(cell,) if value else ())
    return replace(made, **changes)  # type: ignore[arg-type]  # whichever field a test wants changed


def published(location: str, *runs: Sequence[Row], year: int = 2023, extraction: str = "提") -> None:
    """Keep runs 甲1, 乙2, … in a store, each an hour after the one before."""
    with Store.open(location) as store:
        for number, rows in enumerate(runs):
            name = f"{'甲乙丙丁'[number]}{number + 1}"
            store.begin_run(RunRecord(name, MORNING + timedelta(hours=number), "0.1.0"), "run")
            made_by = extraction if number + 1 < len(runs) else f"{extraction}新"
            store.snapshots.keep(name, Snapshot(year, "读", made_by, (CASES,), tuple(rows)))


@pytest.fixture
def location(tmp_path: Path) -> str:
    return str(tmp_path / "nianbao.db")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    status = main(["diff", *arguments])
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err


def test_what_changed_is_told_by_cause(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = [town("东关镇", "3"), town("西关镇", "4"), town("北关镇", "1200")]
    after = [town("东关镇", "5", "新"), town("西关镇", "6"), town("南关镇", "7")]
    published(store_url, before, after)
    status, lines, errors = told(capsys, "--store", store_url)
    assert (status, errors) == (0, "")
    assert lines == [
        "前：运行 甲1（2024-03-01 08:30）",
        "后：运行 乙2（2024-03-01 09:30）",
        "2023 年度：报告 3 份，数字 3 个；变动的数字 2 个",
        "其中：来源变了 1，程序变了 1，新增的报告 1 份，没有了的报告 1 份，换了文件或内容的报告 1 份",
        "",
        "来源变了（1 个数字）",
        "  清源县东关镇  行政处罚案件数  3 → 5  文件内容变了",
        "",
        "程序变了（1 个数字）",
        "  清源县西关镇  行政处罚案件数  4 → 6  同样的文字，提取的规则变了",
        "",
        "新增的报告（1 份）",
        "  清源县南关镇  1 个数字  南关镇.docx",
        "",
        "没有了的报告（1 份）",
        "  清源县北关镇  1 个数字  北关镇.docx",
        "",
        "换了文件或内容的报告（1 份）",
        "  清源县东关镇  1 个数字  文件内容变了",
    ]


def test_nothing_changed_and_check(location: str, capsys: pytest.CaptureFixture[str]) -> None:
    published(location, [town("东关镇", "3")], [town("东关镇", "3")], [town("东关镇", "4")])
    status, lines, _ = told(capsys, "甲1", "乙2", "--check", "--store", location)
    assert (status, lines[-1]) == (0, "没有变动。")
    assert told(capsys, "甲1", "丙3", "--store", location)[0] == 0
    assert told(capsys, "甲1", "丙3", "--check", "--store", location)[0] == 1


@pytest.mark.parametrize(
    ("names", "runs"),
    [
        (("上次~1", "上次"), ("乙2", "丙3")),
        (("last~2", "last~1"), ("甲1", "乙2")),
        (("甲", "last~0"), ("甲1", "丙3")),
        ((), ("乙2", "丙3")),
        (("甲1",), ("甲1", "丙3")),
    ],
)
def test_runs_are_named(
    names: Sequence[str], runs: Sequence[str], location: str, capsys: pytest.CaptureFixture[str]
) -> None:
    published(location, [town("东关镇", "3")], [town("东关镇", "4")], [town("东关镇", "5")])
    _, lines, _ = told(capsys, *names, "--store", location)
    assert [line.split()[1].partition("（")[0] for line in lines[:2]] == list(runs)


@pytest.mark.parametrize(
    ("names", "error"),
    [
        (("丁", "last"), "丁：没有这次运行，也没有这本工作簿（最近的运行：乙2、甲1；或写 last、last~1）"),
        (("last~2", "last"), "last~2：可以比较的运行只有 2 次（最早的是 甲1）"),
        (("没有.xlsx", "last"), "没有.xlsx：没有这个工作簿文件（请检查路径）"),
    ],
)
def test_a_run_that_is_not_there(
    names: Sequence[str], error: str, location: str, capsys: pytest.CaptureFixture[str]
) -> None:
    published(location, [town("东关镇", "3")], [town("东关镇", "4")])
    assert told(capsys, *names, "--store", location) == (2, [], f"错误：{error}\n")


def test_a_store_without_runs_and_years_that_differ(
    tmp_path: Path, location: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, "--store", location)[0] == 2
    Store.open(location).close()
    error = "错误：last~1：数据库里还没有可以比较的运行（请先运行 nianbao run，或给出两本工作簿）\n"
    assert told(capsys, "--store", location) == (2, [], error)
    published(location, [town("东关镇", "3")])
    with Store.open(location) as store:
        store.begin_run(RunRecord("又", MORNING + timedelta(days=9), "0.1.0"), "run")
        store.snapshots.keep("又", Snapshot(2022, "", "", (), ()))
    assert "前者是2023年度，后者是2022年度（请指明同一年度" in told(capsys, "--store", location)[2]


def test_a_long_list_is_cut(location: str, capsys: pytest.CaptureFixture[str]) -> None:
    towns = [f"第{number}镇" for number in range(30)]
    published(location, [town(name, "3") for name in towns], [town(name, "4") for name in towns])
    _, lines, _ = told(capsys, "--store", location)
    assert lines[-2:] == ["  …… 另有 10 个，加 --all 全部列出", "  涉及的指标：行政处罚案件数 30"]
    assert len(lines) == 4 + 2 + 20 + 2
    assert len(told(capsys, "--all", "--store", location)[1]) == 4 + 2 + 30


def test_changes_for_programs(location: str, capsys: pytest.CaptureFixture[str]) -> None:
    published(location, [town("东关镇", "3")], [town("东关镇", None), town("西关镇", "0.50")])
    (line,) = told(capsys, "--json", "--store", location)[1]
    found = json.loads(line)
    assert found["cell_changes"] == [
        {
            "year": 2023, "issuer": "清源县东关镇", "indicator": "penalty_cases", "name": "行政处罚案件数",
            "before": {"value": "3", "status": "stated", "qualifier": "exact", "corrected": False},
            "after": None, "cause": "extractor", "told": "同样的文字，提取的规则变了", "file": "东关镇.docx",
        }
    ]  # fmt: skip
    assert found["report_changes"] == [
        {
            "change": "new", "year": 2023, "issuer": "清源县西关镇", "file": "西关镇.docx", "figures": 1,
            "counts": True, "told": "",
        }
    ]  # fmt: skip
    assert (found["before"]["run"], found["reports"], found["figures"]) == ("甲1", [1, 2], [1, 1])


def workbook(folder: Path, value: str) -> Path:
    """Write the workbook of a town that tells one figure."""
    places = {Field.ISSUER: "清源县东关镇人民政府", Field.COUNTY: "清源县", Field.TOWN: "东关镇"}
    figure = Figure(CASES.id, Decimal(value), FigureStatus.STATED, derived=False, sources=())
    report = Report(
        "东关镇.docx", "f" * 64, Status.COMPLETE, figures=(figure,),
        attributes=tuple(Attribute(field, told, "", "identity") for field, told in places.items()),
    )  # fmt: skip
    info = IndicatorInfo(CASES.id, CASES.name, "enforcement", "行政执法", "count", CASES.unit, "")
    record = RunRecord(f"运行{value}", MORNING, "0.1.0")
    [path] = publish(
        Yearbook(2023, "2023年度汇总", (Entry(report, (), "docx"),), (info,), (), None, record), folder
    )
    return path


def test_two_workbooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = workbook(tmp_path / "前", "3"), workbook(tmp_path / "后", "5")
    status, lines, errors = told(capsys, str(before), str(after))
    assert (status, errors) == (0, "")
    assert lines[0] == f"前：工作簿 {before}，运行 运行3（2024-03-01 00:30）"
    assert lines[-1] == "  清源县东关镇  行政处罚案件数  3 → 5  文件和程序都没有变，原因不明"


def test_a_workbook_and_a_run_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path, "3")
    published(str(tmp_path / "nianbao.db"), [town("东关镇", "4", sha256="f" * 64)])
    status, lines, _ = told(capsys, str(path), "last")
    assert (status, lines[1]) == (0, "后：运行 甲1（2024-03-01 08:30）")
    assert "  清源县东关镇  行政处罚案件数  3 → 4  同样的文件，读取的程序变了" in lines


def test_a_workbook_in_which_a_figure_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(tmp_path, "3")
    edited = shutil.copy(path, tmp_path / "改过.xlsx")
    book = openpyxl.load_workbook(edited)
    (cell,) = [
        cell for row in book["指标汇总"].iter_rows(min_row=5, max_row=5) for cell in row if cell.value == 3
    ]
    cell.value = 50
    book.save(edited)
    status, lines, errors = told(capsys, str(path), str(edited))
    assert (status, lines[-1]) == (0, "没有变动。")
    assert errors == (
        f"提醒：{edited}：清源县东关镇人民政府的“行政处罚案件数”在汇总表里被直接改为“50”，"
        "不会被采用；请改填在“更正”表中\n"
    )


def test_each_run_keeps_what_it_published(tmp_path: Path, store_url: str) -> None:
    source = fill(tmp_path / "报告", a="2023", b="2022")
    request = Request(str(source), tmp_path / "结果", workers=1, store=store_url)
    first = run(request)
    fill(source, a="2023 又")
    second = run(request)
    with Store.open(store_url) as store:
        kept = store.snapshots
        assert [(each.id, each.years) for each in kept.runs()] == [
            (second.run_id, (2022, 2023)),
            (first.run_id, (2022, 2023)),
        ]
        (old, before), (same, after) = kept.of_run(first.run_id), kept.of_run(second.run_id)
    assert old == same
    assert [row.file for row in before.rows] == [row.file for row in after.rows] == ["a.txt"]
    assert before.rows[0].sha256 != after.rows[0].sha256
    prints = fingerprints(*workbench.setup())
    assert (after.reading, after.extraction) == (prints.reading, prints.extraction)
