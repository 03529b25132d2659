"""Reads what a page says about its document outside the body: title, dates, publisher, site, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from connectors.readers.attachments import attachments, joined
from connectors.readers.canonical import clean
from connectors.readers.facts import (
    address_facts,
    ends_with_label,
    first_date,
    is_metadata,
    is_metadata_table,
    labelled_facts,
    paired_facts,
)
from connectors.readers.linebreaks import plain_lines, unsigned
from connectors.readers.mainbody import Around, Body
from nianbao import Fact, FactName
from nianbao.grammar.dates import url_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from connectors.readers.flow import Flow, Line

# What the standard for government sites (GB/T 33189, 国办函〔2017〕47号) and the publishing systems call it.
_META = {
    "articletitle": FactName.TITLE,
    "og:title": FactName.TITLE,
    "pubdate": FactName.PUBLISHED,
    "firstpublishedtime": FactName.PUBLISHED,
    "publishdate": FactName.PUBLISHED,
    "publishtime": FactName.PUBLISHED,
    "article:published_time": FactName.PUBLISHED,
    "og:release_date": FactName.PUBLISHED,
    "contentsource": FactName.PUBLISHER,
    "sitename": FactName.SITE,
    "og:site_name": FactName.SITE,
}
_TITLES = "#title, #article-title, .article-title, .article_title, .title, .tit, .bt, .arti_title, ucaptitle"
_CRUMBS = (
    ".BreadcrumbNav, .breadcrumb, .bread, .crumbs, .crumb, .position, .location, .dqwz, .weizhi, .curpos"
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]+)", re.I)
# What parts a page's title from the name of its site.
_SITE = re.compile(
    r"\s*[_|｜]+\s*|\s+[-—–]+\s*|\s*[-—–]+\s+|[-—–](?=[^-—–]*(?:网|网站|政府|门户|平台|局|厅|委员会|街道办事处)$)"
)
_SITE_NAME = re.compile(r"(?:政府|网|网站|门户|平台|局|厅|委员会|办事处)$")
_SPONSOR = re.compile(r"主办(?:单位)?\s*[：:]\s*(?:<[^<>]{0,200}>\s*){0,3}([\u4e00-\u9fff、]{4,40})")
_SPONSORED = "主办"
_ABOUT = re.compile(r"法治|依法行政|报告|总结")
_MOST_TITLES = 6
_MOST_META = 100
_SHORTEST_TITLE = 4
_LONGEST_TITLE = 120
_NEAR = 8
_LONGEST_FIRST = 15
_LONGEST_LINE = 400
_COLON = re.compile("[：:]")
_BODY_LINE = 60
_ONLY_DATE = re.compile(
    r"^\W*(?:19|20)\d\d[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?\W*(?:来源.*)?$"
)


def page_facts(
    tree: LexborHTMLParser, markup: str, body: Body, inner: Around, known: Iterable[Fact] = ()
) -> list[Fact]:
    """Return the facts of a page, for each name the best first.

    The day of publication is the first of: what a label near the body says (发布时间 …), a meta tag, a weaker
    label (更新时间, 时间), a bare date just above the body, the address. So dates of related links and of
    banners stay out; the origin of the fact tells which it is.

    Args:
        tree: the parsed page.
        markup: the page as text.
        body: its body, with what stands around it.
        inner: what labels the body itself held.
        known: what the source told: its address is where links start from.
    """
    meta = _meta(tree)
    addresses = [
        *_addresses(tree, markup, meta),
        *(fact for fact in known if fact.name in (FactName.URL, FactName.HOST)),
    ]
    told = _told(body.head, inner)
    facts = [
        *_named_meta(meta),
        *told,
        *_titles(tree, any(name.lower() == "articletitle" for name, _ in meta)),
        *_crumbs(tree, told),
        *_site(tree, markup, meta),
        *_published_near(body.head),
        *_published_in(addresses),
        *(fact for fact in addresses if fact not in known),
        *attachments(body.links, _base(tree, addresses)),
    ]
    return sorted(facts, key=_rank)


def _rank(fact: Fact) -> int:
    """The order of the facts that tell the day of publication; the others stay as they are."""
    if fact.name is not FactName.PUBLISHED:
        return 0
    place, _, label = fact.origin.partition(" ")
    if place in ("head", "table"):
        return 3 if label in _WEAK_LABELS else 1
    return 2 if place in ("meta", "script") else 5


_WEAK_LABELS = frozenset(("时间", "日期", "更新时间", "更新日期", "录入时间"))


def split_metadata(flow: Flow, lines: Sequence[Line]) -> tuple[Around, list[Line]]:
    """Tell apart what the first lines of a body say about the page; it is no part of the document's text."""
    told: list[str] = []
    cells: list[str] = []
    kept: list[Line] = []
    pending = False
    for index, line in enumerate(lines):
        if index > _LONGEST_FIRST or (len(line.text) >= _BODY_LINE and "。" in line.text):
            return Around(tuple(told), tuple(cells)), [*kept, *lines[index:]]
        text = clean(line.text)
        if line.table is not None and is_metadata_table(found := [clean(cell) for cell in flow.cells(line)]):
            cells += found
        elif line.table is None and is_metadata(text):
            told.append(text)
            pending = ends_with_label(text)
            continue
        elif pending and line.table is None and len(text) < _BODY_LINE:
            told.append(text)
        else:
            kept.append(line)
        pending = False
    return Around(tuple(told), tuple(cells)), kept


