"""Waivers that are entered hold on every run, until they run out or are withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import workbench
from waivers_listed import csv, nianbao, row

from flows import work
from flows.request import Request, check_request
from flows.summary import Summary
from flows.unchanged import nothing_to_do
from flows.watch import Watch
from flows.worker import Setup
from nianbao.manager import Registry
from nianbao.model import Finding, Severity, Subject, Yearbook
from nianbao.records import Context, Validator


def doubled(yearbook: Yearbook, context: Context) -> Iterator[Finding]:
    yield Finding("doubled", "length.doubled", Severity.WARNING, "乙镇未报。", subject=Subject("乙镇"))


def checking_setup() -> tuple[Registry, Context]:
    """Tools with a check of each report and one of the year, on a day when the waivers hold."""
    found, context = workbench.checking_setup()
    of_year = Validator("whole", "yearbook", frozenset({"doubled"}), doubled)
    today = date(2024, 5, 6)
    return replace(found, validators=(*found.validators, of_year)), replace(context, today=today)


def later_setup() -> tuple[Registry, Context]:
    found, context = checking_setup()
    return found, replace(context, today=date(2025, 1, 1))


@pytest.fixture
def request_(store_url: str, tmp_path: Path) -> Request:
    source = tmp_path / "来源"
    source.mkdir()
    for name, year in (("a", 2023), ("b", 2022)):
        (source / f"{name}.txt").write_text(f"{year} 报告", encoding="utf-8")
    return Request(str(source), tmp_path / "结果", workers=1, store=store_url)


def run(request: Request, setup: Setup = checking_setup) -> Summary:
    with work.open_workshop(request, Watch(), setup) as workshop:
        work.process_batch(workshop, work.collect(workshop))
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def is_idle(request: Request, setup: Setup = checking_setup) -> bool:
    found, context = setup()
    return nothing_to_do(request, found, context, check_request(request, found)) is not None


def imported(request: Request, folder: Path, *lines: str) -> None:
    assert nianbao("waivers", "import", csv(folder, *lines), "--store", request.store) == 0


def waived(summary: Summary) -> dict[int, int]:
    return {year.year: year.waived for year in summary.years}


def test_a_run_after_an_import_publishes_the_year_again_and_no_other(
    request_: Request, tmp_path: Path
) -> None:
    assert waived(run(request_)) == {2022: 0, 2023: 0}
    assert is_idle(request_)
    imported(request_, tmp_path, row("a", "length.year"), row("乙镇", "length.doubled"))
    assert not is_idle(request_)
    summary = run(request_)
    assert waived(summary) == {2022: 0, 2023: 2}
    assert [(year.year, year.unchanged) for year in summary.years] == [(2022, True), (2023, False)]
    assert summary.remarks == ()
    assert is_idle(request_)
    nianbao("waivers", "withdraw", "1", "--by", "王敏", "--store", request_.store)
    assert not is_idle(request_)
    assert waived(run(request_)) == {2022: 0, 2023: 1}


def test_what_only_a_whole_year_tells_is_known_after_a_run(
    request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    run(request_)
    imported(request_, tmp_path, row("乙镇", "length.doubled"), row("丙镇", "length.doubled"))
    states = []
    for _ in range(2):
        capsys.readouterr()
        nianbao("waivers", "list", "--store", request_.store)
        states.append(re.findall(r"│ (\S+) +│$", capsys.readouterr().out, re.MULTILINE))
        run(request_)
    assert states == [["待运行时核对", "待运行时核对"], ["生效", "没有相符的问题"]]


def test_a_waiver_that_runs_out_or_does_nothing_is_told_where_its_issuer_is_there(
    request_: Request, tmp_path: Path
) -> None:
    lines = (
        row("a", "length.year", until="2024-12-31"),
        row("a", "years.stale"),
        row("丁镇", "years.stale"),
        row("丁镇", "arithmetic.sum", until="2024-04-01"),
    )
    run(request_)
    imported(request_, tmp_path, *lines)
    place = "数据库里的豁免第2号（a，2023年度，years.stale）"
    undo = "nianbao waivers withdraw 2"
    why = f"没有与之相符的问题，没有用到；请核对单位、规则和原句，问题已改正的请用 {undo} 撤销"
    assert run(request_).remarks == (place + why,)
    assert is_idle(request_)
    assert not is_idle(request_, later_setup)
    later = run(request_, later_setup)
    assert waived(later) == {2022: 0, 2023: 0}
    assert later.remarks[0] == (
        "数据库里的豁免第1号（a，2023年度，length.year）已于2024-12-31到期，没有采用；"
        "如仍需豁免，请重新填写，不再需要的请用 nianbao waivers withdraw 1 撤销"
    )
    assert len(later.remarks) == 2


@pytest.mark.parametrize(
    ("line", "remarks"),
    [
        (row("a", "length.year"), []),
        (row("a", "length.year", reason="另有说明"), ["是同一个问题，填写的不一样，采用的是文件里的"]),
    ],
)
def test_what_a_file_says_wins_over_the_store(
    request_: Request, tmp_path: Path, line: str, remarks: list[str]
) -> None:
    run(request_)
    imported(request_, tmp_path, row("a", "length.year"))
    given = replace(request_, waivers=csv(tmp_path, line))
    summary = run(given)
    assert waived(summary) == {2022: 0, 2023: 1}
    pair = "豁免第2行（a，2023年度，length.year）与数据库里的豁免第1号（a，2023年度，length.year）"
    assert list(summary.remarks) == [pair + told for told in remarks]
    assert is_idle(given)
    assert not is_idle(request_)
