"""Waivers: how they are read, which findings they cover, and which of them are told to do nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from nianbao.errors import UsageError
from nianbao.model import (
    Attribute,
    Entry,
    Field,
    Finding,
    Quote,
    Report,
    RunRecord,
    Severity,
    Status,
    Subject,
    Waiver,
    Yearbook,
)
from nianbao.waivers import Waivers, foreign, read_waivers, waive_report, waive_yearbook
from outputs.workbook import publish

TODAY = date(2024, 5, 6)
HEAD = "单位,年度,规则,原句,豁免理由,豁免人,豁免日期,有效期至"
GOOD = "白水镇,2023,arithmetic.sum,,台账核实无误,王敏,2024-03-01,2025-03-31"


def csv(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "豁免.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return path


def finding(rule: str = "arithmetic.sum", *quotes: str, message: str = "合计不符。") -> Finding:
    found = tuple(Quote(0, len(quote), quote) for quote in quotes)
    return Finding(rule.partition(".")[0], rule, Severity.ERROR, message, found)


def report(*findings: Finding, year: str = "2023", town: str = "白水镇") -> Report:
    told = {
        "year": year,
        "issuer": f"青石县{town}人民政府",
        "issuer_level": "town",
        "county": "青石县",
        "town": town,
    }
    attributes = tuple(Attribute(Field(name), value, "", "identity") for name, value in told.items())
    return Report(f"{town}.docx", "00", Status.COMPLETE, attributes, findings=findings)


def waiver(**changes: object) -> Waiver:
    plain = Waiver(
        "白水镇",
        2023,
        "arithmetic.sum",
        "",
        "",
        "台账核实无误",
        "王敏",
        date(2024, 3, 1),
        date(2025, 3, 31),
        2,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def yearbook(*reports: Report, findings: tuple[Finding, ...] = ()) -> Yearbook:
    run = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "0.1.0")
    entries = tuple(Entry(each, (), "text") for each in reports)
    return Yearbook(2023, "2023年度法治政府建设报告汇总", entries, (), findings, None, run)


def test_a_table_is_read(tmp_path: Path) -> None:
    read = read_waivers(csv(tmp_path, GOOD, ""))
    assert read == Waivers((waiver(),), ())


def test_headers_and_dates_come_in_many_forms(tmp_path: Path) -> None:
    head = "青石县豁免清单\n报告单位；年份；校验规则；报告原句；豁免原因；批准人；批准日期；有效期".replace(
        "；", "\t"
    )
    row = "白水镇\t2023年度\tarithmetic.sum\t\t台账核实无误\t王敏\t2024年3月1日\t2025.3.31"
    (only,) = read_waivers(csv(tmp_path, row, head=head)).waivers
    assert only == waiver(row=3)


def test_yaml_is_read(tmp_path: Path) -> None:
    path = tmp_path / "豁免.yml"
    path.write_text(
        "- {单位: 白水镇, 年度: 2023, 规则: arithmetic.sum, 豁免理由: 台账核实无误,"
        " 豁免人: 王敏, 豁免日期: 2024-03-01, 有效期至: 2025-03-31}\n"
        "- {单位: 白水镇, 年度: 2023, 规则: arithmetic.sum}\n",
        encoding="utf-8",
    )
    read = read_waivers(path)
    assert read.waivers == (waiver(row=1),)
    assert read.faults == ("豁免第2条：没有填写豁免理由、豁免人、豁免日期、有效期至，没有采用",)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (GOOD.replace("王敏", ""), "没有填写豁免人"),
        (GOOD.replace("白水镇", "").replace("2025-03-31", ""), "没有填写单位、有效期至"),
        (GOOD.replace("2025-03-31", "长期"), "有效期至“长期”不是日期，请写作 2024-03-31 的样子"),
        (GOOD.replace("2024-03-01", "2024-02-30"), "豁免日期“2024-02-30”不是日期，请写作 2024-03-31 的样子"),
        (GOOD.replace("2023", "去年", 1), "年度“去年”应写作四位数字"),
        (GOOD.replace("2025-03-31", "2024-02-29"), "有效期至2024-02-29早于豁免日期2024-03-01"),
    ],
)
def test_what_is_wrong_with_a_row_is_told(tmp_path: Path, line: str, fault: str) -> None:
    read = read_waivers(csv(tmp_path, GOOD, line))
    assert read.waivers == (waiver(),)
    assert read.faults == (f"豁免第3行：{fault}，没有采用",)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("甲.csv", "单位,备注\n白水镇,无\n", "找不到“规则”和“豁免理由”两列，看到的表头：单位、备注"),
        ("甲.csv", "", "豁免清单是空的"),
        ("甲.yml", "单位: 白水镇\n", "豁免清单应是一个列表"),
        ("甲.yml", "- {单位: [\n", "豁免清单不是合格的 YAML：第 2 行附近写法有误"),
    ],
)
def test_a_file_without_waivers_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(told)):
        read_waivers(path)
    with pytest.raises(UsageError, match="没有这个豁免清单文件"):
        read_waivers(tmp_path / "没有.csv")


@pytest.mark.parametrize(
    ("changes", "covered"),
    [
        ({}, True),
        ({"issuer": "青石县白水镇人民政府"}, True),
        ({"issuer": "某省某市青石县白水镇"}, True),
        ({"issuer": "白水"}, True),
        ({"issuer": "清水镇"}, False),
        ({"year": 2022}, False),
        ({"rule": "arithmetic.ratio"}, False),
        ({"quote": "调解纠纷 672 件"}, True),
        ({"quote": "“调解纠纷672件”\n“诉讼261件”"}, True),
        ({"quote": "处罚30件"}, False),
        ({"message": "别的问题。"}, False),
        ({"until": date(2024, 5, 6)}, True),
        ({"until": date(2024, 5, 5)}, False),
    ],
)
def test_a_waiver_covers_by_rule_issuer_year_and_evidence(changes: dict[str, object], covered: bool) -> None:
    found = finding("arithmetic.sum", "调解纠纷672件", "诉讼261件")
    (entry,) = waive_yearbook(yearbook(report(found)), Waivers((waiver(**changes),)), TODAY).entries
    assert (entry.report.findings[0].waiver is not None) is covered


def test_waivers_that_do_nothing_are_told() -> None:
    rows = (
        waiver(),
        waiver(row=3, issuer="清水镇"),
        waiver(row=4, rule="years.stale", until=date(2024, 4, 1)),
        waiver(row=5, year=2022),
    )
    book = waive_yearbook(yearbook(report(finding(), finding("years.stale"))), Waivers(rows), TODAY)
    assert [each.waiver is not None for each in book.entries[0].report.findings] == [True, False]
    assert book.notes == (
        (
            "豁免第3行（清水镇，2023年度，arithmetic.sum）没有与之相符的问题，没有用到；"
            "请核对单位、规则和原句，问题已改正的请删去"
        ),
        "豁免第4行（白水镇，2023年度，years.stale）已于2024-04-01到期，没有采用；如仍需豁免，请重新填写",
    )


def test_findings_about_the_year_are_waived_by_whom_they_are_about() -> None:
    missing = replace(finding("coverage.missing"), subject=Subject("某省青石县清水镇"))
    rows = Waivers(
        (
            waiver(issuer="清水镇", rule="coverage.missing"),
            waiver(row=3, issuer="全年汇总", rule="peers.crashed"),
        )
    )
    book = waive_yearbook(yearbook(findings=(missing, finding("peers.crashed"))), rows, TODAY)
    assert [each.waiver.row for each in book.findings if each.waiver] == [2, 3]
    assert book.notes == ()


def test_one_report_is_waived_by_its_own_rows() -> None:
    rows = Waivers((waiver(), waiver(row=3, issuer="清水镇"), waiver(row=4, rule="years.stale")))
    marked, idle = waive_report(report(finding()), rows, TODAY)
    assert marked.findings[0].waiver == waiver()
    assert [line[:5] for line in idle] == ["豁免第4行"]
    assert [each.row for each in foreign(rows, [marked])] == [3]


def test_the_workbook_is_filled_in_and_read_again(tmp_path: Path) -> None:
    found = (
        finding("arithmetic.sum", "共672件", "诉讼261件"),
        finding("outline.missing", message="缺一部分。"),
    )
    path = publish(yearbook(report(*found), report(finding(), town="清水镇")), tmp_path)[0]
    book = openpyxl.load_workbook(path)
    sheet = book["校验问题"]
    heads = [cell.value for cell in sheet[3]]
    cells = ("豁免理由", "豁免人", "豁免日期", "有效期至")
    assert heads[-5:] == ["年度", *cells]
    assert all(not sheet.cell(4, heads.index(name) + 1).protection.locked for name in cells)
    for name, value in zip(cells, ("已核实", "王敏", date(2024, 5, 1), date(2025, 5, 1)), strict=True):
        sheet.cell(6, heads.index(name) + 1).value = value
    sheet.cell(4, heads.index("豁免理由") + 1).value = "已核实"
    book.save(path)
    read = read_waivers(path)
    assert read.faults == ("豁免第4行：没有填写豁免人、豁免日期、有效期至，没有采用",)
    assert [(w.issuer, w.rule, w.row) for w in read.waivers] == [
        ("青石县白水镇人民政府", "outline.missing", 6)
    ]
    again = waive_yearbook(yearbook(report(*found)), read, TODAY)
    assert [each.waiver is not None for each in again.entries[0].report.findings] == [False, True]
    sheet = openpyxl.load_workbook(publish(again, tmp_path)[0])["校验问题"]
    shown = [[sheet.cell(row, heads.index(name) + 1).value for name in ("程度", *cells)] for row in (4, 5)]
    assert shown[0] == ["错误", None, None, None, None]
    assert shown[1][:3] == ["已豁免", "已核实", "王敏"]
    assert read_waivers(tmp_path / path.name).waivers[0].until == date(2025, 5, 1)
    assert "错误 1、警告 0、提示 0），另有已豁免 1 条" in str(
        openpyxl.load_workbook(path)["总览"]["C2"].value
    )
