"""`nianbao correct` and `nianbao corrections`: what is entered is kept whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.cli import main
from nianbao.manager import registry
from nianbao.model import RunRecord, SourceConfig
from nianbao.steps import list_filings, make_context, process
from nianbao.store import Store

REPORT = (
    "青石县{town}人民政府2023年度法治政府建设年度报告\n"
    "一、2023年度主要举措和成效\n（一）规范执法。全年办理行政执法案件{cases}件，其中行政处罚案件30件。\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、主要负责人履行推进法治建设第一责任人职责情况\n镇长主持召开会议研究法治政府建设。\n"
    "四、下一步工作安排\n继续加强法治培训，推进法治政府建设。\n"
)
INDICATOR = "行政执法案件总数"
RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "1")


def fill(location: str, folder: Path, **cases: int) -> None:
    """Read the towns' reports into a store, as a run does."""
    folder.mkdir(exist_ok=True)
    for town, number in cases.items():
        (folder / f"{town}.txt").write_text(REPORT.format(town=town, cases=number), "utf-8")
    context = make_context()
    filings = list_filings(registry(), SourceConfig(str(folder)))
    with Store.open(location) as store:
        store.begin_run(RUN, "run")
        ids = store.add_filings(RUN.id, filings)
        store.save(RUN.id, zip(ids, (process(registry(), each, context) for each in filings), strict=True))


@pytest.fixture
def kept(store_url: str, tmp_path: Path) -> str:
    fill(store_url, tmp_path / "报告", 白水镇=672, 黑水镇=80)
    return store_url


def nianbao(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


def correct(store: str, *changes: str, value: str = "702") -> int:
    issuer, year, indicator = (*changes, *("白水镇", "2023", INDICATOR)[len(changes) :])
    said = ("--reason", "三类相加为702", "--by", "王敏", "--store", store)
    return nianbao("correct", issuer, year, indicator, value, *said)


def in_force(store: str) -> list[tuple[str, str, str]]:
    with Store.open(store) as opened:
        return [(each.issuer, f"{each.old}", f"{each.value}") for each in opened.ledger.in_force()]


def test_a_correction_is_entered_with_what_was_seen(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert correct(kept) == 0
    told = capsys.readouterr().out
    assert f"已登记：青石县白水镇 2023年度“{INDICATOR}” 672 → 702（王敏，" in told
    assert in_force(kept) == [("青石县白水镇", "672", "702")]


def test_the_later_holds_and_a_withdrawn_one_does_not(kept: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert correct(kept) == correct(kept, value="700") == 0
    assert in_force(kept) == [("青石县白水镇", "672", "700")]
    assert correct(kept, value="撤销") == 0
    assert "已撤销：青石县白水镇" in capsys.readouterr().out
    assert in_force(kept) == []
    assert correct(kept, value="撤销") == 2
    assert "没有可以撤销的更正" in capsys.readouterr().err
    with Store.open(kept) as store:
        assert [row.withdrawn for row in store.ledger.history()] == [False, False, True]


@pytest.mark.parametrize(
    ("arguments", "value", "told"),
    [
        (("清水镇",), "702", "没有“清水镇”2023年度的报告"),
        (("白水镇", "2019"), "702", "没有“白水镇”2019年度的报告"),
        (("白水镇", "2023", "办案总量"), "702", "没有名为“办案总量”的指标"),
        (("白水镇",), "七百", "“七百”不是数字"),
    ],
)
def test_what_is_wrong_is_told_and_not_entered(
    kept: str, arguments: tuple[str, ...], value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct(kept, *arguments, value=value) == 2
    assert told in capsys.readouterr().err
    assert in_force(kept) == []


def test_a_list_with_one_faulty_row_is_not_entered_at_all(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "更正.csv"
    rows = [
        "单位,年度,指标,更正为,理由,更正人",
        f"白水镇,2023,{INDICATOR},702,相加,王敏",
        f"黑水镇,2023,{INDICATOR},约80,台账,王敏",
    ]
    path.write_text("\n".join(rows), "utf-8")
    assert nianbao("corrections", "import", path, "--store", kept) == 2
    told = capsys.readouterr().err
    assert "第3行：“约80”不是数字" in told
    assert "共 1 处填写有误，一条也没有登记" in told
    assert in_force(kept) == []
    path.write_text("\n".join([*rows[:2], f"黑水镇,2023,{INDICATOR},81,台账,王敏"]), "utf-8")
    assert nianbao("corrections", "import", path, "--store", kept) == 0
    assert "登记更正 2 条，撤销 0 条，台账里已有 0 条。" in capsys.readouterr().out
    assert nianbao("corrections", "import", path, "--store", kept) == 0
    assert "登记更正 0 条，撤销 0 条，台账里已有 2 条。" in capsys.readouterr().out


def test_what_is_exported_can_be_imported_elsewhere(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(kept)
    path = tmp_path / "更正.yml"
    assert nianbao("corrections", "export", path, "--store", kept) == 0
    assert "单位: 青石县白水镇" in path.read_text("utf-8")
    elsewhere = str(tmp_path / "别处.db")
    Store.open(elsewhere).close()
    assert nianbao("corrections", "import", path, "--store", elsewhere) == 0
    assert in_force(elsewhere) == in_force(kept)


def test_the_list_tells_what_went_stale(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(kept)
    assert nianbao("corrections", "list", "--store", kept) == 0
    assert "已采用" in capsys.readouterr().out
    fill(kept, tmp_path / "报告", 白水镇=680, 黑水镇=80)
    assert nianbao("corrections", "list", "--store", kept) == 0
    told = capsys.readouterr()
    assert "已失效" in told.out
    assert f"更正已失效：青石县白水镇 2023年度“{INDICATOR}”：更正时读出的是672，现在是680" in told.err


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "没有.db"
    assert nianbao("corrections", "list", "--store", place) == 2
    assert "没有这个数据库" in capsys.readouterr().err
    assert not place.exists()
