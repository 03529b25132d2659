"""A whole run without Prefect: the store, the years, the summary, and how a run ends."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import workbench

from flows import work
from flows.artifacts.files import Folders
from flows.artifacts.page import page_of
from flows.commands.run import show
from flows.request import Request, check_request
from flows.summary import EXIT_STATUS, Ending, Summary, cut
from flows.watch import Watch
from flows.worker import Setup
from nianbao.errors import UsageError
from nianbao.yearbook import LeftOut


def fill(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def run(request: Request, setup: Setup = workbench.setup) -> Summary:
    with work.open_workshop(request, Watch(), setup) as workshop:
        ids = work.collect(workshop)
        for batch in work.batches(ids, request.batch_size):
            work.process_batch(workshop, batch)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def recorded(request: Request) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(request.store_location)) as connection:
        return connection.execute("SELECT status, command FROM runs ORDER BY started").fetchall()


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_a_run_of_all_years(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = fill(tmp_path / "报告", a="2023", b="2022", c="2023", d="plan", e="exit", f="没有年份")
    request = Request(str(source), tmp_path / "结果", workers=2, batch_size=4)
    summary = run(request)
    assert [(year.year, year.reports) for year in summary.years] == [(2022, 1), (2023, 2)]
    assert [lines(path) for path in summary.written] == [["b.txt", "e.txt"], ["a.txt", "c.txt", "e.txt"]]
    crashed = LeftOut("e.txt", "处理这份文件时工作进程意外退出，文件可能已损坏")
    assert summary.unreadable == (crashed,)
    assert summary.left_out == (
        LeftOut("d.txt", "不是法治政府建设年度报告：标题是工作要点"),
        LeftOut("f.txt", "没有找到报告的年份"),
    )
    assert (summary.files, summary.reports) == (6, 4)
    assert EXIT_STATUS[summary.ending] == 1
    assert recorded(request) == [("partial", "run")]
    show(summary)
    told = capsys.readouterr().out
    for words in ("部分完成", "e.txt：处理这份文件时", "f.txt：没有找到报告的年份", str(summary.written[0])):
        assert words in told
    page = page_of(summary, Folders(request.source, request.out), "某县")
    assert "# 某县：部分完成" in page
    assert "报告 2 份；问题：错误 0、警告 0、提示 0。" in page
    assert "| e.txt | 处理这份文件时" in page


def test_a_run_of_one_year_names_the_others(tmp_path: Path) -> None:
    source = fill(tmp_path / "报告", a="2023", b="2022")
    request = Request(str(source), tmp_path / "结果", year=2023, workers=1)
    summary = run(request)
    assert [path.name for path in summary.written] == ["2023年度法治政府建设报告汇总.csv"]
    assert summary.left_out == (LeftOut("b.txt", "2022 年度的报告"),)
    assert summary.ending is Ending.COMPLETE
    assert recorded(request) == [("complete", "run")]


def test_a_year_without_reports_fails_and_says_what_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = fill(tmp_path / "报告", a="2023", b="2022", c="2022")
    request = Request(str(source), tmp_path / "结果", year=2021, workers=1)
    summary = run(request)
    assert EXIT_STATUS[summary.ending] == 3
    assert recorded(request) == [("failed", "run")]
    show(summary)
    told = capsys.readouterr()
    assert "错误：没有 2021 年度的报告（找到：2022 年度 2 份、2023 年度 1 份）\n" in told.err


def test_nothing_readable_fails(tmp_path: Path) -> None:
    summary = run(Request(str(fill(tmp_path / "报告", a="unreadable")), tmp_path / "结果", workers=1))
    assert (summary.ending, summary.why_nothing) == (Ending.FAILED, "所有文件都无法读取")


def test_a_failed_plugin_is_named_once(tmp_path: Path) -> None:
    source = fill(tmp_path / "报告", a="2023", b="bad", c="bad")
    summary = run(Request(str(source), tmp_path / "结果", workers=1))
    assert summary.failures == ("插件 identity 在 2 份报告上出错：ValueError: 读不懂",)
    assert summary.ending is Ending.PARTIAL


def test_a_check_of_the_year_that_crashes_makes_the_run_partial(tmp_path: Path) -> None:
    source = fill(tmp_path / "报告", a="2023")
    summary = run(Request(str(source), tmp_path / "结果", workers=1), workbench.crashing_check_setup)
    assert summary.failures == ("2023 年度：校验规则 peers 未能完成，本年度的汇总没有经过它的检查。",)
    assert (summary.ending, len(summary.written)) == (Ending.PARTIAL, 1)


def test_a_roster_tells_who_has_not_reported(tmp_path: Path) -> None:
    source = fill(tmp_path / "报告", a="2023")
    (tmp_path / "名单.csv").write_text("单位名称\n临溪镇\n", encoding="utf-8")
    request = Request(str(source), tmp_path / "结果", roster=tmp_path / "名单.csv", workers=1)
    assert run(request).years[0].silent == ("临溪镇",)


def test_a_second_run_over_the_same_store(tmp_path: Path) -> None:
    source = fill(tmp_path / "报告", a="2023", b="2023")
    request = Request(str(source), tmp_path / "结果", store=str(tmp_path / "年报.db"), workers=1)
    first = run(request)
    fill(source, b="2022")
    second = run(request)
    assert [year.reports for year in first.years] == [2]
    assert [(year.year, year.reports) for year in second.years] == [(2022, 1), (2023, 1)]
    assert recorded(request) == [("complete", "run"), ("complete", "run")]


@pytest.mark.parametrize(
    ("error", "status"),
    [(KeyboardInterrupt(), "stopped"), (UsageError("不行"), "failed"), (ValueError(), "failed")],
)
def test_a_run_that_is_cut_short_is_recorded(tmp_path: Path, error: BaseException, status: str) -> None:
    request = Request(str(fill(tmp_path / "报告", a="2023")), tmp_path / "结果", workers=1)
    with pytest.raises(type(error)), work.open_workshop(request, Watch(), workbench.setup):
        raise error
    assert recorded(request) == [(status, "run")]


def test_results_of_an_earlier_run_are_no_reports(tmp_path: Path) -> None:
    source = fill(tmp_path / "报告", a="2023")
    out = fill(source / "结果", 汇总="2023")
    filings = check_request(Request(str(source), out), workbench.deep_registry())
    assert [filing.name for filing in filings] == ["a.txt"]


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1, "n0"),
        (10, "n0、n1、n2、n3、n4、n5、n6、n7、n8、n9"),
        (37, "n0、n1、n2、n3、n4、n5、n6、n7、n8、n9 等 37 份"),
    ],
)
def test_long_lists_are_cut_at_ten(count: int, told: str) -> None:
    assert cut([f"n{number}" for number in range(count)]) == told


def test_waivers_and_their_faults_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waivers = tmp_path / "豁免.csv"
    waivers.write_text(
        "单位,年度,规则,豁免理由,豁免人,豁免日期,有效期至\n"
        "甲镇,2023,arithmetic.sum,已核实,王敏,2024-03-01,2099-12-31\n"
        "甲镇,2021,arithmetic.sum,已核实,王敏,2024-03-01,2099-12-31\n"
        "甲镇,2023,arithmetic.sum,已核实,王敏,下周,2099-12-31\n",
        encoding="utf-8",
    )
    source = fill(tmp_path / "报告", a="2023")
    summary = run(Request(str(source), tmp_path / "结果", workers=1, waivers=waivers))
    assert [line[:5] for line in summary.remarks] == ["豁免第4行", "豁免第2行", "豁免第3行"]
    show(summary)
    assert (
        "提醒：豁免第3行（甲镇，2021年度，arithmetic.sum）：这次没有 2021 年度的报告"
        in capsys.readouterr().out
    )
    assert "## 请留意（3 处）" in page_of(summary, Folders(str(source), tmp_path / "结果"), "某县")


def test_a_roster_and_a_county_are_not_given_together(tmp_path: Path) -> None:
    request = Request(
        str(fill(tmp_path / "报告", a="2023")), tmp_path / "结果", roster=Path("名单.xlsx"), county="松阳县"
    )
    with pytest.raises(UsageError, match="不能同时给出名单和县区"):
        check_request(request, workbench.registry())
