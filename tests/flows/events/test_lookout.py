"""What a store tells of the run before: real runs over a folder, their events caught before they are sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import workbench

from flows import work
from flows.events.lookout import is_listed, looking_out, site_of
from flows.events.notice import Notice
from flows.request import Request
from flows.watch import Watch
from nianbao.errors import UsageError
from nianbao.manager import Registry
from nianbao.model import Filing
from nianbao.records import Context

Runs = Callable[..., list[Notice]]


def setup(today: date) -> tuple[Registry, Context]:
    registry, context = workbench.setup()
    return registry, replace(context, today=today)


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    """Run over the folder, on a day; return what was to be sent."""
    (tmp_path / "报告").mkdir()
    (tmp_path / "名单.csv").write_text("单位名称\n岚溪县石涧镇人民政府\n岚溪县杏坞乡人民政府\n", "utf-8")

    def run(today: date = date(2024, 4, 1), year: int = 2023) -> list[Notice]:
        source, roster = str(tmp_path / "报告"), tmp_path / "名单.csv"
        request = Request(source, tmp_path / "结果", year, roster, engine="serial")
        said: list[Notice] = []
        opened = work.open_workshop(request, Watch(), partial(setup, today))
        try:
            with opened as workshop, looking_out(workshop, "岚溪县", said.extend) as ended:
                work.process_batch(workshop, work.collect(workshop))
                years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
                ended(work.finish(workshop, years))
        except UsageError:
            assert said, "it was told"
        return said

    return run


def fill(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / "报告" / f"{name}.txt").write_text(text, "utf-8")


def test_the_first_run_reminds_and_the_next_does_not(runs: Runs, tmp_path: Path) -> None:
    fill(tmp_path, 甲="2023", 乙="unreadable")
    first, partly = runs()
    assert (first.event, first.resource["nianbao.notice"]) == ("nianbao.report.missing", "due")
    assert first.payload["各县区未报"] == {"岚溪县": 2}
    assert partly.event == "nianbao.run.partial"
    assert [each.resource["nianbao.notice"] for each in runs()[:1]] == ["none"]


def test_where_nobody_has_reported_all_are_missing_and_it_is_told_once(runs: Runs, tmp_path: Path) -> None:
    fill(tmp_path, 甲="2020")
    fill(tmp_path, 乙="2021")
    for due in ("due", "none"):
        (notice,) = runs()
        assert (notice.payload["未报"], notice.resource["nianbao.notice"]) == (2, due)


def test_a_run_for_another_year_does_not_take_the_reminder_away(runs: Runs, tmp_path: Path) -> None:
    fill(tmp_path, 甲="2023", 乙="2020")
    runs(year=2020)
    assert [each.resource["nianbao.notice"] for each in runs()] == ["due"]


def test_what_changed_since_the_last_run(runs: Runs, tmp_path: Path) -> None:
    fill(tmp_path, 甲="2023", 乙="2023 乙")
    runs()
    fill(tmp_path, 甲="2023 改", 丙="2023 丙")
    (tmp_path / "报告" / "乙.txt").unlink()
    (changed,) = [each for each in runs() if each.event == "nianbao.source.changed"]
    assert {key: changed.payload[key] for key in ("新增的", "变动的", "不见了的")} == {
        "新增的": ["丙.txt"],
        "变动的": ["甲.txt"],
        "不见了的": ["乙.txt"],
    }
    assert "nianbao.source.changed" not in [each.event for each in runs()]


def test_a_folder_that_holds_no_report_any_more(runs: Runs, tmp_path: Path) -> None:
    fill(tmp_path, 甲="2023", 乙="2022")
    runs()
    fill(tmp_path, 甲="plan", 乙="plan")
    (emptied,) = [each for each in runs() if each.event == "nianbao.source.emptied"]
    assert emptied.payload["上次各年度"] == {"2023": 1, "2022": 1}


def test_a_folder_that_is_gone_is_told_as_long_as_it_is(runs: Runs, tmp_path: Path) -> None:
    fill(tmp_path, 甲="2023")
    runs()
    (tmp_path / "报告").rename(tmp_path / "别处")
    for _ in range(2):
        missing, emptied = runs()
        assert (missing.payload["未报"], missing.resource["nianbao.notice"]) == (2, "none")
        assert (emptied.event, emptied.payload["上次条目"]) == ("nianbao.source.emptied", 1)
        assert "没有这个文件或文件夹" in emptied.payload["正文"]


def test_a_run_for_another_year_is_compared_with_nothing(runs: Runs, tmp_path: Path) -> None:
    """A site lists one year's reports: in January it has none of the new year, and has lost nothing."""
    fill(tmp_path, 甲="2023", 乙="2022")
    runs()
    fill(tmp_path, 甲="2023 改")
    assert "nianbao.source.changed" not in [each.event for each in runs(year=2022)]
    assert "nianbao.source.changed" not in [each.event for each in runs(year=2022)]


def test_what_a_website_lists_is_told_by_site() -> None:
    page = Filing("website", "https://a.example/1#/state", "北县政府网/2023年报告")
    itself = Filing("website", "site:北/北县政府网/2023#/state", "北县政府网（站点）")
    assert (site_of(page), is_listed(page), is_listed(itself)) == ("北县政府网", True, False)
    file = Filing("folder", "/报告/甲/乙.docx", "甲/乙.docx")
    assert (site_of(file), is_listed(file)) == ("", True)
