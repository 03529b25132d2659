"""A second run does what changed and nothing else, and tells the same as one clean run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import workbench
from second_runs import TEXTS, asked, fill, idle, published, request_in, run, work_of_last_run

from flows import work
from flows.commands.run import show
from flows.request import Request, check_request
from flows.watch import Watch
from flows.worker import Setup
from nianbao.errors import StoreError, UsageError


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    return request_in(tmp_path)


def test_nothing_changed(request_: Request, capsys: pytest.CaptureFixture[str]) -> None:
    assert idle(request_) is None
    first = run(request_)
    assert set(work_of_last_run(request_).values()) == {"read"}
    again = idle(request_)
    assert again is not None
    assert replace(again, unchanged=0, years=first.years) == first
    assert asked(request_, "SELECT count(*) FROM runs") == [(1,)]
    second = run(request_)
    assert set(work_of_last_run(request_).values()) == {"unchanged"}
    assert published(second) == {2022: False, 2023: False}
    assert replace(second, run_id=first.run_id, unchanged=0, years=first.years) == first
    show(second)
    told = capsys.readouterr().out
    assert "没有变动 5 个" in told
    assert f"没有变动：{first.written[0].absolute()}" in told


def test_one_file_changed(request_: Request) -> None:
    run(request_)
    fill(Path(request_.source), a="2023 甲又报")
    assert idle(request_) is None
    summary = run(request_)
    assert work_of_last_run(request_) == {**dict.fromkeys("bcde", "unchanged"), "a": "read"}
    assert published(summary) == {2022: False, 2023: True}
    assert summary.unchanged == 4
    assert idle(request_) is not None


def test_a_file_is_touched_and_holds_the_same(request_: Request) -> None:
    run(request_)
    os.utime(Path(request_.source) / "a.txt", (1, 1))
    assert idle(request_) is None
    assert published(run(request_)) == {2022: False, 2023: False}
    assert set(work_of_last_run(request_).values()) == {"unchanged"}
    assert idle(request_) is not None


def test_a_file_is_new_and_another_one_gone(request_: Request) -> None:
    run(request_)
    fill(Path(request_.source), f="2022 己")
    (Path(request_.source) / "c.txt").unlink()
    assert idle(request_) is None
    summary = run(request_)
    assert [(year.year, year.reports) for year in summary.years] == [(2022, 2), (2023, 1)]
    assert work_of_last_run(request_) == {**dict.fromkeys("abde", "unchanged"), "f": "read"}


@pytest.mark.parametrize(
    ("setup", "done", "told_anew"),
    [
        (workbench.newer_setup, "extract", False),
        (workbench.checking_setup, "validate", True),
        (workbench.later_reader_setup, "read", False),
    ],
)
def test_tools_changed(request_: Request, setup: Setup, done: str, told_anew: bool) -> None:
    run(request_)
    assert idle(request_, setup) is None
    summary = run(request_, setup)
    # Whose text is not known is not extracted again, and what a check says of no report is nothing.
    unread = "read" if done == "read" else "unchanged"
    assert work_of_last_run(request_) == {**dict.fromkeys("abcd", done), "e": unread}
    assert published(summary) == dict.fromkeys((2022, 2023), told_anew)
    assert idle(request_, setup) is not None
    assert summary.years[0].reports == 1


def test_a_day_comes_that_a_rule_waits_for(request_: Request) -> None:
    fill(Path(request_.source), b="2022 到2030年基本建成", d="plan 2024年5月")
    run(request_)
    assert idle(request_, workbench.next_year_setup) is None
    summary = run(request_, workbench.next_year_setup)
    assert work_of_last_run(request_) == {**dict.fromkeys("acde", "unchanged"), "b": "extract"}
    assert published(summary) == {2022: False, 2023: False}


def test_force_does_all_again(request_: Request) -> None:
    run(request_)
    forced = replace(request_, force=True)
    assert idle(forced) is None
    assert published(run(forced)) == {2022: True, 2023: True}
    assert set(work_of_last_run(request_).values()) == {"read"}


def test_only_failed_leaves_the_others_alone(request_: Request) -> None:
    run(request_)
    fill(Path(request_.source), b="2022 改了", f="2023 新来的")
    failed = replace(request_, only_failed=True)
    summary = run(failed)
    assert work_of_last_run(request_) == {**dict.fromkeys("abcd", "unchanged"), "e": "read", "f": "None"}
    assert summary.remarks == ("另有 2 个文件是新增的或者有变动，这次只处理以前失败的，没有处理它们",)
    assert [(year.year, year.reports) for year in summary.years] == [(2022, 1), (2023, 2)]
    assert [row.file for row in summary.unreadable] == ["e.txt"]
    run(request_)
    assert work_of_last_run(request_) == {**dict.fromkeys("acde", "unchanged"), "b": "read", "f": "read"}


def test_what_may_pass_is_tried_again_and_what_is_broken_is_not(request_: Request) -> None:
    fill(Path(request_.source), f="exit")
    first = run(request_)
    assert [row.file for row in first.unreadable] == ["e.txt", "f.txt"]
    assert idle(request_) is None
    run(request_)
    assert work_of_last_run(request_) == {**dict.fromkeys("abcde", "unchanged"), "f": "read"}
    fill(Path(request_.source), f="2023 好了")
    summary = run(request_)
    assert [row.file for row in summary.unreadable] == ["e.txt"]
    # Nothing stays of the time when it could not be read.
    assert asked(request_, "SELECT count(*) FROM reports WHERE sha256 = ''") == [(0,)]


def test_without_stamps_the_bytes_tell(request_: Request) -> None:
    run(request_, workbench.setup)
    assert idle(request_, workbench.setup) is None
    summary = run(request_, workbench.setup)
    assert set(work_of_last_run(request_).values()) == {"unchanged"}
    assert published(summary) == {2022: False, 2023: False}


def test_bytes_that_can_not_be_fetched_come_from_the_archive(request_: Request) -> None:
    first = run(request_)
    with work.open_workshop(request_, Watch(), workbench.later_reader_setup) as workshop:
        ids = work.collect(workshop)
        (Path(request_.source) / "a.txt").unlink()
        work.process_batch(workshop, ids)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        summary = work.finish(workshop, years)
    assert [year.reports for year in summary.years] == [year.reports for year in first.years]
    assert len(summary.remarks) == 1
    assert summary.remarks[0].startswith("a.txt：")
    assert summary.remarks[0].endswith("用的是上次归档的内容")


def test_the_archive_holds_what_was_read(request_: Request) -> None:
    run(request_)
    objects = [path for path in Path(request_.archive_location).rglob("*") if path.is_file()]
    assert len(objects) == len(TEXTS)


def test_an_archive_that_can_not_be_written_stops_the_run(request_: Request, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(StoreError, match=r"归档.*读写失败"):
        run(replace(request_, archive=str(tmp_path / "file")))


def test_force_and_only_failed_exclude_each_other(request_: Request) -> None:
    with pytest.raises(UsageError, match="不能同时给出 --force 和 --only-failed"):
        check_request(replace(request_, force=True, only_failed=True), workbench.registry())
