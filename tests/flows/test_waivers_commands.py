"""`nianbao waivers`: what is entered is kept whole or not at all, and never deleted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from waivers_listed import MISSING, csv, nianbao, row

from nianbao.manager import registry
from nianbao.model import (
    Attribute,
    Entry,
    Field,
    Finding,
    Quote,
    Report,
    RunRecord,
    Severity,
    SourceConfig,
    Status,
    Yearbook,
)
from nianbao.steps import list_filings, make_context, process
from nianbao.store import Store
from outputs.workbook import publish

REPORT = (
    "青石县{town}人民政府2023年度法治政府建设年度报告\n"
    "一、2023年度主要举措和成效\n（一）规范执法。全年办理行政执法案件80件，其中行政处罚案件30件。\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、主要负责人履行推进法治建设第一责任人职责情况\n镇长主持召开会议研究法治政府建设。\n"
)
RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "1")


@pytest.fixture
def kept(store_url: str, tmp_path: Path) -> str:
    """A store with the reports of two towns, as a run leaves it."""
    folder = tmp_path / "报告"
    folder.mkdir()
    for town in ("白水镇", "黑水镇"):
        (folder / f"{town}.txt").write_text(REPORT.format(town=town), "utf-8")
    context = make_context()
    filings = list_filings(registry(), SourceConfig(str(folder)))
    with Store.open(store_url) as store:
        store.begin_run(RUN, "run")
        ids = store.add_filings(RUN.id, filings)
        store.save(RUN.id, zip(ids, (process(registry(), each, context) for each in filings), strict=True))
    return store_url


def standing(store: str) -> list[tuple[int, str, str]]:
    with Store.open(store) as opened:
        return [(r.waiver.row, r.waiver.issuer, r.waiver.rule) for r in opened.waivers.standing()]


def test_what_is_listed_is_entered_once_under_full_names(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv(tmp_path, row(), row("清水镇"), row("全年汇总", "coverage.doubled"))
    assert nianbao("waivers", "import", path, "--store", kept) == 0
    told = capsys.readouterr().out
    assert (
        f"已登记：第1号，青石县白水镇 2023年度 {MISSING}：另文报送（王敏，2024-03-01，有效期至2099-12-31）"
        in told
    )
    assert "登记豁免 3 条，数据库里已有 0 条。" in told
    assert standing(kept) == [
        (1, "青石县白水镇", MISSING),
        (2, "清水镇", MISSING),
        (3, "全年汇总", "coverage.doubled"),
    ]
    assert nianbao("waivers", "import", csv(tmp_path, row("青石县白水镇人民政府")), "--store", kept) == 0
    assert "登记豁免 0 条，数据库里已有 1 条。" in capsys.readouterr().out
    assert nianbao("waivers", "import", csv(tmp_path, row(until="2098-12-31")), "--store", kept) == 0
    assert [number for number, *_ in standing(kept)] == [4, 2, 3]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (row(until="长期"), "豁免第3行：有效期至“长期”不是日期"),
        (row(reason=""), "豁免第3行：没有填写豁免理由"),
        (row("青石县白水镇", reason="别的理由"), "与第2行是同一个问题，填写的不一样"),
    ],
)
def test_a_list_with_one_faulty_row_is_not_entered_at_all(
    kept: str, tmp_path: Path, line: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nianbao("waivers", "import", csv(tmp_path, row(), line), "--store", kept) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "共 1 处填写有误，一条也没有登记" in error
    assert standing(kept) == []


def test_a_name_of_several_issuers_is_refused(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "另一县"
    other.mkdir()
    (other / "白水镇.txt").write_text(REPORT.format(town="白水镇").replace("青石县", "云溪县"), "utf-8")
    with Store.open(kept) as store:
        (filing,) = list_filings(registry(), SourceConfig(str(other)))
        (number,) = store.add_filings(RUN.id, [filing])
        store.save(RUN.id, [(number, process(registry(), filing, make_context()))])
    assert nianbao("waivers", "import", csv(tmp_path, row()), "--store", kept) == 2
    assert "有2个单位都叫“白水镇”：云溪县白水镇、青石县白水镇；请写全名" in capsys.readouterr().err
    assert nianbao("waivers", "import", csv(tmp_path, row("云溪县白水镇")), "--store", kept) == 0
    assert standing(kept) == [(1, "云溪县白水镇", MISSING)]


def test_the_list_tells_what_becomes_of_each(
    kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert nianbao("waivers", "list", "--store", kept) == 0
    assert capsys.readouterr().out == "数据库里没有豁免。\n"
    lines = (
        row(),
        row("黑水镇", until="2024-04-01"),
        row("黑水镇", "arithmetic.sum"),
        row("清水镇", "coverage.unreported"),
    )
    assert nianbao("waivers", "import", csv(tmp_path, *lines), "--store", kept) == 0
    assert "提醒：第2号已于2024-04-01到期，不会采用" in capsys.readouterr().err
    assert nianbao("waivers", "list", "--store", kept) == 0
    shown = capsys.readouterr().out
    states = re.findall(r"(\d) │ (\S+) .*?│ (\S+) +│$", shown, re.MULTILINE)
    assert states == [
        ("1", "青石县白水镇", "生效"),
        ("2", "青石县黑水镇", "已到期"),
        ("3", "青石县黑水镇", "没有相符的问题"),
        ("4", "清水镇", "待运行时核对"),
    ]


def test_a_withdrawn_one_no_longer_stands_and_is_still_there(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nianbao("waivers", "import", csv(tmp_path, row(), row("黑水镇")), "--store", kept)
    withdraw = ("waivers", "withdraw", "1", "--by", "李强", "--reason", "报告已改正", "--store", kept)
    assert nianbao(*withdraw) == 0
    assert "已撤销：第1号，青石县白水镇 2023年度" in capsys.readouterr().out
    assert standing(kept) == [(2, "青石县黑水镇", MISSING)]
    with Store.open(kept) as store:
        *_, last = store.waivers.history()
    assert (last.withdrawn, last.origin, last.waiver.person, last.waiver.reason) == (
        True, "command", "李强", "报告已改正"
    )  # fmt: skip
    assert nianbao(*withdraw) == 2
    assert "第1号：已经撤销，或已由后来登记的代替" in capsys.readouterr().err
    assert nianbao("waivers", "withdraw", "9", "--by", "李强", "--store", kept) == 2
    assert "第9号：没有这个编号的豁免" in capsys.readouterr().err
    assert nianbao("waivers", "withdraw", "2", "--by", " ", "--store", kept) == 2
    assert nianbao("waivers", "import", csv(tmp_path, row()), "--store", kept) == 0
    assert [number for number, *_ in standing(kept)] == [4, 2]


def test_what_is_exported_can_be_imported_elsewhere(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (row(), "黑水镇,2023,arithmetic.sum,“共80件”,分项另有口径：含上年,王敏,2024-03-01,2024-04-01")
    nianbao("waivers", "import", csv(tmp_path, *lines), "--store", kept)
    path = tmp_path / "豁免.yml"
    assert nianbao("waivers", "export", path, "--store", kept) == 0
    assert f"已写出 2 条豁免：{path}" in capsys.readouterr().out
    elsewhere = str(tmp_path / "别处.db")
    Store.open(elsewhere).close()
    assert nianbao("waivers", "import", path, "--store", elsewhere) == 0
    assert standing(elsewhere) == standing(kept)
    assert nianbao("waivers", "export", "-", "--store", elsewhere) == 0
    assert path.read_text("utf-8").rstrip() in capsys.readouterr().out


def test_what_no_database_keeps_is_replaced(kept: str, tmp_path: Path) -> None:
    path = tmp_path / "豁免.yml"
    who = "单位: 白水镇, 年度: 2023, 规则: years.stale, 豁免人: 王敏"
    days = "豁免日期: 2024-03-01, 有效期至: 2099-01-01"
    path.write_text(f'- {{{who}, {days}, 豁免理由: "已\\0核\\uD800实"}}', "utf-8")
    assert nianbao("waivers", "import", path, "--store", kept) == 0
    with Store.open(kept) as store:
        (row,) = store.waivers.standing()
    assert row.waiver.reason == "已\ufffd核?实"
    assert nianbao("waivers", "import", path, "--store", kept) == 0
    assert len(standing(kept)) == 1


def finding(rule: str, *quotes: str) -> Finding:
    return Finding("sum", rule, Severity.ERROR, "合计不符。", tuple(Quote(0, len(q), q) for q in quotes))


def test_a_workbook_that_shows_what_stands_brings_nothing_new(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One waiver for all that a rule finds comes back as a row for each finding."""
    from nianbao.waivers import Waivers, waive_yearbook

    told = {"year": "2023", "issuer": "青石县白水镇人民政府", "county": "青石县", "town": "白水镇"}
    attributes = tuple(Attribute(Field(name), value, "", "identity") for name, value in told.items())
    found = (
        finding("arithmetic.sum", "共80件", "30件"),
        finding("arithmetic.sum", "共90件"),
        finding("years.stale"),
    )
    report = Report("白水镇.txt", "00", Status.COMPLETE, attributes, findings=found)
    book = Yearbook(2023, "汇总", (Entry(report, (), "text"),), (), (), None, RUN)
    nianbao("waivers", "import", csv(tmp_path, row(rule="arithmetic.sum")), "--store", kept)
    with Store.open(kept) as store:
        waivers = Waivers().beside(each.waiver for each in store.waivers.standing())
    path = publish(waive_yearbook(book, waivers, date(2024, 5, 6)), tmp_path)[0]
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["校验问题"]
    heads = [cell.value for cell in sheet[3]]
    cells: dict[str, str | date] = {
        "豁免理由": "旧称",
        "豁免人": "李强",
        "豁免日期": date(2024, 5, 1),
        "有效期至": date(2099, 5, 1),
    }
    rules = [sheet.cell(line, heads.index("规则") + 1).value for line in (4, 5, 6)]
    for name, value in cells.items():
        sheet.cell(4 + rules.index("years.stale"), heads.index(name) + 1).value = value
    workbook.save(path)
    capsys.readouterr()
    assert nianbao("waivers", "import", path, "--store", kept) == 0
    assert "登记豁免 1 条，数据库里已有 2 条。" in capsys.readouterr().out
    assert standing(kept) == [(1, "青石县白水镇", "arithmetic.sum"), (2, "青石县白水镇", "years.stale")]
