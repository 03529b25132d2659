"""Builds a document's one canonical text from the pieces that a reader found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, repeat
from operator import add

from nianbao import Block, BlockKind, Document, Download, Fact, FactName, Place, ReadError

LONGEST_TEXT = 5_000_000

_NO_PLACE = Place()

# Characters that the canonical text does not hold as they are.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2e80-\u2fdf\u3000"
    "\ud800-\udfff\uf900-\ufaff\ufe00-\ufe0f\ufeff\ufff9-\ufffc\ufffe\uffff]"
)
_UNCLEAN = re.compile(f"[\t{_ODD.pattern[1:]}")
_REPLACED: dict[str, tuple[Iterable[int], ...]] = {
    "": (
        range(0x20),
        range(0x7F, 0xA0),
        (0xAD, 0xFEFF, 0xFFFE, 0xFFFF),
        range(0x200B, 0x2010),
        range(0x202A, 0x202F),
        range(0x2060, 0x2070),
        range(0xD800, 0xE000),
        range(0xFE00, 0xFE10),
        range(0xFFF9, 0xFFFD),
    ),
    " ": ((0x09, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000), range(0x2000, 0x200B)),
    "\n": ((0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029),),
}
_RUNS = re.compile(r"[ \t]{2,}|\t")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")

# Radicals that fonts in PDFs stand in for the characters themselves; Unicode folds only some of them (NFKC).
_RADICALS = dict(
    zip(
        "⺁⺄⺆⺊⺌⺍⺎⺓⺗⺝⺟⺠⺢⺥⺩⺫⺬⺮⺰⺳⺶⺸⺺⺼⻁⻄⻅⻆⻉⻋⻌⻍⻒⻓⻔⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻨⻩⻫⻬⻮⻰⻳",
        "厂乙冂卜小小兀幺心月母民水爪王目示竹纟网羊羊聿月虎西见角贝车辶辶镸长门青韦页风飞食食饣马骨鬼鱼鸟麦黄齐齐齿龙龟",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or table cell as a reader found it, before it has offsets.

    Args:
        text: as found; `build_document` cleans it.
        kind: paragraph or cell; cells of one table row follow each other, the empty ones too.
        place: where it stands in the original; a cell's has table, row and column.
        level: the outline level that the original's style gives it.
        doubts: spans of `text` that were not surely recognised; where cleaning changes the text, all of it
            becomes doubtful, so a reader that tells them gives clean text.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    place: Place = _NO_PLACE
    level: int | None = None
    doubts: tuple[tuple[int, int], ...] = ()


@cache
def _replacements() -> dict[int, str]:
    """Return what stands for each odd character; an empty string drops it."""
    table: dict[int, str] = {}
    for replacement, codes in _REPLACED.items():
        table |= dict.fromkeys(chain.from_iterable(codes), replacement)
    folded = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))
    table |= {code: unicodedata.normalize("NFKC", chr(code)) for code in folded}
    return table | {ord(radical): character for radical, character in _RADICALS.items()}


def clean(text: str) -> str:
    """Return the text as it may stand in a document.

    Control, zero-width and other invisible characters go; every kind of blank becomes one blank, every kind
    of line break one newline without blanks around it; radicals and compatibility forms become the plain
    Han characters. What is left at both ends is no blank.
    """
    text = text.strip()
    if _ODD.search(text):
        text = text.replace("\r\n", "\n").translate(_replacements())
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    if "  " in text or "\t" in text:
        text = _RUNS.sub(" ", text)
    return text.strip()


def build_document(
    download: Download,
    reader: str,
    pieces: Iterable[Piece],
    facts: Iterable[Fact] = (),
    notes: Iterable[str] = (),
) -> Document:
    """Return the document: its text laid out from cleaned pieces, each a block with its offsets.

    Args:
        download: what was read; its facts follow the reader's, and the file's name comes last.
        reader: the reader's name.
        pieces: paragraphs and cells in reading order.
        facts: what the reader found outside the body, best first.
        notes: what it repaired or left out, one Chinese line each.

    Raises:
        ReadError: there is no text, or far too much of it.
    """
    layout = Layout()
    row: list[Piece] = []
    for piece in pieces:
        if row and not _same_row(row[-1], piece):
            layout.add_row(row)
            row = []
        if piece.kind is BlockKind.CELL:
            row.append(piece)
        else:
            layout.add_paragraph(piece)
    layout.add_row(row)
    return layout.document(download, reader, facts, notes)


def stem(name: str) -> str:
    """Return a file's name without folders, archive and suffix (`文件/a.zip!/b.docx` is `b`)."""
    last = re.split(r"[\\/]", name)[-1]
    return re.sub(r"(?<=.)\.[A-Za-z0-9]{1,5}$", "", last)


