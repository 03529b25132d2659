"""Chooses the part of a page that is the document: known containers first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.readers.canonical import Piece
from connectors.readers.flow import BEGIN, END, Flow, is_cell
from connectors.readers.scriptbody import script_document
from nianbao import Fact

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

ENOUGH_HAN = 200
MAIN_TEXT = "main text"
WHOLE = "body"
GUESSED = (MAIN_TEXT, WHOLE)
_FEW_LINKS = 10
_MOST_MATCHES = 50
_BODY_LINE = 60

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BLANKS = re.compile(r"\s+")
_FURNITURE = re.compile(
    r"^[【\[]?\s*(?:打印(?:本页|正文|文章)?|关闭(?:本页|窗口)?|收藏(?:本页)?|分享(?:到|至)?|返回(?:顶部|首页|上一页)?|"
    r"我要纠错|大|中|小|字号|TOP|扫一扫.{0,20}|.{0,4}语音播报.{0,20}|(?:责任)?编辑[：:].{0,20}|审核[：:].{0,20})"
    r"[\s：:|】\]]*$",
    re.I,
)
_TAIL = re.compile(
    r"^[【\[]?\s*(?:相关(?:链接|文章|阅读|文档|文件|信息|新闻|附件|推荐|解读)|上一[篇条页]|下一[篇条页]|友情链接|"
    r"版权所有|主办(?:单位)?[：:]|承办(?:单位)?[：:]|网站标识码|网站地图|关于我们|.{0,6}ICP备|.{0,4}公网安备|"
    r"扫一扫|分享到|打印本页|【?关闭窗口|打印\s*关闭)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The pieces of a page.

    Args:
        head: what stands above the document.
        pieces: the document itself.
        origin: the selector that found it, or how else it was found.
        facts: what is told beside it.
    """

    head: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    origin: str
    facts: tuple[Fact, ...] = ()


@cache
def selectors() -> tuple[str, ...]:
    """Return the selectors of the known containers."""
    import yaml

    text = (Path(__file__).parent / "containers.yml").read_text(encoding="utf-8")
    return tuple(yaml.safe_load(text))


def find_body(tree: LexborHTMLParser, markup: str) -> Body | None:
    """Return the body of a page: a known container, else what reads like the main text, else all of it.

    Args:
        tree: the parsed page.
        markup: the page, for the fallback's own parser.
    """
    root = tree.body or tree.root
    if root is None:
        return None
    container, selector = _container(tree)
    if container is not None:
        return _marked(root, container, selector)
    scripted = script_document(markup)
    if scripted is not None:
        return _scripted(*scripted)
    pieces = Flow().run(root)
    if len(tree.css("a[href]")) > _FEW_LINKS:
        found = _main_text(pieces, markup)
        if found is not None:
            return found
    return Body((), _trimmed(pieces), WHOLE)


def _container(tree: LexborHTMLParser) -> tuple[LexborNode | None, str]:
    """Return the first known container with enough text, else the fullest with an attachment."""
    spare: tuple[LexborNode | None, str] = (None, "")
    for selector in selectors():
        nodes = tree.css(selector)[:_MOST_MATCHES]
        if not nodes:
            continue
        node = max(nodes, key=_han)
        if _han(node) >= ENOUGH_HAN:
            return node, selector
        if spare[0] is None and _han(node) and node.css_first("a[href]") is not None:
            spare = node, selector
    return spare


def _scripted(content: str, facts: tuple[Fact, ...]) -> Body | None:
    from selectolax.lexbor import LexborHTMLParser

    inner = LexborHTMLParser(content)
    root = inner.body or inner.root
    return Body((), _trimmed(Flow().run(root)), "script", facts) if root is not None else None


def _han(node: LexborNode) -> int:
    return len(_HAN.findall(node.text(deep=True)))


def _marked(root: LexborNode, container: LexborNode, selector: str) -> Body:
    pieces = Flow(container.mem_id).run(root)
    start = next((index for index, piece in enumerate(pieces) if piece is BEGIN), None)
    if start is None:
        # The container itself is hidden; some pages unhide it by a script.
        return Body((), _trimmed(Flow().run(container)), selector)
    end = next((index for index, piece in enumerate(pieces) if piece is END), len(pieces))
    return Body(tuple(pieces[:start]), _trimmed(pieces[start + 1 : end]), selector)


def _main_text(pieces: Sequence[Piece], markup: str) -> Body | None:
    """Return the run of pieces that the fallback's main text covers, from its first line to its last."""
    from resiliparse.extract.html2text import extract_plain_text

    main = extract_plain_text(
        markup, main_content=True, alt_texts=False, list_bullets=False, preserve_formatting=True
    )
    squeezed = _squeeze(main)
    if len(_HAN.findall(main)) < ENOUGH_HAN:
        return None
    held = [
        index
        for index, piece in enumerate(pieces)
        if len(piece.text) >= 4 and _squeeze(piece.text) in squeezed
    ]
    long = [index for index in held if len(pieces[index].text) >= _BODY_LINE] or held
    if not long:
        return None
    first, last = _grown(held, long)
    return Body(tuple(pieces[:first]), _trimmed(pieces[first : last + 1]), MAIN_TEXT)


def _grown(held: Sequence[int], long: Sequence[int]) -> tuple[int, int]:
    """Grow the run of long paragraphs over the held lines that touch it."""
    first, last = long[0], long[-1]
    known = set(held)
    while first - 1 in known or first - 2 in known:
        first -= 1
    while last + 1 in known or last + 2 in known:
        last += 1
    return first, last


def _squeeze(text: str) -> str:
    return _BLANKS.sub("", text)


def _trimmed(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Leave out the page's furniture around the text: buttons, related links, the site's own lines."""
    kept = [piece for piece in pieces if piece is not BEGIN and piece is not END]
    bodies = [index for index, piece in enumerate(kept) if is_cell(piece) or len(piece.text) >= _BODY_LINE]
    last = bodies[-1] if bodies else -1
    tail = (index for index, piece in enumerate(kept) if index > last and _TAIL.match(piece.text.strip()))
    kept = kept[: next(tail, len(kept))]
    return tuple(piece for piece in kept if is_cell(piece) or not _FURNITURE.match(piece.text.strip()))
