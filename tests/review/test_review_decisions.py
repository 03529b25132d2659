"""The decisions file: what it holds is taken whole, and whatever is wrong is told in one clear line."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from decision_files import CASES, DAY, RATE, accepting, correcting, data_of, file_of, saved, waiving
from reviewed_reports import TODAY, TOWN, write_report, yearbook_of

from nianbao.catalogue import load_catalogue
from nianbao.corrections import Told
from nianbao.errors import UsageError
from nianbao.model import Acceptance, Entry, PointKind
from nianbao.review import points_of
from nianbao.review.accepted import read_acceptances, write_acceptances
from nianbao.review.decisions import MOST_BYTES, MOST_DECISIONS, Decisions, decisions_of, read_decisions

INFOS = load_catalogue().infos()


@pytest.fixture(scope="module")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Entry:
    folder = tmp_path_factory.mktemp("报告")
    write_report(folder)
    return yearbook_of(folder).entries[0]


def read(*decisions: Any, **changes: Any) -> Decisions:
    return decisions_of(data_of(file_of(decisions, **changes)), INFOS, TODAY)


def test_all_three_kinds_are_read(entry: Entry) -> None:
    points = points_of(entry)
    found = read(*map(accepting, points), correcting(entry, indicator="penalty_cases"), waiving())
    assert found.faults == ()
    assert [(each.kind, each.key, each.seen) for each in found.acceptances] == [
        (point.kind, point.key, point.seen) for point in points
    ]
    assert {(each.issuer, each.year, each.person, each.day) for each in found.acceptances} == {
        (TOWN, 2023, "王敏", date(2026, 11, 22))
    }
    [corrected] = found.corrections
    assert (corrected.indicator, corrected.old, corrected.value) == (
        "penalty_cases",
        Decimal(80),
        Decimal(85),
    )
    assert (corrected.row, corrected.person, corrected.reason) == (len(points) + 1, "王敏", "以台账为准")
    [waived] = found.waivers.waivers
    assert (waived.rule, waived.reason, waived.until) == (RATE, "四舍五入", date(2099, 12, 31))


def test_the_same_again_is_one_and_the_last_on_a_figure_counts(entry: Entry) -> None:
    figure = points_of(entry)[0]
    twice = read(accepting(figure), accepting(figure, note="再看"), waiving(), waiving(reason="另有说明"))
    assert [each.note for each in twice.acceptances] == ["再看"]
    assert [each.reason for each in twice.waivers.waivers] == ["另有说明"]
    changed = read(accepting(figure), correcting(entry, "84"), correcting(entry, "85"))
    assert (len(changed.acceptances), [each.value for each in changed.corrections]) == (0, [Decimal(85)])
    back = read(correcting(entry), accepting(figure))
    assert (len(back.acceptances), back.corrections) == (1, ())


@pytest.mark.parametrize(
    ("told", "value"), [("未提及", Told.UNSAID), ("撤销", Told.WITHDRAWN), ("1,702", Decimal(1702))]
)
def test_what_a_correction_may_say(entry: Entry, told: str, value: Decimal | Told) -> None:
    found = read(correcting(entry, told, old="未提及"))
    assert [(each.old, each.value) for each in found.corrections] == [(Told.UNSAID, value)]


def test_a_day_that_is_missing_is_today(entry: Entry) -> None:
    found = read(accepting(points_of(entry)[0], day=""), correcting(entry, day="", indicator="penalty_cases"))
    assert [each.day for each in (*found.acceptances, *found.corrections)] == [TODAY, TODAY]


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "不是核对记录，或文件不完整"),
    "cut off": (b'{"format": "nianbao-decisions", "version": 1, "dec', "不是核对记录，或文件不完整"),
    "bytes": (bytes(range(256)), "不是核对记录，或文件不完整"),
    "deep": (b"[" * 200_000, "不是核对记录，或文件不完整"),
    "deep objects": (b'{"format":' * 100_000, "不是核对记录，或文件不完整"),
    "huge": (b" " * (MOST_BYTES + 1), "核对记录超过 8 MB"),
    "a list": (b"[]", "不是核对记录"),
    "a number of a million digits": (b"1" * 1_000_000, "不是核对记录"),
    "not a number": (b"NaN", "不是核对记录"),
    "another program's": (b'{"version": 1, "decisions": []}', "不是核对记录"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_such_file_is_refused_in_one_clause(name: str) -> None:
    data, told = HOSTILE[name]
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        decisions_of(data, INFOS, TODAY)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"version": 2}, "核对记录由更新的 nianbao 写出，请升级后再导入"),
        ({"version": "1e400"}, "核对记录版本不认识"),
        ({"version": [1]}, "有一项不是文字"),
        ({"kind": "disclosure-report"}, "核对记录不是关于法治政府建设年度报告的"),
        ({"year": 99}, "核对记录没有写明年度"),
        ({"year": "2023年度以及更多"}, "核对记录没有写明年度"),
        ({"person": " \u0000\u202e"}, "核对记录没有写明是谁核对的"),
        ({"person": {"name": "王敏"}}, "有一项不是文字"),
        ({"person": "王" * 5_000}, "有一项超过 4000 字"),
        ({"decisions": None}, "核对记录不完整：没有“decisions”"),
        ({"decisions": [{}] * (MOST_DECISIONS + 1)}, "核对记录多于 20000 条，请分成几个文件"),
    ],
    ids=["newer", "odd", "list", "kind", "year", "words", "nobody", "object", "long", "none", "many"],
)
def test_a_head_that_is_wrong_is_refused_in_one_clause(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        decisions_of(data_of(file_of([]) | changes), INFOS, TODAY)


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        ("accept", "第1条：不是一条核对记录"),
        ({"do": "delete"}, "第1条：不认识的处理方式，应为 accept、correct 或 waive"),
        ({"do": ["accept"]}, "第1条：不认识的处理方式，应为 accept、correct 或 waive"),
        ({"do": "accept", "issuer": TOWN}, "第1条：没有what、key、seen"),
        ({**waiving(), "reason": ["a"]}, "第1条：有一项不是文字"),
        (
            {**waiving(), "until": "永远"},
            "豁免第1条：有效期至“永远”不是日期，请写作 2024-03-31 的样子，没有采用",
        ),
        (
            {**waiving(), "until": "2020-01-01"},
            "豁免第1条：有效期至2020-01-01早于豁免日期2026-11-22，没有采用",
        ),
        (
            {"do": "accept", "what": "report", "issuer": TOWN, "key": CASES, "seen": "0" * 16},
            "第1条：“report”不是可以认可的，应为数字、问题、原文数字或失效的更正",
        ),
        (
            {"do": "accept", "what": "figure", "issuer": TOWN, "key": CASES, "seen": "<script>"},
            "第1条：所见“<script>”应为十六位摘要，请不要改动",
        ),
        (
            {"do": "correct", "issuer": TOWN, "indicator": "x", "old": "1", "evidence": "0", "value": "2"},
            "第1条：没有填写理由",
        ),
    ],
    ids=["text", "unknown", "list", "bare", "reason", "until", "before", "what", "seen", "unreasoned"],
)
def test_what_is_wrong_with_a_decision_is_told_with_its_number(decision: Any, told: str) -> None:
    assert read(decision).faults == (told,)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("很多", "“很多”不是数字"),
        ("9" * 40, f"“{'9' * 20}”不是数字"),
        ("1e9", "“1e9”不是数字"),
        ("-5", "“-5”不是数字"),
    ],
)
def test_what_is_no_figure_is_told(entry: Entry, value: str, told: str) -> None:
    [fault] = read(correcting(entry, value)).faults
    assert fault.startswith(f"第1条：{told}")


def test_a_rate_that_was_typed_as_a_share_is_refused(entry: Entry) -> None:
    rate = next(info.id for info in INFOS if info.unit == "%")
    [fault] = read(correcting(entry, "0.98", indicator=rate, old="91")).faults
    assert fault == "第1条：“0.98”看不出是百分之几；是 98% 请写 98，是 0.98% 请写“0.98%”"


def test_many_faults_are_told_in_twenty_lines() -> None:
    faults = read(*[{"do": "delete"}] * 500).faults
    assert len(faults) == 21
    assert faults[-1] == "另有 480 处"


def test_what_no_database_keeps_and_no_screen_bears_is_replaced(entry: Entry) -> None:
    figure, *_ = points_of(entry)
    note = "看\u0000过\ud800\x1b[31m红\u202e反\n第二行"
    [accepted] = read(accepting(figure, note=note), person="王\x07敏\n").acceptances
    assert accepted.person == "王 敏"
    assert accepted.note == "看 过? [31m红 反 第二行"
    accepted.note.encode()


def test_a_file_is_read_as_it_was_saved(tmp_path: Path, entry: Entry) -> None:
    path = saved(tmp_path / "核对-2023-王敏.json", [accepting(points_of(entry)[0])])
    found = read_decisions(path, INFOS, TODAY)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_decisions(path, INFOS, TODAY) == found
    assert len(found.acceptances) == 1


@pytest.mark.parametrize("kind", ["missing", "folder", "workbook", "huge"])
def test_a_file_that_is_none_is_told_by_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "核对.json"
    told = {
        "missing": "没有这个核对记录文件",
        "folder": "这是文件夹",
        "workbook": "不是核对记录",
        "huge": "超过 8 MB",
    }
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(b"PK\x03\x04" * 100 if kind == "workbook" else b"0" * (MOST_BYTES + 1))
    with pytest.raises(UsageError, match=told[kind]) as caught:
        read_decisions(path, INFOS, TODAY)
    assert "核对.json" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_was_accepted_goes_out_as_yaml_and_comes_back(tmp_path: Path) -> None:
    accepted = tuple(
        Acceptance(TOWN, 2023, kind, key, "0123456789abcdef", "王敏", date.fromisoformat(DAY), note)
        for kind, key, note in (
            (PointKind.CORRECTION, CASES, ""),
            (PointKind.FIGURE, CASES, "台账一致：是"),
            (PointKind.FINDING, RATE, ""),
            (PointKind.NUMERAL, "33家", "- 不是指标"),
        )
    )
    path = tmp_path / "核对.yml"
    path.write_text(write_acceptances(reversed(accepted)), "utf-8")
    assert "类别: 原文数字" in path.read_text("utf-8")
    found = read_acceptances(path)
    assert found.faults == ()
    assert set(found.acceptances) == set(accepted)


def test_a_list_by_hand_that_is_wrong_is_told_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "核对.csv"
    rows = [
        "单位,年度,类别,对象,所见,核对人,日期",
        f"白水镇,2023,数字,{CASES},{'0' * 16},王敏,2026-11-22",
        f"白水镇,今年,数字,{CASES},{'0' * 16},王敏,2026-11-22",
        f"白水镇,2023,图表,{CASES},{'0' * 16},王敏,2026-11-22",
        f"白水镇,2023,数字,{CASES},{'0' * 16},,昨天",
    ]
    path.write_text("\n".join(rows), "utf-8")
    found = read_acceptances(path)
    assert len(found.acceptances) == 1
    assert found.faults == (
        "第3行：年度“今年”应写作四位数字",
        "第4行：“图表”不是可以认可的，应为数字、问题、原文数字或失效的更正",
        "第5行：没有填写核对人",
    )
