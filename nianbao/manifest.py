"""The manifest (名录): a table that an office keeps of issuers and of where each one's report is.

Pure: it reads the table and judges its rows; whether a file is there, or an address answers, is the source's.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

from nianbao.errors import UsageError
from nianbao.grammar.text import fold
from nianbao.handlists import Form, Headers
from nianbao.model import RosterEntry
from nianbao.roster.reading import NAME_HEADERS, NO_ISSUER, SUPERIOR_HEADER
from nianbao.sites.profile import address_problem

CALLED = "名录"
SUFFIXES = frozenset((".xlsx", ".csv", ".xls"))
_FIRST_YEAR = 2004  # 《全面推进依法行政实施纲要》, the first to ask for such reports
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_HEADERS: Headers = {
    "link": (
        re.compile(r"(?:报告|公开|发布|公布|原文|全文|网页|网站)*(?:链接|网址)(?:地址)?"),
        re.compile(r"(?:报告|公开|发布|公布|原文|全文|网页|网站|链接)*地址|url|link"),
        re.compile(r"(?:链接|网址|地址)(?:或|和|及)?(?:文件名?)"),
    ),
    "file": (
        re.compile(
            r"(?:报告|原|电子)*文件(?:名|名称|路径)?|文档(?:名|名称)?|附件(?:名|名称)?|file(?:name)?|路径"
        ),
    ),
    "year": (re.compile(r"(?:报告|所属)?(?:年度|年份|年)|year"),),
    "title": (re.compile(r"(?:报告|文件|文档)?(?:标题|题目|题名)|报告名称|title"),),
    "superior": (re.compile(r"(?:上级|主管|所属)(?:单位|机关|部门|地区)?"), SUPERIOR_HEADER),
    "issuer": NAME_HEADERS,
}
_NAMES: Mapping[str, str] = {"issuer": "单位", "link": "链接", "file": "文件名", "year": "年度"}
_FORM = Form(CALLED, CALLED, _HEADERS, _NAMES, (), ("link", "file"))
# 主管部门 may name a bureau, which is no part of an issuer's name.
_DIVISION = re.compile(r"[省市州盟县区旗]$")
_GOVERNMENT = re.compile(r"(?:人民)?政府$")
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)
_LINKS = re.compile(r"https?://", re.I)
_YEAR = re.compile(r"(\d{4})(?:年度?|[-/.年]\d.*)?")
_FILE = re.compile(r"\.(?:docx?|pdf|wps|ofd|zip|rtf|odt|txt|html?|mht|png|jpe?g|tiff?)$", re.I)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+/")
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A row.

    Args:
        number: as Excel counts it.
        issuer: whose report it is, with what it belongs to; empty where the row doesn't tell.
        year: the year reported on; None where the row doesn't tell.
        title: the report's title, or empty.
        link: its address without a fragment, or empty.
        file: its file below the manifest's folder, with slashes, or empty; the link is then its origin.
        problem: what is wrong with the row, in Chinese, and empty where nothing is.
    """

    number: int
    issuer: str = ""
    year: int | None = None
    title: str = ""
    link: str = ""
    file: str = ""
    problem: str = ""

    @property
    def target(self) -> str:
        """What it leads to; empty where its report is not there."""
        return self.file or self.link


def is_manifest(location: str) -> bool:
    """Tell whether a place is a manifest: by its suffix, so that a typo is named as one."""
    return "://" not in location and Path(location).suffix.lower() in SUFFIXES


def read_manifest(path: Path, *, allow_private: bool = False) -> tuple[ManifestRow, ...]:
    """Read a manifest's rows, those that are wrong with what is wrong.

    Args:
        path: an Excel workbook or a CSV file (UTF-8 or GB 18030); the header may stand below a title.
        allow_private: whether its addresses may be private ones, for tests.

    Raises:
        UsageError: no such file; an .xls, a spoilt or encrypted workbook, no table; no column of links or
            files; no rows.
    """
    where = str(path)
    if path.suffix.lower() == ".xls":
        if not path.exists():
            raise UsageError(f"没有这个{CALLED}文件", where=where, hint="请检查路径")
        raise UsageError(f"{CALLED}不能是旧的 .xls 格式", where=where, hint="请用 Excel 或 WPS 另存为 xlsx")
    found: list[ManifestRow] = []
    above = ""
    table = _FORM.read(path)
    for number, cells in table.rows:
        told = {name: " ".join(cell.split()) for name, cell in cells.items()}
        # A merged cell stands in its first row only.
        above = told.get("superior") or above
        if "issuer" not in table.fields:
            # A list of counties has no column below 县（市、区）.
            told["issuer"] = told.get("superior", "")
        row = _row(number, {**told, "superior": above}, allow_private=allow_private)
        if row is not None:
            found.append(row)
    if not found:
        raise UsageError(f"{CALLED}里没有单位，也没有链接和文件", where=where, hint="请在表头下面逐行填写")
    return tuple(_without_doubles(found))


