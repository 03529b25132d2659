"""One run at a time on one store: whoever holds its lock may write, and can be named."""

from __future__ import annotations

import json
import os
import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import URL

from nianbao.errors import StoreError
from nianbao.store.address import MEMORY, SQLITE, check_file, place_of, read_address

# Whoever only looks whether the lock is free holds it for an instant.
_GRACE_SECONDS = 1.0
_PAUSE_SECONDS = 0.2
_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a store's lock; what is not known is empty."""

    run: str = ""
    host: str = ""
    process: int = 0
    since: datetime | None = None

    @classmethod
    def here(cls, run: str) -> Holder:
        """Return this process as the holder."""
        return cls(run, socket.gethostname(), os.getpid(), datetime.now(UTC))

    def __str__(self) -> str:
        """Return it in Chinese."""
        told = []
        if self.run:
            told.append(f"运行编号 {self.run}")
        if self.host:
            told.append(f"主机 {self.host}")
        if self.process:
            told.append(f"进程 {self.process}")
        if self.since:
            told.append(f"自 {self.since.astimezone(_SHANGHAI):%Y-%m-%d %H:%M} 起")
        return "，".join(told)


class Lock(Protocol):
    """A store's lock."""

    def try_to_take(self, holder: Holder) -> bool:
        """Take it unless somebody holds it; return whether it was taken."""

    def holder(self) -> Holder | None:
        """Return who holds it, as far as can be told; None where nobody does."""

    def check(self) -> None:
        """Make sure, after whatever happened to the server, that it is still held.

        Raises:
            StoreError: somebody else has it now.
        """

    def give_back(self) -> None:
        """Let the next one have it."""


@contextmanager
def held(
    location: str | Path, run: str, *, wait: bool = False, waiting: Callable[[Holder], None] | None = None
) -> Iterator[Lock]:
    """Hold a store's lock.

    Args:
        location: the store, which need not be there yet; the folder of a file must be.
        run: the run that is to be named as the holder.
        wait: whether to wait as long as it takes, instead of refusing.
        waiting: told once whom we wait for.

    Raises:
        StoreError: somebody holds it and is named, or it can't be taken at all.
    """
    lock = lock_of(location)
    _wait_until(lambda: lock.try_to_take(Holder.here(run)), lock, location, wait=wait, waiting=waiting)
    try:
        yield lock
    finally:
        lock.give_back()


def await_turn(
    location: str | Path, *, wait: bool = False, waiting: Callable[[Holder], None] | None = None
) -> None:
    """Find out, before anything dear is begun, whether a store's lock is free.

    The arguments are those of `held`.

    Raises:
        StoreError: somebody holds it and is named.
    """
    lock = lock_of(location)
    _wait_until(lambda: lock.holder() is None, lock, location, wait=wait, waiting=waiting)


def _wait_until(
    free: Callable[[], bool],
    lock: Lock,
    location: str | Path,
    *,
    wait: bool,
    waiting: Callable[[Holder], None] | None,
) -> None:
    refused = time.monotonic() + _GRACE_SECONDS
    told = False
    while not free():
        if time.monotonic() > refused and not told:
            found = lock.holder() or Holder()
            if not wait:
                raise held_by(found, place_of(read_address(location)))
            if waiting is not None:
                waiting(found)
            told = True
        time.sleep(_PAUSE_SECONDS)


def held_by(found: Holder, place: str) -> StoreError:
    """Return the error that names who holds the lock of a place."""
    who = f"：{found}" if str(found) else ""
    return StoreError(
        f"另一次运行正在使用这个数据库{who}", where=place, hint="请等它结束后再运行，或加上 --wait 排队等候"
    )


def lock_of(location: str | Path) -> Lock:
    """Return the lock of a store, not taken yet.

    Raises:
        StoreError: the address is wrong.
    """
    url = read_address(location)
    if url.get_backend_name() == SQLITE:
        return NoLock() if (url.database or MEMORY) == MEMORY else FileLock(url)
    from nianbao.store.serverlock import ServerLock

    return ServerLock(url)


class NoLock:
    """The lock of a store in memory, which nobody else can reach."""

    def try_to_take(self, holder: Holder) -> bool:
        """Take it."""
        return True

    def holder(self) -> None:
        """Return nobody."""

    def check(self) -> None:
        """Find nothing wrong."""

    def give_back(self) -> None:
        """Give nothing back."""


class FileLock:
    """A locked file beside the database; the system frees it however its holder ends.

    Who holds it stands in a file of its own: on Windows nobody else can read a locked one.
    """

    def __init__(self, url: URL) -> None:
        from filelock import FileLock as LockedFile

        self._url = url
        database = Path((url.database or "").removeprefix("file:")).expanduser().resolve()
        self._place = str(database)
        self._card = database.with_name(f"{database.name}.lock.json")
        self._path = database.with_name(f"{database.name}.lock")
        self._file = LockedFile(self._path, thread_local=False)

    def try_to_take(self, holder: Holder) -> bool:
        """Take it unless somebody holds it; return whether it was taken."""
        from filelock import Timeout

        check_file(self._url)
        try:
            self._file.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            raise self._explain(error) from error
        since = holder.since.isoformat() if holder.since else ""
        card = {"run": holder.run, "host": holder.host, "process": holder.process, "since": since}
        try:
            self._card.write_text(json.dumps(card, ensure_ascii=False), "utf-8")
        except OSError as error:
            self.give_back()
            raise self._explain(error) from error
        return True

    def _explain(self, error: OSError) -> StoreError:
        hint = "请检查所在文件夹的权限和磁盘空间，或换一个位置"
        return StoreError(f"不能在数据库旁边建立锁文件：{error.strerror}", where=self._place, hint=hint)

    def holder(self) -> Holder | None:
        """Return who holds it, as far as can be told; None where nobody does."""
        from filelock import Timeout

        if not self._path.exists():
            return None
        try:
            with self._file.acquire(blocking=False):
                return None
        except Timeout:
            return self._read_card()
        except OSError:
            # Where no lock file can be made nobody can hold one.
            return None

    def _read_card(self) -> Holder:
        try:
            card = json.loads(self._card.read_text("utf-8"))
            since = datetime.fromisoformat(card["since"])
            return Holder(str(card["run"]), str(card["host"]), int(card["process"]), since)
        except (OSError, ValueError, KeyError, TypeError):
            return Holder()

    def check(self) -> None:
        """Find nothing wrong: the system keeps the lock as long as the process lives."""

    def give_back(self) -> None:
        """Let the next one have it."""
        with suppress(OSError):
            self._card.unlink()
        self._file.release()


# What `ServerLock` writes of itself, in the sixty-three bytes that PostgreSQL keeps of it.
_LABEL = re.compile(r"nianbao run (?P<run>\S*) (?P<process>\d+)@(?P<host>\S*)")
_LABEL_BYTES = 63


def label(holder: Holder) -> str:
    """Return a holder as the name of its connection."""
    host = holder.host.encode("ascii", "replace").decode()
    return f"nianbao run {holder.run} {holder.process}@{host}"[:_LABEL_BYTES]


def holder_of(told: str, since: datetime | None) -> Holder:
    """Return the holder that a connection's name tells."""
    found = _LABEL.match(told)
    return Holder(found["run"], found["host"], int(found["process"]), since) if found else Holder(since=since)
