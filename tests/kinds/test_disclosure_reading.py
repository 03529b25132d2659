"""The three statutory tables, read by header and label: as they were made, and as offices write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from invented import COUNTY, OLDER, REPORTS, STREET, TOWNSHIP
from kindbench import REPORTS as FOLDER
from kindbench import read, with_plugin
from made_reports import Made, truth

from nianbao.model import DocumentKind, Field, FigureStatus, Filing, NumeralReason, Report, Severity, Status
from nianbao.steps import process

SETUP = with_plugin()
Table = list[list[str | None]]
ASKERS: list[str | None] = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ITEMS: Table = [
    ["第二十条第（五）项", None],
    ["信息内容", "本年处理决定数量"],
    ["行政许可", "12"],
    ["第二十条第（六）项", None],
    ["信息内容", "本年处理决定数量"],
    ["行政处罚", "３"],
    ["行政强制", "/"],
    ["第二十条第（八）项", None],
    ["信息内容", "本年收费金额（单位：万元）"],
    ["行政事业性收费", "1,204.50"],
]


def of(report: Report, table: str) -> dict[str, Decimal | None]:
    begins = f"disclosure.{table}_"
    return {
        each.indicator.removeprefix(begins): each.value
        for each in report.figures
        if each.indicator.startswith(begins)
    }


def rules(report: Report) -> list[str]:
    return [finding.rule.removeprefix("disclosure.") for finding in report.findings]


@pytest.mark.parametrize(
    "made", REPORTS, ids=[each.name.partition("20")[0] + str(each.year) for each in REPORTS]
)
def test_every_cell_is_read_as_it_was_made(made: Made) -> None:
    registry, context = SETUP()
    [report] = process(registry, Filing("folder", str(FOLDER / made.name), made.name), context).reports
    assert (report.status, report.kind, report.year) == (
        Status.COMPLETE, DocumentKind.DISCLOSURE_REPORT, made.year
    )  # fmt: skip
    assert report.value(Field.ISSUER) == made.issuer
    assert {figure.indicator: figure.value for figure in report.figures} == truth(made)
    assert report.numerals == ()
    for observation in report.observations:
        number = observation.quote.split("\t")[-1]
        assert Decimal(number.replace(",", "")) == observation.value


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (COUNTY, []),
        (STREET, ["row-sum", "column-sum", "column-sum", "carry", "suit-sum"]),
        (TOWNSHIP, ["missing-table"]),
        (OLDER, ["blank", "older-form"]),
    ],
    ids=["sound", "wrong sums", "no third table", "form of 2019"],
)
def test_what_does_not_add_up_or_is_missing_is_told(made: Made, found: list[str]) -> None:
    registry, context = SETUP()
    [report] = process(registry, Filing("folder", str(FOLDER / made.name), made.name), context).reports
    assert rules(report) == found


def test_blank_a_stroke_nothing_and_zero_are_different() -> None:
    rows: Table = [*ITEMS[:2], ["行政许可", None], ["行政处罚", "/"], ["行政强制", "无"]]
    report = read(SETUP, rows)
    assert of(report, "disclosed") == {"compulsion_decisions": Decimal(0)}
    [figure] = report.figures
    assert figure.status is FigureStatus.ZERO
    blank = next(finding for finding in report.findings if finding.rule == "disclosure.blank")
    assert blank.severity is Severity.NOTE
    assert "等 9 格空白或没有填数" in blank.message


def test_the_items_stand_in_one_table_under_headings_of_their_own() -> None:
    assert of(read(SETUP, ITEMS), "disclosed") == {
        "licences_decisions": Decimal(12),
        "penalties_decisions": Decimal(3),
        "charges_fees": Decimal("1204.50"),
    }


def test_fees_in_yuan_are_told_in_ten_thousands() -> None:
    rows: Table = [["信息内容", "本年收费金额（单位：元）"], ["行政事业性收费", "12045"]]
    assert of(read(SETUP, rows), "disclosed") == {"charges_fees": Decimal("1.2045")}
    rows = [["信息内容", "本年收费金额"], ["行政事业性收费", "12045元"]]
    assert of(read(SETUP, rows), "disclosed") == {"charges_fees": Decimal("1.2045")}


def test_columns_are_found_by_their_heading_wherever_they_stand() -> None:
    head: Table = [
        ["项目", None, "总计", "法人或其他组织", None, None, None, None, "自然人"],
        [None, None, None, "其他", "法律服务机构", "社会公益组织", "科研机构", "商业企业", None],
    ]
    body: Table = [
        ["一、本年新收政府信息公开申请数量", None, "9", "1", "0", "0", "0", "2", "6"],
        ["三、本年度办理结果", "（一）予以公开", "4", "0", "0", "0", "0", "1", "3"],
        [None, "（七）总计", "4", "0", "0", "0", "0", "1", "3"],
    ]
    found = of(read(SETUP, [*head, *body]), "requests")
    assert {key: found[key] for key in ("received_total", "received_person", "received_others")} == {
        "received_total": 9, "received_person": 6, "received_others": 1
    }  # fmt: skip
    assert (found["received_business"], found["granted_person"], found["handled_total"]) == (2, 3, 4)


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("１．属于国家秘密", "secret"),
        ("①属于国家秘密", "secret"),
        ("2. 其他法律、行政法规\n禁止公开", "forbidden"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partly"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "not_corrected"),
        ("3.其他", "other"),
        ("（六）其他处理", "otherwise"),
        ("七、总计", "handled"),
        ("四、结转下年度继续办理", "left"),
    ],
)
def test_labels_are_known_however_they_are_numbered(label: str, row: str) -> None:
    rows: Table = [["项目", *ASKERS], ["一、本年新收政府信息公开申请数量", *"0000000"], [label, *"1000001"]]
    found = of(read(SETUP, rows), "requests")
    assert (found[f"{row}_person"], found[f"{row}_total"]) == (1, 1)
    assert len(found) == 14


def test_a_row_that_nobody_knows_is_refused_and_told() -> None:
    rows: Table = [
        ["项目", *ASKERS],
        ["一、本年新收政府信息公开申请数量", "1", "0", "0", "0", "0", "0", "1"],
        ["（八）电话告知", "7", "0", "0", "0", "0", "0", "7"],
    ]
    report = read(SETUP, rows)
    assert len(of(report, "requests")) == 7
    assert [each.reason for each in report.numerals] == [NumeralReason.UNCLAIMED] * 7
    told = next(finding for finding in report.findings if finding.rule == "disclosure.unplaced")
    assert "7 个数字对不上" in told.message
    assert [quote.quote for quote in told.quotes][:2] == ["7", "0"]


def test_a_table_that_is_told_twice_and_differs_is_disputed() -> None:
    rows: Table = [["信息内容", "本年处理决定数量"], ["行政许可", "12"]]
    again: Table = [["信息内容", "本年处理决定数量"], ["行政许可", "21"]]
    [figure] = read(SETUP, rows, "另表如下。", again).figures
    assert (figure.status, figure.value) == (FigureStatus.DISPUTED, 12)


def test_a_table_filled_with_strokes_is_there() -> None:
    rows: Table = [["信息内容", "本年处理决定数量"], ["规章", "/"], ["行政许可", "/"]]
    missing = [f.message for f in read(SETUP, rows).findings if f.rule == "disclosure.missing-table"]
    assert len(missing) == 2
    assert not any("主动公开" in message for message in missing)


def test_other_tables_are_left_alone() -> None:
    rows: Table = [["月份", "条数"], ["1月", "30"], ["其他", "4"]]
    report = read(SETUP, rows)
    assert (report.figures, report.numerals) == ((), ())


def test_no_tables_at_all() -> None:
    report = read(SETUP, "一、总体情况", "全年公开信息30条。")
    assert (report.status, report.figures) == (Status.COMPLETE, ())
    assert rules(report) == ["missing-table"] * 3
