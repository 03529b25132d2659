"""Fingerprints change with what they are of, and with nothing else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nianbao import Reader, RegionProfile, fingerprints, ourfiles
from nianbao.fingerprints import Fingerprints
from nianbao.limits import Limits, limits
from nianbao.manager import PluginInfo, Registry, registry
from nianbao.ourfiles import our_files
from nianbao.records import Context
from nianbao.steps import make_context

KINDS = ("reading", "extraction", "validation", "yearbook")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    yield
    for cached in (our_files, fingerprints._content, ourfiles._imported):
        cached.cache_clear()


def changed(before: Fingerprints, after: Fingerprints) -> list[str]:
    return [kind for kind in KINDS if getattr(before, kind) != getattr(after, kind)]


def of_all(prints: Fingerprints) -> tuple[str, str]:
    return prints.extraction_of_all, prints.validation_of_all


def told(found: Registry | None = None, context: Context | None = None) -> Fingerprints:
    return fingerprints.fingerprints(found or registry(), context or make_context())


def test_the_same_gives_the_same_and_quickly() -> None:
    told()
    began = time.process_time()
    assert changed(told(), told()) == []
    assert time.process_time() - began < 1


def test_the_day_alone_changes_nothing() -> None:
    context = make_context()
    assert changed(told(), told(context=replace(context, today=date(2031, 1, 1)))) == []


@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ("connectors/readers/docx.py", {"reading"}),
        ("connectors/readers/containers.yml", {"reading"}),
        ("nianbao/grammar/text.py", {*KINDS}),
        ("nianbao/catalogue/indicators/decisions.yml", {"extraction", "validation", "yearbook"}),
        ("plugins/extractors/identity/year.py", {"extraction"}),
        ("plugins/validators/years.py", {"validation", "yearbook"}),
        ("outputs/workbook/summary.py", {"yearbook"}),
        ("nianbao/copying/index.py", {"validation", "yearbook"}),
        ("flows/cli.py", set()),
        ("README.md", set()),
    ],
)
def test_a_file_counts_for_the_work_that_rests_on_it(
    file: str, kinds: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(fingerprints.__file__).resolve().parent.parent / file
    before = told()
    read = fingerprints._content
    monkeypatch.setattr(fingerprints, "_content", lambda each: "edited" if each == path else read(each))
    assert set(changed(before, told())) == kinds


def test_bounds_count_where_they_decide_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    before = told()
    for given, kinds in (
        (Limits(pages=7), ["reading"]),
        (Limits(file_seconds=7), []),
        (Limits(review_percent=7), ["extraction", "validation", "yearbook"]),
    ):
        monkeypatch.setattr(fingerprints, "limits", lambda given=given: given)
        assert changed(before, told()) == kinds
    assert limits() == Limits()


def test_records_and_regions_count() -> None:
    found = registry()
    before = told(found)
    newer = tuple(
        replace(reader, version="99") if reader.name == "docx" else reader for reader in found.readers
    )
    assert changed(before, told(replace(found, readers=newer))) == ["reading"]
    region = RegionProfile("3311", "丽水市")
    assert changed(before, told(replace(found, regions=(region,)))) == [
        "extraction",
        "validation",
        "yearbook",
    ]


@pytest.mark.parametrize("file", ["cards.yml", "brands.py", "__init__.py"])
def test_a_regions_files_count_for_its_own_reports_alone(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(fingerprints.__file__).resolve().parent.parent / "plugins" / "regions" / "guizhou" / file
    before = told()
    read = fingerprints._content
    monkeypatch.setattr(fingerprints, "_content", lambda each: "edited" if each == path else read(each))
    after = told()
    assert changed(before, after) == ["extraction", "validation"]
    assert of_all(before) == of_all(after)
    assert [code for code in before.regions if before.regions[code] != after.regions[code]] == ["52"]


def test_a_profile_counts_for_those_below_it_and_a_new_one_for_all() -> None:
    found = registry()
    province, city = RegionProfile("33", "浙江省"), RegionProfile("3311", "丽水市")
    before = told(replace(found, regions=(province, city)))
    edited = told(replace(found, regions=(replace(province, version="2"), city)))
    assert of_all(edited) == of_all(before)
    assert all(edited.regions[code] != before.regions[code] for code in ("33", "3311"))
    edited = told(replace(found, regions=(province, replace(city, cards=("",)))))
    assert edited.regions["33"] == before.regions["33"]
    assert edited.regions["3311"] != before.regions["3311"]
    assert of_all(told(replace(found, regions=(province,)))) != of_all(before)
    hosted = replace(province, hosts=("zj.gov.cn",))
    assert of_all(told(replace(found, regions=(hosted, city)))) != of_all(before)


@pytest.mark.parametrize(("line", "follows"), [("", False), ("print(context.today)", True)])
def test_a_stranger_counts_by_its_files_and_by_the_day_it_asks_for(
    line: str, follows: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "stranger_of_ours.py"
    module.write_text("READS = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    __import__("stranger_of_ours")
    plugin = PluginInfo("strange", "stranger_of_ours", "stranger", "1", (("nianbao_readers", ("s",)),))
    without = registry()
    reader = Reader("s", lambda _: 0, lambda _: None)  # type: ignore[arg-type, return-value]
    found = replace(without, readers=(*without.readers, reader), plugins=(*without.plugins, plugin))
    before = told(found)
    assert changed(told(without), before) == ["reading"]
    module.write_text(f"READS = 2\n{line}\n", encoding="utf-8")
    fingerprints._content.cache_clear()
    after = told(found)
    assert changed(before, after) == ["reading"]
    tomorrow = told(found, replace(make_context(), today=date(2031, 1, 1)))
    assert changed(after, tomorrow) == (["reading"] if follows else [])
    del sys.modules["stranger_of_ours"]


def test_what_only_types_need_is_not_followed() -> None:
    names = {path.name for path in our_files(("nianbao.records",))}
    assert "records.py" in names
    assert "cards.py" not in names
