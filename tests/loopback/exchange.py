"""What is asked of a site, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from enum import StrEnum
from hashlib import sha256
from urllib.parse import parse_qsl, unquote, urlsplit


class Part(StrEnum):
    """What part of a site an answer is: faults are aimed at parts."""

    LIST = "list"
    DATA = "data"
    PAGE = "page"
    FILE = "file"
    ROBOTS = "robots"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request.

    Args:
        method: GET, HEAD or POST.
        target: path and query as sent.
        headers: by their names in lower case.
        body: of a POST.
    """

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The fields of the body, over those of the address."""
        return {**self.query, **dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))}

    @property
    def cookies(self) -> dict[str, str]:
        pairs = (each.split("=", 1) for each in self.headers.get("cookie", "").split(";") if "=" in each)
        return {name.strip(): value.strip() for name, value in pairs}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer.

    Args:
        body: its bytes.
        status: its status.
        media: its Content-Type, as the server says it.
        part: what part of the site it is.
        modified: the day of its last change; answers without one bear no validators.
        headers: further headers.
    """

    body: bytes = b""
    status: int = 200
    media: str = "text/html"
    part: Part = Part.OTHER
    modified: date | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:16]}"'

    @property
    def last_modified(self) -> str:
        day = self.modified or date(2021, 1, 1)
        return format_datetime(datetime.combine(day, time(8, 30), UTC), usegmt=True)

    def with_headers(self, *headers: tuple[str, str]) -> Reply:
        return replace(self, headers=(*self.headers, *headers))


def page(markup: str, status: int = 200, part: Part = Part.OTHER) -> Reply:
    """Return a page in UTF-8."""
    return Reply(markup.encode(), status, "text/html; charset=utf-8", part)


def redirect(where: str, status: int = 302, *headers: tuple[str, str]) -> Reply:
    """Return a redirect."""
    return Reply(b"", status, headers=(("Location", where), *headers))
