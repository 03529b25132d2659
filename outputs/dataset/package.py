"""Writes what describes the dataset: datapackage.json, the codebook, a README and a citation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from nianbao import Yearbook
from nianbao.divisions.table import EDITIONS
from outputs.dataset.content import Filled
from outputs.dataset.schema import STATUSES, Column, Kind, Table

PACKAGE: Final = "datapackage.json"
CODEBOOK: Final = "codebook.md"
README: Final = "README.md"
CITATION: Final = "CITATION.cff"
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE: Final = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
_KINDS: Final = {
    Kind.TEXT: "文字",
    Kind.INTEGER: "整数",
    Kind.NUMBER: "数",
    Kind.BOOLEAN: "是否",
    Kind.DATE: "日期",
}
NOTES: Final = (
    "没有数值的单元格留空；为什么没有，看 status（宽表里是各指标的 _s 列）。",
    "写明没有（zero）的数值为 0，与未提及（not_mentioned）不同。",
    "约数照原文给出上下限：320余件 的数值为 320，下限 320，上限 329；没有上限的不填。",
    "经人更正的，value 为更正后的数，value_read 为原来读出的数；原句仍是原来的。",
    "quote 是报告全文从 quote_start 到 quote_end 的文字：按 Unicode 字符计，从 0 开始，终点不含。",
    "报告全文用 nianbao read --text 输出。",
    "CSV 是带 BOM 的 UTF-8，数值是精确的十进制数。",
    "CSV 里以 =、+、-、@ 开头的文字前面加了一个单引号，免得表格软件当作公式。",
    "Parquet 的数值是 decimal128，精确。",
    "Stata 的数值是双精度浮点数：整数在 2 的 53 次方以内精确，小数约 15 位有效数字。",
    "Stata 里的代码（如 status）是带值标签的数，次序同本手册；是否为 1 和 0；长的文字用 strL。",
)


def moment_of(yearbook: Yearbook) -> datetime:
    """Return when the dataset was made, by Beijing's clock: when its run began."""
    started = yearbook.run.started
    return (started if started.tzinfo else started.replace(tzinfo=_SHANGHAI)).astimezone(_SHANGHAI)


def write_package(yearbook: Yearbook, tables: Sequence[Filled], folder: Path) -> None:
    """Write all four; what they tell of the files is taken from the files in the folder."""
    package = _package(yearbook, tables, folder)
    (folder / PACKAGE).write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / CODEBOOK).write_text("\n".join(_codebook(yearbook, tables)) + "\n", "utf-8")
    (folder / README).write_text("\n".join(_readme(yearbook, tables)) + "\n", "utf-8")
    (folder / CITATION).write_text(_citation(yearbook), "utf-8")


def _title(yearbook: Yearbook) -> str:
    return f"{yearbook.year}年度法治政府建设报告数据集"


def _package(yearbook: Yearbook, tables: Sequence[Filled], folder: Path) -> dict[str, Any]:
    run = yearbook.run
    return {
        "$schema": _PROFILE,
        "name": f"nianbao-{yearbook.year}",
        "title": _title(yearbook),
        "description": "\n".join(NOTES),
        "created": moment_of(yearbook).isoformat(),
        "version": f"{yearbook.year}.{moment_of(yearbook):%Y%m%d}",
        "sources": [{"title": "各单位公开的法治政府建设年度报告；各份的文件和 SHA-256 见 reports 表"}],
        "contributors": [{"title": f"nianbao {run.version}", "roles": ["creator"]}],
        "run": {
            "id": run.id,
            "catalogue": run.catalogue,
            "reading": run.reading,
            "extraction": run.extraction,
            "plugins": [{"name": name, "version": version} for name, version in run.plugins],
            "divisions": list(EDITIONS),
        },
        "resources": [_resource(each.table, folder) for each in tables],
    }


def _resource(table: Table, folder: Path) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    data = path.read_bytes()
    return {
        "$schema": _RESOURCE,
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.told,
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": _table_schema(table),
    }


def _table_schema(table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {
        "$schema": _SCHEMA,
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        told["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": other, "fields": [its]}}
            for column, other, its in table.refers
        ]
    return told


def _field(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {"name": column.name, "type": column.kind.value, "title": column.label}
    if column.told:
        told["description"] = column.told
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.codes:
        constraints["enum"] = [code for code, _ in column.codes]
        told["categories"] = [{"value": code, "label": label} for code, label in column.codes]
    if constraints:
        told["constraints"] = constraints
    return told


def _codebook(yearbook: Yearbook, tables: Sequence[Filled]) -> Iterator[str]:
    yield f"# {_title(yearbook)}：编码手册"
    yield ""
    yield from (f"- {note}" for note in NOTES)
    yield ""
    yield "## 取值状态"
    yield ""
    yield from _table_of(("代码", "含义"), STATUSES)
    for filled in tables:
        table = filled.table
        yield ""
        yield f"## {table.title}（{table.name}）"
        yield ""
        yield f"{table.told}共 {len(filled.rows)} 行。主键：{'、'.join(table.key)}。"
        yield ""
        yield from _table_of(
            ("变量", "Stata", "类型", "名称", "说明"), [_described(column) for column in table.columns]
        )


def _described(column: Column) -> tuple[str, ...]:
    codes = "；".join(f"{code} {label}" for code, label in column.codes)
    told = "。".join(filter(None, (column.told, codes)))
    return column.name, column.stata or column.name, _KINDS[column.kind], column.label, told


def _table_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{'---|' * len(header)}"
    yield from (
        f"| {' | '.join(cell.replace('|', '／').replace(chr(10), ' ') for cell in row)} |" for row in rows
    )


def _readme(yearbook: Yearbook, tables: Sequence[Filled]) -> Iterator[str]:
    run = yearbook.run
    yield f"# {_title(yearbook)}"
    yield ""
    yield "由 nianbao 从各单位公开的年度报告里读出，每个数都附有它所依据的原句和位置。"
    yield "由规则读出，难免有错，用前请核对。"
    yield ""
    files = [(f"{t.table.name}.csv", f"{t.table.title}：{t.table.told}{len(t.rows)} 行") for t in tables]
    files += [
        ("figures_long.parquet、figures_wide.parquet、statements.parquet", "同名 CSV 的内容，数值精确"),
        ("figures_long.dta、figures_wide.dta", "Stata 14 以上，带中文变量标签和值标签"),
        (PACKAGE, "以上各 CSV 的描述（Frictionless Data Package）"),
        (CODEBOOK, "编码手册"),
        (CITATION, "引用格式"),
    ]
    yield from _table_of(("文件", "内容"), files)
    yield ""
    yield from (f"- {note}" for note in NOTES)
    yield ""
    editions = "、".join(EDITIONS)
    yield f"运行 {run.id}，nianbao {run.version}，目录 {run.catalogue or '—'}，区划表 {editions} 版。"


def _citation(yearbook: Yearbook) -> str:
    told = (
        "cff-version: 1.2.0",
        "message: 使用本数据集时请引用。",
        "type: dataset",
        f"title: {_title(yearbook)}",
        "authors:",
        "  - name: nianbao",
        f'version: "{yearbook.year}.{moment_of(yearbook):%Y%m%d}"',
        f"date-released: {moment_of(yearbook):%Y-%m-%d}",
        f"abstract: nianbao {yearbook.run.version} 从公开的法治政府建设年度报告里读出的数值及其原句。",
        "keywords:",
        "  - 法治政府建设",
        "  - 年度报告",
    )
    return "\n".join(told) + "\n"
