"""`nianbao explain`: what it prints for real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from here import nianbao

BODY = (
    "一、2023年度主要举措和成效\n（一）规范执法。全年办理行政处罚案件30件，其中简易程序12件。上年办理行政处罚案件28件。\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、下一步工作安排\n继续加强法治培训，力争行政处罚案件下降5%，推进法治政府建设。\n"
)
TWO = f"绥阳县旺草镇2022年法治政府建设年度报告\n{BODY}湄潭县永兴镇2023年法治政府建设年度报告\n{BODY}"
PLAN = "旺草镇2024年法治政府建设工作要点\n为推进法治政府建设，制定本要点。\n一、加强学习\n开展学法活动。"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for name, text in (
        ("一份.txt", f"绥阳县旺草镇2023年法治政府建设年度报告\n{BODY}"),
        ("两份.txt", TWO),
        ("要点.txt", PLAN),
    ):
        (folder / name).write_text(text, "utf-8")
    return folder


def run(*arguments: str | Path) -> tuple[int, str, str]:
    return nianbao("explain", *arguments)


def test_a_clerk_reads_what_was_taken_and_what_was_not(files: Path) -> None:
    status, out, _ = run(files / "一份.txt", "行政处罚案件数")
    lines = out.splitlines()
    assert status == 0
    assert lines[1] == "行政处罚案件数（penalty_cases）：30件（取“合计”的说法）"
    marks = [(line.split("│")[0].strip(), "【" in line) for line in lines[2:]]
    assert [mark for mark, told in marks if told] == ["采用", "采用", "未采用"]
    assert "【28件】" in lines[8]
    assert lines[9].endswith("说的是别的年度")
    assert lines[-1].endswith("另有 1 处数字附近有它的用词，但计量单位不符，没有列出（--json 全部列出）")


def test_a_program_reads_offsets_of_the_file_and_all_checks(files: Path) -> None:
    status, out, _ = run(files / "两份.txt", "penalty_cases", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    text = (files / "两份.txt").read_text("utf-8")
    assert (status, [row["part"] for row in rows]) == (0, [1, 2])
    for row in rows:
        assert row["figure"]["value"] == 30
        assert [c["quote"] for c in row["candidates"] if c["taken"]] == ["30件", "12件"]
        assert "28件" in [c["quote"] for c in row["candidates"] if not c["taken"]]
        for candidate in row["candidates"]:
            assert text[candidate["start"] : candidate["end"]] == candidate["quote"]
            assert candidate["reason"]
            assert (candidate["observation"] is not None) == candidate["taken"]
            told = candidate["observation"]
            assert told is None or text[told["start"] : told["end"]] == told["quote"]


def test_an_unknown_indicator_brings_its_near_misses(files: Path) -> None:
    status, out, errors = run(files / "一份.txt", "行政处罚件数")
    assert (status, out) == (2, "")
    assert errors.startswith("错误：指标：没有名为“行政处罚件数”的指标（您是不是要写：")
    assert "行政处罚案件数（penalty_cases）" in errors


def test_several_files_are_one_too_many(files: Path) -> None:
    status, _, errors = run(files, "penalty_cases")
    assert status == 2
    assert "这里有 3 份文件，一次只能说明一份" in errors


def test_what_is_no_report_is_told(files: Path) -> None:
    status, out, _ = run(files / "要点.txt", "penalty_cases")
    assert status == 1
    assert "不是年度报告：" in out


def test_what_is_not_mentioned_is_told_with_its_definition(files: Path) -> None:
    status, out, _ = run(files / "一份.txt", "demo_villages")
    assert status == 0
    assert "文中没有提到" in out
    assert "全文没有出现可能属于它的数字。它指：" in out
