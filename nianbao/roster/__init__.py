"""The roster: the issuers that should report, and which of them have."""

from __future__ import annotations

from nianbao.roster.county import roster_of_county
from nianbao.roster.matching import match_roster, unlisted
from nianbao.roster.reading import read_roster

__all__ = ["match_roster", "read_roster", "roster_of_county", "unlisted"]
