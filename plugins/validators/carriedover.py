"""Figures and sentences of last year's report that stand unchanged in this year's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao import Finding, Observation, Qualifier, Quote, Report, Severity
from nianbao.grammar.text import fold
from plugins.validators.yearpairs import Twice, YearPair

KIND = "carried-over"
# A figure's weight is its digits beyond the first, without the zeros that round it. Two figures of three
# digits agree by chance once in some hundred: of the dozen or two that a report tells, one may, three with
# five digits to spare do not.
_FIGURES = 3
_WEIGHT = 5
# That a sentence is the same in all its words, a figure of three digits or two of two digits included, is no
# chance.
_SENTENCE_WEIGHT = 2
_LEAST = 10
_SHOWN = 3
_SHORTEST = 12
_COUNTED = ("count", "people", "amount")
_SENTENCE = re.compile(r"[^。;；!！?？\n\t]+")
_YEAR = re.compile(r"20\d\d(?=年)")
_NOISE = re.compile(r"[\s,，、:：“”\"'()（）]+")
# What tells an older figure on purpose, or one that stays.
_STANDING = re.compile("上年|去年|以来|累计|现有|共有|目前|截至|截止")


def carried_over(pair: YearPair) -> Iterator[Finding]:
    """Yield the sentences that say last year's figures again, and the figures that are the same besides."""
    again = _sentences_again(pair)
    if again:
        yield _of_sentences(pair, again)
    counted = [twice for twice in pair.figures if _counts(twice)]
    beside = {
        twice.values[0]: twice
        for twice in counted
        if _is_same(twice) and not any(quote.start <= twice.here.start < quote.end for quote in again)
    }
    weight = sum(map(_weight, beside))
    # A quarter of what can be compared: the more there is, the more agrees by chance.
    if len(beside) >= _FIGURES and weight >= _WEIGHT and 4 * len(beside) >= len(counted):
        yield _of_figures(pair, list(beside.values()))


def _counts(twice: Twice) -> bool:
    """Tell whether a figure is of what was done in the year: what there is may well stay the same."""
    return twice.info.dimension in _COUNTED and not twice.is_stock and max(twice.values) >= _LEAST


def _is_same(twice: Twice) -> bool:
    now, before = twice.values
    exact = twice.now.qualifier is twice.before.qualifier is Qualifier.EXACT
    return now == before and exact and _weight(now) > 0


def _weight(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits) - 1 if value >= _LEAST else 0


def _sentences_again(pair: YearPair) -> list[Quote]:
    """Return the sentences with figures of the year that last year's report has word for word."""
    report, text = pair.now.report, pair.now.text
    told = {twice.info.id for twice in pair.figures if _counts(twice)}
    figures = [each for each in report.observations if each.indicator in told]
    if not figures or not text or not pair.before.text:
        return []
    before = {key for key, _, _ in _sentences(pair.before.text, pair.before.report)}
    found = []
    for key, start, end in _sentences(text, report):
        inside = [each for each in figures if start <= each.figure_start < end]
        if key in before and inside and _heavy(inside) and not _tells_older(text[start:end], report.year):
            found.append(Quote(start, end, text[start:end]))
    return found


def _sentences(text: str, report: Report) -> Iterator[tuple[str, int, int]]:
    """Yield a report's sentences in the form in which they are compared: without blanks and years."""
    start = min((section.start for section in report.sections), default=0)
    end = max((section.end for section in report.sections), default=len(text))
    folded = fold(text)
    for match in _SENTENCE.finditer(folded, start, end):
        key = _NOISE.sub("", _YEAR.sub("#", match.group()))
        if len(key) >= _SHORTEST:
            lead = len(match.group()) - len(match.group().lstrip())
            yield key, match.start() + lead, match.end()


def _heavy(figures: Sequence[Observation]) -> bool:
    return sum(map(_weight, {each.value for each in figures})) >= _SENTENCE_WEIGHT


def _tells_older(sentence: str, year: int | None) -> bool:
    folded = fold(sentence)
    older = any(year is not None and int(found) < year for found in _YEAR.findall(folded))
    return older or _STANDING.search(folded) is not None


def _of_sentences(pair: YearPair, again: Sequence[Quote]) -> Finding:
    many = f" {len(again)} 句话" if len(again) > 1 else "一句话"
    return Finding(
        KIND,
        "last-year.sentences",
        Severity.WARNING,
        f"有{many}连同数字与{pair.last_year}完全相同，可能沿用了上年的内容而没有更新数字。",
        tuple(again[:_SHOWN]),
        "请逐句核对数字是否为本年度的；核对无误的，可以保留。",
        basis=f"{pair.last_year}（{pair.file}）中有同样的句子",
        subject=pair.subject,
    )


def _of_figures(pair: YearPair, same: Sequence[Twice]) -> Finding:
    names = "、".join(f"{twice.info.name}（{twice.written[0]}）" for twice in same[:_SHOWN])
    more = "等" if len(same) > _SHOWN else ""
    return Finding(
        KIND,
        "last-year.figures",
        Severity.WARNING,
        f"有 {len(same)} 项数字与{pair.last_year}一个不差：{names}{more}，可能沿用了上年的数字。",
        tuple(twice.quote for twice in same[:_SHOWN]),
        "请对照台账逐项核实是否为本年度的数字。",
        tuple(twice.info.id for twice in same),
        pair.basis(*same[:_SHOWN]),
        pair.subject,
    )
