"""Puts the original beside a report's text: its pages with open points, or its web page, or why neither."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from nianbao import Block, Entry, Place, Point
from outputs.review.address import page_name
from outputs.review.sources.apart import FAILED
from outputs.review.sources.content import content_of
from outputs.review.sources.drawer import Drawer
from outputs.review.sources.drawing import Asked, Box, DrawnPage
from outputs.review.sources.locating import Folded, Wanted, wanted
from outputs.review.sources.webpage import LARGEST, looks_like_page

FOLDER: Final = "o"
# Pages that are drawn of one report at most; the rest is seen in the original.
MOST_PAGES: Final = 6
PERSONAL: Final = "原件含有已隐去的个人信息，不在这里显示"
MORE: Final = f"只显示最先要核对的 {MOST_PAGES} 页，其余请打开原件"
_PAGED: Final = ("pdf", "scan")
_WEB: Final = ("html",)
_SUFFIXES: Final = (".pdf", ".htm", ".html", ".shtml")
_MOST_MARKED: Final = 400


@dataclass(frozen=True, slots=True)
class Marked:
    """Where a point stands on a picture.

    Args:
        point: its place among the report's points, from 0.
        box: left, top, right and bottom, in pixels.
    """

    point: int
    box: Box


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of the original.

    Args:
        number: of the page, from 1.
        address: of the picture, from the site's folder.
        width, height: in pixels.
        boxes: where points stand on it.
    """

    number: int
    address: str
    width: int
    height: int
    boxes: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What of an original is shown beside the text.

    Args:
        pictures: its pages that hold open points.
        frame: the address of its cleaned web page, from the site's folder; empty where there is none.
        found: which points have an anchor in the frame: `p` and their place among the points.
        note: what is not shown and why, in Chinese; may be empty.
    """

    pictures: tuple[Picture, ...] = ()
    frame: str = ""
    found: frozenset[int] = frozenset()
    note: str = ""


class Sources:
    """The originals of a yearbook while its site is written: a context manager, as it draws in a process.

    Args:
        draft: the site's folder that is being written.
        site: where it will lie; a page drawn by an earlier run is taken over from there.
        archive: where the originals' bytes are kept (`Yearbook.archive`).
    """

    def __init__(self, draft: Path, site: Path | None = None, archive: str = "") -> None:
        self._draft, self._site, self._archive = draft, site or draft, archive
        self._drawer = Drawer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drawer.close()

    def beside_of(self, entry: Entry, points: Sequence[Point]) -> Beside | None:
        """Return what of an entry's original is shown, its files written; None where there is nothing to say.

        Args:
            entry: the report.
            points: what is to be looked at in it, in order.
        """
        opened = {n: each for n, each in enumerate(points) if not each.settled and each.start is not None}
        if not opened or not _may_be_shown(entry):
            return None
        if entry.digests is not None:
            return Beside(note=PERSONAL)
        data = content_of(entry, self._archive)
        if isinstance(data, str):
            return Beside(note=data)
        text = Folded(entry.text)
        asked = {n: wanted(text, point.start or 0, point.end or 0) for n, point in opened.items()}
        if b"%PDF" in data[:1024]:
            return self._pages(entry, data, opened, asked)
        if looks_like_page(data):
            return self._web_page(entry, data, asked)
        return None

    def _pages(
        self, entry: Entry, data: bytes, points: Mapping[int, Point], asked: Mapping[int, tuple[Wanted, ...]]
    ) -> Beside:
        places = {n: place for n, point in points.items() if (place := _place_of(entry, point.start or 0))}
        told = [Asked(place.page or 0, place.box, asked[n]) for n, place in places.items() if place.box]
        if not told:
            return Beside(note=FAILED)
        name = entry.report.sha256[:16]
        drawn = self._drawer.draw(data, told, MOST_PAGES, self._drawn(name, told))
        if isinstance(drawn, str):
            return Beside(note=drawn)
        shown = {order for page in drawn for order, _ in page.boxes}
        pictures = tuple(self._picture(name, page, tuple(places)) for page in drawn)
        return Beside(pictures, note="" if len(shown) == len(told) else MORE)

    def _drawn(self, name: str, asked: Iterable[Asked]) -> frozenset[int]:
        """Return which pages of an original are drawn already, by this run or an earlier one."""
        numbers = {each.page + step for each in asked for step in (0, 1)}
        return frozenset(number for number in numbers if self._found(name, number) is not None)

    def _found(self, name: str, number: int) -> Path | None:
        places = (folder / FOLDER / f"{name}-{number}.webp" for folder in (self._draft, self._site))
        return next((place for place in places if place.is_file()), None)

    def _picture(self, name: str, page: DrawnPage, numbers: Sequence[int]) -> Picture:
        address = f"{FOLDER}/{name}-{page.number}.webp"
        path = self._draft / address
        path.parent.mkdir(exist_ok=True)
        there = self._found(name, page.number)
        if page.data:
            path.write_bytes(page.data)
        elif there is not None and there != path:
            shutil.copy2(there, path)
        boxes = tuple(Marked(numbers[order], box) for order, box in page.boxes)
        return Picture(page.number, address, page.width, page.height, boxes)

    def _web_page(self, entry: Entry, data: bytes, asked: Mapping[int, tuple[Wanted, ...]]) -> Beside:
        if len(data) > LARGEST:
            return Beside(note=FAILED)
        first = dict(list(asked.items())[:_MOST_MARKED])
        page = self._drawer.clean(data, first, entry.text)
        if isinstance(page, str):
            return Beside(note=page)
        told, found = page
        address = f"{FOLDER}/{page_name(entry.report.file, entry.report.part)}"
        path = self._draft / address
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8", errors="replace", newline="\n")
        return Beside(frame=address, found=found)


def _may_be_shown(entry: Entry) -> bool:
    """Whether an original has pages or is a web page, as far as that can be told without reading it."""
    return (
        bool(entry.spots) or entry.reader in (*_PAGED, *_WEB) or entry.report.file.lower().endswith(_SUFFIXES)
    )


def _place_of(entry: Entry, offset: int) -> Place | None:
    """Return the place on a page of the block that holds an offset."""
    found: Block | None = next((each for each in entry.spots if each.start <= offset < each.end), None)
    return found.place if found is not None and found.place.page is not None else None
