"""江苏省: its platforms, its grid work and its ways of deliberation, as its reports count them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nianbao import RegionProfile, hookimpl
from nianbao.regions import load_profile


@hookimpl
def nianbao_regions() -> Iterator[RegionProfile]:
    """Yield the profile of 江苏省."""
    yield load_profile(Path(__file__).with_name("profile.yml"))
