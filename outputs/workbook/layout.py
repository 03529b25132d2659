"""The house look: fonts, colours, number formats, the printed page."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, Literal

from nianbao import Qualifier, Severity
from outputs.workbook.terms import QUALIFIERS
from outputs.workbook.text import display_width

BODY_FONT: Final = "仿宋"
TITLE_FONT: Final = "黑体"
BODY_SIZE: Final = 10.5
TITLE_SIZE: Final = 16
LINE_HEIGHT: Final = 15.0
ROW_PADDING: Final = 5.0
TALLEST_ROW: Final = 409.0

GRID: Final = "#BFBFBF"
HEADER_FILL: Final = "#DCE3EB"
BLOCK_FILL: Final = "#EEF2F6"
UNSAID_FILL: Final = "#F4F4F4"
DISPUTED_FILL: Final = "#F8CBAD"
REVIEW_FILL: Final = "#FFF2CC"
CORRECTED_FILL: Final = "#DDEBF7"
LINK_COLOUR: Final = "#1F3864"
GREY_TEXT: Final = "#7F7F7F"
RED_TEXT: Final = "#C00000"
SEVERITY_FILLS: Final = {
    Severity.ERROR: "#F8CBAD",
    Severity.WARNING: "#FFF2CC",
    Severity.NOTE: "#E7EFE0",
}

# A4 landscape leaves 277 mm between its margins. A unit of column width is the width of a digit: 1.85 mm in
# 仿宋, up to 2.4 mm in the fonts that take its place where it is not installed.
PAGE_WIDTH: Final = 114.0
# A double keeps fifteen significant digits; a longer number is written as text.
MOST_DIGITS: Final = 15
MOST_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; equal styles share one Excel format."""

    align: Literal["left", "center", "right"] = "left"
    number: str = ""
    fill: str = ""
    colour: str = ""
    font: str = BODY_FONT
    size: float = BODY_SIZE
    bold: bool = False
    italic: bool = False
    wrap: bool = True
    border: bool = True
    quoted: bool = False
    locked: bool = True
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        """Reckon the hash once: each of a million cells asks for it."""
        told = tuple(getattr(self, each.name) for each in fields(self) if each.compare)
        object.__setattr__(self, "_hash", hash(told))

    def __hash__(self) -> int:
        """Return the hash that goes with equality."""
        return self._hash


TEXT: Final = Style()
ONE_LINE: Final = Style(wrap=False)
CENTRED: Final = Style(align="center")
HEADER: Final = Style(align="center", fill=HEADER_FILL, font=TITLE_FONT)
TITLE: Final = Style(align="center", font=TITLE_FONT, size=TITLE_SIZE, border=False)
SUBTITLE: Final = Style(align="center", colour="#595959", border=False)
BLOCK: Final = Style(fill=BLOCK_FILL, font=TITLE_FONT, wrap=False)
DATE: Final = Style(align="center", number="yyyy-mm-dd")
INPUT_FILL: Final = "#FFFDF0"
INPUT: Final = Style(fill=INPUT_FILL, locked=False)
INPUT_DATE: Final = Style(align="center", number="yyyy-mm-dd", fill=INPUT_FILL, locked=False)
COUNT: Final = Style(align="center", number="#,##0")


@cache
def with_number(style: Style, number: str) -> Style:
    """Return the style with another number format."""
    return replace(style, number=number)


@cache
def filled(style: Style, fill: str) -> Style:
    """Return the style with another fill."""
    return replace(style, fill=fill)


class Formats:
    """The Excel formats of one workbook, made when first asked for."""

    def __init__(self, book: Any) -> None:
        """Keep the workbook that the formats belong to."""
        self._book = book
        self._made: dict[Style, Any] = {}
        self._looks: dict[Style, str] = {}

    def of(self, style: Style) -> Any:
        """Return the workbook's format of this style."""
        made = self._made.get(style)
        if made is None:
            made = self._made[style] = self._book.add_format(_properties(style))
        return made

    def look(self, style: Style) -> str:
        """Return the attribute by which a cell's XML names this style."""
        found = self._looks.get(style)
        if found is None:
            # XlsxWriter numbers a format when the first cell asks.
            found = self._looks[style] = f' s="{self.of(style)._get_xf_index()}"'
        return found


def _properties(style: Style) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "font_name": style.font,
        "font_size": style.size,
        "align": style.align,
        "valign": "vcenter",
        "text_wrap": style.wrap,
        "bold": style.bold,
        "italic": style.italic,
        "quote_prefix": style.quoted,
        "locked": style.locked,
    }
    if style.border:
        properties |= {"border": 1, "border_color": GRID}
    if style.number:
        properties["num_format"] = style.number
    if style.fill:
        properties["bg_color"] = style.fill
    if style.colour:
        properties["font_color"] = style.colour
    return properties


def decimals_of(value: Decimal) -> int:
    """Return how many decimals are needed to show the value, at most four."""
    exponent = value.normalize().as_tuple().exponent
    return min(MOST_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0


@lru_cache(maxsize=1 << 16)
def number_format(value: Decimal, qualifier: Qualifier = Qualifier.EXACT, mark: str = "") -> str:
    """Return the format that shows a figure with separators, hedge and mark while its cell stays numeric."""
    hedge = QUALIFIERS[qualifier]
    decimals = decimals_of(value)
    prefix = f'"{hedge}"' if hedge else ""
    suffix = f'"{mark}"' if mark else ""
    return f"{prefix}#,##0{'.' + '0' * decimals if decimals else ''}{suffix}"


@lru_cache(maxsize=1 << 12)
def signed_format(value: Decimal) -> str:
    """Return the format that shows a change with its sign."""
    decimals = decimals_of(value)
    number = f"#,##0{'.' + '0' * decimals if decimals else ''}"
    return f"+{number};-{number};0"


def shown(value: Decimal, qualifier: Qualifier = Qualifier.EXACT, mark: str = "") -> str:
    """Return a figure as `number_format` shows it."""
    return f"{QUALIFIERS[qualifier]}{value:,.{decimals_of(value)}f}{mark}"


def width_for(text: str) -> float:
    """Return the column width in which the text stands on one line."""
    return display_width(text) + 2.5


def fits_a_double(value: Decimal) -> bool:
    """Tell whether a cell can hold the value without loss."""
    return len(value.normalize().as_tuple().digits) <= MOST_DIGITS


def set_page(
    worksheet: Any, title: str, *, pages_wide: int | None = 1, scale: int = 100, landscape: bool = True
) -> None:
    """Set up the printed page: A4, title above, page numbers below.

    Args:
        worksheet: the worksheet.
        title: printed above every page.
        pages_wide: fit to so many pages wide; None keeps to `scale`.
        scale: per cent, where the pages are not fitted.
        landscape: whether the page lies on its long side.
    """
    if landscape:
        worksheet.set_landscape()
    else:
        worksheet.set_portrait()
    worksheet.set_paper(9)
    worksheet.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
    # In a header & starts a code, and a digit after the font size would count as part of it.
    worksheet.set_header(f'&C&10&"{TITLE_FONT},Regular"{title[:100].replace("&", "&&")}', {"margin": 0.35})
    worksheet.set_footer("&C&9第 &P 页 共 &N 页", {"margin": 0.3})
    worksheet.hide_gridlines(2)
    if pages_wide is None:
        worksheet.set_print_scale(scale)
    else:
        worksheet.fit_to_pages(pages_wide, 0)
