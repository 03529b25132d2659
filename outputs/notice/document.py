"""Lays the notice out as an official paper: A4, 仿宋 of 三号, 黑体 headings, page numbers between dashes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

# GB/T 9704-2012: the type area is 156 by 225 mm, 22 lines of 28 characters of 三号.
TITLE_FONT: Final = "黑体"
BODY_FONT: Final = "仿宋"
SECOND_FONT: Final = "楷体"
NUMBER_FONT: Final = "宋体"
SIZE_TWO, SIZE_THREE, SIZE_FOUR, SIZE_TABLE = Pt(22), Pt(16), Pt(14), Pt(12)
LINE: Final = Pt(28.8)


class Paper:
    """An official paper that is written from top to bottom."""

    def __init__(self, title: str, moment: datetime) -> None:
        self.document = Document()
        self._page()
        self._properties(title, moment)
        style = self.document.styles["Normal"]
        _font(style, BODY_FONT)
        style.font.size = SIZE_THREE

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for text in ("— ", None, " —"):
            run = footer.add_run(text or "")
            _font(run, NUMBER_FONT)
            run.font.size = SIZE_FOUR
            if text is None:
                _page_number(run)

    def _properties(self, title: str, moment: datetime) -> None:
        told = self.document.core_properties
        told.title, told.author, told.last_modified_by, told.comments = title, "nianbao", "nianbao", ""
        told.created = told.modified = moment
        told.revision = 1

    def title(self, text: str) -> None:
        """Write the title, in as many lines as it has, with an empty line above and below."""
        self._line("")
        for line in text.split("\n"):
            self._line(line, font=TITLE_FONT, size=SIZE_TWO, align=WD_ALIGN_PARAGRAPH.CENTER, spacing=Pt(33))
        self._line("")

    def addressee(self, text: str) -> None:
        """Write whom the paper is for, at the left edge."""
        self._line(text)

    def heading(self, text: str) -> None:
        """Write a heading of the first level (一、)."""
        self._line(text, font=TITLE_FONT, indent=2, keep=True)

    def paragraph(self, text: str, *, lead: str = "") -> None:
        """Write a paragraph; `lead` is what stands before it in 楷体, such as （一）未报送的单位。."""
        paragraph = self._line("", indent=2)
        if lead:
            _styled(paragraph.add_run(lead), SECOND_FONT, SIZE_THREE)
        _styled(paragraph.add_run(text), BODY_FONT, SIZE_THREE)

    def remark(self, text: str) -> None:
        """Write what does not belong to the paper itself, in smaller type."""
        self._line(text, size=SIZE_FOUR, indent=2, spacing=Pt(22))

    def table(
        self,
        caption: str,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        merged: Sequence[int] = (),
    ) -> None:
        """Write a table with its caption above; the header is repeated on each page.

        Args:
            caption: above the table.
            header: the columns' names.
            rows: the cells.
            widths: of the columns, in mm.
            merged: the columns in which an empty cell belongs to the one above.
        """
        self._line(caption, font=TITLE_FONT, size=SIZE_FOUR, align=WD_ALIGN_PARAGRAPH.CENTER, keep=True)
        table = self.document.add_table(rows=1, cols=len(header), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for number, cells in enumerate((header, *rows)):
            row = table.rows[0] if number == 0 else table.add_row()
            _unbroken(row, is_header=number == 0)
            for column, text in enumerate(cells):
                cell = row.cells[column]
                cell.width = Mm(widths[column])
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                paragraph = cell.paragraphs[0]
                told = paragraph.paragraph_format
                told.space_before = told.space_after = Pt(1)
                told.line_spacing_rule, told.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(17)
                wide = number > 0 and len(text) > 12
                paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if wide else WD_ALIGN_PARAGRAPH.CENTER
                _styled(paragraph.add_run(text), TITLE_FONT if number == 0 else BODY_FONT, SIZE_TABLE)
        self._line("", spacing=Pt(14))
        for column in merged:
            _merge(table.columns[column].cells)

    def signature(self, body: str, day: str) -> None:
        """Write who issues the paper and when, at the right edge."""
        self._line("")
        self._line(body, align=WD_ALIGN_PARAGRAPH.RIGHT, after=4, keep=True)
        self._line(day, align=WD_ALIGN_PARAGRAPH.RIGHT, after=4)

    def _line(
        self, text: str, *, font: str = BODY_FONT, size: Pt = SIZE_THREE, align: Any = None, indent: int = 0,
        after: int = 0, spacing: Pt = LINE, keep: bool = False,
    ) -> Any:  # fmt: skip
        paragraph = self.document.add_paragraph()
        told = paragraph.paragraph_format
        told.space_before = told.space_after = Pt(0)
        told.line_spacing_rule, told.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
        told.keep_with_next = keep
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if align is None else align
        if indent:
            told.first_line_indent = Pt(size.pt * indent)
        if after:
            told.right_indent = Pt(size.pt * after)
        if text:
            _styled(paragraph.add_run(text), font, size)
        return paragraph


def _merge(cells: Sequence[Any]) -> None:
    first = cells[0]
    for cell in cells[1:]:
        if cell.text:
            first = cell
        else:
            cell._element.remove(cell.paragraphs[0]._p)
            cell.add_paragraph()
            _continue(first, cell)


def _continue(first: Any, cell: Any) -> None:
    """Make a cell the continuation of the one above it."""
    for owner, kind in ((first, "restart"), (cell, "continue")):
        properties = owner._tc.get_or_add_tcPr()
        if properties.find(qn("w:vMerge")) is None:
            merge = OxmlElement("w:vMerge")
            merge.set(qn("w:val"), kind)
            properties.insert_element_before(
                merge, "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText",
                "w:vAlign", "w:hideMark",
            )  # fmt: skip


def _styled(run: Any, font: str, size: Pt) -> None:
    _font(run, font)
    run.font.size = size


def _font(owner: Any, name: str) -> None:
    """Name a font for Han and for all else."""
    owner.font.name = name
    properties = owner.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for kind in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), name)


def _page_number(run: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        if kind == "":
            element = OxmlElement("w:instrText")
            element.text = text
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _unbroken(row: Any, *, is_header: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))
