"""The sample reports are what their sources say, and their gold stands in them."""

from __future__ import annotations

import collections
import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import docx
import lxml.html
import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
GOLD = [json.loads(line) for line in (SAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
BROKEN = "损坏的文件.docx"


def squeeze(text: str) -> str:
    return "".join(text.split())


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    pages = [document[number].get_textpage().get_text_range().splitlines() for number in range(len(document))]
    document.close()
    furniture = set.intersection(*map(set, pages))
    return "".join(
        line
        for page in pages
        for line in page
        if line not in furniture and not re.fullmatch(r"—\s*\d+\s*—", line)
    )


def docx_text(path: Path) -> str:
    """All text of the body in order, cells included: Word's own numbers are not in it."""
    return "".join(node.text for node in docx.Document(str(path)).element.body.xpath(".//w:t"))


def displayed(path: Path) -> str:
    if path.suffix == ".docx":
        return docx_text(path)
    if path.suffix == ".pdf":
        return pdf_text(path)
    text = path.read_bytes()
    decoded = next(text.decode(name) for name in ("utf-8", "gb18030") if decodes(text, name))
    if path.suffix == ".txt":
        return decoded
    return str(lxml.html.document_fromstring(decoded).text_content())


def decodes(text: bytes, charset: str) -> bool:
    try:
        text.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def test_committed_files_are_what_the_sources_give() -> None:
    run = subprocess.run(
        [sys.executable, SAMPLES / "build.py", "--check"],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "")


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_gold_stands_in_the_file_itself(gold: dict) -> None:
    text = squeeze(displayed(SAMPLES / "reports" / gold["file"]))
    quotes = [seen["quote"] for seen in gold["observations"]]
    quotes += [quote for finding in gold["findings"] for quote in finding["quotes"]]
    missing = [
        quote
        for quote in quotes
        if squeeze(re.sub(r"^[一二三四五]、|^（[一二三四五]）", "", quote)) not in text
    ]
    assert missing == []


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_a_report_has_the_length_and_the_figures_of_its_kind(gold: dict) -> None:
    text = squeeze(displayed(SAMPLES / "reports" / gold["file"]))
    assert 1200 <= len(text) <= 4000
    assert len(gold["observations"]) >= 12
    totals = collections.Counter(
        seen["indicator"]
        for seen in gold["observations"]
        if seen["role"] == "total" and not seen.get("optional")
    )
    assert [indicator for indicator, count in totals.items() if count > 1] == []


def test_variety() -> None:
    suffixes = collections.Counter(Path(gold["file"]).suffix for gold in GOLD)
    levels = collections.Counter(gold["issuer_level"] for gold in GOLD)
    years = collections.defaultdict(set)
    for gold in GOLD:
        years[gold["town"]].add(gold["year"])
    assert len(GOLD) >= 18
    assert len({gold["province"] for gold in GOLD}) >= 6
    assert set(suffixes) == {".docx", ".pdf", ".html", ".txt"}
    assert (levels["county"], levels["department"]) == (2, 2)
    assert sum(seen == {2022, 2023} for seen in years.values()) >= 4
    assert sum(bool(gold["findings"]) for gold in GOLD) * 3 >= len(GOLD)


def test_reports_hold_one_broken_file_and_nothing_unknown() -> None:
    files = {path.name for path in (SAMPLES / "reports").iterdir()}
    assert files - {gold["file"] for gold in GOLD} == {BROKEN}


def test_the_roster_names_every_issuer_of_the_year_and_two_that_did_not_report() -> None:
    rows = list(csv.DictReader((SAMPLES / "roster.csv").read_text(encoding="utf-8-sig").splitlines()))
    names = [row["单位"] for row in rows]
    issuers = {gold["town"] or gold["issuer"] for gold in GOLD if gold["year"] == 2023}
    silent = [name for name in names if not any(bare(issuer) in name for issuer in issuers)]
    assert len(names) == len(set(names)) == len(issuers) + 2
    assert len(silent) == 2
    sheet = CalamineWorkbook.from_path(SAMPLES / "roster.xlsx").get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()] == ["单位", *names]


def bare(issuer: str) -> str:
    return issuer.removesuffix("人民政府").removeprefix("宣城市").removeprefix("荆州市")


def test_samples_are_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 2_000_000
