"""A region's own indicators are known to all commands that take one: correct, explain, evaluate …"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from flows import cli
from flows.indicators import known_catalogue, telling_names
from nianbao.catalogue import load_catalogue
from nianbao.catalogue.regional import extend_catalogue
from nianbao.corrections import read_corrections
from nianbao.errors import UsageError
from nianbao.explaining import find_card
from nianbao.manager import registry
from nianbao.model import RunRecord, SourceConfig
from nianbao.steps import list_filings, make_context, process
from nianbao.store import Store

ID, NAME = "jiangsu.sujiefen_cases", "“苏解纷”受理件数"
REPORT = (
    "{place}2023年法治政府建设年度报告\n"
    "一、2023年度主要举措和成效\n全镇“苏解纷”平台受理申请156件，“苏解纷”平台化解矛盾纠纷42件。办理行政处罚案件30件。\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、主要负责人履行推进法治建设第一责任人职责情况\n镇长主持召开会议研究法治政府建设。\n"
    "四、下一步工作安排\n继续加强法治培训，推进法治政府建设。\n"
)
HERE, ELSEWHERE = "江苏省扬州市宝应县柳堡镇", "四川省广元市青川县临溪镇"
RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "1")
CARD = """
{id}: {{area: disputes, name: 村头说事次数, dimension: count, unit: 次, definition: 说事,
  takes: [event], cues: [], examples: []}}
"""


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "报告"
    folder.mkdir()
    for name, place in (("柳堡镇", HERE), ("临溪镇", ELSEWHERE)):
        (folder / f"{name}.txt").write_text(REPORT.format(place=place), "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def store(reports: Path, tmp_path: Path) -> str:
    context = make_context()
    filings = list_filings(registry(), SourceConfig(str(reports)))
    location = str(tmp_path / "年报.db")
    with Store.open(location) as opened:
        opened.begin_run(RUN, "run")
        ids = opened.add_filings(RUN.id, filings)
        opened.save(RUN.id, zip(ids, (process(registry(), each, context) for each in filings), strict=True))
    return location


def correct(store: str, indicator: str, value: str, town: str = "柳堡镇") -> int:
    said = ("--reason", "多记了一件", "--by", "王敏", "--store", store)
    return cli.main(["correct", town, "2023", indicator, value, *said])


@pytest.mark.parametrize("indicator", [ID, NAME])
def test_it_is_corrected_by_id_or_name_and_taken_back(
    store: str, indicator: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct(store, indicator, "155") == 0
    assert f"江苏省扬州市宝应县柳堡镇 2023年度“{NAME}” 156 → 155" in capsys.readouterr().out.replace("\n", "")
    assert cli.main(["corrections", "list", "--store", store]) == 0
    assert "已采用" in capsys.readouterr().out
    kept = tmp_path / "更正.yml"
    assert cli.main(["corrections", "export", str(kept), "--store", store]) == 0
    assert yaml.safe_load(kept.read_text("utf-8"))["更正"][0]["指标"] == NAME
    assert correct(store, indicator, "撤销") == 0
    assert f"“{NAME}”的更正" in capsys.readouterr().out
    assert cli.main(["corrections", "import", str(kept), "--store", store]) == 0
    assert "登记更正 1 条" in capsys.readouterr().out


def test_explaining_it_tells_what_was_weighed_or_that_it_is_another_region_s(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", str(reports / "柳堡镇.txt"), NAME]) == 0
    told = capsys.readouterr().out
    assert f"{NAME}（{ID}）：156件" in told
    assert "【156件】" in told
    assert "未采用" in told
    assert cli.main(["explain", str(reports / "临溪镇.txt"), ID]) == 0
    told = capsys.readouterr().out
    assert "文中没有提到" in told
    assert "这是别的地区自己的指标；这份报告没有按哪个地区的插件读，不找它。" in told


def gold(path: Path, *observations: dict[str, object], names: tuple[str, ...] = ("柳堡镇",)) -> str:
    rows = [
        {"id": name, "file": f"{name}.txt", "observations": observations if name == "柳堡镇" else []}
        for name in names
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return str(path)


def observation(indicator: str, value: int, quote: str) -> dict[str, object]:
    return {
        "indicator": indicator, "value": value, "unit": "件", "qualifier": "exact", "role": "total",
        "quote": quote,
    }  # fmt: skip


def scores(capsys: pytest.CaptureFixture[str]) -> str:
    return next(line for line in capsys.readouterr().out.splitlines() if line.strip().startswith("数字"))


def test_an_evaluation_counts_it_where_gold_knows_it(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    national = (
        observation("penalty_cases", 30, "办理行政处罚案件30件"),
        observation("disputes_resolved", 42, "化解矛盾纠纷42件"),
    )
    own = observation(ID, 156, "“苏解纷”平台受理申请156件")
    plain = gold(tmp_path / "全国.jsonl", *national)
    assert cli.main(["evaluate", plain, str(reports)]) == 0
    before = scores(capsys)
    assert "应有 2" in before
    # What gold does not know is no mistake.
    assert cli.main(["evaluate", gold(tmp_path / "江苏.jsonl", *national, own), str(reports)]) == 0
    after = scores(capsys)
    hits, given = (int(before.partition(word)[2].split("，")[0].strip("）")) for word in ("命中 ", "给出 "))
    assert f"命中 {hits + 1}，应有 3，给出 {given + 1}" in after
    missed = observation(ID, 157, "“苏解纷”平台受理申请157件")
    assert cli.main(["evaluate", gold(tmp_path / "错.jsonl", *national, missed), str(reports)]) == 0
    told = capsys.readouterr().out
    assert f"{NAME}（{ID}）" in told
    assert "应有 1，漏 1，多 1" in told


def test_regions_that_share_a_name_are_told_apart_by_the_id(tmp_path: Path) -> None:
    files = [("一", CARD.format(id="alpha.talks")), ("二", CARD.format(id="beta.talks"))]
    whole = extend_catalogue(load_catalogue(), files)
    told = "有 2 个指标都叫“村头说事次数”"
    with pytest.raises(UsageError, match=f"{told}（请写代号：alpha.talks、beta.talks）"):
        find_card(whole, "村头说事次数")
    assert find_card(whole, "beta.talks").id == "beta.talks"
    assert find_card(whole, "行政处罚案件数").id == "penalty_cases"
    names = telling_names(whole.infos())
    assert (names["alpha.talks"], names["penalty_cases"]) == ("alpha.talks", "行政处罚案件数")
    row = {"单位": "甲镇", "年度": 2023, "指标": "村头说事次数", "更正为": 3, "理由": "核对", "更正人": "王"}
    path = tmp_path / "更正.yml"
    path.write_text(yaml.safe_dump({"更正": [row]}, allow_unicode=True), "utf-8")
    faults = read_corrections(path, whole.infos(), date(2024, 5, 6)).faults
    assert faults == (f"第1条：{told}，请写代号：alpha.talks、beta.talks",)


def test_the_national_ones_are_all_there() -> None:
    known = known_catalogue().indicators
    assert load_catalogue().indicators.items() <= known.items()
    assert ID in known
