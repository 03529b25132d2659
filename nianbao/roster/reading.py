"""Reads a roster as people keep them: a title above the table, numbers for codes, merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.grammar.text import fold
from nianbao.model import RosterEntry
from nianbao.spreadsheets import LISTED, ROWS_TO_HEADER, Cells, headers_seen, label, read_tables

# How the columns of names and of codes are headed, the surest first.
NAME_HEADERS = (
    re.compile(r"应?当?(?:报告|报送|填报|上报|发布|发文|报)(?:单位|机关|机构|主体)(?:名称)?"),
    re.compile(r"(?:单位|机构|机关|部门)(?:名称|全称)"),
    re.compile(r"单位|机构|issuer(?:name)?"),
    re.compile(r"(?:乡镇|镇乡|乡|镇|街道|街|办事处|办)+(?:名称)?"),
    re.compile(r"部门|机关"),
    re.compile(r"(?:行政)?(?:区划)?名称|全称|name|unit|organization"),
)
CODE_HEADERS = (
    re.compile(r"(?:统计用)?(?:行政)?(?:区划|区域|地区|行政区|行政)(?:代码|编码|码)|divisioncode"),
    re.compile(r"代码|编码|code"),
)
_LOOSE_NAME = re.compile(r"(?<!上级)(?<!主管)(?<!督办)(?<!联系)(?:单位|单位名称|机构名称|机关名称)$")
SUPERIOR_HEADER = re.compile(
    r"(?:所属|所在|上级)?(?:省份|设区市|地市|地区|[省市州盟县区旗]{1,4})(?:名称|单位)?"
)
NO_ISSUER = re.compile(
    r"(?:合计|总计|小计|共计)$|^(?:注|备注|说明|填表人?|制表人?|审核人?|联系人|联系电话|填报日期)(?:[::]|$)"
)
_DECIMAL_TAIL = re.compile(r"\.0+$")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_DIVISION_LENGTHS = frozenset((2, 4, 6, 9, 12))


@dataclass(frozen=True, slots=True)
class _Header:
    """Where a table's columns are.

    Args:
        row: its index.
        name: the column of names.
        code: the column of codes, if there is one.
        superiors: the columns that name what the issuer belongs to, from the left.
    """

    row: int
    name: int
    code: int | None
    superiors: tuple[int, ...]


def read_roster(path: Path) -> tuple[RosterEntry, ...]:
    """Read the issuers that should report, from the first sheet that has a column of names.

    Where a bare name stands in several rows, the columns that name its county or city are put before it.

    Args:
        path: an Excel or WPS workbook, or a CSV file in UTF-8 or GB 18030.

    Raises:
        UsageError: no such file, no table, no column of names, no names, a spoilt code, a name told twice.
    """
    where = str(path)
    tables = read_tables(path, "名单")
    for rows in tables:
        header = _find_header(rows)
        if header is not None:
            entries = _entries(rows, header, where)
            if not entries:
                raise UsageError("名单中没有单位", where=where, hint="请在表头下面逐行填写单位名称")
            _refuse_repeats(entries, where)
            return entries
    if not any(any(row) for rows in tables for row in rows):
        raise UsageError("名单是空的", where=where, hint="请填写表头“单位名称”和各单位")
    seen = headers_seen(tables)
    raise UsageError(
        f"找不到单位名称一列，看到的表头：{seen}", where=where, hint="请把该列的表头写作“单位名称”"
    )


def _find_header(rows: Sequence[Cells]) -> _Header | None:
    labelled = [[label(cell) for cell in row] for row in rows[:ROWS_TO_HEADER]]
    for search in (_named, _named_loosely, _named_by_division):
        for index, labels in enumerate(labelled):
            name = search(labels)
            if name is not None:
                code = _ranked(labels, CODE_HEADERS)
                others = (column for column in range(len(labels)) if column not in (name, code))
                superiors = tuple(column for column in others if SUPERIOR_HEADER.fullmatch(labels[column]))
                return _Header(index, name, code, superiors)
    return None


def _ranked(labels: Sequence[str], headers: Sequence[re.Pattern[str]]) -> int | None:
    found = (column for header in headers for column, label in enumerate(labels) if header.fullmatch(label))
    return next(found, None)


def _named(labels: Sequence[str]) -> int | None:
    return _ranked(labels, NAME_HEADERS)


def _named_loosely(labels: Sequence[str]) -> int | None:
    return next((column for column, label in enumerate(labels) if _LOOSE_NAME.search(label)), None)


def _named_by_division(labels: Sequence[str]) -> int | None:
    """A roster of counties has no column below 县（市、区）."""
    found = [column for column, label in enumerate(labels) if SUPERIOR_HEADER.fullmatch(label)]
    return found[-1] if found else None


def _entries(rows: Sequence[Cells], header: _Header, where: str) -> tuple[RosterEntry, ...]:
    entries: list[RosterEntry] = []
    prefixes: list[str] = []
    above = dict.fromkeys(header.superiors, "")
    for index in range(header.row + 1, len(rows)):
        row = rows[index]
        # A merged cell stands in its first row only.
        above.update(
            {column: row[column] for column in header.superiors if column < len(row) and row[column]}
        )
        name = "".join(row[header.name].split()) if header.name < len(row) else ""
        if not name or NO_ISSUER.search(fold(name)) or label(name) == label(rows[header.row][header.name]):
            continue
        given = row[header.code] if header.code is not None and header.code < len(row) else ""
        entries.append(RosterEntry(name, _code(given, index + 1, where), index + 1))
        prefixes.append("".join(above.values()))
    return _told_apart(entries, prefixes)


def _code(given: str, row: int, where: str) -> str | None:
    """Return a division code; what is none (a unit's own number, a 统一社会信用代码) counts for nothing."""
    text = _DECIMAL_TAIL.sub("", "".join(fold(given).split()))
    if _SCIENTIFIC.fullmatch(text):
        raise UsageError(
            f"第 {row} 行的代码成了 {text}，位数已丢失", where=where, hint="请把该列设为文本格式再填写"
        )
    return text if text.isascii() and text.isdigit() and len(text) in _DIVISION_LENGTHS else None


def _told_apart(entries: Sequence[RosterEntry], prefixes: Sequence[str]) -> tuple[RosterEntry, ...]:
    """Put the superior's name before a name that stands in several rows."""
    names = [entry.name for entry in entries]
    return tuple(
        RosterEntry(prefix + entry.name, entry.code, entry.row)
        if names.count(entry.name) > 1 and not entry.name.startswith(prefix)
        else entry
        for entry, prefix in zip(entries, prefixes, strict=True)
    )


def _refuse_repeats(entries: Sequence[RosterEntry], where: str) -> None:
    rows: dict[tuple[str, str | None], list[int]] = {}
    for entry in entries:
        rows.setdefault((entry.name, entry.code), []).append(entry.row)
    repeated = [(name, found) for (name, _), found in rows.items() if len(found) > 1]
    if repeated:
        told = [f"{name}（第 {'、'.join(map(str, found))} 行）" for name, found in repeated[:LISTED]]
        more = f"，另有 {len(repeated) - LISTED} 个" if len(repeated) > LISTED else ""
        hint = "请删去重复的行；同名的不同单位请写明所属县区或区划代码"
        raise UsageError(f"名单中有重复的单位：{'；'.join(told)}{more}", where=where, hint=hint)
