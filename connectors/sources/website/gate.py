"""The only way out of the browser: a page's request is refused, or made as all of a crawl's requests are.

So robots.txt, the host's clock, its budget, the profile's hosts, private addresses, sizes and redirects are
`fetching`'s here, too. Cookies that a script makes are not sent: no page of verification is solved.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connectors.sources.website.answers import Answer, Page, Pairs
from connectors.sources.website.asks import Ask, Role, host_of
from connectors.sources.website.faces import Cause, is_page
from connectors.sources.website.fetching import Fetcher
from connectors.sources.website.state import State
from nianbao.archive import Archive
from nianbao.sites import SiteProfile
from nianbao.sites.addresses import is_private

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Request, Route
    from playwright.async_api import Page as Window

# What a list's rows may depend on; pictures, fonts and styles are nobody's rows.
_KINDS = frozenset(("document", "script", "xhr", "fetch"))
# What the browser says of itself; ours stands in its place, or nothing.
_ITS_OWN = frozenset(
    (
        "user-agent",
        "accept-encoding",
        "accept-language",
        "cookie",
        "host",
        "connection",
        "content-length",
        "referer",
        "upgrade-insecure-requests",
    )
)
_ITS_KINDS = ("sec-", "if-", ":")
_TOLD_ON = ("content-type", "access-control-", "x-")
_FILES = (".doc", ".docx", ".wps", ".pdf", ".ofd", ".zip", ".rar", ".xls", ".xlsx", ".ppt", ".exe", ".apk")
_MOST_ASKED = 30
_MOST_ALIKE = 2


# Without slots: Playwright leaves a mark on the object whose method it calls.
@dataclass
class Gate:
    """What goes out of a list's page, and what comes of it.

    Args:
        site: within whose hosts requests may be made.
        start: the list.
        url, text: where the list's own page was found, and its markup; it is not asked for again.
        fetcher, state, archive: by which all requests are made and kept.
        scripts: what this site's scripts were answered with; another list has the same.
        under_way: how many requests are.
        last: when something last went through.
        problems: why requests of this step failed.
        elsewhere: the hosts that were not asked, as the profile does not name them.
        stop: why nothing is to be asked any more for now.
        error: what our own code stumbled over.
    """

    site: SiteProfile
    start: str
    url: str
    text: str
    fetcher: Fetcher
    state: State
    archive: Archive
    scripts: dict[str, Answer]
    under_way: int = 0
    last: float = field(default_factory=time.monotonic)
    problems: dict[str, None] = field(default_factory=dict)
    elsewhere: dict[str, None] = field(default_factory=dict)
    stop: Answer | None = None
    error: Exception | None = None
    _window: Window | None = None
    _is_begun: bool = False
    _counts: Counter[tuple[str, str, bytes | None]] = field(default_factory=Counter)

    async def guard(self, context: BrowserContext) -> Window:
        """Open a page of which nothing passes by, and no other."""
        await context.route("**/*", self._route)
        # A socket that no handler connects leads nowhere.
        await context.route_web_socket("**/*", lambda socket: None)
        self._window = await context.new_page()
        context.on("page", _shut)
        return self._window

    def begin_step(self) -> None:
        """Begin a step: what it may ask for is counted anew, and what failed before is none of it."""
        self._counts.clear()
        self.problems.clear()

    async def _route(self, route: Route) -> None:
        from playwright.async_api import Error

        self.under_way += 1
        answer = None
        try:
            answer = await self._answered(route.request)
            # Whoever asked for it may be gone by now.
            with suppress(Error):
                if answer is not None:
                    await route.fulfill(status=answer.status, headers=_headers(answer), body=answer.body)
                elif route.request.is_navigation_request():
                    # Without content the page stays where it is.
                    await route.fulfill(status=204)
                else:
                    await route.abort()
        except Exception as error:  # noqa: BLE001  raised by `rendering`: nobody waits for what is done here
            self.error = self.error or error
        finally:
            self.under_way -= 1
            # A page that goes on asking for what it is refused is at rest.
            if answer is not None:
                self.last = time.monotonic()

    async def _answered(self, request: Request) -> Answer | None:
        """Return what a request is answered with; None where it is refused, or nothing came."""
        if self.stop is not None or not self._is_ours(request):
            return None
        url = request.url.partition("#")[0]
        if (answer := self._known(request, url)) is not None:
            return answer
        return await self._asked_for(request, url) if self._may_pass(request, url) else None

    def _known(self, request: Request, url: str) -> Answer | None:
        """Return what need not be asked for: the list's own page at first, and scripts of lists before."""
        if not self._is_begun:
            self._is_begun = True
            told = (("content-type", "text/html; charset=utf-8"),)
            return Answer(200, self.text.encode(), url, Page(told=told))
        return self.scripts.get(url) if request.resource_type == "script" else None

    async def _asked_for(self, request: Request, url: str) -> Answer | None:
        ask = Ask(url, Role.DATA, self.start, referer=request.headers.get("referer", ""))
        body = (request.post_data_buffer or b"") if request.method == "POST" else None
        answer = await self.fetcher.fetch(self.site, ask, _sent(request), body)
        if answer.stops:
            self.stop = answer
            return None
        if answer.problem or answer.status >= 400:
            self.problems[answer.problem or f"{Cause.DOWN}（状态码 {answer.status}）"] = None
            return None
        self._keep(request, ask, answer, is_posted=body is not None)
        return answer if request.resource_type != "document" or is_page(answer.body) else None

    def _keep(self, request: Request, ask: Ask, answer: Answer, *, is_posted: bool) -> None:
        if is_posted:
            return
        if answer.is_new:
            self.archive.put(answer.page.sha256, answer.body)
        self.state.keep(ask.url, answer.page, dict(answer.asked), is_new=answer.is_new)
        if request.resource_type == "script":
            self.scripts[ask.url] = answer

    def _is_ours(self, request: Request) -> bool:
        """Tell whether a request is the list's own page's, and of a kind that rows may depend on."""
        from playwright.async_api import Error

        try:
            is_own = request.frame.page == self._window
        except Error:
            # A popup's first.
            return False
        return is_own and request.resource_type in _KINDS and request.method in ("GET", "POST")

    def _may_pass(self, request: Request, url: str) -> bool:
        """Tell whether an address may be asked for, and was not asked for often enough in this step."""
        is_inner = not self.site.allow_private and is_private(host_of(url))
        if is_inner or not self.site.allows(url):
            # Counters and the like are scripts of others; where the rows are, data are asked for.
            if request.resource_type != "script":
                self.elsewhere[host_of(url) or url[:60]] = None
            return False
        if request.resource_type == "document" and url.partition("?")[0].lower().endswith(_FILES):
            return False
        key = (request.method, url, request.post_data_buffer)
        if self._counts[key] >= _MOST_ALIKE:
            return False
        if self._counts.total() >= _MOST_ASKED:
            self.problems[f"网页不停地发出请求，到 {_MOST_ASKED} 次为止"] = None
            return False
        self._counts[key] += 1
        return True


async def _shut(window: Window) -> None:
    from playwright.async_api import Error

    with suppress(Error):
        await window.close()


def _sent(request: Request) -> Pairs:
    """Return the headers that a page's script, or the kind of request, gives it."""
    return tuple(
        (name, value)
        for name, value in request.headers.items()
        if name not in _ITS_OWN and not name.startswith(_ITS_KINDS)
    )


def _headers(answer: Answer) -> dict[str, str]:
    """Return the headers that a page may need: none that would make it a download, or set a cookie."""
    return {name: value for name, value in answer.page.told if name.startswith(_TOLD_ON)}
