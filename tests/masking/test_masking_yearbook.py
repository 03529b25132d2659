"""A yearbook with what is personal hidden: its evidence still fits, and the store's own is known by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nianbao.comparing import take_snapshot
from nianbao.corrections import evidence_of
from nianbao.manager import registry
from nianbao.masking.yearbook import mask_yearbook
from nianbao.model import Entry, Quote, RunRecord, SourceConfig, Yearbook
from nianbao.steps import entry_of, list_filings, make_context, process
from nianbao.yearbook import make_yearbook

REPORT = """青石县{town}人民政府2023年度法治政府建设年度报告

一、2023年度主要举措和成效
（一）规范执法。在党委书记钱国栋同志带领下，全年办理行政执法案件{cases}件，其中行政处罚案件30件、行政强制案件50件。
（二）化解纠纷。调解员孙丽、周大勇（手机13812345678）调解矛盾纠纷120件，调解成功118件，成功率91%。

二、存在的不足和原因
一是执法力量不足。执法队长孙丽反映，执法人员只有2名。二是普法形式单一。

三、主要负责人履行推进法治建设第一责任人职责情况
镇长主持召开法治专题会议4次。村民吴桂花（身份证号330102198003077213）申请行政复议1件。

四、下一步工作安排
一是加强法治培训。
"""
PERSONAL = ("钱国栋", "孙丽", "周大勇", "吴桂花", "13812345678", "330102198003077213")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Yearbook:
    folder = tmp_path_factory.mktemp("报告")
    for town, cases in (("白水镇", 80), ("黑水镇", 91)):
        (folder / f"{town}.txt").write_text(REPORT.format(town=town, cases=cases), "utf-8")
    return yearbook_of(folder)


def yearbook_of(folder: Path) -> Yearbook:
    context = make_context()
    filings = list_filings(registry(), SourceConfig(str(folder)))
    done = [process(registry(), filing, context) for filing in filings]
    entries = [entry_of(each.reports[0], each.document) for each in done]
    run = RunRecord("r", datetime(2024, 5, 6, tzinfo=UTC), "1")
    return make_yearbook(registry(), context, 2023, entries, roster=None, run=run)


def quotes_of(entry: Entry) -> Iterator[Quote]:
    report = entry.report
    yield from (quote for finding in report.findings for quote in finding.quotes)
    for each in (*report.observations, *report.numerals, *report.items):
        yield Quote(each.start, each.end, each.quote)


def test_what_is_read_names_them(made: Yearbook) -> None:
    assert len(made.entries) == 2
    assert made.overlaps
    for name in PERSONAL:
        assert name in repr(made) or name in made.entries[0].text


def test_nothing_published_names_them(made: Yearbook) -> None:
    shown = mask_yearbook(made)
    told = repr(shown) + "".join(entry.text for entry in (*shown.entries, *shown.earlier))
    for name in PERSONAL:
        assert name not in told
    assert "调解员孙某、周某某（手机138****5678）调解矛盾纠纷120件" in told


def test_evidence_stands_where_it_stood(made: Yearbook) -> None:
    shown = mask_yearbook(made)
    for before, after in zip(made.entries, shown.entries, strict=True):
        assert len(before.text) == len(after.text)
        for read, quote in zip(quotes_of(before), quotes_of(after), strict=True):
            assert (read.start, read.end) == (quote.start, quote.end)
            assert after.text[quote.start : quote.end] == quote.quote


def test_corrections_and_comparisons_know_it_as_it_was_read(made: Yearbook) -> None:
    shown = mask_yearbook(made)
    assert take_snapshot(shown) == take_snapshot(made)
    for before, after in zip(made.entries, shown.entries, strict=True):
        assert after.digests is not None
        for indicator in ("", *(figure.indicator for figure in before.report.figures)):
            assert evidence_of(after, indicator) == evidence_of(before, indicator)


def test_a_report_that_names_nobody_is_left_alone(made: Yearbook, tmp_path: Path) -> None:
    text = REPORT.replace("在党委书记钱国栋同志带领下，", "").replace("孙丽", "某某")
    text = text.replace("、周大勇（手机13812345678）", "").replace("吴桂花（身份证号330102198003077213）", "")
    (tmp_path / "白水镇.txt").write_text(text.format(town="白水镇", cases=80), "utf-8")
    plain = yearbook_of(tmp_path)
    assert mask_yearbook(plain) == plain
