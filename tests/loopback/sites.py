"""A site: its columns, the rows of its lists, its pages and files, whatever system it runs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape
from typing import ClassVar, Generic, TypeVar

from . import files, markup
from .exchange import Asked, Part, Reply, page
from .markup import Row
from .papers import Issuer, Kind, Paper


class View(StrEnum):
    """How a site shows its lists."""

    USUAL = "usual"
    EMPTIED = "emptied"
    REPEATING = "repeating"
    LOOPING = "looping"
    CAPPED = "capped"
    STUBBED = "stubbed"
    PAGE_ONLY = "page-only"
    REDESIGNED = "redesigned"
    SCRIPTED = "scripted"


@dataclass(frozen=True, slots=True)
class Charset:
    """What a page's bytes are in, what its head says, and what the server says."""

    real: str = "utf-8"
    declared: str = "utf-8"
    header: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A list of papers below a name; `number` is the system's own."""

    issuer: Issuer
    name: str
    slug: str
    number: int
    papers: tuple[Paper, ...]
    outside: bool = False

    @property
    def newest(self) -> date:
        return max((paper.published for paper in self.papers), default=date(2021, 1, 1))


Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Window(Generic[Shown]):
    """What one page of a list shows: rows, and how many pages and rows it claims."""

    rows: Sequence[Shown]
    number: int
    pages: int
    total: int


CHARSETS = {
    "slpz": Charset("gb18030", "gb2312"),
    "yjj": Charset("utf-8", "utf-8", "ISO-8859-1"),
    "mzj": Charset("gb18030", "utf-8"),
}
OUTSIDE = "上级动态：法治政府建设工作推进会召开"


