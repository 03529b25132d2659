"""The folded shadow of a text, and the way back to the canonical text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.grammar.reading import read_text
from nianbao.grammar.text import fold, shadow
from nianbao.grammar.units import Units

TEXTS = st.text(alphabet="镇村１２３123 　\u00a0\u200b\ufeff，,。％%（）(\n\tAb-—", max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２．５％", "12.5%"),
        ("（一）", "(一)"),
        ("〔2023〕5号", "[2023]5号"),
        ("2021—2025年", "2021-2025年"),
        ("二○二三年", "二〇二三年"),
        ("10，20", "10，20"),
        ("１，２３４", "1，234"),
        ("甲、乙。丙；", "甲、乙。丙;"),
        ("召开 10 次", "召开10次"),
        ("召　开\u00a010\u2003次", "召开10次"),
        ("召\u200b开\ufeff会\u00ad议", "召开会议"),
        ("王 五", "王五"),
        ("Word 2016 文档", "Word 2016文档"),
        ("12 345", "12 345"),
        ("甲\t乙\n丙", "甲\t乙\n丙"),
        (" 甲 ", "甲"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert shadow(text).text == folded


@given(TEXTS)
def test_every_character_of_the_shadow_leads_back(text: str) -> None:
    folded = shadow(text)
    assert len(folded.origins) == len(folded.text)
    assert list(folded.origins) == sorted(set(folded.origins))
    assert all(
        fold(text[origin]) == character for origin, character in zip(folded.origins, folded.text, strict=True)
    )


@given(TEXTS)
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert shadow(shadow(text).text).text == shadow(text).text


@given(TEXTS, st.data())
def test_spans_and_offsets_lead_there_and_back(text: str, data: st.DataObject) -> None:
    folded = shadow(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert shadow(text[first:last]).text.replace(" ", "") == folded.text[start:end].replace(" ", "")
    assert folded.locate(first) == start
    assert folded.locate(last - 1) == end - 1


def test_an_offset_in_a_blank_is_located_behind_it() -> None:
    folded = shadow("召 开10次")
    assert [folded.locate(offset) for offset in range(8)] == [0, 1, 1, 2, 3, 4, 5, 5]


def test_sentences_end_at_stops_and_lines() -> None:
    reading = read_text("一、成效\n开会。好！\n还有", Units({}))
    spans = [reading.sentence(offset) for offset in range(len(reading.text))]
    assert [reading.shadow.text[start:end] for start, end in dict.fromkeys(spans)] == [
        "一、成效\n",
        "开会。",
        "好!\n",
        "还有",
    ]
