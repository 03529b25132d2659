"""Writes a year's review beside its place and moves it there, whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from nianbao import Entry, Yearbook
from nianbao.review import points_by_report
from outputs.files import whole_folder, writable
from outputs.review.address import PAGES, page_address, site_folder
from outputs.review.listing import ListedReport, settled_of
from outputs.review.overview import overview_html
from outputs.review.pages import list_html, report_html
from outputs.review.payload import yearbook_data
from outputs.review.shell import ASSETS, SCRIPTS, STYLES, YEARBOOK_SCRIPT, Links
from outputs.review.sources import ORIGINALS, Sources, beside_html
from outputs.review.text import as_json
from outputs.workbook.lines import name_of
from outputs.workbook.originals import address_of

LIST: Final = "index.html"
OVERVIEW: Final = "overview.html"
# What may stand in the folder that is this program's; anything else is somebody's, and stays.
_OWN: Final = re.compile(
    r"r/[0-9a-f]{16}\.html|o/[0-9a-f]{16}(?:\.html|-\d+\.webp)|assets/[a-z]+\.(?:js|css)|data/[a-z]+\.js"
)
_FOLDERS: Final = (PAGES, ORIGINALS, "assets", "data")


def publish(yearbook: Yearbook, folder: Path) -> list[Path]:
    """Write the year's review into a folder of its own below this one; return the page to begin with.

    Raises:
        PublishError: it can't be written there.
    """
    path = folder / site_folder(yearbook.year)
    with writable(path, "核对页", "浏览器"), whole_folder(path, (LIST, OVERVIEW, *_FOLDERS)) as draft:
        listed = listed_reports(yearbook)
        for name in _FOLDERS:
            (draft / name).mkdir()
        links = Links(overview=True)
        _write(draft / LIST, list_html(yearbook.title, listed, links=links, notes=yearbook.notes))
        _write(draft / OVERVIEW, overview_html(yearbook, listed, links=links))
        _write(draft / YEARBOOK_SCRIPT, yearbook_script(yearbook, listed))
        for name in (*STYLES, *SCRIPTS):
            (draft / "assets" / name).write_bytes(ASSETS.joinpath(name).read_bytes())
        with Sources(draft, path, yearbook.archive) as sources:
            _write_reports(yearbook, listed, draft, path, sources)
        _keep_foreign(path, draft)
    return [path / LIST]


def listed_reports(yearbook: Yearbook) -> tuple[ListedReport, ...]:
    """Return a yearbook's reports as the list shows them, each with its points and its page.

    Those with the most pressing open points come first, and among equals it is as the yearbook has them.
    """
    points = points_by_report(yearbook)
    aside = {(each.file, each.part): each.reason for each in yearbook.set_aside}
    keys = [(entry.report.file, entry.report.part) for entry in yearbook.entries]
    listed = (
        ListedReport(entry, points.get(key, ()), _address(yearbook, entry), aside.get(key, ""), place)
        for place, (key, entry) in enumerate(zip(keys, yearbook.entries, strict=True))
    )
    return tuple(sorted(listed, key=lambda each: each.urgency))


def yearbook_script(yearbook: Yearbook, listed: Sequence[ListedReport]) -> str:
    """Return the script by which every page knows the year: its indicators, and where points are open."""
    reports = [
        (
            each.address.rpartition("/")[2],
            name_of(each.entry.report),
            *(count for own in (each.pressing, each.numerals) for count in (len(own), settled_of(own))),
        )
        for each in listed
        if each.address
    ]
    key = f"{yearbook.year}/{yearbook.run.id}"
    data = yearbook_data(key, yearbook.year, yearbook.title, yearbook.indicators, reports)
    return f"window.nianbaoYearbook = {as_json(data)};\n"


def _address(yearbook: Yearbook, entry: Entry) -> str:
    """Return the address of an entry's page from the list; empty where it has none."""
    return page_address(yearbook, entry).removeprefix(f"{site_folder(yearbook.year)}/")


def _write_reports(
    yearbook: Yearbook, listed: Sequence[ListedReport], draft: Path, path: Path, sources: Sources
) -> None:
    names = {each.id: each for each in yearbook.indicators}
    pages = [each for each in listed if each.address]
    addresses = ["", *(each.address.rpartition("/")[2] for each in pages), ""]
    for place, each in enumerate(pages, 1):
        links = Links(
            root="../",
            previous=addresses[place - 1],
            following=addresses[place + 1],
            original=address_of(each.entry.original, path / PAGES),
            overview=True,
        )
        beside = sources.beside_of(each.entry, each.points)
        aside = beside_html(beside, links.root) if beside else ""
        told = report_html(
            each.entry, each.points, names=names, links=links, address=addresses[place], aside=aside
        )
        _write(draft / each.address, told)


def _write(path: Path, told: str) -> None:
    path.write_text(told, encoding="utf-8", newline="\n")


def _keep_foreign(path: Path, draft: Path) -> None:
    """Take over what somebody has put into the folders that are written anew."""
    for name in _FOLDERS:
        for found in (path / name).rglob("*") if (path / name).is_dir() else ():
            place = found.relative_to(path)
            if found.is_file() and not _OWN.fullmatch(place.as_posix()):
                (draft / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(found, draft / place, follow_symlinks=False)
