"""The flow on a real temporary Prefect server: its state, its names, its artifacts."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import workbench

from flows import work
from flows.artifacts.files import digest_of
from flows.request import Request
from flows.summary import Summary
from flows.unchanged import folder_of
from flows.watch import WATCH, Watch
from nianbao.errors import UsageError

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]


class Tally(Watch):
    """Remembers the phases and counts the steps."""

    def __init__(self) -> None:
        self.phases: list[tuple[str, int | None]] = []
        self.steps = 0

    def phase(self, name: str, total: int | None = None) -> None:
        self.phases.append((name, total))

    def advance(self, steps: int = 1) -> None:
        self.steps += steps


@pytest.fixture
def run_annual(monkeypatch: pytest.MonkeyPatch) -> Callable[[Request], Summary]:
    """The flow, over the registry of the workbench."""
    opened = work.open_workshop

    def over_workbench(request: Request, watch: Watch) -> Any:
        return opened(request, watch, workbench.setup)

    monkeypatch.setattr(work, "open_workshop", over_workbench)
    from flows.annual import run_annual as run
    from flows.parameters import Collection

    def run_request(request: Request) -> Summary:
        params = Collection(source=request.source, out=str(request.out), year=request.year)
        return run(params, request)

    return run_request


def ask(call: Callable[[Any], Any]) -> Any:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        return call(client)


def key_of(name: str, label: str, request: Request) -> str:
    from flows.artifacts.posting import key_of as key

    return key(name, label, request)


def runs_named(name: str) -> list[Any]:
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName

    wanted = FlowRunFilter(name=FlowRunFilterName(any_=[name]))
    return list(ask(lambda client: client.read_flow_runs(flow_run_filter=wanted)))


def artifacts_of(run: Any) -> dict[str, Any]:
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId

    wanted = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    return {
        found.key: found.data for found in ask(lambda client: client.read_artifacts(artifact_filter=wanted))
    }


def fill(folder: Path, texts: list[str]) -> str:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return str(folder)


def test_a_partial_run(run_annual: Callable[[Request], Summary], tmp_path: Path) -> None:
    source = fill(tmp_path / "乡镇报告", [*["2023"] * 9, "exit", "2022"])
    tally = Tally()
    token = WATCH.set(tally)
    summary = run_annual(Request(source, tmp_path / "结果", year=2023, workers=2, batch_size=4))
    WATCH.reset(token)
    assert [(year.year, year.reports) for year in summary.years] == [(2023, 9)]
    assert [row.file for row in summary.unreadable] == ["009.txt"]
    assert tally.phases == [("读取报告", 11), ("汇总", None)]
    assert tally.steps == 11
    (run,) = runs_named("年报 2023 · 乡镇报告")
    assert (run.state.type.value, run.state.name) == ("COMPLETED", "Partial")
    assert "1 个文件无法读取" in run.state.message
    assert sorted(run.tags) == ["nianbao", "region:乡镇报告", "year:2023"]
    artifacts = artifacts_of(run)
    assert artifacts["nianbao-progress"] == 100
    folders = digest_of("乡镇报告", folder_of(Request(source, tmp_path / "结果")))
    assert {key for key in artifacts if "file" not in key} == {
        "nianbao-progress",
        *(f"nianbao-{name}-{folders}-2023" for name in ("summary", "findings", "failed")),
    }
    page = artifacts[f"nianbao-summary-{folders}-2023"]
    assert page.startswith("# 乡镇报告：部分完成\n\n**无法读取 1 个文件**")
    assert json.loads(artifacts[f"nianbao-failed-{folders}-2023"])[0]["文件"] == "009.txt"
    (told,) = (data for key, data in artifacts.items() if "file" in key)
    assert told == f"`{summary.written[0].absolute()}`"


def test_a_second_run_tells_under_the_same_keys_that_nothing_is_new(
    run_annual: Callable[[Request], Summary], tmp_path: Path
) -> None:
    source = fill(tmp_path / "重来", ["2023", "2023"])
    request = Request(
        source, tmp_path / "结果", year=2023, workers=1, results_url="https://files.example/{out}"
    )
    for _ in range(2):
        run_annual(request)
    again, first = map(artifacts_of, runs_named("年报 2023 · 重来"))
    if "没有变动" in first[key_of("summary", "重来", request)]:
        again, first = first, again
    assert set(first) == set(again)
    key = key_of("summary", "重来", request)
    assert "| 县区不明 | 未给名单 | 2 | 2 | 0 | 0 | 0 |" in first[key]
    assert "没有可比的上一次汇总。" in first[key]
    assert "| 县区不明 | 未给名单 | 2 | 0 | 0 | 0 | 0 |" in again[key]
    assert "自上次汇总以来没有变动，结果文件没有重写。" in again[key]
    (link,) = (data for key, data in again.items() if "file" in key)
    assert link.startswith(
        "[2023年度法治政府建设报告汇总.csv](https://files.example/%E7%BB%93%E6%9E%9C/2023%E5"
    )


def test_a_run_without_anything_to_publish_is_failed(
    run_annual: Callable[[Request], Summary], tmp_path: Path
) -> None:
    source = fill(tmp_path / "别的年份", ["2022"])
    summary = run_annual(Request(source, tmp_path / "结果", year=2023, workers=1))
    assert summary.why_nothing == "没有 2023 年度的报告（找到：2022 年度 1 份）"
    (run,) = runs_named("年报 2023 · 别的年份")
    assert (run.state.type.value, run.state.message) == ("FAILED", summary.why_nothing)


def test_an_error_for_the_user_comes_through_as_it_is(
    run_annual: Callable[[Request], Summary], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="没有这个文件或文件夹"):
        run_annual(Request(str(tmp_path / "没有"), tmp_path / "结果", workers=1))
    (run,) = runs_named("年报 各年 · 没有")
    assert run.state.type.value == "FAILED"


def test_a_server_that_is_away_at_the_end_costs_the_artifacts_alone(tmp_path: Path) -> None:
    import httpx
    from prefect.artifacts import create_markdown_artifact
    from prefect.logging import disable_run_logger
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from flows.artifacts.posting import post

    with socket.socket() as nobody, disable_run_logger():
        nobody.bind(("127.0.0.1", 0))
        with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{nobody.getsockname()[1]}/api"}):
            with pytest.raises(httpx.ConnectError):
                create_markdown_artifact("一切顺利", key="nianbao-away")
            post(Summary("r1", 2023, 0, 0, (), (), (), (), ()), Request("报告", tmp_path, year=2023), "某县")
