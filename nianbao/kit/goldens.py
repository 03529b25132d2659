"""Golden reports: a report beside what is to be read of it, as readable lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Any

from nianbao.intake import try_read
from nianbao.interface import report_to_json
from nianbao.manager import Registry
from nianbao.model import Document, Download, Filing, Report
from nianbao.processed import unreadable
from nianbao.records import Context
from nianbao.steps import analyse_parts

EXPECTED = ".expected.json"
# What a golden reading tells; the numerals and findings of the core would change with every version of it.
IDENTITY = ("year", "issuer", "province", "division_code")


def golden_reports(folder: Path | None) -> tuple[Path, ...]:
    """Return the reports of a folder, in the order of their names; none where there is no folder.

    Hidden files and the lock files of Office are none.
    """
    return tuple(path for path in _files(folder) if path.suffix != ".json")


def lonely_files(folder: Path | None) -> tuple[Path, ...]:
    """Return the expected readings of a folder whose reports are gone."""
    files = _files(folder)
    names = {path.name for path in files}
    return tuple(
        path
        for path in files
        if path.name.endswith(EXPECTED) and path.name.removesuffix(EXPECTED) not in names
    )


def _files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name[0] not in ".~")


def read_golden(found: Registry, context: Context, path: Path) -> tuple[tuple[Report, ...], int]:
    """Return the reports of a file, by the plugins of a registry, and how many characters it has.

    Never raises for bad input.
    """
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    download = Download(Filing("golden", str(path), path.name), data, digest)
    document, failures = try_read(found, download, slow=True)
    if not isinstance(document, Document):
        return (unreadable(path.name, digest, document, failures),), 0
    return analyse_parts(found, document, context, failures), len(document.text)


def expected_file(report: Path) -> Path:
    """Return where the expected reading of a report stands."""
    return report.with_name(report.name + EXPECTED)


def golden(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the readable form of a reading: identity and settled figures with their sentences.

    Args:
        rows: as `report_to_json` gives them, one a report.
    """
    return json.dumps([_row(row) for row in rows], ensure_ascii=False, indent=2) + "\n"


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    told = {"status": row["status"]} | {name: row.get(name) for name in IDENTITY}
    figures = {}
    for figure in row["figures"]:
        sentences = [row["observations"][index]["quote"] for index in figure["from"]]
        figures[figure["indicator"]] = {
            "value": figure["value"], "status": figure["status"], "from": sentences
        }  # fmt: skip
    return told | {"figures": figures, "failures": row["failures"]}


def difference(path: Path, wanted: str, name: str) -> Iterator[str]:
    """Yield the lines by which a file differs from what it should hold; none where it does not.

    Args:
        path: the file; it need not exist.
        wanted: what it should hold.
        name: how it is called to the user.
    """
    there = path.read_text("utf-8", "replace") if path.exists() else ""
    lines = unified_diff(
        there.splitlines(), wanted.splitlines(), f"{name}（现有）", f"{name}（新的）", n=2, lineterm=""
    )
    yield from lines


def readings(reports: tuple[Report, ...]) -> list[Mapping[str, Any]]:
    """Return reports as rows."""
    return [report_to_json(report) for report in reports]
