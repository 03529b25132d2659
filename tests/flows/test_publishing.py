"""What is published of a run: by the publishers that are named, whole or not at all, nobody named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas
import pytest
from test_work import fill, run

from flows.cli import main
from flows.publishers import with_publishers
from flows.request import Request
from flows.summary import Ending, Summary
from flows.worker import installed
from nianbao.errors import PublishError, UsageError
from nianbao.manager import Registry, registry
from nianbao.model import Yearbook
from nianbao.records import Context, Publisher
from nianbao.store import Store

REPORT = """青石县白水镇人民政府2023年度法治政府建设年度报告

一、2023年度主要举措和成效
（一）规范执法。在党委书记钱国栋同志带领下，全年办理行政处罚案件30件。
（二）化解纠纷。调解矛盾纠纷120件，其中孙丽同志调解50件、周大勇同志调解60件。

二、存在的不足和原因
执法力量不足。

三、主要负责人履行推进法治建设第一责任人职责情况
镇长主持召开会议研究法治政府建设。

四、下一步工作安排
继续加强法治培训。
"""
BOOK, NOTICE = "2023年度法治政府建设报告汇总.xlsx", "关于2023年度法治政府建设年度报告情况的通报.docx"
DATASET = "2023年度法治政府建设数据集"


@pytest.fixture
def asked(tmp_path: Path) -> Request:
    source = fill(tmp_path / "报告", 白水镇=REPORT)
    return Request(str(source), tmp_path / "结果", workers=1)


def publish(asked: Request, *names: str, mask: bool = True) -> Summary:
    return run(replace(asked, publish=names, mask=mask), installed)


def written(asked: Request) -> set[str]:
    return {path.name for path in asked.out.iterdir()} - {"nianbao.db", "nianbao.db.lock", "archive"}


def quotes(asked: Request) -> str:
    book = openpyxl.load_workbook(asked.out / BOOK)
    cells = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    table = pandas.read_csv(asked.out / DATASET / "statements.csv", keep_default_na=False)
    return "\n".join((*cells, *map(str, table.quote)))


def test_the_workbook_alone_is_usual(asked: Request) -> None:
    assert publish(asked).ending is Ending.COMPLETE
    assert written(asked) == {BOOK}


def test_those_that_are_named_write_and_others_files_stay(asked: Request) -> None:
    publish(asked, "通报")
    assert written(asked) == {NOTICE}
    before = (asked.out / NOTICE).read_bytes()
    again = publish(asked, "dataset", "工作簿")
    assert again.unchanged == 1
    assert written(asked) == {NOTICE, BOOK, DATASET}
    assert (asked.out / NOTICE).read_bytes() == before
    assert publish(asked, "dataset", "工作簿").years[0].unchanged


def test_a_name_that_is_none_is_refused_before_any_work(
    asked: Request, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["run", asked.source, "--out", str(asked.out), "--publish", "工作簿,汇编"]
    assert main(command) == 2
    told = capsys.readouterr().err
    assert told.startswith("错误：--publish：没有名为“汇编”的输出（可用的有：工作簿、数据集、通报、")
    assert told.count("\n") == 1
    assert not asked.out.exists()
    with pytest.raises(UsageError):
        with_publishers(registry(), ["汇编"])


def failing(yearbook: Yearbook, folder: Path) -> list[Path]:
    raise PublishError("磁盘已满")


def with_a_failing_notice() -> tuple[Registry, Context]:
    found, context = installed()
    broken = Publisher("notice", failing, version="2", is_usual=False)
    others = [each for each in found.publishers if each.name != "notice"]
    return replace(found, publishers=(*others, broken)), context


def test_a_publisher_that_fails_leaves_last_times_file_and_the_run_is_partial(asked: Request) -> None:
    both = replace(asked, publish=("workbook", "notice"))
    assert run(both, installed).ending is Ending.COMPLETE
    before = (asked.out / NOTICE).read_bytes()
    summary = run(replace(both, force=True), with_a_failing_notice)
    assert summary.ending is Ending.PARTIAL
    assert any("notice" in line and "磁盘已满" in line for line in summary.failures)
    assert (asked.out / NOTICE).read_bytes() == before
    assert written(asked) == {BOOK, NOTICE}


def test_nobody_is_named_unless_it_is_asked_for(asked: Request) -> None:
    publish(asked, "workbook", "dataset")
    assert "调解50件、周某某同志调解60件" in quotes(asked)
    assert "周大勇" not in quotes(asked)
    assert publish(asked, "workbook", "dataset", mask=False).unchanged == 1
    assert "调解50件、周大勇同志调解60件" in quotes(asked)
    with Store.open(asked.store_location) as store:
        (entry,) = store.load_entries_for_year(2023)
    assert "党委书记钱国栋同志" in entry.text


def test_a_correction_from_a_masked_workbook_holds(
    asked: Request, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the report is silent on is known by its whole text, in which somebody is hidden."""
    publish(asked, "workbook")
    path = asked.out / BOOK
    book = openpyxl.load_workbook(path)
    sheet = book["更正"]
    first = next(row for row in range(1, 20) if sheet.cell(row, 1).value == 1)
    unit = book["更正依据"].cell(1, 5).value
    for column, value in enumerate((unit, "行政复议案件数", 2, "台账有2件", "王敏"), 2):
        sheet.cell(first, column, value)
    book.save(path)
    assert main(["corrections", "import", str(path), "--store", asked.store_location]) == 0
    assert "未提及 → 2" in capsys.readouterr().out
    summary = publish(asked, "workbook")
    (year,) = summary.years
    assert (year.corrected, year.stale) == (1, ())
    assert main(["diff", "last", str(path), "--store", asked.store_location, "--check"]) == 0
