"""Writes a number as a list label does: ST_NumberFormat of ECMA-376, part 1, 17.18.59."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def counting(number: int) -> str:
    """Count 一 … 九十九, and from 100 on name the digits with ○ for zero (`chineseCounting`)."""
    return thousands(number) if number < 100 else _named(number, "○一二三四五六七八九")


def thousands(number: int) -> str:
    """Count 一 … 九十九, 一百, 一百零一 … (`chineseCountingThousand`)."""
    text = _positional(number, _DIGITS, "十百千")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _japanese(number: int) -> str:
    """Count 一 … 十, 百, 百一 …: no one before a power, no zero between (`japaneseCounting`)."""
    return (
        _positional(number, _DIGITS, "十百千").replace("零", "").replace("一十", "十").replace("一百", "百")
    )


def _positional(number: int, digits: str, powers: str) -> str:
    """Write a number below 10,000 with its powers of ten; other numbers in Arabic digits."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text = ""
    for place, figure in enumerate(reversed(str(number))):
        digit = int(figure)
        if digit:
            text = digits[digit] + (powers[place - 1] if place else "") + text
        elif text and not text.startswith(digits[0]):
            text = digits[0] + text
    return text


def _named(number: int, digits: str) -> str:
    return "".join(digits[int(figure)] for figure in str(number)) if number >= 0 else str(number)


def _cycle(number: int, signs: str) -> str:
    """Take the sign of this rank; past the last one Word goes on in Arabic digits."""
    return signs[number - 1] if 0 < number <= len(signs) else str(number)


def _letters(number: int) -> str:
    """Write a … z, aa, bb … zz, aaa … as Word does; the width is bounded."""
    rank, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (rank + 1) if 0 <= rank < 30 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _circled(number: int) -> str:
    if 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return chr(0x3251 + number - 21) if 20 < number <= 35 else str(number)


def _enclosed(first: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 0 < number <= 20 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(figure)) for figure in str(number)) if number >= 0 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed(0x2474),
    "decimalEnclosedFullstop": _enclosed(0x2488),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": counting,
    "taiwaneseCounting": counting,
    "chineseCountingThousand": thousands,
    "taiwaneseCountingThousand": thousands,
    "japaneseCounting": _japanese,
    "ideographDigital": lambda number: _named(number, "〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": lambda number: _named(number, "〇一二三四五六七八九"),
    "taiwaneseDigital": lambda number: _named(number, "○一二三四五六七八九"),
    "chineseLegalSimplified": lambda number: _positional(number, _LEGAL_DIGITS, "拾佰仟"),
    "ideographLegalTraditional": lambda number: _positional(number, _LEGAL_TRADITIONAL_DIGITS, "拾佰仟"),
    "ideographTraditional": lambda number: _cycle(number, _STEMS),
    "ideographZodiac": lambda number: _cycle(number, _BRANCHES),
    # Word prints this one in parentheses (MS-OI29500, 2.1.540).
    "ideographEnclosedCircle": lambda number: f"({thousands(number)})",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}


def write_number(number: int, number_format: str) -> str:
    """Write a number in one of Word's formats; in Arabic digits where the format is not known here."""
    return _FORMATS.get(number_format, str)(number)
