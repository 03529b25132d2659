"""Writes a number as a list label does: ST_NumberFormat of ECMA-376, part 1, 17.18.59.

Where Word differs from the standard ([MS-OI29500] 2.1.540) it is followed.
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_JAPANESE_LEGAL_DIGITS = "零壱弐参四伍六七八九"
_KOREAN_DIGITS = "영일이삼사오육칠팔구"
_KOREAN_UNITS = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_KOREAN_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_CHICAGO = "*†‡§"
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
    text = _positional(number, _DIGITS, "十百千")
    if number > 0:
        text = text.replace("零", "").replace("一十", "十").replace("一百", "百").replace("一千", "千")
    return text


def _korean(number: int) -> str:
    """Count 하나 … 아흔아홉, from 100 on with the digits (`koreanLegal`)."""
    tens, units = divmod(number, 10)
    return _KOREAN_TENS[tens] + _KOREAN_UNITS[units] if 0 < number < 100 else str(number)


def _korean_powers(number: int) -> str:
    """Count 일 … 십, 십일 … (`koreanCounting`)."""
    text = _positional(number, _KOREAN_DIGITS, "십백천")
    if number > 0:
        for power in "십백천":
            text = text.replace("영", "").replace(f"일{power}", power)
    return text


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


def _again(number: int, signs: str) -> str:
    """Take the sign of this rank; past the last one begin again, as Word does."""
    return signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _sexagenary(number: int) -> str:
    """Name 甲子 … 癸亥, and again (`ideographZodiacTraditional`)."""
    return _again(number, _STEMS) + _again(number, _BRANCHES) if number > 0 else str(number)


def _letters(number: int) -> str:
    """Write a … z, aa, bb … zz, aaa … as Word does; the width is bounded."""
    rank, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (rank + 1) if 0 <= rank < 30 else str(number)


def _chicago(number: int) -> str:
    """Write *, †, ‡, §, **, †† …; the width is bounded."""
    rank, sign = divmod(number - 1, len(_CHICAGO))
    return _CHICAGO[sign] * (rank + 1) if 0 <= rank < 30 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 32_768:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def circled(number: int) -> str:
    """Write ① … ㊿, and other numbers in plain digits."""
    if 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if 20 < number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 35 < number <= 50 else str(number)


def _enclosed(first: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 0 < number <= 20 else str(number)


def _ideograph(number: int) -> str:
    """Write ㈠ … ㈩, then （十一）: Word encloses in parentheses what the standard encloses in circles."""
    return chr(0x3220 + number - 1) if 0 < number <= 10 else f"（{thousands(number)}）"


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(figure)) for figure in str(number)) if number >= 0 else str(number)


def _ordinal(number: int) -> str:
    teens = 10 < abs(number) % 100 < 14
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(abs(number) % 10, 'th')}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalHalfWidth": str,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _enclosed(0x2474),
    "decimalEnclosedFullstop": _enclosed(0x2488),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "ordinal": _ordinal,
    "chicago": _chicago,
    "chineseCounting": counting,
    "taiwaneseCounting": counting,
    "chineseCountingThousand": thousands,
    "taiwaneseCountingThousand": thousands,
    "japaneseCounting": _japanese,
    "koreanDigital2": lambda number: _named(number, _DIGITS),
    "koreanDigital": lambda number: _named(number, _KOREAN_DIGITS),
    "koreanCounting": _korean_powers,
    "koreanLegal": _korean,
    "ideographDigital": lambda number: _named(number, "〇一二三四五六七八九"),
    "japaneseDigitalTenThousand": lambda number: _named(number, "〇一二三四五六七八九"),
    "taiwaneseDigital": lambda number: _named(number, "○一二三四五六七八九"),
    "chineseLegalSimplified": lambda number: _positional(number, _LEGAL_DIGITS, "拾佰仟"),
    "ideographLegalTraditional": lambda number: _positional(number, _LEGAL_TRADITIONAL_DIGITS, "拾佰仟"),
    "japaneseLegal": lambda number: _positional(number, _JAPANESE_LEGAL_DIGITS, "拾百阡").replace("零", ""),
    "ideographTraditional": lambda number: _cycle(number, _STEMS),
    "ideographZodiac": lambda number: _cycle(number, _BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _ideograph,
    "ganada": lambda number: _again(number, _GANADA),
    "chosung": lambda number: _again(number, _CHOSUNG),
    "aiueo": lambda number: _again(number, _AIUEO),
    "aiueoFullWidth": lambda number: _again(number, _AIUEO),
    "iroha": lambda number: _again(number, _IROHA),
    "irohaFullWidth": lambda number: _again(number, _IROHA),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
    "bullet": lambda _: "",
}


def write_number(number: int, number_format: str) -> str:
    """Write a number in one of Word's formats.

    Args:
        number: the number.
        number_format: a value of ST_NumberFormat, or the sample of a custom one (`001, 002, 003, ...`), which
            tells its width; Arabic digits where the format is not known here.
    """
    known = _FORMATS.get(number_format)
    if known is not None:
        return known(number)
    sample = number_format.partition(",")[0].strip()
    return str(number).zfill(len(sample)) if sample.isdecimal() and len(sample) < 10 else str(number)
