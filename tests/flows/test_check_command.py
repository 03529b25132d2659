"""`nianbao check`: what it prints, writes and returns for real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from here import nianbao

NIANBAO = Path(sys.executable).with_name("nianbao")
TITLE = "绥阳县旺草镇2023年法治政府建设年度报告"
CLEAN = (
    "一、2023年度推进法治政府建设的主要举措和成效",
    "（一）规范执法。全年办理行政处罚案件30件，其中简易程序12件、普通程序18件。",
    "二、存在的不足和原因",
    "执法力量不足，人员素质有待提高。",
    "三、党政主要负责人履行推进法治建设第一责任人职责情况",
    "镇党委书记、镇长认真履行推进法治建设第一责任人职责，全年专题研究法治工作4次。",
    "四、2024年推进法治政府建设的主要安排",
    "继续加强法治培训，规范行政执法，推进法治政府建设。",
)
WRONG = (*CLEAN[:1], CLEAN[1].replace("18件", "17件"), *CLEAN[2:])
UNPARTED = (*CLEAN[:4], *CLEAN[6:])


def written(path: Path, lines: Sequence[str]) -> Path:
    document = docx.Document()
    for line in (TITLE, *lines):
        document.add_paragraph(line)
    document.save(path)
    return path


def run(*arguments: str | Path) -> tuple[int, str, str]:
    return nianbao("check", *arguments)


def test_a_clean_report_is_said_to_be_clean(tmp_path: Path) -> None:
    report = written(tmp_path / "甲.docx", CLEAN)
    status, out, errors = run(report)
    assert status == 0
    assert out.splitlines()[0].startswith("绥阳县旺草镇")
    assert "没有发现问题。" in out
    # As users have it, by the console script.
    told = os.environ | {"PYTHONUTF8": "1"}
    done = subprocess.run([NIANBAO, "check", report], capture_output=True, env=told, check=False)
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (status, out, errors)


def test_a_contradiction_is_told_with_its_place_and_its_repair(tmp_path: Path) -> None:
    status, out, _ = run(written(tmp_path / "甲.docx", WRONG))
    assert status == 5
    assert "  错误 │ " in out
    assert "第3段  …" in out
    assert "【" in out
    assert "建议：" in out
    assert "依据：" in out
    assert out.rstrip().endswith("共 1 处：错误 1 处。")


def test_a_missing_part_is_a_warning_at_worst_or_an_error(tmp_path: Path) -> None:
    status, out, _ = run(written(tmp_path / "甲.docx", UNPARTED))
    assert status == (5 if "  错误 │ " in out else 4)
    assert "第一责任人" in out


def test_a_waived_finding_is_shown_and_does_not_count(tmp_path: Path) -> None:
    waivers = tmp_path / "豁免.csv"
    waivers.write_text(
        "单位,年度,规则,原句,豁免理由,豁免人,豁免日期,有效期至\n"
        "旺草镇,2023,arithmetic.sum,,台账核实无误,王敏,2024-03-01,2099-12-31\n"
        "旺草镇,2023,years.stale,,台账核实无误,王敏,2024-03-01,2099-12-31\n"
        "旺草镇,2023,arithmetic.sum,,台账核实无误,,2024-03-01,2099-12-31\n"
        "风华镇,2023,arithmetic.sum,,台账核实无误,王敏,2024-03-01,2099-12-31\n",
        encoding="utf-8",
    )
    status, out, told = run(written(tmp_path / "甲.docx", WRONG), "--waivers", waivers)
    assert status == 0
    assert "  豁免 │ " in out
    assert "已豁免：台账核实无误（王敏，2024-03-01，有效期至2099-12-31）" in out
    assert out.rstrip().endswith("没有发现问题。另有 1 处已豁免。")
    assert "提醒：豁免第3行（旺草镇，2023年度，years.stale）没有与之相符的问题" in told
    assert "提醒：豁免第4行：没有填写豁免人，没有采用" in told
    assert "提醒：豁免第5行不是这次检查的单位和年度，没有用到" in told


def test_the_copy_bears_the_findings_and_the_file_stays_as_it_was(tmp_path: Path) -> None:
    source = written(tmp_path / "甲.docx", WRONG)
    before = source.read_bytes()
    status, _, told = run(source, "--annotate", tmp_path / "批注稿")
    copy = tmp_path / "批注稿" / "甲.docx"
    assert (status, source.read_bytes()) == (5, before)
    assert f"批注稿：{copy}" in told
    comments = [comment.text for comment in docx.Document(str(copy)).comments]
    assert len(comments) == 1
    assert comments[0].startswith("【错误】")
    assert [p.text for p in docx.Document(str(copy)).paragraphs] == [TITLE, *WRONG]


def test_files_of_one_name_get_copies_of_their_own(tmp_path: Path) -> None:
    for folder in ("东", "西"):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder / "报告.docx", WRONG)
    run(tmp_path / "东", tmp_path / "西", "--annotate", tmp_path / "批注稿")
    assert sorted(path.name for path in (tmp_path / "批注稿").iterdir()) == ["报告.docx", "报告（2）.docx"]


def test_copies_never_take_the_place_of_the_files(tmp_path: Path) -> None:
    source = written(tmp_path / "甲.docx", WRONG)
    status, _, told = run(source, "--annotate", tmp_path)
    assert (status, [path.name for path in tmp_path.iterdir()]) == (2, ["甲.docx"])
    assert "批注稿会覆盖原件" in told


def test_other_kinds_of_file_are_checked_without_a_copy(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("\n".join((TITLE, *WRONG)), "utf-8")
    status, out, told = run(tmp_path / "甲.txt", "--annotate", tmp_path / "批注稿")
    assert status == 5
    assert "  错误 │ " in out
    assert "甲.txt 不是 .docx 文件，没有写批注" in told
    assert not (tmp_path / "批注稿").exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.docx", b"", "无法读取"),
        (
            "要点.txt",
            "旺草镇2024年法治政府建设工作要点\n为推进法治政府建设，制定本要点。\n一、加强学习\n开展学法活动。".encode(),
            "不是年度报告，没有检查",
        ),
    ],
)
def test_what_can_not_be_checked_is_told_and_is_no_success(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    status, out, _ = run(tmp_path / name)
    assert (status, said in out) == (1, True)


def test_a_program_gets_the_places(tmp_path: Path) -> None:
    status, out, _ = run(written(tmp_path / "甲.docx", WRONG), "--json")
    row = json.loads(out)
    assert (status, row["year"], row["status"]) == (5, 2023, "complete")
    [finding] = row["findings"]
    assert finding["severity"] == "error"
    text = "\n".join((TITLE, *WRONG))
    for quote in finding["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["quote"]
        assert quote["place"] == "第3段"
