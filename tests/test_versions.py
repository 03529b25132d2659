"""Which of several reports of one issuer counts, and the reason that is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from nianbao.model import Attribute, Entry, Field, Figure, FigureStatus, Report, SetAside, Status
from nianbao.versions import set_aside

LONG = "一年来，全镇办理行政执法案件若干，调解矛盾纠纷若干。" * 20


def entry(
    file: str,
    text: str = LONG,
    published: str = "",
    figures: int = 0,
    *,
    town: str = "白水镇",
    status: Status = Status.COMPLETE,
) -> Entry:
    told = {
        "issuer": f"青石县{town}人民政府",
        "issuer_level": "town",
        "county": "青石县",
        "town": town,
        "year": "2023",
        "published": published,
    }
    attributes = tuple(Attribute(Field(name), value, "", "identity") for name, value in told.items() if value)
    stated = tuple(
        Figure(name, Decimal(1), FigureStatus.STATED, False, (0,)) for name in ("a", "b", "c")[:figures]
    )
    return Entry(Report(file, file, status, attributes, figures=stated), (), "text", text)


@pytest.mark.parametrize(
    ("kept", "other", "reason"),
    [
        (entry("b.txt", published="2024-03-01"), entry("a.txt"), "与采用的一份内容相同"),
        (entry("a.txt"), entry("b.txt"), "与采用的一份内容相同"),
        (
            entry("b.txt", LONG + "补充", "2024-03-01"),
            entry("a.txt", LONG, "2024-01-15"),
            "采用的一份公布较晚（2024-03-01，这份为2024-01-15）",
        ),
        (entry("a（定稿）.txt", LONG + "补充"), entry("b（征求意见稿）.txt"), "从名称看，采用的一份是定稿"),
        (
            entry("b.txt", LONG + "补充", "", 3),
            entry("a.txt", LONG, "", 1),
            "采用的一份数字较多（3项，这份1项）",
        ),
        (
            entry("b.txt", LONG, "2024-01-15"),
            entry("a.txt", LONG[:200], "2024-03-01"),
            "采用的一份内容完整，这份只是摘要",
        ),
        (entry("b.txt", LONG + "补充"), entry("a.txt", status=Status.PARTIAL), "采用的一份读得完整"),
        (
            entry("a.txt", LONG + "补充"),
            entry("b.txt"),
            "内容不同而分不出先后，按文件名取前一份，请核实以哪份为准",
        ),
    ],
    ids=["dated", "same", "later", "final", "fuller", "summary", "partial", "undecided"],
)
def test_one_report_counts(kept: Entry, other: Entry, reason: str) -> None:
    expected = (SetAside(other.report.file, 1, kept.report.file, 1, reason),)
    assert set_aside([kept, other]) == expected
    assert set_aside([other, kept]) == expected


def test_of_three_two_are_set_aside_in_favour_of_one() -> None:
    found = set_aside(
        [
            entry("a.txt", LONG + "一", "2024-01-01"),
            entry("b.txt", LONG + "二", "2024-02-01"),
            entry("c.txt", LONG + "三", "2024-03-01"),
        ]
    )
    assert {each.file: each.chosen_file for each in found} == {"a.txt": "c.txt", "b.txt": "c.txt"}


def test_other_issuers_and_unreadable_files_are_left_alone() -> None:
    lost = entry("丁.txt", status=Status.UNREADABLE)
    no_report = entry("戊.txt", status=Status.NOT_A_REPORT)
    assert set_aside([entry("a.txt"), entry("b.txt", town="黑水镇"), lost, no_report]) == ()


def test_widths_and_blanks_make_no_other_text() -> None:
    spaced = replace(entry("b.txt"), text=LONG.replace("，", "， "))
    (found,) = set_aside([entry("a.txt"), spaced])
    assert found.reason == "与采用的一份内容相同"


BODY = "2023年，全镇调解矛盾纠纷672件，办理行政执法案件35件，开展普法宣传41场次。" + LONG


@pytest.mark.parametrize(
    ("attachment", "reason"),
    [
        (f"白水镇2023年报告\n{BODY}\n2024年1月5日", "与采用的一份一致（采用的是网页正文）"),
        (
            BODY.replace("672", "702"),
            "正文与附件不一致：正文为672件，附件为702件（采用的是网页正文）",
        ),
        (
            BODY.replace("35件", "若干件").replace("41场", "14场"),
            "正文与附件不一致：只有正文有35件；正文为41场次，附件为14场次；文字约有96%相同（采用的是网页正文）",
        ),
    ],
    ids=["same", "figure", "figures"],
)
def test_a_page_counts_rather_than_its_attachment_and_how_they_differ_is_told(
    attachment: str, reason: str
) -> None:
    page, file = (
        entry("门户/报告", BODY, figures=1),
        entry("门户/报告（附件）报告.docx", attachment, figures=3),
    )
    expected = (SetAside(file.report.file, 1, page.report.file, 1, reason),)
    assert set_aside([page, file]) == expected
    assert set_aside([file, page]) == expected


def test_an_attachment_counts_where_its_page_is_cut_off() -> None:
    page, file = entry("门户/报告", BODY[:200]), entry("门户/报告（附件）报告.docx", BODY)
    (found,) = set_aside([page, file])
    assert (found.file, found.chosen_file) == (page.report.file, file.report.file)
    assert found.reason.startswith("正文与附件不一致：文字约有")
    assert found.reason.endswith("（采用的是附件，网页正文不全）")
