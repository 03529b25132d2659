"""The JSON object of a report: keys, order, numbers."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from nianbao.interface import number, report_to_json
from nianbao.model import (
    Attribute,
    Failure,
    Field,
    Figure,
    FigureStatus,
    Finding,
    Numeral,
    NumeralReason,
    Observation,
    Qualifier,
    Quote,
    Report,
    Role,
    Section,
    SectionKind,
    Severity,
    Status,
)

TEXT = "一、工作成效\n2023年调解纠纷320余件，成功率98.5%。"
KEYS = [
    "file",
    "sha256",
    "status",
    "title",
    "year",
    "issuer",
    "issuer_level",
    "province",
    "city",
    "county",
    "town",
    "division_code",
    "published",
    "inferred_fields",
    "sections",
    "items",
    "observations",
    "figures",
    "numerals",
    "findings",
    "failures",
]


def observation() -> Observation:
    start = TEXT.index("调解纠纷")
    figure = TEXT.index("320")
    return Observation(
        indicator="disputes_mediated",
        value=Decimal(320),
        unit="件",
        qualifier=Qualifier.AT_LEAST,
        role=Role.TOTAL,
        start=start,
        end=start + 9,
        quote=TEXT[start : start + 9],
        low=Decimal(320),
        high=None,
        figure_start=figure,
        figure_end=figure + 5,
        confidence=Decimal("0.9"),
        extractor="indicators",
    )


def report() -> Report:
    year = TEXT.index("2023")
    rate = TEXT.index("98.5")
    return Report(
        file="报告/甲镇.docx",
        sha256="ab" * 32,
        status=Status.PARTIAL,
        attributes=(
            Attribute(Field.YEAR, "2023", "标题", "identity", year, year + 4),
            Attribute(Field.PROVINCE, "某省", "由区划表补出", "identity", inferred=True),
            Attribute(Field.TOWN, "甲镇", "标题", "identity"),
            Attribute(Field.DIVISION_CODE, "330000001", "由区划表补出", "identity", inferred=True),
        ),
        sections=(
            Section("一、工作成效", SectionKind.ACHIEVEMENTS, 0, len(TEXT), 1, "outline", 1, "一、"),
            Section("工作", SectionKind.OTHER, 2, 6, 2, "outline"),
        ),
        observations=(observation(),),
        numerals=(
            Numeral(year, year + 4, "2023", NumeralReason.DATE),
            Numeral(TEXT.index("320"), TEXT.index("320") + 3, "320", NumeralReason.UNCLAIMED),
            Numeral(rate, rate + 5, "98.5%", NumeralReason.UNCLAIMED),
        ),
        figures=(
            Figure("disputes_mediated", Decimal(320), FigureStatus.STATED, derived=False, sources=(0,)),
            Figure("penalty_cases", None, FigureStatus.FAILED, derived=False, sources=()),
        ),
        findings=(
            Finding(
                "late", "timeliness.late", Severity.WARNING, "晚于 4 月 1 日公开。", (Quote(0, 2, "一、"),)
            ),
        ),
        failures=(Failure("themes", "extract", "ValueError: 坏了"),),
    )


def test_a_report() -> None:
    row = report_to_json(report())
    assert list(row) == KEYS
    assert {key: row[key] for key in KEYS[:14]} == {
        "file": "报告/甲镇.docx",
        "sha256": "ab" * 32,
        "status": "partial",
        "title": None,
        "year": 2023,
        "issuer": None,
        "issuer_level": None,
        "province": "某省",
        "city": None,
        "county": None,
        "town": "甲镇",
        "division_code": "330000001",
        "published": None,
        "inferred_fields": ["province"],
    }
    assert row["sections"] == [
        {"heading": "一、工作成效", "kind": "achievements", "start": 0, "end": len(TEXT)}
    ]
    assert row["observations"] == [
        {
            "indicator": "disputes_mediated",
            "value": 320,
            "unit": "件",
            "qualifier": "at_least",
            "role": "total",
            "quote": "调解纠纷320余件",
            "start": 12,
            "end": 21,
            "low": 320,
            "high": None,
            "confidence": 0.9,
            "extractor": "indicators",
        }
    ]
    assert row["figures"] == [
        {"indicator": "disputes_mediated", "value": 320, "status": "stated", "derived": False, "from": [0]},
        {"indicator": "penalty_cases", "value": None, "status": "failed", "derived": False, "from": []},
    ]
    assert row["findings"] == [
        {
            "kind": "late",
            "rule": "timeliness.late",
            "severity": "warning",
            "message": "晚于 4 月 1 日公开。",
            "quotes": ["一、"],
            "suggestion": "",
        }
    ]
    assert row["failures"] == [{"plugin": "themes", "stage": "extract", "error": "ValueError: 坏了"}]


def test_numerals_leave_out_what_is_an_observation() -> None:
    assert [(n["quote"], n["reason"]) for n in report_to_json(report())["numerals"]] == [
        ("2023", "date"),
        ("98.5%", "unclaimed"),
    ]


def test_text_comes_last_and_only_where_wanted() -> None:
    row = report_to_json(report(), TEXT)
    assert list(row) == [*KEYS, "text"]
    for found in [*row["observations"], *row["numerals"]]:
        assert row["text"][found["start"] : found["end"]] == found["quote"]


def test_a_second_report_carries_its_part() -> None:
    row = report_to_json(Report("甲.zip!/乙.docx", "00", Status.COMPLETE, part=2))
    assert list(row)[:4] == ["file", "part", "sha256", "status"]
    assert row["part"] == 2


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            Report("甲.docx", "", Status.UNREADABLE, error="文件已损坏"),
            {"file": "甲.docx", "sha256": None, "status": "unreadable", "error": "文件已损坏"},
        ),
        (
            Report(
                "甲.docx",
                "00",
                Status.NOT_A_REPORT,
                (Attribute(Field.KIND, "plan", "标题是工作要点", "identity"),),
                reason="标题是工作要点",
            ),
            {
                "file": "甲.docx",
                "sha256": "00",
                "status": "not-a-report",
                "document_kind": "plan",
                "reason": "标题是工作要点",
            },
        ),
    ],
)
def test_a_file_without_a_report_tells_why(given: Report, expected: dict[str, object]) -> None:
    row = report_to_json(given)
    assert list(row) == [*expected, *KEYS[3:]]
    assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("320", "320"),
        ("3E+4", "30000"),
        ("92.80", "92.8"),
        ("0.1", "0.1"),
        ("427600.00", "427600"),
        ("-3", "-3"),
    ],
)
def test_numbers_print_as_they_are(value: str, printed: str) -> None:
    assert json.dumps(number(Decimal(value))) == printed
