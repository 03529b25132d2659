"""The samples of two years running, read by the installed plugins: what is told and what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nianbao.manager import registry
from nianbao.model import Entry, Filing, Finding, RunRecord, Yearbook
from nianbao.steps import entry_of, make_context, process
from nianbao.yearbook import make_yearbook
from plugins.validators.yearpairs import pair_up

REPORTS = Path(__file__).resolve().parents[2] / "samples" / "reports"
TOWNS = ("青石滩镇", "柳桥埠街道", "榕荫街道", "沙柳坪乡")
RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "0.1.0")
CONTEXT = make_context()


def read(path: Path) -> list[Entry]:
    done = process(registry(), Filing("folder", str(path), path.name), CONTEXT)
    return [entry_of(report, done.document) for report in done.reports]


def yearbook(entries: list[Entry], earlier: list[Entry]) -> Yearbook:
    only = [each for each in registry().validators if each.name == "last-year"]
    return make_yearbook(
        replace(registry(), validators=tuple(only)),
        CONTEXT,
        2023,
        entries,
        roster=None,
        run=RUN,
        earlier=earlier,
    )


def found(book: Yearbook) -> list[Finding]:
    findings = (finding for entry in book.entries for finding in entry.report.findings)
    return [finding for finding in findings if finding.rule.startswith("last-year.")]


@pytest.fixture(scope="module")
def samples() -> dict[int, list[Entry]]:
    years: dict[int, list[Entry]] = {2022: [], 2023: []}
    for year, entries in years.items():
        for town in TOWNS:
            (path,) = (p for p in REPORTS.iterdir() if p.name.startswith(town) and str(year) in p.name)
            entries.extend(read(path))
    return years


@pytest.mark.parametrize("of_one_run", [True, False])
def test_reports_find_those_of_the_year_before(samples: dict[int, list[Entry]], of_one_run: bool) -> None:
    now, before = samples[2023], samples[2022]
    book = yearbook([*now, *before], []) if of_one_run else yearbook(now, before)
    assert len(pair_up(book, CONTEXT.catalogue)) == len(TOWNS)
    assert found(book) == []


def plainly(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        (plainly, ["last-year.sentences"]),
        (
            lambda text: text.replace("行政检查55次", "行政检查5500次"),
            ["last-year.digits", "last-year.sentences"],
        ),
        (
            lambda text: text.replace("行政检查55次", "行政检查1260次"),
            ["last-year.jump", "last-year.sentences"],
        ),
        (
            lambda text: text.replace("罚款3800元", "罚款3900万元"),
            ["last-year.sentences", "last-year.unit"],
        ),
        (
            lambda text: text.replace("政府信息117条", "政府信息131条，同比增长30%"),
            ["last-year.restated", "last-year.sentences"],
        ),
        (
            lambda text: text.replace("政府信息117条", "政府信息131条，同比增长12%"),
            ["last-year.sentences"],
        ),
    ],
)
def test_last_years_report_with_this_years_date(
    samples: dict[int, list[Entry]], tmp_path: Path, changed: Callable[[str], str], rules: list[str]
) -> None:
    (source,) = REPORTS.glob("沙柳坪乡2022*.txt")
    text = source.read_text(encoding="gb18030").replace("2023", "2024").replace("2022", "2023")
    path = tmp_path / "沙柳坪乡2023年报告.txt"
    path.write_text(changed(text), encoding="utf-8")
    assert changed is plainly or changed(text) != text
    assert sorted(each.rule for each in found(yearbook(read(path), samples[2022]))) == rules
