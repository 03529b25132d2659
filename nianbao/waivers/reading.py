"""Reads waivers as people keep them: a table, the workbook's own sheet of findings, or a list in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.grammar.dates import parse_date
from nianbao.grammar.text import fold
from nianbao.model import Waiver
from nianbao.roster.reading import NAME_HEADERS
from nianbao.spreadsheets import ROWS_TO_HEADER, Cells, decoded, headers_seen, label, read_bytes, read_tables

_CALLED = "豁免清单"
_COLUMNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
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
_YAML_SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class Waivers:
    """What a file of waivers holds.

    Args:
        waivers: those that are complete, in the file's order.
        faults: what is wrong with the others, one Chinese line each.
        unit: how a row is counted: 行 or, in YAML, 条.
    """

    waivers: tuple[Waiver, ...] = ()
    faults: tuple[str, ...] = ()
    unit: str = "行"

    def told(self, waiver: Waiver) -> str:
        """Return how a user finds a waiver in the file: 第3行（白水镇，2023年度，arithmetic.sum）."""
        return f"豁免第{waiver.row}{self.unit}（{waiver.issuer}，{waiver.year}年度，{waiver.rule}）"


def read_waivers(path: Path) -> Waivers:
    """Read waivers from a table, from the workbook's own sheet 校验问题, or from a list in YAML.

    Rows without a reason are passed over where the rule stands in a list of findings, as in the workbook;
    elsewhere they are faults.

    Args:
        path: .xlsx, .csv or .yml, columns (keys): 单位 年度 规则 原句 豁免理由 豁免人 豁免日期 有效期至.

    Raises:
        UsageError: no such file, no table, no such columns.
    """
    if path.suffix.lower() in _YAML_SUFFIXES:
        return _collected(_yaml_rows(path), "条", is_list_of_findings=False)
    tables = read_tables(path, _CALLED)
    for rows in tables:
        for index, row in enumerate(rows[:ROWS_TO_HEADER]):
            columns = _columns([label(cell) for cell in row])
            if {"rule", "reason"} <= columns.keys():
                return _collected(
                    _table_rows(rows, index, columns), "行", is_list_of_findings="message" in columns
                )
    seen = headers_seen(tables) if any(any(row) for rows in tables for row in rows) else ""
    told = f"，看到的表头：{seen}" if seen else ""
    raise UsageError(
        f"找不到“规则”和“豁免理由”两列{told}",
        where=str(path),
        hint=f"请写上表头：{'、'.join(_NAMES.values())}",
    )


def _columns(labels: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, headers in _COLUMNS.items():
        matches = (
            column
            for header in headers
            for column, each in enumerate(labels)
            if header.fullmatch(each) and column not in found.values()
        )
        column = next(matches, None)
        if column is not None:
            found[field] = column
    return found


_Row = tuple[int, dict[str, str]]


def _table_rows(rows: Sequence[Cells], header: int, columns: Mapping[str, int]) -> Iterator[_Row]:
    for index in range(header + 1, len(rows)):
        row = rows[index]
        cells = {field: row[column] for field, column in columns.items() if column < len(row)}
        if any(cells.values()):
            yield index + 1, cells


def _yaml_rows(path: Path) -> Iterator[_Row]:
    import yaml

    text = decoded(read_bytes(path, _CALLED))
    try:
        told = yaml.safe_load(text or "")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行附近" if mark else ""
        raise UsageError(f"豁免清单不是合格的 YAML：{place}写法有误", where=str(path)) from error
    entries = told.get("豁免") if isinstance(told, dict) else told
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(
            "豁免清单应是一个列表", where=str(path), hint=f"每条以“- ”开头，写明{'、'.join(_NAMES.values())}"
        )
    for number, entry in enumerate(entries, 1):
        keys = [str(key) for key in entry]
        columns = _columns([label(key) for key in keys])
        values = ["" if value is None else str(value).strip() for value in entry.values()]
        yield number, {field: values[column] for field, column in columns.items()}


def _collected(rows: Iterable[_Row], unit: str, *, is_list_of_findings: bool) -> Waivers:
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
