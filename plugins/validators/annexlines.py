"""What an annex lists line by line (审查合同：180份) against what the text tells of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex

from plugins.validators.checks import Check, Ledger
from plugins.validators.relations import Same
from plugins.validators.repeats import REPEAT
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.tabletext import is_of_the_year

_ANNEX = re.compile(r"附[件表录]?[ \u3000]*\d?[ \u3000]*[:：]|主要(?:数据|指标)[^\n。，]{0,8}\n")
_LABEL = regex.compile(
    r"\s*(?:\d{1,2}[.、．]|[(（]?[\d一二三四五六七八九十]{1,2}[)）、.])?\s*(?P<part>其中)?[:：]?\s*"
    r"(?P<label>[\p{Han}()、“”]{3,20}?)(?:总数量?|总量|数量?|次数)?[:：]?\s*"
)
_BRACKETED = regex.compile(r"\([^()]*\)|案件|事项")
_FEWEST = 4
# 2024年度法治政府建设主要数据
_LONGEST_LEAD = 16
_SHORTEST = 4
# 以调解方式结案 is 调解结案 in more words.
_MORE_WORDS = 6


def check_annex_lines(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every figure of an annex's lines that the text tells otherwise, and never as the annex does."""
    text = ledger.reading.shadow.text
    heading = next((each for each in _ANNEX.finditer(text) if _begins_a_line(text, each.start())), None)
    if heading is None:
        return
    rows = list(_rows([each for each in sentences if each.start >= heading.start()]))
    if len(rows) < _FEWEST:
        return
    told = [
        (spot, sentence)
        for sentence in sentences
        if sentence.end <= heading.start()
        for spot in sentence.spots
    ]
    for label, row in rows:
        same = [
            spot
            for spot, sentence in told
            if alike(spot.quantity, row.quantity)
            and _names(spot, label)
            and is_of_the_year(spot, sentence, among="其中" in row.gap)
        ]
        values = {spot.quantity.value for spot in same}
        if len(values) == 1 and row.quantity.value not in values:
            ledger.checks.append(Check(REPEAT, Same(ledger.spot(same[0]), ledger.spot(row, name=label))))


def _begins_a_line(text: str, at: int) -> bool:
    return len(text[text.rfind("\n", 0, at) + 1 : at]) <= _LONGEST_LEAD and "。" not in text[at - 1 : at]


def _rows(sentences: Sequence[Sentence]) -> Iterator[tuple[str, Spot]]:
    """Yield the lines that are a label and a figure, and nothing else."""
    for sentence in sentences:
        first = sentence.spots[0]
        match = _LABEL.fullmatch(first.gap)
        if len(sentence.spots) == 1 and not first.after.strip("。;；,，") and match is not None:
            label = _BRACKETED.sub("", match["label"])
            if len(label) >= _SHORTEST:
                yield label, first


def _names(spot: Spot, label: str) -> bool:
    """Whether the words before a figure are a label's, with some more between them."""
    called = spot.called
    rest = iter(called)
    return len(called) <= len(label) + _MORE_WORDS and all(sign in rest for sign in label)
