"""The sums of tables, and what the text beside them tells: planted faults, and what can be right."""

from __future__ import annotations

import pytest
from laid_out import cells
from test_arithmetic import findings

from nianbao import Block

HEAD = ("单位", "行政处罚（件）", "罚没金额（万元）", "合格率（%）")
TAKEN = ("承办单位", "受理数", "办结数")
CROSS = ("单位", "行政许可", "行政处罚", "合计")

URBAN = ("城管", "12", "3.5", "98")
BROKEN_TABLES = {
    "a column": (
        (HEAD, URBAN, ("农业", "7", "1.2", "97"), ("合计", "20", "4.7", "97.5")),
        ["arithmetic.column"],
        "“行政处罚”的20改为19",
    ),
    "the sum stands first": (
        (HEAD, ("合计", "20", "4.7", "97.5"), URBAN, ("农业", "7", "1.2", "97")),
        ["arithmetic.column"],
        "“行政处罚”的20改为19",
    ),
    "a cell is missing, and the others exceed the sum": (
        (HEAD, URBAN, ("农业", "—", "1.2", "97"), ("应急", "9", "1", "9"), ("合计", "20", "5.7", "9")),
        ["arithmetic.column"],
        "",
    ),
    "rows and columns together tell the cell": (
        (
            CROSS,
            ("城管", "12", "30", "42"),
            ("农业", "7", "21", "28"),
            ("应急", "5", "18", "53"),
            ("合计", "24", "69", "93"),
        ),
        ["arithmetic.column", "arithmetic.row"],
        "“应急合计”的53改为23",
    ),
    "a row closes more than it took in": (
        (
            TAKEN,
            ("城建办", "86", "85"),
            ("社会办", "52", "57"),
            ("执法队", "71", "69"),
            ("合计", "209", "211"),
        ),
        ["arithmetic.order"],
        "如含上年结转的，请在文中注明",
    ),
    "a village resolves more than it found": (
        (("村", "排查纠纷", "化解"), ("河东村", "12", "12"), ("河西村", "9", "11"), ("桥头村", "7", "6")),
        ["arithmetic.order"],
        "",
    ),
    "许可, 检查 and their sum are counted otherwise": (
        (
            ("单位", "行政许可（件）", "行政检查（次）", "合计"),
            ("城管", "140", "325", "465"),
            ("应急", "73", "418", "491"),
            ("农业", "265", "592", "875"),
        ),
        ["arithmetic.row"],
        "“农业合计”的875改为857",
    ),
    "halves of a year": (
        (
            ("指标", "上半年", "下半年", "全年"),
            ("行政处罚（件）", "36", "42", "78"),
            ("行政检查（次）", "120", "134", "264"),
            ("行政强制（件）", "2", "3", "5"),
        ),
        ["arithmetic.row"],
        "“行政检查全年”的264改为254",
    ),
    "one row of two kinds that leave nothing out": (
        (("合计", "简易程序", "普通程序"), ("96", "61", "25")),
        ["arithmetic.row"],
        "",
    ),
}

