"""Readers that prepare several files at once, and readers that are too slow for the common queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from broken import download
from small_records import TEXT, filing, reader, registry

from nianbao import intake
from nianbao.errors import ReadError
from nianbao.intake import SlowReadError, prepare, prepared_endings, try_read
from nianbao.model import Document, Download
from nianbao.records import Reader


class Preparing:
    """Notes what it is given to prepare."""

    def __init__(self, name: str = "office", bid: int = 60, error: Exception | None = None) -> None:
        self.batches: list[list[str]] = []
        self.error = error
        self.reader = replace(reader(name, bid), prepare=self.prepare)

    def prepare(self, downloads: Sequence[Download]) -> None:
        self.batches.append([each.filing.name for each in downloads])
        if self.error:
            raise self.error


def slow(name: str, bid: int, **fields: str) -> Reader:
    return replace(reader(name, bid, **fields), is_slow=True)


def test_files_are_prepared_together_and_those_that_are_gone_left_out() -> None:
    office = Preparing()
    found = registry(readers=(office.reader, reader("plain", 50)))
    names = [f"{number}.txt" for number in range(intake.PREPARED_TOGETHER + 3)]
    assert prepare(found, [filing(name) for name in ["没有.txt", *names]]) == ()
    assert office.batches == [names[: intake.PREPARED_TOGETHER], names[intake.PREPARED_TOGETHER :]]


def test_large_files_are_prepared_apart() -> None:
    office = Preparing()
    found = registry(readers=(office.reader,))
    bulk = replace(download(TEXT), data=bytes(intake._PREPARED_BYTES + 1))
    source = replace(found.sources[0], fetch=lambda wanted: replace(bulk, filing=wanted))
    assert prepare(replace(found, sources=(source,)), [filing("甲"), filing("乙")]) == ()
    assert office.batches == [["甲"], ["乙"]]


def test_a_reader_prepares_only_what_it_bids_for() -> None:
    none, office = Preparing("none", bid=0), Preparing()
    found = registry(readers=(none.reader, office.reader))
    assert prepare(found, [filing("甲.txt")]) == ()
    assert (none.batches, office.batches) == ([], [["甲.txt"]])


def test_the_names_of_what_is_prepared_are_those_of_all_readers_that_do() -> None:
    old, odd = Preparing().reader, Preparing("odd").reader
    both = (replace(old, prepares=frozenset({".WPS", ".doc"})), replace(odd, prepares=frozenset({".rtf"})))
    assert prepared_endings(registry(readers=both)) == (".doc", ".rtf", ".wps")
    assert prepared_endings(registry(readers=(both[0], odd))) is None, "one that names none wants all"
    assert prepared_endings(registry(readers=(reader("plain", 50),))) == ()


def test_preparing_that_fails_is_told_and_hinders_nobody() -> None:
    crashing = Preparing("crashing", error=ZeroDivisionError("除"))
    refusing = Preparing("refusing", error=ReadError("没有 LibreOffice"))
    after = Preparing("sound")
    found = registry(readers=(crashing.reader, refusing.reader, after.reader))
    [failure] = prepare(found, [filing("甲.txt")])
    assert (failure.plugin, failure.stage) == ("crashing", "prepare")
    assert after.batches == [["甲.txt"]]


def test_nothing_is_fetched_where_nobody_prepares() -> None:
    fetched: list[str] = []
    found = registry()
    source = replace(found.sources[0], fetch=lambda wanted: fetched.append(wanted.name))
    assert prepare(replace(found, sources=(source,)), [filing("甲.txt")]) == ()
    assert fetched == []


def test_a_slow_readers_turn_is_put_off() -> None:
    found = registry(readers=(slow("scan", 60), reader("plain", 50)))
    put_off, failures = try_read(found, download(TEXT), slow=False)
    assert isinstance(put_off, SlowReadError)
    assert failures == ()
    document, _ = try_read(found, download(TEXT))
    assert isinstance(document, Document)
    assert document.reader == "scan"


def test_a_faster_reader_before_it_reads_at_once() -> None:
    found = registry(readers=(slow("scan", 40), reader("plain", 50)))
    document, _ = try_read(found, download(TEXT), slow=False)
    assert isinstance(document, Document)
    assert document.reader == "plain"


def test_where_the_faster_one_can_not_read_the_slow_one_is_due() -> None:
    found = registry(readers=(slow("scan", 40), reader("pdf", 50, error="没有文字层")))
    put_off, _ = try_read(found, download(TEXT), slow=False)
    assert isinstance(put_off, SlowReadError)
    document, failures = try_read(found, download(TEXT))
    assert isinstance(document, Document)
    assert (document.reader, failures) == ("scan", ())


def test_where_the_slow_one_fails_too_the_highest_bidders_reason_is_told() -> None:
    found = registry(readers=(slow("scan", 40, error="认不出字"), reader("pdf", 50, error="没有文字层")))
    error, _ = try_read(found, download(TEXT))
    assert isinstance(error, ReadError)
    assert not isinstance(error, SlowReadError)
    assert error.message == "没有文字层"
