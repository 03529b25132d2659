"""Reads waivers as people keep them: a table, the workbook's own sheet of findings, or a list in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao.grammar.dates import parse_date
from nianbao.grammar.text import fold
from nianbao.handlists import Form, Headers, Row
from nianbao.model import Waiver
from nianbao.roster.reading import NAME_HEADERS

_COLUMNS: Headers = {
    "issuer": NAME_HEADERS,
    "year": (re.compile(r"(?:报告|所属)?(?:年度|年份|年)|year"),),
    "rule": (re.compile(r"(?:校验)?规则(?:代码|代号|编号|编码|名称)?|rule(?:code)?"),),
    "quote": (re.compile(r"(?:报告)?(?:原句|原文|引文|证据)(?:内容)?|quote"),),
    "message": (re.compile(r"(?:校验)?问题(?:内容|描述|说明)?|message"),),
    "reason": (re.compile(r"豁免(?:的)?(?:理由|原因|说明|依据)|理由|原因|reason"),),
    "person": (re.compile(r"豁免(?:责任)?人(?:员)?|批准人|审批人|经办人|责任人|person|waivedby"),),
    "day": (re.compile(r"豁免(?:日期|时间|日)|批准(?:日期|时间)|日期|date"),),
    "until": (
        re.compile(r"(?:豁免)?(?:有效期|有效期限|有效期至|有效至|截止日期|到期日期?|失效日期)|until|expires"),
    ),
}
_NAMES = {
    "issuer": "单位",
    "year": "年度",
    "rule": "规则",
    "reason": "豁免理由",
    "person": "豁免人",
    "day": "豁免日期",
    "until": "有效期至",
}
_YEAR = re.compile(r"(20\d\d)(?:年度?)?")
_FORM = Form("豁免清单", "豁免", _COLUMNS, _NAMES, ("rule", "reason"))


@dataclass(frozen=True, slots=True)
class Waivers:
    """What a file of waivers holds, and those of the store that hold beside them.

    Args:
        waivers: those that are complete, in the file's order; behind them the store's.
        faults: what is wrong with the others, one Chinese line each.
        unit: how a row is counted: 行 or, in YAML, 条.
    """

    waivers: tuple[Waiver, ...] = ()
    faults: tuple[str, ...] = ()
    unit: str = "行"

    def told(self, waiver: Waiver) -> str:
        """Return how a user finds a waiver: 豁免第3行（白水镇，2023年度，arithmetic.sum）."""
        place = f"数据库里的豁免第{waiver.row}号" if waiver.kept else f"豁免第{waiver.row}{self.unit}"
        return f"{place}（{waiver.issuer}，{waiver.year}年度，{waiver.rule}）"

    @property
    def given(self) -> tuple[Waiver, ...]:
        """Those of the file alone."""
        return tuple(waiver for waiver in self.waivers if not waiver.kept)

    def of_year(self, year: int) -> Waivers:
        """Return those about a year; what is wrong with others counts for any."""
        return replace(self, waivers=tuple(waiver for waiver in self.waivers if waiver.year == year))

    def beside(self, kept: Iterable[Waiver]) -> Waivers:
        """Return these with those of the store behind them, which they so win over."""
        return replace(self, waivers=(*self.waivers, *kept))


def read_waivers(path: Path) -> Waivers:
    """Read waivers from a table, from the workbook's own sheet 校验问题, or from a list in YAML.

    Rows without a reason are passed over where the rule stands in a list of findings, as in the workbook;
    elsewhere they are faults.

    Args:
        path: .xlsx, .csv or .yml, columns (keys): 单位 年度 规则 原句 豁免理由 豁免人 豁免日期 有效期至.

    Raises:
        UsageError: no such file, no table, no such columns.
    """
    found = _FORM.read(path)
    is_list_of_findings = found.unit == "行" and "message" in found.fields
    return waivers_of(found.rows, found.unit, is_list_of_findings=is_list_of_findings)


def waivers_of(rows: Iterable[Row], unit: str, *, is_list_of_findings: bool = False) -> Waivers:
    """Return the waivers of rows whose cells go by field: issuer, year, rule, quote, message, reason, ….

    Args:
        rows: of a list.
        unit: how they are counted.
        is_list_of_findings: whether a row without a reason is none.
    """
    waivers: list[Waiver] = []
    faults: list[str] = []
    for number, cells in rows:
        if is_list_of_findings and not cells.get("reason"):
            continue
        made = _waiver(number, cells)
        if isinstance(made, Waiver):
            waivers.append(made)
        else:
            faults.append(f"豁免第{number}{unit}：{made}，没有采用")
    return Waivers(tuple(waivers), tuple(faults), unit)


def _waiver(row: int, cells: Mapping[str, str]) -> Waiver | str:
    """Make a waiver, or tell what it lacks."""
    missing = [name for field, name in _NAMES.items() if not cells.get(field)]
    if missing:
        return f"没有填写{'、'.join(missing)}"
    year = _YEAR.fullmatch(fold(cells["year"]).strip())
    if year is None:
        return f"年度“{cells['year']}”应写作四位数字"
    days = {field: parse_date(cells[field]) for field in ("day", "until")}
    for field, day in days.items():
        if day is None:
            return f"{_NAMES[field]}“{cells[field]}”不是日期，请写作 2024-03-31 的样子"
    day, until = days["day"], days["until"]
    if day is None or until is None:
        return ""
    if until < day:
        return f"有效期至{until}早于豁免日期{day}"
    return Waiver(
        issuer="".join(cells["issuer"].split()),
        year=int(year[1]),
        rule=cells["rule"].strip(),
        quote=cells.get("quote", ""),
        message=cells.get("message", ""),
        reason=cells["reason"],
        person=cells["person"],
        day=day,
        until=until,
        row=row,
    )


def write_waivers(waivers: Iterable[Waiver]) -> str:
    """Return waivers as YAML that `read_waivers` reads, for version control."""
    import yaml

    rows = [
        {
            "单位": waiver.issuer,
            "年度": waiver.year,
            "规则": waiver.rule,
            **({"原句": waiver.quote} if waiver.quote else {}),
            **({"问题": waiver.message} if waiver.message and not waiver.quote else {}),
            "豁免理由": waiver.reason,
            "豁免人": waiver.person,
            "豁免日期": waiver.day.isoformat(),
            "有效期至": waiver.until.isoformat(),
        }
        for waiver in sorted(
            waivers, key=lambda each: (each.year, each.issuer, each.rule, each.quote, each.message)
        )
    ]
    return yaml.safe_dump({"豁免": rows}, allow_unicode=True, sort_keys=False, width=1_000)
