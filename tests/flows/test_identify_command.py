"""`nianbao identify`: what it prints for real files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from here import nianbao
from rich.cells import cell_len

from flows.identities import COLUMNS, FIELDS, KINDS, LEVELS, PARTS
from nianbao.model import DocumentKind, Field, IssuerLevel, SectionKind

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"


def body(year: int) -> str:
    return (
        f"一、{year}年度主要举措和成效\n（一）加强学习。全年组织集中学法4次。\n（二）规范执法。办理案件30件。\n"
        "二、存在的不足和原因\n执法力量不足，人员素质有待提高。\n"
        "三、下一步工作安排\n继续加强法治培训，提高依法行政能力，推进法治政府建设。\n"
    )


ONE = "绥阳县旺草镇人民政府2023年法治政府建设年度报告\n" + body(2022) + "旺草镇人民政府\n2024年1月8日"
TWO = (
    "绥阳县旺草镇2022年法治政府建设年度报告\n"
    + body(2022)
    + "湄潭县永兴镇2023年法治政府建设年度报告\n"
    + body(2023)
)
PLAN = (
    "绥阳县旺草镇2024年法治政府建设工作要点\n为推进法治政府建设，制定本要点。\n一、加强学习\n开展学法活动。"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in (("一份.txt", ONE), ("两份.txt", TWO), ("要点.txt", PLAN)):
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04broken")
    return tmp_path


def run(*arguments: str | Path) -> tuple[int, list[str], str]:
    status, out, errors = nianbao("identify", *arguments)
    return status, out.splitlines(), errors


def test_a_line_a_report_in_aligned_columns(files: Path) -> None:
    status, lines, errors = run(files)
    rows = [re.split(r" +", line) for line in lines]
    assert [row[:5] for row in rows[:-1]] == [
        ["报告", "2023", "绥阳县旺草镇人民政府", "520323102", "2024-01-08？"],
        ["报告", "2022", "绥阳县旺草镇", "520323102", "—"],
        ["报告", "2023", "湄潭县永兴镇", "520328101", "—"],
        ["无法读取", "—", "—", "—", "—"],
    ]
    assert rows[-1][0] == "计划"
    names = ("一份.txt", "两份.txt（第1份）", "两份.txt（第2份）", "坏.docx", "要点.txt")
    assert [row[5] for row in rows] == [str(files / name) for name in names]
    begins = {cell_len(line[: line.index(str(files))]) for line in lines}
    assert begins == {sum(width for _, width in COLUMNS)}
    assert status == 1
    assert re.search(rf"^错误：{files}/坏.docx：.+$", errors, re.MULTILINE)


def test_why_tells_reasons_evidence_rivals_and_headings(files: Path) -> None:
    status, lines, _ = run("--why", files / "一份.txt")
    assert status == 0
    told = [line.split("│", 1) for line in lines[1:]]
    names = [margin.strip() for margin, _ in told]
    texts = [text.strip() for _, text in told]
    assert [name for name in names if name] == [
        *("类型", "标题", "年度", "单位", "级别", "省", "市", "县", "乡镇", "区划代码", "发布日期", "结构"),
    ]
    assert texts[2].startswith("2023：标题中的年份（把握 85%）；见第1段“绥阳县旺草镇人民政府2023年法治政府")
    assert texts[3].startswith("另有 2022：")
    assert "由区划表推定" in texts[names.index("省")]
    assert texts[names.index("发布日期")] == "2024-01-08：落款日期（把握 50%）；见第10段“2024年1月8日”"
    headings = texts[names.index("结构") :]
    assert [re.split(r" +", heading, maxsplit=2) for heading in headings] == [
        ["标题1", "举措成效", "一、2022年度主要举措和成效"],
        ["标题2", "举措成效", "（一）加强学习"],
        ["标题2", "举措成效", "（二）规范执法"],
        ["标题1", "不足原因", "二、存在的不足和原因"],
        ["标题1", "下步安排", "三、下一步工作安排"],
    ]
    # Beside the margin all begins in one column, whatever its characters' width.
    assert len({cell_len(margin) for margin, _ in told}) == 1


def test_json_holds_all_of_it_and_its_evidence(files: Path) -> None:
    status, lines, errors = run("--json", files / "一份.txt", files / "两份.txt", files / "坏.docx")
    assert status == 1
    one, first, second, broken = map(json.loads, lines)
    assert list(one) == [
        *("file", "part", "sha256", "status", "document_kind"),
        *("title", "year", "issuer", "issuer_level", "province", "city", "county", "town"),
        *("division_code", "published", "sections", "failures"),
    ]
    assert [(row["part"], row["year"] and row["year"]["value"]) for row in (one, first, second)] == [
        (1, "2023"),
        (1, "2022"),
        (2, "2023"),
    ]
    assert (broken["status"], broken["issuer"], bool(broken["error"])) == ("unreadable", None, True)
    for row, text in ((one, ONE), (first, TWO), (second, TWO)):
        stated = [value for value in row.values() if isinstance(value, dict)]
        rivals = [rival for value in stated for rival in value["rivals"]]
        for told in (*stated, *rivals):
            if told["start"] is not None:
                assert text[told["start"] : told["end"]] == told["quote"]
        for section in row["sections"]:
            assert text.startswith(section["heading"], section["start"])
    assert [rival["value"] for rival in one["year"]["rivals"]] == ["2022"]
    assert second["sections"][0]["start"] > len(TWO) // 2
    assert f"错误：{files}/坏.docx：{broken['error']}" in errors


def test_wrong_use_is_one_line(files: Path) -> None:
    for arguments in (("--why", "--json", files), (files / "没有.txt",), ()):
        status, lines, errors = run(*arguments)
        assert (status, lines) == (2, [])
        assert errors.startswith("错误：") or not arguments
    assert "--why 和 --json 不能同时用" in run("--why", "--json", files)[2]


def test_the_samples_are_told(tmp_path: Path) -> None:
    status, lines, _ = run(SAMPLES)
    assert status == 1
    assert len(lines) == len(list(SAMPLES.iterdir()))
    assert {line.split()[0] for line in lines} == {"报告", "无法读取"}
    assert all(re.search(r" 20(22|23) ", line) for line in lines if line.startswith("报告"))


def test_every_kind_level_and_field_has_a_name() -> None:
    assert set(KINDS) == set(DocumentKind)
    assert set(LEVELS) == set(IssuerLevel)
    assert set(PARTS) == set(SectionKind)
    assert set(FIELDS) == set(Field)
    # Each fits its column with a blank behind it.
    assert max(map(cell_len, KINDS.values())) <= COLUMNS[0][1]
