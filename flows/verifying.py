"""Looks a store and its archive over, for the command and for the flow that does so by night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flows.stores import archive_of, existing_store, store_location
from flows.watch import Watch


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it.

    Args:
        faults: what is wrong, a Chinese line each.
        originals: how many raw files were looked at.
        has_archive: whether there was an archive to look at.
    """

    faults: tuple[str, ...]
    originals: int
    has_archive: bool

    @property
    def told(self) -> str:
        """The whole in one line."""
        counted = f"数据库和 {self.originals} 份原件" if self.has_archive else "数据库"
        found = f"发现 {len(self.faults)} 处问题" if self.faults else "没有发现问题"
        return f"{counted}核对完毕，{found}。"


def verify(store: str, archive: str, watch: Watch, tell: Callable[[str], None]) -> Verified:
    """Verify a store and its archive.

    Args:
        store: as the user names it.
        archive: as the user names it; empty for the usual one.
        watch: who is told of the progress.
        tell: told of each fault as soon as it is found.

    Raises:
        UsageError: there is no such store.
        StoreError: it can't be opened.
    """
    faults: list[str] = []

    def found(line: str) -> None:
        faults.append(line)
        tell(line)

    with existing_store(store) as opened:
        watch.phase("核对数据库")
        for line in opened.verify():
            found(line)
        kept = archive_of(store_location(store), archive)
        digests = opened.digests() if kept is not None else ()
        watch.phase("核对原件", len(digests))
        for digest in digests:
            if kept is not None and (line := kept.damaged(digest)):
                found(line)
            watch.advance()
    return Verified(tuple(faults), len(digests), kept is not None)