class Site:
    """One host of the county.

    Args:
        name: its key.
        title: its name, as its pages have it.
        base: its address, without a stroke at the end.
        columns: its lists.
        bases: the addresses of all sites, by their keys.
    """

    family: ClassVar[str] = "plain"
    rows_a_page: ClassVar[int] = 10

    def __init__(
        self, name: str, title: str, base: str, columns: Sequence[Column], bases: Mapping[str, str]
    ) -> None:
        self.name, self.title, self.base = name, title, base
        self.columns, self.bases = tuple(columns), bases
        self.view = View.USUAL
        self._pages = {self.page_path(column, paper): (column, paper) for column, paper in self._all()}
        self._files = {
            self.file_mark(self.file_path(column, paper)): paper
            for column, paper in self._all()
            if paper.form
        }

    # What a family says of itself.

    def start(self, column: Column) -> str:
        """Return the address of a column's first list page, without the host."""
        raise NotImplementedError

    def page_path(self, column: Column, paper: Paper) -> str:
        """Return the address of a paper's page, without the host."""
        raise NotImplementedError

    def file_path(self, column: Column, paper: Paper) -> str:
        """Return the address of a paper's attachment, without the host."""
        raise NotImplementedError

    def paper_markup(self, column: Column, paper: Paper) -> str:
        """Return a paper's page."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Reply | None:
        """Answer what is asked of lists and of interfaces; None where there is no such thing."""
        raise NotImplementedError

    # What all have in common.

    def reply(self, asked: Asked) -> Reply:
        """Answer a request."""
        found = self._found(asked)
        return found if found is not None else page("<html><body><h1>404 Not Found</h1></body></html>", 404)

    def addresses(self) -> Iterator[tuple[Column, Paper, str]]:
        """Yield each paper with its column and the whole address of its page."""
        for path, (column, paper) in self._pages.items():
            yield column, paper, f"{self.base}{path}"

    def rows(self, column: Column) -> list[Row]:
        """Return the rows of a column; in one of a site a link leads to another host."""
        rows = [
            Row(paper.shown, paper.title, self.href(column, paper), paper.published)
            for paper in column.papers
        ]
        if column.outside:
            rows.insert(3, Row(OUTSIDE, OUTSIDE, f"{self.bases['outside']}/dt/1.html", rows[3].day))
        return rows

    def href(self, column: Column, paper: Paper) -> str:
        """Return a paper's link as lists have it."""
        return self.page_path(column, paper)

    def window(self, rows: Sequence[Shown], number: int, size: int | None = None) -> Window[Shown] | None:
        """Return one page of rows under the view in force; None where the site shows nothing."""
        size = size or self.rows_a_page
        pages = max(1, -(-len(rows) // size))
        begin = (number - 1) * size
        match self.view:
            case View.EMPTIED:
                return Window((), number, 1, 0)
            case View.REPEATING:
                return Window(rows[:size], number, pages, len(rows))
            case View.LOOPING:
                begin %= pages * size
                return Window(rows[begin : begin + size], number, 99, 99 * size)
            case View.CAPPED | View.STUBBED if number > 1:
                return None
            case _:
                known = 1 <= number <= pages
                return Window(rows[begin : begin + size], number, pages, len(rows)) if known else None

    def listing(self, column: Column, shown: str) -> Reply:
        """Return a list page in the column's charset."""
        return self._encoded(column, shown, Part.LIST, column.newest)

    def missing(self) -> Reply | None:
        """Return what stands where a list page should: nothing, or a stub that says 200."""
        if self.view is View.STUBBED:
            return page(
                "<html><head><title></title></head><body><!-- cached -->" + " " * 280 + "</body></html>"
            )
        return None

    def changed(self, column: Column) -> Reply | None:
        """Return the list as a redesign or a script would show it; None under the other views."""
        rows = self.rows(column)
        if self.view is View.REDESIGNED:
            return page(markup.redesigned(self.title, column.name, rows[:12]), part=Part.LIST)
        if self.view is View.SCRIPTED:
            return page(markup.by_script(self.title, column.name, rows), part=Part.LIST)
        return None

    def charset(self, column: Column) -> Charset:
        return CHARSETS.get(column.issuer.slug, Charset())

    def whole(self, column: Column, title: str, inside: str, head: str = "") -> str:
        """Return a page of this site, that declares what the column's pages declare."""
        return markup.document(self.title, title, inside, head=head, declared=self.charset(column).declared)

    def file_reply(self, asked: Asked, paper: Paper) -> Reply:
        """Return an attachment."""
        return Reply(
            files.attachment(paper), media=files.MEDIA[paper.form], part=Part.FILE, modified=paper.published
        )

    def file_mark(self, target: str) -> str:
        """Return what tells an attachment's address from the others."""
        return target

    def robots(self) -> Reply:
        text = f"User-agent: *\nDisallow: /manage/\nSitemap: {self.base}/sitemap.xml\n"
        return Reply(text.encode(), media="text/plain", part=Part.ROBOTS)

    def _all(self) -> Iterator[tuple[Column, Paper]]:
        for column in self.columns:
            for paper in column.papers:
                yield column, paper

    def _found(self, asked: Asked) -> Reply | None:
        if asked.path == "/robots.txt":
            return self.robots()
        if asked.path in ("/", "/index.html"):
            return self._front()
        if asked.path in self._pages:
            column, paper = self._pages[asked.path]
            return self._encoded(column, self.paper_markup(column, paper), Part.PAGE, paper.published)
        if (mark := self.file_mark(asked.target)) in self._files:
            return self.file_reply(asked, self._files[mark])
        return self.answer(asked)

    def _front(self) -> Reply:
        links = "\n".join(
            f'<li><a href="{escape(self.start(column))}">'
            f"{escape(column.issuer.name)}　{escape(column.name)}</a></li>"
            for column in self.columns
        )
        return page(markup.document(self.title, "首页", f'<ul class="columns">{links}</ul>'))

    def _encoded(self, column: Column, text: str, part: Part, modified: date) -> Reply:
        charset = self.charset(column)
        media = f"text/html; charset={charset.header}" if charset.header else "text/html"
        return Reply(text.encode(charset.real, "xmlcharrefreplace"), 200, media, part, modified)


def reports(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the reports among papers."""
    return tuple(paper for paper in papers if paper.kind is Kind.REPORT)
