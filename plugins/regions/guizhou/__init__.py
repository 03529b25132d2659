"""贵州省: its joined households, its villagers' meetings and its 法治 brands, as its reports count them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nianbao import Extractor, RegionProfile, hookimpl
from nianbao.regions import load_profile
from plugins.regions.guizhou.brands import EXTRACTOR


@hookimpl
def nianbao_extractors() -> Iterator[Extractor]:
    """Yield what no card can say: the brands that are named after the report's own places."""
    yield EXTRACTOR


@hookimpl
def nianbao_regions() -> Iterator[RegionProfile]:
    """Yield the profile of 贵州省."""
    yield load_profile(Path(__file__).with_name("profile.yml"))
