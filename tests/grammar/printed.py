"""Numbers printed in the ways in which reports write them: what the grammar must read back."""

from __future__ import annotations

from decimal import Decimal

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


def in_han(number: int) -> str:
    """Print a whole number below 10**12 in Chinese: 10005 is 一万零五."""
    if number == 0:
        return "零"
    printed = ""
    gap = False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, scale)
        if group == 0:
            gap = bool(printed)
            continue
        if printed and (gap or group < 1000):
            printed += "零"
        printed += _group(group) + name
        gap = False
    return printed.removeprefix("一") if printed.startswith("一十") else printed


def _group(number: int) -> str:
    """Print a number below 10,000."""
    printed = ""
    gap = False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit == 0:
            gap = bool(printed)
            continue
        printed += ("零" if gap else "") + DIGITS[digit] + name
        gap = False
    return printed


def colloquial(printed: str) -> str:
    """Print as people say it: 两百 for 二百, 两万 for 二万."""
    return "两" + printed[1:] if printed[:1] == "二" and printed[1:2] in set("百千万亿") else printed


def scaled(number: int, scale: int, name: str) -> str:
    """Print with a scale: 12000 is 1.2万."""
    return f"{(Decimal(number) / scale).normalize():f}{name}"
