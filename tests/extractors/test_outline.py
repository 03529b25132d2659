from __future__ import annotations

import json
import re
import time
import timeit
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from nianbao import Attribute, Context, Document, Field, Report, Section, SectionKind, Status
from nianbao.catalogue.outline import load_outline, read_outline_card
from nianbao.errors import CatalogueError
from plugins.extractors.outline import extract

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1].parent / "shared"
OUTLINE_YML = HERE.parents[1] / "nianbao" / "catalogue" / "outline.yml"
FILLER = (
    "全镇各部门按照年初部署逐项推进，明确责任分工，细化工作举措，定期调度进展，及时总结经验，"
    "确保各项任务落到实处，群众满意度稳步提升，法治环境不断改善。"
)
KINDS = {
    "A": SectionKind.ACHIEVEMENTS,
    "P": SectionKind.PROBLEMS,
    "R": SectionKind.RESPONSIBILITY,
    "N": SectionKind.PLAN,
    "O": SectionKind.OTHER,
}
MARKED = re.compile(r"\{(\d)([APRNO])(.*?)\}")
Expected = list[tuple[int, SectionKind, str]]


def sections_of(text: str, year: int | None) -> list[Section]:
    attributes = (Attribute(Field.YEAR, str(year), "题目", "test"),) if year else ()
    report = Report("a.txt", "", Status.COMPLETE, attributes)
    context = Context(None, None, date(2024, 5, 1), report=report)  # type: ignore[arg-type]
    return list(extract(Document("a.txt", "", "text", text), context))


