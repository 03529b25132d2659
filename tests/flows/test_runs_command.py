"""`nianbao runs`: every run of a store, the latest first, told as it ended; and where stores are found."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.cli import main
from flows.stores import existing_store, named_store, store_location
from nianbao.errors import UsageError
from nianbao.model import RunRecord
from nianbao.store import Store, schema
from nianbao.store.lock import held

BEGAN = datetime(2024, 3, 1, 0, 30, tzinfo=UTC)
COUNTS = {"files": 9, "reports": 8, "unreadable": 1, "unchanged": 0}


def begin(store: Store, number: int) -> str:
    settings = (("来源", f"报告{number}"),)
    run = RunRecord(f"r{number:02}", BEGAN + timedelta(days=number), "1", settings=settings)
    store.begin_run(run, "run")
    return run.id


@pytest.fixture
def kept(store_url: str) -> str:
    """A store of three runs: one complete, one stopped, one killed."""
    with Store.open(store_url) as store:
        store.finish_run(begin(store, 1), "complete", COUNTS)
        with store._writing() as connection:
            connection.execute(schema.snapshots.insert().values(digest="d", content=b"x"))
            for year in (2023, 2022):
                connection.execute(schema.run_snapshots.insert().values(run_id="r01", year=year, digest="d"))
        store.finish_run(begin(store, 2), "stopped", {})
        begin(store, 3)
    return store_url


def rows(store: str, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    assert main(["runs", "--json", "--store", store, *more]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_latest_comes_first_as_it_ended(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    third, second, first = rows(kept, capsys)
    ended = first.pop("ended")
    assert isinstance(ended, str)
    assert ended.endswith("+08:00")
    assert first == {
        "id": "r01",
        "began": "2024-03-02T08:30:00+08:00",
        "status": "complete",
        "source": "报告1",
        "counts": COUNTS,
        "years": [2022, 2023],
    }
    assert [(row["id"], row["status"], row["years"]) for row in (third, second)] == [
        ("r03", "interrupted", []),
        ("r02", "stopped", []),
    ]
    assert third["ended"] is None


def test_what_came_to_no_good_end_is_marked(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["runs", "--store", kept]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["r03  2024-03-04 08:30  ！中途被终止", "    报告3"]
    assert re.fullmatch(r"r02  2024-03-03 08:30 至 20\d\d-\d\d-\d\d \d\d:\d\d  ！被停止", lines[2])
    assert lines[4].startswith("r01  2024-03-02 08:30 至 20")
    assert lines[4].endswith("  全部完成  发布 2022、2023 年度")
    assert lines[5:] == ["    报告1：文件 9，报告 8，无法读取 1，没有变动 0"]


def test_who_holds_the_lock_is_at_work(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    with held(kept, "r03"):
        assert rows(kept, capsys)[0]["status"] == "running"
    with held(kept, "another"):
        assert rows(kept, capsys)[0]["status"] == "interrupted"


def test_ten_are_shown_unless_all_are_wanted(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(kept) as store:
        for number in range(4, 13):
            begin(store, number)
    assert [row["id"] for row in rows(kept, capsys)] == [f"r{number:02}" for number in range(12, 2, -1)]
    assert len(rows(kept, capsys, "--all")) == 12
    assert main(["runs", "--store", kept]) == 0
    assert capsys.readouterr().out.endswith("只列出最近 10 次，全部请加 --all。\n")


def test_a_store_without_runs(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(store_url).close()
    assert main(["runs", "--store", store_url]) == 0
    assert capsys.readouterr().out == "还没有运行过。\n"
    assert rows(store_url, capsys) == []


def test_where_a_store_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    results = tmp_path / "结果"
    results.mkdir()
    assert named_store("") == ""
    assert store_location("") == "nianbao.db"
    assert store_location("", results / "汇总.xlsx") == "nianbao.db"
    Store.open(results / "nianbao.db").close()
    assert store_location("", results / "汇总.xlsx") == str(results / "nianbao.db")
    assert store_location("结果") == str(Path("结果") / "nianbao.db")
    assert store_location("别处.db", results / "汇总.xlsx") == "别处.db"
    monkeypatch.setenv("NIANBAO_STORE", "结果")
    assert store_location("") == named_store("") == str(Path("结果") / "nianbao.db")
    monkeypatch.setenv("NIANBAO_STORE", "postgresql://db.example/nianbao")
    assert store_location("", results / "汇总.xlsx") == "postgresql://db.example/nianbao"


COMMANDS = (
    "runs",
    "status",
    "diff",
    "corrections list",
    "corrections export -",
    "correct 白水镇 2023 行政执法案件总数 7 --reason 无 --by 王敏",
    "waivers list",
    "waivers export -",
    "waivers withdraw 1 --by 王敏",
    "store verify",
    "store export 备份.zip",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", ["{}", "sqlite:///{}"])
def test_a_store_that_is_not_there_is_told_alike_and_not_made(
    tmp_path: Path, command: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "没有.db"
    assert main([*command.split(), "--store", form.format(place)]) == 2
    assert f"错误：{form.format(place)}：没有这个数据库" in capsys.readouterr().err
    assert not place.exists()
    with pytest.raises(UsageError, match="没有这个数据库"):
        existing_store(str(tmp_path))
