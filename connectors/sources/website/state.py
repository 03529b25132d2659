"""What is known of the sites that were crawled: what is still to ask, what was answered, how hosts stand.

Each answer and what follows from it is one transaction, so that a crawl killed anywhere goes on where it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from connectors.sources.website.answers import Page, Pass
from connectors.sources.website.asks import Ask
from connectors.sources.website.history import History
from connectors.sources.website.hosts import Hosts
from connectors.sources.website.tables import connected
from nianbao.errors import StoreError
from nianbao.sites.titles import names_nobody


class State:
    """The file; use it in one thread, close it at the end."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = connected(path)
        except sqlite3.Error as error:
            raise StoreError(
                f"打不开采集状态文件：{error}", where=str(path), hint="请检查权限和磁盘空间"
            ) from error
        self.hosts = Hosts(self._db)
        self.history = History(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is written within."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def tell(self, name: str, value: str) -> None:
        """Keep something by its name."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))

    def told(self, name: str) -> str:
        """Return what is kept by a name, or an empty string."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    # Passes.

    def begin(self, site: str, year: int, first: Iterable[Ask]) -> Pass:
        """Return the pass that is to be gone on with, or a new one with its first requests."""
        last = self.history.last(site, year)
        if last is not None and self.history.is_open(last):
            self._retry(last)
            return last
        now = Pass(site, year, last.number + 1 if last else 1)
        with self.transaction():
            if last is not None and not self.history.is_over(last):
                # What was begun anew before it came to its end knows less than the one before it.
                self.carry_over(last)
            self._db.execute(
                "INSERT INTO passes(site, year, number, began) VALUES(?, ?, ?, ?)", (*now.values, _now())
            )
            self.add(now, first)
            # Of the last two passes everything is kept, of older ones nothing.
            for outdated in (
                "DELETE FROM asks WHERE site = ? AND year = ? AND number < ?",
                "DELETE FROM rows WHERE site = ? AND year = ? AND number < ?",
                "DELETE FROM passes WHERE site = ? AND year = ? AND number < ?",
            ):
                self._db.execute(outdated, (site, year, now.number - 1))
        return now

    def _retry(self, one: Pass) -> None:
        """Ask again for what failed, and for what a list that failed would have led to."""
        self._db.execute(
            "UPDATE asks SET state = 'todo', tries = tries + 1 WHERE (site, year, number) = (?, ?, ?)"
            " AND (state = 'failed' OR (state = 'dropped' AND start IN"
            " (SELECT start FROM asks WHERE (site, year, number) = (?, ?, ?)"
            " AND state = 'failed' AND role IN ('list', 'data'))))",
            (*one.values, *one.values),
        )

    def end(self, one: Pass, causes: Iterable[str], *, is_whole: bool) -> None:
        """Write down what is to be said of a pass, and that it is over unless something is left to ask."""
        now, told = _now(), json.dumps(list(causes), ensure_ascii=False)
        self._db.execute(
            "UPDATE passes SET ended = ?, left_at = ?, causes = ? WHERE (site, year, number) = (?, ?, ?)",
            (now if is_whole else None, now, told, *one.values),
        )

    def causes(self, one: Pass) -> tuple[str, ...]:
        """Return what was to be said of a pass."""
        query = "SELECT causes FROM passes WHERE (site, year, number) = (?, ?, ?)"
        row = self._db.execute(query, one.values).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def causes_of(self, url: str) -> tuple[str, ...]:
        """Return what was to be said of the latest pass in which an address is still to be asked for."""
        row = self._db.execute(
            "SELECT causes FROM passes JOIN asks USING(site, year, number)"
            " WHERE key = ? AND state = 'todo' ORDER BY began DESC LIMIT 1",
            (url,),
        ).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    def note(self, one: Pass, notes: Iterable[str]) -> None:
        """Keep what lists showed of themselves."""
        told = json.dumps(list(notes), ensure_ascii=False)
        query = "UPDATE passes SET notes = ? WHERE (site, year, number) = (?, ?, ?)"
        self._db.execute(query, (told, *one.values))

    def notes(self, one: Pass) -> tuple[str, ...]:
        """Return what lists showed of themselves."""
        query = "SELECT notes FROM passes WHERE (site, year, number) = (?, ?, ?)"
        row = self._db.execute(query, one.values).fetchone()
        return tuple(json.loads(row[0])) if row else ()

    # What is to ask.

    def add(self, one: Pass, asks: Iterable[Ask]) -> None:
        """Add requests, each once."""
        self._db.executemany(
            "INSERT OR IGNORE INTO asks(site, year, number, key, start, role, ask)"
            " VALUES(?, ?, ?, ?, ?, ?, ?)",
            [(*one.values, ask.key, ask.start, ask.role, ask.to_json()) for ask in asks],
        )

    def next(self, one: Pass) -> Ask | None:
        """Return what is to be asked next: lists before what they lead to, what failed before at the end."""
        row = self._db.execute(
            "SELECT ask FROM asks WHERE (site, year, number) = (?, ?, ?) AND state = 'todo'"
            " ORDER BY tries, role NOT IN ('list', 'data'), place LIMIT 1",
            one.values,
        ).fetchone()
        return Ask.from_json(row[0]) if row else None

    def settle(self, one: Pass, ask: Ask, state: str = "done", *, is_report: bool = False) -> None:
        """Write down what became of a request: `done`, `failed` or `dropped`."""
        self._db.execute(
            "UPDATE asks SET state = ?, is_report = ?, ask = ?"
            " WHERE (site, year, number) = (?, ?, ?) AND key = ?",
            (state, is_report, ask.to_json(), *one.values, ask.key),
        )

    def drop_lists(self, one: Pass, start: str) -> None:
        """Drop what is still to ask of a list's static pages."""
        self._db.execute(
            "UPDATE asks SET state = 'dropped' WHERE (site, year, number) = (?, ?, ?)"
            " AND start = ? AND role = 'list' AND state = 'todo'",
            (*one.values, start),
        )

    def drop_others(self, one: Pass, starts: Collection[str]) -> None:
        """Drop what is still to ask from starts that are named no more."""
        query = "SELECT DISTINCT start FROM asks WHERE (site, year, number) = (?, ?, ?) AND state = 'todo'"
        gone = [start for (start,) in self._db.execute(query, one.values).fetchall() if start not in starts]
        self._db.executemany(
            "UPDATE asks SET state = 'dropped'"
            " WHERE (site, year, number) = (?, ?, ?) AND start = ? AND state = 'todo'",
            [(*one.values, start) for start in gone],
        )

    def left(self, one: Pass, state: str = "todo") -> int:
        """Return how many requests are left, or in another state."""
        query = "SELECT count(*) FROM asks WHERE (site, year, number) = (?, ?, ?) AND state = ?"
        return int(self._db.execute(query, (*one.values, state)).fetchone()[0])

    def was_report(self, one: Pass, ask: Ask) -> bool | None:
        """Tell whether an address was read in the pass before; None where it was not asked for."""
        row = self._db.execute(
            "SELECT is_report FROM asks WHERE (site, year, number) = (?, ?, ?) AND key = ?",
            (one.site, one.year, one.number - 1, ask.key),
        ).fetchone()
        return bool(row[0]) if row else None

    def carry_over(self, one: Pass) -> None:
        """Add the reports of the pass before that this one did not come to."""
        self._db.execute(
            "INSERT INTO asks(site, year, number, key, start, role, ask, state, is_report)"
            " SELECT site, year, number + 1, key, start, role, ask, 'kept', 1 FROM asks"
            " WHERE site = ? AND year = ? AND number = ? AND is_report ORDER BY place"
            " ON CONFLICT(site, year, number, key) DO UPDATE SET is_report = 1 WHERE state != 'done'",
            (one.site, one.year, one.number - 1),
        )

    def reports(self, one: Pass) -> list[Ask]:
        """Return what is to be read, in the order in which it was found."""
        found = self._db.execute(
            "SELECT ask FROM asks WHERE (site, year, number) = (?, ?, ?) AND is_report ORDER BY place",
            one.values,
        )
        return [Ask.from_json(row[0]) for row in found]

    def found(self, one: Pass) -> int:
        """Return how many reports there are: those of one title are one, unless it may be any issuer's."""
        titles = ((ask.told("of") or ask.title, ask.start) for ask in self.reports(one))
        return len({(title, start if names_nobody(title) else "") for title, start in titles})

    def outdated(self, one: Pass) -> tuple[int, str]:
        """Return how many reports could not be had this time, but stand as they were before; why one is."""
        told = self._db.execute(
            "SELECT count(*), coalesce(min(cause), '') FROM asks JOIN pages ON pages.url = key"
            " WHERE (site, year, number) = (?, ?, ?) AND state = 'failed' AND role IN ('page', 'file')"
            " AND is_report AND sha256 != ''",
            one.values,
        ).fetchone()
        return int(told[0]), str(told[1])

    def see(self, one: Pass, start: str, urls: Iterable[str]) -> int:
        """Write down the rows of a list; return how many are new in it."""
        before = self.seen(one, start)
        self._db.executemany(
            "INSERT OR IGNORE INTO rows VALUES(?, ?, ?, ?, ?)", [(*one.values, start, url) for url in urls]
        )
        return self.seen(one, start) - before

    def seen(self, one: Pass, start: str) -> int:
        """Return how many rows of a list were seen."""
        query = "SELECT count(*) FROM rows WHERE (site, year, number) = (?, ?, ?) AND start = ?"
        return int(self._db.execute(query, (*one.values, start)).fetchone()[0])

    # What was answered.

    def page(self, url: str) -> Page | None:
        """Return what is kept of an address."""
        row = self._db.execute(
            "SELECT sha256, media, etag, modified, title, cause, may_pass, chain, told, coalesce(fetched, '')"
            " FROM pages WHERE url = ?",
            (url,),
        ).fetchone()
        if row is None:
            return None
        chain, told = tuple(json.loads(row[7])), tuple(json.loads(row[8]).items())
        sha256, media, etag, modified, title, cause = map(str, row[:6])
        return Page(sha256, media, etag, modified, title, cause, bool(row[6]), chain, told, row[9])

    def keep(self, url: str, page: Page, asked: Mapping[str, str], *, is_new: bool) -> None:
        """Keep what was answered; where it is not new, only that it was looked at again."""
        self._db.execute("INSERT OR IGNORE INTO pages(url) VALUES(?)", (url,))
        self._db.execute(
            "UPDATE pages SET checked = ?, cause = '', title = coalesce(nullif(?, ''), title) WHERE url = ?",
            (_now(), page.title, url),
        )
        if is_new:
            self._db.execute(
                "UPDATE pages SET sha256 = ?, media = ?, etag = ?, modified = ?, chain = ?, asked = ?,"
                " told = ?, fetched = ? WHERE url = ?",
                (
                    page.sha256,
                    page.media,
                    page.etag,
                    page.modified,
                    json.dumps(page.chain),
                    json.dumps(dict(asked), ensure_ascii=False),
                    json.dumps(dict(page.told), ensure_ascii=False),
                    _now(),
                    url,
                ),
            )

    def fail(self, url: str, cause: str, *, may_pass: bool) -> None:
        """Write down why an address could not be had; what came of it earlier stays."""
        self._db.execute("INSERT OR IGNORE INTO pages(url) VALUES(?)", (url,))
        self._db.execute(
            "UPDATE pages SET cause = ?, may_pass = ?, checked = ? WHERE url = ?",
            (cause, may_pass, _now(), url),
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
