from __future__ import annotations

from datetime import date

import pytest

from nianbao import Attribute, Context, Document, Field, Finding, Report, Status
from nianbao.grammar.reading import Reading
from nianbao.grammar.text import shadow
from plugins.extractors.outline import extract
from plugins.validators.outline import check, nianbao_validators

P = "全镇各部门按照年初部署逐项推进，明确分工，细化要求，定期调度进展，" + "确保各项任务落到实处。" * 3
FULL = ["一、主要举措和成效", "二、存在的不足和原因", "三、主要负责人履行职责情况", "四、下一步安排"]


def findings(lines: list[str], year: int | None = 2023) -> list[Finding]:
    # Each part says something of its own, that may stand under any heading.
    bodies = (f"{P}其中第{number}项任务尚有不足。" for number in range(1, len(lines) + 1))
    text = "\n".join([P, *(part for pair in zip(lines, bodies, strict=True) for part in pair)])
    attributes = (Attribute(Field.YEAR, str(year), "题目", "test"),) if year else ()
    report = Report("a.txt", "", Status.COMPLETE, attributes)
    reading = Reading(text, shadow(text), (), (), ())
    context = Context(None, None, date(2024, 5, 1), reading=reading, report=report)  # type: ignore[arg-type]
    sections = tuple(extract(Document("a.txt", "", "text", text), context))
    report = Report("a.txt", "", Status.COMPLETE, attributes, sections)
    found = list(check(report, context))
    for finding in found:
        assert finding.kind in next(iter(nianbao_validators())).kinds
        assert finding.message.endswith("。")
        assert finding.suggestion
        assert finding.basis
        assert all(text[q.start : q.end] == q.quote for q in finding.quotes)
    return found


def told(lines: list[str], year: int | None = 2023) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f.kind, f.severity.value, tuple(q.quote for q in f.quotes)) for f in findings(lines, year)]


