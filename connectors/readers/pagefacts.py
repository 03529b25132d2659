"""Reads what a page says about its document outside the body: title, dates, publisher, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from connectors.readers.canonical import Piece, clean
from connectors.readers.facts import address_facts, first_date, labelled_facts, paired_facts
from connectors.readers.flow import is_cell
from nianbao import Fact, FactName

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_META = {
    "articletitle": FactName.TITLE,
    "pubdate": FactName.PUBLISHED,
    "firstpublishedtime": FactName.PUBLISHED,
    "publishdate": FactName.PUBLISHED,
    "article:published_time": FactName.PUBLISHED,
    "contentsource": FactName.PUBLISHER,
    "og:title": FactName.TITLE,
}
_TITLES = (
    "h1, #title, #article-title, .article-title, .article_title, .title, .tit, .bt, .arti_title, ucaptitle"
)
_CRUMBS = (
    ".BreadcrumbNav, .breadcrumb, .bread, .crumbs, .crumb, .position, .location, .dqwz, .weizhi, .curpos"
)
_ATTACHMENT = re.compile(
    r"\.(?:docx?|pdf|wps|ofd|zip|rar|xlsx?)(?:$|[?#])|downfile\.jsp|downloadattachurl|/attachment/", re.I
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]+)", re.I)
# What parts a page's title from the name of its site.
_SITE = re.compile(
    r"\s*[_|｜]+\s*|\s+[-—–]+\s*|\s*[-—–]+\s+|[-—–](?=[^-—–]*(?:网|网站|政府|门户|平台|局|厅)$)"
)
_ABOUT = re.compile(r"法治|依法行政|报告|总结")
_MOST_TITLES = 6
_MOST_ATTACHMENTS = 30
_SHORTEST_TITLE = 4
_LONGEST_TITLE = 120
_NEAR = 8
_ONLY_DATE = re.compile(
    r"^\W*(?:19|20)\d\d[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?\W*(?:来源.*)?$"
)


def page_facts(
    tree: LexborHTMLParser, markup: str, head: Sequence[Piece], body: Sequence[Piece]
) -> list[Fact]:
    """Return the facts of a page, for each name the best first.

    A date counts only from a meta tag or from a line above the body, so that dates of related links and of
    banners stay out.

    Args:
        tree: the parsed page.
        markup: the page as text.
        head: what stands above the body.
        body: the body; its first lines may carry labels too.
    """
    meta = _meta(tree)
    addresses = list(_addresses(tree, markup, meta))
    address = next((fact.value for fact in addresses if fact.name is FactName.URL), "")
    return [
        *_named_meta(meta),
        *_labels(head, body),
        *_titles(tree),
        *_crumbs(tree),
        *_near_date(head),
        *addresses,
        *_attachments(tree, address),
    ]


def _meta(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    found = []
    for node in tree.css("meta[content]"):
        name = node.attributes.get("name") or node.attributes.get("property") or ""
        content = clean(node.attributes.get("content") or "")
        if name and content:
            found.append((name, content))
    return found


def _named_meta(meta: Iterable[tuple[str, str]]) -> Iterator[Fact]:
    for wanted, fact_name in _META.items():
        for name, content in meta:
            if name.lower() == wanted and _is_fit(fact_name, content):
                yield Fact(fact_name, content, f"meta {name}")


def _is_fit(name: FactName, value: str) -> bool:
    return first_date(value) is not None if name is FactName.PUBLISHED else len(value) <= _LONGEST_TITLE


def _labels(head: Sequence[Piece], body: Sequence[Piece]) -> list[Fact]:
    """Read the labels above the body, and those that stand in its first lines."""
    cells = [clean(piece.text) for piece in head if is_cell(piece)]
    lines = [clean(piece.text) for piece in head if not is_cell(piece)]
    first = [
        clean(piece.text) for piece in body[:_NEAR] if not is_cell(piece) and len(piece.text) < _LONGEST_TITLE
    ]
    first_cells = [clean(piece.text) for piece in body[: 3 * _NEAR] if is_cell(piece)]
    return [
        *paired_facts(cells, "table"),
        *labelled_facts(lines, "head"),
        *paired_facts(first_cells, "table"),
        *labelled_facts(first, "head"),
    ]


def _titles(tree: LexborHTMLParser) -> list[Fact]:
    """Return headings that may be the title, those that speak of a report before the rest."""
    found: list[Fact] = []
    for node in tree.css(_TITLES)[:40]:
        text = clean(node.text(deep=True)).replace("\n", "")
        if _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE:
            found.append(Fact(FactName.TITLE, text, node.tag or ""))
    title = tree.css_first("title")
    text = without_site(clean(title.text(deep=True))) if title is not None else ""
    if text and not any(fact.value in text and fact.value != text for fact in found):
        found.append(Fact(FactName.TITLE, text, "title"))
    found.sort(key=lambda fact: _ABOUT.search(fact.value) is None)
    return found[:_MOST_TITLES]


def without_site(title: str) -> str:
    """Return a page's title without the name of its site."""
    parts = [part for part in _SITE.split(title.replace("\n", "")) if part]
    return next((part for part in parts if _ABOUT.search(part)), parts[0] if parts else "")


def _crumbs(tree: LexborHTMLParser) -> list[Fact]:
    node = tree.css_first(_CRUMBS)
    text = clean(node.text(deep=True)).replace("\n", " ") if node is not None else ""
    return [Fact(FactName.BREADCRUMB, text, "crumbs")] if 0 < len(text) <= 200 else []


def _near_date(head: Sequence[Piece]) -> list[Fact]:
    """Return a bare date just above the body; one with a weekday or 今天 is a banner's."""
    for piece in reversed(head[-_NEAR:]):
        text = clean(piece.text)
        if not is_cell(piece) and _ONLY_DATE.match(text) and (date := first_date(text)):
            return [Fact(FactName.PUBLISHED, date, "head")]
    return []


def _addresses(tree: LexborHTMLParser, markup: str, meta: Iterable[tuple[str, str]]) -> Iterator[Fact]:
    if match := _SAVED_FROM.search(markup[:4096]):
        yield from address_facts(match.group(1), "saved from")
    canonical = tree.css_first('link[rel="canonical"]')
    if canonical is not None:
        yield from address_facts(canonical.attributes.get("href") or "", "canonical")
    for name, content in meta:
        if name.lower() in ("og:url", "url"):
            yield from address_facts(content, f"meta {name}")
    base = tree.css_first("base[href]")
    if base is not None:
        yield from address_facts(base.attributes.get("href") or "", "base")[1:]


def _attachments(tree: LexborHTMLParser, address: str) -> list[Fact]:
    found: list[Fact] = []
    for node in tree.css("a[href]"):
        target = (node.attributes.get("href") or "").strip()
        if len(target) < 500 and _ATTACHMENT.search(target) and not target.lower().startswith("javascript:"):
            try:
                link = urljoin(address, target)
            except ValueError:
                continue
            found.append(Fact(FactName.ATTACHMENT, clean(link), "link"))
    return found[:_MOST_ATTACHMENTS]
