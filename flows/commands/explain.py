"""`nianbao explain`: why an indicator has its figure in a report; no Prefect, no store."""

from __future__ import annotations

import json
import sys

from flows.bench import Bench
from flows.explanations import show_explanation
from flows.indicators import known_catalogue
from flows.listing import list_all
from flows.printing import print_lines, until_closed, write_bytes
from flows.stopping import StoppedError
from nianbao.errors import ReadError, UsageError
from nianbao.explaining import explain, find_card
from nianbao.looks import explanation_to_json
from nianbao.manager import registry
from nianbao.model import Document, Filing, Status
from nianbao.steps import make_context


def explain_command(place: str, indicator: str, *, as_json: bool) -> int:
    """Print what was weighed for an indicator in each report of a file; return the exit status.

    Args:
        place: one file, or a member of an archive.
        indicator: id or Chinese name.
        as_json: print one object a report.

    Raises:
        UsageError: no such indicator or file, or several files.
        ReadError: the file can't be read.
        StoppedError: the user stopped it.
    """
    context = make_context()
    card = find_card(known_catalogue(), indicator)
    found = registry()
    for failure in found.failures:
        _tell(f"警告：插件 {failure.plugin} 没有装载：{failure.error}")
    filings = list_all(found, (place,))
    if len(filings) != 1:
        hint = "请写出其中一份，各份的名字可用 nianbao identify 查看"
        raise UsageError(f"这里有 {len(filings)} 份文件，一次只能说明一份", where=place, hint=hint)
    try:
        document = _read(filings[0])
        with until_closed():
            told = list(explain(found, document, context, frozenset({card.id})))
            for explanation in told:
                if as_json:
                    row = explanation_to_json(explanation, card.id)
                    write_bytes(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
                else:
                    print_lines(show_explanation(explanation, card))
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；再次运行同样的命令即可从头说明。") from error
    flawed = [failure for explanation in told for failure in explanation.report.failures]
    for failure in flawed:
        _tell(f"警告：插件 {failure.plugin} 出错：{failure.error}")
    nothing = all(explanation.report.status is Status.NOT_A_REPORT for explanation in told)
    return 1 if flawed or found.failures or nothing else 0


def _read(filing: Filing) -> Document:
    with Bench() as bench:
        read = bench.read(filing)
        if read.is_deferred:
            _tell(f"正在识别扫描件：{filing.name}")
            read = bench.read(filing, slow=True)
    for failure in read.failures:
        _tell(f"警告：插件 {failure.plugin} 在 {filing.name} 上出错：{failure.error}")
    if isinstance(read.result, ReadError):
        raise read.result
    return read.result


def _tell(line: str) -> None:
    sys.stdout.flush()
    print(line, file=sys.stderr)
