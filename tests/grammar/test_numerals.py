"""Numerals: a table of the ways to write them, and every whole number printed and read back."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from printed import colloquial, in_han, scaled

from nianbao.grammar.numerals import NumeralError, granule_of, value_of

WHOLE = st.integers(0, 10**12 - 1) | st.integers(0, 20_000)


@pytest.mark.parametrize(
    ("numeral", "value", "granule"),
    [
        ("0", "0", "1"),
        ("37", "37", "1"),
        ("320", "320", "10"),
        ("1,200", "1200", "100"),
        ("1，200", "1200", "100"),
        ("12.50", "12.5", "0.01"),
        ("1.2万", "12000", "1000"),
        ("3万", "30000", "10000"),
        ("20万", "200000", "100000"),
        ("2万5千", "25000", "1000"),
        ("2万5", "25000", "1"),
        ("2万零5", "20005", "1"),
        ("1万2000", "12000", "1000"),
        ("1亿3000万", "130000000", "10000000"),
        ("12000万", "120000000", "10000000"),
        ("3百50", "350", "10"),
        ("零", "0", "1"),
        ("两", "2", "1"),
        ("十", "10", "10"),
        ("百", "100", "100"),
        ("万", "10000", "10000"),
        ("百万", "1000000", "1000000"),
        ("十五", "15", "1"),
        ("三百二", "320", "1"),
        ("三百零二", "302", "1"),
        ("一百十五", "115", "1"),
        ("一百一十", "110", "10"),
        ("两千零五十", "2050", "10"),
        ("一万五", "15000", "1"),
        ("一万零五百", "10500", "100"),
        ("十二万三", "123000", "1"),
        ("一亿二", "120000000", "1"),
        ("一万亿", "1000000000000", "1000000000000"),
        ("二〇二三", "2023", "1"),
        ("一二〇", "120", "1"),
        ("伍佰万", "5000000", "1000000"),
        ("叁拾贰", "32", "1"),
    ],
)
def test_a_numeral_has_a_value_and_a_granule(numeral: str, value: str, granule: str) -> None:
    assert value_of(numeral) == Decimal(value)
    assert granule_of(numeral) == Decimal(granule)


@pytest.mark.parametrize(
    "numeral",
    [
        "",
        ".",
        ".5",
        "1.",
        "1.2.3",
        "²",
        "二三十",
        "千百",
        "三十二百",
        "二〇百",
        "一百零",
        "三万二万",
        "一百千",
        "百余",
        "件",
    ],
)
def test_what_is_no_numeral_is_refused(numeral: str) -> None:
    with pytest.raises(NumeralError):
        value_of(numeral)


@given(WHOLE)
@example(10)
@example(10_005)
@example(100_010_000)
@example(10_000_000_010)
def test_han_is_read_back(number: int) -> None:
    assert value_of(in_han(number)) == number
    assert value_of(colloquial(in_han(number))) == number


@given(WHOLE)
def test_our_printer_agrees_with_a_library(number: int) -> None:
    assert in_han(number) == cn2an.an2cn(number, "low")


@given(WHOLE)
def test_arabic_is_read_back(number: int) -> None:
    assert value_of(str(number)) == value_of(f"{number:,}") == number


@given(st.integers(0, 10**9), st.sampled_from([(10, ""), (1000, "千"), (10_000, "万"), (100_000_000, "亿")]))
def test_scaled_is_read_back(number: int, scale: tuple[int, str]) -> None:
    divisor, name = scale
    expected = Decimal(number) if name else Decimal(number) / divisor
    assert value_of(scaled(number, divisor, name)) == expected


@given(st.integers(1, 9999), st.integers(1, 9))
def test_scales_follow_one_another(ten_thousands: int, thousands: int) -> None:
    number = ten_thousands * 10_000 + thousands * 1000
    assert value_of(f"{ten_thousands}万{thousands}千") == number
    assert value_of(f"{ten_thousands}万{thousands}") == number
    assert value_of(f"{in_han(ten_thousands)}万{in_han(thousands)}") == number


@given(WHOLE.filter(bool))
def test_a_granule_divides_its_number(number: int) -> None:
    for numeral in (str(number), f"{number:,}", in_han(number), scaled(number, 10_000, "万")):
        assert value_of(numeral) % granule_of(numeral) == 0
