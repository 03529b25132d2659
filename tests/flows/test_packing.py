"""What came of a document, packed for its way between processes."""

from __future__ import annotations

from flows.packing import pack
from flows.worker import Outcome, lost, packed
from nianbao.model import Filing

FILING = Filing("folder", "甲.txt", "甲.txt")


def test_it_comes_out_as_it_went_in() -> None:
    outcome = lost(FILING, "文件已损坏", 0.25)
    told = pack(outcome)
    assert (told.seconds, told.is_deferred) == (0.25, False)
    assert told.unpack() == outcome


def test_what_can_not_be_packed_costs_its_file_alone() -> None:
    outcome = Outcome(lambda: None, 0.5)  # type: ignore[arg-type]  as from a plugin that gives what it likes
    told = packed(FILING, outcome).unpack()
    (row,) = told.processed.reports
    assert (told.seconds, row.file) == (0.5, "甲.txt")
    assert "处理结果无法取回" in str(row)
