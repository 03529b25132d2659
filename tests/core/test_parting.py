"""Several reports in one file: where each begins, what stays whole, and whether all evidence holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from nianbao.intake import list_filings, try_fetch, try_read
from nianbao.manager import intake_registry, registry
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
    SourceConfig,
    Status,
)
from nianbao.parting import find_parts, shifted
from nianbao.steps import entry_of, make_context, process_download
from nianbao.yearbook import name_of

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def body(name: str, count: int = 4) -> str:
    return (
        f"一、主要举措和成效\n（一）加强学习。{name}全年组织集中学法{count}次。\n"
        f"（二）规范执法。全年办理行政处罚案件{count + 30}件，均按程序办理。\n"
        "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
        "三、下一步工作安排\n继续加强法治培训，提高依法行政能力，推进法治政府建设。"
    )


def running(name: str) -> str:
    told = (
        f"2023年，{name}坚持把法治政府建设摆在突出位置，召开专题会议研究部署，逐项分解任务，压实各方面责任，"
        "推动依法行政工作有序开展，各项工作取得了明显的成效，"
    )
    return "\n".join(
        f"{told}{detail}。"
        for detail in (
            "全年组织学法6次，参加人员200余人次，群众法治观念明显增强，基层治理水平不断提升",
            "办理行政处罚案件12件，全部按照程序办理，没有发生行政复议和行政诉讼案件，执法质量有所提高",
            "存在的不足主要是执法力量偏弱、专业人员缺乏、普法形式单一，群众参与度还不够高",
            "下一步将继续加强培训，完善制度，规范程序，提高执法人员的业务能力和依法办事的水平",
        )
    )


def document(text: str, *facts: Fact) -> Document:
    blocks = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        blocks.append(Block(start, start + len(line), BlockKind.PARAGRAPH, Place(paragraph=number)))
        start += len(line) + 1
    return Document("汇编.txt", "0", "text", text, tuple(blocks), facts)


def first_lines(text: str) -> list[str]:
    return [part.document.text.partition("\n")[0] for part in find_parts(document(text))]


CLOUDY, STONY = "云岭镇2023年法治政府建设年度报告", "石桥镇2023年法治政府建设年度报告"
NO_CUT = {
    "one report": f"{CLOUDY}\n{body('云岭镇')}",
    "a title at the head of every page": (
        f"{CLOUDY}\n{CLOUDY}\n{body('云岭镇')}\n{CLOUDY}\n四、其他需要报告的情况\n无。\n{CLOUDY}\n附件"
    ),
    "told twice over": f"{CLOUDY}\n{body('云岭镇')}\n{CLOUDY}\n{body('云岭镇')}",
    "contents of its own": (
        f"{CLOUDY}\n目录\n一、主要举措和成效\n二、存在的不足和原因\n三、下一步工作安排\n"
        f"{CLOUDY}\n{body('云岭镇')}"
    ),
    "a list of annexes": (
        f"{CLOUDY}\n{body('云岭镇')}\n附件：1.{STONY}\n2.柳河乡2023年法治政府建设工作总结\n3.行政执法统计表"
    ),
    "links below": (
        f"{CLOUDY}\n{body('云岭镇')}\n相关链接\n{STONY}\n柳河乡2023年法治政府建设年度报告\n"
        "上一篇：白水乡2023年法治政府建设工作报告\n主办：清溪县人民政府"
    ),
    "an abstract of another below": (
        f"{CLOUDY}\n{body('云岭镇')}\n{STONY}\n2023年，石桥镇深入推进法治政府建设，取得了较好的成绩。"
    ),
    "a title in a sentence": (
        f"{CLOUDY}\n{body('云岭镇')}\n会议审议了《{STONY}》。\n县政府听取了{STONY}。\n特此报告。"
    ),
    "a letter above": (
        "云岭镇人民政府关于报送2023年法治政府建设年度报告的函\n县司法局：\n"
        f"现将我镇年度报告报送你局，请审阅。\n2024年1月5日\n{CLOUDY}\n{body('云岭镇')}"
    ),
    "a heading that reads like a title": (
        f"{CLOUDY}\n一、2022年法治政府建设工作总结\n（一）学法。学法4次。\n（二）执法。处罚3件。\n"
        "二、2023年法治政府建设年度报告\n（一）学法。学法5次。\n（二）执法。处罚4件。"
    ),
    "a heading below a long opening": (
        f"{CLOUDY}\n{running('云岭镇')}\n2023年法治政府建设工作情况\n{body('云岭镇')}"
    ),
    "a heading that names the issuer": (
        f"{CLOUDY}\n{running('云岭镇')}\n清溪县云岭镇人民政府2023年法治政府建设工作情况\n{body('云岭镇')}"
    ),
    "nothing": "",
    "one line": f"{CLOUDY} {body('云岭镇')} {STONY} {body('石桥镇')}".replace("\n", " "),
}


@pytest.mark.parametrize("text", NO_CUT.values(), ids=NO_CUT)
def test_what_stays_whole(text: str) -> None:
    whole = document(text)
    [part] = find_parts(whole)
    assert (part.document is whole, part.start) == (True, 0)


CUT = {
    "two towns": (f"{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}", [CLOUDY, STONY]),
    "two years of one town": (
        f"云岭镇2022年法治政府建设年度报告\n{body('云岭镇', 2)}\n{CLOUDY}\n{body('云岭镇')}",
        ["云岭镇2022年法治政府建设年度报告", CLOUDY],
    ),
    "a cover and contents": (
        (
            f"清溪县2023年度法治政府建设报告汇编\n目录\n{CLOUDY}\n{STONY}\n{CLOUDY}\n{body('云岭镇')}\n"
            f"{STONY}\n{body('石桥镇')}"
        ),
        [CLOUDY, STONY],
    ),
    "contents with page numbers": (
        f"目  录\n{CLOUDY}……1\n{STONY}\t12\n{CLOUDY}\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}",
        [CLOUDY, STONY],
    ),
    "a collection's title at the head of every page": (
        (
            f"清溪县2023年法治政府建设年度报告\n{CLOUDY}\n{body('云岭镇')}\n清溪县2023年法治政府建设年度报告\n"
            f"{STONY}\n{body('石桥镇')}\n清溪县2023年法治政府建设年度报告\n四、其他\n无。\n"
            f"柳河乡2023年法治政府建设年度报告\n{body('柳河乡')}\n清溪县2023年法治政府建设年度报告\n四、其他\n无。"
        ),
        ["清溪县2023年法治政府建设年度报告", STONY, "柳河乡2023年法治政府建设年度报告"],
    ),
    "a title over two lines, with its paper's head": (
        (
            f"{CLOUDY}\n{body('云岭镇')}\n云岭镇人民政府\n2024年1月8日\n附件1\n石政发〔2024〕3号\n"
            f"石桥镇人民政府\n关于2023年度法治政府建设情况的报告\n{body('石桥镇')}"
        ),
        [CLOUDY, "附件1"],
    ),
    "a first report without its title": (
        f"县委、县政府：\n{body('云岭镇')}\n{STONY}\n{body('石桥镇')}",
        ["县委、县政府：", STONY],
    ),
    "no headings at all": (
        f"{CLOUDY}\n{running('云岭镇')}\n{STONY}\n{running('石桥镇')}",
        [CLOUDY, STONY],
    ),
    "the same bare title": (
        (
            f"2023年度法治政府建设工作报告\n{body('我镇')}\n云岭镇\n2024年1月8日\n"
            f"2023年度法治政府建设工作报告\n{body('我乡')}\n柳河乡\n2024年1月9日"
        ),
        ["2023年度法治政府建设工作报告"] * 2,
    ),
    "titles that end in 情况": (
        f"云岭镇2023年法治政府建设工作情况\n{body('云岭镇')}\n石桥镇2023年法治政府建设工作情况\n{body('石桥镇')}",
        ["云岭镇2023年法治政府建设工作情况", "石桥镇2023年法治政府建设工作情况"],
    ),
    "with a disclosure report": (
        (
            "云岭镇2023年政府信息公开工作年度报告\n一、总体情况\n主动公开政府信息20条。受理申请1件。\n"
            "二、存在的问题\n公开不够及时。回应关切不够。渠道不够多。\n"
            f"{'全年更新网站信息，规范公开程序，及时回应群众关切。' * 4}\n{CLOUDY}\n{body('云岭镇')}"
        ),
        ["云岭镇2023年政府信息公开工作年度报告", CLOUDY],
    ),
    "traditional characters": (
        f"{CLOUDY}\n{body('云岭镇')}\n石橋鎮2023年法治政府建設年度報告\n{body('石橋鎮')}",
        [CLOUDY, "石橋鎮2023年法治政府建設年度報告"],
    ),
}


@pytest.mark.parametrize(("text", "begin"), CUT.values(), ids=CUT)
def test_where_each_report_begins(text: str, begin: list[str]) -> None:
    assert first_lines(text) == begin


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


def real_documents(folder: Path) -> list[Document]:
    found = intake_registry()
    documents = []
    for filing in list_filings(found, SourceConfig(str(folder))):
        download, _ = try_fetch(found, filing)
        if isinstance(download, Download):
            result, _ = try_read(found, download, slow=False)
            documents += [result] if isinstance(result, Document) else []
    return documents


def test_no_sample_is_cut() -> None:
    documents = real_documents(ROOT / "samples" / "reports")
    assert len(documents) > 20
    assert [each.name for each in documents if len(find_parts(each)) > 1] == []


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seeds are not here")
def test_no_seed_is_cut() -> None:
    documents = real_documents(SHARED / "seeds")
    assert len(documents) == 3
    assert [each.name for each in documents if len(find_parts(each)) > 1] == []


def test_evaluation_reports_are_cut_where_one_is_put_behind_another() -> None:
    folder = ROOT / "tests" / "gold" / "reports"
    texts = [path.read_text("utf-8").strip() for path in sorted(folder.glob("*.txt")) if _is_open(path)]
    for text in texts:
        assert len(find_parts(document(text))) == 1
    cut = [len(find_parts(document(f"{one}\n{other}"))) for one, other in pairwise(texts)]
    assert cut.count(2) >= len(cut) - 2
    assert max(cut) == 2


def _is_open(path: Path) -> bool:
    """33 to 48 are held out."""
    return not 33 <= int(path.name[:2]) <= 48