def outlines(name: str) -> Iterator[tuple[str, int, str, Expected]]:
    """Yield name, year, text and expected sections: {1A…} marks a heading, ~ stands for a paragraph."""
    for block in re.split(r"^=== ", (HERE / "outlines" / name).read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = block.rstrip("\n").partition("\n")
        title, _, year = head.partition(" | ")
        expected = [(int(level), KINDS[kind], heading) for level, kind, heading in MARKED.findall(body)]
        yield title, int(year), MARKED.sub(r"\3", body).replace("~", FILLER), expected


FILES = ("grown_on.txt", "held_back.txt", "varied_grown_on.txt", "varied_held_back.txt")
CASES = [case for name in FILES for case in outlines(name)]
NAMES = [case[0] for case in CASES]


@pytest.mark.parametrize(("year", "text", "expected"), [case[1:] for case in CASES], ids=NAMES)
def test_outlines(year: int, text: str, expected: Expected) -> None:
    assert [(s.level, s.kind, s.heading) for s in sections_of(text, year)] == expected


@pytest.mark.parametrize(("year", "text"), [case[1:3] for case in CASES], ids=NAMES)
def test_sections_nest(year: int, text: str) -> None:
    sections = sections_of(text, year)
    for position, section in enumerate(sections):
        assert text[section.start : section.start + len(section.heading)] == section.heading
        assert section.start < section.end <= len(text)
        for later in sections[position + 1 :]:
            inside = later.start < section.end
            assert inside == (later.end <= section.end and later.start < section.end)
            assert not inside or later.level > section.level


def test_the_last_section_ends_with_the_body() -> None:
    text = f"一、工作开展情况\n{FILLER}\n二、下一步打算\n{FILLER}\n云杉岭乡人民政府\n2024年1月3日\n"
    assert [text[s.start : s.end] for s in sections_of(text, 2023)] == [
        f"一、工作开展情况\n{FILLER}\n",
        f"二、下一步打算\n{FILLER}\n",
    ]


@pytest.mark.parametrize(
    ("wording", "kinds"),
    [
        ("2023年度推进法治政府建设的主要举措和成效", "A"),
        ("工作开展情况", "A"),
        ("主要做法", "A"),
        ("亮点工作及特色做法", "A"),
        ("法治政府建设基本情况", "A"),
        ("2023年法治政府建设总体情况", "A"),
        ("主要工作落实情况", "A"),
        ("取得的成绩", "A"),
        ("存在的不足和原因", "P"),
        ("2023年推进法治政府建设存在的主要问题及原因", "P"),
        ("工作中存在的短板", "P"),
        ("主要工作中存在的问题", "P"),
        ("面临的困难和挑战", "P"),
        ("短板弱项", "P"),
        ("对照先进，找准工作中的薄弱之处", "P"),
        ("原因分析", "P"),
        ("存在问题及下一步打算", "PN"),
        ("存在问题和整改措施", "PN"),
        ("2023年工作总结及2024年工作计划", "AN"),
        ("工作开展情况及存在的问题", "AP"),
        ("党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况", "R"),
        ("2023年度党政主要负责人履行推进法治建设第一责任人职责情况", "R"),
        ("主要领导履职情况", "R"),
        ("党组主要负责同志履行法治建设职责情况", "R"),
        ("党政主要负责人述职述法情况", "R"),
        ("切实履行法治建设第一责任人职责", "R"),
        ("落实行政机关负责人出庭应诉制度", ""),
        ("下一步打算", "N"),
        ("下步工作计划", "N"),
        ("2024年工作思路", "N"),
        ("2024年主要工作安排", "N"),
        ("下一步工作举措", "N"),
        ("今后工作安排", "N"),
        ("努力方向", "N"),
        ("下一年度推进法治政府建设的主要安排", "N"),
        ("其他需要报告的情况", "O"),
        ("其它事项", "O"),
        ("意见建议", "O"),
        ("坚持问题导向，补齐基层治理短板", ""),
        ("着力解决群众反映强烈的突出问题", ""),
        ("关爱困难群众", ""),
        ("加强党的领导", ""),
        ("贯彻“一规划两纲要”", ""),
        ("存在的問題", "P"),
    ],
)
def test_wordings(wording: str, kinds: str) -> None:
    assert load_outline().kinds(wording) == tuple(KINDS[kind] for kind in kinds)


def card() -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(OUTLINE_YML.read_text("utf-8"))
    return loaded


def test_the_catalogue_names_the_clause_and_the_four_mandated_parts() -> None:
    outline = load_outline()
    assert "《法治政府建设与责任落实督察工作规定》" in outline.basis
    assert [part.kind.value for part in outline.parts if part.mandated] == [
        "achievements",
        "problems",
        "responsibility",
        "plan",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"other_than": ["("]}, "不是正则表达式"),
        ({"other_than": ["(组)"]}, "捕获组"),
        ({"parts": []}, "各一次"),
        ({"more": 1}, "键不对"),
    ],
)
def test_a_wrong_catalogue_is_refused(change: dict[str, object], told: str) -> None:
    with pytest.raises(CatalogueError, match=told):
        read_outline_card({**card(), **change})


@pytest.mark.skipif(not (SHARED / "gold" / "dev.jsonl").exists(), reason="the seed reports are not here")
def test_seeds() -> None:
    rows = [json.loads(line) for line in (SHARED / "gold" / "dev.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        text = (SHARED / "seeds" / row["file"]).read_text("utf-8")
        found = [(s.heading, s.kind.value) for s in sections_of(text, row["year"]) if s.level == 1]
        assert found == [(s["heading"], s["kind"]) for s in row["sections"]]


def test_a_long_report_is_read_in_a_blink() -> None:
    part = "".join(f"（{n}）加强第{n}项工作。{FILLER * 2}\n" for n in "一二三四五六七八")
    text = f"{FILLER}\n一、工作开展情况\n{part}{part}二、存在问题\n{part}三、下一步打算\n{part}"
    # The best of a few, without garbage collection: some 5 times what it takes on a quiet machine.
    took = timeit.repeat(lambda: sections_of(text, 2023), repeat=10, number=1, timer=time.process_time)
    assert min(took) < 0.0075
