"""Rows of a table in which more was done than taken in, where its columns say which is which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

from nianbao.grammar.reading import Reading
from nianbao.grammar.tables import TableFigure
from plugins.validators.checks import Check, Ledger
from plugins.validators.columns import number_of
from plugins.validators.counterparts import CARRIED_OVER, tells_carried
from plugins.validators.orders import ORDER
from plugins.validators.relations import AtMost, Verdict

# Headers by what they count, the taken in before the done.
_PAIRS = tuple(
    (regex.compile(of), regex.compile(done))
    for of, done in (
        (
            r"^(?:受理|收到|接收|接到|收件|收案|登记|交办|转办|承办|立案|申请)",
            r"办结|办复|答复|结案|审结|办毕",
        ),
        (r"^(?:排查|摸排|受理|调解(?!成功)|纠纷|发生)", r"化解|成功|调成|达成协议"),
        (r"^(?:发现|排查|查出|隐患)", r"整改|销号|消除"),
        (r"^(?:应诉|开庭|应出庭|诉讼)", r"^(?:负责人|实际)?出庭"),
        (r"^(?:应考|参考|参加)", r"合格|通过"),
    )
)
_NO_COUNT = regex.compile(r"[率比%]|结转|上年|未|正在|在办|金额|面积|同比|天|不")
# What stands so near a table may say that cases came over from the year before.
_NEAR = 200


def check_table_orders(ledger: Ledger) -> None:
    """Enter, for every row of a table, that no more was done than was taken in."""
    for table in ledger.reading.tables:
        figures = [figure for figure in table.figures() if not _NO_COUNT.search(figure.header)]
        headers = {figure.column: figure.header for figure in figures}
        pairs = list(_columns(headers))
        if pairs:
            doubt = CARRIED_OVER if _is_carried(ledger.reading, list(table.figures())) else ""
            for of, done in pairs:
                _enter(ledger, figures, of, done, doubt)


def _columns(headers: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Yield the columns (of how many, done) where each of a pair has one column alone."""
    for of, done in _PAIRS:
        dones = [column for column, header in headers.items() if done.search(header)]
        ofs = [column for column, header in headers.items() if of.search(header) and column not in dones]
        if len(ofs) == len(dones) == 1:
            yield ofs[0], dones[0]


def _enter(ledger: Ledger, figures: Sequence[TableFigure], of: int, done: int, doubt: str) -> None:
    relations = []
    for _, group in groupby(figures, key=lambda figure: figure.row):
        row = {figure.column: figure for figure in group}
        if of in row and done in row and row[of].unit == row[done].unit and not row[of].total:
            relations.append(AtMost(number_of(ledger, row[done]), number_of(ledger, row[of])))
    bounds = ledger.bounds
    broken = sum(relation.verdict(bounds) is Verdict.FAILS for relation in relations)
    # Where half of the rows tell more, the columns mean something else.
    if broken * 2 < len(relations) or len(relations) == broken == 1:
        known = {check.relation for check in ledger.checks}
        ledger.checks += [Check(ORDER, each, doubt) for each in relations if each not in known]


def _is_carried(reading: Reading, figures: Sequence[TableFigure]) -> bool:
    start, end = min(each.row_start for each in figures), max(each.cell.end for each in figures)
    return tells_carried(reading.text[max(0, start - _NEAR) : end + _NEAR])
