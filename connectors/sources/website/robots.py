"""What a host's robots.txt says: what may be asked for, how often, and at what hours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectors.sources.website.answers import NAME, Raw
from connectors.sources.website.waits import within

if TYPE_CHECKING:
    from protego import Protego

# RFC 9309, 2.5: at least 500 KiB are read.
_MOST = 512 * 1024


def origin_of(url: str) -> str:
    """Return for what a robots.txt holds: scheme, host and port (RFC 9309, 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def rules_of(raw: Raw) -> Protego:
    """Return an answer's rules; all is allowed where there are none, or a page in their place."""
    from protego import Protego

    text = raw.body[:_MOST].decode("utf-8", "replace") if raw.status == 200 else ""
    return Protego.parse("" if "<html" in text[:2000].lower() else text)


def delay_of(rules: Protego) -> float:
    """Return how many seconds are asked for between two requests."""
    rate = rules.request_rate(NAME)
    return max(rules.crawl_delay(NAME) or 0.0, rate.seconds / max(rate.requests, 1) if rate else 0.0)


def hours_problem(rules: Protego) -> str:
    """Return that now is no time to ask, as the user reads it; empty where it is."""
    window = rules.visit_time(NAME)
    if window is None or within(window.start_time, datetime.now(UTC).time(), window.end_time):
        return ""
    span = f"{window.start_time:%H:%M}–{window.end_time:%H:%M}"
    return f"现在不在 robots.txt 允许的时段（{span}，世界时），下次运行再采集"
