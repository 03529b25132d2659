"""Waivers: findings that somebody answers for, with reason, name, date and expiry."""

from __future__ import annotations

from nianbao.waivers.entering import PreparedWaivers, WaiverState, prepare_waivers, state_of
from nianbao.waivers.matching import WHOLE_YEAR, foreign, key_of, matching, waive_report, waive_yearbook
from nianbao.waivers.reading import Waivers, read_waivers, waivers_of, write_waivers

__all__ = [
    "WHOLE_YEAR",
    "PreparedWaivers",
    "WaiverState",
    "Waivers",
    "foreign",
    "key_of",
    "matching",
    "prepare_waivers",
    "read_waivers",
    "state_of",
    "waive_report",
    "waive_yearbook",
    "waivers_of",
    "write_waivers",
]
