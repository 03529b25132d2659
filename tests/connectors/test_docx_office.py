"""Compares the restored numbers with what LibreOffice shows (it knows neither lvlRestart nor isLgl)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from built_files import abstract, docx, download, level, num, p, paragraph_style, start_override

from connectors.readers import docx as reader

pytestmark = pytest.mark.office

LISTED = '<w:numPr><w:numId w:val="1"/></w:numPr>'
OUTLINE = abstract(0, level(0, "%1、"), level(1, "（%2）"), level(2, "%3.", "decimal"))
BODY = (
    p("举措", "1"), p("学法", "1.1"), p("执法", "1.1"), p("检查", "1.2"), p("处罚", "1.2"), p("监督", "1.1"),
    p("公开", "1.2"), p("不足", "1"), p("队伍", "1.1"), p("经费", "1.2"),
)  # fmt: skip

CASES = {
    "levels": docx(*BODY, numbering=OUTLINE + num(1, 0)),
    "japanese": docx(
        *[p("项目", "1") for _ in range(23)],
        numbering=abstract(0, level(0, "（%1）", "japaneseCounting")) + num(1, 0),
    ),
    "thousands": docx(
        *[p("项目", "1") for _ in range(4)],
        numbering=abstract(0, level(0, "%1、", "chineseCountingThousand", start=98)) + num(1, 0),
    ),
    "overrides": docx(
        p("甲", "1"), p("乙", "1"), p("丙", "2"), p("丁", "2"), p("戊", "3"),
        numbering=OUTLINE + num(1, 0) + num(2, 0, start_override(0, 1)) + num(3, 0, start_override(0, 5)),
    ),
    "styles": docx(
        p("甲", style="A"), p("子", style="B"), p("丑", style="B"), p("乙", style="A"), p("寅", style="C"),
        numbering=abstract(
            0,
            level(0, "%1、", extra='<w:pStyle w:val="A"/>'),
            level(1, "（%2）", extra='<w:pStyle w:val="B"/>'),
        )
        + num(1, 0),
        styles=paragraph_style("A", LISTED)
        + paragraph_style("B", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', parent="A")
        + paragraph_style("C", parent="B"),
    ),
    "signs": docx(
        p("甲", "1"), p("乙", "1"), p("丙", "2"), p("丁", "3"), p("戊", "4"),
        numbering=abstract(0, level(0, "%1", "decimalEnclosedCircle"))
        + abstract(1, level(0, "%1、", "ideographTraditional"))
        + abstract(2, level(0, "%1)", "lowerLetter"))
        + abstract(3, level(0, "%1.", "upperRoman", start=4))
        + num(1, 0) + num(2, 1) + num(3, 2) + num(4, 3),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("NIANBAO_TEST_ALL") == "1":
            pytest.fail("LibreOffice (soffice) is not installed")
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("office")
    for name, data in CASES.items():
        (folder / f"{name}.docx").write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
    ]
    files = [str(folder / f"{name}.docx") for name in CASES]
    subprocess.run(
        [*command, "txt:Text (encoded):UTF8", "--outdir", str(folder), *files],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return {name: squeezed((folder / f"{name}.txt").read_text(encoding="utf-8-sig")) for name in CASES}


def squeezed(text: str) -> list[str]:
    return [re.sub(r"\s", "", line) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", CASES)
def test_numbers_are_those_that_libreoffice_shows(name: str, shown: dict[str, list[str]]) -> None:
    document = reader.read_docx(download(CASES[name], f"{name}.docx"))
    assert squeezed(document.text) == shown[name]
