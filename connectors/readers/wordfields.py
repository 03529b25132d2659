r"""Follows the fields of a Word document, and works out those whose text is not kept in it.

ECMA-376, part 1, 17.16.5; a ringed character is typed in Word as `EQ \o\ac(○,1)`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cache
from typing import TYPE_CHECKING

from connectors.readers.dingbats import symbol
from connectors.readers.labels import write_number
from connectors.readers.numbering import VAL, W, is_on, value_of, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

# Fields that repeat what stands elsewhere, refer to notes, or number pages.
_DROPPED = frozenset(
    {
        "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "TOC", "TOA", "INDEX", "TC", "TA", "XE",
        "RD", "NOTEREF", "FTNREF",
    }
)  # fmt: skip
_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_NUMBERS = frozenset({"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"})
_COMPUTED = frozenset({"EQ", "SYMBOL", "FORMDROPDOWN", "FORMCHECKBOX"}) | _NUMBERS

_DEEPEST = 12
_SWITCH = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\(]+)')
_TOKEN = re.compile(r"\\([A-Za-z]+)|\\(.)|([(),;])|([^\\(),;]+)", re.S)
_RINGS = frozenset("○〇◯OＯ")
_FRAMES = frozenset("□◇△▢")
# What stands between the arguments of a fraction, a bracket, an array, a list.
_JOINTS = {"f": "/", "b": ",", "a": " ", "l": ","}
# How LISTNUM numbers where it names no list.
_LIST_LABELS = tuple(
    (number_format, label)
    for label in ("%)", "(%)", "%.")
    for number_format in ("decimal", "lowerLetter", "lowerRoman")
)
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass(slots=True)
class _Open:
    """A field whose end has not come yet."""

    form: _Element | None = None
    code: str = ""
    in_result: bool = False
    silent: bool = True


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place; each may reach over several paragraphs.

    Args:
        silent: whether the place is inside a field's instructions, or a field that is left out.
        contents: whether a table of contents was left out.
    """

    silent: bool = False
    contents: bool = False
    _open: list[_Open] = dataclass_field(default_factory=list)
    _counts: dict[tuple[str, int], int] = dataclass_field(default_factory=dict)

    def mark(self, element: _Element) -> str:
        """Follow the begin, the middle or the end of a field; return what shows at its end."""
        kind = element.get(f"{W}fldCharType")
        shown = ""
        if kind == "begin":
            self._open.append(_Open(element.find(f"{W}ffData")))
        elif kind == "separate" and self._open:
            current = self._open[-1]
            current.in_result = True
            current.silent = self.drops(current.code) or name_of(current.code) in _COMPUTED
        elif kind == "end" and self._open:
            ended = self._open.pop()
            self._settle()
            if not self.silent and name_of(ended.code) in _COMPUTED:
                shown = self._computed(ended.code, ended.form)
        self._settle()
        return shown

    def instruct(self, text: str) -> None:
        """Add to the instructions of the innermost field."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code += text

    def simple(self, element: _Element) -> str | None:
        """Return what a field of one element shows in place of what it holds; None where it shows that."""
        code = element.get(f"{W}instr", "")
        if name_of(code) in _COMPUTED:
            return "" if self.silent else self._computed(code, element.find(f".//{W}ffData"))
        return "" if self.drops(code) else None

    def drops(self, code: str) -> bool:
        """Whether a field is left out."""
        name = name_of(code)
        self.contents = self.contents or name in _CONTENTS
        return name in _DROPPED

    def end_paragraph(self, *, spans: bool) -> None:
        """Close what can't go on in the next paragraph.

        A field that has shown no result by the end of its paragraph shows none; a broken one must not swallow
        the rest of the document.

        Args:
            spans: whether a result may go on.
        """
        while self._open and not (self._open[-1].in_result and spans):
            self._open.pop()
        self._settle()

    def _settle(self) -> None:
        self.silent = any(each.silent for each in self._open)

    def _computed(self, code: str, form: _Element | None) -> str:
        name = name_of(code)
        if name == "EQ":
            return equation(code.strip()[2:])
        if name == "SYMBOL":
            return _symbol(code)
        if name in _NUMBERS:
            return self._number(name, code)
        return _form(name, form) if form is not None else ""

    def _number(self, name: str, code: str) -> str:
        """Count a number that stands as a field: 1. (AUTONUM), or by level 1) a) i) … (LISTNUM)."""
        level, start, stop = (_switch(code, letter) for letter in "lse")
        index = (whole(level) or 1) - 1 if name == "LISTNUM" else 0
        label = _LIST_LABELS[index] if 0 <= index < len(_LIST_LABELS) else _LIST_LABELS[0]
        if name != "LISTNUM":
            label = ("decimal", "%" + ("" if stop is not None else start or "."))
        key = (name, index)
        begun = whole(start) if name == "LISTNUM" else None
        self._counts[key] = self._counts.get(key, 0) + 1 if begun is None else begun
        for deeper in [each for each in self._counts if each[0] == name and each[1] > index]:
            del self._counts[deeper]
        return label[1].replace("%", write_number(self._counts[key], label[0]))


def name_of(code: str) -> str:
    """Return a field's name in capitals, or an empty string."""
    words = code.split(None, 1)
    return words[0].partition("\\")[0].upper() if words else ""


def _switch(code: str, letter: str) -> str | None:
    """Return the argument of a switch, empty where it has none; None where the switch is not there."""
    match = re.search(rf'\\{letter}(?![a-z])\s*("[^"]*"|[^\s\\]*)', code, re.I)
    return match[1].strip('"') if match else None


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
