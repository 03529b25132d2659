"""Tells by its title whether what a list shows is a report of the kind that is wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from nianbao.sites.lines import Told, read_yaml

_DEFAULTS = Path(__file__).with_name("titles.yml")
_BLANKS = re.compile(r"\s+")
_CUT = re.compile(r"(?:…+|\.{2,}|。{2,})$")
# 2023年度法治政府建设工作报告, of a column that is one issuer's.
_NOBODY = re.compile(r"(?:关于)?(?:20\d\d年?度?)?(?:(?:全面)?推进)?(?:法治政府|法治建设|依法行政)")


class Verdict(StrEnum):
    """What a title says of its paper."""

    WANTED = "wanted"
    UNWANTED = "unwanted"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class TitleFilter:
    """Which titles are wanted.

    Args:
        wanted: expressions of which one must be found.
        unwanted: expressions of which none may be.
    """

    wanted: tuple[re.Pattern[str], ...]
    unwanted: tuple[re.Pattern[str], ...]

    def judge(self, title: str) -> Verdict:
        """Tell whether a title is wanted; one that a list cut (…) and that may be is unsure."""
        told = _BLANKS.sub("", title)
        if any(pattern.search(told) for pattern in self.unwanted):
            return Verdict.UNWANTED
        if any(pattern.search(told) for pattern in self.wanted):
            return Verdict.WANTED
        return Verdict.UNSURE if _CUT.search(told) else Verdict.UNWANTED


def names_nobody(title: str) -> bool:
    """Tell whether a report's title may be any issuer's."""
    return _NOBODY.match(_BLANKS.sub("", title)) is not None


@cache
def usual_titles() -> TitleFilter:
    """Return what holds where a profile says nothing."""
    keys = read_yaml(_DEFAULTS.read_bytes(), _DEFAULTS.name).mapping(needed=("wanted", "unwanted"))
    return TitleFilter(patterns(keys["wanted"]), patterns(keys["unwanted"]))


def patterns(told: Told) -> tuple[re.Pattern[str], ...]:
    """Read regular expressions.

    Raises:
        UsageError: one is none; says in which line.
    """
    return tuple(_pattern(each) for each in told.items())


def _pattern(told: Told) -> re.Pattern[str]:
    try:
        return re.compile(told.text())
    except re.error as error:
        raise told.error(f"不是合格的正则表达式：{told.text()}", "括号、方括号要成对") from error
