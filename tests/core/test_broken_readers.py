"""Where a source or a reader is broken, the next one reads or the file is told as unreadable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from broken import SETTLE, Writer, context, registry_with, report_of
from broken_beside import HEAD, loaded_beside

from nianbao.manager import build_registry
from nianbao.model import Filing, Status
from nianbao.steps import process

READER = (
    HEAD
    + """
@hookimpl
def nianbao_readers():
    yield Reader("broken", {bid}, read)

def read(download):
    {body}
"""
)


WHILE_READING = {
    "a bid that raises": ("lambda download: 1 / 0", "return None", "bid", "ZeroDivisionError"),
    "a bid that is no number": ("lambda download: 'high'", "return None", "bid", "ValueError"),
    "a read that raises": ("lambda download: 90", "raise IndexError('表')", "read", "IndexError: 表"),
    "no document": ("lambda download: 90", "return download.data", "read", "应给出 Document，却给出了 bytes"),
    "another file's digest": (
        "lambda download: 90",
        "return Document('x', '00', 'broken', '文')",
        "read",
        "sha256 与文件不符",
    ),
    "a block outside the text": (
        "lambda download: 90",
        "return Document('x', download.sha256, 'broken', '文', (Block(0, 5, BlockKind.PARAGRAPH, Place()),))",
        "read",
        "段落位置 0–5 重叠或超出原文",
    ),
}


@pytest.mark.parametrize(("bid", "body", "stage", "said"), WHILE_READING.values(), ids=WHILE_READING)
def test_where_a_reader_fails_the_next_one_reads(
    write: Writer, bid: str, body: str, stage: str, said: str
) -> None:
    _, alone, beside = loaded_beside(write, READER.format(bid=bid, body=body))
    [failure] = beside.failures
    assert (failure.plugin, failure.stage) == ("broken", stage)
    assert said in failure.error
    assert replace(beside, failures=(), status=alone.status) == alone
    assert beside.status is Status.PARTIAL


def test_a_reader_that_says_no_is_no_failure(write: Writer) -> None:
    _, alone, beside = loaded_beside(
        write, READER.format(bid="lambda d: 90", body="raise ReadError('加密的文件')")
    )
    assert beside == alone


def test_where_all_readers_fail_the_file_is_unreadable_and_the_failure_is_told(write: Writer) -> None:
    found = build_registry(
        [SETTLE, write("broken", READER.format(bid="lambda d: 90", body="raise OSError('坏')"))]
    )
    report = report_of(found)
    assert (report.status, report.error) == (Status.UNREADABLE, "读取程序 broken 出错：OSError: 坏")
    assert [(failure.plugin, failure.stage) for failure in report.failures] == [("broken", "read")]


def test_a_broken_source_leaves_the_file_unreadable(write: Writer) -> None:
    source = (
        HEAD
        + """
@hookimpl
def nianbao_sources():
    yield Source("broken", lambda config: True, lambda config, year: (), lambda filing: filing.name)
"""
    )
    found = registry_with(write, source)
    [report] = process(found, Filing("broken", "x", "x.txt"), context()).reports
    assert report.status is Status.UNREADABLE
    assert report.error == "来源 broken 出错：broken：应给出 Download，却给出了 str"
    assert [(failure.plugin, failure.stage) for failure in report.failures] == [("broken", "fetch")]
