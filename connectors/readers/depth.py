"""Tells pages whose tags lie within each other beyond all reason."""

from __future__ import annotations

import re

# Parsers take time in the square of the depth; a real page is less than a hundred deep.
DEEPEST = 1_500

_TAGS = re.compile(
    r"<(/?)(?:div|span|table|section|article|font|[uod]l|blockquote|center|strong|em|[biua]|form)\b", re.I
)


def is_too_deep(markup: str) -> bool:
    """Whether tags are opened within tags beyond all reason."""
    depth = 0
    for match in _TAGS.finditer(markup):
        depth += -1 if match.group(1) else 1
        if depth > DEEPEST:
            return True
    return False
