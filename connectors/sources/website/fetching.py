"""Asks a site politely: robots.txt, one request a host at a time, delays, patience, a budget."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from connectors.sources.website.answers import NAME, Answer, Manners, Page, Pairs, Raw
from connectors.sources.website.asks import Ask, host_of
from connectors.sources.website.faces import Cause, face_of
from connectors.sources.website.robots import delay_of, hours_problem, origin_of, rules_of
from connectors.sources.website.rows import whole
from connectors.sources.website.state import State
from connectors.sources.website.turns import Alone, Taken
from connectors.sources.website.waits import is_time, paused, retry_after
from nianbao.archive import Archive
from nianbao.errors import StoreError
from nianbao.sites import SiteProfile
from nianbao.sites.addresses import is_private

if TYPE_CHECKING:
    from protego import Protego

_TRIES = 4
_MOST_REDIRECTS = 5
_LONGEST_WAIT = 60.0
_IN_A_ROW = 5
# A host that refuses or does not answer is left alone for six hours; for as long as it asks, a week at most.
_PAUSE, _LONGEST_PAUSE = 6 * 3600.0, 7 * 86_400.0
_REFUSALS = frozenset((403, 412, 429, 521))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_AGAIN = frozenset((408, 429, 500, 502, 503, 504, 522, 524))


Download = Callable[[str, Pairs, bytes | None], Awaitable[Raw]]


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    delay: float = 0.0
    rules: dict[str, Protego] = field(default_factory=dict)
    closed: str = ""
    failures: int = 0


class _NoTurn(Exception):  # noqa: N818  no error of ours: another run asks this host
    """A host is not ours to ask; why."""


class Fetcher:
    """Asks for several sites at once, but each host for one thing at a time.

    Args:
        download: makes one request: address, headers, body; a POST where there is a body.
        state: validators, budgets, pauses.
        archive: where the kept bytes are.
        manners: delays and bounds.
        turns: at hosts that other runs may ask, too.
    """

    def __init__(
        self,
        download: Download,
        state: State,
        archive: Archive,
        manners: Manners,
        turns: Taken | None = None,
    ) -> None:
        self._download, self._state, self._archive, self._manners = download, state, archive, manners
        self._turns = turns or Alone()
        self._hosts: dict[str, _Host] = {}

    async def fetch(self, site: SiteProfile, ask: Ask, more: Pairs = (), body: bytes | None = None) -> Answer:
        """Ask, follow redirects within the site, and be patient where it asks for that.

        Args:
            site: where the address must be.
            ask: what to ask for.
            more: further headers.
            body: what to send by POST, in place of the form.
        """
        if ask.form:
            more = (*more, ("Content-Type", "application/x-www-form-urlencoded"))
            body = urlencode(ask.form).encode()
        kept = self._state.page(ask.url) if body is None else None
        held = self._held(kept)
        url, chain, answer = ask.url, [*ask.trail, ask.url], Answer()
        for _ in range(_MOST_REDIRECTS + 1):
            if told := self._refused(site, url):
                return Answer(url=url, problem=told, may_pass=False)
            headers = (*_headers(ask, kept if held is not None else None), *more)
            raw, answer = await self._patiently(url, headers, body)
            if raw is None:
                return answer
            if raw.status not in _REDIRECTS or not raw.header("location"):
                return self._answer(raw, headers, tuple(chain), (kept, held))
            told = raw.header("location")
            url = whole(url, told) or told[:200]
            chain.append(url)
        return Answer(url=url, problem=f"网页反复跳转，超过 {_MOST_REDIRECTS} 次")

    def _held(self, kept: Page | None) -> bytes | None:
        """Return the kept bytes, if there are, and validators to ask by."""
        if kept is None or not kept.sha256 or not (kept.etag or kept.modified):
            return None
        try:
            return self._archive.get(kept.sha256)
        except StoreError:
            return None

    def _refused(self, site: SiteProfile, url: str) -> str:
        if not whole(url, url) or not site.allows(url):
            moved = (host_of(url) if whole(url, url) else "") or url[:60]
            return f"{Cause.MOVED}：跳转到配置以外的地址 {moved}，没有跟随"
        if not site.allow_private and is_private(host_of(url)):
            return "地址是内网地址，没有请求"
        return ""

    def _answer(
        self,
        raw: Raw,
        headers: Pairs,
        chain: tuple[str, ...],
        kept: tuple[Page | None, bytes | None],
    ) -> Answer:
        page, held = kept
        if raw.status == 304 and page is not None and held is not None:
            return Answer(200, held, chain[-1], page, headers, is_new=False)
        page = Page(
            hashlib.sha256(raw.body).hexdigest(),
            raw.header("content-type"),
            raw.header("etag"),
            raw.header("last-modified"),
            chain=chain,
            told=raw.headers,
        )
        return Answer(raw.status, raw.body, chain[-1], page, headers)

    async def _patiently(self, url: str, headers: Pairs, body: bytes | None) -> tuple[Raw | None, Answer]:
        """Make a request in our turn, again where it failed for a reason that may pass."""
        host = self._hosts.setdefault(host_of(url), _Host())
        async with host.lock:
            try:
                return await self._in_turn(host, url, headers, body)
            except _NoTurn as told:
                host.closed = str(told)
                return None, Answer(url=url, problem=host.closed, stops=True)
            finally:
                self._turns.rest(url, host.free_at)

    async def _in_turn(
        self, host: _Host, url: str, headers: Pairs, body: bytes | None
    ) -> tuple[Raw | None, Answer]:
        if told := await self._not_now(host, url):
            return None, told
        raw, wait = Raw(), 0.0
        for number in range(_TRIES):
            # The day's budget and its hours may end between two tries.
            if number and (closed := self._closed_to_all(host_of(url))):
                return None, Answer(url=url, problem=closed, stops=True)
            raw = await self._once(host, url, headers, body)
            if raw.is_final or (raw.status and raw.status not in _AGAIN):
                break
            wait = retry_after(raw)
            if wait > _LONGEST_WAIT:
                pause = self._pause(url, str(Cause.PAUSED), min(wait, _LONGEST_PAUSE))
                return None, Answer(url=url, problem=pause, stops=True)
            if number + 1 < _TRIES:
                usual = max(self._manners.delay, 0.05) * 2**number
                await asyncio.sleep(wait or min(usual, _LONGEST_WAIT))
        return self._came(host, url, raw)

    def _came(self, host: _Host, url: str, raw: Raw) -> tuple[Raw | None, Answer]:
        has_failed = not raw.status or raw.status in _AGAIN
        host.failures = host.failures + 1 if has_failed else 0
        told = raw.problem or f"{face_of(raw.status, '') or Cause.DOWN}（状态码 {raw.status}）"
        if raw.status in _REFUSALS:
            told = self._pause(url, told)
            # What was refused is told for itself; from the next request on the host is left alone.
            if has_failed:
                return None, Answer(raw.status, url=url, problem=told, stops=True)
        if not has_failed:
            return raw, Answer()
        if host.failures >= _IN_A_ROW:
            told = f"连续 {_IN_A_ROW} 次没有得到应答，这次不再请求；{told}"
            # Where no name is resolved it may well be our own line that is down.
            host.closed = self._pause(url, told) if raw.is_reached else told
            return None, Answer(raw.status, url=url, problem=host.closed, stops=True)
        return None, Answer(raw.status, url=url, problem=told)

    def _pause(self, url: str, cause: str, seconds: float = _PAUSE) -> str:
        """Leave a host alone for a while; return what is to be said of it."""
        until = time.time() + seconds
        self._state.hosts.rest(host_of(url), until, cause)
        return paused(cause, until)

    async def _not_now(self, host: _Host, url: str) -> Answer | None:
        """Return why a host is not to be asked now, or not for this."""
        origin = origin_of(url)
        told = host.closed or self._closed_to_all(host_of(url))
        if not told and origin not in host.rules:
            # To ask for robots.txt counts, too.
            host.closed = await self._read_robots(host, origin)
            told = host.closed or self._closed_to_all(host_of(url))
        if told := told or hours_problem(host.rules[origin]):
            return Answer(url=url, problem=told, stops=True)
        if not host.rules[origin].can_fetch(url, NAME):
            return Answer(url=url, problem=str(Cause.ROBOTS), may_pass=False)
        return None

    def _closed_to_all(self, host: str) -> str:
        """Return why a host is not to be asked now: the hour, a pause, the day's budget; else empty."""
        if not is_time(self._manners.hours):
            return f"{Cause.HOURS}（{self._manners.hours}）"
        standing = self._state.hosts.standing(host)
        if standing.rests:
            return paused(standing.cause, standing.rest_until)
        return str(Cause.BUDGET) if standing.asked >= self._manners.daily else ""

    async def _read_robots(self, host: _Host, origin: str) -> str:
        """Read robots.txt, wherever on the host it is; return why nothing is to be asked for now, if so."""
        place, raw = f"{origin}/robots.txt", Raw()
        for _ in range(_MOST_REDIRECTS + 1):
            raw = await self._robots(host, place)
            moved = whole(place, raw.header("location")) if raw.status in _REDIRECTS else ""
            if host_of(moved) != host_of(origin):
                break
            place = moved
        if not raw.status or raw.status >= 500 or raw.status == 429:
            return f"读不到 robots.txt（{raw.problem or f'状态码 {raw.status}'}），这次不采集"
        host.rules[origin] = rules_of(raw)
        host.delay = max(host.delay, delay_of(host.rules[origin]))
        host.free_at = max(host.free_at, time.monotonic() + host.delay)
        return ""

    async def _robots(self, host: _Host, place: str) -> Raw:
        """Ask for robots.txt, twice where need be; under a condition where it is kept."""
        kept = self._state.page(place)
        held = self._held(kept)
        headers = _headers(None, kept if held is not None else None)
        raw = Raw()
        for number in range(2):
            raw = await self._once(host, place, headers, None)
            if raw.status and raw.status < 500:
                break
            if number == 0:
                await asyncio.sleep(min(retry_after(raw) or max(self._manners.delay, 0.05), _LONGEST_WAIT))
        answer = self._answer(raw, headers, (place,), (kept, held))
        if raw.status == 200:
            self._archive.put(answer.page.sha256, raw.body)
            self._state.keep(place, answer.page, dict(headers), is_new=True)
        return replace(raw, status=answer.status, body=answer.body)

    async def _once(self, host: _Host, url: str, headers: Pairs, body: bytes | None) -> Raw:
        """Make one request when the host's clock says so, and nobody else asks it."""
        usual = self._manners.delay * random.uniform(0.5, 1.5)  # noqa: S311  jitter is no secret
        wait = host.free_at - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        if told := await self._turns.take(url):
            raise _NoTurn(told)
        self._state.hosts.count(host_of(url))
        try:
            return await self._download(url, headers, body)
        finally:
            host.free_at = time.monotonic() + max(usual, host.delay)


def _headers(ask: Ask | None, kept: Page | None) -> Pairs:
    told = []
    if ask is not None and ask.referer:
        told.append(("Referer", ask.referer))
    if kept is not None and kept.etag:
        told.append(("If-None-Match", kept.etag))
    if kept is not None and kept.modified:
        told.append(("If-Modified-Since", kept.modified))
    return tuple(told)
