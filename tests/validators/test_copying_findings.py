"""How a year's findings tell what its reports share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from nianbao import (
    Entry,
    Finding,
    Overlap,
    Quote,
    Report,
    RunRecord,
    SectionKind,
    Severity,
    Side,
    Status,
    Stock,
    Yearbook,
)
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.manager import registry
from nianbao.records import Context
from nianbao.steps import validate_yearbook

PASSAGE = "执法队员轮流到县里跟案学习，回来要把案卷当众讲一遍。谁家盖房占了机耕道，先由邻居评理会说话。"


def side(town: str, share: str, year: int = 2024, passage: str = PASSAGE) -> Side:
    return Side(
        f"{town}.txt", 1, year, f"{town}人民政府", Decimal(share), Quote(10, 10 + len(passage), passage)
    )


def overlap(one: Side, other: Side, sentences: int = 12, parts: tuple[SectionKind, ...] = ()) -> Overlap:
    return Overlap((one, other), sentences, 3, parts, 2)


def found(
    overlaps: tuple[Overlap, ...] = (), reused: tuple[Overlap, ...] = (), stocks: tuple[Stock, ...] = ()
) -> Yearbook:
    towns = ("青石镇", "白云镇", "柳河乡")
    entries = tuple(Entry(Report(f"{town}.txt", town, Status.COMPLETE), (), "text") for town in towns)
    run = RunRecord("r", datetime(2025, 4, 1, tzinfo=UTC), "0")
    book = Yearbook(2024, "汇总", entries, (), (), None, run, overlaps=overlaps, reused=reused, stocks=stocks)
    context = Context(load_catalogue(), divisions(), date(2025, 5, 6))
    return validate_yearbook(registry(), book, context)


def of(book: Yearbook, file: str) -> list[Finding]:
    (entry,) = [entry for entry in book.entries if entry.report.file == file]
    return list(entry.report.findings)


def test_a_year_that_shares_nothing_has_no_finding() -> None:
    book = found()
    assert book.findings == ()
    assert [entry.report.findings for entry in book.entries] == [(), (), ()]


def test_each_of_two_reports_bears_the_finding_with_its_own_passage_and_severity() -> None:
    book = found((overlap(side("青石镇", "0.62"), side("白云镇", "0.31"), parts=(SectionKind.PROBLEMS,)),))
    (first,), (second,) = of(book, "青石镇.txt"), of(book, "白云镇.txt")
    assert first.message == (
        "与白云镇人民政府的报告有 12 句相同或基本相同，占本报告正文的 62%、对方的 31%，"
        "其中“存在的不足和原因”部分几乎全部相同。"
        f"最长的一段连续 2 句、{len(PASSAGE)} 字。"
    )
    assert (first.kind, first.rule) == ("copied", "copying.shared")
    assert (first.severity, second.severity) == (Severity.WARNING, Severity.NOTE)
    assert first.quotes == (Quote(10, 10 + len(PASSAGE), PASSAGE),)
    assert "与青石镇人民政府的报告有 12 句相同或基本相同，占本报告正文的 31%、对方的 62%" in second.message
    assert book.findings == ()


def test_a_report_with_several_others_is_told_once_by_the_most_alike() -> None:
    others = (
        overlap(side("青石镇", "0.25"), side("白云镇", "0.20")),
        overlap(side("青石镇", "0.40"), side("柳河乡", "0.30"), 19),
    )
    (finding,) = of(found(others), "青石镇.txt")
    assert finding.message.startswith("与柳河乡人民政府的报告有 19 句相同或基本相同，占本报告正文的 40%")
    assert "；与白云镇人民政府的报告也有雷同。" in finding.message


def test_one_report_under_two_names_is_asked_about() -> None:
    same = replace(overlap(side("青石镇", "0.97"), side("白云镇", "1")), same_figures=12)
    assert of(found((same,)), "青石镇.txt")[0].suggestion.startswith("两份报告连数字也几乎全部相同")
    other = replace(same, same_figures=9)
    assert of(found((other,)), "青石镇.txt")[0].suggestion.startswith("请核对相同的内容")


def test_whoever_shares_little_of_its_own_is_not_told() -> None:
    book = found((overlap(side("青石镇", "0.35"), side("白云镇", "0.04")),))
    assert (len(of(book, "青石镇.txt")), of(book, "白云镇.txt")) == (1, [])


def test_a_long_passage_is_quoted_up_to_the_end_of_a_sentence() -> None:
    book = found((overlap(side("青石镇", "0.3", passage=PASSAGE * 9), side("白云镇", "0.3")),))
    (quote,) = of(book, "青石镇.txt")[0].quotes
    assert quote.quote == (PASSAGE * 9)[: quote.end - quote.start]
    assert 150 < len(quote.quote) <= 200
    assert quote.quote.endswith("。")


def test_a_group_is_told_once_for_the_year() -> None:
    sides = tuple(
        side(f"{name}镇", f"0.{90 - number}") for number, name in enumerate("甲乙丙丁戊己庚辛壬癸子丑")
    )
    (finding,) = found(stocks=(Stock(sides, 40, (30,) * 12, "清源县"),)).findings
    assert (finding.rule, finding.severity) == ("copying.stock", Severity.NOTE)
    assert finding.message == (
        "清源县有 12 份报告大量使用同一批语句（共 40 句，占各自正文的 79% 至 90%），疑出自同一模板或范文："
        "甲镇人民政府、乙镇人民政府、丙镇人民政府、丁镇人民政府、戊镇人民政府、己镇人民政府、庚镇人民政府、"
        "辛镇人民政府、壬镇人民政府、癸镇人民政府等 12 个单位。例句见甲镇人民政府的报告。"
    )


def test_what_is_said_again_is_a_note() -> None:
    (finding,) = of(
        found(reused=(overlap(side("青石镇", "0.7", 2023), side("青石镇", "0.66")),)), "青石镇.txt"
    )
    assert (finding.rule, finding.severity) == ("copying.reused", Severity.NOTE)
    assert (
        finding.message
        == "与本单位 2023 年度的报告有 12 句相同或基本相同，占本报告正文的 66%，其中 3 句连数字也没有变。"
    )