def rows_of_year(rows: Sequence[ManifestRow], year: int | None) -> tuple[ManifestRow, ...]:
    """Return the rows that may be of a year: those that tell it, or none; all where it is None."""
    return tuple(row for row in rows if year is None or row.year in (None, year))


def roster_of_manifest(path: Path, year: int | None) -> tuple[RosterEntry, ...] | None:
    """Return who should report by a manifest: each issuer of the year once; None where it names nobody.

    Raises:
        UsageError: as `read_manifest`.
    """
    entries: dict[str, RosterEntry] = {}
    for row in rows_of_year(read_manifest(path, allow_private=True), year):
        if row.issuer:
            entries.setdefault(row.issuer, RosterEntry(row.issuer, None, row.number))
    return tuple(entries.values()) or None


def _row(number: int, told: Mapping[str, str], *, allow_private: bool) -> ManifestRow | None:
    """Return a row; None where it is a note or a sum below the table."""
    name = "".join(told.get("issuer", "").split())
    link, file = _parted(told.get("link", ""), told.get("file", ""))
    first = name or told.get("year") or told.get("title") or link or file
    if not first or NO_ISSUER.search(fold(first)):
        return None
    if not name and not link and not file:
        return ManifestRow(number, problem="没有写单位，也没有链接和文件")
    above = _GOVERNMENT.sub("", "".join(told.get("superior", "").split()))
    if not _DIVISION.search(above):
        above = ""
    row = ManifestRow(
        number,
        name if not name or name.startswith(above) else above + name,
        title=told.get("title", ""),
    )
    year, problem = _year(told.get("year", ""))
    problem = (
        problem
        or (_file_problem(file) if file else "")
        or (_link_problem(link, allow_private=allow_private) if link else "")
    )
    if problem:
        return replace(row, problem=problem)
    return replace(
        row, year=year, link=urldefrag(link).url, file=posixpath.normpath(_slashed(file)) if file else ""
    )


def _parted(link: str, file: str) -> tuple[str, str]:
    """Return the address and the file's name, whichever column each stands in."""
    if file and _LINK.match(file):
        link, file = link or file, "" if not link or _LINK.match(link) else link
    if link and not file and _FILE.search(link) and not _LINK.match(link) and not _HOST.match(link):
        return "", link
    return link, file


def _year(told: str) -> tuple[int | None, str]:
    text = fold(told).replace(" ", "").removesuffix(".0")
    if not text:
        return None, ""
    last = datetime.now(_SHANGHAI).year
    match = _YEAR.fullmatch(text)
    if match is None or not _FIRST_YEAR <= int(match[1]) <= last:
        return None, f"年度“{told}”不对，应为 {_FIRST_YEAR}–{last} 之间的年份"
    return int(match[1]), ""


def _link_problem(link: str, *, allow_private: bool) -> str:
    if len(_LINKS.findall(link)) > 1:
        return "一格里有几个网址，请分成几行来写"
    if not _LINK.match(link):
        return f"“{link[:80]}”不是网址，请写出以 http:// 或 https:// 开头的完整地址"
    problem = address_problem(link, allow_private=allow_private)
    if problem is None and " " in link:
        return f"网址里有空格：{link[:80]}"
    return problem[0] if problem else ""


def _file_problem(file: str) -> str:
    path = _slashed(file)
    if path.startswith("/") or _DRIVE.match(path) or posixpath.normpath(path).split("/")[0] == "..":
        return f"文件 {file} 不在{CALLED}所在的文件夹里，请写相对于{CALLED}的路径"
    return ""


def _slashed(file: str) -> str:
    return file.replace("\\", "/")


def _without_doubles(rows: Sequence[ManifestRow]) -> Iterator[ManifestRow]:
    """Yield rows; of those that say the same the first counts, and the others say so.

    One file may hold the reports of several issuers or years.
    """
    seen: dict[tuple[str, str, int | None], int] = {}
    for row in rows:
        key = (row.target, row.issuer, row.year)
        if not row.problem and row.target and seen.setdefault(key, row.number) != row.number:
            yield replace(row, problem=f"与第 {seen[key]} 行重复")
        else:
            yield row
