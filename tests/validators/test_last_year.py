"""Reports against those of the year before, by the same issuers."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.model import (
    Attribute,
    Entry,
    Field,
    Figure,
    FigureStatus,
    Finding,
    Observation,
    Qualifier,
    Report,
    Role,
    RunRecord,
    Status,
    Yearbook,
)
from nianbao.records import Context
from plugins.validators.lastyear import check_last_year

CONTEXT = Context(load_catalogue(), divisions(), date(2024, 5, 6))
RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "0.1.0")
INFOS = {info.id: info for info in load_catalogue().infos()}
# An indicator, its value, and the figure as it is written.
Told = tuple[str, str, str]


def entry(year: int, told: Sequence[Told], text: str = "", town: str = "白水镇", **changes: str) -> Entry:
    """Make a report of a text in which each figure stands in the order of the table."""
    names = {"year": str(year), "issuer": f"青石县{town}人民政府", "issuer_level": "town", "county": "青石县"}
    attributes = tuple(Attribute(Field(name), value, "", "identity") for name, value in names.items())
    text = text or "".join(f"{year}版“{INFOS[name].name}”一共是{figure}。" for name, _, figure in told)
    figures, observations = [], []
    at = 0
    for place, (name, value, written) in enumerate(told):
        at = text.index(written, at)
        end = at + len(written)
        qualifier = Qualifier.AT_LEAST if "余" in written else Qualifier.EXACT
        number = Decimal(value)
        observations.append(
            Observation(
                name, number, written[-1], qualifier, Role.TOTAL, at, end, written,
                number, number, at, end, Decimal(1), "t",
            )
        )  # fmt: skip
        status = FigureStatus.STATED if number else FigureStatus.ZERO
        review = changes.get("review", "")
        figures.append(Figure(name, number, status, False, (place,), qualifier, number, number, review))
        at = end
    report = Report(
        f"{town}{year}.docx", f"{town}{year}", Status.COMPLETE, attributes, figures=tuple(figures),
        observations=tuple(observations),
    )  # fmt: skip
    return Entry(report, ("",) * len(observations), "text", text)


def found(now: Iterable[Entry], before: Iterable[Entry]) -> list[Finding]:
    book = Yearbook(2023, "汇总", tuple(now), tuple(INFOS.values()), (), None, RUN, earlier=tuple(before))
    return list(check_last_year(book, CONTEXT))


def rules(now: Iterable[Entry], before: Iterable[Entry]) -> list[str]:
    return [each.rule for each in found(now, before)]


@pytest.mark.parametrize(
    ("indicator", "before", "now", "rule"),
    [
        # Jumps and falls where no spread is known.
        ("inspections", "55", "1230", "last-year.jump"),
        ("inspections", "1230", "55", "last-year.jump"),
        ("disputes_screened", "180", "0", "last-year.jump"),
        ("inspections", "120", "610", None),
        ("publicity_materials", "3000", "20000", None),
        # Few are never a jump, nor what is only a little more than none.
        ("penalty_cases", "1", "24", None),
        ("penalty_cases", "29", "0", None),
        ("litigation_cases", "0", "3", None),
        # Slips of unit and digit.
        ("penalty_amount", "31800", "3.2", "last-year.unit"),
        ("penalty_amount", "3.5", "42000", "last-year.unit"),
        ("penalty_amount", "3800", "52000", None),
        ("disputes_screened", "163", "1630", "last-year.digits"),
        ("services_handled", "12600", "126", "last-year.digits"),
        ("services_handled", "100", "700", None),
        ("services_handled", "100", "1000", "last-year.jump"),
        ("disputes_screened", "163", "163", None),
        # Rates change by points; a decimal point in the wrong place is a slip.
        ("dispute_resolution_rate", "98.5", "9.85", "last-year.digits"),
        ("dispute_resolution_rate", "98.5", "60", None),
        ("appearance_rate", "100", "0", None),
    ],
)
def test_one_figure_of_two_years(indicator: str, before: str, now: str, rule: str | None) -> None:
    unit = INFOS[indicator].unit
    told = [entry(2022, [(indicator, before, f"{before}{unit}")])]
    assert rules([entry(2023, [(indicator, now, f"{now}{unit}")])], told) == ([rule] if rule else [])


def test_a_finding_tells_both_figures_and_their_sentences() -> None:
    before = entry(2022, [("inspections", "55", "55次")])
    (told,) = found([entry(2023, [("inspections", "1230", "1230次")])], [before])
    assert told.message == "“行政检查次数”由2022年度报告的55次增至今年的1230次，是上年的 22.4 倍。"
    assert told.quotes[0].quote == "1230次"
    assert told.basis == "2022年度报告（白水镇2022.docx）原句：“55次”"
    assert told.subject is not None
    assert (told.subject.name, told.subject.file) == ("青石县白水镇人民政府", "白水镇2023.docx")


def test_no_report_of_the_year_before_or_another_issuers_tells_nothing() -> None:
    now = [entry(2023, [("inspections", "1230", "1230次")])]
    before = [("inspections", "55", "55次")]
    assert rules(now, []) == []
    assert rules(now, [entry(2022, before, town="清水镇")]) == []


def test_doubtful_figures_are_not_compared() -> None:
    now = [entry(2023, [("inspections", "1230", "1230次")])]
    assert rules(now, [entry(2022, [("inspections", "55", "55次")], review="图片文字")]) == []


TOWNS = [f"{name}{end}镇" for name in "金银铜铁锡铅锌" for end in "山水"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        # Where all have six times as many, six times is what the year was like.
        (Decimal(6), []),
        # Where nobody's changes by more than a tenth, six times as many stands out, tenfold or not.
        (Decimal("1.1"), ["last-year.jump"]),
    ],
)
def test_a_jump_is_what_the_indicators_own_spread_makes_unlikely(
    change: Decimal, expected: list[str]
) -> None:
    before = [
        entry(2022, [("inspections", str(100 + n), f"{100 + n}次")], town=town)
        for n, town in enumerate(TOWNS)
    ]
    now = []
    for number, town in enumerate(TOWNS):
        value = int((100 + number) * (Decimal("8.3") if not number else change))
        now.append(entry(2023, [("inspections", str(value), f"{value}次")], town=town))
    assert rules(now, before) == expected


SAME = [
    ("disputes_screened", "163", "163件"),
    ("services_handled", "11240", "11240件"),
    ("legality_reviews", "28", "28件"),
]
OTHER = [("inspections", "486", "486次"), ("info_disclosed", "184", "184条")]
OTHER_BEFORE = [("inspections", "402", "402次"), ("info_disclosed", "203", "203条")]


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ([*SAME, *OTHER], [*SAME, *OTHER_BEFORE], ["last-year.figures"]),
        # Two that agree are chance, and so are round figures, and figures of what there is.
        ([*SAME[:2], *OTHER], [*SAME[:2], *OTHER_BEFORE], []),
        (
            [(name, "500", "500件") for name, _, _ in SAME],
            [(name, "500", "500件") for name, _, _ in SAME],
            [],
        ),
        (
            [
                ("mediators", "46", "46人"),
                ("power_items", "318", "318项"),
                ("service_items", "1250", "1250项"),
            ],
            [
                ("mediators", "46", "46人"),
                ("power_items", "318", "318项"),
                ("service_items", "1250", "1250项"),
            ],
            [],
        ),
    ],
)
def test_figures_carried_over(now: list[Told], before: list[Told], expected: list[str]) -> None:
    texts = [
        "".join(f"{n}为{w}，" for n, _, w in told) + end
        for told, end in ((now, "今年。"), (before, "去年。"))
    ]
    assert rules([entry(2023, now, texts[0])], [entry(2022, before, texts[1])]) == expected


SENTENCE = "{}年，全镇共排查矛盾纠纷163件，调解成功157件。"
DISPUTES = [("disputes_screened", "163", "163件"), ("disputes_resolved", "157", "157件")]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (SENTENCE.format(2023), ["last-year.sentences"]),
        # The same figures in other words, an older year told as such, a sum over the years.
        (f"今年以来，{SENTENCE.format(2023)}"[0:4] + "本镇一共排查纠纷163件，成功调解157件。", []),
        (SENTENCE.format(2022), []),
        (SENTENCE.format(2023).replace("共", "累计"), []),
    ],
)
def test_sentences_used_again(now: str, expected: list[str]) -> None:
    assert rules([entry(2023, DISPUTES, now)], [entry(2022, DISPUTES, SENTENCE.format(2022))]) == expected


@pytest.mark.parametrize(
    ("tail", "rule"),
    [
        ("，较上年的120件有所下降", "last-year.restated"),
        ("，上年为132件", None),
        ("（2022年120件）", "last-year.restated"),
        ("，较2021年的120件下降", None),
        ("，同比增长20%", "last-year.restated"),
        ("，同比下降14.4%", None),
        ("，比上年减少19件", None),
        ("，比上年减少29件", "last-year.restated"),
        ("，其中重大案件20件", None),
        ("，培训人员120人", None),
    ],
)
def test_what_is_said_of_last_year_against_what_it_said(tail: str, rule: str | None) -> None:
    now = entry(2023, [("disputes_screened", "113", "113件")], f"全年排查矛盾纠纷113件{tail}。")
    before = entry(2022, [("disputes_screened", "132", "132件")])
    assert rules([now], [before]) == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("now", "tail", "before", "rule"),
    [
        # 4.35 over 3.18 is 36.8 % more, whatever was rounded; 25 % more is another 3.48.
        (("43500", "4.35万元"), "，同比增长36.5%", ("31800", "3.18万元"), None),
        (("43500", "4.35万元"), "，同比增长25%", ("31800", "3.18万元"), "last-year.restated"),
    ],
)
def test_rounded_amounts_are_given_their_due(
    now: tuple[str, str], tail: str, before: tuple[str, str], rule: str | None
) -> None:
    this = entry(2023, [("penalty_amount", *now)], f"全年罚没款{now[1]}{tail}。")
    last = entry(2022, [("penalty_amount", *before)])
    assert rules([this], [last]) == ([rule] if rule else [])


def test_a_change_that_the_report_tells_and_that_holds_is_no_jump() -> None:
    now = entry(2023, [("inspections", "1230", "1230次")], "全年行政检查1230次，比上年增加1175次。")
    before = [entry(2022, [("inspections", "55", "55次")])]
    assert rules([now], before) == []
    unsaid = entry(2023, [("inspections", "1230", "1230次")])
    assert rules([unsaid], before) == ["last-year.jump"]


def test_a_thousand_reports_take_seconds() -> None:
    told = [
        (name, str(100 + place), f"{100 + place}{INFOS[name].unit}")
        for place, name in enumerate(list(INFOS)[:40])
    ]
    now = [entry(2023, told, town=f"第{n}镇") for n in range(1000)]
    before = [entry(2022, told, town=f"第{n}镇") for n in range(1000)]
    started = time.process_time()
    found(now, before)
    assert time.process_time() - started < 15
