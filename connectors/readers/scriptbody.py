"""Finds a document that a page carries as JSON in a script and shows only when the script runs."""

from __future__ import annotations

import json
import re
from typing import Any

from connectors.readers.canonical import clean
from connectors.readers.facts import first_date
from nianbao import Fact, FactName

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


def _facts(detail: dict[str, Any]) -> list[Fact]:
    found = []
    for key, name in _FIELDS.items():
        value = detail.get(key)
        text = clean(value) if isinstance(value, str) else ""
        if text and (name is not FactName.PUBLISHED or first_date(text)):
            found.append(Fact(name, text, f"script {key}"))
    return found
