"""Lists that people keep by hand, in a table or in YAML, as rows whose cells go by the names of fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.spreadsheets import ROWS_TO_HEADER, Cells, decoded, headers_seen, label, read_bytes, read_tables

_YAML_SUFFIXES = (".yml", ".yaml")

Headers = Mapping[str, tuple[re.Pattern[str], ...]]
Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class HandList:
    """What a list holds.

    Args:
        rows: (number as the user counts them, cell by field); rows without any cell are left out.
        fields: those that the list has a column for; all of them in YAML.
        unit: how a row is counted: 行 or, in YAML, 条.
        above: the text of the cells above the header.
    """

    rows: tuple[Row, ...]
    fields: frozenset[str]
    unit: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of list looks like.

    Args:
        called: what the user calls it, in Chinese.
        key: under which a YAML file may hold it.
        headers: the headers (or keys) of each field, the best first.
        names: the header that a user should write for each field that an entry must have.
        needed: the fields without which a table is none of this kind.
        either: fields of which a table must have one besides.
    """

    called: str
    key: str
    headers: Headers
    names: Mapping[str, str]
    needed: tuple[str, ...]
    either: tuple[str, ...] = ()

    @property
    def hint(self) -> str:
        """The headers that a user should write."""
        return "、".join(self.names.values())

    def read(self, path: Path) -> HandList:
        """Read a list from .xlsx, .csv or .yml.

        Raises:
            UsageError: no such file, no table, no such columns, no YAML.
        """
        if path.suffix.lower() in _YAML_SUFFIXES:
            return HandList(tuple(self._yaml_rows(path)), frozenset(self.headers), "条")
        tables = read_tables(path, self.called)
        for rows in tables:
            for index, row in enumerate(rows[:ROWS_TO_HEADER]):
                columns = self._columns([label(cell) for cell in row])
                if columns.keys() >= set(self.needed) and (not self.either or columns.keys() & self.either):
                    above = tuple(cell for line in rows[:index] for cell in line if cell)
                    found = tuple(_table_rows(rows, index, columns))
                    return HandList(found, frozenset(columns), "行", above)
        if not any(any(row) for rows in tables for row in rows):
            raise UsageError(f"{self.called}是空的", where=str(path), hint=f"请写上表头：{self.hint}")
        told = f"，看到的表头：{headers_seen(tables)}"
        raise UsageError(f"找不到{self._missing}{told}", where=str(path), hint=f"请写上表头：{self.hint}")

    @property
    def _missing(self) -> str:
        needed, either = ([f"“{self.names[field]}”" for field in each] for each in (self.needed, self.either))
        if either:
            needed.append("或".join(either))
        *first, last = needed
        if not first:
            return f"{last}一列"
        return f"{'、'.join(first)}和{last}{'两列' if len(needed) == 2 else '几列'}"

    def _columns(self, labels: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for field, headers in self.headers.items():
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

    def _yaml_rows(self, path: Path) -> Iterator[Row]:
        import yaml

        text = decoded(read_bytes(path, self.called))
        try:
            told = yaml.safe_load(text or "")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"第 {mark.line + 1} 行附近" if mark else ""
            raise UsageError(f"{self.called}不是合格的 YAML：{place}写法有误", where=str(path)) from error
        entries = told.get(self.key) if isinstance(told, dict) else told
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise UsageError(
                f"{self.called}应是一个列表", where=str(path), hint=f"每条以“- ”开头，写明{self.hint}"
            )
        for number, entry in enumerate(entries, 1):
            columns = self._columns([label(str(key)) for key in entry])
            values = ["" if value is None else readable(str(value)).strip() for value in entry.values()]
            yield number, {field: values[column] for field, column in columns.items()}


def readable(text: str) -> str:
    """Replace what YAML can write by escapes and no database keeps: NUL, and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()


def _table_rows(rows: Sequence[Cells], header: int, columns: Mapping[str, int]) -> Iterator[Row]:
    for index in range(header + 1, len(rows)):
        row = rows[index]
        cells = {field: row[column] for field, column in columns.items() if column < len(row)}
        if any(cells.values()):
            yield index + 1, cells
