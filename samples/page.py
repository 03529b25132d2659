"""Writes a source as a government site's page: a template of its CMS family around the body."""

from __future__ import annotations

import itertools
import re
import string
from html import escape
from pathlib import Path

from source import Line, Source

_TEMPLATES = Path(__file__).resolve().parent / "templates"

# How each family's editor leaves a paragraph behind.
_PARAGRAPHS = {
    "trs": '<p align="justify">　　{}</p>',
    "ucap": '<p style="text-indent: 2em; line-height: 2; font-family: 仿宋;">{}</p>',
    "hanweb": '<p style="line-height:150%"><span style="font-family:仿宋_GB2312">　　{}</span></p>',
    "boda": '<p class="vsbcontent_start">{}</p>',
}
_CENTRED = '<p style="text-align: center;"><strong>{}</strong></p>'
_LINK = '<a href="#">{}</a>'
_RIGHT = '<p style="text-align: right;">{}</p>'


def page(source: Source) -> bytes:
    """Return the bytes of the page in the source's charset.

    Raises:
        KeyError: when the front matter lacks what the template shows.
    """
    family = str(source.front["template"])
    template = string.Template((_TEMPLATES / f"{family}.html").read_text(encoding="utf-8"))
    words = source.front["page"]
    shown = {name: escape(str(value)) for name, value in words.items() if not isinstance(value, list)}
    shown["crumbs"] = " &gt; ".join(_LINK.format(escape(crumb)) for crumb in words["crumbs"])
    shown["related"] = "\n".join(f"<li>{_LINK.format(escape(title))}</li>" for title in words["related"])
    shown["body"] = _body(source, family)
    shown["charset"] = str(source.front.get("declared", "utf-8"))
    return template.substitute(shown).encode(str(source.front.get("charset", "utf-8")))


def furniture(source: Source) -> str:
    """Return the displayed words of the page around its body, for checking what is quoted from there."""
    return "\n".join(str(value) for value in source.front.get("page", {}).values())


def _body(source: Source, family: str) -> str:
    blocks: list[str] = []
    for is_table, group in itertools.groupby(source.lines, key=lambda line: line.kind == "row"):
        lines = list(group)
        blocks.extend([_table(lines)] if is_table else [_block(line, family) for line in lines])
    return "\n".join(blocks)


def _block(line: Line, family: str) -> str:
    text = escape(line.text)
    if line.kind in ("title", "centre"):
        return _CENTRED.format(text)
    if line.kind == "right":
        return _RIGHT.format(text)
    if family == "hanweb":
        text = re.sub(r"[0-9][0-9.]*%?", r'<span lang="EN-US">\g<0></span>', text)
    if line.kind == "heading1":
        text = f"<strong>{text}</strong>"
    return _PARAGRAPHS[family].format(text)


def _table(rows: list[Line]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row.cells)}</tr>\n" for row in rows)
    return f'<table border="1" cellspacing="0" cellpadding="0"><tbody>\n{body}</tbody></table>'
