"""The files that a page's links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from connectors.readers.canonical import clean
from nianbao import Fact, FactName

_FILE = re.compile(r"\.(?:docx?|pdf|wps|ofd|zip|rar|7z|rtf|xlsx?|et)(?=$|[?#&\s）)])")
# How publishing systems hand out files whose addresses do not show their kind.
_HANDED_OUT = (
    "downfile.jsp", "downloadattachurl", "/attachment/", "filedownload",
    "download.jsp?", "download.aspx?", "download.do?", "download.php?",
)  # fmt: skip
_MOST_ATTACHMENTS = 30
_LONGEST_ADDRESS = 1_000
_LONGEST_NAME = 120
_NO_FILES = ("javascript:", "data:", "#")


def attachments(links: Iterable[tuple[str, str]], address: str) -> list[Fact]:
    """Return the files that links lead to, with their names in the origins.

    Args:
        links: where they lead, and what they are called.
        address: the page's, to which links are relative.
    """
    found: dict[str, Fact] = {}
    for target, name in links:
        if not target or len(target) > _LONGEST_ADDRESS:
            continue
        link = _shown_file(target)
        lower = link.lower()
        if lower.startswith(_NO_FILES):
            continue
        is_file = _FILE.search(lower) or any(word in lower for word in _HANDED_OUT)
        if not is_file and not ("." in name and _FILE.search(name[-40:].lower())):
            continue
        link = clean(joined(address, link))
        shown = clean(name).replace("\n", " ")[:_LONGEST_NAME]
        found.setdefault(link, Fact(FactName.ATTACHMENT, link, f"link {shown}".strip()))
    return list(found.values())[:_MOST_ATTACHMENTS]


def _shown_file(target: str) -> str:
    """Return the file that a viewer's address shows (viewer.html?file=…), or the address itself."""
    if "file=" not in target:
        return target
    try:
        shown = parse_qs(urlsplit(target).query).get("file", [])
    except ValueError:
        return target
    return unquote(shown[0]) if shown and _FILE.search(shown[0].lower()) else target


def joined(address: str, target: str) -> str:
    """Return where a link of a page leads; the link itself where that can't be told."""
    try:
        return urljoin(address, target)
    except ValueError:
        return target
