"""Reads what a page says about its document outside the body: title, dates, publisher, site, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

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
_META_ORDER = {name: number for number, name in enumerate(_META)}
_LINKS = 'link[rel="canonical"],base[href]'
_TITLES = "#title, #article-title, .article-title, .article_title, .title, .tit, .bt, .arti_title, ucaptitle"
_CRUMBS = (
    ".BreadcrumbNav, .breadcrumb, .bread, .crumbs, .crumb, .position, .location, .dqwz, .weizhi, .curpos"
)
_SAVED = "saved from"
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]+)")
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
    top = _top(tree)
    addresses = [
        *_addresses(top, markup),
        *(fact for fact in known if fact.name in (FactName.URL, FactName.HOST)),
    ]
    lines = _cleaned(body.head)
    told = _told(body.head, lines)
    if inner.lines or inner.cells:
        told += _told(inner, _cleaned(inner))
    facts = [
        *_named_meta(top),
        *told,
        *_titles(tree, top),
        *_crumbs(tree, told),
        *_site(top, markup),
        *_published_near(lines),
        *_published_in(addresses),
        *(fact for fact in addresses if fact not in known),
        *attachments(body.links, _base(top, addresses)),
    ]
    return sorted(facts, key=_rank)


class _Top(NamedTuple):
    """What a page's head says: its title, the metadata by lower-case name, canonical and base address."""

    title: str
    meta: Sequence[tuple[str, str, str]]
    canonical: str
    base: str


def _top(tree: LexborHTMLParser) -> _Top:
    head = tree.head
    if head is None:
        return _Top("", (), "", "")
    meta: list[tuple[str, str, str]] = []
    for node in head.css("meta[content]")[:_MOST_META]:
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        if name and (content := attributes.get("content")):
            meta.append((name.lower(), name, content))
    title = head.css_first("title")
    text = clean(title.text(deep=True)) if title is not None else ""
    links = {node.tag: node.attributes.get("href") or "" for node in reversed(head.css(_LINKS))}
    return _Top(text, meta, links.get("link", ""), links.get("base", ""))


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


def _named_meta(top: _Top) -> Iterator[Fact]:
    known = [each for each in top.meta if each[0] in _META]
    known.sort(key=lambda each: _META_ORDER[each[0]])
    for lower, name, content in known:
        if value := _fit(_META[lower], clean(content)):
            yield Fact(_META[lower], value, f"meta {name}")


def _fit(name: FactName, value: str) -> str | None:
    if name is FactName.PUBLISHED:
        return first_date(value)
    return value if len(value) <= _LONGEST_TITLE else None


def _cleaned(around: Around) -> list[str]:
    return [clean(line) for line in around.lines if len(line) < _LONGEST_LINE]


def _told(around: Around, lines: Sequence[str]) -> list[Fact]:
    """Read the labels above the body or in its first lines."""
    facts: list[Fact] = []
    if around.cells:
        cells = [clean(cell) for cell in around.cells]
        facts += paired_facts(cells, "table")
        for cell in cells:
            facts += labelled_facts([cell], "table") if "：" in cell or ":" in cell else []
    facts += labelled_facts(lines, "head")
    return facts


def _titles(tree: LexborHTMLParser, top: _Top) -> list[Fact]:
    """Return headings that may be the title, those that speak of a report before the rest."""
    found: list[Fact] = []
    has_title = any(lower == "articletitle" for lower, _, _ in top.meta)
    for node in tree.css("h1" if has_title else f"h1, {_TITLES}")[:40]:
        text = clean(unsigned(node.text(deep=True))).replace("\n", "")
        if _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE:
            found.append(Fact(FactName.TITLE, text, node.tag or ""))
    text = without_site(top.title)
    if text and not any(fact.value in text and fact.value != text for fact in found):
        found.append(Fact(FactName.TITLE, text, "title"))
    found.sort(key=lambda fact: _ABOUT.search(fact.value) is None)
    return found[:_MOST_TITLES]


def without_site(title: str) -> str:
    """Return a page's title without the name of its site."""
    parts = [part for part in _SITE.split(title.replace("\n", "")) if part]
    return next((part for part in parts if _ABOUT.search(part)), parts[0] if parts else "")


def _site(top: _Top, markup: str) -> Iterator[Fact]:
    """Return the name of the site: its title's other part, or who is said to run it."""
    if any(lower == "sitename" for lower, _, _ in top.meta):
        return
    for part in reversed(_SITE.split(top.title.replace("\n", ""))[1:]):
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


def _published_near(lines: Sequence[str]) -> list[Fact]:
    """Return a bare date just above the body; one with a weekday or 今天 is a banner's."""
    for text in reversed(lines[-_NEAR:]):
        if len(text) < _BODY_LINE and _ONLY_DATE.match(text) and (date := first_date(text)):
            return [Fact(FactName.PUBLISHED, date, "above the body")]
    return []


def _published_in(addresses: Iterable[Fact]) -> list[Fact]:
    """Return the date in the page's address: /art/2024/1/23/, /202401/t20240123_1.html."""
    for fact in addresses:
        if fact.name is FactName.URL and (day := url_date(fact.value)):
            return [Fact(FactName.PUBLISHED, day.isoformat(), "url")]
    return []


def _addresses(top: _Top, markup: str) -> Iterator[Fact]:
    begun = markup[:4096]
    if _SAVED in begun and (match := _SAVED_FROM.search(begun)):
        yield from address_facts(match.group(1), "saved from")
    if top.canonical:
        yield from address_facts(top.canonical, "canonical")
    for lower, name, content in top.meta:
        if lower in ("og:url", "url"):
            yield from address_facts(content, f"meta {name}")
    if top.base:
        yield from address_facts(top.base, "base")[1:]


def _base(top: _Top, addresses: Iterable[Fact]) -> str:
    """Return where relative links start from, or an empty string."""
    address = next((fact.value for fact in addresses if fact.name is FactName.URL), "")
    return joined(address, top.base) if top.base else address
