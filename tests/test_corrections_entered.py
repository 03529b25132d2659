"""Corrections as people enter them: what may stand for a figure, in a table or in YAML."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.catalogue import load_catalogue
from nianbao.corrections import Told, entered_value, read_corrections, write_corrections
from nianbao.errors import UsageError
from nianbao.model import Correction

CASES = "enforcement_cases"
TODAY = date(2024, 5, 6)
HEAD = "单位,年度,指标,更正为,理由,更正人"


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("702", Decimal(702)),
        ("1,234.50", Decimal("1234.50")),
        ("７０２", Decimal(702)),
        (" 0 ", Decimal(0)),
        ("未提及", Told.UNSAID),
        ("报告未提及", Told.UNSAID),
        ("撤销", Told.WITHDRAWN),
    ],
)
def test_what_may_be_entered_for_a_figure(told: str, value: Decimal | Told) -> None:
    assert entered_value(told) == value


@pytest.mark.parametrize(
    ("told", "unit", "value"),
    [
        ("702件", "件", Decimal(702)),
        ("98", "%", Decimal(98)),
        ("98.5%", "%", Decimal("98.5")),
        ("９８％", "%", Decimal(98)),
        ("0.6%", "%", Decimal("0.6")),
        ("100", "%", Decimal(100)),
        ("0", "%", Decimal(0)),
    ],
)
def test_the_indicator_s_own_unit_may_follow(told: str, unit: str, value: Decimal) -> None:
    assert entered_value(told, unit) == value


@pytest.mark.parametrize(
    ("told", "said"),
    [
        # What a spreadsheet keeps of a typed 98% and 100%.
        ("0.98", "是 98% 请写 98，是 0.98% 请写“0.98%”"),
        ("1", "是 100% 请写 100"),
        ("101", "应在 0 到 100 之间"),
        ("98件", "不是数字"),
    ],
)
def test_what_is_no_percentage_is_refused(told: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        entered_value(told, "%")


def test_a_small_percentage_comes_back_from_the_ledger(tmp_path: Path) -> None:
    rate = "certification_rate"
    (info,) = (info for info in load_catalogue().infos() if info.id == rate)
    kept = Correction("青石县白水镇", 2023, rate, Decimal(1), "e", Decimal("0.6"), "核对", "王敏", TODAY)
    path = tmp_path / "更正.yml"
    path.write_text(write_corrections([kept], {rate: info.name}), "utf-8")
    found = read_corrections(path, [info], TODAY)
    assert found.faults == ()
    assert [(read.old, read.value) for read in found.entries] == [(Decimal(1), Decimal("0.6"))]


@pytest.mark.parametrize("told", ["约702", "7百", "-3", "1e5", "NaN", "=1+1", "9" * 40])
def test_what_is_no_number_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        entered_value(told)


def listed(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "更正.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return path


def test_a_table_is_read(tmp_path: Path) -> None:
    path = listed(tmp_path, "白水镇,2023,行政执法案件总数,702,三类相加,王敏", ",2023,,,,")
    found = read_corrections(path, load_catalogue().infos(), TODAY)
    assert found.faults == ()
    (read,) = found.entries
    assert (read.indicator, read.value, read.day, read.old) == (CASES, Decimal(702), TODAY, None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("白水镇,2023,行政执法案件总数,七百,相加,王敏", "第2行：“七百”不是数字"),
        ("白水镇,2023,办案总量,702,相加,王敏", "第2行：没有名为“办案总量”的指标"),
        ("白水镇,去年,行政执法案件总数,702,相加,王敏", "第2行：年度“去年”应写作四位数字"),
        ("白水镇,2023,行政执法案件总数,702,,", "第2行：没有填写理由、更正人"),
        (",2023,行政执法案件总数,702,相加,王敏", "第2行：没有填写单位"),
        ("白水镇,2023,行政执法案件总数,,相加,王敏", "第2行：没有填写更正为"),
    ],
)
def test_a_faulty_row_is_told(tmp_path: Path, line: str, told: str) -> None:
    found = read_corrections(listed(tmp_path, line), load_catalogue().infos(), TODAY)
    assert not found.entries
    assert len(found.faults) == 1
    assert told in found.faults[0]


def test_a_table_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = listed(tmp_path, "白水镇,1", head="单位,备注")
    with pytest.raises(UsageError, match=re.escape("找不到“指标”和“更正为”两列，看到的表头：单位、备注")):
        read_corrections(path, load_catalogue().infos(), TODAY)
