"""When a host may be asked again: what its answer asks for, what hours are set."""

from __future__ import annotations

import time
from datetime import datetime
from datetime import time as daytime
from email.utils import parsedate_to_datetime

from connectors.sources.website.answers import Raw
from connectors.sources.website.hosts import SHANGHAI, clock


def retry_after(raw: Raw) -> float:
    """Return how many seconds an answer asks to wait, by number or by date; 0 where it doesn't."""
    told = raw.header("retry-after").strip()
    if not told:
        return 0.0
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return 0.0


def within(start: daytime, now: daytime, end: daytime) -> bool:
    """Tell whether a time of day is between two others, of which the second may be tomorrow's."""
    return start <= now <= end if start <= end else now >= start or now <= end


def is_time(hours: str) -> bool:
    """Tell whether it is within hours of Beijing's clock (20:00-07:00); always where there are none."""
    if not hours:
        return True
    start, end = (daytime.fromisoformat(each) for each in hours.split("-"))
    return within(start, datetime.now(SHANGHAI).time(), end)


def paused(cause: str, until: float) -> str:
    """Return what is said of a host that is left alone until a moment (seconds since 1970)."""
    return f"{cause}，{clock(until)} 以前不再请求"
