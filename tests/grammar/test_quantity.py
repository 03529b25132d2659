"""The quantity grammar over a table of wordings, and over numbers printed in every way."""

from __future__ import annotations

import csv
import itertools
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import FULL_WIDTH, colloquial, in_han, scaled

from nianbao.catalogue import load_catalogue
from nianbao.grammar.reading import Reading, read_text
from nianbao.model import Qualifier

TABLE = Path(__file__).with_name("quantities.csv")


def rows() -> list[dict[str, str]]:
    """Every row of the table; of a row without quantity, `unit` names the reasons of its other numerals."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


ROWS = rows()


def read(text: str) -> Reading:
    return read_text(text, load_catalogue().units)


def number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def test_the_table_is_wide() -> None:
    assert len(ROWS) >= 400
    assert len({row["text"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", [row for row in ROWS if row["value"] != "-"], ids=lambda row: row["text"])
def test_a_wording_tells_its_quantity(row: dict[str, str]) -> None:
    found = [
        {
            "value": number(quantity.value),
            "unit": quantity.unit,
            "qualifier": quantity.qualifier.value,
            "low": number(quantity.low),
            "high": number(quantity.high),
        }
        for quantity in read(row["text"]).quantities
    ]
    assert found == [{key: row[key] for key in ("value", "unit", "qualifier", "low", "high")}]


@pytest.mark.parametrize("row", [row for row in ROWS if row["value"] == "-"], ids=lambda row: row["text"])
def test_a_trap_tells_none(row: dict[str, str]) -> None:
    reading = read(row["text"])
    assert [quantity.unit for quantity in reading.quantities] == []
    assert " ".join(other.reason for other in reading.others) == row["unit"]


# What stands around a number: hedge before, hedge inside, unit, hedge after, the qualifier that they tell.
HEDGES = [
    ("", "", "", Qualifier.EXACT),
    ("约", "", "", Qualifier.ABOUT),
    ("近", "", "", Qualifier.ABOUT),
    ("超过", "", "", Qualifier.AT_LEAST),
    ("不少于", "", "", Qualifier.AT_LEAST),
    ("不足", "", "", Qualifier.BELOW),
    ("", "余", "", Qualifier.AT_LEAST),
    ("", "多", "", Qualifier.AT_LEAST),
    ("", "", "以上", Qualifier.AT_LEAST),
    ("", "", "左右", Qualifier.ABOUT),
    ("", "", "以内", Qualifier.BELOW),
]
UNITS = ["件", "起", "人次", "份", "场次", "名", "家", "元"]
BLANKS = st.sampled_from(["", "", "", " ", "\u3000", "\u00a0", "\u200b", "  "])


@st.composite
def printed_numbers(draw: st.DrawFn) -> tuple[str, int]:
    """A number above 10 and the way in which it is printed."""
    number = draw(st.integers(11, 99_999_999) | st.integers(11, 3000))
    ways = [str(number), f"{number:,}", in_han(number), colloquial(in_han(number))]
    if number % 1000 == 0:
        ways += [scaled(number, 10_000, "万"), f"{number // 1000}千"]
    if number >= 10_000 and number % 10_000 >= 1000 and number % 1000 == 0:
        ways.append(f"{number // 10_000}万{number % 10_000 // 1000}千")
    return draw(st.sampled_from(ways)), number


@given(printed_numbers(), st.sampled_from(HEDGES), st.sampled_from(UNITS), st.booleans(), st.data())
def test_a_printed_quantity_is_read_back_where_it_stands(
    printed: tuple[str, int],
    hedges: tuple[str, str, str, Qualifier],
    unit: str,
    wide: bool,
    data: st.DataObject,
) -> None:
    (numeral, value), (before, inside, after, qualifier) = printed, hedges
    pieces = [before, numeral, inside, unit, after]
    whole = ""
    for piece in filter(None, pieces):
        whole += (data.draw(BLANKS) if whole else "") + piece
    whole = whole.translate(FULL_WIDTH) if wide else whole
    prefix = "本年共办理各类事项" + data.draw(BLANKS)
    text = f"{prefix}{whole}{data.draw(BLANKS)}，群众满意。"
    reading = read(text)
    [quantity] = reading.quantities
    start, end, quote = reading.quote(quantity.start, quantity.end)
    assert (quantity.value, quantity.unit, quantity.qualifier) == (value, unit, qualifier)
    assert quote == whole == reading.text[start:end]
    assert quantity.low is None or quantity.low <= value
    assert quantity.high is None or quantity.high >= value
    assert reading.others == ()


@given(st.decimals(0, 100, places=2), st.booleans(), BLANKS)
def test_a_rate_is_read_back(rate: Decimal, wide: bool, blank: str) -> None:
    printed = f"{rate:f}{blank}%"
    printed = printed.translate(FULL_WIDTH) if wide else printed
    reading = read(f"合格率{printed}。")
    [quantity] = reading.quantities
    assert (quantity.value, quantity.unit) == (rate, "%")
    assert reading.quote(quantity.start, quantity.end)[2] == printed


ALPHABET = "一二十百千万亿零〇两第0123456789,.%％０９ \n\t年月日号件起余多近约上（）()《》“”+-—、，。AN元"


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_any_text_is_read_without_error(text: str) -> None:
    reading = read(text)
    spans = sorted((numeral.start, numeral.end) for numeral in (*reading.quantities, *reading.others))
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))


HOSTILE = ["一" * 50_000, "1" * 50_000 + "件", "A" * 50_000, "《" * 50_000, "“1" * 20_000, "第" * 50_000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:2])
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    started = time.process_time()
    assert read(text).quantities == ()
    assert time.process_time() - started < 2
