"""A process that collects some sites by Scrapy; `crawl` starts it and tells it by a line what to do."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import ConnectError, ConnectionClosed

from connectors.sources.website.answers import Manners, Pairs, Raw
from connectors.sources.website.asks import Role
from connectors.sources.website.browser import Browser
from connectors.sources.website.collecting import Collector
from connectors.sources.website.crawl import by_hosts
from connectors.sources.website.faces import Cause
from connectors.sources.website.fetching import Fetcher
from connectors.sources.website.state import State
from connectors.sources.website.turns import Asked
from connectors.sources.website.unpacking import ACCEPTED, DamagedError, TooLargeError, unpacked
from nianbao.archive import open_archive
from nianbao.errors import NianbaoError
from nianbao.sites import SiteProfile, read_sites
from nianbao.sites.addresses import is_private

_TOO_LARGE = (DownloadCancelledError, IgnoreRequest)
_PASSING = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    ConnectError,
    ConnectionClosed,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is to do.

    Args:
        profile: the region's profile, as text.
        file: its name.
        sites: the names of the sites that are this process's.
        year: of the reports; None for all.
        state: the path of the state.
        archive: where bytes are kept.
        manners: how to behave.
        pages: whether the start pages are reports themselves, which a manifest names, and no lists.
    """

    profile: str
    file: str
    sites: Sequence[str]
    year: int | None
    state: str
    archive: str
    manners: Manners
    pages: bool = False


class PublicResolver(CachingThreadedResolver):
    """Resolves names to addresses of the public web alone: what it returns is what is connected to."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """Resolve a name."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(refuse_private)


def refuse_private(address: str) -> str:
    """Return an address.

    Raises:
        OSError: it is none of the public web's.
    """
    if is_private(address):
        raise OSError(f"域名指向内网地址 {address}，没有连接")
    return address


