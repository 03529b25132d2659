"""What is asked of a site, and what comes of an answer; nothing here asks anything."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode, urlsplit


class Role(StrEnum):
    """What an answer is for."""

    LIST = "list"
    DATA = "data"
    PAGE = "page"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request that a crawl has to make.

    Args:
        url: without a fragment.
        role: what its answer is for.
        start: the list page that led here first.
        form: the fields of a POST; a GET where there are none.
        referer: the page that it is asked from.
        title: as the list or the link has it.
        day: as the list has it.
        trail: the addresses that led here, the start first.
        memo: what the walk along a list remembers.
        read: whether a file stands for its page, and is to be read.
    """

    url: str
    role: Role
    start: str
    form: tuple[tuple[str, str], ...] = ()
    referer: str = ""
    title: str = ""
    day: str = ""
    trail: tuple[str, ...] = ()
    memo: tuple[tuple[str, str], ...] = ()
    read: bool = True

    @property
    def key(self) -> str:
        """What tells it from the others of its crawl."""
        return f"{self.url}\n{urlencode(self.form)}" if self.form else self.url

    @property
    def is_first(self) -> bool:
        """Whether it is the list page that the profile names."""
        return self.role is Role.LIST and self.url == self.start

    @property
    def column(self) -> str:
        """The list whose rows it tells; an interface may tell the start's from the first one on again."""
        return self.told("column", self.start)

    def told(self, name: str, default: str = "") -> str:
        """Return what the walk remembers under a name."""
        return dict(self.memo).get(name, default)

    def to_json(self) -> str:
        """Return it as the state keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Ask:
        """Return what `to_json` wrote."""
        told: dict[str, Any] = json.loads(text)
        told["role"] = Role(told["role"])
        for name in ("form", "memo"):
            told[name] = tuple((str(key), str(value)) for key, value in told[name])
        return Ask(**{**told, "trail": tuple(told["trail"])})

    def further(self, url: str, role: Role | None = None, **changes: Any) -> Ask:
        """Return a request for a further part of the same list."""
        role = role or self.role
        return replace(self, url=url, role=role, referer=self.start, **{"form": (), **changes})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list.

    Args:
        url: its link, whole.
        title: the whole title where the list has it.
        day: as shown, or empty.
        is_own: whether it belongs to the list that was asked for.
    """

    url: str
    title: str
    day: str = ""
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """What a part of a list holds.

    Args:
        rows: its rows.
        asks: where the list goes on.
        total: how many rows the list says it has; None where it says nothing.
        is_guessed: whether the rows were found by their addresses alone, since no selector fits.
    """

    rows: tuple[Row, ...] = ()
    asks: tuple[Ask, ...] = ()
    total: int | None = None
    is_guessed: bool = False


def host_of(url: str) -> str:
    """Return the host of an address, in lower case."""
    return (urlsplit(url).hostname or "").lower()
