"""Shares told in words: 占九成以上, 过半数, 占审结案件的三分之一."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from nianbao import Quote, Severity
from plugins.validators.checks import Ledger, Rule, Told
from plugins.validators.namedwholes import COUNTED, Before, add_share
from plugins.validators.relations import Bounds
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.shares import HUNDRED

TURN = Rule("arithmetic.spoken-share", "ratio", Severity.WARNING, "“过半”“九成”等说法应与所列数字相符")
# 近九成, 三分之二, 过半, 一半以上
_SHARE = (
    r"(?P<hedge>近|约|超过?|将近|接近|不到|不足)?"
    r"(?:(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?|(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])"
    r"|(?P<over>过半)|(?P<evenly>一半|半数))(?P<more>以上|多)?"
)
_SPOKEN = regex.compile(
    rf"(?:[，,(](?:数量|比例)?|(?<=的))占(?:比|据)?(?P<of>[\p{{Han}}“”]{{0,14}}?)的?{_SHARE}"
)
# 以调解和解方式了结的案件占审结案件的三分之一: told of a part that another sentence counts.
_FAR = regex.compile(
    r"(?<=[，,;；。])(?P<named>\p{Han}{4,16}?)(?:案件|事项)?"
    rf"(?P<share>占(?P<of>\p{{Han}}{{2,10}}?)(?:总数)?的?{_SHARE})"
)
_WAYS = regex.compile("^(?:以|通过|经过?|采用|运用)|方式|途径|了结|结案|办结|终止|的|数量?$")
_BEHIND = regex.compile("[，,](?:总?共|共?计|共有|为|有)?")
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九十")} | {"两": 2}
_FIFTY = Decimal(50)
_LOOSE, _LOOSER = Decimal(4), Decimal(8)


def check_spoken_shares(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every share told in words beside its part: 经调解终止14件，占审结案件的三分之一.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    for number, sentence in enumerate(sentences):
        if "占" in sentence.text or "半" in sentence.text:
            _enter_spoken(ledger, sentences, number)
    if "占" in ledger.reading.shadow.text:
        _enter_far(ledger, sentences)


def _enter_spoken(ledger: Ledger, sentences: Sequence[Sentence], number: int) -> None:
    sentence = sentences[number]
    for match in _SPOKEN.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        place = sum(1 for spot in sentence.spots if spot.quantity.start < start)
        # 提出修改意见的占三成，共43份: what is called so may be told right behind.
        if sentence.text[match.start()] == "占":
            behind = sentence.spots[place : place + 1]
            if not behind or not _BEHIND.fullmatch(
                sentence.text, match.end(), behind[0].quantity.start - sentence.start
            ):
                continue
            place += 1
        part = sentence.spots[place - 1] if place else None
        if part is None or part.quantity.kind not in COUNTED:
            continue
        before = Before(sentences, number, place - 1)
        wholes = before.named(match["of"], part) if match["of"] else _greater(before, part)
        key = ledger.reading.shadow.span(start + 1, end)
        first, last, quoted = ledger.reading.quote(start + 1, end)
        bounds = _spoken(match)
        told = Told(f"{part.called}占比", quoted, bounds.low, "", bounds, Quote(first, last, quoted))
        add_share(ledger, TURN, ledger.add(key, told), part, wholes)


def _enter_far(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter the fractions whose part a clause names and another sentence of its paragraph tells."""
    text = ledger.reading.shadow.text
    for match in _FAR.finditer(text):
        words = _WAYS.sub("", match["named"])
        pieces = [words[at : at + 2] for at in range(0, len(words) - 1, 2)]
        first, last = text.rfind("\n", 0, match.start()), text.find("\n", match.end())
        found = [
            (number, place, spot)
            for number, sentence in enumerate(sentences)
            if first < sentence.start and (last < 0 or sentence.end <= last + 1)
            for place, spot in enumerate(sentence.spots)
            if spot.quantity.kind in COUNTED and all(each in f"{spot.gap}{spot.after}" for each in pieces)
        ]
        if len(pieces) < len("两词") or len(found) != 1:
            continue
        number, place, part = found[0]
        wholes = Before(sentences, number, place).named(match["of"], part)
        start, end = match.start("share"), match.end()
        bounds = _spoken(match)
        quoted = ledger.reading.quote(start, end)
        told = Told(f"{part.called}占比", quoted[2], bounds.low, "", bounds, Quote(*quoted))
        add_share(ledger, TURN, ledger.add(ledger.reading.shadow.span(start, end), told), part, wholes)


def _greater(before: Before, part: Spot) -> list[Spot]:
    """Return the figures of a sentence that a figure may be a part of."""
    start = before.sentences[before.number].start
    return [
        spot
        for spot in before.spots()
        if spot.quantity.start >= start
        and alike(spot.quantity, part.quantity)
        and spot.quantity.value > part.quantity.value
    ]


def _spoken(match: regex.Match[str]) -> Bounds:
    """Return what a share told in words may be, in per cent: 近九成, 七成多, 过半, 三分之二."""
    if match["tenths"]:
        value = Decimal(DIGITS[match["tenths"]] * 10 + (5 if match["half"] else 0))
    elif match["whole"]:
        value = HUNDRED * DIGITS[match["part"]] / DIGITS[match["whole"]]
    else:
        value = _FIFTY
    if match["more"] or match["over"] or (match["hedge"] or "").startswith("超"):
        return Bounds(value, HUNDRED if match["more"] != "多" else min(value + 10, HUNDRED))
    if match["hedge"] in ("近", "将近", "接近", "不到", "不足"):
        return Bounds(value - _LOOSER, value + 1)
    return Bounds(value - _LOOSE, value + _LOOSE)
