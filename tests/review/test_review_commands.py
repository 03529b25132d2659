"""`nianbao review`: what was settled on the pages is kept whole or not at all, and never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from decision_files import CASES, RATE, accepting, correcting, data_of, file_of, saved, waiving
from reviewed_reports import TODAY, TOWN, write_report

from flows.cli import main
from flows.deciding import EnteredDecisions, enter_decisions
from flows.indicators import known_catalogue
from nianbao.manager import registry
from nianbao.model import Entry, Point, PointKind, RunRecord, SourceConfig
from nianbao.review import points_of
from nianbao.review.decisions import decisions_of
from nianbao.steps import list_filings, make_context, process
from nianbao.store import Store

RUN = RunRecord("r1", datetime(2026, 11, 22, tzinfo=UTC), "1")


def keep(location: str, folder: Path) -> None:
    """Read a folder's reports into a store, as a run does."""
    context = make_context()
    filings = list_filings(registry(), SourceConfig(str(folder)))
    with Store.open(location) as store:
        store.begin_run(RUN, "run")
        ids = store.add_filings(RUN.id, filings)
        store.save(RUN.id, zip(ids, (process(registry(), each, context) for each in filings), strict=True))


@pytest.fixture
def anywhere(store_url: str, tmp_path: Path) -> str:
    """A store of either kind with the reports of two towns that say the same."""
    for town in ("白水镇", "黑水镇"):
        write_report(tmp_path / "报告", town)
    keep(store_url, tmp_path / "报告")
    return store_url


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The same in a file."""
    for town in ("白水镇", "黑水镇"):
        write_report(tmp_path / "报告", town)
    keep(str(tmp_path / "nianbao.db"), tmp_path / "报告")
    return str(tmp_path / "nianbao.db")


def entry_of(location: str) -> Entry:
    with Store.open(location) as store:
        return next(e for e in store.load_entries_for_year(2023) if e.report.file.endswith("白水镇.txt"))


def points(location: str) -> tuple[Point, ...]:
    return points_of(entry_of(location))


def nianbao(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def lengths(location: str) -> tuple[int, int, int]:
    """Return how many entries each ledger has."""
    with Store.open(location) as store:
        return len(store.ledger.history()), len(store.waivers.history()), len(store.acceptances.history())


def enter(location: str, decisions: Iterable[Any], **changes: Any) -> EnteredDecisions:
    read = decisions_of(data_of(file_of(decisions, **changes)), known_catalogue().infos(), TODAY)
    with Store.open(location) as store:
        return enter_decisions(store, read, "app")


def test_a_file_is_entered_once(anywhere: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = entry_of(anywhere)
    others = [correcting(entry, indicator="disputes_mediated", old="120", value="121"), waiving()]
    accepted = [accepting(point) for point in points_of(entry)]
    path = saved(tmp_path / "核对-2023-王敏.json", [*accepted, *others])
    assert nianbao("review", "import", path, "--store", anywhere) == 0
    told = capsys.readouterr().out.splitlines()
    many = len(accepted)
    assert told[0] == f"{path.name}：登记认可 {many} 条，更正 1 条，豁免 1 条；数据库里已有 0 条。"
    assert told[1].startswith("再次运行 nianbao run 后")
    assert lengths(anywhere) == (1, 1, many)
    assert nianbao("review", "import", path, "--store", anywhere) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [f"{path.name}：登记认可 0 条，更正 0 条，豁免 0 条；数据库里已有 {many + 2} 条。"]
    assert lengths(anywhere) == (1, 1, many)
    with Store.open(anywhere) as store:
        assert [each.kind.value for each in store.acceptances.standing()] == [e["what"] for e in accepted]
        assert {row.origin for row in store.acceptances.history()} == {"file"}


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"do": "delete"}, "第3条：不认识的处理方式"),
        (waiving(until="永远"), "豁免第3条：有效期至“永远”不是日期"),
        (accepting(Point(PointKind.FIGURE, "x", "y", "", None, None, 1)), "第3条：所见“y”应为十六位摘要"),
        ({"do": "correct", "issuer": TOWN}, "第3条：没有indicator"),
    ],
    ids=["unknown", "waiver", "acceptance", "correction"],
)
def test_of_a_file_with_one_fault_nothing_is_entered(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: dict[str, str], told: str
) -> None:
    path = saved(tmp_path / "核对.json", [accepting(points(kept)[0]), waiving(), broken])
    assert nianbao("review", "import", path, "--store", kept) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "一条也没有登记" in error
    assert lengths(kept) == (0, 0, 0)


def test_a_correction_that_can_not_be_bound_keeps_all_of_it_out(anywhere: str) -> None:
    """Without what was seen it is held against the report that is anywhere, which says something else."""
    unseen = correcting(entry_of(anywhere), evidence="0", old="70") | {"evidence": " "}
    came = enter(anywhere, [accepting(points(anywhere)[0]), unseen])
    assert came.faults == ("第2条：没有evidence",)
    withdrawn = correcting(entry_of(anywhere), "撤销")
    came = enter(anywhere, [accepting(points(anywhere)[1]), waiving(), withdrawn])
    assert came.faults == ("第3条：没有可以撤销的更正",)
    assert (came.entered, lengths(anywhere)) == (0, (0, 0, 0))


def test_of_several_files_each_is_whole(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two, *_ = points(kept)
    good = saved(tmp_path / "一.json", [accepting(one)])
    bad = saved(tmp_path / "二.json", [{"do": "x"}])
    none = tmp_path / "三.json"
    last = saved(tmp_path / "四.json", [accepting(two)], person="李强")
    assert nianbao("review", "import", good, bad, none, last, "--store", kept) == 2
    came = capsys.readouterr()
    assert came.out.count("登记认可 1 条") == 2
    assert "二.json" in came.err
    assert "没有这个核对记录文件" in came.err
    assert lengths(kept) == (0, 0, 2)


def test_two_people_on_one_figure(kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figure, *_ = points(kept)
    first = saved(tmp_path / "王敏.json", [accepting(figure)])
    second = saved(tmp_path / "李强.json", [accepting(figure)], person="李强")
    third = saved(tmp_path / "赵云.json", [correcting(entry_of(kept))], person="赵云")
    assert nianbao("review", "import", first, second, third, "--store", kept) == 0
    assert lengths(kept) == (1, 0, 2)
    assert nianbao("review", "list", "--store", kept) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if "2026" in line]
    assert len(rows) == 1
    assert "李强" in rows[0]
    # Who comes after a correction is told that it stands.
    assert nianbao("review", "import", first, "--store", kept) == 0
    assert "已由赵云更正，以更正为准" in capsys.readouterr().err


def test_the_list_tells_what_holds_and_what_went_stale(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    known = {point.key: point for point in points(kept)}
    wanted = [known[key] for key in (CASES, "repeat.conflict", RATE, "33家")]
    gone = accepting(wanted[0], issuer="清水镇")
    path = saved(tmp_path / "核对.json", [*map(accepting, wanted), gone])
    assert nianbao("review", "import", path, "--store", kept) == 0
    assert "没有这个单位的报告" in capsys.readouterr().err
    (tmp_path / "报告" / "黑水镇.txt").unlink()
    write_report(tmp_path / "报告", cases=81)
    keep(kept, tmp_path / "报告")
    assert nianbao("review", "list", "--store", kept) == 0
    came = capsys.readouterr()
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in came.out.splitlines() if "│" in line]
    assert [(row[0], row[1], row[3], row[4], row[8]) for row in rows] == [
        ("1", TOWN, "数字", "行政执法案件总数", "已失效"),
        ("2", TOWN, "问题", "repeat.conflict", "已失效"),
        ("3", TOWN, "问题", RATE, "有效"),
        ("4", TOWN, "原文数字", "33家", "有效"),
        ("5", "清水镇", "数字", "行政执法案件总数", "没有报告"),
    ]
    assert came.err.count("提醒：核对已失效") == 2


def test_one_that_was_withdrawn_is_open_again(
    anywhere: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = len(points(anywhere))
    path = saved(tmp_path / "核对.json", map(accepting, points(anywhere)))
    assert nianbao("review", "import", path, "--store", anywhere) == 0
    assert nianbao("review", "withdraw", 1, "--by", "李强", "--reason", "看错了", "--store", anywhere) == 0
    assert "已撤销：第1号，青石县白水镇 2023年度数字“行政执法案件总数”" in capsys.readouterr().out
    with Store.open(anywhere) as store:
        assert [each.number for each in store.acceptances.standing()] == list(range(2, many + 1))
        last = store.acceptances.history()[-1]
    assert (last.withdrawn, last.acceptance.person, last.acceptance.note) == (True, "李强", "看错了")
    assert nianbao("review", "withdraw", 1, "--by", "李强", "--store", anywhere) == 2
    assert "已经撤销，或已由后来登记的代替" in capsys.readouterr().err
    assert nianbao("review", "withdraw", 99, "--by", "李强", "--store", anywhere) == 2
    assert "没有这个编号的认可" in capsys.readouterr().err
    assert nianbao("review", "import", path, "--store", anywhere) == 0
    assert "登记认可 1 条" in capsys.readouterr().out


def test_what_is_exported_is_imported_elsewhere(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path / "核对.json", map(accepting, points(kept)))
    assert nianbao("review", "import", path, "--store", kept) == 0
    out = tmp_path / "核对.yml"
    assert nianbao("review", "export", out, "--store", kept) == 0
    assert f"已写出 {len(points(kept))} 条认可：{out}" in capsys.readouterr().out
    other = tmp_path / "另一个.db"
    keep(str(other), tmp_path / "报告")
    assert nianbao("review", "import", out, "--store", other) == 0
    with Store.open(kept) as one, Store.open(other) as two:
        assert {each.about for each in one.acceptances.standing()} == {
            each.about for each in two.acceptances.standing()
        }
    assert nianbao("review", "export", "-", "--store", kept) == 0
    assert "类别: 原文数字" in capsys.readouterr().out


def test_an_issuer_is_entered_under_its_full_name(kept: str) -> None:
    assert enter(kept, [accepting(points(kept)[0], issuer="白水镇人民政府")]).entered == 1
    with Store.open(kept) as store:
        assert [each.issuer for each in store.acceptances.standing()] == [TOWN]


def test_nothing_that_is_printed_moves_the_terminal(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(
        tmp_path / "核对.json",
        [accepting(points(kept)[0], issuer="白水镇\x1b[2J\u202e", note="[red]\x1b]0;x\x07")],
        person="王\x1b[31m敏",
    )
    assert nianbao("review", "import", path, "--store", kept) == 0
    assert nianbao("review", "list", "--store", kept) == 0
    came = capsys.readouterr()
    assert not {"\x1b", "\x07", "\u202e"} & set(came.out + came.err)


def test_without_a_store_or_anything_in_it(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nianbao("review", "list", "--store", kept) == 0
    assert capsys.readouterr().out == "数据库里没有认可过的内容。\n"
    assert nianbao("review", "list", "--store", tmp_path / "没有.db") == 2
    assert "没有这个数据库" in capsys.readouterr().err
