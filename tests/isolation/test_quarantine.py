"""A plugin that fails on three reports of a run is left out of all, in whatever order they are read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from faulty import EXTRACTOR
from neighbours import SAMPLES, of_others, written
from python_calamine import CalamineWorkbook

from flows import work
from flows.request import Request
from flows.summary import Ending, Summary
from flows.watch import Watch
from flows.worker import Setup
from nianbao.model import Report
from nianbao.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory and time as Linux has them")

TEXT = (SAMPLES / "沙柳坪乡2022年法治政府建设工作情况.txt").read_text(encoding="gb18030")
RAISES = EXTRACTOR + "    if '故障' in document.text: raise ValueError('读不懂')\n"
CRASHES = EXTRACTOR + "    if '故障' in document.text: os.abort()\n"
LINE = "插件 broken 在 3 份以上的报告上出错，本次运行停用它，所有报告都不采用它的结果："
SAID = f"{LINE}ValueError: 读不懂"


def fill(folder: Path, bad: int, good: int) -> Path:
    """Write reports; the plugin fails on the bad ones."""
    folder.mkdir(exist_ok=True)
    for number in range(bad + good):
        flaw = "\n附：故障登记。" if number < bad else ""
        (folder / f"{number:02}.txt").write_text(f"{TEXT}\n附件第{number}号。{flaw}", encoding="utf-8")
    return folder


def run(request: Request, setup: Setup, *, killed: bool = False) -> Summary | None:
    """Run as the flow does; a killed one ends once all is read."""
    with work.open_workshop(request, Watch(), setup) as workshop:
        for batch in work.batches(work.collect(workshop), request.batch_size):
            work.process_batch(workshop, batch)
        if killed:
            return None
        while again := work.quarantine(workshop):
            for batch in work.batches(again, request.batch_size):
                work.process_batch(workshop, batch)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def asked(folder: Path, source: Path, workers: int = 1, batch_size: int = 64) -> Request:
    return Request(str(source), folder, workers=workers, batch_size=batch_size)


def stored(request: Request) -> list[Report]:
    with Store.open(request.store_location) as store:
        return [
            replace(each.report, file=Path(each.report.file).name)
            for each in store.load_entries_for_year(2022)
        ]


def told(summary: Summary | None) -> list[str]:
    """Return what a summary says of the plugin."""
    assert summary is not None
    return [line for line in (*summary.failures, *summary.remarks) if "broken" in line]


def heard(reports: Sequence[Report]) -> list[str]:
    """Return the files in which the plugin was heard."""
    return [each.file for each in reports if any(one.extractor == "broken" for one in each.observations)]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """What a run without the plugin stores of three bad reports and three good ones."""
    folder = tmp_path_factory.mktemp("alone")
    request = asked(folder / "结果", fill(folder / "报告", 3, 3))
    run(request, written(folder))
    return stored(request)


def test_three_failures_leave_it_out_of_all(tmp_path: Path, alone: list[Report]) -> None:
    request = asked(tmp_path / "结果", fill(tmp_path / "报告", 3, 3))
    setup = written(tmp_path, broken=RAISES)
    summary = run(request, setup)
    assert summary is not None
    assert summary.ending is Ending.PARTIAL
    assert told(summary) == [SAID]
    reports = stored(request)
    assert heard(reports) == []
    assert [[failure.error for failure in report.failures] for report in reports] == [[SAID]] * 6
    assert [of_others(report) for report in reports] == [of_others(report) for report in alone]
    [book] = [path for path in summary.written if path.suffix == ".xlsx"]
    overview = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    lines = [str(cell) for row in overview for cell in row if LINE in str(cell)]
    assert len([line for line in lines if "提取未完成" not in line]) == 1
    again = run(request, setup)
    assert again is not None
    assert (told(again), again.unchanged) == ([SAID], 6)
    assert stored(request) == reports
    # In other batches, by other workers, and killed before anything was left out: the same.
    other = asked(tmp_path / "另一次", tmp_path / "报告", workers=2, batch_size=1)
    run(other, setup, killed=True)
    assert len(heard(stored(other))) == 3
    run(other, setup)
    assert stored(other) == reports


def test_what_comes_later_goes_without_it_until_it_is_another(tmp_path: Path, alone: list[Report]) -> None:
    source = fill(tmp_path / "报告", 2, 4)
    request, setup = asked(tmp_path / "结果", source), written(tmp_path, broken=RAISES)
    assert told(run(request, setup)) == ["插件 broken 在 2 份报告上出错：ValueError: 读不懂"]
    assert heard(stored(request)) == ["02.txt", "03.txt", "04.txt", "05.txt"]
    fill(source, 3, 3)
    assert told(run(request, setup)) == [SAID]
    assert [of_others(report) for report in stored(request)] == [of_others(report) for report in alone]
    (source / "00.txt").unlink()
    run(request, setup)
    assert heard(stored(request)) == []
    mended = tmp_path / "mended"
    mended.mkdir()
    assert told(run(request, written(mended, broken=EXTRACTOR))) == []
    assert len(heard(stored(request))) == 5


def test_one_that_crashes_is_tried_three_times(tmp_path: Path, alone: list[Report]) -> None:
    request = asked(tmp_path / "结果", fill(tmp_path / "报告", 3, 3))
    assert told(run(request, written(tmp_path, broken=CRASHES))) == [
        f"{LINE}工作进程在它的这次调用中意外退出"
    ]
    assert [of_others(report) for report in stored(request)] == [of_others(report) for report in alone]
    assert heard(stored(request)) == []
