# ruff: noqa: E501  tables stay on one line
from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from small_workbooks import SHEETS, town, write, yearbook_of

from nianbao import Overlap, Quote, SectionKind, Side, Stock

PASSAGE = "=执法队员轮流到县里跟案学习。"


def side(name: str, share: str, year: int = 2024, passage: str = PASSAGE) -> Side:
    return Side(
        f"{name}.txt", 1, year, f"清源县{name}镇人民政府", Decimal(share), Quote(5, 5 + len(passage), passage)
    )


def test_pairs_groups_and_last_year_are_rows_that_lead_to_the_overview(tmp_path: Path) -> None:
    pair = Overlap(
        (side("青石", "0.21"), side("白云", "0.62")), 12, 3, (SectionKind.PROBLEMS, SectionKind.PLAN), 4
    )
    again = Overlap((side("青石", "0.7", 2023), side("青石", "0.66")), 30, 8, (), 9)
    stock = Stock((side("白云", "0.55"), side("青石", "0.5")), 40, (38, 31), "清源县")
    book = write(
        yearbook_of(town("青石"), town("白云"), overlaps=(pair,), reused=(again,), stocks=(stock,)), tmp_path
    )
    sheet = book["文本雷同"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    white, green = "清源县白云镇人民政府", "清源县青石镇人民政府"
    group = "第 1 组：清源县 2 份报告共用的语句"
    assert rows == [
        ["序号", "类别", "单位甲", "单位乙", "相同句数", "占甲比例", "占乙比例", "数字也相同的句数", "几乎全同的部分",
         "最长的一段（甲）"],
        [1, "两份之间", white, green, 12, 0.62, 0.21, 3, "不足原因、下年安排", PASSAGE],
        [2, "成批", white, group, 38, 0.55, None, None, None, PASSAGE],
        [3, "成批", green, group, 31, 0.5, None, None, None, PASSAGE],
        [4, "上年", green, f"{green}（2023 年度）", 30, 0.66, 0.7, 8, None, PASSAGE],
    ]  # fmt: skip
    overview = book["总览"]
    link = sheet["C4"].hyperlink
    assert link is not None
    assert overview[(link.location or "").split("!")[1]].value == white
    assert sheet["F4"].number_format == "0%"
    assert book.sheetnames == [*SHEETS[:11], "文本雷同", *SHEETS[11:]]


def test_a_long_passage_is_cut_and_says_how_long_it_is(tmp_path: Path) -> None:
    long = side("青石", "0.5", passage="渡口停航那天夜里守在码头。" * 40)
    book = write(
        yearbook_of(
            town("青石"), town("白云"), overlaps=(Overlap((long, side("白云", "0.4")), 9, 0, (), 9),)
        ),
        tmp_path,
    )
    shown = book["文本雷同"]["J4"].value
    assert shown is not None
    assert str(shown).endswith("……（共 520 字）")
    assert len(str(shown)) < 220


def test_there_is_no_sheet_where_there_is_nothing_to_tell(tmp_path: Path) -> None:
    assert write(yearbook_of(town("青石")), tmp_path).sheetnames == SHEETS
