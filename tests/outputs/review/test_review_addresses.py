"""Where review pages lie, and that the workbook's links open them, in LibreOffice too."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from libreoffice import LibreOffice
from workbook_sample import sample_yearbook

from outputs.review.address import page_address, page_name
from outputs.workbook import publish

HREF = re.compile(r'<text:a [^>]*?xlink:href="([^"#][^"]*)"')


def test_a_page_keeps_its_name_from_run_to_run() -> None:
    assert page_name("清源县/白云镇.docx", 1) == "0fffc54e45b0061f.html"


def test_pages_of_other_files_and_parts_have_other_names() -> None:
    names = {page_name(*each) for each in (("甲.docx", 1), ("甲.docx", 2), ("甲.docx2", 1), ("乙\ud800", 1))}
    assert len(names) == 4
    assert all(re.fullmatch(r"[0-9a-f]{16}\.html", name) for name in names)


def test_a_file_that_could_not_be_read_has_no_page() -> None:
    yearbook = sample_yearbook(2)
    first = yearbook.entries[0]
    assert page_address(yearbook, replace(first, text="")) == ""
    told = page_address(yearbook, replace(first, text="正文"))
    assert told == f"2024年度核对/r/{page_name(first.report.file, 1)}"


@pytest.mark.office
def test_the_workbook_opens_the_pages_that_lie_beside_it(tmp_path: Path, libreoffice: LibreOffice) -> None:
    folder = tmp_path / "共享盘 100%#1"
    yearbook = sample_yearbook(3)
    read = [replace(each, text="正文") for each in yearbook.entries if each.report.observations]
    entries = tuple(replace(each, review=page_address(yearbook, each)) for each in read)
    for entry in entries:
        page = folder / entry.review
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(entry.report.file, encoding="utf-8")
    [book] = publish(replace(yearbook, entries=entries), folder)
    libreoffice.convert("fods", folder, book)
    links = [unescape(link) for link in HREF.findall(book.with_suffix(".fods").read_text("utf-8"))]
    opened = [(folder / unquote(link.partition("#")[0]), link.partition("#")[2]) for link in links]
    told = {
        (entry.report.file, str(observation.start))
        for entry in entries
        for observation in entry.report.observations
    }
    assert {(path.read_text("utf-8"), anchor) for path, anchor in opened} == told
