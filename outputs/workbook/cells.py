"""Cells as XML, by the type of their values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from outputs.workbook.layout import fits_a_double

Value = str | int | Decimal | date | None
_EPOCH: Final = date(1899, 12, 30).toordinal()


def cell_xml(place: str, look: str, value: Value) -> str:
    """Return a cell.

    Args:
        place: its column and row, such as `C5`.
        look: the attribute of its format, with a blank before it; empty for none.
        value: text that is clean (`text.clean`), a number, a date or nothing.
    """
    if value is None or value == "":
        return f'<c r="{place}"{look}/>'
    if isinstance(value, str):
        return text_xml(place, look, value)
    if isinstance(value, Decimal) and not fits_a_double(value):
        return text_xml(place, look, f"{value:f}")
    number = value.toordinal() - _EPOCH if isinstance(value, date) else float(value)
    return f'<c r="{place}"{look}><v>{number:.16G}</v></c>'


def text_xml(place: str, look: str, text: str) -> str:
    """Return a cell of text that is clean and not empty."""
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f'<c r="{place}"{look} t="inlineStr"><is><t{kept}>{escaped_text(text)}</t></is></c>'


def formula_xml(place: str, look: str, formula: str, value: Value) -> str:
    """Return a cell of a formula, which begins with =, and of the value that it has now."""
    code = escaped_text(formula[1:])
    if value is None or isinstance(value, str | date):
        return f'<c r="{place}"{look} t="str"><f>{code}</f><v>{escaped_text(str(value or ""))}</v></c>'
    return f'<c r="{place}"{look}><f>{code}</f><v>{float(value):.16G}</v></c>'


def escaped_text(text: str) -> str:
    """Return text as XML has it; what looks like an escape of Excel's own (`_x0041_`) is none."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text.replace("_x", "_x005F_x") if "_x" in text else text
