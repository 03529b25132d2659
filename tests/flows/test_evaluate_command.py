"""`nianbao evaluate`: what it prints and writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from here import nianbao

BODY = (
    "一、2023年度主要举措和成效\n规范执法。全年办理行政处罚案件{0}件。上年开展行政检查200次。\n"
    "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
    "三、下一步工作安排\n继续加强法治培训，提高依法行政能力，推进法治政府建设。\n"
)


def row(number: int, *observations: tuple[str, int, str], held_out: bool = False) -> str:
    told = [
        {
            "indicator": name,
            "value": value,
            "unit": "件",
            "qualifier": "exact",
            "role": "total",
            "quote": quote,
        }
        for name, value, quote in observations
    ]
    report = {"id": f"g{number}", "file": f"{number}.txt", "year": 2023, "held_out": held_out}
    return json.dumps(report | {"observations": told}, ensure_ascii=False)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for number in (1, 2, 3):
        text = f"绥阳县旺草镇2023年法治政府建设年度报告\n{BODY.format(number * 10)}"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    rows = [
        row(1, ("penalty_cases", 10, "办理行政处罚案件10件"), ("inspections", 200, "开展行政检查200次")),
        row(2, ("penalty_cases", 21, "办理行政处罚案件20件"), held_out=True),
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(rows), "utf-8")
    return tmp_path


def run(*arguments: str | Path) -> tuple[int, str, str]:
    return nianbao("evaluate", *arguments)


def test_scores_are_printed_and_of_what_is_held_out_only_totals(files: Path) -> None:
    gallery, save = files / "错处.html", files / "run.json"
    status, out, errors = run(files / "gold.jsonl", files, "--gallery", gallery, "--save", save)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert status == 0
    assert lines[0] == "数字 准确率 1.000 召回率 0.500 F1 0.667（命中 1，应有 2，给出 1）"
    assert lines[lines.index("留出的报告（只看总分）") + 1] == (
        "数字 准确率 0.000 召回率 0.000 F1 0.000（命中 0，应有 1，给出 1）"
    )
    assert "行政检查次数（inspections） 应有 1，漏 1，多 0，F1 0.000" in lines
    assert "20件" not in out + gallery.read_text("utf-8") + save.read_text("utf-8")
    assert "说的是别的年度" in gallery.read_text("utf-8")
    assert "有 2 份文件不在答案里，没有评测" in errors


def test_a_later_run_tells_what_changed(files: Path) -> None:
    save = files / "run.json"
    run(files / "gold.jsonl", files, "--save", save)
    (files / "1.txt").write_text(
        f"绥阳县旺草镇2023年法治政府建设年度报告\n{BODY.format(10).replace('上年', '全年')}", "utf-8"
    )
    status, out, _ = run(files / "gold.jsonl", files, "--compare", save)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert status == 0
    assert "数字 F1 0.667 → 1.000" in lines
    assert "新出的错处 0 处" in lines
    assert "改好的错处 2 处" in lines


def test_a_report_that_is_not_there_is_told(files: Path) -> None:
    (files / "1.txt").unlink()
    status, _, errors = run(files / "gold.jsonl", files)
    assert status == 1
    assert "警告：答案里有、但没有读到的报告：1" in errors


@pytest.mark.parametrize("missing", ["gold.jsonl", "reports"])
def test_what_is_not_there_is_said_in_one_line(files: Path, tmp_path: Path, missing: str) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    (empty / "别的.txt").write_text("文字", "utf-8")
    places = (files / "没有.jsonl", files) if missing == "gold.jsonl" else (files / "gold.jsonl", empty)
    status, out, errors = run(*places)
    assert (status, out) == (2, "")
    assert errors.splitlines()[-1].startswith("错误：")
