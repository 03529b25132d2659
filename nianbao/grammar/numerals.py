"""Values of captured numerals: Arabic, Chinese and mixed, always as Decimal."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {c: Decimal(v) for v, group in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for c in group}
SMALL_SCALES = {"十": Decimal(10), "拾": Decimal(10), "百": Decimal(100), "佰": Decimal(100), "千": Decimal(1000), "仟": Decimal(1000)}
LARGE_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
SCALES = SMALL_SCALES | LARGE_SCALES


class NumeralError(ValueError):
    """The string is no well-formed numeral."""


def value_of(numeral: str) -> Decimal:
    """Return the value of a numeral in any of the ways in which reports write them.

    Args:
        numeral: `1,234.5`, `三百二十`, `二〇二三`, `2万5千`, `1.2万`, `十二万三`; no blanks, no hedge.

    Raises:
        NumeralError: it is none of these.
    """
    plain = numeral.replace(",", "")
    if plain.isascii():
        return _decimal(plain)
    if all(character in DIGITS for character in numeral):
        return _positional(numeral)
    return _scaled(plain)


def granule_of(numeral: str) -> Decimal:
    """Return the place value of the last digit that a numeral really gives.

    `320` gives tens (10), `1.2万` gives thousands, `3万` ten thousands, `37` ones: `320余` is below 330.
    """
    plain = numeral.replace(",", "")
    scale = Decimal(1)
    while plain and plain[-1] in SCALES:
        scale *= SCALES[plain[-1]]
        plain = plain[:-1]
    if not plain:
        return scale
    digits = _trailing_ascii(plain)
    if not digits:
        return scale
    if "." in digits:
        return scale / (Decimal(10) ** len(digits.partition(".")[2]))
    zeros = len(digits) - len(digits.rstrip("0"))
    return scale * (Decimal(10) ** zeros if zeros < len(digits) else Decimal(1))


def _trailing_ascii(text: str) -> str:
    start = len(text)
    while start and (text[start - 1].isdigit() and text[start - 1].isascii() or text[start - 1] == "."):
        start -= 1
    return text[start:]


def _decimal(text: str) -> Decimal:
    if not text or not text.replace(".", "", 1).isdigit():
        raise NumeralError(text)
    return Decimal(text)


def _positional(numeral: str) -> Decimal:
    """`二〇二三` is read digit by digit, as is a single digit."""
    value = Decimal(0)
    for character in numeral:
        value = value * 10 + DIGITS[character]
    return value


def _scaled(numeral: str) -> Decimal:
    total = section = Decimal(0)
    digit: Decimal | None = None
    last_scale = Decimal(1)
    position = 0
    while position < len(numeral):
        character = numeral[position]
        if character.isascii():
            end = position
            while end < len(numeral) and numeral[end].isascii():
                end += 1
            if digit is not None:
                raise NumeralError(numeral)
            digit = _decimal(numeral[position:end])
            position = end
            continue
        position += 1
        if character in DIGITS:
            if digit is not None and digit != 0:
                raise NumeralError(numeral)
            digit = DIGITS[character]
            if character in "零〇":
                last_scale = Decimal(1)
                digit = None
        elif character in SMALL_SCALES:
            last_scale = SMALL_SCALES[character]
            section += (digit if digit is not None else Decimal(1)) * last_scale
            digit = None
        elif character in LARGE_SCALES:
            last_scale = LARGE_SCALES[character]
            whole = section + (digit or 0)
            if character == "亿":
                total = (total + whole) * last_scale if total or whole else last_scale
            else:
                total += (whole or Decimal(1)) * last_scale
            section, digit = Decimal(0), None
        else:
            raise NumeralError(numeral)
    if digit is not None:
        # 十二万三 and 三百二 leave the last scale unsaid; after 零 or an Arabic digit nothing is unsaid.
        unsaid = last_scale > 10 and not numeral[-1].isascii()
        section += digit * (last_scale / 10 if unsaid else 1)
    return total + section