def _meta(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    found = []
    head = tree.head
    for node in head.css("meta[content]")[:_MOST_META] if head is not None else ():
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        content = attributes.get("content") or ""
        if name and content:
            found.append((name, content))
    return found


def _named_meta(meta: Iterable[tuple[str, str]]) -> Iterator[Fact]:
    known = [(name.lower(), name, content) for name, content in meta if name.lower() in _META]
    for wanted, fact_name in _META.items():
        for lower, name, content in known:
            if lower == wanted and (value := _fit(fact_name, clean(content))):
                yield Fact(fact_name, value, f"meta {name}")


def _fit(name: FactName, value: str) -> str | None:
    if name is FactName.PUBLISHED:
        return first_date(value)
    return value if len(value) <= _LONGEST_TITLE else None


def _told(head: Around, inner: Around) -> list[Fact]:
    """Read the labels above the body and in its first lines."""
    facts: list[Fact] = []
    for around in (head, inner):
        cells = [clean(cell) for cell in around.cells]
        facts += paired_facts(cells, "table")
        for cell in cells:
            facts += labelled_facts([cell], "table") if _COLON.search(cell) else []
        facts += labelled_facts([clean(line) for line in around.lines if len(line) < _LONGEST_LINE], "head")
    return facts


def _titles(tree: LexborHTMLParser, has_title: bool) -> list[Fact]:
    """Return headings that may be the title, those that speak of a report before the rest."""
    found: list[Fact] = []
    for node in tree.css("h1" if has_title else f"h1, {_TITLES}")[:40]:
        text = clean(unsigned(node.text(deep=True))).replace("\n", "")
        if _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE:
            found.append(Fact(FactName.TITLE, text, node.tag or ""))
    title = _in_head(tree, "title")
    text = without_site(clean(title.text(deep=True))) if title is not None else ""
    if text and not any(fact.value in text and fact.value != text for fact in found):
        found.append(Fact(FactName.TITLE, text, "title"))
    found.sort(key=lambda fact: _ABOUT.search(fact.value) is None)
    return found[:_MOST_TITLES]


def without_site(title: str) -> str:
    """Return a page's title without the name of its site."""
    parts = [part for part in _SITE.split(title.replace("\n", "")) if part]
    return next((part for part in parts if _ABOUT.search(part)), parts[0] if parts else "")


def _site(tree: LexborHTMLParser, markup: str, meta: Iterable[tuple[str, str]]) -> Iterator[Fact]:
    """Return the name of the site: its title's other part, or who is said to run it."""
    if any(name.lower() == "sitename" for name, _ in meta):
        return
    title = _in_head(tree, "title")
    parts = _SITE.split(clean(title.text(deep=True)).replace("\n", "")) if title is not None else []
    for part in reversed(parts[1:] or []):
        if _SITE_NAME.search(part) and not _ABOUT.search(part) and len(part) >= _SHORTEST_TITLE:
            yield Fact(FactName.SITE, part, "title")
            break
    if sponsor := _sponsor(markup):
        yield Fact(FactName.SITE, sponsor, "footer 主办")


def _sponsor(markup: str) -> str | None:
    """Return who is said to run the site: the last one, for it stands at the foot of a page."""
    at = markup.rfind(_SPONSORED)
    while at >= 0:
        if match := _SPONSOR.match(markup, at):
            return match[1]
        at = markup.rfind(_SPONSORED, 0, at)
    return None


def _crumbs(tree: LexborHTMLParser, told: Sequence[Fact]) -> list[Fact]:
    if any(fact.name is FactName.BREADCRUMB for fact in told):
        return []
    node = tree.css_first(_CRUMBS)
    text = _in_one_line(node) if node is not None else ""
    return [Fact(FactName.BREADCRUMB, text, "crumbs")] if 0 < len(text) <= 200 else []


def _in_one_line(node: LexborNode) -> str:
    lines = plain_lines(node.html or "")
    if lines is not None:
        return " ".join(filter(None, map(clean, lines)))
    return clean(unsigned(node.text(deep=True))).replace("\n", " ")


def _published_near(head: Around) -> list[Fact]:
    """Return a bare date just above the body; one with a weekday or 今天 is a banner's."""
    for line in reversed(head.lines[-_NEAR:]):
        text = clean(line) if len(line) < _BODY_LINE else ""
        if _ONLY_DATE.match(text) and (date := first_date(text)):
            return [Fact(FactName.PUBLISHED, date, "above the body")]
    return []


def _published_in(addresses: Iterable[Fact]) -> list[Fact]:
    """Return the date in the page's address: /art/2024/1/23/, /202401/t20240123_1.html."""
    for fact in addresses:
        if fact.name is FactName.URL and (day := url_date(fact.value)):
            return [Fact(FactName.PUBLISHED, day.isoformat(), "url")]
    return []


def _addresses(tree: LexborHTMLParser, markup: str, meta: Iterable[tuple[str, str]]) -> Iterator[Fact]:
    if match := _SAVED_FROM.search(markup[:4096]):
        yield from address_facts(match.group(1), "saved from")
    canonical = _in_head(tree, 'link[rel="canonical"]')
    if canonical is not None:
        yield from address_facts(canonical.attributes.get("href") or "", "canonical")
    for name, content in meta:
        if name.lower() in ("og:url", "url"):
            yield from address_facts(content, f"meta {name}")
    base = _in_head(tree, "base[href]")
    if base is not None:
        yield from address_facts(base.attributes.get("href") or "", "base")[1:]


def _in_head(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    head = tree.head
    return head.css_first(selector) if head is not None else None


def _base(tree: LexborHTMLParser, addresses: Iterable[Fact]) -> str:
    """Return where relative links start from, or an empty string."""
    address = next((fact.value for fact in addresses if fact.name is FactName.URL), "")
    base = _in_head(tree, "base[href]")
    return joined(address, base.attributes.get("href") or "") if base is not None else address
