"""What is told as nothing in one sentence and with a figure in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao import Observation, Quote, Report
from plugins.validators.checks import Check, Ledger, Told
from plugins.validators.relations import Bounds, Same
from plugins.validators.repeats import REPEAT
from plugins.validators.sentences import Sentence, Spot

_NOTHING = re.compile(
    r"^.*?(?:未发生过?|未出现过?|未产生|未收到|没有发生|没有出现|没有|无)(?:[任一]何?[起件宗例]?)?"
)
_STOPS = re.compile(r"[\s，,。；;：:、]")
# So many characters in common are no accident.
_TELLING = 6
_NONE = Bounds(Decimal(0), Decimal(0))
_NOTE = "请核实后统一两处的写法。"


def check_nothings(ledger: Ledger, sentences: Sequence[Sentence], report: Report) -> None:
    """Enter what one sentence says there was none of, and another counts by the same words.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        report: as given to the validator.
    """
    for nothing, words in _nothings(report):
        for sentence in sentences:
            for spot in sentence.spots:
                if spot.quantity.low and spot.quantity.low > 0 and _counts(spot, words):
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
            if len(words) >= _TELLING and not _STOPS.search(words):
                yield observation, words


def _counts(spot: Spot, words: str) -> bool:
    return spot.name.endswith(words) or spot.name.endswith(words.removesuffix("案件") + "案")
