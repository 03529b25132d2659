"""`nianbao store`: what it prints and how it ends; the files themselves are tested in tests/store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.cli import main
from nianbao.archive import Archive
from nianbao.model import Document, Filing, Numeral, NumeralReason, Report, RunRecord, Status
from nianbao.steps import Processed
from nianbao.store import Store

RUN = RunRecord("r1", datetime(2024, 3, 1, tzinfo=UTC), "0.1.0")
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def made(location: str, folder: Path, content: bytes = b"test") -> str:
    numeral = Numeral(2, 6, "8300", NumeralReason.MONEY)
    report = Report("甲镇.txt", DIGEST, Status.COMPLETE, numerals=(numeral,))
    document = Document("甲镇.txt", DIGEST, "text", "罚款8300元。")
    filing = Filing("folder", "/甲镇.txt", "甲镇.txt")
    with Store.open(location) as store:
        store.begin_run(RUN, "run")
        [file_id] = store.add_filings("r1", [filing])
        store.save("r1", [(file_id, Processed(filing, DIGEST, document, (report,)))])
    Archive(folder).put(DIGEST, content)
    return location


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NIANBAO_STORE", "NIANBAO_ARCHIVE", "NIANBAO_CONFIG"):
        monkeypatch.delenv(name, raising=False)


def test_a_store_is_checked_saved_and_read_in(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    made(store_url, Path("原件"))
    told = ["--store", store_url, "--archive", "原件"]
    assert main(["store", "verify", *told]) == 0
    assert capsys.readouterr().out == "数据库和 1 份原件核对完毕，没有发现问题。\n"
    assert main(["store", "export", "备份.zip", *told]) == 0
    assert capsys.readouterr().out.startswith("已写出：备份.zip（报告 1 份，原件 1 份，0.0 MB）")
    assert main(["store", "export", "备份.zip", *told]) == 3
    assert "备份.zip：文件已经存在，没有覆盖" in capsys.readouterr().err
    Path("新").mkdir()
    assert main(["store", "import", "备份.zip", "--store", "新/nianbao.db"]) == 0
    assert capsys.readouterr().out == "已导入：报告 1 份，原件 1 份。\n"
    assert Archive("新/archive").get(DIGEST) == b"test"
    assert main(["store", "import", "备份.zip", "--store", "新/nianbao.db"]) == 3
    assert "新/nianbao.db：这个数据库里已经有内容，没有导入" in capsys.readouterr().err


def test_what_is_wrong_is_told_line_by_line(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    made(store_url, Path("原件"), b"tset")
    with Store.open(store_url) as store, store._writing() as connection:
        connection.exec_driver_sql("UPDATE numerals SET quote = '9300'")
    assert main(["store", "verify", "--store", store_url, "--archive", "原件"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "甲镇.txt：引文与原文不符：9300"
    assert lines[1].startswith(f"{Path('原件').absolute()}/9f/{DIGEST}：归档里的内容 9f86d081884c 已损坏")
    assert lines[2:] == ["数据库和 1 份原件核对完毕，发现 2 处问题。"]
    assert main(["store", "export", "备份.zip", "--store", store_url, "--archive", "原件"]) == 1
    assert "提醒：归档里没有这些原件，或已损坏：9f86d081884c" in capsys.readouterr().err


def test_an_archive_that_is_not_found_is_told(store_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    made(store_url, Path("原件"))
    assert main(["store", "verify", "--store", store_url]) == 0
    told = capsys.readouterr()
    assert told.out == "数据库核对完毕，没有发现问题。\n"
    assert "没有找到存放原件的归档" in told.err


def test_no_store_is_made_by_looking_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "verify"]) == 2
    assert "nianbao.db：没有这个数据库（请用 --store 写明数据库" in capsys.readouterr().err
    assert main(["store", "verify", "--store", "sqlite:///无/nianbao.db"]) == 2
    assert "无/nianbao.db：没有这个数据库" in capsys.readouterr().err
    assert list(Path().iterdir()) == []
