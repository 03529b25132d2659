"""One list, shown by a browser: its rows, whatever scripts, buttons and scrolling they need."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.sources.website.answers import Answer
from connectors.sources.website.asks import Row
from connectors.sources.website.browser import Browser
from connectors.sources.website.faces import Cause, face_of, list_cause, words_of
from connectors.sources.website.gate import Gate
from connectors.sources.website.rows import parsed, rows_of

if TYPE_CHECKING:
    from playwright.async_api import Frame
    from playwright.async_api import Page as Window

_TICK = 0.05
_QUIET = 0.4
# How many more looks are taken for rows that a timer of the page may still bring, and how long the page has
# between two of them: by its own clock, which stands still with it where the machine is busy.
_LOOKS, _BETWEEN_MS = 5, 300
_LONG_LOOKS = 10
_MOST_STEPS = 100
_MOST_FRAMES = 5
_MOST_MARKUP = 20_000_000
_TOTAL = re.compile(r"共\s*(\d{1,5})\s*条")
_MARKUP = """most => {
  const shown = document.documentElement.outerHTML;
  return shown.length > most ? "" : shown;
}"""
# Clicks what leads on, the last of such: below the list, innermost, and not switched off.
_GO_ON = r"""() => {
  const word = /^[\s>›»→]*(?:下一页|下页|后一页|(?:点击)?(?:加载|查看|显示|展开)更多)[\s>›»→.…]*$/;
  const off = node => node.disabled || node.getAttribute("aria-disabled") === "true"
    || /(?:^|[\s_-])disabled?(?:[\s_-]|$)/i.test(node.getAttribute("class") || "");
  const leads = node => word.test(node.value || node.textContent || "");
  const found = [...document.querySelectorAll("a, button, input[type=button], li, span, div, p")].filter(
    node => leads(node) && node.getClientRects().length && ![...node.children].some(leads)
      && !off(node) && !(node.parentElement && off(node.parentElement)));
  if (found.length) found[found.length - 1].click();
  return found.length > 0;
}"""
_WAIT = "time => new Promise(done => setTimeout(done, time))"
# Up first, until that is drawn: the end that stays in sight would not come into sight. What comes into sight
# is told to the page after a frame is drawn, which a busy machine does late; a hidden page never does.
_SCROLL = """async () => {
  const root = document.scrollingElement || document.documentElement;
  const all = [root, ...document.querySelectorAll("div, ul, section, main, tbody")].filter(
    node => node === root || node.clientHeight && node.scrollHeight > node.clientHeight + 1);
  for (const where of [() => 0, node => node.scrollHeight]) {
    for (const node of all) {
      node.scrollTop = where(node);
      node.dispatchEvent(new Event("scroll"));
    }
    window.dispatchEvent(new Event("scroll"));
    await new Promise(done => setTimeout(done, 100));
    await Promise.race([new Promise(done => setTimeout(done, 8000)),
      new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))]);
  }
  return false;
}"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser showed of a list.

    Args:
        rows: all that came, each once.
        is_guessed: whether some were found by their addresses alone.
        causes: what is to be said of the list.
        stop: why its host is not to be asked any more for now; the list is shown again another time.
    """

    rows: tuple[Row, ...] = ()
    is_guessed: bool = False
    causes: tuple[str, ...] = ()
    stop: Answer | None = None


async def show(browser: Browser, gate: Gate) -> Shown:
    """Show a list until nothing new comes.

    Args:
        browser: of which `missing` said nothing.
        gate: through which its requests go.

    Raises:
        StoreError: what was answered can't be kept.
    """
    from playwright.async_api import Error

    seconds = browser.seconds
    async with browser.context() as context:
        window = await gate.guard(context)
        window.set_default_timeout(seconds * 1000)
        list_ = _List(gate, window, seconds)
        try:
            await window.goto(gate.url, wait_until="commit")
            causes = await list_.all()
        except (Error, TimeoutError) as error:
            # By one's own clock or by Playwright's: a page that does not answer is at work without end.
            is_late = isinstance(error, TimeoutError) or "Timeout" in str(error)
            told = str(error).strip().partition("\n")[0][:80]
            told = f"网页的脚本超过 {seconds:g} 秒没有完成" if is_late else f"浏览器出错（{told}）"
            causes = [f"{Cause.SHORT}：{told}"]
    if gate.error is not None:
        raise gate.error
    return Shown(tuple(list_.rows.values()), list_.is_guessed, tuple(causes), gate.stop)


@dataclass(slots=True)
class _List:
    gate: Gate
    window: Window
    seconds: float
    rows: dict[str, Row] = field(default_factory=dict)
    is_guessed: bool = False
    markup: str = ""

    async def all(self) -> list[str]:
        """Look at the list, and go on while that brings rows; return what is to be said of it."""
        await self._look()
        for _ in range(_MOST_STEPS):
            if self.gate.stop is not None or self.gate.error is not None:
                return []
            before = len(self.rows)
            if before:
                self.gate.begin_step()
            if await self._try(_GO_ON):
                # What was asked to go on does, however slow this machine is.
                await self._look(_LONG_LOOKS)
            if len(self.rows) == before:
                await self._try(_SCROLL)
                await self._look()
            if len(self.rows) == before:
                return self._told()
        return [f"{Cause.SHORT}：翻了 {_MOST_STEPS} 次还没有到底"]

    def _told(self) -> list[str]:
        problems = list(self.gate.problems)[:2]
        if self.rows:
            total = max(map(int, _TOTAL.findall(words_of(self.markup))), default=0)
            if total > len(self.rows):
                problems.append(f"共 {total} 条，只见到 {len(self.rows)} 条")
            return [f"{Cause.SHORT}：{each}" for each in problems]
        if self.gate.elsewhere:
            hosts = "、".join(list(self.gate.elsewhere)[:3])
            return [*problems, f"{Cause.ELSEWHERE}（{hosts}），没有请求；是本站的，请写入 hosts"]
        face = face_of(200, self.markup) or list_cause(self.markup)
        return problems or [str(Cause.EMPTY if face is Cause.SCRIPTED else face)]

    async def _try(self, script: str) -> bool:
        """Run a script in the page's frames, until in one it says that it did something."""
        for frame in self._frames():
            with _while_it_stands():
                if await asyncio.wait_for(frame.evaluate(script), self.seconds):
                    return True
        return False

    async def _look(self, more: int = _LOOKS) -> None:
        """Wait until the page is at rest, and take its rows; where none are new, look a few times more."""
        before = len(self.rows)
        for left in range(more, -1, -1):
            await self._settle()
            for frame in self._frames():
                with _while_it_stands():
                    await self._take(frame)
            if len(self.rows) > before or self.gate.stop is not None or not left:
                return
            await self._let_work()

    async def _let_work(self) -> None:
        """Give the page its time until the next look."""
        has_waited = False
        with _while_it_stands():
            await asyncio.wait_for(self.window.evaluate(_WAIT, _BETWEEN_MS), self.seconds)
            has_waited = True
        if not has_waited:
            await asyncio.sleep(_BETWEEN_MS / 1000)

    async def _take(self, frame: Frame) -> None:
        shown = str(await asyncio.wait_for(frame.evaluate(_MARKUP, _MOST_MARKUP), self.seconds))
        rows, is_guessed = rows_of(self.gate.site, parsed(shown), frame.url)
        self.is_guessed = self.is_guessed or is_guessed
        for row in rows:
            self.rows.setdefault(row.url, row)
        if frame == self.window.main_frame:
            self.markup = shown

    async def _settle(self) -> None:
        """Wait until nothing is under way and nothing went through for a moment."""
        left = self.seconds
        while left > 0 and (self.gate.under_way or time.monotonic() - self.gate.last < _QUIET):
            await asyncio.sleep(_TICK)
            left -= 0 if self.gate.under_way else _TICK

    def _frames(self) -> list[Frame]:
        return [frame for frame in self.window.frames if self.gate.site.allows(frame.url)][:_MOST_FRAMES]


@contextmanager
def _while_it_stands() -> Iterator[None]:
    """Let a frame that goes on to another page, or away, be looked at another time."""
    from playwright.async_api import Error
    from playwright.async_api import TimeoutError as Late

    try:
        yield
    except Error as error:
        if isinstance(error, Late) or "crashed" in str(error) or "has been closed" in str(error):
            raise
