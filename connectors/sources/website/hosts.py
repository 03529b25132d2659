"""How hosts stand: what they were asked today, and which are left alone for a while, and why."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class HostStanding:
    """How a host stands.

    Args:
        host: its name.
        asked: how often it was asked today.
        rest_until: until when it is left alone (seconds since 1970); 0 where it is not.
        cause: why, as the user reads it.
    """

    host: str
    asked: int = 0
    rest_until: float = 0.0
    cause: str = ""

    @property
    def rests(self) -> bool:
        """Whether it is left alone now."""
        return self.rest_until > time.time()


class Hosts:
    """The hosts of a state; a day is Beijing's."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def standing(self, host: str) -> HostStanding:
        """Return how a host stands."""
        row = self._db.execute(
            "SELECT host, day, asked, rest_until, cause FROM hosts WHERE host = ?", (host,)
        ).fetchone()
        return _standing(row, today()) if row else HostStanding(host)

    def all(self) -> list[HostStanding]:
        """Return how all hosts stand that were ever asked."""
        day = today()
        rows = self._db.execute("SELECT host, day, asked, rest_until, cause FROM hosts ORDER BY host")
        return [_standing(row, day) for row in rows]

    def count(self, host: str) -> None:
        """Count a request to a host."""
        day = today()
        self._db.execute("INSERT OR IGNORE INTO hosts(host) VALUES(?)", (host,))
        self._db.execute(
            "UPDATE hosts SET asked = CASE WHEN day = ? THEN asked + 1 ELSE 1 END, day = ? WHERE host = ?",
            (day, day, host),
        )

    def rest(self, host: str, until: float, cause: str) -> None:
        """Leave a host alone until a time (seconds since 1970)."""
        self._db.execute("INSERT OR IGNORE INTO hosts(host) VALUES(?)", (host,))
        self._db.execute("UPDATE hosts SET rest_until = ?, cause = ? WHERE host = ?", (until, cause, host))


def _standing(row: tuple[str, str, int, float, str], day: str) -> HostStanding:
    host, told, asked, until, cause = row
    return HostStanding(host, asked if told == day else 0, until, cause)


def today() -> str:
    """Return the day in Beijing."""
    return f"{datetime.now(SHANGHAI):%Y-%m-%d}"


def clock(moment: float) -> str:
    """Return a moment (seconds since 1970) as Beijing's clock shows it."""
    return f"{datetime.fromtimestamp(moment, SHANGHAI):%m-%d %H:%M}"
