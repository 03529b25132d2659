"""Publishers are told where the pages on single reports lie; what holds evidence on a page is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from broken import empty_yearbook
from small_records import registry

from nianbao.model import (
    Block,
    BlockKind,
    Document,
    Entry,
    Finding,
    Numeral,
    NumeralReason,
    Place,
    Quote,
    Report,
    Severity,
    Status,
    Yearbook,
)
from nianbao.records import Publisher
from nianbao.steps import entry_of, publish

FILES = ("甲镇", "乙镇")
BOX = (72.0, 90.0, 520.0, 108.0)


def listing(name: str) -> Publisher:
    """Return a publisher that writes which addresses it is told."""

    def write(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
        path = folder / f"{name}.txt"
        path.write_text(" ".join(entry.review or "—" for entry in yearbook.entries), encoding="utf-8")
        return [path]

    return Publisher(name, write)


def paging(name: str, *, broken: bool = False, address: Any = None) -> Publisher:
    """Return a publisher that has pages, at addresses that bear its name."""

    def fail(yearbook: Yearbook, folder: Path) -> Sequence[Path]:
        raise OSError("磁盘已满")

    def told(yearbook: Yearbook, entry: Entry) -> str:
        return f"{name}/{entry.report.file}.html" if address is None else address

    found = listing(name)
    return replace(found, address=told, publish=fail if broken else found.publish)


def written(folder: Path, *publishers: Publisher) -> tuple[dict[str, str], list[str]]:
    """Return what each publisher was told of the pages, in the order in which paths come, and who failed."""
    found = registry(publishers=publishers)
    entries = tuple(Entry(Report(file, "a" * 64, Status.COMPLETE), (), "docx") for file in FILES)
    paths, failures = publish(found, replace(empty_yearbook(found), entries=entries), folder)
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}, [each.plugin for each in failures]


def test_all_are_told_where_the_pages_lie_whoever_stands_first(tmp_path: Path) -> None:
    told, failed = written(tmp_path, listing("a"), paging("m"), listing("z"))
    pages = "m/甲镇.html m/乙镇.html"
    assert (list(told.items()), failed) == ([("a", pages), ("m", pages), ("z", pages)], [])


def test_the_first_of_several_that_have_pages_counts(tmp_path: Path) -> None:
    told, _ = written(tmp_path, paging("m"), paging("n"))
    assert told["n"] == told["m"] == "m/甲镇.html m/乙镇.html"


def test_nobody_links_to_pages_that_could_not_be_written(tmp_path: Path) -> None:
    told, failed = written(tmp_path, listing("a"), paging("m", broken=True))
    assert (told, failed) == ({"a": "— —"}, ["m"])


def test_an_address_that_is_none_fails_its_publisher_alone(tmp_path: Path) -> None:
    told, failed = written(tmp_path, listing("a"), paging("m", address=7))
    assert (told, failed) == ({"a": "— —"}, ["m"])


def test_another_kind_of_report_is_not_told_of_them(tmp_path: Path) -> None:
    told, _ = written(tmp_path, replace(paging("m"), serves=frozenset({"plan"})), listing("z"))
    assert told == {"z": "— —"}


def test_an_entry_knows_the_blocks_on_pages_that_hold_its_evidence() -> None:
    text = "一、成效\n调解12件\n走访30户\n检查5次\n无关"
    starts = [0, 5, 11, 17, 22]
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    blocks = tuple(
        Block(start, end, BlockKind.PARAGRAPH, Place(paragraph=n, page=1, box=None if n == 4 else BOX))
        for n, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    )
    finding = Finding("numbering", "outline.numbering", Severity.NOTE, "序号", (Quote(0, 4, "一、成效"),))
    numerals = (
        Numeral(13, 16, "30户", NumeralReason.UNCLAIMED),
        Numeral(19, 21, "5次", NumeralReason.UNCLAIMED),
        Numeral(7, 10, "12件", NumeralReason.DATE),
    )
    report = Report("甲.pdf", "a" * 64, Status.COMPLETE, findings=(finding,), numerals=numerals)
    entry = entry_of(report, Document("甲.pdf", "a" * 64, "pdf", text, blocks))
    # The fourth has no box, the second and the last hold no evidence.
    assert entry.spots == (blocks[0], blocks[2])
