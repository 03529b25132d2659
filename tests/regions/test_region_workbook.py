"""What a workbook shows of regions: whose profile read which report, and their indicators in their area."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from nianbao import Filing, steps
from nianbao.catalogue import AREAS
from nianbao.manager import registry
from nianbao.model import RunRecord
from nianbao.yearbook import make_yearbook
from outputs.workbook import terms

GOLDENS = Path(__file__).with_name("goldens")
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
ELSEWHERE = SAMPLES / "北流市鹿回塘镇2023年法治政府建设工作总结.html"


def workbook(folder: Path, *paths: Path) -> openpyxl.Workbook:
    found, context = registry(), steps.make_context()
    entries = []
    for path in paths:
        done = steps.process(found, Filing("folder", str(path), path.name), context)
        entries += [steps.entry_of(report, done.document) for report in done.reports]
    run = RunRecord("r", steps.datetime.now(steps.SHANGHAI), "0")
    book = make_yearbook(found, context, 2023, entries, roster=None, run=run)
    written, failures = steps.publish(found, book, folder)
    assert failures == ()
    (path,) = (path for path in written if path.suffix == ".xlsx")
    return openpyxl.load_workbook(path)


def cells(book: openpyxl.Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return workbook(tmp_path_factory.mktemp("mixed"), GOLDENS / "jiangsu.txt", ELSEWHERE)


def test_the_overview_says_which_profile_read_which_report(mixed: openpyxl.Workbook) -> None:
    rows = cells(mixed, terms.OVERVIEW)
    head = next(row for row in rows if terms.REGION in row)
    place, name = head.index(terms.REGION), head.index("文件名")
    told = {row[name]: row[place] for row in rows[rows.index(head) + 1 :] if row[name]}
    assert told == {"jiangsu.txt": "江苏省（按区划代码）", ELSEWHERE.name: None}


def test_the_record_of_the_run_counts_them(mixed: openpyxl.Workbook) -> None:
    rows = [row[1:3] for row in cells(mixed, terms.RUN)]
    assert ("地区配置 江苏省", "按区划代码 1 份") in rows


def test_a_regions_indicators_stand_in_their_area_and_are_empty_for_others(mixed: openpyxl.Workbook) -> None:
    rows = cells(mixed, terms.DICTIONARY)
    dictionary = {row[0]: row[2] for row in rows if row[2] in AREAS.values()}
    assert dictionary["jiangsu.sujiefen_cases"] == AREAS["disputes"]
    summary = cells(mixed, terms.SUMMARY)
    head = next(row for row in summary if any("苏解纷" in str(cell) for cell in row))
    column = next(place for place, cell in enumerate(head) if "苏解纷" in str(cell))
    told = [row[column] for row in summary[summary.index(head) + 1 :]]
    assert 156 in told
    row = next(row for row in summary if any("鹿回塘镇" in str(cell) for cell in row))
    assert row[column] is None


def test_a_workbook_without_them_says_nothing_of_regions(tmp_path: Path) -> None:
    book = workbook(tmp_path, ELSEWHERE)
    assert not [row for row in cells(book, terms.OVERVIEW) if terms.REGION in row]
    assert not [
        row for row in cells(book, terms.DICTIONARY) if "." in str(row[0]) and "jiangsu" in str(row[0])
    ]
