"""`nianbao evaluate`: readings held against gold; no Prefect, no store."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flows.commands.extract import outcomes
from flows.evaluations import Sheet, gallery_of, show_comparison, show_evaluation
from flows.listing import list_all
from flows.printing import print_lines, until_closed
from flows.stopping import StoppedError
from flows.summary import cut
from flows.watch import TerminalWatch
from flows.worker import installed
from nianbao.errors import UsageError
from nianbao.evaluation import Gold, compare, read_gold, saved, score
from nianbao.interface import Json, report_to_json
from nianbao.manager import registry
from nianbao.model import Document, Filing


@dataclass(slots=True)
class _Readings:
    """What was read, by the stem of its file: what is printed of it is what is scored."""

    rows: dict[str, Json] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


def evaluate_command(
    gold_path: Path, places: Sequence[str], *, gallery: Path | None, save: Path | None, earlier: Path | None
) -> int:
    """Print how well reports are read; return the exit status.

    Args:
        gold_path: the gold readings.
        places: where the reports are.
        gallery: where to write the page of mistakes, if it is wanted.
        save: where to save the scores, if that is wanted.
        earlier: scores saved by an earlier run to compare with.

    Raises:
        UsageError: the gold, the reports or the earlier scores can't be read.
        StoppedError: the user stopped it.
    """
    gold = read_gold(gold_path)
    found = registry()
    for failure in found.failures:
        _tell(f"警告：插件 {failure.plugin} 没有装载：{failure.error}")
    filings = _wanted(list_all(found, places), gold)
    try:
        readings = _read(filings)
        development, held_out = (
            score(rows, readings.rows, gold.indicators) for rows in (gold.rows, gold.held_out)
        )
        sheet = Sheet(gold_path, development, held_out)
        comparison = compare(sheet.evaluation, gold.digest, earlier) if earlier else None
        with until_closed():
            print_lines(show_evaluation(sheet))
            if comparison is not None:
                print_lines(show_comparison(sheet, comparison))
        if save is not None:
            _write(save, saved(sheet.evaluation, sheet.held_out, gold.digest))
        if gallery is not None:
            _write(gallery, gallery_of(sheet, readings.documents))
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；再次运行同样的命令即可从头评测。") from error
    lost = [*sheet.evaluation.lost, *sheet.held_out.lost]
    if lost:
        _tell(f"警告：答案里有、但没有读到的报告：{cut(lost)}")
    return 1 if lost or found.failures else 0


def _wanted(filings: Sequence[Filing], gold: Gold) -> list[Filing]:
    """Return the files that gold reads, each name once.

    Raises:
        UsageError: none of them is there, or two bear the same name.
    """
    by_stem: dict[str, Filing] = {}
    for filing in filings:
        stem = Path(filing.name).stem
        if stem not in gold.stems:
            continue
        if stem in by_stem:
            raise UsageError(f"有两份文件都叫 {stem}", where=filing.name, hint="请只留一份")
        by_stem[stem] = filing
    if not by_stem:
        hint = f"答案里的报告是：{cut(sorted(gold.stems))}"
        raise UsageError("这里没有答案所说的报告", where="报告位置", hint=hint)
    others = len(filings) - len(by_stem)
    if others:
        _tell(f"有 {others} 份文件不在答案里，没有评测")
    return list(by_stem.values())


def _read(filings: Sequence[Filing]) -> _Readings:
    readings = _Readings()
    with TerminalWatch(quiet=sys.stdout.isatty()) as watch:
        watch.phase("读取报告", len(filings))
        for outcome in outcomes(installed, filings):
            document = outcome.processed.document
            stem = Path(outcome.processed.filing.name).stem
            # Of several reports in a file, gold reads the first.
            first = outcome.processed.reports[0]
            readings.rows[stem] = json.loads(json.dumps(report_to_json(first)))
            if document is not None:
                readings.documents[stem] = document
            watch.advance()
    return readings


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"无法写入：{error.strerror}", where=str(path)) from error
    _tell(f"已写出 {path}")


def _tell(line: str) -> None:
    sys.stdout.flush()
    print(line, file=sys.stderr)
