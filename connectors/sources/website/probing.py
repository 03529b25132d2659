"""A process that looks at sites once; started by `trying`, told what to do on its standard input.

It asks for the beginnings of a site's lists and for one of the pages that they lead to, as a crawl would.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from connectors.sources.website.answers import Answer
from connectors.sources.website.asks import Ask, Role, Row, Turn
from connectors.sources.website.child import Collecting, main
from connectors.sources.website.collecting import text_of
from connectors.sources.website.faces import Cause, is_page, is_unclosed, list_cause, trouble_of
from connectors.sources.website.fetching import Fetcher
from connectors.sources.website.papers import is_of_year, paper_of
from connectors.sources.website.probes import ListProbe, PageProbe, SiteProbe, Title
from connectors.sources.website.rows import parsed, whole
from connectors.sources.website.state import State
from connectors.sources.website.walks import turn_of
from nianbao.archive import open_archive
from nianbao.sites import GENERIC, SiteProfile, Verdict, families, recognise

PAGE_ALONE = "--page"
# Of an interface, so many answers at most are asked for until rows come.
_MOST_CALLS = 4
_MOST_STARTS = 20
_MOST_SHOWN = 5
_LEAST_TEXT = 300
_MOST_FILES = 5


class Probing(Collecting):
    """Looks at each site once, and writes down what it saw."""

    async def serve(self, site: SiteProfile, key: str, fetcher: Fetcher, state: State) -> None:
        """Look at one site; an answer that our own code stumbles over is a problem of that site alone."""
        look = _Look(site, self.order.year, fetcher)
        (ended,) = await asyncio.gather(look.see(), return_exceptions=True)
        if isinstance(ended, BaseException):
            if not isinstance(ended, Exception):
                raise ended
            told = f"处理时程序出错：{type(ended).__name__}: {ended}"[:200]
            ended = SiteProbe(site.name, site.family.name, tuple(look.lists), problems=(told,))
        state.tell(f"probe:{site.name}", ended.to_json())


class PageAlone(Collecting):
    """Asks for the first list page of each site alone, and keeps its bytes."""

    async def serve(self, site: SiteProfile, key: str, fetcher: Fetcher, state: State) -> None:
        """Ask for one page."""
        start = site.starts[0].url
        answer = await fetcher.fetch(site, Ask(start, Role.LIST, start))
        told = answer.problem or (trouble_of(answer.status, text_of(answer)) if answer.status != 200 else "")
        state.tell("trouble", told)
        if not told:
            open_archive(self.order.archive).put(answer.page.sha256, answer.body)
            state.tell("sha256", answer.page.sha256)
            state.tell("url", answer.url)
            state.tell("media", answer.page.media)


@dataclass(slots=True)
class _Look:
    """One look at a site.

    Args:
        site: which.
        year: of the reports; None for all.
        fetcher: asks.
        lists: what its lists showed.
        rows: their rows that belong to them.
    """

    site: SiteProfile
    year: int | None
    fetcher: Fetcher
    lists: list[ListProbe] = field(default_factory=list)
    rows: list[tuple[Row, str]] = field(default_factory=list)

    async def see(self) -> SiteProbe:
        """Look at the site."""
        starts = [start.url for start in self.site.starts_of(self.year)]
        for start in starts[:_MOST_STARTS]:
            self.lists.append(await self._list(start))
        page = await self._page()
        problems, notes = list(self._problems(page)), list(self._notes(page))
        if not starts:
            problems.append("这一年没有起始页")
        if len(starts) > _MOST_STARTS:
            notes.append(f"起始页有 {len(starts)} 个，只试了前 {_MOST_STARTS} 个")
        return SiteProbe(
            self.site.name,
            self.site.family.name,
            tuple(self.lists),
            page,
            tuple(dict.fromkeys(problems)),
            tuple(dict.fromkeys(notes)),
        )

    async def _list(self, start: str) -> ListProbe:
        ask = Ask(start, Role.LIST, start)
        answer = await self.fetcher.fetch(self.site, ask)
        text = text_of(answer)
        if told := answer.problem or trouble_of(answer.status, text) or _cut(text):
            return ListProbe(start, trouble=told)
        turn = turn_of(self.site, ask, text)
        called = tuple(self._families(text, start))
        shown = ListProbe(start, called, fits=self._fits(called), further=_further(turn), total=turn.total)
        if self.site.browser and all(self._judge(row) is Verdict.UNWANTED for row in turn.rows):
            return replace(shown, further=0, total=None, trouble=str(Cause.SCRIPTED))
        if turn.rows or not turn.asks:
            cause = "" if turn.rows else str(list_cause(text))
            return self._with_rows(shown, turn, cause)
        return await self._by_interface(shown, turn.asks)

    async def _by_interface(self, shown: ListProbe, asks: Sequence[Ask]) -> ListProbe:
        """Ask the interface that has the rows, until it tells some that may be wanted."""
        shown, found = replace(shown, by_interface=True), Turn()
        queue = list(asks)
        for _ in range(_MOST_CALLS):
            if not queue or any(self._judge(row) is not Verdict.UNWANTED for row in found.rows):
                break
            ask = queue.pop(0)
            answer = await self.fetcher.fetch(self.site, ask)
            text = text_of(answer)
            if told := answer.problem or trouble_of(answer.status, text):
                return replace(shown, trouble=f"列表的接口：{told}")
            turn = turn_of(self.site, ask, text)
            if turn.rows:
                found = replace(turn, rows=(*found.rows, *turn.rows))
            else:
                queue = [*turn.asks, *queue]
        shown = replace(shown, further=_further(found), total=found.total)
        return self._with_rows(shown, found, "" if found.rows else f"{Cause.EMPTY}（接口没有给出行）")

    def _with_rows(self, shown: ListProbe, turn: Turn, cause: str) -> ListProbe:
        own = [row for row in turn.rows if row.is_own]
        judged = [Title(row.title, row.url, row.day, self._judge(row)) for row in own]
        counts = {verdict: sum(each.verdict is verdict for each in judged) for verdict in Verdict}
        likely = [each for each in judged if each.verdict is not Verdict.UNWANTED] or judged
        self.rows += [(row, shown.url) for row in own]
        if turn.is_guessed:
            cause = f"{Cause.REDESIGNED}，按网址找到 {len(turn.rows)} 行，可能不全"
        elif turn.rows and not own:
            cause = "行的链接都指向配置以外的主机，或不像这一系统的网页，请核对 family 和 hosts"
        return replace(
            shown,
            rows=len(turn.rows),
            own=len(own),
            dated=sum(bool(row.day) for row in turn.rows),
            is_guessed=turn.is_guessed,
            wanted=counts[Verdict.WANTED],
            unwanted=counts[Verdict.UNWANTED],
            unsure=counts[Verdict.UNSURE],
            first=tuple(likely[:_MOST_SHOWN]),
            trouble=cause,
        )

    def _families(self, text: str, start: str) -> Iterator[str]:
        links = (whole(start, link.attributes.get("href") or "") for link in parsed(text).css("a[href]"))
        for family in recognise(text, filter(None, links)):
            yield family.name

    def _fits(self, called: Sequence[str]) -> bool:
        return self.site.family.name in called or (self.site.family.name == GENERIC and not called)

    def _judge(self, row: Row) -> Verdict:
        if not is_of_year(row.title, row.day, self.year):
            return Verdict.UNWANTED
        return self.site.titles.judge(row.title)

    async def _page(self) -> PageProbe | None:
        """Look at the first page that is wanted, else at one that may be, else at any."""
        order = (Verdict.WANTED, Verdict.UNSURE, Verdict.UNWANTED)
        for row, start in sorted(self.rows, key=lambda each: order.index(self._judge(each[0]))):
            ask = Ask(row.url, Role.PAGE, start, referer=start, title=row.title, day=row.day)
            return self._page_of(ask, await self.fetcher.fetch(self.site, ask))
        return None

    def _page_of(self, ask: Ask, answer: Answer) -> PageProbe:
        text = text_of(answer) if is_page(answer.body) or b"<" in answer.body[:512] else ""
        if told := answer.problem or trouble_of(answer.status, text):
            return PageProbe(ask.url, ask.title, trouble=told)
        if not is_page(answer.body) and not text.lstrip().startswith("<"):
            return PageProbe(ask.url, ask.title, is_file=True)
        paper = paper_of(self.site, ask, text, answer.url)
        files = tuple(each.title for each in paper.files[:_MOST_FILES])
        is_wanted = paper.verdict is Verdict.WANTED
        told = _cut(text)
        # News may well be short.
        if is_wanted and paper.characters < _LEAST_TEXT and not files and not told:
            told = f"正文的选择器只找到 {paper.characters} 个汉字，也没有附件" if paper.found_by else _NO_BODY
        return PageProbe(
            ask.url, paper.title, paper.found_by, paper.characters, files, is_wanted=is_wanted, trouble=told
        )

    def _problems(self, page: PageProbe | None) -> Iterator[str]:
        for each in self.lists:
            if each.trouble and not self._is_for_browser(each):
                yield f"{each.trouble}{self._other_family(each)}"
        if page is not None and page.trouble:
            yield f"报告页：{page.trouble}"
        sound = [each for each in self.lists if each.rows]
        if sound and not any(each.wanted or each.unsure or each.goes_on for each in sound):
            yield "列表没有一个标题是想要的，后面也没有列表页了，请核对起始页和 titles"

    def _notes(self, page: PageProbe | None) -> Iterator[str]:
        for each in self.lists:
            if self._is_for_browser(each):
                yield f"{Cause.SCRIPTED}；已写 browser: true，这里没有用浏览器看"
            elif not each.trouble and not each.fits:
                yield f"网页特征与 {self.site.family.name} 不符{self._other_family(each) or '，但找得到行'}"
            if each.rows and not each.dated:
                yield "行里读不出日期，不影响采集"
        if self.site.browser and any(each.rows for each in self.lists):
            yield "不用浏览器也找得到行，可以去掉 browser: true"
        if page is None or page.trouble or page.is_file:
            return
        if not page.is_wanted:
            yield "列表的开头没有想要的报告，用别的网页试了正文"
        if not page.found_by:
            yield f"没有选择器找到正文，按段落读到 {page.characters} 个汉字"

    def _is_for_browser(self, each: ListProbe) -> bool:
        return self.site.browser and each.trouble == Cause.SCRIPTED

    def _other_family(self, each: ListProbe) -> str:
        other = [name for name in each.families if name != self.site.family.name]
        if each.fits or not other:
            return ""
        return f"，更像{families()[other[0]].called}（family: {other[0]}）"


_NO_BODY = "正文的选择器没有找到正文，也没有附件；网页可能已改版"


def _cut(text: str) -> str:
    return "网页没有结尾，可能没有传完整" if is_unclosed(text) else ""


def _further(turn: Turn) -> int:
    """Return how many further list pages a turn tells of, each with a request of its own."""
    static = sum(ask.role is Role.LIST for ask in turn.asks)
    if static or not turn.rows or not turn.total:
        return static or len(turn.asks)
    return -(-turn.total // len(turn.rows)) - 1


if __name__ == "__main__":
    sys.exit(main(PageAlone if PAGE_ALONE in sys.argv[1:] else Probing))
