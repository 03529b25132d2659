"""Values of captured numerals: Arabic, Chinese and mixed, always as Decimal."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    character: Decimal(value)
    for value, characters in enumerate(
        ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_SMALL_SCALES = {"千": Decimal(1000), "百": Decimal(100), "十": Decimal(10)}
_LARGE_SCALES = {"亿": Decimal(100_000_000), "万": Decimal(10_000)}
_SCALES = _LARGE_SCALES | _SMALL_SCALES
# Commas of both widths part thousands; the characters of cheques stand for the plain ones.
_PLAIN = str.maketrans("拾佰仟", "十百千", ",， ")
_ZEROS = "零〇"


class NumeralError(ValueError):
    """The string is no well-formed numeral."""


def value_of(numeral: str) -> Decimal:
    """Return the value of a numeral in any of the ways in which reports write them.

    Args:
        numeral: `1,234.5`, `三百二十`, `二〇二三`, `2万5千`, `1.2万`, `十二万三`; no blanks, no hedge.

    Raises:
        NumeralError: it is none of these.
    """
    plain = numeral.translate(_PLAIN)
    if plain.isascii():
        return _decimal(plain)
    if all(character in DIGITS for character in plain):
        return _positional(plain)
    return _scaled(plain)


def granule_of(numeral: str) -> Decimal:
    """Return the place value of the last digit that a numeral really gives.

    `320` gives tens (10), `1.2万` gives thousands, `3万` ten thousands, `37` ones: `320余` is below 330.
    """
    plain = numeral.translate(_PLAIN)
    number = plain.rstrip("".join(_SCALES))
    scale = Decimal(1)
    for character in plain[len(number) :]:
        scale *= _SCALES[character]
    digits = number[len(number.rstrip("0123456789.")) :]
    whole, _, fraction = digits.partition(".")
    if fraction:
        return scale / Decimal(10) ** len(fraction)
    significant = whole.rstrip("0")
    return scale * Decimal(10) ** (len(whole) - len(significant)) if significant else scale


def _decimal(text: str) -> Decimal:
    if not (text[:1].isdecimal() and text[-1:].isdecimal() and text.replace(".", "", 1).isdecimal()):
        raise NumeralError(text)
    return Decimal(text)


def _positional(numeral: str) -> Decimal:
    """`二〇二三` is read digit by digit, as is a single digit."""
    return Decimal("".join(str(DIGITS[character]) for character in numeral))


def _scaled(numeral: str) -> Decimal:
    """Split at the largest scale: what stands before multiplies it, what follows adds to it."""
    for name, scale in _SCALES.items():
        before, found, after = numeral.rpartition(name)
        if found:
            return _multiplier(before, name) * scale + _remainder(after, scale)
    return _digit(numeral)


def _multiplier(text: str, scale: str) -> Decimal:
    if not text:
        return Decimal(1)
    if scale in _LARGE_SCALES and scale not in text:
        return _scaled(text)
    return _digit(text)


def _remainder(text: str, scale: Decimal) -> Decimal:
    """Return what follows a scale; 十二万三 and 三百二 leave their last scale unsaid, 三百零二 does not."""
    if not text:
        return Decimal(0)
    plain = text.lstrip(_ZEROS)
    if not plain or plain[0] in "百千万亿":
        raise NumeralError(text)
    value = _scaled(plain)
    if value >= scale:
        raise NumeralError(text)
    unsaid = len(text) == 1 and plain not in _SCALES and scale > 10
    return value * scale / 10 if unsaid else value


def _digit(text: str) -> Decimal:
    if text.isascii():
        return _decimal(text)
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text]
    raise NumeralError(text)
