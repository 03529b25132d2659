"""Rosters as people keep them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from nianbao.errors import UsageError
from nianbao.model import RosterEntry
from nianbao.roster import read_roster

Row = Sequence[object]


def workbook(path: Path, *sheets: Sequence[Row]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def told(entries: Sequence[RosterEntry]) -> list[tuple[str, str | None, int]]:
    return [(entry.name, entry.code, entry.row) for entry in entries]


def refused(path: Path) -> str:
    with pytest.raises(UsageError) as caught:
        read_roster(path)
    assert "\n" not in str(caught.value)
    return str(caught.value).removeprefix(str(path))


def test_a_workbook_with_a_title_numbers_for_codes_blanks_and_a_total(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "名单.xlsx",
        [["说明：请如实填写"]],
        [
            ["青石县2023年度应报告单位名单", None, None],
            ["填报单位：", "青石县司法局", None],
            [],
            ["序号", "单 位\n（全称）", "区划代码"],
            [1, "白水镇人民政府 ", 445102001.0],
            [None, None, None],
            [2, "红 旗 镇", "445102002000"],
            [3, "县司法局", None],
            ["合计", "合计", 3],
            ["注：以上为2023年名单", None, None],
        ],
    )
    assert told(read_roster(path)) == [
        ("白水镇人民政府", "445102001", 5),
        ("红旗镇", "445102002000", 7),
        ("县司法局", None, 8),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "单位",
        "单位名称",
        "报告单位",
        "应报告单位",
        "乡镇",
        "镇街",
        "乡镇（街道）",
        "镇、街道",
        "名称",
        "县（市、区）",
    ],
)
def test_headers_of_the_column_of_names(tmp_path: Path, header: str) -> None:
    path = workbook(tmp_path / "a.xlsx", [["序号", header, "联系人"], [1, "甲地", "张三"]])
    assert told(read_roster(path)) == [("甲地", None, 2)]


def test_the_surest_column_is_taken(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [["主管部门", "名称", "单位名称", "代码"], ["甲", "乙", "丙", "91445100MA4"]]
    )
    assert told(read_roster(path)) == [("丙", None, 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_as_excel_and_wps_write_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    rows = [["代码", "镇街"], ["445102001.0", "白水镇"], ["", ""], ["445102002", '"东城\n街道"']]
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert told(read_roster(path)) == [("白水镇", "445102001", 2), ("东城街道", "445102002", 4)]


def test_the_content_tells_the_kind_of_file(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["单位"], ["白水镇"]]).rename(tmp_path / "a.csv")
    assert told(read_roster(path)) == [("白水镇", None, 2)]


def test_the_same_bare_name_is_told_apart_by_the_county_beside_it(tmp_path: Path) -> None:
    rows: list[Row] = [["县区", "乡镇"], ["甲县", "城关镇"], [None, "白水镇"], ["乙县", "城关镇"]]
    path = workbook(tmp_path / "a.xlsx", rows)
    assert told(read_roster(path)) == [("甲县城关镇", None, 2), ("白水镇", None, 3), ("乙县城关镇", None, 4)]


def test_the_same_bare_name_is_told_apart_by_its_code(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["名称", "代码"], ["城关镇", 445102001], ["城关镇", 445103001]])
    assert [entry.code for entry in read_roster(path)] == ["445102001", "445103001"]


def test_a_name_told_twice_is_refused_with_its_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["名称"], ["白水镇"], ["红旗镇"], ["白 水 镇"]])
    assert refused(path) == (
        "：名单中有重复的单位：白水镇（第 2、4 行）（请删去重复的行；同名的不同单位请写明所属县区或区划代码）"
    )


def test_what_is_wrong_with_a_roster_is_said_in_one_line(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.xlsx") == "：没有这个名单文件（请检查路径）"
    assert refused(tmp_path) == "：这是文件夹，不是名单文件（请给出 xlsx 或 csv 文件）"
    path = workbook(tmp_path / "a.xlsx", [["镇长", "电话", *(f"列{n}" for n in range(12))], ["张三", 1]])
    assert refused(path) == (
        "：找不到单位名称一列，看到的表头：镇长、电话、列0、列1、列2、列3、列4、列5、列6、列7 等另外 4 个"
        "（请把该列的表头写作“单位名称”）"
    )
    assert refused(workbook(path, [["单位"], [None]])) == "：名单中没有单位（请在表头下面逐行填写单位名称）"
    assert refused(workbook(path, [])) == "：名单是空的（请填写表头“单位名称”和各单位）"
    path.write_bytes(path.read_bytes()[:300])
    assert refused(path) == "：名单打不开，文件可能已损坏（请用 Excel 或 WPS 另存为 xlsx）"
    (tmp_path / "b.csv").write_bytes(b"")
    assert refused(tmp_path / "b.csv").startswith("：名单是空的")
    (tmp_path / "b.xls").write_text("<html><table><tr><td>单位</td></tr></table></html>", "utf-8")
    assert refused(tmp_path / "b.xls") == "：名单不是表格文件（请另存为 xlsx 或 csv）"
    (tmp_path / "c.csv").write_text("单位,代码\n白水镇,4.45102E+11\n", "utf-8")
    assert (
        refused(tmp_path / "c.csv")
        == "：第 2 行的代码成了 4.45102E+11，位数已丢失（请把该列设为文本格式再填写）"
    )
