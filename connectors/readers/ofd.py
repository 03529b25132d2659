"""Reads OFD files (GB/T 33190-2016) that have text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING

from connectors.media import Media, media_of, refusal
from connectors.readers.canonical import build_document
from connectors.readers.garbled import is_garbled
from connectors.readers.glyphlines import glyph_lines
from connectors.readers.ofdgeometry import page_size
from connectors.readers.ofdpackage import OfdDocument, OfdPackage, child, children
from connectors.readers.ofdpage import Budget, Marks, Taker
from connectors.readers.ofdtables import Tabled, placed, read_tables
from connectors.readers.pages import Page, lay_out
from connectors.readers.pdflines import Line
from connectors.readers.pdfnotes import with_notes
from connectors.readers.pdftables import RuledTable, TooManyRulesError
from nianbao import Document, Download, PassingReadError, Reader, ReadError, hookimpl
from nianbao.limits import limits

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "ofd"
# A page of a scan holds next to no characters.
FEWEST_CHARACTERS = 20
# A file that takes longer is made to hinder.
MOST_SECONDS = 120
# From how many paths on a page its characters may be drawn as shapes.
_OUTLINES = 150
_LISTED = 10


@hookimpl
def nianbao_readers() -> Iterable[Reader]:
    """Yield the reader of OFD files."""
    yield Reader(NAME, bid=bid, read=read_ofd, version="1")


def bid(download: Download) -> int:
    """Bid high for OFD, whatever its suffix."""
    return 90 if media_of(download.data) is Media.OFD else 0


def read_ofd(download: Download) -> Document:
    """Read an OFD file.

    Annotations, seals and attachments are left out, and so is text set aslant (watermarks).

    Raises:
        ReadError: it is no OFD, broken, encrypted, beyond the bounds, or has no text.
    """
    media = media_of(download.data)
    if media is not Media.OFD:
        raise refusal(download, media)
    try:
        return _read(download)
    except ReadError as error:
        raise type(error)(error.message, where=download.filing.name, hint=error.hint) from error


def _read(download: Download) -> Document:
    package = OfdPackage(download.data)
    try:
        read = _first_with_text(package)
    except ReadError as error:
        if package.is_encrypted:
            raise ReadError("OFD 文件已加密，不能读取", hint="请提供未加密的文件") from error
        raise
    pieces, notes = lay_out(read.pages)
    return build_document(download, NAME, pieces, notes=[*read.notes(), *notes])


def _first_with_text(package: OfdPackage) -> _Read:
    """Read the first document of a package that has text."""
    names = package.documents()
    budget = Budget()
    failure: ReadError | None = None
    for number, name in enumerate(dict.fromkeys(names), start=1):
        try:
            _, root = package.load(name)
            read = _Read(OfdDocument(package, name, root), budget)
            read.all_pages()
        except ReadError as error:
            failure = failure or error
            continue
        if len(set(names)) > 1:
            read.told.append(f"文件里有 {len(set(names))} 份文档，只读取了第 {number} 份")
        return read
    raise failure or ReadError("OFD 文件里没有文档", hint="请重新取得这个文件")


@dataclass(slots=True)
class _Read:
    """What was read of one document so far."""

    document: OfdDocument
    budget: Budget
    pages: list[Page] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    untabled: list[int] = field(default_factory=list)
    skewed: int = 0
    marks: int = 0
    templates: dict[str, _Element | None] = field(default_factory=dict)
    composites: dict[str, _Element] | None = None

    def all_pages(self) -> None:
        """Read every page.

        Raises:
            ReadError: there are none, too many, or none with text.
        """
        locations = self.document.pages
        if len(locations) > limits().pages:
            raise ReadError(
                f"OFD 有 {len(locations)} 页，超过 {limits().pages} 页，不像一份报告", hint="请只提供报告本身"
            )
        begun = monotonic()
        failure: ReadError | None = None
        for number, location in enumerate(locations, start=1):
            try:
                _, root = self.document.package.load(location, self.document.name)
            except ReadError as error:
                failure = failure or error
                self.unread.append(number)
                continue
            self._take_page(number, root)
            if monotonic() - begun > MOST_SECONDS:
                raise PassingReadError(f"读取 OFD 超过 {MOST_SECONDS} 秒", hint="请提供 PDF 或 .docx")
        if not any(page.items for page in self.pages):
            raise failure or _without_text(has_pages=bool(locations))

    def _take_page(self, number: int, root: _Element) -> None:
        used = [self._template(each.get("TemplateID", "")) for each in children(root, "Template")]
        templates = [template for template in used if template is not None]
        size = page_size(
            child(root, "Area"), *(child(template, "Area") for template in templates), self.document.area
        )
        taker = Taker(size, self._composite, self.budget)
        for content in (*templates, root):
            taker.take(content)
        marks = taker.marks
        self.skewed += marks.skewed
        # The page is held so that most of its text is upright.
        turns = max(marks.glyphs, key=lambda turns: (len(marks.glyphs[turns]), -turns))
        self.skewed += sum(len(group) for turned, group in marks.glyphs.items() if turned != turns)
        text = "".join(glyph.text for glyph in marks.glyphs[turns] if not glyph.text.isspace())
        is_picture = marks.pictured > 0.5 or marks.drawn >= _OUTLINES
        if (len(text) < FEWEST_CHARACTERS and is_picture) or is_garbled(text):
            self.pictures.append(number)
            return
        page = self._laid_out(number, marks, turns, size)
        if marks.pictured > 0.5 and marks.hidden * 2 > len(text):
            self.hidden.append(number)
            page.items = [_doubtful(item) for item in page.items]
        self.pages.append(page)

    def _laid_out(self, number: int, marks: Marks, turns: int, size: tuple[float, float]) -> Page:
        """Return the lines and tables of a page, in places as one reads it."""
        width, height = size if turns % 2 == 0 else size[::-1]
        glyphs = marks.glyphs[turns]
        try:
            tabled = read_tables(marks.turned_strokes(turns, size), glyphs, number, height)
        except TooManyRulesError:
            self.untabled.append(number)
            tabled = Tabled(rest=glyphs)
        found = glyph_lines(tabled.rest, number, height)
        signs = [*found.marks, *tabled.marks]
        self.marks += len(signs)
        return Page(number, width, placed(with_notes(found.lines, signs), tabled.tables))

    def _template(self, identifier: str) -> _Element | None:
        if identifier not in self.templates:
            location = self.document.template(identifier) or ""
            try:
                self.templates[identifier] = self.document.package.load(location, self.document.name)[1]
            except ReadError:
                self.told.append("有页面引用的模板缺失，没有读取")
                self.templates[identifier] = None
        return self.templates[identifier]

    def _composite(self, identifier: str) -> _Element | None:
        """Return the content of a composite object; those of a single page's resources are not looked for."""
        if self.composites is None:
            self.composites = {}
            for location in self.document.resources():
                try:
                    _, root = self.document.package.load(location, self.document.name)
                except ReadError:
                    continue
                for unit in root.iter("{*}CompositeGraphicUnit"):
                    content = child(unit, "Content")
                    if content is not None:
                        self.composites.setdefault(unit.get("ID", ""), content)
        return self.composites.get(identifier)

    def notes(self) -> list[str]:
        """Return what the user should know of the pages, one Chinese line each."""
        notes = list(self.told)
        for numbers, message in (
            (self.pictures, "是图片或文字层有误，没有读到文字"),
            (self.hidden, "是扫描件，文字取自文件自带的识别结果，可能有误"),
            (self.unread, "无法读取"),
            (self.untabled, "的表格没有按格读取"),
        ):
            if numbers:
                listed = "、".join(map(str, numbers[:_LISTED]))
                more = f" 等 {len(numbers)} 页" if len(numbers) > _LISTED else " 页"
                notes.append(f"第 {listed}{more}{message}")
        if self.marks:
            notes.append(f"去掉了正文中的注释标记（{self.marks} 处）")
        if self.skewed:
            notes.append(f"斜排、横置的文字（{self.skewed} 字，多为水印）没有计入正文")
        attached = self.document.attachments()
        if attached:
            listed = "、".join(name[:40] for name in attached[:_LISTED])
            notes.append(f"文件所带的 {len(attached)} 个附件没有读取：{listed}")
        return notes


def _doubtful(item: Line | RuledTable) -> Line | RuledTable:
    """Mark a line that someone else has recognised as not sure."""
    return replace(item, doubts=((0, len(item.text)),)) if isinstance(item, Line) else item


def _without_text(*, has_pages: bool) -> ReadError:
    if not has_pages:
        return ReadError("OFD 文件里没有页面", hint="请重新取得这个文件")
    return ReadError("这是扫描件（没有可用的文字层），不能直接读取", hint="请提供带文字的 PDF 或 .docx")