def test_a_full_report_is_clean() -> None:
    assert told(FULL) == []
    assert told([*FULL, "五、其他需要报告的情况"]) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["一、工作情况", "二、存在问题", "三、下步打算"], [("missing-part", "warning", ())]),
        (["一、工作情况", "二、存在问题及下步打算", "三、主要负责人履职情况"], []),
        (["一、工作总结和下一年工作计划"], [("missing-part", "warning", ())] * 2),
        (["一、学思践悟", "二、规范执法", "三、普法惠民"], [("missing-part", "warning", ())] * 3),
        (
            ["一、工作情况", "（一）主要负责人履行第一责任人职责", "二、不足", "三、明年计划"],
            [("missing-part", "warning", ("（一）主要负责人履行第一责任人职责",))],
        ),
        (
            ["一、工作情况", "（一）抓学习", "（二）存在的问题", "二、主要负责人履职情况", "三、打算"],
            [("missing-part", "warning", ("（二）存在的问题",))],
        ),
        ([], [("missing-part", "warning", ())]),
    ],
)
def test_missing_parts(lines: list[str], expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert told(lines) == expected


def test_a_part_on_the_second_level_is_told_with_its_place() -> None:
    (finding,) = findings(["一、工作情况", "（一）落实第一责任人职责", "二、不足", "三、明年计划"])
    assert finding.rule == "outline.missing-part"
    assert "“一、工作情况”之下的二级标题“（一）落实第一责任人职责”" in finding.message
    assert "督察工作规定" in finding.basis


def test_a_duty_told_in_the_text_only_is_quoted() -> None:
    lines = ["一、工作情况", "二、不足", "三、明年计划"]
    lines[0] += "\n镇党委书记切实履行推进法治建设第一责任人职责，召开专题会议。"
    assert told(lines) == [("missing-part", "warning", ("第一责任人",))]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [FULL[0], FULL[1], "四、主要负责人履职情况", "五、打算"],
            [("numbering", "warning", ("二、存在的不足和原因", "四、主要负责人履职情况"))],
        ),
        (
            [FULL[0], FULL[1], "二、主要负责人履职情况", "三、打算"],
            [("numbering", "warning", ("二、存在的不足和原因", "二、主要负责人履职情况"))],
        ),
        (
            [FULL[0], "三、存在的不足", "二、主要负责人履职情况", "四、打算"],
            [
                ("numbering", "warning", ("一、主要举措和成效", "三、存在的不足")),
                ("numbering", "warning", ("三、存在的不足", "二、主要负责人履职情况")),
                ("numbering", "warning", ("二、主要负责人履职情况", "四、打算")),
            ],
        ),
        (
            [FULL[0], "存在的不足和原因", FULL[2], FULL[3]],
            [("numbering", "warning", ("一、主要举措和成效", "存在的不足和原因", FULL[2]))],
        ),
        (
            [FULL[0], "（一）抓学习", "（三）抓执法", *FULL[1:]],
            [("numbering", "warning", ("（一）抓学习", "（三）抓执法"))],
        ),
        ([FULL[0], "（二）抓学习", "（三）抓执法", *FULL[1:]], [("numbering", "warning", ("（二）抓学习",))]),
        (
            [FULL[0], "（1） 抓学习", "（二）抓执法", *FULL[1:]],
            [("numbering", "note", ("（1） 抓学习", "（二）抓执法"))],
        ),
        ([FULL[0], "（一）抓学习", "1.领导学。", "2.干部学。", "（二）抓执法", "3.抓规范。", *FULL[1:]], []),
        ([FULL[0], "（一）抓学习", "1.领导学。", "2.干部学。", "1.抓规范。", *FULL[1:]], []),
        ([FULL[0], "（一）抓学习", "（二）抓执法", "（一）抓普法", *FULL[1:]], []),
        (
            [FULL[0], "（一）抓学习", "（一）抓普法", *FULL[1:]],
            [("numbering", "warning", ("（一）抓学习", "（一）抓普法"))],
        ),
        ([FULL[0], "（一）抓学习", "1.领导学；", "2.干部学。", *FULL[1:]], []),
        # Through the whole text: first on the second level, then on the third.
        (
            [
                FULL[0],
                "1.抓责任",
                "2.抓学习",
                *FULL[1:2],
                "（一）转职能",
                "3.办实事",
                "4.守诚信",
                "（二）严执法",
                "5.审决策",
                *FULL[2:],
            ],
            [],
        ),
    ],
)
def test_numbering(lines: list[str], expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert told(lines) == expected


@pytest.mark.parametrize(
    "inside",
    [
        "1.亮证执法。\n2.全程记录。\n具体做法如下。\n1.公示制度。\n2.审核制度。",
        "1.完善制度；\n2.规范执法；\n3.强化监督。",
        "主要做法：1.完善制度，成效明显。2.规范执法，群众满意。\n3.强化监督，追究责任。",
        "1、规范执法，2、强化监督。\n3、加强培训。",
        "3、4月份，开展集中宣传。\n12、1月，开展宪法宣传。",
        "30、50、100元三档收费。\n5.5万元用于宣传。\n8. 15前完成整改，全面落实。",
        "落实《条例》第三条：\n（三）公开权责清单；\n（五）公开执法依据。",
        "县里明确了三项任务：\n“一、推进综合执法；\n二、强化监督；\n三、完善机制。”",
        "全年共办理：\n一、行政处罚\t12\t件\n三、行政检查\t30\t次",
    ],
)
def test_lists_below_a_heading_are_no_outline(inside: str) -> None:
    lines = ["一、主要举措和成效", inside, *FULL[1:]]
    assert [kind for kind, severity, _ in told(lines) if kind == "numbering" and severity != "note"] == []


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("一、2023年度主要举措和成效", False),
        ("一、2022年度主要举措和成效", True),
        ("一、2022年法治政府建设基本情况", True),
        ("一、2022年以来主要举措和成效", False),
        ("一、《纲要（2021—2025年）》主要落实情况", False),
        ("一、2022—2023年工作总结", False),
        ("一、2023年工作总结和2024年工作计划", False),
        ("一、2022年度反馈问题整改情况", False),
        ("一、2021年存在的问题", True),
        ("一、2022年主要负责人履行第一责任人职责情况", True),
        ("一、2024年工作安排", False),
        ("一、2023年下一步工作安排", True),
        ("一、2025年工作安排", True),
    ],
)
def test_years(heading: str, wrong: bool) -> None:
    years = [row for row in told([heading]) if row[0] == "year"]
    assert years == ([("year", "error", (heading,))] if wrong else [])


def test_the_year_of_the_report_decides() -> None:
    (finding,) = [f for f in findings(["一、2024年基本情况", *FULL[1:]], 2025) if f.kind == "year"]
    assert finding.rule == "outline.year"
    assert finding.message == "标题“一、2024年基本情况”写的是2024年，而报告年度是2025年。"
    assert [f for f in findings(["一、2024年基本情况", *FULL[1:]], None) if f.kind == "year"] == []


@pytest.mark.parametrize(
    ("order", "early"),
    [
        ((0, 1, 3, 2), "四、下一步安排"),
        ((2, 1, 0, 3), "二、存在的不足和原因"),
        ((0, 2, 1, 3), ""),
        ((2, 0, 1, 3), ""),
    ],
)
def test_the_plan_comes_last_and_the_work_before_the_problems(order: tuple[int, ...], early: str) -> None:
    notes = [quotes[0] for kind, _, quotes in told([FULL[place] for place in order]) if kind == "part-order"]
    assert notes == ([early] if early else [])