SOUND_TABLES = {
    "all add up": (HEAD, URBAN, ("农业", "7", "1.2", "97"), ("合计", "19", "4.7", "97.5")),
    "subtotals that can't be told apart": (
        HEAD,
        URBAN,
        ("小计", "12", "3.5", "98"),
        ("农业", "7", "1", "97"),
        ("合计", "9", "4", "9"),
    ),
    "the sum is that of the subtotals": (
        HEAD,
        ("城管", "12", "3", "9"),
        ("小计", "12", "3", "9"),
        ("农业", "7", "1", "9"),
        ("小计", "8", "1", "9"),
        ("合计", "20", "4", "9"),
    ),
    "a cell is missing": (HEAD, URBAN, ("农业", "—", "1.2", "97"), ("合计", "30", "4.7", "97.5")),
    "a single row": (HEAD, URBAN, ("合计", "13", "3.6", "98")),
    "a sum column of something else": (
        CROSS,
        ("城管", "12", "30", "50"),
        ("农业", "7", "21", "36"),
        ("合计", "19", "51", "86"),
    ),
    "what came over has a column": (
        ("单位", "上年结转", "受理数", "办结数"),
        ("城建办", "3", "86", "88"),
        ("社会办", "5", "52", "50"),
        ("执法队", "0", "71", "69"),
    ),
    "most rows close more, so the columns mean something else": (
        TAKEN,
        ("城建办", "86", "95"),
        ("社会办", "52", "57"),
        ("执法队", "71", "69"),
    ),
    "two columns of what was taken in": (
        ("单位", "受理来信", "受理来访", "办结数"),
        ("城建办", "40", "46", "85"),
        ("社会办", "30", "22", "50"),
    ),
    "rates are no counts": (
        ("单位", "受理数", "办结率"),
        ("城建办", "86", "98"),
        ("社会办", "52", "100"),
    ),
    "ranks": (("年度", "序号", "件数"), ("2022", "1", "5"), ("2023", "2", "7"), ("合计", "9", "12")),
    "counted otherwise, and no sum": (
        ("单位", "行政许可（件）", "行政检查（次）", "合计"),
        ("城管", "140", "325", "465"),
        ("应急", "73", "418", "91"),
        ("农业", "265", "592", "57"),
    ),
    "one row whose kinds may leave something out": (("合计", "行政许可", "行政处罚"), ("96", "61", "25")),
    "quarters without a sum": (("单位", "一季度", "二季度"), ("城管", "14", "32"), ("应急", "7", "18")),
    "一年两季 of which one is told of the year": (
        ("指标", "上半年", "全年"),
        ("行政处罚（件）", "36", "78"),
        ("行政检查（次）", "120", "264"),
    ),
}


@pytest.mark.parametrize(("rows", "rules", "repair"), BROKEN_TABLES.values(), ids=BROKEN_TABLES)
def test_tables_that_do_not_add_up_are_found(
    rows: tuple[tuple[str, ...], ...], rules: list[str], repair: str
) -> None:
    found = findings(*cells(*rows))
    assert sorted({finding.rule for finding in found}) == rules
    assert repair in found[0].suggestion


@pytest.mark.parametrize("rows", SOUND_TABLES.values(), ids=SOUND_TABLES)
def test_tables_that_can_be_right_are_left_alone(rows: tuple[tuple[str, ...], ...]) -> None:
    assert [finding.message for finding in findings(*cells(*rows))] == []


@pytest.mark.parametrize(
    ("lead", "rules"),
    [
        ("年内四个社区累计调解纠纷198件。各社区情况：", ["repeat.conflict"]),
        ("年内累计调解纠纷198件。各社区情况：", ["repeat.conflict"]),
        ("年内四个社区累计调解纠纷189件。各社区情况：", []),
        ("文化路社区累计调解纠纷98件。各社区情况：", []),
    ],
)
def test_a_sum_beside_its_table(lead: str, rules: list[str]) -> None:
    rows = (("社区", "调解（件）"), ("文化路", "48"), ("解放桥", "39"), ("菜园东", "102"), ("合计", "189"))
    text, blocks = cells(*rows)
    by = len(lead) + 1
    moved = tuple(Block(block.start + by, block.end + by, block.kind, block.place) for block in blocks)
    assert [finding.rule for finding in findings(f"{lead}\n{text}", moved)] == rules


@pytest.mark.parametrize(
    ("lead", "rules"),
    [
        ("全年举办法律讲座31场次。", ["repeat.conflict"]),
        ("全年举办法律讲座27场次。", []),
        ("上半年举办法律讲座12场次。", []),
        ("全年参加法律讲座1502人次。", []),
    ],
)
def test_a_row_whose_column_says_in_what_it_is_counted(lead: str, rules: list[str]) -> None:
    rows = (("活动名称", "场次", "参加人次"), ("法律讲座", "27", "1430"), ("文艺演出", "4", "960"))
    text, blocks = cells(*rows)
    by = len(lead) + 1
    moved = tuple(Block(block.start + by, block.end + by, block.kind, block.place) for block in blocks)
    assert [finding.rule for finding in findings(f"{lead}\n{text}", moved)] == rules
