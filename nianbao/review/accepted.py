"""Acceptances as rows, from a decisions file or a list that people keep, and as such a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao.grammar.dates import parse_date
from nianbao.handlists import Form, Headers, Row
from nianbao.model import Acceptance, PointKind
from nianbao.roster.reading import NAME_HEADERS

CALLED: Mapping[PointKind, str] = {
    PointKind.FIGURE: "数字",
    PointKind.FINDING: "问题",
    PointKind.NUMERAL: "原文数字",
    PointKind.CORRECTION: "失效的更正",
}
_KINDS = {name: kind for kind, called in CALLED.items() for name in (called, kind.value)}
_COLUMNS: Headers = {
    "issuer": NAME_HEADERS,
    "year": (re.compile(r"(?:报告|所属)?(?:年度|年份|年)|year"),),
    "what": (re.compile(r"类别|种类|what"),),
    "key": (re.compile(r"对象|指标|key"),),
    "seen": (re.compile(r"所见(?:摘要)?|摘要|seen"),),
    "person": (re.compile(r"核对人(?:员)?|person"),),
    "day": (re.compile(r"核对(?:日期|时间)|日期|day|date"),),
    "note": (re.compile(r"备注|说明|note"),),
}
_NAMES = {
    "issuer": "单位",
    "year": "年度",
    "what": "类别",
    "key": "对象",
    "seen": "所见",
    "person": "核对人",
    "day": "日期",
}
_FORM = Form("核对清单", "核对", _COLUMNS, _NAMES, ("what", "key", "seen"))
_YEAR = re.compile(r"(20\d\d)(?:年度?)?")
_SEEN = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class AcceptedList:
    """What a list holds; `faults` are Chinese lines, and a list with any is not to be used."""

    acceptances: tuple[Acceptance, ...]
    faults: tuple[str, ...]


def read_acceptances(path: Path) -> AcceptedList:
    """Read what `write_acceptances` wrote: .yml, or a table with such columns.

    Raises:
        UsageError: no such file, no table, no such columns.
    """
    found = _FORM.read(path)
    return AcceptedList(*acceptances_of(found.rows, found.unit))


def acceptances_of(rows: Iterable[Row], unit: str) -> tuple[tuple[Acceptance, ...], tuple[str, ...]]:
    """Return the acceptances of rows whose cells go by field, and what is wrong with the others."""
    found: list[Acceptance] = []
    faults: list[str] = []
    for number, cells in rows:
        try:
            found.append(_acceptance(cells))
        except ValueError as error:
            faults.append(f"第{number}{unit}：{error}")
    return tuple(found), tuple(faults)


def _acceptance(cells: Mapping[str, str]) -> Acceptance:
    missing = [name for field, name in _NAMES.items() if not cells.get(field)]
    if missing:
        raise ValueError(f"没有填写{'、'.join(missing)}")
    kind = _KINDS.get(cells["what"])
    if kind is None:
        raise ValueError(f"“{cells['what'][:20]}”不是可以认可的，应为数字、问题、原文数字或失效的更正")
    year, day = _YEAR.fullmatch(cells["year"]), parse_date(cells["day"])
    if year is None:
        raise ValueError(f"年度“{cells['year'][:20]}”应写作四位数字")
    if day is None:
        raise ValueError(f"日期“{cells['day'][:20]}”不是日期，请写作 2024-03-31 的样子")
    if not _SEEN.fullmatch(cells["seen"]):
        raise ValueError(f"所见“{cells['seen'][:20]}”应为十六位摘要，请不要改动")
    issuer = "".join(cells["issuer"].split())
    note = cells.get("note", "")
    return Acceptance(issuer, int(year[1]), kind, cells["key"], cells["seen"], cells["person"], day, note)


def write_acceptances(acceptances: Iterable[Acceptance]) -> str:
    """Return what was accepted as YAML that `read_acceptances` reads, for version control."""
    import yaml

    rows = [
        {
            "单位": each.issuer,
            "年度": each.year,
            "类别": CALLED[each.kind],
            "对象": each.key,
            "所见": each.seen,
            "核对人": each.person,
            "日期": each.day.isoformat(),
            **({"备注": each.note} if each.note else {}),
        }
        for each in sorted(acceptances, key=lambda each: each.about)
    ]
    return yaml.safe_dump({"核对": rows}, allow_unicode=True, sort_keys=False, width=1_000)
