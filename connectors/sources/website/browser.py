"""The system's Chromium, for lists that a script alone shows; it has no network of its own.

Playwright (extra `web-js`) drives it and never downloads one. Every request of a page is handed to
`rendering`; what might slip past that finds no name resolved and a proxy that is not there.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from connectors.sources.website.answers import Manners
from connectors.sources.website.faces import Cause

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Playwright

_NAMES = ("chromium", "chromium-browser")
_NEEDED = f"{Cause.NO_BROWSER}："
_INSTALL = "请安装 Chromium（Debian：apt install chromium），或在 nianbao.toml 中写 web_browser 指明它的路径"
_NOWHERE = "http://127.0.0.1:9"
_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-dev-shm-usage",
)
_START_SECONDS = 60.0
_CLOSE_SECONDS = 10.0
# Each list that is shown takes some hundred megabytes.
_AT_ONCE = 2


class Browser:
    """A process's one browser: started when it is first needed, closed at the end.

    Args:
        manners: what it calls itself; the path of Chromium where the settings tell one.
    """

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._lock, self._places = asyncio.Lock(), asyncio.Semaphore(_AT_ONCE)
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._missing: str | None = None

    @property
    def seconds(self) -> float:
        """How long a page's scripts may work at a time; what its requests take does not count."""
        return float(self._manners.seconds)

    async def missing(self) -> str:
        """Start it unless it runs; return why it can't be and what to do, or an empty string."""
        async with self._lock:
            if self._missing is None or (self._chromium is not None and not self._chromium.is_connected()):
                self._missing = await self._start()
            return self._missing

    @asynccontextmanager
    async def context(self) -> AsyncIterator[BrowserContext]:
        """Give a context with cookies and storage of its own, and close it; `missing` said nothing before.

        It saves no downloads and has no service workers, which could answer in a page's stead.
        """
        async with self._places:
            assert self._chromium is not None
            context = await self._chromium.new_context(
                accept_downloads=False,
                service_workers="block",
                user_agent=self._manners.agent,
                locale="zh-CN",
            )
            try:
                yield context
            finally:
                # A page whose script never ends may not let go; the browser's end is its end.
                with suppress(Exception):
                    await asyncio.wait_for(context.close(), _CLOSE_SECONDS)

    async def close(self) -> None:
        """Close the browser, if there is one."""
        for part, name in ((self._chromium, "close"), (self._playwright, "stop")):
            if part is not None:
                with suppress(Exception):
                    await asyncio.wait_for(getattr(part, name)(), _CLOSE_SECONDS)
        self._chromium = self._playwright = None

    async def _start(self) -> str:
        if find_spec("playwright") is None:
            return f"{_NEEDED}请先运行 pip install 'nianbao[web-js]'，并{_INSTALL.removeprefix('请')}"
        named = self._manners.browser
        program = next(filter(None, map(shutil.which, (named,) if named else _NAMES)), None)
        if program is None:
            told = f"没有找到设置 web_browser 所指的程序 {named}" if named else "没有找到 Chromium"
            return f"{_NEEDED}{told}；{_INSTALL}"
        from playwright.async_api import Error, async_playwright

        await self.close()
        try:
            self._playwright = await async_playwright().start()
            self._chromium = await self._playwright.chromium.launch(
                executable_path=program,
                headless=True,
                # Chromium refuses its own sandbox to root.
                chromium_sandbox=not hasattr(os, "geteuid") or os.geteuid() != 0,
                proxy={"server": _NOWHERE},
                args=list(_ARGUMENTS),
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
                timeout=_START_SECONDS * 1000,
            )
        except (Error, OSError) as error:
            await self.close()
            first = next(iter(str(error).strip().splitlines()), type(error).__name__)
            return f"{_NEEDED}{program} 启动不了（{first[:120]}）"
        return ""
