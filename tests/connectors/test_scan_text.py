from __future__ import annotations

import pytest

from connectors.readers.engine import Glyph
from connectors.readers.scantext import Reading, mend, reading_of


def mended(text: str) -> str:
    return mend(Reading(text, [False] * len(text))).text


def doubtful(reading: Reading) -> list[str]:
    return [reading.text[start:end] for start, end in reading.spans()]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("县政府:现将有关情况报告如下:", "县政府：现将有关情况报告如下："),
        ("全年办理案件12件,罚款3.5万元;无复议", "全年办理案件12件，罚款3.5万元；无复议"),
        ("罚款1,234元,8:30起", "罚款1,234元，8:30起"),
        ("化解率98.6%,其中", "化解率98.6%，其中"),
        ("(四)规范执法", "（四）规范执法"),
        ("(四）规范执法", "（四）规范执法"),
        ("（2021-2025年)的要求", "（2021-2025年）的要求"),
        ("见附件(1)", "见附件（1）"),
        ("-、主要举措", "一、主要举措"),
        ("—、主要举措", "一、主要举措"),
        ("=、存在的不足", "二、存在的不足"),
        ("（-）加强学习", "（一）加强学习"),
        ("十-、其他", "十一、其他"),
        ("l.开展培训", "1.开展培训"),
        ("二○二四年一月", "二〇二四年一月"),
        ("二O二四年一月", "二〇二四年一月"),
        ("截至 2023 年底共 12 件", "截至2023年底共12件"),
        ("Word Press 系统", "Word Press系统"),
        ("12 34", "12 34"),
        ("-2一", "—2—"),
        ("一 12 —", "—12—"),
        ("第一批12件", "第一批12件"),
        ("办结率100％，共１２件", "办结率100%，共12件"),
        ('落实"谁执法谁普法"责任制', "落实“谁执法谁普法”责任制"),
        ("完成任务.", "完成任务。"),
        ("A4纸、12345热线、1+1+N", "A4纸、12345热线、1+1+N"),
        ("一是学法。一村一法律顾问", "一是学法。一村一法律顾问"),
        ("-12件", "-12件"),
    ],
)
def test_what_was_meant(read: str, meant: str) -> None:
    assert mended(read) == meant


def test_letters_among_digits_become_digits_and_are_doubtful() -> None:
    reading = mend(Reading("案件2O3件，合同1l份", [False] * 13))
    assert reading.text == "案件203件，合同11份"
    assert doubtful(reading) == ["0", "1"]


@pytest.mark.parametrize("text", ["占比65·13%", "占比65,13%", "占比65，13%", "罚款65,1万元"])
def test_what_stands_for_a_point_becomes_one_and_is_doubtful(text: str) -> None:
    reading = mend(Reading(text, [False] * len(text)))
    assert reading.text == text[:4] + "." + text[5:]
    assert doubtful(reading) == ["."]


def test_a_letter_before_digits_stays_and_all_is_doubtful() -> None:
    reading = mend(Reading("占比S7.1%件", [False] * 8))
    assert reading.text == "占比S7.1%件"
    assert doubtful(reading) == ["S7.1%"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占比6513%", ["6513%"]),
        ("增长786%", ["786%"]),
        ("办理02家", ["02"]),
        ("合格率100%，98.6%，1.05倍", []),
    ],
)
def test_unlikely_figures_are_doubtful(text: str, expected: list[str]) -> None:
    assert doubtful(mend(Reading(text, [False] * len(text)))) == expected


def test_doubts_move_with_the_text() -> None:
    text = "共 12 件,其中 3 件"
    flags = [character == "3" for character in text]
    reading = mend(Reading(text, flags))
    assert reading.text == "共12件，其中3件"
    assert doubtful(reading) == ["3"]


def glyphs(text: str, **unsure: float) -> list[Glyph]:
    return [Glyph(each, unsure.get(f"at{index}", 0.99), 0, 1) for index, each in enumerate(text)]


def test_a_figure_is_doubtful_sooner_than_a_word() -> None:
    assert doubtful(reading_of(glyphs("案件12件", at0=0.7, at3=0.7))) == ["2"]


def test_a_figure_beside_an_unsure_character_is_doubtful() -> None:
    assert doubtful(reading_of(glyphs("收到7日封", at3=0.6))) == ["7"]


def test_a_figure_that_may_stand_between_two_others() -> None:
    read = [*glyphs("98"), Glyph("6", 0.99, 0, 1, missed=0.2), *glyphs("%")]
    assert doubtful(reading_of(read)) == ["6"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [("案件12件", []), ("案件 12 件,", []), ("案件72件", ["1"]), ("案件112件", ["12"]), ("案仵12件", [])],
)
def test_a_second_look_at_figures(second: str, expected: list[str]) -> None:
    assert doubtful(reading_of(glyphs("案件12件"), [second])) == expected
