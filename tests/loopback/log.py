"""What was asked of the loopback site, by whom, when, and what became of it."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise


@dataclass(slots=True)
class Entry:
    """One request.

    Args:
        site: the key of the site that was asked.
        method: of the request.
        target: path and query.
        headers: of the request, by their names in lower case.
        at: when it came, in seconds of a clock that only goes forward.
        connection: the client's port: requests over the same connection share it.
        connections: how many connections to the host were open then.
        busy: how many requests to the host were under way then, this one included.
        status: of the answer; 0 while there is none, or where the connection was broken off.
        sent: bytes of the answer's body.
        seconds: how long it took.
        fault: the fault that befell it.
    """

    site: str
    method: str
    target: str
    headers: Mapping[str, str]
    at: float
    connection: int
    connections: int
    busy: int
    status: int = 0
    sent: int = 0
    seconds: float = 0.0
    fault: str = ""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def is_conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


class Log:
    """All requests since the last `clear`, in the order in which they came."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self._entries: list[Entry] = []
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()
        self._busy: Counter[str] = Counter()

    def of(self, site: str | None = None, *, status: int | None = None) -> list[Entry]:
        """Return the requests of a site, or of all; with one status, or any."""
        with self._lock:
            entries = list(self._entries)
        return [each for each in entries if site in (None, each.site) and status in (None, each.status)]

    def targets(self, site: str | None = None, *, status: int | None = None) -> list[str]:
        """Return the paths and queries that were asked for."""
        return [each.target for each in self.of(site, status=status)]

    def most_connections(self, site: str) -> int:
        """Return how many connections to a host were open at once at most, as its requests saw it.

        A server learns a moment late that a client has closed one.
        """
        return max((each.connections for each in self.of(site)), default=0)

    def most_busy(self, site: str) -> int:
        """Return how many requests to a host were under way at once at most."""
        return max((each.busy for each in self.of(site)), default=0)

    def gaps(self, site: str) -> list[float]:
        """Return the seconds from each request to a host to its next."""
        return [after.at - before.at for before, after in pairwise(self.of(site))]

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.errors.clear()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.of())

    def __len__(self) -> int:
        return len(self._entries)

    def lines(self, first: int = 0) -> str:
        """Return the requests from a place on, a JSON object a line."""
        return "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in self.of()[first:])

    # For the server.

    def opened(self, site: str) -> None:
        with self._lock:
            self._open[site] += 1

    def closed(self, site: str) -> None:
        with self._lock:
            self._open[site] -= 1

    def begin(
        self, site: str, method: str, target: str, headers: Mapping[str, str], at: float, port: int
    ) -> Entry:
        with self._lock:
            self._busy[site] += 1
            entry = Entry(site, method, target, headers, at, port, self._open[site], self._busy[site])
            self._entries.append(entry)
            return entry

    def end(self, entry: Entry, *, status: int, sent: int, seconds: float) -> None:
        with self._lock:
            self._busy[entry.site] -= 1
            entry.status, entry.sent, entry.seconds = status, sent, seconds

    def failed(self, told: str) -> None:
        with self._lock:
            self.errors.append(told)
