"""Reads the decisions file: what a reviewer settled on the pages, until it is in the store.

It is JSON (docs/review.md has its form). Whatever else somebody gives is refused in one clear line, and of
a file with a fault nothing is to be entered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from nianbao.corrections import Entered, corrections_of
from nianbao.errors import UsageError
from nianbao.handlists import Row, readable
from nianbao.model import Acceptance, IndicatorInfo
from nianbao.review.accepted import acceptances_of
from nianbao.spreadsheets import read_bytes
from nianbao.waivers import Waivers, waivers_of

FORMAT: Final = "nianbao-decisions"
VERSION: Final = 1
KIND: Final = "report"
UNIT: Final = "条"
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_DECISIONS: Final = 20_000
_LONGEST = 4_000
_SHOWN = 20
_CALLED = "核对记录"
_TOO_LARGE = f"{_CALLED}超过 {MOST_BYTES // 1024**2} MB"
_REPLACED = "\ufffd"
# What people write themselves, on one line.
_WRITTEN = ("note", "reason")
_YEAR = re.compile(r"20\d\d")
# By what a decision does: its fields, those that it must have first.
_FIELDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "accept": (("what", "issuer", "key", "seen"), ("day", "note")),
    "correct": (("issuer", "indicator", "old", "evidence", "value"), ("reason", "day")),
    "waive": (("issuer", "rule", "reason", "until"), ("quote", "message", "day")),
}


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a decisions file holds; `faults` are Chinese lines, and a file with any is not to be used.

    Args:
        corrections: what is right instead of what was read.
        waivers: the findings that somebody answers for.
        acceptances: what somebody looked at and lets stand.
        faults: what is wrong.
    """

    corrections: tuple[Entered, ...] = ()
    waivers: Waivers = field(default_factory=Waivers)
    acceptances: tuple[Acceptance, ...] = ()
    faults: tuple[str, ...] = ()


def read_decisions(path: Path, indicators: Iterable[IndicatorInfo], today: date) -> Decisions:
    """Read a decisions file.

    Raises:
        UsageError: no such file, it can't be read, or it is no such file.
    """
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            _refuse(_TOO_LARGE)
        return decisions_of(read_bytes(path, _CALLED), indicators, today)
    except ValueError as error:
        raise UsageError(str(error), where=str(path), hint="请用核对页上“保存核对”得到的文件") from error


def decisions_of(data: bytes, indicators: Iterable[IndicatorInfo], today: date) -> Decisions:
    """Read what a decisions file holds, or what a page of the app sends.

    Of the same decision, or of several on one point, the last is taken.

    Args:
        data: JSON in UTF-8.
        indicators: those that there are.
        today: the day of what bears no date.

    Raises:
        ValueError: it is no such file at all, or of a newer program; in one Chinese clause.
    """
    told = _parsed(data)
    year, person, listed = _opened(told)
    rows: dict[str, dict[tuple[str, ...], Row]] = {kind: {} for kind in _FIELDS}
    faults = []
    for number, each in enumerate(listed, 1):
        try:
            kind, cells = _cells(each)
        except ValueError as error:
            faults.append(f"第{number}{UNIT}：{error}")
            continue
        cells |= {"year": year, "person": person, "day": cells.get("day") or today.isoformat()}
        about = _about(kind, cells)
        for others in rows.values():
            others.pop(about, None)
        rows[kind][about] = number, cells
    corrections = corrections_of(rows["correct"].values(), UNIT, indicators, today, is_typed=True)
    waivers = waivers_of(rows["waive"].values(), UNIT)
    acceptances, wrong = acceptances_of(rows["accept"].values(), UNIT)
    faults += [*corrections.faults, *waivers.faults, *wrong]
    more = [f"另有 {len(faults) - _SHOWN} 处"] if len(faults) > _SHOWN else []
    return Decisions(corrections.entries, waivers, acceptances, (*faults[:_SHOWN], *more))


def _parsed(data: bytes) -> Mapping[str, object]:
    if len(data) > MOST_BYTES:
        _refuse(_TOO_LARGE)
    try:
        # Numbers stay text: none is reckoned with here, and one of a million digits is nobody's.
        told = json.loads(data.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"不是{_CALLED}，或文件不完整") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        _refuse(f"不是{_CALLED}")
    return told


def _opened(told: Mapping[str, object]) -> tuple[str, str, list[object]]:
    """Return whose decisions on which year they are, and the decisions."""
    version, kind, year = (_text(told.get(name)) for name in ("version", "kind", "year"))
    if version != str(VERSION):
        is_newer = version.isdecimal() and len(version) < 9 and int(version) > VERSION
        hint = "由更新的 nianbao 写出，请升级后再导入" if is_newer else "版本不认识"
        _refuse(f"{_CALLED}{hint}")
    if kind != KIND:
        _refuse(f"{_CALLED}不是关于法治政府建设年度报告的")
    if not _YEAR.fullmatch(year):
        _refuse(f"{_CALLED}没有写明年度")
    person = _on_one_line(_text(told.get("person")))
    if not person:
        _refuse(f"{_CALLED}没有写明是谁核对的")
    listed = told.get("decisions")
    if not isinstance(listed, list):
        _refuse(f"{_CALLED}不完整：没有“decisions”")
    if len(listed) > MOST_DECISIONS:
        _refuse(f"{_CALLED}多于 {MOST_DECISIONS} 条，请分成几个文件")
    return year, person, listed


def _cells(told: object) -> tuple[str, dict[str, str]]:
    """Return what a decision does, and its fields as text.

    Raises:
        ValueError: it is none, or lacks something; in one Chinese clause.
    """
    if not isinstance(told, dict):
        raise ValueError("不是一条核对记录")  # noqa: TRY004  the file is wrong, not the call
    does = told.get("do")
    if not isinstance(does, str) or does not in _FIELDS:
        raise ValueError("不认识的处理方式，应为 accept、correct 或 waive")
    needed, others = _FIELDS[does]
    cells = {name: _text(told.get(name)) for name in (*needed, *others)}
    cells |= {name: _on_one_line(cells[name]) for name in _WRITTEN if name in cells}
    missing = [name for name in needed if not cells[name]]
    if missing:
        raise ValueError(f"没有{'、'.join(missing)}")
    return does, cells


def _text(told: object) -> str:
    """Return a value as text that every database keeps; empty where there is none.

    Raises:
        ValueError: it is no plain value, or a long one; in one Chinese clause.
    """
    if told is None:
        return ""
    if not isinstance(told, str):
        raise ValueError("有一项不是文字")  # noqa: TRY004  the file is wrong, not the call
    if len(told) > _LONGEST:
        raise ValueError(f"有一项超过 {_LONGEST} 字")
    return readable(told).strip()


def _on_one_line(text: str) -> str:
    plain = "".join(char if char.isprintable() and char != _REPLACED else " " for char in text)
    return " ".join(plain.split())


def _about(does: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a decision is about: of several on one the last counts."""
    issuer = "".join(cells["issuer"].split())
    if does == "waive":
        return issuer, "finding", cells["rule"], cells["quote"] or cells["message"]
    if does == "correct":
        return issuer, "figure", cells["indicator"]
    if cells["what"] == "figure":
        return issuer, "figure", cells["key"]
    return issuer, cells["what"], cells["key"], cells["seen"]


def _refuse(told: str) -> NoReturn:
    raise ValueError(told)
