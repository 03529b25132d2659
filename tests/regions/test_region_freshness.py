"""An edit of a region's profile makes its own reports stale, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao import Failure, RegionProfile, SourceConfig, steps
from nianbao.fingerprints import Fingerprints, fingerprints
from nianbao.freshness import Due, Reading, due_of, reading_of
from nianbao.manager import Registry, registry
from nianbao.processed import Processed, Step

GOLDENS = Path(__file__).with_name("goldens")
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
FILES = {
    "江苏": GOLDENS / "jiangsu.txt",
    "重庆": GOLDENS / "chongqing.txt",
    "别处": SAMPLES / "沙柳坪乡2022年法治政府建设工作情况.txt",
}
CONTEXT = steps.make_context()


def prints_with(*edited: RegionProfile) -> Fingerprints:
    found = registry()
    codes = {each.code for each in edited}
    kept = (each for each in found.regions if each.code not in codes)
    regions = sorted((*kept, *edited), key=lambda each: each.code)
    return fingerprints(replace(found, regions=tuple(regions)), CONTEXT)


def profile(code: str) -> RegionProfile:
    return next(each for each in registry().regions if each.code == code)


def processed(found: Registry, path: Path) -> Processed:
    (filing,) = steps.list_filings(found, SourceConfig(str(path)))
    return steps.process(found, filing, CONTEXT)


def reading(done: Processed, quarantined: tuple[str, ...] = ()) -> Reading:
    due = Due(Step.READ, is_same=False, stamp="1", listed="一")
    return reading_of(done, due, prints_with(), "complete", "", quarantined=quarantined)


@pytest.fixture(scope="module")
def done() -> Mapping[str, Processed]:
    return {name: processed(registry(), path) for name, path in FILES.items()}


def stale(readings: Mapping[str, Reading], prints: Fingerprints) -> Mapping[str, Step]:
    return {
        name: step
        for name, each in readings.items()
        if (step := due_of(each, "1", "一", prints, CONTEXT.today).step) is not Step.NOTHING
    }


def test_an_edit_of_a_profile_makes_its_own_reports_stale(done: Mapping[str, Processed]) -> None:
    readings = {name: reading(each) for name, each in done.items()}
    assert stale(readings, prints_with()) == {}
    edited = prints_with(replace(profile("32"), version="2"))
    assert stale(readings, edited) == {"江苏": Step.EXTRACT}
    assert stale(readings, prints_with(replace(profile("50"), cards=()))) == {"重庆": Step.EXTRACT}
    assert stale(readings, prints_with(replace(profile("44"), version="2"))) == {}


def test_what_chooses_between_profiles_makes_all_stale(done: Mapping[str, Processed]) -> None:
    readings = {name: reading(each) for name, each in done.items()}
    for prints in (prints_with(RegionProfile("33", "浙江省")), prints_with(replace(profile("44"), hosts=()))):
        assert set(stale(readings, prints)) == set(FILES)


def test_where_a_plugin_failed_any_profile_counts(done: Mapping[str, Processed]) -> None:
    """It may be the one that would have read the report, and could not."""
    (report,) = done["别处"].reports
    failed = replace(report, failures=(Failure("某插件", "region", "出错"),))
    readings = {"别处": reading(replace(done["别处"], reports=(failed,)))}
    assert stale(readings, prints_with()) == {}
    assert stale(readings, prints_with(replace(profile("44"), version="2"))) == {"别处": Step.EXTRACT}


def test_what_was_quarantined_stands_behind(done: Mapping[str, Processed]) -> None:
    told = reading(done["江苏"], quarantined=("乙", "甲"))
    assert told.went_without == ("乙", "甲")
    assert told.is_extracted_by(prints_with())
    assert not told.is_extracted_by(prints_with(replace(profile("32"), version="2")))
    assert reading(done["江苏"]).went_without == ()
