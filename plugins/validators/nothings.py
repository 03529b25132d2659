"""What is told as nothing in one sentence and with a figure in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao import Context, Observation, Quote, Report
from nianbao.catalogue import Card
from plugins.validators.checks import Check, Ledger, Told
from plugins.validators.relations import Bounds, Same
from plugins.validators.repeats import REPEAT, SCOPE, rest_of
from plugins.validators.sentences import Sentence, Spot

_NOTHING = re.compile(
    r"^.*?(?:未发生过?|未出现过?|未产生|未收到|没有发生|没有出现|没有|无)(?:[任一]何?[起件宗例]?)?"
)
_STOPS = re.compile(r"[\s，,。；;：:、]")
# So many characters in common are no accident.
_TELLING = 6
_PAST = re.compile(r"去年|上年|往年|历年|20\d\d年|同期")
_NONE = Bounds(Decimal(0), Decimal(0))
_NOTE = "请核实后统一两处的写法。"


def check_nothings(ledger: Ledger, sentences: Sequence[Sentence], report: Report, context: Context) -> None:
    """Enter what one sentence says there was none of, and another counts: by the same words, or as the same.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        report, context: as given to the validator.
    """
    shadow = ledger.reading.shadow
    read = {each.figure_end: each for each in report.observations if each.value}
    for nothing, words in _nothings(report):
        plain = not rest_of(context.catalogue.indicators[nothing.indicator], words)
        for sentence in sentences:
            for spot in sentence.spots:
                if not spot.quantity.low or spot.quantity.low <= 0:
                    continue
                told_as = read.get(shadow.span(spot.quantity.number_start, spot.quantity.end)[1])
                same = told_as is not None and told_as.indicator == nothing.indicator
                if (
                    same
                    and plain
                    and _is_whole(spot, sentence, context.catalogue.indicators[nothing.indicator])
                ) or (len(words) >= _TELLING and _counts(spot, words)):
                    quote = Quote(nothing.start, nothing.end, nothing.quote)
                    told = Told(words, nothing.quote, Decimal(0), "", _NONE, quote)
                    none = ledger.add((nothing.start, nothing.end), told)
                    relation = Same(ledger.spot(spot), none)
                    ledger.checks.append(Check(REPEAT, relation, indicators=(nothing.indicator,), note=_NOTE))


def _nothings(report: Report) -> Iterator[tuple[Observation, str]]:
    """Yield what is told as nothing in words, with what there was none of."""
    for observation in report.observations:
        if not observation.value and not observation.unit:
            match = _NOTHING.match(observation.quote)
            words = observation.quote[match.end() :] if match else ""
            if words and not _STOPS.search(words):
                yield observation, words


def _is_whole(spot: Spot, sentence: Sentence, card: Card) -> bool:
    """Whether a figure is of all that its indicator counts, and of no other year."""
    before = sentence.before(spot)
    told = spot.name and not rest_of(card, spot.name) and not SCOPE.search(before)
    return bool(told) and _PAST.search(before) is None


def _counts(spot: Spot, words: str) -> bool:
    return spot.name.endswith(words) or spot.name.endswith(words.removesuffix("案件") + "案")
