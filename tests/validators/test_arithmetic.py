"""Sums, shares, rates, columns: what is broken is found with its repair, what can be right is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nianbao import Attribute, Block, BlockKind, Context, Document, Field, Place, Report, Status
from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.grammar.reading import read_text
from nianbao.manager import registry
from plugins.validators.arithmetic import check
from plugins.validators.rounding import Told, rate_fits, rate_holds


def findings(text: str, blocks: tuple[Block, ...] = ()) -> list[tuple[str, str, str]]:
    """Read a text whole and return (rule, message, suggestion) of what arithmetic finds."""
    catalogue = load_catalogue()
    document = Document("甲.txt", "0" * 64, "text", text, blocks)
    context = Context(
        catalogue, divisions(), date(2024, 5, 6), reading=read_text(text, catalogue.units, blocks)
    )
    attributes = (
        Attribute(Field.YEAR, "2023", "", "test"),
        Attribute(Field.ISSUER_LEVEL, "town", "", "test"),
    )
    report = Report("甲.txt", "0" * 64, Status.COMPLETE, attributes)
    extractor = next(e for e in registry().extractors if e.name == "indicators")
    observed = tuple(extractor.extract(document, replace(context, report=report)))
    report = replace(report, observations=tuple(o for o in observed if hasattr(o, "indicator")))
    for finding in check(report, context):
        for quote in finding.quotes:
            assert text[quote.start : quote.end] == quote.quote
        assert finding.basis
    return [(f.rule, f.message, f.suggestion) for f in check(report, context)]


BROKEN = [
    # parts above their whole; the shares choose which figure is wrong
    (
        "全年办理行政执法案件500件，其中行政许可240件，占比42%；行政处罚120件，占比24%；行政检查170件，占比34%。",
        ["arithmetic.sum", "arithmetic.share"],
        "240疑为210之误",
    ),
    ("共调处纠纷80起，其中邻里类50起、土地类40起。", ["arithmetic.sum"], ""),
    # a list that claims to be complete
    ("受理纠纷100件，其中婚姻类40件、邻里类30件、其他类20件。", ["arithmetic.sum"], ""),
    ("查处城管类案件11起，土地类案件6起，经营类案件20起，合计办理行政处罚案件35起。", ["arithmetic.sum"], ""),
    # a share that can't be
    ("办理行政处罚案件200件，其中简易程序150件，占比65%。", ["arithmetic.share"], ""),
    # a rate beside its counts
    ("全年排查矛盾纠纷200件，化解190件，化解率98%。", ["arithmetic.rate"], "95.0%"),
]

RIGHT = [
    "共调处纠纷80起，其中邻里类50起、土地类30起。",
    # not said to be all
    "共调处纠纷80起，其中邻里类50起、土地类10起。",
    # hedged
    "共调处纠纷80余起，其中邻里类50起、土地类35起。",
    "共调处纠纷约100起，其中邻里类60起、土地类45起。",
    # outcomes are no summands
    "行政复议案件9件，其中维持6件、终止2件、已审结9件。",
    "受理纠纷60件，其中重大纠纷5件，调解成功58件。",
    # rounding and truncation
    "办理行政处罚案件3件，其中简易程序2件，占比66.6%。",
    "办理行政处罚案件3件，其中简易程序2件，占比66.7%。",
    "全年排查矛盾纠纷572件，化解551件，化解率96%。",
    # the rate is of those accepted, not of those screened
    "排查矛盾纠纷300件，受理调解200件，调解成功190件，调解成功率95%。",
    # the share of something else
    "办理行政处罚案件171件，其中简易程序104件，普通程序67件；非现场执法占比35%。",
    # carried over
    "受理纠纷126宗，加上上年结转9宗，调解成功132宗。",
    # another unit
    "开展检查20次，其中联合检查5次、检查企业300家。",
    "",
]


@pytest.mark.parametrize(("text", "rules", "repair"), BROKEN)
def test_what_does_not_add_up_is_found(text: str, rules: list[str], repair: str) -> None:
    found = findings(text)
    assert [rule for rule, _, _ in found] == rules
    assert repair in found[0][2]


@pytest.mark.parametrize("text", RIGHT)
def test_what_can_be_right_is_left_alone(text: str) -> None:
    assert findings(text) == []


def test_message_names_both_sides() -> None:
    (_, message, _), *_ = findings(BROKEN[0][0])
    assert message == "“办理行政执法案件”写为500件，但所列各分项 240 + 120 + 170 = 530，两者不一致。"


def table(*rows: tuple[str, ...]) -> tuple[str, tuple[Block, ...]]:
    text = ""
    blocks = []
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            blocks.append(
                Block(
                    len(text),
                    len(text) + len(cell),
                    BlockKind.CELL,
                    Place(table=1, row=number, column=column),
                )
            )
            text += cell + ("\n" if column == len(row) else "\t")
    return text, tuple(blocks)


HEAD = ("单位", "行政处罚（件）", "罚没金额（万元）", "合格率（%）")


def test_a_column_that_does_not_add_up_is_found() -> None:
    text, blocks = table(
        HEAD, ("城管", "12", "3.5", "98"), ("农业", "7", "1.2", "97"), ("合计", "20", "4.7", "97.5")
    )
    (rule, message, _), *rest = findings(text, blocks)
    assert (rule, rest) == ("arithmetic.column", [])
    assert message == "表格“行政处罚”一列的合计写为20，但各行 12 + 7 = 19，两者不一致。"


@pytest.mark.parametrize(
    "rows",
    [
        (HEAD, ("城管", "12", "3.5", "98"), ("农业", "7", "1.2", "97"), ("合计", "19", "4.7", "97.5")),
        # subtotals: what adds up to what is anybody's guess
        (
            HEAD,
            ("城管", "12", "3.5", "98"),
            ("小计", "12", "3.5", "98"),
            ("农业", "7", "1", "97"),
            ("合计", "9", "4", "9"),
        ),
        # a cell is missing
        (HEAD, ("城管", "12", "3.5", "98"), ("农业", "—", "1.2", "97"), ("合计", "30", "4.7", "97.5")),
        (HEAD, ("城管", "12", "3.5", "98"), ("合计", "13", "3.6", "98")),
    ],
)
def test_columns_that_can_be_right_are_left_alone(rows: tuple[tuple[str, ...], ...]) -> None:
    assert findings(*table(*rows)) == []


@pytest.mark.parametrize(
    ("rate", "part", "whole", "holds"),
    [("66.6", 2, 3, True), ("66.7", 2, 3, True), ("67", 2, 3, True), ("66", 2, 3, True), ("65", 2, 3, False)],
)
def test_rates_may_be_rounded_or_cut(rate: str, part: int, whole: int, holds: bool) -> None:
    told = Told(Decimal(rate), Decimal(rate), Decimal(rate))
    exact = Decimal(part) / Decimal(whole) * 100
    assert rate_fits(told, exact) is holds
    numbers = [Told(Decimal(value), Decimal(value), Decimal(value)) for value in (part, whole)]
    assert rate_holds(told, *numbers) is holds


def test_open_bounds_hold() -> None:
    rate, part = Told(Decimal(50), Decimal(50), Decimal(50)), Told(Decimal(9), Decimal(9), None)
    assert rate_holds(rate, part, Told(Decimal(10), Decimal(10), Decimal(10)))
    assert rate_holds(rate, part, Told(Decimal(0), Decimal(0), Decimal(0)))


def test_the_validator_is_registered_with_its_kinds() -> None:
    validator = next(v for v in registry().validators if v.name == "arithmetic")
    assert (validator.scope, validator.kinds) == ("report", frozenset({"sum", "ratio"}))
