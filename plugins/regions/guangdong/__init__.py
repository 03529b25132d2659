"""广东省: its enforcement platform, its grids and its villages' legal deputies, as its reports count them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nianbao import RegionProfile, hookimpl
from nianbao.regions import load_profile


@hookimpl
def nianbao_regions() -> Iterator[RegionProfile]:
    """Yield the profile of 广东省."""
    yield load_profile(Path(__file__).with_name("profile.yml"))
