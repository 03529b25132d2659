"""Which profile reads a report: asked for, by code, by host, by wording; and what a faulty one costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nianbao import (
    Attribute,
    Fact,
    FactName,
    Field,
    Filing,
    RegionBy,
    RegionProfile,
    RegionUse,
    Report,
    Status,
    Yearbook,
    steps,
)
from nianbao.catalogue import load_catalogue
from nianbao.explaining import explain
from nianbao.manager import registry
from nianbao.model import RunRecord
from nianbao.records import Context
from nianbao.regions import choose
from nianbao.yearbook import make_yearbook

JIANGSU = RegionProfile("32", "江苏省", ("jiangsu.gov.cn",))
YANCHENG = RegionProfile("3209", "盐城市", ("yancheng.gov.cn",))
CHONGQING = RegionProfile("50", "重庆市", ("cq.gov.cn",))
PROFILES = (JIANGSU, YANCHENG, CHONGQING)
GOLDENS = Path(__file__).with_name("goldens")


def report(**known: str) -> Report:
    told = tuple(Attribute(Field(name), value, "例", "test") for name, value in known.items())
    return Report("例.txt", "0", Status.COMPLETE, told)


def context(*hosted: RegionProfile, asked: RegionProfile | None = None) -> Context:
    by = RegionBy.HOST if asked is None else RegionBy.REQUEST
    return replace(steps.make_context(), region=asked, region_by=by, hosted=hosted)


@pytest.mark.parametrize(
    ("known", "given", "expected"),
    [
        ({"division_code": "320902"}, context(), ("3209", RegionBy.CODE)),
        ({"division_code": "321181100"}, context(), ("32", RegionBy.CODE)),
        ({"division_code": "321181"}, context(CHONGQING), ("32", RegionBy.CODE)),
        ({"division_code": "330102"}, context(JIANGSU), None),
        ({"division_code": "320902"}, context(asked=CHONGQING), ("50", RegionBy.REQUEST)),
        ({"title": "甲镇报告"}, context(JIANGSU), ("32", RegionBy.HOST)),
        ({"title": "江苏某镇2023年报告"}, context(), ("32", RegionBy.WORDING)),
        ({"issuer": "重庆市某局"}, context(), ("50", RegionBy.WORDING)),
        ({"county": "丹阳市"}, context(), ("32", RegionBy.WORDING)),
        ({"city": "盐城市", "title": "江苏盐城某街道报告"}, context(), ("3209", RegionBy.WORDING)),
        ({"title": "江苏报告", "issuer": "重庆市某局"}, context(), None),
        ({"county": "鼓楼区"}, context(), None),
        ({"title": "甲镇报告"}, context(), None),
        ({}, context(), None),
    ],
)
def test_what_decides(known: dict[str, str], given: Context, expected: tuple[str, RegionBy] | None) -> None:
    use = choose(PROFILES, report(**known), given)
    assert use == (RegionUse(*expected) if expected else None)


def golden(name: str, **changes: object) -> tuple[Report, Context]:
    given = replace(steps.make_context(), **changes)
    found = registry()
    path = GOLDENS / f"{name}.txt"
    (told,) = steps.process(found, Filing("folder", str(path), path.name), given).reports
    return told, given


def test_a_profile_that_is_asked_for_overrides_what_the_report_says() -> None:
    chongqing = next(each for each in registry().regions if each.code == "50")
    told, _ = golden("jiangsu", region=chongqing)
    assert told.region == RegionUse("50", RegionBy.REQUEST)
    assert not [figure for figure in told.figures if figure.indicator.startswith("jiangsu.")]


@pytest.mark.parametrize("cards", ["甲: [", "nothing_like_it: {}"])
def test_cards_that_are_wrong_cost_that_plugin_alone(cards: str) -> None:
    path = GOLDENS / "jiangsu.txt"
    filing = Filing("folder", str(path), path.name)
    faulty = replace(registry(), regions=(RegionProfile("32", "甲", cards=(cards,)),))
    bare = replace(registry(), regions=())
    (told,) = steps.process(faulty, filing, steps.make_context()).reports
    (without,) = steps.process(bare, filing, steps.make_context()).reports
    (failure,) = told.failures
    assert (failure.plugin, failure.stage) == ("region-jiangsu", "region")
    assert failure.error.startswith("甲卡片1")
    assert told.status is Status.PARTIAL
    assert (told.region, told.figures, told.findings) == (None, without.figures, without.findings)


def test_what_a_report_says_of_its_place_is_no_statement_about_hosts() -> None:
    text = (GOLDENS / "jiangsu.txt").read_text("utf-8")
    page = "".join(f"<p>{line}</p>" for line in text.splitlines()).encode()
    facts = (Fact(FactName.HOST, "mirror.example.com", "listing"),)
    filing = Filing("folder", "a.html", "a.html", facts=facts)
    download = steps.Download(filing, b"<html><meta charset='utf-8'><body>" + page, "0", facts=facts)
    (told,) = steps.process_download(registry(), download, steps.make_context()).reports
    assert told.region == RegionUse("32", RegionBy.CODE)
    assert not [finding for finding in told.findings if finding.rule == "authenticity.host"]


def yearbook(*names: str) -> Yearbook:
    entries = [steps.entry_of(golden(name)[0], None) for name in names]
    run = RunRecord("r", steps.datetime.now(steps.SHANGHAI), "0")
    return make_yearbook(registry(), steps.make_context(), 2023, entries, roster=None, run=run)


def test_a_yearbook_shows_the_indicators_of_the_regions_that_it_holds() -> None:
    national = list(load_catalogue().indicators)
    book = yearbook("jiangsu")
    names = [info.id for info in book.indicators]
    assert [name for name in names if "." not in name] == national
    assert {name.partition(".")[0] for name in names if "." in name} == {"jiangsu"}
    assert [(each.code, each.name) for each in book.regions] == [("32", "江苏省")]
    areas = [info.area for info in book.indicators]
    assert areas == sorted(areas, key=list(dict.fromkeys(areas)).index)


def test_a_regions_own_figure_is_explained() -> None:
    path = GOLDENS / "jiangsu.txt"
    document = steps.process(
        registry(), Filing("folder", str(path), path.name), steps.make_context()
    ).document
    assert document is not None
    wanted = frozenset({"jiangsu.sujiefen_cases"})
    (told,) = explain(registry(), document, steps.make_context(), wanted)
    assert [(each.value, each.taken) for each in told.candidates if each.taken] == [(156, True)]
