"""Decisions over HTTP: they stand at once, also while a run has the store; what is wrong enters nothing."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest
from serving import App, running, summarise

from nianbao.store import Store
from nianbao.store.lock import held

TOWN = "贵州省遵义市绥阳县旺草镇人民政府"


@pytest.fixture(scope="module")
def own_results(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the results, into which these tests may enter something."""
    folder = tmp_path_factory.mktemp("登记") / "结果"
    shutil.copytree(results, folder)
    return folder


@pytest.fixture(scope="module")
def own_app(own_results: Path) -> Iterator[App]:
    with running(own_results.parent, "--store", "结果") as started:
        yield started


def pages(app: App) -> dict[str, dict[str, Any]]:
    """Return what the scripts of each report's page know, by the page's address."""
    listed = app.client.get("/2023/index.html").text
    found = {}
    for address in sorted(set(re.findall(r"r/[0-9a-f]{16}\.html", listed))):
        told = app.client.get(f"/2023/{address}").text
        data = re.search(r'<script type="application/json" id="report-data">(.*?)</script>', told, re.DOTALL)
        assert data is not None
        found[address] = json.loads(data[1])
    return found


def wrong_one(app: App) -> tuple[str, dict[str, Any]]:
    """Return the page of the report that contradicts itself, and what its scripts know."""
    [found] = [(address, told) for address, told in pages(app).items() if "旺草镇" in told["issuer"]]
    return found


def sent(app: App, *decisions: dict[str, Any], **more: Any) -> httpx.Response:
    made = {"format": "nianbao-decisions", "version": 1, "kind": "report", "year": 2023, "person": "王敏"}
    made |= {"made": "2026-11-22T15:30:00+08:00", "decisions": decisions, **more}
    return app.client.post("/api/decisions", json=made)


def acceptance(told: dict[str, Any], kind: str) -> dict[str, Any]:
    point = next(each for each in told["points"] if each["kind"] == kind and "settled" not in each)
    return {
        "do": "accept",
        "what": kind,
        "issuer": told["issuer"],
        "key": point["key"],
        "seen": point["seen"],
    }


def entered(folder: Path) -> int:
    """Return how much the store holds of what people entered."""
    with Store.open(folder / "nianbao.db") as store:
        ledgers = (store.ledger.history(), store.waivers.history(), store.acceptances.history())
        return sum(map(len, ledgers))


def test_what_is_accepted_is_shown_as_settled_at_once(own_app: App) -> None:
    address, told = wrong_one(own_app)
    decision = acceptance(told, "figure")
    answer = sent(own_app, decision)
    assert answer.json() == {"entered": 1, "faults": [], "told": []}
    _, after = wrong_one(own_app)
    [point] = [each for each in after["points"] if (each["kind"], each["key"]) == ("figure", decision["key"])]
    assert "王敏" in point["settled"]
    assert sent(own_app, decision).json()["entered"] == 1
    assert "王敏" in own_app.client.get("/2023/overview.html").text
    assert own_app.client.get(f"/2023/{address}").status_code == 200


def test_a_run_that_has_the_store_does_not_keep_a_decision_out(own_app: App, own_results: Path) -> None:
    _, told = wrong_one(own_app)
    before = entered(own_results)
    with held(own_results / "nianbao.db", "20261122-153000-abcdef"):
        answer = sent(own_app, acceptance(told, "numeral"))
    assert answer.json() == {"entered": 1, "faults": [], "told": []}
    assert entered(own_results) == before + 1


def test_a_decision_waits_for_who_is_writing(own_app: App, own_results: Path) -> None:
    _, told = wrong_one(own_app)
    connection = sqlite3.connect(own_results / "nianbao.db", isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(1.5, connection.rollback)
    began = time.monotonic()
    timer.start()
    answer = sent(own_app, acceptance(told, "finding"))
    assert answer.json()["entered"] == 1
    assert time.monotonic() - began > 1
    timer.join()
    connection.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "别的程序"}, "不是核对记录"),
        ({"version": 99}, "由更新的 nianbao 写出"),
        ({"person": " "}, "没有写明是谁核对的"),
        ({"year": "今年"}, "没有写明年度"),
        ({"decisions": "全部"}, "没有“decisions”"),
        ({"decisions": [{"do": "删除"}]}, "不认识的处理方式"),
        ({"decisions": [{"do": "correct", "issuer": "旺草镇", "indicator": "没有这项", "old": "3",
                         "evidence": "0", "value": "4", "reason": "核对"}]}, "没有这项"),
    ],
    ids=["format", "version", "person", "year", "list", "verb", "indicator"],
)  # fmt: skip
def test_what_is_wrong_enters_nothing(
    own_app: App, own_results: Path, change: dict[str, Any], said: str
) -> None:
    before = entered(own_results)
    answer = sent(own_app, **change)
    assert answer.status_code in (400, 422)
    [line] = answer.json()["faults"]
    assert said in line
    assert entered(own_results) == before


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b" " * (8 * 1024 * 1024 + 1), "application/json", 413),
        (b"{}", "text/plain", 415),
        (b"a=1", "application/x-www-form-urlencoded", 415),
    ],
    ids=["empty", "deep", "bytes", "large", "plain", "form"],
)
def test_what_is_no_decision_is_told_in_one_line(own_app: App, body: bytes, kind: str, status: int) -> None:
    answer = own_app.client.post("/api/decisions", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    [line] = answer.json()["faults"]
    assert "\n" not in line


def test_the_next_run_has_what_was_entered_and_the_app_shows_that_run(
    own_app: App, own_results: Path, results: Path
) -> None:
    _, told = wrong_one(own_app)
    figure = next(each for each in told["figures"] if each["of"] == "penalty_cases")
    correction = {"do": "correct", "issuer": told["issuer"], "indicator": "penalty_cases"}
    correction |= {name: figure[name] for name in ("old", "evidence")}
    correction |= {"value": "29", "reason": "台账为29件"}
    assert sent(own_app, correction).json() == {"entered": 1, "faults": [], "told": []}
    before = json.loads(own_app.client.get("/2023/data/yearbook.js").text.partition(" = ")[2].rstrip(";\n"))
    summarise(results.parent / "报告", own_results)
    after = json.loads(own_app.client.get("/2023/data/yearbook.js").text.partition(" = ")[2].rstrip(";\n"))
    assert before["id"] != after["id"]
    _, told = wrong_one(own_app)
    figure = next(each for each in told["figures"] if each["of"] == "penalty_cases")
    assert (figure["value"], figure["status"]) == ("29", "stated")
    sheet = openpyxl.load_workbook(own_results / "2023年度法治政府建设报告汇总.xlsx")["更正"]
    assert any("台账为29件" in [cell.value for cell in row] for row in sheet.iter_rows())


def test_a_year_that_nobody_published_is_told(own_app: App) -> None:
    answer = own_app.client.get("/2019/index.html")
    assert (answer.status_code, "没有 2019 年度的汇总" in answer.text) == (404, True)
    assert own_app.client.get("/2023/r/0123456789abcdef.html").status_code == 404
