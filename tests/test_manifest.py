"""A manifest is read as offices keep it: a title above, merged cells, either column for either thing."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from nianbao.errors import UsageError
from nianbao.manifest import is_manifest, read_manifest, roster_of_manifest

TABLE = """岚溪县2023年法治政府建设报告名录,,,,
填报单位：岚溪县司法局,,,,
序号,所属县区,报告单位,年度,链接或文件,备注
1,岚溪县,白水镇人民政府,2023年,http://www.lanxi.example.cn/a.html#top,
2,,红石乡人民政府,２０２３,报告\\红石乡.docx,
3,,青山街道办事处,2023,,还没有
4,,司法局,20233,x.docx,
5,,教育局,2023,ftp://x/y,
6,,农业局,2023,见官网,
7,,白水镇人民政府,2023年,http://www.lanxi.example.cn/a.html,
8,,水利局,2022,../x.docx,
9,,林业局,,C:\\x\\y.docx,
10,,,2023,,
11,,财政局,2023,http://10.1.2.3/a.html,
12,,审计局,2023,http://a.example.cn/1 http://a.example.cn/2,
13,,民政局,2023,http://me:pw@a.example.cn/1,
14,,统计局,2023,www.lanxi.example.cn/a.docx,
15,,住建局,2023,http://[::1/a,
,,合计,,10,
注：报告公布后填写,,,,
"""
ROWS = {
    4: ("白水镇人民政府", 2023, "http://www.lanxi.example.cn/a.html", ""),
    5: ("红石乡人民政府", 2023, "报告/红石乡.docx", ""),
    6: ("青山街道办事处", 2023, "", ""),
    7: ("司法局", None, "", "年度“20233”不对，应为 2004–{now} 之间的年份"),
    8: ("教育局", None, "", "网址要以 http:// 或 https:// 开头：ftp://x/y"),
    9: ("农业局", None, "", "“见官网”不是网址，请写出以 http:// 或 https:// 开头的完整地址"),
    10: ("白水镇人民政府", 2023, "http://www.lanxi.example.cn/a.html", "与第 4 行重复"),
    11: ("水利局", None, "", "文件 ../x.docx 不在名录所在的文件夹里，请写相对于名录的路径"),
    12: ("林业局", None, "", "文件 C:\\x\\y.docx 不在名录所在的文件夹里，请写相对于名录的路径"),
    13: ("", None, "", "没有写单位，也没有链接和文件"),
    14: ("财政局", None, "", "不能采集内网地址：10.1.2.3"),
    15: ("审计局", None, "", "一格里有几个网址，请分成几行来写"),
    16: ("民政局", None, "", "网址里不能写用户名或密码"),
    17: (
        "统计局",
        None,
        "",
        "“www.lanxi.example.cn/a.docx”不是网址，请写出以 http:// 或 https:// 开头的完整地址",
    ),
    18: ("住建局", None, "", "网址写法不对：http://[::1/a"),
}


def written(folder: Path, data: str | bytes, name: str = "名录.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(data.encode(encoding) if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_row_is_read_or_told(tmp_path: Path, encoding: str) -> None:
    rows = read_manifest(written(tmp_path, TABLE, encoding=encoding))
    now = f"{datetime.now(ZoneInfo('Asia/Shanghai')):%Y}"
    assert {row.number: (row.issuer, row.year, row.target, row.problem) for row in rows} == {
        number: ("岚溪县" + issuer if issuer else "", year, target, problem.format(now=now))
        for number, (issuer, year, target, problem) in ROWS.items()
    }


def test_a_workbook_with_a_merged_title_and_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "名录.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明").write(0, 0, "各单位请于三月底前填写")
        sheet = book.add_worksheet("2023")
        sheet.merge_range(0, 0, 0, 3, "岚溪县报告一览")
        for column, header in enumerate(("上级单位", "名称", "网址", "文件名称", "年份")):
            sheet.write(1, column, header)
        sheet.merge_range(2, 0, 3, 0, "岚溪县")
        sheet.write_row(2, 1, ["白水镇", "", "白水镇.docx", 2023])
        sheet.write_row(3, 1, ["岚溪县红石乡", "https://a.example.cn/x.docx", "红石乡.docx", 2023.0])
        sheet.write_row(4, 1, ["青山街道", "", "https://a.example.cn/y", "2023年度"])
    rows = read_manifest(path)
    assert [(row.number, row.issuer, row.year, row.link, row.file, row.problem) for row in rows] == [
        (3, "岚溪县白水镇", 2023, "", "白水镇.docx", ""),
        (4, "岚溪县红石乡", 2023, "https://a.example.cn/x.docx", "红石乡.docx", ""),
        (5, "岚溪县青山街道", 2023, "https://a.example.cn/y", "", ""),
    ]


def test_what_stands_above_an_issuer_is_a_place(tmp_path: Path) -> None:
    text = "主管部门,单位,文件\n岚溪县人民政府,白水镇,a.docx\n岚溪县司法局,红石乡,b.docx\n"
    assert [row.issuer for row in read_manifest(written(tmp_path, text))] == ["岚溪县白水镇", "红石乡"]


def test_a_file_of_several_issuers_is_no_double(tmp_path: Path) -> None:
    text = "单位,文件\n白水镇,汇编.docx\n红石乡,./汇编.docx\n红石乡,汇编.docx\n"
    rows = read_manifest(written(tmp_path, text))
    assert [row.problem for row in rows] == ["", "", "与第 3 行重复"]


def test_who_should_report_is_told_once_and_by_year(tmp_path: Path) -> None:
    lines = ("单位,文件,年度", "白水镇,a.docx,2023", "白水镇,b.docx,2022", "红石乡,,2022", "青山街道,c.docx,")
    path = written(tmp_path, "\n".join((*lines, "白水镇,c.docx,2023")))
    names = {year: roster_of_manifest(path, year) for year in (2022, 2023, None)}
    assert {year: [entry.name for entry in found or ()] for year, found in names.items()} == {
        2022: ["白水镇", "红石乡", "青山街道"],
        2023: ["白水镇", "青山街道"],
        None: ["白水镇", "红石乡", "青山街道"],
    }
    assert roster_of_manifest(written(tmp_path, "文件\na.docx\n"), None) is None


NONE = "找不到“链接”或“文件名”一列，看到的表头：单位、电话（请写上表头：单位、链接、文件名、年度）"


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.csv", "单位,电话\n白水镇,1\n", NONE),
        ("a.csv", b"", "名录是空的（请写上表头：单位、链接、文件名、年度）"),
        ("a.csv", "单位,文件\n", "名录里没有单位，也没有链接和文件（请在表头下面逐行填写）"),
        ("a.csv", random.Random(1).randbytes(5000), "名录不是表格文件（请另存为 xlsx 或 csv）"),
        (
            "a.csv",
            '单位,文件\n"x,' + "y" * 40_000,
            "名录的写法有误，可能少了一个引号（请用 Excel 或 WPS 另存为 xlsx）",
        ),
        ("a.xlsx", b"PK\x03\x04 cut off", "名录打不开，文件可能已损坏（请用 Excel 或 WPS 另存为 xlsx）"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            "名录设有密码（请去掉密码后再用）",
        ),
        ("a.xls", b"\xd0\xcf\x11\xe0", "名录不能是旧的 .xls 格式（请用 Excel 或 WPS 另存为 xlsx）"),
    ],
)
def test_what_is_no_manifest_is_refused_in_one_line(
    tmp_path: Path, name: str, data: str | bytes, line: str
) -> None:
    path = written(tmp_path, data, name)
    with pytest.raises(UsageError) as caught:
        read_manifest(path)
    assert str(caught.value) == f"{path}：{line}"


def test_a_manifest_is_known_by_its_suffix() -> None:
    assert is_manifest("名录.XLSX")
    assert is_manifest("名录.csv")
    assert is_manifest("名录.xls")
    assert not is_manifest("各乡镇报告")
    assert not is_manifest("岚溪县.yml")
    assert not is_manifest("s3://bucket/a.csv")


def test_a_manifest_that_is_not_there_is_named(tmp_path: Path) -> None:
    for name in ("名录.xlsx", "名录.csv", "名录.xls"):
        with pytest.raises(UsageError, match="没有这个名录文件（请检查路径）"):
            read_manifest(tmp_path / name)
