"""The sums of tables against what the text beside them tells of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from nianbao.grammar.tables import TableFigure
from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.checks import Check, Ledger
from plugins.validators.columns import number_of
from plugins.validators.listwords import tells_change
from plugins.validators.relations import Same
from plugins.validators.repeats import REPEAT, SCOPE
from plugins.validators.sentences import Sentence, Spot

# A table is led up to, or summed up, within so many characters.
_BEFORE, _BEHIND = 500, 250
_SHORTEST, _SHORTEST_LABEL = 2, 4
_SUFFIX = regex.compile(r"(?:总?[件次人份条起个项宗]?数量?|总量|情况|合计|总计|\(.*\))+$")
_VALUES = regex.compile(r"^(?:数量|件数|数值|数据|完成数|全年数?|本年数?|20\d\d年度?|合计|总数|数)$")
# 场次, 份数 above a column say in what its rows are counted.
_COUNTED_IN = regex.compile(
    r"^(?:总|开展|举办|办理|完成)?(?P<unit>场次|人次|件次|[场次期件起宗份篇条处个家户项名部支])数?量?$"
)
_OCCASIONS = frozenset({"场", "次", "场次"})
_PAST = regex.compile("去年|上年|往年|历年|同期|上半年|下半年|季度|其中")
_ALL_OF_THEM = regex.compile(
    r"(?:全部|下辖|所辖)?(?:[两二三四五六七八九十]+|\d+)个(?:行政)?(?:村[(（]?(?:社区|居)?[)）]?|社区|片区|站所|部门|单位|中队)"
)
_TEN_THOUSAND = Decimal(10_000)


def check_tables_and_text(ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int]) -> None:
    """Enter every sum of a table that the text beside it tells otherwise, and never as the table does."""
    for table in ledger.reading.tables:
        figures = list(table.figures())
        if not figures:
            continue
        start, end = (
            ledger.reading.shadow.locate(at)
            for at in (min(each.row_start for each in figures), max(each.cell.end for each in figures))
        )
        near = [
            (spot, sentence)
            for sentence in sentences
            if start - _BEFORE <= sentence.start and sentence.end <= end + _BEHIND
            for spot in sentence.spots
            if not start <= spot.quantity.start < end
            and spot.quantity.start not in parts
            and is_of_the_year(spot, sentence)
        ]
        for figure, noun in _named(figures) if near else ():
            _enter(ledger, figure, [spot for spot, _ in near if _tells(spot, noun, figure)])


def _named(figures: Sequence[TableFigure]) -> Iterator[tuple[TableFigure, str]]:
    """Yield the sums of columns by their headers, and what a list of two columns tells by its labels."""
    for figure in figures:
        noun = _SUFFIX.sub("", figure.header if figure.total else figure.label)
        counted = _VALUES.match(figure.header) or _COUNTED_IN.match(figure.header)
        told = counted is not None and len(noun) >= _SHORTEST_LABEL
        if len(noun) >= _SHORTEST if figure.total else told:
            yield figure, noun


def is_of_the_year(spot: Spot, sentence: Sentence, *, among: bool = False) -> bool:
    """Whether a figure counts exactly, and all that the issuer did in the year; `among`: or some of it."""
    quantity = spot.quantity
    counted = quantity.kind in COUNTS or quantity.kind is UnitClass.MONEY
    if not counted or quantity.low != quantity.high or tells_change(spot.gap):
        return False
    # 四个社区累计: all of those whose rows the table adds up, not one of them.
    before = _ALL_OF_THEM.sub("", sentence.before(spot))
    before = before.replace("其中", "") if among else before
    return SCOPE.search(before) is None and _PAST.search(before) is None


def _tells(spot: Spot, noun: str, figure: TableFigure) -> bool:
    """Whether the words before a figure end in what the table calls its own, in the same unit."""
    unit = spot.quantity.unit
    counted_in = _COUNTED_IN.match(figure.header) if not figure.unit else None
    same_unit = not figure.unit or figure.unit[-1] == unit[-1] or figure.unit[0] == unit[0]
    if counted_in:
        same_unit = counted_in["unit"][0] == unit[0] or {counted_in["unit"], unit} <= _OCCASIONS
    called = regex.sub(r"(?:案件|事项|纠纷|共|为|达)+$", "", spot.called)
    bare = regex.sub(r"(?:案件|事项|纠纷)+$", "", noun) or noun
    return same_unit and called.endswith(bare)


def _enter(ledger: Ledger, figure: TableFigure, spots: Sequence[Spot]) -> None:
    value = Decimal(figure.number.replace(",", ""))
    if figure.unit.startswith("万"):
        value *= _TEN_THOUSAND
    if len({spot.quantity.value for spot in spots}) == 1 and spots[0].quantity.value != value:
        ledger.checks.append(Check(REPEAT, Same(ledger.spot(spots[0]), number_of(ledger, figure))))
