"""What is praised as none, and counted elsewhere: 保持零败诉 here, 被判决确认违法1件 there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from nianbao import Quote, Report, SectionKind
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Told
from plugins.validators.relations import Bounds, Same
from plugins.validators.repeats import REPEAT
from plugins.validators.sentences import Sentence, Spot

_ZERO = regex.compile(
    r"(?P<scope>(?<=[，,。;；:：、\n])[^，,。;；:：、\n]{0,20}?)"
    r"(?P<claim>[“\"]?零(?P<what>败诉|复议|诉讼|应诉|被诉)[”\"]?|(?:无一|未发生|没有|未有)[件起例宗]?(?P<what>败诉))"
    r"(?!率|风险|示范|创建|目标|工作)"
)
# Of some only, of another time, or wished for.
_CONFINED = regex.compile(
    r"[一二再终]审|去年|上年|20\d\d年|年度目标|季度|上半年|下半年|目标|力争|争取|确保|追求|努力|推动|创建|部分|多数|大部分|\d|个别|部门|单位|乡镇|镇街|街镇|村|领域|此类|该类|复议案件"
)
_COUNTED = {
    "败诉": regex.compile(
        r"败诉#|败诉$|#件?败诉|(?:判决|被|法院|裁判)[\p{Han}]{0,6}(?:确认违法|撤销|责令(?:重[作做]|履行|重新)|变更)[\p{Han}]{0,8}#|#(?:被|判决)[\p{Han}]{0,4}(?:确认违法|撤销|责令)"
    ),
    "复议": regex.compile(
        r"(?:被(?:申请|提起)|作为被申请人|被|^发生)[\p{Han}]{0,4}(?:行政)?复议(?:的)?(?:案件)?(?:共|有|为)?#"
    ),
    "诉讼": regex.compile(r"(?:被诉|应诉|作为被告|发生行政诉讼|涉诉)[\p{Han}]{0,6}#"),
}
_COUNTED["应诉"] = _COUNTED["被诉"] = _COUNTED["诉讼"]
_IN_COURT = regex.compile("诉讼|应诉|法院|判决|裁判|败诉")
_OF_OTHERS = regex.compile(r"去年|上年|同期|往年|20\d\d年|以来|一审|二审|如|代理|援助|民事|公益|企业|当事人")
_NONE = Bounds(Decimal(0), Decimal(0))
_NOTE = "请核实后统一两处的写法。"


def check_zeros(ledger: Ledger, sentences: Sequence[Sentence], report: Report) -> None:
    """Enter what is told as nothing by a catchword, against the cases that are counted.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        report: for its parts and its year.
    """
    text = ledger.reading.shadow.text
    if "零" not in text and "败诉" not in text:
        return
    for match in _zeros(ledger, report):
        for spot in _counted(sentences, match["what"], report.year):
            span = match.span("claim")
            start, end, quoted = ledger.reading.quote(*span)
            told = Told(match["what"], quoted, Decimal(0), "", _NONE, Quote(start, end, quoted))
            none = ledger.add(ledger.reading.shadow.span(*span), told)
            ledger.checks.append(Check(REPEAT, Same(ledger.spot(spot), none), note=_NOTE))
            break


def _zeros(ledger: Ledger, report: Report) -> Iterator[regex.Match[str]]:
    """Yield the claims that are of the whole year and of all that there is."""
    shadow = ledger.reading.shadow
    plans = [
        (shadow.locate(part.start), shadow.locate(part.end))
        for part in report.parts
        if part.kind is SectionKind.PLAN
    ]
    for match in _ZERO.finditer(shadow.text):
        planned = any(start <= match.start() < end for start, end in plans)
        if not planned and not _CONFINED.search(match["scope"].replace(f"{report.year}年", "")):
            yield match


def _counted(sentences: Sequence[Sentence], what: str, year: int | None) -> Iterator[Spot]:
    """Yield the figures that tell of this year what there is said to be none of."""
    pattern = _COUNTED[what]
    for sentence in sentences:
        if not _IN_COURT.search(sentence.text) and what != "复议":
            continue
        for spot in sentence.spots:
            told = spot.quantity.kind is UnitClass.CASE and spot.quantity.low and spot.quantity.low > 0
            before = f"{spot.gap}#".replace(f"{year}年", "")
            if not told or not pattern.search(f"{spot.name}#{spot.after}") or _OF_OTHERS.search(before):
                continue
            if what != "败诉" or not _is_reviewed(sentence.before(spot)):
                yield spot


def _is_reviewed(before: str) -> bool:
    """Whether it is reviews that are spoken of last, and not suits."""
    return before.rfind("复议") > max(before.rfind("诉讼"), before.rfind("应诉"), before.rfind("法院"))
