"""Where a report's review page lies: the same from run to run, for the same file and part."""

from __future__ import annotations

import hashlib
from typing import Final

from nianbao import Entry, Yearbook

PAGES: Final = "r"
_DIGITS: Final = 16


def site_folder(year: int) -> str:
    """Return the name of the folder in which a year's review pages lie."""
    return f"{year}年度核对"


def page_name(file: str, part: int) -> str:
    """Return the file name of a report's page: a digest of its file's name and of its part."""
    told = f"{file}\n{part}".encode(errors="surrogatepass")
    return f"{hashlib.sha256(told).hexdigest()[:_DIGITS]}.html"


def page_address(yearbook: Yearbook, entry: Entry) -> str:
    """Return the address of a report's page from the folder of what is published.

    Returns:
        An empty string for a file that could not be read: without its text it has no page.
    """
    report = entry.report
    if not entry.text:
        return ""
    return f"{site_folder(yearbook.year)}/{PAGES}/{page_name(report.file, report.part)}"
