"""What a site's robots.txt says where it is a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from .wire import Act, Wire


def robots(text: str) -> Act:
    """Answer with a text, filled in with what the fault was told: `seconds`, `rule`."""

    def act(wire: Wire, options: Mapping[str, str]) -> None:
        wire.send(replace(wire.reply, body=text.format(**{"seconds": "2", "rule": "/", **options}).encode()))

    return act


def window(wire: Wire, options: Mapping[str, str]) -> None:
    """Answer with `hours` in which one may ask; where none are given, they are six hours off."""
    first, last = (datetime.now(UTC) + timedelta(hours=hours) for hours in (6, 8))
    hours = options.get("hours", f"{first:%H%M}-{last:%H%M}")
    robots(f"User-agent: *\nVisit-time: {hours}\nRequest-rate: 1/{{seconds}}\n")(wire, options)
