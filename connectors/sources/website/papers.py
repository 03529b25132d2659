"""A page that a list leads to: its title, whether its text is there, and its attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from connectors.sources.website.asks import Ask, Role
from connectors.sources.website.interfaces import config_of
from connectors.sources.website.rows import flat, linked, parsed
from nianbao.sites import SiteProfile, Verdict

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(20\d\d)")
_CUT = re.compile(r"(?:…+|\.{2,})$")
_DOWNLOAD = re.compile(r"^(?:点击)?(?:下载|查看)?(?:附件)?(?:下载)?$")
_FORM = re.compile(r"\.(?:docx?|pdf|wps|ofd|zip|rtf|rar)$", re.I)
_TITLES = ("ArticleTitle", "articletitle", "og:title")
# A page with less text than this only announces what is attached to it.
_LEAST_TEXT = 300
# A county's page may have those of all its towns and departments.
_MOST_FILES = 200
# What is remembered of a file that is read although its page has the text.
BESIDE = "beside"
_IN_SCRIPT = "_CONFIG.DETAIL"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a page is.

    Args:
        title: the whole title.
        verdict: whether its title is wanted.
        files: what is attached to it.
        has_text: whether the page itself holds the text, so that it is read and not its files.
        characters: how many Chinese characters its body has.
        found_by: the selector that found the body; empty where only its paragraphs are left to be taken.
        more: how many further files are left out.
    """

    title: str
    verdict: Verdict
    files: tuple[Ask, ...]
    has_text: bool
    characters: int = 0
    found_by: str = ""
    more: int = 0


def paper_of(site: SiteProfile, ask: Ask, text: str, url: str) -> Paper:
    """Return what a page is.

    Args:
        site: where it stands.
        ask: what was asked for.
        text: its markup.
        url: where it was found at last, from which links start.
    """
    tree = parsed(text)
    title = _title(tree, ask)
    body, inner, found_by = _body(site, tree, text)
    files = tuple(_files(site, ask, (tree, inner), url, title))
    characters = len(_HAN.findall(body))
    has_text = characters >= _LEAST_TEXT or not files
    taken = tuple(_role(site, each, has_text=has_text) for each in files[:_MOST_FILES])
    more = len(files) - len(taken)
    return Paper(title, site.titles.judge(title), taken, has_text, characters, found_by, more)


def _role(site: SiteProfile, file: Ask, *, has_text: bool) -> Ask:
    """Return an attachment that is read in the page's stead, beside it as the same report, or not at all."""
    if not has_text:
        return replace(file, read=True)
    name = _FORM.sub("", file.title)
    is_same = _FORM.search(file.title) is not None and site.titles.judge(name) is Verdict.WANTED
    return replace(file, read=True, memo=(*file.memo, (BESIDE, "1"))) if is_same else file


def is_of_year(title: str, day: str, year: int | None) -> bool:
    """Tell whether a title may be that of a report on a year.

    The year stands in the title, or the report was published in it or in one of the two years after.
    """
    if year is None:
        return True
    told = {int(each) for each in _YEAR.findall(title)}
    if told:
        # A speech line or a plan adds a later year.
        return year in told
    return not day or year <= int(day[:4]) <= year + 2


def is_cut(title: str) -> bool:
    """Tell whether a list cut a title."""
    return _CUT.search(flat(title)) is not None


def _title(tree: LexborHTMLParser, ask: Ask) -> str:
    for name in _TITLES:
        node = tree.css_first(f'meta[name="{name}"], meta[property="{name}"]')
        if node is not None and (told := flat(node.attributes.get("content") or "")):
            return told
    if ask.title and not is_cut(ask.title):
        return ask.title
    stem = _CUT.sub("", flat(ask.title))
    for node in tree.css("h1, h2, h3, title, .title, .tit"):
        told = (
            flat(node.text(deep=True)).rpartition("_")[0]
            if node.tag == "title"
            else flat(node.text(deep=True))
        )
        if told.startswith(stem) and len(told) >= len(stem) > 0:
            return told
    return ask.title


def _body(site: SiteProfile, tree: LexborHTMLParser, text: str) -> tuple[str, LexborHTMLParser | None, str]:
    """Return a page's text, the markup that a script of it holds, and what found it."""
    detail = config_of(text).get("DETAIL")
    content = str(detail.get("content") or "") if isinstance(detail, dict) else ""
    if content:
        inner = parsed(content)
        return inner.root.text(deep=True) if inner.root else "", inner, _IN_SCRIPT
    for selector in site.selectors.body:
        found = "".join(node.text(deep=True) for node in tree.css(selector))
        if found.strip():
            return found, None, selector
    return "".join(node.text(deep=True) for node in tree.css("p")), None, ""


def _files(
    site: SiteProfile, ask: Ask, trees: tuple[LexborHTMLParser, LexborHTMLParser | None], url: str, title: str
) -> Iterator[Ask]:
    for tree in trees:
        if tree is None:
            continue
        for address, node in linked(tree, site.selectors.attachments, url):
            if site.allows(address):
                yield Ask(
                    address,
                    Role.FILE,
                    ask.start,
                    referer=url,
                    title=_name(node, address) or title,
                    day=ask.day,
                    trail=(*ask.trail, ask.url),
                    memo=(("of", title),),
                    read=False,
                )


def _name(node: LexborNode, address: str) -> str:
    """Return a file's name: from the link, or from its address."""
    shown = flat(node.text(deep=True))
    told = [node.attributes.get("alt") or "", shown, node.attributes.get("title") or ""]
    parts = urlsplit(address)
    told += [*parse_qs(parts.query).get("showname", []), unquote(parts.path).rpartition("/")[2]]
    named = [each for each in map(flat, told) if each and not _DOWNLOAD.match(each)]
    return next((each for each in named if _FORM.search(each)), named[0] if named else "")
