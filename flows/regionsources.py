"""A region named in place of a profile of sites: its plugin's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.manager import Registry, registry
from nianbao.regions import named_profile


def source_named(told: str, found: Callable[[], Registry] = registry) -> str:
    """Return the profile of sites of a region that is named by name or code, else what was told.

    What exists is never taken for a region's name, nor what looks like a path.

    Args:
        told: where the reports are, as the user writes it.
        found: gives the plugins' records; asked only where it may be a region's name.

    Raises:
        UsageError: the region's plugin brings no profile of sites.
    """
    path = Path(told).expanduser()
    if not told or path.suffix or len(path.parts) != 1 or path.exists():
        return told
    region = named_profile(found().regions, told)
    if region is None:
        return told
    if region.sites is None:
        hint = "请写报告所在的文件夹，或自己的站点配置（.yml）"
        raise UsageError(f"{region.name}的插件没有带站点配置", where=told, hint=hint)
    return str(region.sites)
