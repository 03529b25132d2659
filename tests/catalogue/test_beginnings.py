from __future__ import annotations

import pytest

from nianbao.catalogue.beginnings import beginnings

CASES = [
    ("下一步", "下"),
    ("(?:主要|工作)?问题", "主工问"),
    ("[其它]他|补(?:齐|足)", "其它补"),
    ("(?<![论阐])述(?:职述)?法(?!律)", "述"),
    ("^(?:镇情|乡情)概况$", "镇乡"),
    ("需要?改进", "需"),
    ("(?:(?:甲|乙)*丙|丁{0,2}己)戊", "甲乙丙丁己"),
]
UNCLEAR = [r"\d年", "(?:甲|)", ".{2}报告", "[^，]报告", "[一-龥]报告"]


@pytest.mark.parametrize(("fragment", "characters"), CASES)
def test_tells_every_character_that_can_lead(fragment: str, characters: str) -> None:
    assert beginnings(fragment) == frozenset(characters)


@pytest.mark.parametrize("fragment", UNCLEAR)
def test_tells_nothing_where_it_is_unclear(fragment: str) -> None:
    assert beginnings(fragment) is None
