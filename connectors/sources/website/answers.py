"""How a crawl behaves, what comes of its requests, and what is kept of that."""

from __future__ import annotations

from dataclasses import dataclass, field

NAME = "nianbao"
# Names and values: of headers, or of a form.
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of an address.

    Args:
        sha256: of the bytes in the archive; empty where there are none.
        media: the declared type.
        etag, modified: the validators.
        title: as the page itself has it.
        cause: why it could not be had when it was last asked for; empty where it could.
        may_pass: whether that may be otherwise the next time.
        chain: the addresses that led to it, redirects included.
        told: the headers of the answer.
        fetched: when the bytes came.
    """

    sha256: str = ""
    media: str = ""
    etag: str = ""
    modified: str = ""
    title: str = ""
    cause: str = ""
    may_pass: bool = True
    chain: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    fetched: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """One crawl of a site for a year; year 0 for all years."""

    site: str
    year: int
    number: int

    @property
    def values(self) -> tuple[str, int, int]:
        """As columns."""
        return (self.site, self.year, self.number)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a crawl behaves.

    Args:
        contact: an address in the user agent; needed for the public web.
        delay: seconds between two requests to a host, give or take half of it.
        daily: requests to a host in a day.
        megabytes: the largest answer.
        seconds: how long an answer may take, and the scripts of a list.
        hours: when sites may be asked, by Beijing's clock (`20:00-07:00`); empty for any time.
        browser: the path of Chromium; empty to look for it.
    """

    contact: str = ""
    delay: float = 3.0
    daily: int = 500
    megabytes: int = 50
    seconds: int = 30
    hours: str = ""
    browser: str = ""

    @property
    def agent(self) -> str:
        """What the crawl calls itself."""
        from nianbao.manager import our_version

        return f"{NAME}/{our_version()}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True)
class Raw:
    """One answer as it came; `problem` where none came.

    `is_final` tells that asking again will not help, `is_reached` whether there was a host to ask at all.
    """

    status: int = 0
    headers: Pairs = ()
    body: bytes = b""
    problem: str = ""
    is_final: bool = False
    is_reached: bool = True

    def header(self, name: str) -> str:
        """Return a header, or an empty string."""
        return dict(self.headers).get(name, "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request at last.

    Args:
        status: of the last answer; 200 where the kept one still holds; 0 where there was none.
        body: the bytes.
        url: where they were found.
        page: what is to be kept of them.
        asked: the request's headers.
        is_new: whether they are not the kept ones.
        problem: why there is nothing, as the user reads it.
        may_pass: whether that may be otherwise the next time.
        stops: whether the host is not to be asked any more for now.
    """

    status: int = 0
    body: bytes = b""
    url: str = ""
    page: Page = field(default_factory=Page)
    asked: Pairs = ()
    is_new: bool = True
    problem: str = ""
    may_pass: bool = True
    stops: bool = False
