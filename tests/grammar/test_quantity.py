"""The quantity grammar over a table of wordings, and over numbers printed in every way."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nianbao.catalogue import load_catalogue
from nianbao.grammar.quantity import Other, Quantity
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
    assert len(ROWS) >= 150
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
