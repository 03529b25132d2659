"""A run: each report by its region's profile, or all by the one asked for; nothing is done twice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from flows import work
from flows.commands.extract import code_of
from flows.request import Request
from flows.summary import Summary
from flows.watch import Watch
from nianbao import RegionBy, RegionUse, UsageError
from nianbao.store import Store

GOLDENS = Path(__file__).with_name("goldens")


def run(request: Request) -> Summary:
    with work.open_workshop(request, Watch()) as workshop:
        ids = work.collect(workshop)
        work.process_batch(workshop, ids)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def uses(request: Request) -> dict[str, RegionUse | None]:
    with Store.open(request.store_location) as store:
        return {
            Path(entry.report.file).name: entry.report.region for entry in store.load_entries_for_year(2023)
        }


def test_a_run_reads_each_report_by_its_region_or_all_by_the_one_asked_for(tmp_path: Path) -> None:
    (tmp_path / "报告").mkdir()
    for name in ("jiangsu.txt", "chongqing.txt"):
        shutil.copy(GOLDENS / name, tmp_path / "报告")
    request = Request(str(tmp_path / "报告"), tmp_path / "结果", 2023, workers=1)
    first = run(request)
    assert first.reports == 2
    by_code = {
        name: RegionUse(code, RegionBy.CODE)
        for name, code in (("jiangsu.txt", "32"), ("chongqing.txt", "50"))
    }
    assert uses(request) == by_code
    again = run(request)
    assert (again.unchanged, [year.unchanged for year in again.years]) == (2, [True])

    asked = replace(request, region=code_of("重庆市"))
    assert run(asked).unchanged == 0
    assert uses(request) == dict.fromkeys(by_code, RegionUse("50", RegionBy.REQUEST))


def test_a_region_that_is_not_installed_is_named_with_those_that_are() -> None:
    assert code_of("32") == code_of("江苏省") == "32"
    with pytest.raises(UsageError, match=r"没有名为“99”的地区（可用的地区：.*江苏省（32）"):
        code_of("99")