def _same_row(first: Piece, second: Piece) -> bool:
    return (
        second.kind is BlockKind.CELL
        and first.place.table == second.place.table
        and first.place.row == second.place.row
    )


def _shifted(piece: Piece, text: str, start: int) -> tuple[tuple[int, int], ...]:
    """Return a piece's doubtful spans in the document's offsets."""
    if not piece.doubts:
        return ()
    if len(text) != len(piece.text):
        return ((start, start + len(text)),)
    return tuple((start + first, start + last) for first, last in piece.doubts)


class Layout:
    """The text so far, and its blocks: for readers that have whole paragraphs and no use for pieces."""

    __slots__ = ("blocks", "length", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.length = 0

    def add_paragraph(self, piece: Piece) -> None:
        """Add a paragraph; nothing where it is empty."""
        text = clean(piece.text)
        if not text:
            return
        start = self.length + 1 if self.parts else 0
        self.parts.append(f"\n{text}" if start else text)
        self.length = end = start + len(text)
        doubts = _shifted(piece, text, start) if piece.doubts else ()
        self.blocks.append(Block(start, end, piece.kind, piece.place, piece.level, doubts))
        self._check_length()

    def add_paragraphs(
        self, texts: Sequence[str], places: Sequence[Place], levels: Sequence[int | None]
    ) -> None:
        """Add paragraphs at once, as `add_paragraph` would one by one."""
        stripped = list(map(str.strip, texts))
        joined = "\n".join(stripped)
        if "  " in joined or _UNCLEAN.search(joined) is not None:
            stripped = list(map(clean, stripped))
            joined = "\n".join(stripped)
        if not all(stripped):
            for text, place, level in zip(stripped, places, levels, strict=True):
                self.add_paragraph(Piece(text, place=place, level=level))
            return
        start = self.length + 1 if self.parts else 0
        self.parts.append(f"\n{joined}" if start else joined)
        lengths = list(map(len, stripped))
        starts = list(accumulate(lengths, lambda at, length: at + length + 1, initial=start))
        ends = map(add, starts, lengths)
        self.blocks += map(Block, starts, ends, repeat(BlockKind.PARAGRAPH), places, levels)
        self.length = start + len(joined)
        self._check_length()

    def add_row(self, row: list[Piece]) -> None:
        """Add the cells of a table row; nothing where all of it is empty."""
        texts = [clean(piece.text) for piece in row]
        if not any(texts):
            return
        if self.parts:
            self._write("\n")
        for index, (piece, text) in enumerate(zip(row, texts, strict=True)):
            if index:
                self._write("\t")
            if text:
                start = self.length
                self._write(text.replace("\n", " "))
                doubts = _shifted(piece, text, start)
                self.blocks.append(Block(start, self.length, piece.kind, piece.place, piece.level, doubts))
        self._check_length()

    def document(
        self, download: Download, reader: str, facts: Iterable[Fact], notes: Iterable[str]
    ) -> Document:
        """Return the document, as `build_document` does.

        Raises:
            ReadError: there is no text.
        """
        if not self.blocks:
            raise ReadError(
                "文件里没有文字", where=download.filing.name, hint="如果内容是图片，请提供带文字的版本"
            )
        name = Fact(FactName.FILE_NAME, clean(stem(download.filing.name)), "file name")
        return Document(
            name=download.filing.name,
            sha256=download.sha256,
            reader=reader,
            text="".join(self.parts),
            blocks=tuple(self.blocks),
            facts=tuple(dict.fromkeys((*facts, *download.facts, name))),
            notes=tuple(dict.fromkeys(notes)),
        )

    def _check_length(self) -> None:
        if self.length > LONGEST_TEXT:
            raise ReadError(f"文字超过 {LONGEST_TEXT // 10_000} 万字，不像一份报告")

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
