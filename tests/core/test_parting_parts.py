"""The reports of one file as documents of their own, and whether all evidence holds in the whole."""

from __future__ import annotations

from dataclasses import replace

from bound_reports import CLOUDY, STONY, body, document

from nianbao.manager import registry
from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    Download,
    Fact,
    FactName,
    Field,
    Filing,
    Place,
    Report,
    Status,
)
from nianbao.parting import find_parts, shifted
from nianbao.steps import entry_of, make_context, process_download
from nianbao.yearbook import name_of


def test_a_part_is_a_document_of_its_own() -> None:
    cover = "清溪县2023年度法治政府建设报告汇编\n目录"
    facts = (
        Fact(FactName.TITLE, "清溪县2023年度法治政府建设报告汇编", "title"),
        Fact(FactName.PUBLISHED, "2024-03-01", "meta"),
    )
    whole = document(f"{cover}\n{CLOUDY}\n{body('云岭镇')}\n\n{STONY}\n{body('石桥镇')}\n", *facts)
    first = whole.blocks[-2].start
    whole = replace(
        whole, blocks=(*whole.blocks[:-2], whole.blocks[-2]._replace(doubts=((first, first + 2),)))
    )
    parts = find_parts(whole)
    assert [part.document.fact(FactName.COLLECTION) for part in parts] == [facts[0].value] * 2
    assert [part.document.fact(FactName.TITLE) for part in parts] == [None, None]
    assert [part.document.fact(FactName.PUBLISHED) for part in parts] == ["2024-03-01"] * 2
    for part in parts:
        own = part.document
        assert whole.text[part.start : part.start + len(own.text)] == own.text
        for block in own.blocks:
            assert 0 <= block.start <= block.end <= len(own.text)
        lines = [own.text[block.start : block.end] for block in own.blocks]
        assert "\n".join(lines).strip() == own.text
    [doubt] = parts[1].document.doubts
    assert doubt[0] + parts[1].start == first
    assert parts[0].document.place_of(0) == Place(paragraph=3)


def test_a_block_that_holds_two_reports_is_cut_too() -> None:
    text = f"{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}"
    whole = replace(
        document(text), blocks=(Block(0, len(text), BlockKind.CELL, Place(table=1, row=1, column=1)),)
    )
    first, second = find_parts(whole)
    assert [part.document.blocks[0].end for part in (first, second)] == [
        len(first.document.text),
        len(second.document.text),
    ]


def made(text: str, name: str = "汇编.txt") -> tuple[Document, tuple[Report, ...]]:
    given = Download(Filing("folder", name, name), text.encode(), "ab" * 32)
    processed = process_download(registry(), given, make_context())
    assert processed.document is not None
    return processed.document, processed.reports


def test_each_report_is_told_and_its_evidence_holds_in_the_whole() -> None:
    text = "\n".join(
        (
            f"清溪县2023年度法治政府建设报告汇编\n目录\n{CLOUDY}\n{STONY}",
            f"{CLOUDY}\n{body('云岭镇')}\n云岭镇人民政府\n2024年1月8日",
            (
                "云岭镇2023年政府信息公开工作年度报告\n一、总体情况\n主动公开政府信息20条。依申请公开1件。\n"
                f"二、主动公开政府信息情况\n收到和处理政府信息公开申请1件。\n{'公开工作有序开展。' * 9}"
            ),
            f"石桥镇2022年法治政府建设年度报告\n{body('石桥镇', 7)}",
        )
    )
    whole, reports = made(text)
    told = [(each.part, each.status, each.value(Field.ISSUER), each.year) for each in reports]
    assert [(told[0]), (told[2])] == [
        (1, Status.COMPLETE, "云岭镇人民政府", 2023),
        (3, Status.COMPLETE, "石桥镇", 2022),
    ]
    assert (reports[1].part, reports[1].status) == (2, Status.NOT_A_REPORT)
    assert reports[1].value(Field.KIND) == "disclosure-report"
    assert [name_of(each) for each in reports] == ["汇编.txt", "汇编.txt（第2份）", "汇编.txt（第3份）"]
    for report in (reports[0], reports[2]):
        check_evidence(whole, report)
        assert [section.kind.value for section in report.parts] == ["achievements", "problems", "plan"]
        penalties = report.figure("penalty_cases")
        assert penalties is not None
        assert penalties.value == (34 if report.part == 1 else 37)
        assert entry_of(report, whole).places[0].startswith("第")
    assert reports[0].parts[-1].end <= whole.text.index("云岭镇人民政府\n2024年")


def check_evidence(whole: Document, report: Report) -> None:
    text = whole.text
    assert report.sections
    assert report.observations
    for section in report.sections:
        assert text.startswith(section.heading, section.start)
    for found in report.observations:
        assert text[found.start : found.end] == found.quote
        assert found.start <= found.figure_start < found.figure_end <= found.end
    for numeral in report.numerals:
        assert text[numeral.start : numeral.end] == numeral.quote
    for item in report.items:
        assert text[item.start : item.end] == item.quote
    for finding in report.findings:
        for quote in finding.quotes:
            assert text[quote.start : quote.end] == quote.quote
    title = report.attribute(Field.TITLE)
    assert title is not None
    assert text[title.start : title.end] == title.value


def test_an_annex_stays_in_the_text_and_out_of_the_outline() -> None:
    text = f"{CLOUDY}\n{body('云岭镇')}\n附件：1.行政执法统计表\n一、行政处罚\n二、行政检查\n行政检查 210 次"
    whole, [report] = made(text, "一份.txt")
    assert [section.heading for section in report.parts][-1] == "三、下一步工作安排"
    assert report.parts[-1].end <= whole.text.index("附件：1")
    assert whole.text.endswith("行政检查 210 次")


def test_shifting_by_nothing_changes_nothing() -> None:
    report = Report("a", "b", Status.COMPLETE, (Attribute(Field.YEAR, "2023", "标题", "x", 3, 7),))
    assert shifted(report, 0) is report
    [year] = shifted(report, 10).attributes
    assert (year.start, year.end) == (13, 17)
