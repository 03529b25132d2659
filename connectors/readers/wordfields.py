r"""Works out the Word fields whose text is not kept in the document: EQ, SYMBOL, form fields.

ECMA-376, part 1, 17.16.5; a ringed character is typed in Word as `EQ \o\ac(○,1)`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from connectors.readers.dingbats import symbol
from connectors.readers.numbering import VAL, W, is_on, value_of, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

# Fields that repeat what stands elsewhere, refer to notes, or number pages.
DROPPED = frozenset(
    {
        "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "TOC", "TOA", "INDEX", "TC", "TA", "XE",
        "RD", "NOTEREF", "FTNREF",
    }
)  # fmt: skip
CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
COMPUTED = frozenset({"EQ", "SYMBOL", "FORMDROPDOWN", "FORMCHECKBOX"})

_DEEPEST = 12
_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\(]+)')
_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|([(),;])|([^\\(),;]+)", re.S)
_RINGS = frozenset("○〇◯OＯ")
_FRAMES = frozenset("□◇△▢")
# What stands between the arguments of a fraction, a bracket, an array, a list.
_JOINTS = {"f": "/", "b": ",", "a": " ", "l": ","}
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def name_of(code: str) -> str:
    """Return a field's name in capitals, or an empty string."""
    words = code.split(None, 1)
    return words[0].partition("\\")[0].upper() if words else ""


def computed(code: str, form: _Element | None) -> str:
    """Return what a field shows that keeps no result.

    Args:
        code: its instructions.
        form: the data of a form field.
    """
    name = name_of(code)
    if name == "EQ":
        return equation(code.strip()[2:])
    if name == "SYMBOL":
        return _symbol(code)
    return _form(name, form) if form is not None else ""


def raised(text: str) -> str:
    """Return digits as superscripts, so that they don't run on from a number before them."""
    return text.translate(_RAISED)


def _symbol(code: str) -> str:
    words = re.findall(r'"[^"]*"|\S+', code)
    number = words[1].strip('"') if len(words) > 1 else ""
    font = next((words[place + 1].strip('"') for place in range(len(words) - 1) if words[place] == "\\f"), "")
    try:
        value = int(number, 0)
    except ValueError:
        return number[:1]
    return symbol(font, value) if 0 <= value <= 0xFFFF else ""


def _form(name: str, form: _Element) -> str:
    if name == "FORMCHECKBOX":
        box = form.find(f"{W}checkBox")
        if box is None:
            return ""
        checked = is_on(box, "checked" if box.find(f"{W}checked") is not None else "default")
        return "☑" if checked else "☐"
    choices = form.find(f"{W}ddList")
    if choices is None:
        return ""
    entries = [entry.get(VAL, "") for entry in choices.iterchildren(f"{W}listEntry")]
    chosen = whole(value_of(choices, "result") or value_of(choices, "default")) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def equation(code: str) -> str:
    """Return an EQ field's text in one line: ringed characters, fractions, lists; guides are left out."""
    tokens = [match.groups() for match in _TOKEN.finditer(_SWITCH.sub("", code))]
    parts, _ = _sequence(tokens, 0, 0)
    return "".join(parts).strip()


_Tokens = list[tuple[str | None, ...]]


def _sequence(tokens: _Tokens, place: int, depth: int) -> tuple[list[str], int]:
    """Read arguments up to a closing bracket; return them and the place past it."""
    parts = [""]
    while place < len(tokens):
        function, escaped, mark, text = tokens[place]
        place += 1
        if function is not None:
            value, place = _function(tokens, place, function.lower(), depth)
            parts[-1] += value
        elif mark == ")":
            break
        elif mark in (",", ";"):
            parts.append("")
        elif mark == "(":
            inner, place = _sequence(tokens, place, depth + 1) if depth < _DEEPEST else ([], len(tokens))
            parts[-1] += f"({','.join(inner)})"
        else:
            parts[-1] += escaped or text or ""
    return parts, place


def _function(tokens: _Tokens, place: int, name: str, depth: int) -> tuple[str, int]:
    """Read a function with its options and its arguments."""
    options = []
    while place < len(tokens) and tokens[place][2] != "(":
        option, escaped, mark, _ = tokens[place]
        if mark is not None:
            return "", place
        # The bracket that an option such as \bc\{ names is no bracket of the arguments.
        options += [option.lower()] if option else []
        place += 1
        if escaped is not None and name != "b":
            return escaped, place
    if place >= len(tokens) or depth >= _DEEPEST:
        return "", len(tokens)
    arguments, place = _sequence(tokens, place + 1, depth + 1)
    return _shown(name, options, [argument.strip() for argument in arguments]), place


def _shown(name: str, options: list[str], arguments: list[str]) -> str:
    text = _JOINTS.get(name, "").join(arguments)
    if name == "o":
        return _overlaid(arguments)
    if name == "s":
        return raised(text) if "up" in options else text
    return {"r": f"√{arguments[-1]}", "b": f"({text})", "d": ""}.get(name, text)


def _overlaid(arguments: list[str]) -> str:
    """Return characters written over each other: in a ring or frame, or below a phonetic guide."""
    if len(arguments) != 2:
        return "".join(arguments)
    rings = [argument for argument in arguments if argument in _RINGS]
    frames = [argument for argument in arguments if argument in _FRAMES]
    inner = next((argument for argument in arguments if argument not in rings + frames), "")
    if rings:
        return _ringed().get(inner, inner) if inner else rings[0]
    if frames:
        return "☑" if inner in ("√", "✓", "✔") else inner or frames[0]
    is_guide = arguments[0].isascii() and not arguments[1].isascii()
    return arguments[1] if is_guide else "".join(arguments)


@cache
def _ringed() -> dict[str, str]:
    """Return the ringed form of what Unicode has one for."""
    rows = (
        range(0x2460, 0x2474), range(0x3251, 0x3260), range(0x32B1, 0x32C0), range(0x24B6, 0x24EB),
        range(0x3280, 0x32B1),
    )  # fmt: skip
    return {unicodedata.normalize("NFKC", chr(code)): chr(code) for row in rows for code in row}
