from __future__ import annotations

from datetime import date

import pytest

from nianbao import Attribute, Context, Document, Field, Report, Status
from plugins.extractors import outline
from plugins.extractors.themes import extract

OPENING = (
    "2024年，青石滩镇深入学习贯彻习近平法治思想，扎实推进依法行政，各项工作取得新的进展，"
    "群众满意度稳步提升，现将有关情况报告如下，请予审阅。"
)


def items(text: str) -> list[tuple[str, str]]:
    """Return the kind and the gist of each item; every quote must stand in the text."""
    document = Document("a.txt", "", "text", text)
    report = Report("a.txt", "", Status.COMPLETE, (Attribute(Field.YEAR, "2024", "题目", "test"),))
    context = Context(None, None, date(2025, 5, 1), report=report)  # type: ignore[arg-type]
    sections = tuple(outline.extract(document, context))
    told = Report("a.txt", "", Status.COMPLETE, report.attributes, sections)
    found = list(extract(document, Context(None, None, date(2025, 5, 1), report=told)))  # type: ignore[arg-type]
    for item in found:
        assert text[item.start : item.end] == item.quote
        assert item.gist in item.quote
    return [(item.kind.value, item.gist) for item in found]


@pytest.mark.parametrize(
    ("problems", "gists"),
    [
        (
            "虽然取得一定成效，但也存在以下不足：一是执法力量不足，仅有3人持证。二是普法形式单一；三是经费紧张。",
            ["执法力量不足", "普法形式单一", "经费紧张"],
        ),
        (
            "（一）执法力量不足。基层执法人员偏少，一是人少，二是事多。\n（二）普法针对性不强。形式较为单一。",
            ["执法力量不足", "普法针对性不强"],
        ),
        (
            "一是法治意识不强。\n个别干部遇事不会找法。\n二是合法性审查质量不高。审查意见过于笼统。",
            ["法治意识不强", "合法性审查质量不高"],
        ),
        (
            "主要存在以下问题：\n1.执法力量不足；\n2.普法形式单一；\n3.合法性审查不严。",
            ["执法力量不足", "普法形式单一", "合法性审查不严"],
        ),
        (
            "部分干部运用法治思维解决问题的能力还不强。\n专业法治人才缺乏，法制审核人员仅1人。",
            ["部分干部运用法治思维解决问题的能力还不强", "专业法治人才缺乏"],
        ),
        (
            "我镇法治政府建设还存在一些问题。执法人员专业素质有待提高。普法宣传的覆盖面还不够广。",
            ["执法人员专业素质有待提高", "普法宣传的覆盖面还不够广"],
        ),
        (
            "第一，执法力量比较薄弱；第二，矛盾纠纷化解机制不够健全。",
            ["执法力量比较薄弱", "矛盾纠纷化解机制不够健全"],
        ),
        (
            "问题：一是认识不够到位。二是制度还不健全。\n原因：一是学习不够深入。二是督促不够有力。",
            ["认识不够到位", "制度还不健全", "学习不够深入", "督促不够有力"],
        ),
        ("①执法人员不足；②执法装备落后。", ["执法人员不足", "执法装备落后"]),
        ("统一是关键，但部门之间的执法协作仍然不够顺畅。", ["统一是关键，但部门之间的执法协作仍然不够顺畅"]),
        ("在执法规范化方面，文书制作还有差错。", ["在执法规范化方面，文书制作还有差错"]),
        ("（略）", []),
    ],
)
def test_problems_are_cut_as_they_are_listed(problems: str, gists: list[str]) -> None:
    text = f"一、工作开展情况\n{OPENING}\n二、存在的问题\n{problems}\n"
    assert items(text) == [("problems", gist) for gist in gists]


def test_a_plan_below_its_own_heading_and_one_below_a_merged_heading() -> None:
    told = "一是执法力量不足。二是普法形式单一。\n下一步，充实执法队伍，并开展分众普法。"
    merged = f"一、工作开展情况\n{OPENING}\n二、存在问题及下一步打算\n{told}\n"
    assert items(merged)[:2] == [("problems", "执法力量不足"), ("problems", "普法形式单一")]
    apart = (
        f"一、工作开展情况\n{OPENING}\n二、存在问题及下一步打算\n"
        "（一）存在问题。一是执法力量不足。二是普法形式单一。\n（二）下一步打算。一是充实执法队伍。二是开展分众普法。\n"
    )
    assert items(apart) == [
        ("problems", "执法力量不足"),
        ("problems", "普法形式单一"),
        ("plan", "充实执法队伍"),
        ("plan", "开展分众普法"),
    ]


def test_without_headings_the_paragraphs_tell() -> None:
    text = (
        f"{OPENING}\n存在的主要问题：一是执法力量不足。二是普法形式单一。\n"
        "2025年，我镇将做好以下工作：一是充实执法队伍。二是开展分众普法。\n"
    )
    assert items(text) == [
        ("problems", "执法力量不足"),
        ("problems", "普法形式单一"),
        ("plan", "充实执法队伍"),
        ("plan", "开展分众普法"),
    ]


def test_a_report_that_admits_nothing_has_no_items() -> None:
    assert items(f"一、工作开展情况\n{OPENING}一是加强学习。二是规范执法。\n") == []
