"""Links of the workbook: where each leads, and what bears them where Excel's limit is near."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from small_workbooks import figure_cell, find, write
from workbook_sample import sample_yearbook

from nianbao import Field, Yearbook
from outputs.workbook import publish

LOCATION = re.compile(r"'(.+)'!([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


def test_every_link_leads_to_a_row_of_the_same_report(book: openpyxl.Workbook) -> None:
    seen: Counter[str] = Counter()
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink is None:
                    continue
                target = LOCATION.fullmatch(cell.hyperlink.location)
                assert target is not None
                other = book[target[1]]
                assert owner(other, int(target[3])) == owner(sheet, cell.row)
                seen[sheet.title] += 1
    assert set(seen) == {"总览", "指标汇总", "指标明细", "区域汇总", "校验问题", "结构合规"}


def test_the_cover_leads_to_every_sheet(book: openpyxl.Workbook) -> None:
    links = [cell for cell in book["封面"]["A"] if cell.hyperlink]
    assert [cell.value for cell in links] == [s.title for s in book if s.sheet_state == "visible"][1:]
    assert [cell.hyperlink.location for cell in links] == [f"'{cell.value}'!A1" for cell in links]


def owner(sheet: Worksheet, row: int) -> str:
    name = str(sheet.cell(row, 2).value)
    return "西岭乡报告" if name.endswith("西岭乡报告.pdf") else name


def test_a_figure_leads_to_its_own_sentence_and_back(book: openpyxl.Workbook) -> None:
    summary, details = book["指标汇总"], book["指标明细"]
    linked = 0
    for row in range(5, summary.max_row + 1):
        for column in range(4, summary.max_column + 1):
            cell = summary.cell(row, column)
            if cell.hyperlink is None:
                continue
            target = details[cell.hyperlink.location.split("!")[1]]
            heading = str(summary.cell(4, column).value).split("\n")[0]
            indicator = details.cell(target.row, 3)
            assert indicator.value == heading
            assert indicator.hyperlink.location == f"'指标汇总'!{cell.coordinate}"
            assert details.cell(target.row, 12).value.startswith("采用")
            assert cell.hyperlink.tooltip in details.cell(target.row, 9).value
            if details.cell(target.row, 12).value != "采用（相加）":
                assert target.value == cell.value
            linked += 1
    assert linked == sum(
        figure.value is not None for e in sample_yearbook().entries for figure in e.report.figures
    )


@pytest.mark.parametrize(("most", "blocks"), [(60, "area"), (10, "report")])
def test_too_many_figures_share_a_link_that_selects_their_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, blocks: str
) -> None:
    monkeypatch.setattr("outputs.workbook.plan.MOST_LINKS", most)
    yearbook = sample_yearbook(3)
    path = publish(yearbook, tmp_path)[0]
    book = openpyxl.load_workbook(path)
    summary, details = book["指标汇总"], book["指标明细"]
    areas = {info.name: info.area for info in yearbook.indicators}
    checked = 0
    for entry in yearbook.entries:
        issuer = entry.report.value(Field.ISSUER)
        for figure in entry.report.figures:
            info = next(each for each in yearbook.indicators if each.id == figure.indicator)
            if not figure.sources:
                continue
            cell = figure_cell(book, str(issuer), info.name)
            target = LOCATION.fullmatch(cell.hyperlink.location)
            assert target is not None
            first, last = int(target[3]), int(target[5] or target[3])
            block = [
                [details.cell(row, column).value for column in (2, 3, 9)] for row in range(first, last + 1)
            ]
            quote = entry.report.observations[figure.sources[0]].quote
            assert [issuer, info.name, quote] in block
            assert {row[0] for row in block} == {issuer}
            if blocks == "area":
                assert {areas[row[1]] for row in block} == {info.area}
            back = LOCATION.fullmatch(details.cell(first, 3).hyperlink.location)
            assert back is not None
            assert int(back[3]) == cell.row
            assert summary[f"{back[2]}4"].column <= cell.column <= summary[f"{back[4] or back[2]}4"].column
            checked += 1
    assert checked == sum(bool(f.sources) for each in yearbook.entries for f in each.report.figures)
    links = {sheet: links_of(path, sheet) for sheet in ("指标汇总", "指标明细")}
    reports = sum(bool(entry.report.observations) for entry in yearbook.entries)
    if blocks == "report":
        # Each report's name and its row of figures; its block of sentences.
        assert links == {"指标汇总": 2 * reports, "指标明细": reports}
    else:
        assert reports < links["指标明细"] < links["指标汇总"] <= most


def links_of(path: Path, name: str) -> int:
    """Count the links of a sheet as they stand in the file, where one may cover many cells."""
    number = openpyxl.load_workbook(path, read_only=True).sheetnames.index(name) + 1
    with ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").count(b"<hyperlink ")


def with_originals(yearbook: Yearbook, *originals: str) -> Yearbook:
    entries = [
        replace(entry, original=each) for entry, each in zip(yearbook.entries, originals, strict=False)
    ]
    return replace(yearbook, entries=(*entries, *yearbook.entries[len(entries) :]))


def test_the_file_name_opens_the_original_from_where_the_workbook_lies(tmp_path: Path) -> None:
    folder = tmp_path / "年报 100%#1"
    folder.mkdir()
    local = folder / "白云 镇.docx"
    local.write_bytes(b"x")
    page = "https://www.example.gov.cn/a.html?id=3&n=白云"
    yearbook = with_originals(sample_yearbook(4), str(local), page, str(folder / "没有了.docx"))
    path = publish(yearbook, tmp_path / "结果")[0]
    sheet = openpyxl.load_workbook(path)["总览"]
    targets = {}
    for name in ("白云", "青石", "柳河", "大桥"):
        link = sheet.cell(find(sheet, f"清源县{name}镇人民政府"), 25).hyperlink
        targets[name] = link and link.target
    assert targets == {
        "白云": "../年报%20100%25%231/白云%20镇.docx", "青石": page, "柳河": None, "大桥": None,
    }  # fmt: skip


def test_review_pages_are_linked_where_there_are_any(tmp_path: Path) -> None:
    yearbook = sample_yearbook(2)
    assert write(yearbook, tmp_path)["指标明细"]["O3"].value is None
    first = replace(yearbook.entries[0], review="核对/1.html")
    book = write(replace(yearbook, entries=(first, *yearbook.entries[1:])), tmp_path)
    details = book["指标明细"]
    assert details["O3"].value == "核对页"
    row = find(details, "清源县白云镇人民政府")
    start = next(o.start for o in first.report.observations if o.quote == details.cell(row, 9).value)
    link = details.cell(row, 15).hyperlink
    assert (link.target, link.location) == ("核对/1.html", str(start))
    assert details.cell(find(details, "清源县青石镇人民政府"), 15).hyperlink is None
