"""Every card's examples and counter-examples, through the real engine; the cards against their source."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.catalogue import AREAS, Card, load_catalogue
from nianbao.catalogue.cards import Example
from nianbao.grammar.reading import read_text
from nianbao.model import Attribute, Field, Observation, Report, Status
from plugins.extractors.indicators.engine import engine_for

CATALOGUE = load_catalogue()
SPECIFICATION = Path(__file__).resolve().parents[2] / ".." / "shared" / "spec" / "indicators.csv"
REPORT = Report(
    "例.txt",
    "0",
    Status.COMPLETE,
    (
        Attribute(Field.YEAR, "2023", "例", "test"),
        Attribute(Field.ISSUER_LEVEL, "town", "例", "test"),
    ),
)


def found(card: Card, example: Example) -> set[Decimal]:
    """The values that the engine finds for a card's indicator in a sentence."""
    reading = read_text(example.text, CATALOGUE.units)
    return {
        statement.value
        for statement in engine_for(CATALOGUE).extract(reading, REPORT)
        if isinstance(statement, Observation) and statement.indicator == card.id
    }


@pytest.mark.parametrize("card", CATALOGUE.indicators.values(), ids=lambda card: card.id)
def test_a_card_finds_its_examples_and_leaves_its_counterexamples(card: Card) -> None:
    told = {example.text: found(card, example) for example in (*card.examples, *card.counterexamples)}
    expected = {
        example.text: {Decimal(value) for value in example.values}
        for example in (*card.examples, *card.counterexamples)
    }
    assert told == expected


@pytest.mark.parametrize("card", CATALOGUE.indicators.values(), ids=lambda card: card.id)
def test_a_card_is_told_in_full(card: Card) -> None:
    assert len(card.examples) >= 2
    assert all(example.values for example in card.examples)
    assert card.counterexamples
    assert card.definition
    assert card.name
    assert all(cue.head for cue in card.cues)


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_cards(area: str) -> None:
    assert [info.area_name for info in CATALOGUE.infos() if info.area == area].count(AREAS[area]) >= 1


def test_the_cards_are_the_specification_s() -> None:
    if not SPECIFICATION.exists():
        pytest.skip("the specification is not beside this checkout")
    with SPECIFICATION.open(encoding="utf-8", newline="") as stream:
        rows = {row["id"]: row for row in csv.DictReader(stream)}
    columns = ("name_zh", "area", "dimension", "unit")
    assert {
        card.id: (card.name, card.area, card.dimension, card.unit) for card in CATALOGUE.indicators.values()
    } == {identifier: tuple(row[column] for column in columns) for identifier, row in rows.items()}


def test_relations_name_other_cards() -> None:
    for card in CATALOGUE.indicators.values():
        assert card.id not in (*card.ratio_of, *card.at_most)
        assert bool(card.ratio_of) <= (card.dimension == "rate")


def test_the_fingerprint_is_stable_in_a_process() -> None:
    assert load_catalogue() is CATALOGUE
    assert len(CATALOGUE.fingerprint) == 16
