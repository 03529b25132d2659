"""The built-in regions: what they add is found in their reports and changes nothing in any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from nianbao import Attribute, Field, Observation, RegionBy, RegionUse, Report, SourceConfig, Status, steps
from nianbao.catalogue import load_catalogue
from nianbao.grammar.reading import read_text
from nianbao.manager import Registry, registry
from nianbao.model import Figure
from nianbao.regions import catalogue_of
from plugins.extractors.indicators.engine import engine_for

GOLDENS = Path(__file__).with_name("goldens")
FIGURES = yaml.safe_load((GOLDENS / "figures.yml").read_text("utf-8"))
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
CODES = {"chongqing": "50", "guangdong": "44", "guizhou": "52", "jiangsu": "32", "tianjin": "12"}
NAMES = {"12": "天津市", "32": "江苏省", "44": "广东省", "50": "重庆市", "52": "贵州省"}
KNOWN = Report(
    "例.txt",
    "0",
    Status.COMPLETE,
    (Attribute(Field.YEAR, "2023", "例", "test"), Attribute(Field.ISSUER_LEVEL, "town", "例", "test")),
)


def with_regions(*codes: str) -> Registry:
    found = registry()
    return replace(found, regions=tuple(each for each in found.regions if each.code in codes))


def read(found: Registry, *places: Path) -> Iterator[Report]:
    for place in places:
        for filing in steps.list_filings(found, SourceConfig(str(place))):
            yield from steps.process(found, filing, steps.make_context()).reports


def golden(found: Registry, name: str) -> Report:
    (report,) = read(found, GOLDENS / f"{name}.txt")
    assert report.status is Status.COMPLETE
    return report


def code_of(name: str) -> str:
    return CODES[name.partition("-")[0]]


def figures(report: Report) -> dict[str, Figure]:
    return {figure.indicator: figure for figure in report.figures}


def test_the_regions_are_installed() -> None:
    assert registry().failures == ()
    assert {each.code: each.name for each in registry().regions}.items() >= NAMES.items()


@pytest.mark.parametrize("name", FIGURES)
def test_a_golden_report_needs_its_plugin(name: str) -> None:
    without, found = golden(with_regions(), name), golden(with_regions(*CODES.values()), name)
    assert without.region is None
    assert found.region == RegionUse(code_of(name), RegionBy.CODE)
    before, after = figures(without), figures(found)
    added = {each: figure.value for each, figure in after.items() if each not in before}
    assert added == {each: Decimal(value) for each, value in FIGURES[name].items()}
    assert {each: after[each].value for each in before} == {each: before[each].value for each in before}
    assert found.findings == without.findings


@pytest.mark.parametrize("name", FIGURES)
def test_a_report_of_another_region_is_read_as_before(name: str) -> None:
    others = (code for code in CODES.values() if code != code_of(name))
    assert golden(with_regions(*others), name) == golden(with_regions(), name)


def test_all_samples_are_read_as_before() -> None:
    without, found = (list(read(with_regions(*codes), SAMPLES)) for codes in ((), CODES.values()))
    pairs = list(zip(without, found, strict=True))
    foreign = [(before, after) for before, after in pairs if after.region is None]
    assert len(foreign) >= 18
    assert all(before == after for before, after in foreign)
    own = [(before, after) for before, after in pairs if after.region is not None]
    assert {after.region.code for _, after in own if after.region} >= {"32", "44", "50"}
    for before, after in own:
        told = figures(after)
        assert [told[each] for each in figures(before)] == [
            replace(figure, sources=told[each].sources) for each, figure in figures(before).items()
        ]


@pytest.mark.parametrize("code", CODES.values())
def test_every_card_of_a_regions_catalogue_finds_its_examples(code: str) -> None:
    regions = registry().regions
    own = catalogue_of(load_catalogue(), regions, next(each for each in regions if each.code == code))
    engine = engine_for(own)
    missed = []
    # What has no cues an extractor of the region's finds: the conformance suite runs those examples.
    for card in (each for each in own.indicators.values() if each.cues):
        for example in (*card.examples, *card.counterexamples):
            told = engine.extract(read_text(example.text, own.units), KNOWN)
            values = {
                each.value for each in told if isinstance(each, Observation) and each.indicator == card.id
            }
            if values != {Decimal(value) for value in example.values}:
                missed.append((card.id, example.text))
    assert missed == []


@pytest.mark.parametrize("name", CODES)
def test_a_region_adds_what_the_nation_lacks(name: str) -> None:
    region = next(each for each in registry().regions if each.code == CODES[name])
    national, own = load_catalogue(), catalogue_of(load_catalogue(), (region,), region)
    new = [card for each, card in own.indicators.items() if each not in national.indicators]
    assert len(new) >= 3
    assert all(
        card.id.startswith(f"{name}.") and card.counterexamples and len(card.examples) >= 2 for card in new
    )
