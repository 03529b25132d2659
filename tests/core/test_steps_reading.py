"""From a place to a document: which source lists and fetches, which reader reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from broken import download
from small_records import TEXT, filing, reader, registry, source

from nianbao.errors import FinalReadError, ReadError, UsageError
from nianbao.model import Block, BlockKind, Document, Download, Filing, Place, SourceConfig
from nianbao.records import Reader
from nianbao.steps import fetch, list_filings, read


def test_the_first_source_that_accepts_lists() -> None:
    found = registry(sources=(source("away", "网站"), source("memory", "内存"), source("twin", "内存")))
    assert list_filings(found, SourceConfig("内存"), 2023) == (Filing("memory", "内存/2023", "a.txt"),)


def test_a_place_that_no_source_accepts_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="软盘：没有能读取这个位置的来源"):
        list_filings(registry(), SourceConfig("软盘"))


def test_a_source_that_cannot_say_whether_it_accepts_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(source("a", "内存"), accepts=lambda config: config.nothing)
    found = registry(sources=(broken, source("memory", "内存")))
    assert len(list_filings(found, SourceConfig("内存"))) == 1
    assert "来源 a 出错，没有使用" in caplog.text


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (lambda config, year: 1 / 0, "内存：来源 m 出错：ZeroDivisionError: division by zero"),
        (lambda config, year: ["a.txt"], "内存：来源 m 出错：m：应给出 Filing，却给出了 str"),
    ],
)
def test_a_source_that_fails_to_list_says_which(listed: object, said: str) -> None:
    broken = replace(source("m", "内存"), list=listed)
    with pytest.raises(UsageError) as caught:
        list_filings(registry(sources=(broken,)), SourceConfig("内存"))
    assert str(caught.value) == said


def test_a_source_s_own_usage_error_stays_as_it_is() -> None:
    def listed(config: SourceConfig, year: int | None) -> Sequence[Filing]:
        raise UsageError("文件夹是空的", where=config.location)

    with pytest.raises(UsageError, match=r"^内存：文件夹是空的$"):
        list_filings(registry(sources=(replace(source("m", "内存"), list=listed),)), SourceConfig("内存"))


def test_fetching() -> None:
    assert fetch(registry(), filing("a.txt")).data.decode() == TEXT
    with pytest.raises(ReadError, match=r"没有\.txt：文件不在了（请重新列出）"):
        fetch(registry(), filing("没有.txt"))
    with pytest.raises(ReadError, match="来源 gone 未安装"):
        fetch(registry(), Filing("gone", "x", "x"))


@pytest.mark.parametrize(
    ("readers", "name"),
    [
        ([reader("low", 10), reader("high", 90)], "high"),
        ([reader("b", 50), reader("a", 50)], "a"),
        ([reader("none", 0), reader("low", 1)], "low"),
        ([reader("high", 90, error="加密"), reader("low", 10)], "low"),
    ],
)
def test_the_highest_bidder_that_can_reads(readers: list[Reader], name: str) -> None:
    document, failures = read(registry(readers=tuple(readers)), download(TEXT))
    assert (document.reader, failures) == (name, ())


def test_the_highest_bidder_s_error_is_told() -> None:
    found = registry(readers=(reader("low", 10, error="看不懂"), reader("high", 90, error="加密")))
    with pytest.raises(ReadError, match="加密（请改用high）"):
        read(found, download(TEXT))
    with pytest.raises(ReadError, match="不支持的文件类型"):
        read(registry(readers=(reader("none", 0),)), download(TEXT))


def test_after_a_final_error_nobody_else_is_asked() -> None:
    def refuse(given: Download) -> Document:
        raise FinalReadError("已加密", where=given.filing.name)

    found = registry(readers=(Reader("first", lambda given: 60, refuse), reader("second", 50)))
    with pytest.raises(FinalReadError, match="已加密"):
        read(found, download(TEXT))


def test_a_place_is_found_by_its_block() -> None:
    blocks = tuple(
        Block(start, start + 3, BlockKind.CELL, Place(table=1, row=1, column=column))
        for column, start in ((1, 0), (2, 4), (3, 8))
    )
    document = Document("a", "0", "r", "甲甲甲\t乙乙乙\t丙丙丙", blocks)
    assert [document.place_of(offset).describe() for offset in (0, 2, 4, 10)] == [
        "表1第1行第1列",
        "表1第1行第1列",
        "表1第1行第2列",
        "表1第1行第3列",
    ]
    assert [document.place_of(offset) for offset in (3, 7, 11, 99)] == [Place()] * 4
