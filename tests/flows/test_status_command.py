"""`nianbao status`: each file in one state, by the year and county of what it held."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.made_reports import WRITTEN, write_reports
from flows import work
from flows.cli import main
from flows.request import Request
from flows.standing import State, standing_of
from flows.watch import Watch
from nianbao.manager import registry
from nianbao.model import DocumentKind
from nianbao.steps import make_context
from nianbao.store import Store


def run(request: Request) -> None:
    with work.open_workshop(request, Watch()) as workshop:
        for batch in work.batches(work.collect(workshop), 16):
            work.process_batch(workshop, batch)


@pytest.fixture(scope="module")
def request_(tmp_path_factory: pytest.TempPathFactory) -> Request:
    folder = tmp_path_factory.mktemp("status")
    write_reports(folder / "报告", 9)
    (folder / "报告" / "坏.docx").write_bytes(b"PK\x03\x04")
    os.utime(folder / "报告" / "坏.docx", (WRITTEN, WRITTEN))
    request = Request(str(folder / "报告"), folder / "结果", workers=1)
    run(request)
    return request


def told(request: Request, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["status", *arguments, "--store", request.store_location])
    return status, *capsys.readouterr()


def test_after_a_run(request_: Request, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = told(request_, capsys=capsys)
    assert status == 1
    for words in (
        "最近一次运行",
        "中途被终止",
        "云溪县",
        "合计",
        "失败的文件（1）",
        "坏.docx：压缩包已损坏",
    ):
        assert words in out
    assert "再次运行" not in out


def test_as_json(request_: Request, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(request_, request_.source, "--json", capsys=capsys)
    rows = [json.loads(line) for line in out.splitlines()]
    assert {
        "year": 2022,
        "county": "云溪县",
        "fresh": 1,
        "new": 0,
        "changed": 0,
        "waiting": 0,
        "failed": 0,
    } in rows
    assert rows[-1] == {
        "year": None, "county": None, "fresh": 0, "new": 0, "changed": 0, "waiting": 0, "failed": 1
    }  # fmt: skip
    assert [row["year"] for row in rows if row["year"]] == sorted(row["year"] for row in rows if row["year"])


def test_files_that_are_new_changed_touched_and_gone(request_: Request, tmp_path: Path) -> None:
    source = tmp_path / "报告"
    write_reports(source, 9)
    request = replace(request_, source=str(source), out=tmp_path / "结果")
    run(request)
    first, second, third, *_ = sorted(path for path in source.rglob("*") if path.is_file())
    first.write_bytes(first.read_bytes() + b"\n")
    os.utime(second, (1, 1))
    third.unlink()
    (source / "新来的.txt").write_text("新来的", encoding="utf-8")
    with Store.open(request.store_location) as store:
        found = standing_of(store, registry(), make_context(), str(source))
        blind = standing_of(store, registry(), make_context())
        later = standing_of(store, registry(), replace(make_context(), today=date(2036, 1, 1)))
    assert found.total == {State.FRESH: 7, State.CHANGED: 1, State.NEW: 1}
    assert found.gone == (str(third),)
    assert found.groups[-1] == ((None, None, DocumentKind.REPORT), {State.NEW: 1})
    assert blind.total == {State.FRESH: 9}
    # Each of them tells what is to be reached by 2035.
    assert later.total == {State.WAITING: 9}


def test_what_an_interrupted_run_left(request_: Request, tmp_path: Path) -> None:
    request = replace(request_, out=tmp_path / "结果")
    with work.open_workshop(request, Watch()) as workshop:
        work.process_batch(workshop, work.collect(workshop)[:4])
    with Store.open(request.store_location) as store:
        found = standing_of(store, registry(), make_context())
    assert found.total[State.WAITING] == 6
    assert sum(found.total.values()) == 10
    assert found.last is not None
    assert found.last.status == "running"


def test_a_store_without_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(tmp_path / "年报.db")
    Store.open(place).close()
    assert main(["status", "--store", place]) == 0
    assert capsys.readouterr().out == "还没有运行过。\n"


def test_a_store_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--store", str(tmp_path / "没有.db")]) == 2
    assert "没有这个数据库" in capsys.readouterr().err
