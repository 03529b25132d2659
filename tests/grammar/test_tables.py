"""Tables of figures: what heads, labels and counts a number, with headers or without, on one page or two."""

from __future__ import annotations

from laid_out import Rows, laid_out

from nianbao.grammar.tables import TableFigure, find_tables


def figures(*pieces: Rows | str) -> list[list[TableFigure]]:
    return [list(table.figures()) for table in find_tables(*laid_out(*pieces))]


def told(*pieces: Rows | str) -> list[list[tuple[str, str, str, str]]]:
    return [[(f.header, f.label, f.number, f.unit) for f in table] for table in figures(*pieces)]


HEAD = ("指标", "单位", "数量")


def test_a_table_with_headers() -> None:
    assert told((HEAD, ("行政处罚案件", "件", "18"))) == [[("数量", "行政处罚案件", "18", "件")]]


def test_a_column_that_only_counts_the_rows_tells_nothing() -> None:
    rows = (("序号", "指标", "数量（件）"), ("1", "行政处罚案件", "18"))
    assert told(rows) == [[("数量", "行政处罚案件", "18", "件")]]


def test_a_bare_year_may_head_a_column() -> None:
    rows = (("指标（件）", "2022", "2023"), ("行政处罚案件", "15", "18"))
    assert told(rows) == [[("2022", "行政处罚案件", "15", ""), ("2023", "行政处罚案件", "18", "")]]


def test_without_headers_each_number_has_the_label_on_its_left() -> None:
    rows = (("行政处罚案件", "18件", "行政检查", "240次"), ("化解纠纷（件）", "32", "罚没金额", "1.2万元"))
    assert told(rows) == [
        [
            ("", "行政处罚案件", "18", "件"),
            ("", "行政检查", "240", "次"),
            ("", "化解纠纷", "32", "件"),
            ("", "罚没金额", "1.2", "万元"),
        ]
    ]


def test_without_headers_a_unit_or_a_number_may_stand_beside() -> None:
    rows = (("1", "行政处罚案件", "件", "18"), ("2", "行政检查", "次", "240"))
    assert told(rows) == [[("", "行政处罚案件", "18", "件"), ("", "行政检查", "240", "次")]]


def test_a_cell_of_prose_is_no_label() -> None:
    prose = "全年坚持依法行政，持续完善制度，推动各项工作有序开展，取得明显成效，群众满意度不断提升。"
    assert told(((prose, "18"),)) == [[("", "", "18", "")]]


FIRST = (HEAD, ("行政处罚案件", "件", "18"))


def test_a_table_goes_on_over_the_page() -> None:
    rest = (("行政检查", "次", "240"), ("化解纠纷", "件", "32"))
    expected = [
        [
            ("数量", "行政处罚案件", "18", "件"),
            ("数量", "行政检查", "240", "次"),
            ("数量", "化解纠纷", "32", "件"),
        ]
    ]
    assert told(FIRST, rest) == expected
    assert told(FIRST, "— 3 —", rest) == expected
    assert told(FIRST, "第3页 共8页", "（续表）", (HEAD, *rest)) == expected
    assert [f.row for f in figures(FIRST, rest)[0]] == [1, 2, 3]


def test_another_table_is_another() -> None:
    other = (("行政检查", "次", "240"),)
    assert len(told(FIRST, "二是加强检查。", other)) == 2
    assert len(told(FIRST, (("行政检查", "240次"),))) == 2
    assert len(told(FIRST, (("事项", "单位", "件数"), ("行政检查", "次", "240")))) == 2
