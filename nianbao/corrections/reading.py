"""Reads corrections as people enter them, in the workbook, a table or YAML, and writes the ledger as YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from nianbao.grammar.dates import parse_date
from nianbao.grammar.text import fold
from nianbao.handlists import Form, Headers, Row
from nianbao.model import Correction, IndicatorInfo
from nianbao.roster.reading import NAME_HEADERS

UNSAID = "未提及"
WITHDRAWN = "撤销"

_COLUMNS: Headers = {
    "issuer": NAME_HEADERS,
    "year": (re.compile(r"(?:报告|所属)?(?:年度|年份|年)|year"),),
    "indicator": (re.compile(r"指标(?:名称|代号)?|indicator"),),
    "value": (re.compile(r"更正(?:为|后)(?:的?数值|的?数字)?|改为|value"),),
    "reason": (re.compile(r"更正(?:的)?(?:理由|原因|说明|依据)|理由|原因|reason"),),
    "person": (re.compile(r"更正人(?:员)?|经办人|填写人|责任人|person"),),
    "day": (re.compile(r"更正(?:日期|时间|日)|日期|date"),),
    "old": (re.compile(r"原值|原数值?|更正前(?:的?数值)?|old"),),
    "evidence": (re.compile(r"证据(?:摘要)?|evidence"),),
}
_NAMES = {
    "issuer": "单位",
    "year": "年度",
    "indicator": "指标",
    "value": "更正为",
    "reason": "理由",
    "person": "更正人",
}
FORM = Form("更正清单", "更正", _COLUMNS, _NAMES, ("indicator", "value"))
_ENTERED = ("issuer", "indicator", "value", "reason", "person")
_YEAR = re.compile(r"(20\d\d)(?:年度?)?")
_UNSAID = re.compile(rf"(?:报告)?(?:{UNSAID}|没有提及|未提到|未写明)")
_WITHDRAWN = re.compile(rf"{WITHDRAWN}(?:更正)?|取消(?:更正)?")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MOST_DIGITS = 20
_PERCENT, _WHOLE = "%", Decimal(100)


class Told(StrEnum):
    """What stands in the place of a number."""

    UNSAID = UNSAID
    WITHDRAWN = WITHDRAWN


@dataclass(frozen=True, slots=True)
class Entered:
    """A correction as a person entered it, not yet held against any report.

    Args:
        row: its number in the list.
        issuer: as the person calls it.
        year: reported on.
        indicator: id of the indicator.
        value: what is right, that nothing is said, or that an earlier correction no longer holds.
        reason: why; may be empty where a correction is withdrawn.
        person: who entered it.
        day: when.
        old: the value that was seen, where the list says so; UNSAID where it was none.
        evidence: the digest of the evidence that was seen, where the list says so.
    """

    row: int
    issuer: str
    year: int
    indicator: str
    value: Decimal | Told
    reason: str
    person: str
    day: date
    old: Decimal | Told | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class EnteredList:
    """What a list of corrections holds; `faults` are Chinese lines, and a list with any is not to be used."""

    entries: tuple[Entered, ...]
    faults: tuple[str, ...]
    unit: str


def read_corrections(
    path: Path, indicators: Iterable[IndicatorInfo], today: date, *, year: int | None = None
) -> EnteredList:
    """Read corrections from a table or from YAML.

    Args:
        path: .xlsx, .csv or .yml, with the columns (keys) 单位 年度 指标 更正为 理由 更正人, and
            日期 原值 证据 where they are known.
        indicators: those that there are.
        today: the day of what bears no date.
        year: of what bears no year.

    Raises:
        UsageError: no such file, no table, no such columns.
    """
    found = FORM.read(path)
    return corrections_of(found.rows, found.unit, indicators, today, year=year)


def corrections_of(
    rows: Iterable[Row],
    unit: str,
    indicators: Iterable[IndicatorInfo],
    today: date,
    *,
    year: int | None = None,
    is_typed: bool = False,
) -> EnteredList:
    """Return the corrections of rows whose cells go by field: issuer, year, indicator, value, reason, ….

    Args:
        rows: of a list.
        unit: how they are counted.
        indicators, today, year: as for `read_corrections`.
        is_typed: whether each value was typed just now, though it says what was there before.
    """
    by_name: dict[str, list[IndicatorInfo]] = {}
    for info in indicators:
        for name in {info.id, info.name}:
            by_name.setdefault(name, []).append(info)
    entries: list[Entered] = []
    faults: list[str] = []
    for number, cells in rows:
        if not any(cells.get(field) for field in _ENTERED):
            continue
        try:
            entries.append(_entered(number, cells, by_name, today, year, is_typed=is_typed))
        except ValueError as error:
            faults.append(f"第{number}{unit}：{error}")
    return EnteredList(tuple(entries), tuple(faults), unit)


def _entered(
    row: int,
    cells: Mapping[str, str],
    by_name: Mapping[str, Sequence[IndicatorInfo]],
    today: date,
    year: int | None,
    *,
    is_typed: bool,
) -> Entered:
    told = {field: cells.get(field, "").strip() for field in _COLUMNS}
    told["year"] = told["year"] or str(year or "")
    named = by_name.get("".join(told["indicator"].split()), ())
    indicator = named[0] if len(named) == 1 else None
    unit = indicator.unit if indicator else ""
    is_kept = bool(told["old"]) and not is_typed  # an entry of the ledger that comes back
    value = entered_value(told["value"], unit, is_kept=is_kept) if told["value"] else None
    optional = {"reason"} if value is Told.WITHDRAWN else set()
    missing = [name for field, name in _NAMES.items() if not told[field] and field not in optional]
    if missing or value is None:
        raise ValueError(f"没有填写{'、'.join(missing)}")
    given = _YEAR.fullmatch(fold(told["year"]))
    if given is None:
        raise ValueError(f"年度“{told['year']}”应写作四位数字")
    if indicator is None:
        if named:
            ids = "、".join(info.id for info in named)
            raise ValueError(f"有 {len(named)} 个指标都叫“{told['indicator']}”，请写代号：{ids}")
        raise ValueError(f"没有名为“{told['indicator']}”的指标")
    day = parse_date(told["day"]) if told["day"] else today
    if day is None:
        raise ValueError(f"日期“{told['day']}”不是日期，请写作 2024-03-31 的样子")
    old = entered_value(told["old"], unit, is_kept=True) if told["old"] else None
    return Entered(
        row,
        "".join(told["issuer"].split()),
        int(given[1]),
        indicator.id,
        value,
        told["reason"],
        told["person"],
        day,
        old,
        told["evidence"],
    )


def entered_value(told: str, unit: str = "", *, is_kept: bool = False) -> Decimal | Told:
    """Return what was entered for a figure.

    Args:
        told: as it was entered; the indicator's own unit may follow the number.
        unit: the indicator's.
        is_kept: whether it stands in the ledger or was read, so that it is taken as it is.

    Raises:
        ValueError: it is neither a number nor one of the words, or no such percentage; in one Chinese clause.
    """
    plain = "".join(fold(told).split())
    if _UNSAID.fullmatch(plain):
        return Told.UNSAID
    if _WITHDRAWN.fullmatch(plain):
        return Told.WITHDRAWN
    number = plain.removesuffix(unit)
    if _NUMBER.fullmatch(number) is None or len(number) > _MOST_DIGITS:
        raise ValueError(
            f"“{told[:20]}”不是数字；请写阿拉伯数字，报告没有提及的写“{UNSAID}”，撤销更正写“{WITHDRAWN}”"
        )
    value = Decimal(number.replace(",", ""))
    if unit == _PERCENT and not is_kept:
        _check_percentage(value, is_told=number != plain)
    return value


def _check_percentage(value: Decimal, *, is_told: bool) -> None:
    """Refuse what no rate can be: of 98% that is typed into a cell a spreadsheet makes 0.98."""
    if value > _WHOLE:
        raise ValueError(f"“{value:f}”不是百分率，应在 0 到 100 之间")
    if 0 < value <= 1 and not is_told:
        hint = f"{(value * _WHOLE).normalize():f}"
        raise ValueError(
            f"“{value:f}”看不出是百分之几；是 {hint}% 请写 {hint}，是 {value:f}% 请写“{value:f}%”"
        )


def write_corrections(ledger: Iterable[Correction], names: Mapping[str, str]) -> str:
    """Return the ledger as YAML that `read_corrections` reads, for version control.

    Args:
        ledger: the corrections.
        names: each indicator's Chinese name; its id where it has none here.
    """
    import yaml

    rows = [
        {
            "单位": entry.issuer,
            "年度": entry.year,
            "指标": names.get(entry.indicator, entry.indicator),
            "原值": _plain(entry.old),
            "更正为": _plain(entry.value),
            "理由": entry.reason,
            "更正人": entry.person,
            "日期": entry.day.isoformat(),
            "证据": entry.evidence,
        }
        for entry in sorted(ledger, key=lambda entry: entry.key)
    ]
    return yaml.safe_dump({"更正": rows}, allow_unicode=True, sort_keys=False, width=1_000)


def _plain(value: Decimal | None) -> str:
    return UNSAID if value is None else f"{value:f}"