def in_text(text: str) -> list[str]:
    """Return what the numbers that run on in the first part are told to be."""
    found = findings([f"{FULL[0]}\n{text}", *FULL[1:]])
    return [f.message for f in found if f.kind == "numbering" and f.severity.value == "warning"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一是抓机制。二是抓队伍。四是抓宣传。", "正文列举的序号不连续：“二是”之后是“四是”，缺第3个。"),
        ("一要学得深；二要用得活；二要落得实。", "正文列举的序号重复：“二要”出现了两次。"),
        (
            "第一，清理文件；第三，公开清单；第四，评查案卷。",
            "正文列举的序号不连续：“第一，”之后是“第三，”，缺第2个。",
        ),
        (
            "其一，渠道窄；其二，力量弱；其四，经费紧。",
            "正文列举的序号不连续：“其二，”之后是“其四，”，缺第3个。",
        ),
        ("1.抓巡查；2.抓复核；2.抓整改；4.抓回访。", "正文列举的序号重复：“2.”出现了两次。"),
        ("（1）定人员；（2）定片区；（4）定时限。", "正文列举的序号不连续：“（2）”之后是“（4）”，缺第3个。"),
        ("①查隐患；②建台账；④促整改。", "正文列举的序号不连续：“②”之后是“④”，缺第3个。"),
        (
            "一是抓队伍。二是抓调解，有两点做法，一是早排查，二是勤回访。二是抓普法。",
            "正文列举的序号重复：“二是”出现了两次。",
        ),
    ],
)
def test_a_list_in_the_text_skips_no_number_and_tells_none_twice(text: str, said: str) -> None:
    assert in_text(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "一是抓学习。二是抓执法，做到两点：一是亮证，二是留痕。三是抓普法。",
        "一是抓学习。二是抓执法：一是亮证，二是留痕，三是释法。三是抓普法。",
        "一是抓学习。二是抓执法。另外办了几件实事：一是修路，二是架桥。",
        "一是抓学习；二是抓执法；三要抓普法；四是抓调解。",
        "三是抓普法；五是抓调解。",
        "全市考核第一，全省考核第三，均有进步。",
        "3、4月份集中宣传，6、7月份集中整治。罚没1.2万元，3.5万元用于奖励。",
        "依据该条例第（1）、（3）项处理；参照（5）项办理。",
    ],
)
def test_lists_that_nest_and_figures_are_left_alone(text: str) -> None:
    assert in_text(text) == []


def bodies(problems: str, duties: str, plan: str) -> list[str]:
    """Return what is told of the bodies of three parts."""
    rows = zip(FULL, (P, problems, duties, plan), strict=True)
    text = "\n".join([P, *(line for row in rows for line in row), "甲镇人民政府", "2024年1月9日"])
    attributes = (Attribute(Field.YEAR, "2023", "题目", "test"),)
    report = Report("a.txt", "", Status.COMPLETE, attributes)
    reading = Reading(text, shadow(text), (), (), ())
    context = Context(None, None, date(2024, 5, 1), reading=reading, report=report)  # type: ignore[arg-type]
    sections = tuple(extract(Document("a.txt", "", "text", text), context))
    found = check(Report("a.txt", "", Status.COMPLETE, attributes, sections), context)
    return [f.message for f in found if f.kind == "missing-part"]


_PROBLEMS = "村级学法的形式较为单一，主要原因是讲师太少。"
_DUTIES = "镇党委书记、镇长带头学法，主持召开法治专题会议，听取汇报三次。"
_PLAN = "继续办好法治夜校，完善村级法律顾问的考核办法。"


@pytest.mark.parametrize(
    ("problems", "duties", "plan", "said"),
    [
        (_PROBLEMS, _DUTIES, _PLAN, []),
        (_PROBLEMS, _DUTIES, "", ["“四、下一步安排”只有标题，其下没有内容。"]),
        (_PROBLEMS, _DUTIES, "详见附件。", []),
        (_PROBLEMS, _DUTIES, _DUTIES, ["“四、下一步安排”下的内容与另一部分相同。"]),
        (
            _PROBLEMS,
            "全年新修水渠七公里，举办农民运动会两场，发放种苗三万株。",
            _PLAN,
            ["“三、主要负责人履行职责情况”下没有写主要负责人履职的内容。"],
        ),
        (
            "全年拆除违建六处，清淤河道十一次，举办宣讲三十场。",
            _DUTIES,
            _PLAN,
            ["“二、存在的不足和原因”下没有写任何不足或原因。"],
        ),
        ("最远的村距镇政府六十公里，执法成本高。", _DUTIES, _PLAN, []),
        (
            _PROBLEMS,
            _DUTIES,
            "村民学法的时间不够，主要原因是农忙时节人手紧。",
            ["“四、下一步安排”下写的是不足和原因，没有写任何安排。"],
        ),
    ],
)
def test_what_stands_below_a_heading_is_its_own(
    problems: str, duties: str, plan: str, said: list[str]
) -> None:
    assert bodies(problems, duties, plan) == said


def test_duties_under_an_unusual_title_are_no_missing_part() -> None:
    lines = ["一、层层压实法治责任\n镇党委书记、镇长切实履行推进法治建设第一责任人职责，主持专题会议。"]
    assert told([*lines, "二、工作成效", "三、存在的不足", "四、明年打算"]) == []
    assert told(["一、书记、镇长抓法治情况", "二、工作成效", "三、存在的不足", "四、明年打算"]) == []
