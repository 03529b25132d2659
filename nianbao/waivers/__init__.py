"""Waivers: findings that somebody answers for, with reason, name, date and expiry."""

from __future__ import annotations

from nianbao.waivers.matching import WHOLE_YEAR, foreign, waive_report, waive_yearbook
from nianbao.waivers.reading import Waivers, read_waivers

__all__ = ["WHOLE_YEAR", "Waivers", "foreign", "read_waivers", "waive_report", "waive_yearbook"]
