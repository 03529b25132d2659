"""Rates told apart from their two figures: 调解成功率98%, some sentences behind 受理150件 and 成功141件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger
from plugins.validators.contentwords import is_bland, words_in_order
from plugins.validators.counterparts import CARRIED_OVER, carried_over, comparable, is_done, is_of
from plugins.validators.nouns import renamed
from plugins.validators.numerators import Rate, of_another_kind
from plugins.validators.pairs import APPEARED, LICENSED, LOST, ONLY_RATES, PAIRS, PLANNED, Pair
from plugins.validators.relations import Verdict
from plugins.validators.restrates import RATE
from plugins.validators.scopes import EACH, LIMITED, scopes_in
from plugins.validators.sentences import Sentence, Spot
from plugins.validators.shares import HUNDRED, Share

# What is further off is of other cases.
_FURTHEST = Decimal(10)
_MOST_BACK = 3
_REACH = regex.compile("全[省市县区州旗]|各级|县政府|市政府|区政府|本级|部门|以上$")
_UNSURE = regex.compile(
    "力争|确保|要求|不低于|不少于|目标|任务|标准|上年|去年|同比|提高|提升|上升|增长|下降|平均|分别|均"
)
# Of what kind, or whose: a rate of all is none of one kind.
_KIND = regex.compile(
    "物业|医[疗患]|劳[动资务]|婚姻|家庭|邻里|土地|宅基地|山林|交通|道路|消费|金融|知识产权|涉[企农]|行业|旅游|校园|学校|征[地收]|拆迁"
    "|工程|建筑|欠薪|食品|药品|工业产品|特种设备|农产品|消防|燃气|环境|水质|烟草|工伤|房屋|租赁|网络|电信|电商"
)
_CLAUSE = regex.compile(r"[,，;；:：(。]")
# One report has one rate of these, whosever it is.
_ITS_OWN = (APPEARED, LICENSED)
_KNOWN = frozenset({*PAIRS, *ONLY_RATES} - {PLANNED})


@dataclass(frozen=True, slots=True)
class _Pair:
    """What was done and of how many, where that is told.

    Args:
        done, of: the figures.
        number: which sentence tells what was done.
        context: the text that tells both.
        confined: what stands before each of them in its clauses, that may confine it.
    """

    done: Spot
    of: Spot
    number: int
    context: str
    confined: str


def check_far_rates(ledger: Ledger, rates: Sequence[Rate]) -> None:
    """Enter the rates of which the two figures stand elsewhere, where just one pair can be meant.

    Args:
        ledger: where checks are entered.
        rates: those that have no numerator beside them.
    """
    text = ledger.reading.shadow.text
    for rate in rates:
        if not _may_be_far(rate):
            continue
        told = [pair for pair in _pairs(text, rate.sentences, rate.pair) if _is_of(rate, pair)]
        if not told:
            continue
        number = ledger.spot(rate.spot, name=f"{rate.name}率")
        options = [Share(number, ledger.spot(pair.done), ledger.spot(pair.of)) for pair in told]
        bounds = ledger.bounds
        fits = next((each for each in options if each.verdict(bounds) is not Verdict.FAILS), None)
        if fits is None:
            values = {(pair.done.quantity.value, pair.of.quantity.value) for pair in told}
            part, whole = told[0].done.quantity.value, told[0].of.quantity.value
            if len(values) > 1 or abs(HUNDRED * part / whole - rate.spot.quantity.value) > _FURTHEST:
                continue
        over = carried_over(rate.sentences, told[0].number, told[0].done, told[0].of)
        ledger.checks.append(Check(RATE, fits or options[0], CARRIED_OVER if over else ""))


def _may_be_far(rate: Rate) -> bool:
    clause = _CLAUSE.split(rate.spot.gap)[-1]
    exact = rate.spot.quantity.low == rate.spot.quantity.high
    return (
        rate.pair in _KNOWN
        and exact
        and rate.spot.quantity.value < HUNDRED
        and not _UNSURE.search(clause)
        and "率" in rate.spot.gap
    )


def _pairs(text: str, sentences: Sequence[Sentence], pair: Pair) -> Iterator[_Pair]:
    """Yield what is told as done, each with that of which it is, in its sentence or the one before."""
    for number, sentence in enumerate(sentences):
        for place, done in enumerate(sentence.spots):
            if done.quantity.kind is UnitClass.RATE or not is_done(pair, done):
                continue
            own = _segment(sentence.spots, place)
            behind = done.quantity.end - sentence.start + len(done.after)
            here = sentence.text[_begin(sentence, own[0] if own else done) : behind]
            confined = sentence.before(done)[-len(done.gap) :]
            of = _of(done, own, pair)
            if of is not None:
                clauses = sentence.before(of)[_begin(sentence, own[0]) :]
                yield _Pair(done, of, number, here, f"{clauses}#{confined}")
            elif len(own) == place:
                for before, told in _back(text, sentences, number):
                    of = _of(done, before.spots, pair)
                    if of is not None:
                        yield _Pair(done, of, number, told + here, f"{before.before(of)}#{confined}")
                        break


def _back(text: str, sentences: Sequence[Sentence], number: int) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentences before one in its paragraph, each with the text from it on."""
    for before in reversed(sentences[max(number - _MOST_BACK, 0) : number]):
        told = text[before.start : sentences[number].start]
        if "\n" in told:
            return
        yield before, told


def _begin(sentence: Sentence, spot: Spot) -> int:
    """Return where in a sentence the words begin that lead to a figure."""
    return spot.quantity.start - len(spot.gap) - sentence.start


def _segment(spots: Sequence[Spot], place: int) -> Sequence[Spot]:
    """Return the figures before a place up to the semicolon."""
    since = place
    while since > 0 and ";" not in spots[since].gap:
        since -= 1
    return spots[since:place]


def _of(done: Spot, spots: Sequence[Spot], pair: Pair) -> Spot | None:
    """Return the nearest figure before it of which it was done."""
    return next(
        (
            spot
            for spot in reversed(spots)
            if is_of(pair, spot)
            and spot.quantity.kind is not UnitClass.RATE
            and spot.quantity.value > done.quantity.value
            and comparable(done, spot, pair)
        ),
        None,
    )


def _is_of(rate: Rate, pair: _Pair) -> bool:
    """Whether a pair is of what a rate names, confined to the same."""
    clause = _CLAUSE.split(rate.spot.gap)[-1]
    confined_alike = (
        _limits(clause) == _limits(pair.confined)
        and set(_KIND.findall(clause)) == set(_KIND.findall(pair.confined))
        and not (rate.pair is LOST and of_another_kind(rate.name, pair.confined))
    )
    if rate.pair in _ITS_OWN or not confined_alike:
        return confined_alike and not set(_REACH.findall(clause)) - set(_REACH.findall(pair.context))
    if scopes_in(pair.confined) - scopes_in(clause) or (rate.narrower and rate.narrower not in pair.context):
        return False
    subject = [
        word
        for word in words_in_order(renamed(rate.name))
        if not is_bland(word) and not any(p.search(word) for p in (rate.pair.done, rate.pair.rate))
    ]
    context = renamed(pair.context)
    return bool(subject) and all(word in context for word in subject)


def _limits(words: str) -> set[str]:
    """Return what confines a figure, but that it is one of others."""
    return {*LIMITED.findall(words), *EACH.findall(words)} - {"其中"}
