"""The department that a report names only in the titles of its own papers: 我局制定《某市某局…规程》."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from plugins.extractors.identity.bodies import is_body, is_department
from plugins.extractors.identity.page import Page
from plugins.extractors.identity.phrases import Named

# Whoever makes a paper is told by its title; what a paper is followed by is its superior's as well.
_MADE = re.compile(
    r"(?:制定|制订|印发|出台|编制|修订|建立|起草)(?:了|并|和|、|印发|实施|出台|发布|下发|完善|执行)*"
    r"《(?:关于(?:印发|公布)?)?[〈<《]?(?P<body>[一-鿿]{2,24}?(?:局(?!属|长|党)|委员会|委(?!员|属)|厅(?!属|长|党)|办公室))"
)
_NOT_OWN = re.compile(r"中共|依法治|党组|党委|办公厅")
_ENDINGS = {
    "局": ("局",),
    "分局": ("分局",),
    "厅": ("厅",),
    "委": ("委员会", "委"),
    "办": ("办公室",),
}


def own_papers(page: Page, word: str) -> Iterator[Named]:
    """Yield the departments in the titles of papers that the text says were made.

    Args:
        page: the document.
        word: how the text calls its own body (局, 委 …); of another rank, none.
    """
    endings = _ENDINGS.get(word)
    if endings is None:
        return
    for match in _MADE.finditer(page.folded, page.body):
        name = match["body"]
        if name.endswith(endings) and not _NOT_OWN.search(name) and is_body(name) and is_department(name):
            yield Named(name, f"本单位所订文件“{name}…”的名称", Decimal("0.6"))
