"""Says in Chinese when a schedule fires; what is no plain hour of plain days is left as cron has it.

cron-descriptor, the library for it, has the months and days of its Chinese in English.
"""

from __future__ import annotations

_WEEKDAYS = "日一二三四五六日"
_MONTHS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
_BEIJING = ("Asia/Shanghai", "PRC")
# The first and the last that there is: minute, hour, day of the month, month, day of the week.
_ALL = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


def told_hours(cron: str, zone: str) -> str:
    """Return when a schedule fires, as `每周一 02:00（一月至四月）`, or the expression itself.

    Args:
        cron: five fields: minute, hour, day of the month, month, day of the week.
        zone: the name of the time zone; of Beijing's it is not said.
    """
    try:
        said = _said(cron)
    except ValueError:
        return f"{cron} {zone}"
    return said if zone in _BEIJING else f"{said} {zone}"


def _said(cron: str) -> str:
    fields = zip(cron.split(), _ALL, strict=True)
    minute, hour, days, months, weekdays = (_span(field, *bounds) for field, bounds in fields)
    if minute is None or hour is None or minute[0] != minute[1] or hour[0] != hour[1]:
        raise ValueError(cron)
    if days and weekdays:
        # Cron takes either.
        raise ValueError(cron)
    at = f"{hour[0]:02}:{minute[0]:02}"
    if days and months and days[0] == days[1] and months[0] == months[1]:
        return f"每年 {months[0]} 月 {days[0]} 日 {at}"
    within = f"（{_to(*(f'{_MONTHS[each - 1]}月' for each in months))}）" if months else ""
    if weekdays:
        return f"每{_to(*(f'周{_WEEKDAYS[each]}' for each in weekdays))} {at}{within}"
    every = f"每月 {_to(*(f'{each} 日' for each in days))}" if days else "每天"
    return f"{every} {at}{within}"


def _to(first: str, last: str) -> str:
    return first if first == last else f"{first}至{last}"


def _span(field: str, least: int, most: int) -> tuple[int, int] | None:
    """Return the first and the last of what a field names; None for all.

    Raises:
        ValueError: it is neither one number nor a range of what there is.
    """
    if field == "*":
        return None
    first, _, last = field.partition("-")
    last = last or first
    if not (first.isdecimal() and last.isdecimal() and least <= int(first) <= int(last) <= most):
        raise ValueError(field)
    return int(first), int(last)
