"""Time the store takes to save and load reports of the usual size: `benchmarks/store.py [REPORTS] [STORE]`.

The store, an empty one, is a temporary SQLite file unless one is named (`postgresql://…`).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    Field,
    Figure,
    FigureStatus,
    Filing,
    Finding,
    Numeral,
    NumeralReason,
    Observation,
    Place,
    Qualifier,
    Quote,
    Report,
    Role,
    RunRecord,
    Section,
    SectionKind,
    Severity,
    Status,
)
from nianbao.steps import Processed
from nianbao.store import Store

SENTENCE = "全年共办理行政处罚案件1{:02d}起，罚款8300余元，行政检查187次。"
OBSERVATIONS, NUMERALS, FINDINGS, BATCH = 40, 60, 3, 64
IDENTITY = {
    Field.TITLE: "2023年度报告",
    Field.YEAR: "2023",
    Field.ISSUER: "某县某镇人民政府",
    Field.COUNTY: "某县",
}


def made(number: int) -> Processed:
    lines = [SENTENCE.format(index) * 4 for index in range(NUMERALS)]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    name, sha256, text = f"{number:05d}.docx", f"{number:064x}", "\n".join(lines)

    def spot(index: int) -> tuple[int, int, str]:
        return starts[index], starts[index] + 16, text[starts[index] : starts[index] + 16]

    def observation(index: int) -> Observation:
        start, end, quote = spot(index)
        value = Decimal(100 + index)
        return Observation(
            f"indicator_{index}", value, "起", Qualifier.EXACT, Role.TOTAL, start, end, quote, value, value,
            start + 11, start + 15, Decimal("0.95"), "indicators", "线索词“行政处罚案件”",
        )  # fmt: skip

    report = Report(
        file=name,
        sha256=sha256,
        status=Status.COMPLETE,
        attributes=tuple(
            Attribute(field, value, "标题所写", "identity") for field, value in IDENTITY.items()
        ),
        sections=tuple(
            Section(lines[i][:10], SectionKind.OTHER, starts[i], starts[i + 1], 1, "o") for i in range(20)
        ),
        observations=tuple(map(observation, range(OBSERVATIONS))),
        numerals=tuple(Numeral(*spot(index), NumeralReason.UNCLAIMED) for index in range(NUMERALS)),
        figures=tuple(
            Figure(f"indicator_{index}", Decimal(100 + index), FigureStatus.STATED, False, (index,))
            for index in range(OBSERVATIONS)
        ),
        findings=tuple(
            Finding("sum", "arithmetic.sum", Severity.ERROR, "合计与分项不符。", (Quote(*spot(index)),))
            for index in range(FINDINGS)
        ),
    )
    blocks = tuple(
        Block(start, start + len(line), BlockKind.PARAGRAPH, Place(paragraph=index + 1))
        for index, (start, line) in enumerate(zip(starts, lines, strict=False))
    )
    return Processed(
        Filing("folder", name, name), sha256, Document(name, sha256, "docx", text, blocks), (report,)
    )


def timed(label: str, count: int, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    print(f"{label:<24}{seconds:8.2f} s{1000 * seconds / count:10.2f} ms a report")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    batch = [made(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        measure(batch, sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "store.db"))


def measure(batch: list[Processed], location: str) -> None:
    count = len(batch)
    print(f"{count} reports, {OBSERVATIONS} observations, {NUMERALS} numerals, {OBSERVATIONS} figures each")
    with Store.open(location) as store:
        store.begin_run(RunRecord("run", datetime.now(UTC), "0"), "benchmark")
        ids: list[int] = []
        timed("list", count, lambda: ids.extend(store.add_filings("run", [done.filing for done in batch])))
        items = list(zip(ids, batch, strict=True))

        def in_batches() -> None:
            for start in range(0, count, BATCH):
                store.save("run", items[start : start + BATCH])

        timed(f"save, {BATCH} a batch", count, in_batches)
        timed("save again, 1 batch", count, lambda: store.save("run", items))
        timed("load", count, lambda: store.load_entries("run"))
        timed("verify", count, store.verify)
    if Path(location).exists():
        size = Path(location).stat().st_size
        print(f"{'on disk':<24}{size / 1e6:8.1f} MB{size / 1000 / count:9.1f} kB a report")


if __name__ == "__main__":
    main()
