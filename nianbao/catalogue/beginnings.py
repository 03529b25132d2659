"""With which characters what an expression matches can begin: the engine skips to them where they lead it."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?:)?)|(?P<close>\))|(?P<bar>\|)|(?P<set>\[[^\]^][^\]]*\])|(?P<edge>\^)"
    r"|(?P<many>[?*]|\{0,\d*\})|(?P<some>\+|\{[1-9]\d*(?:,\d*)?\})|(?P<character>[^\\.$\[\](){}|?*+^])"
)


def beginnings(fragment: str) -> frozenset[str] | None:
    """Return the characters with which a match of a regular expression can begin.

    Args:
        fragment: literals, groups without a name, sets, lookarounds and quantifiers.

    Returns:
        None where anything else stands ahead of the first certain character, or nothing may match.
    """
    found: set[str] = set()
    end = _alternatives(fragment, 0, found)
    return frozenset(found) if end is not None else None


def _alternatives(text: str, at: int, found: set[str]) -> int | None:
    """Collect what each alternative begins with; return where their group ends, or None."""
    while True:
        reached = _sequence(text, at, found)
        if reached is None:
            return None
        at = _past(text, reached)
        if at >= len(text) or text[at] == ")":
            return at
        at += 1


def _sequence(text: str, at: int, found: set[str]) -> int | None:
    """Collect what one alternative begins with; return where its first certain piece ends."""
    while True:
        token = _TOKEN.match(text, at)
        if token is None or token.lastgroup in ("bar", "close", "many", "some"):
            return None
        end = token.end()
        if token.lastgroup == "look":
            at = _past_group(text, end)
            continue
        if token.lastgroup == "open":
            closed = _alternatives(text, end, found)
            if closed is None:
                return None
            end = closed + 1
        elif token.lastgroup == "set":
            if "-" in token.group() or "\\" in token.group():
                return None
            found.update(token.group()[1:-1])
        elif token.lastgroup == "character":
            found.add(token.group())
        after = _TOKEN.match(text, end)
        if token.lastgroup != "edge" and (after is None or after.lastgroup != "many"):
            return end
        at = after.end() if after is not None and after.lastgroup == "many" else end


def _past(text: str, at: int) -> int:
    """Return where the alternative that holds an offset ends: at its | or ), or with the text."""
    depth = 0
    while at < len(text):
        if text[at] == "[":
            at = text.index("]", at + 2)
        elif text[at] == "\\":
            at += 1
        elif text[at] == "(":
            depth += 1
        elif text[at] in "|)" and depth == 0:
            return at
        elif text[at] == ")":
            depth -= 1
        at += 1
    return at


def _past_group(text: str, at: int) -> int:
    """Return where the text goes on behind the group that is open at an offset."""
    while text[at := _past(text, at)] == "|":
        at += 1
    return at + 1
