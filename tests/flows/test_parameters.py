"""What a person fills into Prefect's form: in Chinese throughout, and the same run as from the terminal."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from flows.parameters import Check, Collection, Verification
from flows.publishers import with_publishers
from flows.request import Request
from nianbao.errors import UsageError
from nianbao.manager import registry
from nianbao.settings import Settings
from nianbao.steps import SHANGHAI

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("model", [Collection, Verification, Check], ids=lambda model: model.__name__)
def test_forms_are_in_chinese(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    for told in (schema, *schema["properties"].values()):
        assert CHINESE.search(told["title"])
        assert CHINESE.search(told["description"])


def test_all_that_can_be_written_is_offered() -> None:
    found = registry()
    told = Collection.model_json_schema()["properties"]["publish"]
    offered = told["items"]["enum"]
    assert {"工作簿", "核对页"} <= set(offered)
    assert "、".join(offered) in told["description"]
    chosen = [with_publishers(found, [name]).publishers for name in offered]
    assert sorted(each.name for (each,) in chosen) == sorted(each.name for each in found.publishers)


def test_only_what_can_not_be_guessed_must_be_filled_in() -> None:
    assert Collection.model_json_schema()["required"] == ["source", "out"]
    assert "required" not in Verification.model_json_schema()
    assert "required" not in Check.model_json_schema()


def test_what_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError):
        Collection(source="a", out="b", yaer=2023)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("now", "year"),
    [("2024-01-01T00:10+08:00", 2023), ("2023-12-31T23:50+08:00", 2022), ("2023-12-31T17:00+00:00", 2023)],
)
def test_the_year_before_is_told_by_the_clock_of_shanghai(now: str, year: int) -> None:
    moment = datetime.fromisoformat(now).astimezone(SHANGHAI)
    assert Collection(source="a", out="b", previous_year=True).wanted_year(moment) == year
    assert Collection(source="a", out="b").wanted_year(moment) is None
    assert Collection(source="a", out="b", previous_year=True, year=2019).wanted_year(moment) == 2019


@pytest.mark.parametrize(
    ("told", "label"),
    [
        ({"source": "/数据/岚溪县.yml"}, "岚溪县"),
        ({"source": "/数据/乡镇报告", "county": "岚溪县"}, "岚溪县"),
        ({"source": "天津"}, "天津"),
        ({"source": "/", "name": "试点"}, "试点"),
    ],
)
def test_a_run_is_called_after_what_it_is_about(told: dict[str, str], label: str) -> None:
    assert Collection(out="b", **told).label == label


def test_what_is_not_filled_in_is_told_by_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nianbao.toml").write_text(
        "workers = 3\nbatch_size = 128\npublish = ['dataset']\nmask = false\nstore = 'a.db'\n", "utf-8"
    )
    assert Collection(source="某处", out="结果").request() == Request(
        source="某处",
        out=Path("结果"),
        store="a.db",
        workers=3,
        batch_size=128,
        scan_workers=Settings().scan_worker_count,
        publish=("dataset",),
        mask=False,
    )
    asked = Collection(
        source="某处", out="结果", publish=("工作簿", "通报"), store="b.db", workers=1
    ).request()
    assert (asked.publish, asked.store, asked.workers) == (("工作簿", "通报"), "b.db", 1)


def test_a_region_that_nobody_brings_is_told() -> None:
    with pytest.raises(UsageError, match="没有名为“乌有”的地区"):
        Collection(source="某处", out="结果", region="乌有").request()
