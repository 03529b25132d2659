"""How sites stand: what the last crawl came to, in one word and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# What is said of a site whose lists were shown in full, and have fewer reports of the year than they should.
LISTED_WHOLE = "列表正常，可能尚未发布"


class SiteState(StrEnum):
    """How a site stands, as the user reads it."""

    NORMAL = "正常"
    FEW = "不足"
    PARTIAL = "不全"
    EMPTY = "空"
    REDESIGNED = "改版"
    SCRIPTED = "须浏览器"
    BLOCKED = "拦截"
    FORBIDDEN = "禁采"
    MOVED = "迁移"
    DOWN = "无应答"
    OPEN = "未完"
    NEW = "未采集"

    @property
    def is_fine(self) -> bool:
        """Whether nobody need look at it."""
        return self in (SiteState.NORMAL, SiteState.NEW)


@dataclass(frozen=True, slots=True)
class SiteStanding:
    """How a site stands for a year.

    Args:
        site: what the user knows it by.
        year: of the reports; None where all years were collected together, or nothing was.
        state: in one word.
        crawled: when it was last collected; None where it never was.
        found: how many reports.
        expected: how many issuers should publish there; None where nobody said.
        asked: requests to its busiest host today.
        budget: how many there may be.
        left: how many addresses are still to be asked for.
        cause: what is to be said of it; empty where nothing is.
    """

    site: str
    year: int | None
    state: SiteState
    crawled: datetime | None
    found: int
    expected: int | None
    asked: int
    budget: int
    left: int
    cause: str

    @property
    def reports(self) -> str:
        """How many reports of how many, as the user reads it."""
        return str(self.found) if self.expected is None else f"{self.found} / {self.expected}"

    @property
    def requests(self) -> str:
        """How many of today's requests are used, as the user reads it."""
        return f"{self.asked} / {self.budget}"