class Collecting(Spider):
    """Runs the collectors; its requests go through Scrapy's downloader, not its scheduler."""

    name = "nianbao"

    def __init__(self, order: Order, lines: IO[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.order = order
        self.browser = Browser(order.manners)
        self.turns = Asked(partial(_say, lines), order.manners.seconds)

    async def start(self) -> AsyncIterator[Any]:
        """Collect all sites, those of one host one after another."""
        order = self.order
        region = read_sites(order.profile, order.file)
        mine = [site for site in region.sites if site.name in order.sites]
        state = State(Path(order.state))
        fetcher = Fetcher(self._download, state, open_archive(order.archive), order.manners, self.turns)
        listen = _listen(self.turns, asyncio.get_running_loop())
        threading.Thread(target=listen, daemon=True).start()
        try:
            await asyncio.gather(*(self._row(region.code, row, fetcher, state) for row in by_hosts(mine)))
        finally:
            await self.browser.close()
            state.close()
        # What makes this a generator, as Scrapy wants it.
        for request in list[Request]():
            yield request

    async def _row(self, code: str, sites: Sequence[SiteProfile], fetcher: Fetcher, state: State) -> None:
        for site in sites:
            await self.serve(site, site_key(code, site), fetcher, state)

    async def serve(self, site: SiteProfile, key: str, fetcher: Fetcher, state: State) -> None:
        """Do for one site what this process is for."""
        archive = open_archive(self.order.archive)
        role = Role.PAGE if self.order.pages else Role.LIST
        collector = Collector(site, key, self.order.year, fetcher, state, archive, role, self.browser)
        await collector.collect()

    async def _download(self, url: str, headers: Pairs, body: bytes | None) -> Raw:
        request = Request(
            url,
            method="GET" if body is None else "POST",
            body=body or b"",
            headers=dict(headers),
            dont_filter=True,
            meta={"cookiejar": urlsplit(url).netloc},
        )
        engine = self.crawler.engine
        assert engine is not None
        try:
            response = await engine.download_async(request)
        except _TOO_LARGE:
            return self._too_large()
        except UnsupportedURLSchemeError:
            return Raw(problem="不是 http 或 https 地址", is_final=True)
        except DownloadTimeoutError:
            return Raw(problem=f"{Cause.DOWN}：超过 {self.order.manners.seconds} 秒")
        except _PASSING as error:
            is_reached = not isinstance(error, CannotResolveHostError)
            return Raw(problem=f"{Cause.DOWN}：{_plain(error)}", is_reached=is_reached)
        pairs = tuple(
            (name.decode("latin-1").lower(), b", ".join(values).decode("latin-1"))
            for name, values in response.headers.items()
        )
        return self._whole(Raw(response.status, pairs, response.body))

    def _whole(self, raw: Raw) -> Raw:
        try:
            return replace(raw, body=unpacked(raw.body, raw.header("content-encoding"), self._most))
        except TooLargeError:
            return self._too_large()
        except DamagedError:
            return Raw(problem=f"{Cause.DOWN}：内容损坏或不完整")

    @property
    def _most(self) -> int:
        return self.order.manners.megabytes * 1024 * 1024

    def _too_large(self) -> Raw:
        return Raw(problem=f"内容超过 {self.order.manners.megabytes} MB，没有下载", is_final=True)


def _plain(error: BaseException) -> str:
    if isinstance(error, CannotResolveHostError):
        return "域名解析不了"
    if isinstance(error, DownloadConnectionRefusedError):
        return "连接不上"
    if isinstance(error, ResponseDataLossError):
        return "内容不完整"
    text = " ".join(str(error).split())
    return text[:80] if "内网" in text else "连接中断或内容损坏"


def site_key(code: str, site: SiteProfile) -> str:
    """Return what the state knows a site by."""
    return f"{code}/{site.name}"


def settings_of(manners: Manners, *, private: bool) -> dict[str, Any]:
    """Return Scrapy's settings: what we do ourselves is off."""
    resolver = "scrapy.resolver.CachingThreadedResolver" if private else f"{__name__}.PublicResolver"
    return {
        "USER_AGENT": manners.agent,
        "ROBOTSTXT_OBEY": False,
        "RETRY_ENABLED": False,
        # A page that is cut off would be taken for a whole one.
        "COMPRESSION_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_TIMEOUT": manners.seconds,
        "DOWNLOAD_MAXSIZE": manners.megabytes * 1024 * 1024,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "TWISTED_DNS_RESOLVER": resolver,
        "LOG_LEVEL": "ERROR",
        "LOG_VERSIONS": [],
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/json,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": ACCEPTED,
        },
    }


def main(spider: type[Collecting] = Collecting) -> int:
    """Do what standard input says."""
    # What else is printed, by whomever, is none of what we say.
    lines = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    told = json.loads(sys.stdin.readline())
    order = Order(**{**told, "manners": Manners(**told["manners"])})
    region = read_sites(order.profile, order.file)
    private = all(site.allow_private for site in region.sites if site.name in order.sites)
    logging.getLogger("twisted").setLevel(logging.CRITICAL)
    process = AsyncCrawlerProcess(settings_of(order.manners, private=private))
    task = process.crawl(spider, order=order, lines=lines)
    process.start()
    error = task.exception() if task.done() and not task.cancelled() else None
    if isinstance(error, NianbaoError):
        sys.stderr.write(f"{error}\n")
    return 1 if error is not None else 0


def _say(lines: IO[str], told: dict[str, Any]) -> None:
    # Where nobody listens any more, we are ended at once.
    with suppress(BrokenPipeError):
        lines.write(json.dumps(told) + "\n")
        lines.flush()


def _listen(turns: Asked, loop: asyncio.AbstractEventLoop) -> Callable[[], None]:
    """Return what passes on what the process that started this one says, and ends this one with it.

    Nobody would use what it collects, and the next crawl may ask the same hosts at once.
    """

    def listen() -> None:
        for line in sys.stdin:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(turns.hear, json.loads(line))
        os._exit(1)

    return listen


if __name__ == "__main__":
    sys.exit(main())
