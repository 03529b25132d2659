"""Where the original of a report is found, by what the store knows of its file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.sources.folder import list_files
from nianbao.model import Filing, Report, RunRecord, SourceConfig, Status
from nianbao.processed import Processed
from nianbao.store import Store
from nianbao.store.reads import original_of


@pytest.mark.parametrize(
    ("uri", "original"),
    [
        ("/报告/甲镇.docx", "/报告/甲镇.docx"),
        ("/报告/全部.zip//甲镇.docx", "/报告/全部.zip"),
        ("/报告/全部.zip//里面.zip//甲镇.docx", "/报告/全部.zip"),
        ("https://www.example.gov.cn/a.html#/结果/sites/1", "https://www.example.gov.cn/a.html"),
        ("https://www.example.gov.cn/#/a/1#/结果/sites/1", "https://www.example.gov.cn/#/a/1"),
    ],
)
def test_the_original_is_what_people_open(uri: str, original: str) -> None:
    assert original_of(uri) == original


def test_a_file_of_a_folder_is_its_own_original(tmp_path: Path) -> None:
    (tmp_path / "甲镇 1#.txt").write_text("报告", encoding="utf-8")
    [filing] = list_files(SourceConfig(str(tmp_path)), None)
    assert Path(original_of(filing.uri)) == tmp_path / "甲镇 1#.txt"


def test_the_entries_of_a_run_know_their_originals(store_url: str) -> None:
    page, file = "https://www.example.gov.cn/b.html", "/报告/甲镇.docx"
    with Store.open(store_url) as store:
        store.begin_run(RunRecord("r1", datetime(2024, 3, 1, tzinfo=UTC), "0.1.0"), "run")
        for uri, name in ((f"{page}#/结果/1", "站点/乙镇"), (file, "甲镇.docx")):
            report = Report(name, "ab", Status.UNREADABLE, error="坏了")
            done = Processed(Filing("folder", uri, name), "ab", None, (report,))
            store.save("r1", [(store.add_filings("r1", [done.filing])[0], done)])
        told = {entry.report.file: entry.original for entry in store.load_entries("r1")}
    assert told == {"站点/乙镇": page, "甲镇.docx": file}
