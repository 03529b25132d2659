"""天津市: its mediation centres, its platform of governance and its whistles, as its reports count them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nianbao import RegionProfile, hookimpl
from nianbao.regions import load_profile


@hookimpl
def nianbao_regions() -> Iterator[RegionProfile]:
    """Yield the profile of 天津市."""
    yield load_profile(Path(__file__).with_name("profile.yml"))
