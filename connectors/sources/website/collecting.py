"""Collects one site: lists, then the pages that they lead to, then what is attached to these."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from connectors.readers.charset import declared_label, decode
from connectors.sources.website.answers import Answer, Pass
from connectors.sources.website.asks import Ask, Role, Row, Turn
from connectors.sources.website.browser import Browser
from connectors.sources.website.faces import Cause, is_file, is_page, is_unclosed, list_cause, trouble_of
from connectors.sources.website.fetching import Fetcher
from connectors.sources.website.gate import Gate
from connectors.sources.website.papers import BESIDE, is_of_year, paper_of
from connectors.sources.website.rendering import Shown, show
from connectors.sources.website.state import State
from connectors.sources.website.walks import turn_of
from nianbao.archive import Archive
from nianbao.errors import StoreError
from nianbao.sites import SiteProfile, Verdict
from nianbao.sites.standing import LISTED_WHOLE

_MOST_BREAKS = 20


@dataclass(slots=True)
class Collector:
    """One site's crawl.

    Args:
        site: what to collect.
        key: what the state knows it by.
        year: of the reports; None for all.
        fetcher, state, archive: what all sites of a process share.
        role: of what the profile names: lists, or reports that somebody has named.
        browser: for a site whose lists a browser alone shows.
        asking: what is being asked for.
        scripts: of its lists, that are asked for once.
        failures: what could not be asked for, each once.
        causes: what lists showed of themselves, each once.
        hints: what may have gone wrong, told where reports are missing.
    """

    site: SiteProfile
    key: str
    year: int | None
    fetcher: Fetcher
    state: State
    archive: Archive
    role: Role = Role.LIST
    browser: Browser | None = None
    asking: Ask | None = None
    scripts: dict[str, Answer] = field(default_factory=dict)
    failures: dict[str, None] = field(default_factory=dict)
    causes: dict[str, None] = field(default_factory=dict)
    hints: dict[str, None] = field(default_factory=dict)

    async def collect(self) -> None:
        """Ask for all that is left, and write down what is to be said of the site."""
        if self.state.history.is_done(self.key, self.year or 0):
            return
        starts = [start.url for start in self.site.starts_of(self.year)]
        first = [Ask(url, self.role, url) for url in starts]
        one = self.state.begin(self.key, self.year or 0, first)
        # A pass that is gone on with may be older than what is named now.
        self.state.add(one, first)
        self.state.drop_others(one, set(starts))
        self.causes |= dict.fromkeys(self.state.notes(one))
        is_whole = False
        for _ in range(_MOST_BREAKS):
            # An answer that our own code stumbles over costs nothing but itself.
            (ended,) = await asyncio.gather(self._ask_all(one), return_exceptions=True)
            if isinstance(ended, bool):
                is_whole = ended
                break
            if not isinstance(ended, Exception) or isinstance(ended, StoreError) or self.asking is None:
                raise ended
            self._fail(
                one, self.asking, f"处理时程序出错：{type(ended).__name__}: {ended}"[:200], may_pass=True
            )
        causes = self._verdict(one, starts)
        if causes or not is_whole or self.state.left(one, "failed"):
            # What is not seen this time for such reasons may well be there.
            self.state.carry_over(one)
        self.state.end(one, causes, is_whole=is_whole)

    async def _ask_all(self, one: Pass) -> bool:
        """Ask for what is left; return whether nothing is."""
        while (ask := self.state.next(one)) is not None:
            self.asking = ask
            if self._is_needless(one, ask):
                self.state.settle(one, ask, "dropped")
                continue
            answer, shown = await self._asked(ask)
            if answer.stops:
                left = self.state.left(one)
                # What failed by itself and then closed the host is told once.
                for told in [each for each in self.failures if answer.problem.startswith(each)]:
                    del self.failures[told]
                self.failures[f"{answer.problem}（还有 {left} 个地址没有采集）"] = None
                return False
            with self.state.transaction():
                self._take(one, ask, answer, shown)
        return True

    async def _asked(self, ask: Ask) -> tuple[Answer, Shown | None]:
        """Return what an address answers, and what a browser shows of a list that needs one."""
        if not self.site.browser or ask.role is not Role.LIST:
            return await self.fetcher.fetch(self.site, ask), None
        if problem := await self.browser.missing() if self.browser is not None else "没有浏览器":
            return Answer(url=ask.url, problem=problem), None
        assert self.browser is not None
        answer = await self.fetcher.fetch(self.site, ask)
        if answer.problem or trouble_of(answer.status, text := text_of(answer)):
            return answer, None
        gate = Gate(
            self.site, ask.start, answer.url, text, self.fetcher, self.state, self.archive, self.scripts
        )
        shown = await show(self.browser, gate)
        return shown.stop or answer, shown

    def _is_needless(self, one: Pass, ask: Ask) -> bool:
        most = ask.told("unless-rows")
        return bool(most) and self.state.seen(one, ask.start) >= int(most)

    def _take(self, one: Pass, ask: Ask, answer: Answer, shown: Shown | None) -> None:
        text = (
            ""
            if is_file(answer.body) or (ask.role is Role.FILE and not is_page(answer.body))
            else text_of(answer)
        )
        if answer.problem:
            self._fail(one, ask, answer.problem, may_pass=answer.may_pass)
        elif trouble := trouble_of(answer.status, text):
            self._fail(one, ask, trouble, may_pass=True)
        elif ask.role is Role.FILE and is_page(answer.body):
            self._fail(one, ask, "附件下载得到的是网页而不是文件，可能要求验证码", may_pass=True)
        elif ask.role in (Role.PAGE, Role.FILE) and not answer.body.strip():
            self._fail(one, ask, f"{Cause.DOWN}：内容是空的", may_pass=True)
        else:
            self._keep(one, ask, answer, text, shown)

    def _fail(self, one: Pass, ask: Ask, cause: str, *, may_pass: bool) -> None:
        if ask.role in (Role.LIST, Role.DATA):
            self.failures[cause if ask.is_first else f"{Cause.SHORT}：第一页以后{cause}"] = None
            self.state.drop_lists(one, ask.start)
            self.state.settle(one, ask, "failed")
            return
        self.state.fail(ask.url, cause, may_pass=may_pass)
        # An attachment that is not read may be lost without harm to its report.
        was_report = self.state.was_report(one, ask) is not False
        self.state.settle(one, ask, "failed", is_report=ask.read and not ask.told(BESIDE) and was_report)

    def _keep(self, one: Pass, ask: Ask, answer: Answer, text: str, shown: Shown | None) -> None:
        if is_unclosed(text):
            told = self.causes if ask.role is Role.LIST else self.hints
            told["有的网页没有结尾，可能没有传完整"] = None
        if answer.is_new and not ask.form:
            self.archive.put(answer.page.sha256, answer.body)
        if ask.role in (Role.LIST, Role.DATA):
            self._take_list(one, ask, answer, text, shown)
        elif ask.role is Role.PAGE:
            self._take_page(one, ask, answer, text)
        else:
            self.state.keep(ask.url, answer.page, dict(answer.asked), is_new=answer.is_new)
            self.state.settle(one, ask, is_report=ask.read)

    def _take_list(self, one: Pass, ask: Ask, answer: Answer, text: str, shown: Shown | None) -> None:
        if not ask.form:
            self.state.keep(ask.url, answer.page, dict(answer.asked), is_new=answer.is_new)
        if shown is not None:
            turn = Turn(shown.rows, is_guessed=shown.is_guessed)
            self.causes |= dict.fromkeys(shown.causes)
        else:
            turn = turn_of(self.site, replace(ask, url=answer.url) if not ask.is_first else ask, text)
        new = self.state.see(one, ask.column, (row.url for row in turn.rows))
        self.state.add(one, self._pages(turn.rows, ask))
        self._go_on(one, ask, turn, new, text)
        self.state.note(one, self.causes)
        self.state.settle(one, ask)

    def _go_on(self, one: Pass, ask: Ask, turn: Turn, new: int, text: str) -> None:
        """Add where the list goes on, unless it repeats itself; say what is wrong with it."""
        if ask.is_first and not turn.rows and not turn.asks and not self.site.browser:
            self.causes[list_cause(text)] = None
        if turn.is_guessed:
            self.causes[f"{Cause.REDESIGNED}，是按网址找到的，可能不全"] = None
        if new or ask.is_first or not (turn.rows or ask.role is Role.LIST):
            self.state.add(one, turn.asks)
        elif ask.role is Role.LIST:
            self.state.drop_lists(one, ask.start)
        seen = self.state.seen(one, ask.column)
        if not new and not ask.is_first and turn.rows and seen == len({row.url for row in turn.rows}):
            self.causes[str(Cause.REPEATING)] = None
        elif not turn.rows and not ask.is_first and (ask.role is Role.LIST or ask.told("due")):
            self.causes[f"{Cause.SHORT}：后面的列表页是空的"] = None
        elif not turn.rows and turn.total and seen < turn.total:
            self.causes[f"{Cause.SHORT}：共 {turn.total} 条，只见到 {seen} 条"] = None

    def _pages(self, rows: Iterable[Row], ask: Ask) -> Iterable[Ask]:
        for row in rows:
            is_wanted = self.site.titles.judge(row.title) is not Verdict.UNWANTED
            if row.is_own and is_wanted and self._is_of_year(row):
                yield Ask(
                    row.url,
                    Role.PAGE,
                    ask.start,
                    referer=ask.start,
                    title=row.title,
                    day=row.day,
                    trail=tuple(dict.fromkeys((ask.start, ask.url))),
                )

    def _is_of_year(self, row: Row) -> bool:
        return is_of_year(row.title, row.day, self.year)

    def _take_page(self, one: Pass, ask: Ask, answer: Answer, text: str) -> None:
        path = urlsplit(answer.url).path
        if not is_page(answer.body) and not text.lstrip().startswith("<"):
            # A list may lead to a file at once.
            self.state.keep(ask.url, answer.page, dict(answer.asked), is_new=answer.is_new)
            self.state.settle(one, replace(ask, role=Role.FILE), is_report=bool(path))
            return
        paper = paper_of(self.site, ask, text, answer.url)
        page = replace(answer.page, title=paper.title)
        self.state.keep(ask.url, page, dict(answer.asked), is_new=answer.is_new)
        is_wanted = paper.verdict is not Verdict.UNWANTED and is_of_year(paper.title, ask.day, self.year)
        is_report = is_wanted or self.role is Role.PAGE
        if is_report:
            self.state.add(one, paper.files)
            if paper.more:
                self.causes[f"{Cause.SHORT}：有的网页附件太多，每页只取 {len(paper.files)} 个"] = None
                self.state.note(one, self.causes)
        self.state.settle(one, replace(ask, title=paper.title), is_report=is_report and paper.has_text)

    def _verdict(self, one: Pass, starts: Sequence[str]) -> list[str]:
        """Return what is to be said of the site: too few reports, and what went wrong with its lists."""
        found, expected = self.state.found(one), self.site.issuers
        causes = [*self.failures, *self.causes]
        if self.role is Role.PAGE:
            # Each page has a row of its own, with its cause.
            return causes
        count, why = self.state.outdated(one)
        if count:
            causes.append(f"{count} 个网页或附件{Cause.OUTDATED}（{why}）")
        if not starts:
            expects = f"应有 {expected} 个单位的报告，" if expected else ""
            return [f"{expects}站点配置里没有 {self.year} 年的起始页"]
        if not found:
            what = f"应有 {expected} 个单位的报告，一份也没有找到" if expected else "没有找到报告"
            return [what, *(causes or [self._unknown(one, starts)])]
        if expected is not None and found < expected:
            return [
                f"应有 {expected} 个单位的报告，只找到 {found} 份",
                *(causes or self.hints or [f"{LISTED_WHOLE}或发布在别处"]),
            ]
        return causes

    def _unknown(self, one: Pass, starts: Sequence[str]) -> str:
        if not any(self.state.seen(one, start) for start in starts):
            return next(iter(self.hints), str(Cause.EMPTY))
        return f"{LISTED_WHOLE}，或标题与通常的不同"


def text_of(answer: Answer) -> str:
    """Return an answer's bytes as text."""
    return decode(answer.body, declared_label(answer.body, answer.page.media or None))
