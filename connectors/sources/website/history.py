"""The passes over sites: which was the last, how far it came, whether it is over."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from connectors.sources.website.answers import Pass

# What was begun longer ago is begun anew: lists will have changed.
_OPEN_DAYS = 3


class History:
    """What a state tells of its passes; it changes nothing but the rounds."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def last(self, site: str, year: int) -> Pass | None:
        """Return the latest pass of a site."""
        row = self._db.execute(
            "SELECT max(number) FROM passes WHERE site = ? AND year = ?", (site, year)
        ).fetchone()
        return Pass(site, year, int(row[0])) if row[0] is not None else None

    def passes(self, site: str) -> list[tuple[Pass, str]]:
        """Return the latest pass of a site for each year, and when it was last worked at."""
        rows = self._db.execute(
            "SELECT year, max(number), coalesce(left_at, began) FROM passes WHERE site = ? GROUP BY year"
            " ORDER BY year",
            (site,),
        )
        return [(Pass(site, year, number), told) for year, number, told in rows]

    def tally(self, sites: Sequence[str], year: int, since: str) -> tuple[int, Counter[str]]:
        """Return how many sites were left since a moment, and how many requests of all are in which state."""
        done, counts = 0, Counter[str]()
        for one in filter(None, (self.last(site, year) for site in sites)):
            query = "SELECT left_at FROM passes WHERE (site, year, number) = (?, ?, ?)"
            left = self._db.execute(query, one.values).fetchone()
            done += bool(left and left[0] and left[0] >= since)
            query = "SELECT state, count(*) FROM asks WHERE (site, year, number) = (?, ?, ?) GROUP BY state"
            counts.update(dict(self._db.execute(query, one.values).fetchall()))
        return done, counts

    def is_open(self, one: Pass) -> bool:
        """Tell whether a pass is to be gone on with: begun not long ago, and not over."""
        query = "SELECT began FROM passes WHERE (site, year, number) = (?, ?, ?)"
        row = self._db.execute(query, one.values).fetchone()
        return not self.is_over(one) and _is_recent(row[0])

    def is_over(self, one: Pass) -> bool:
        """Tell whether a pass came to its end."""
        return bool(self._ended(one))

    def begin_round(self, order: str) -> None:
        """Write down that the sites of an order are collected; one that was broken off goes on.

        Args:
            order: what tells it from others: profile and year.
        """
        kept = self._round()
        if not (kept[0] == order and _is_recent(kept[1])):
            self._keep(order, _now())

    def end_round(self) -> None:
        """Write down that all sites were come to: from here on they are collected anew."""
        self._keep("", "")

    def is_done(self, site: str, year: int) -> bool:
        """Tell whether a site's last pass was over within the round that is under way."""
        one, since = self.last(site, year), self._round()[1]
        if one is None or not since:
            return False
        return self._ended(one) >= since

    def _ended(self, one: Pass) -> str:
        query = "SELECT ended FROM passes WHERE (site, year, number) = (?, ?, ?)"
        row = self._db.execute(query, one.values).fetchone()
        return (row[0] if row else None) or ""

    def _round(self) -> tuple[str, str]:
        row = self._db.execute("SELECT value FROM meta WHERE name = 'round'").fetchone()
        order, _, since = (row[0] if row else "").partition(" ")
        return order, since

    def _keep(self, order: str, since: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES('round', ?)", (f"{order} {since}",))


def _is_recent(moment: str) -> bool:
    return datetime.fromisoformat(moment) > datetime.now(UTC) - timedelta(_OPEN_DAYS)


def _now() -> str:
    """Return the moment in a way that sorts behind what ended earlier within its second."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
