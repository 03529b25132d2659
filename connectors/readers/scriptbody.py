"""Finds a document that a page carries as data and shows only when a script runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from connectors.readers.canonical import clean
from connectors.readers.charset import wide
from connectors.readers.facts import first_date
from nianbao import Fact, FactName

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

# `window._CONFIG = {…, DETAIL: {…}}`, as the 南方网 platform of Guangdong writes it.
_DETAIL = re.compile(r"""["']?DETAIL["']?\s*[:=]\s*(?=\{)""")
_FIELDS = {
    "title": FactName.TITLE,
    "date": FactName.PUBLISHED,
    "created_at": FactName.PUBLISHED,
    "publisher": FactName.PUBLISHER,
    "document_number": FactName.DOCUMENT_NUMBER,
    "identifier": FactName.INDEX_NUMBER,
}
_STRING = re.compile(r'"(?:[^"\\\r\n]|\\.)*"|' + r"'(?:[^'\\\r\n]|\\.)*'")
_ESCAPED_QUOTE = re.compile(r"\\(['/])")
_TEMPLATE = re.compile(r"^<template[^>]*>|</template>$")
_LONG = 300
_MOST_KEPT = 20
_ENOUGH = 220


def script_document(markup: str) -> tuple[str, tuple[Fact, ...]] | None:
    """Return the markup of the document in a page's script and what is told beside it, or None."""
    for match in _DETAIL.finditer(markup):
        try:
            detail, _ = json.JSONDecoder().raw_decode(markup, match.end())
        except (ValueError, RecursionError):
            continue
        content = detail.get("content")
        if isinstance(content, str) and content.strip():
            return content, tuple(_facts(detail))
    return None


def kept_markup(tree: LexborHTMLParser) -> str | None:
    """Return the longest document kept in a text field, a template or a script's string, or None."""
    found = [*_fields(tree), *_strings(tree)]
    best = max(found, key=wide, default="")
    return best if wide(best) >= _ENOUGH and "。" in best else None


def _fields(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css('textarea,script[type="text/html"],script[type="text/template"]')[:_MOST_KEPT]:
        yield node.text(deep=True)
    for node in tree.css("template")[:_MOST_KEPT]:
        # What it holds is no part of the tree, and shows only when it is written out.
        yield _TEMPLATE.sub("", node.html or "")


def _strings(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("script"):
        text = node.text(deep=True)
        if len(text) < _LONG:
            continue
        for match in _STRING.finditer(text):
            if match.end() - match.start() >= _LONG and (value := _unescaped(match.group())) is not None:
                yield value


def _unescaped(literal: str) -> str | None:
    """Return the value of a string of JavaScript, or None where it is none of JSON's."""
    inner = literal[1:-1]
    if literal[0] == "'":
        inner = inner.replace('\\"', '"').replace('"', '\\"')
    plain = _ESCAPED_QUOTE.sub(r"\1", inner)
    try:
        value = json.loads(f'"{plain}"', strict=False)
    except ValueError:
        return None
    return value if isinstance(value, str) else None


def _facts(detail: dict[str, Any]) -> list[Fact]:
    found = []
    for key, name in _FIELDS.items():
        value = detail.get(key)
        text = clean(value) if isinstance(value, str) else ""
        if text and (name is not FactName.PUBLISHED or first_date(text)):
            found.append(Fact(name, text, f"script {key}"))
    return found
