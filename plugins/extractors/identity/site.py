"""To which region a page's site belongs: that of the profile asked for, or of the one that names its host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao import FactName, RegionProfile
from nianbao.divisions import Divisions
from nianbao.regions import chosen_region, names_host
from plugins.extractors.identity.page import Page


@dataclass(frozen=True, slots=True)
class Site:
    """The region of a page's site.

    Args:
        code: its division code; empty where nothing tells it, or several profiles without anything in common.
        told: who tells it, in Chinese; empty where nobody does.
    """

    code: str = ""
    told: str = ""


def site_of(
    page: Page, region: RegionProfile | None, hosted: Sequence[RegionProfile], directory: Divisions
) -> Site:
    """Return the region of a page's site.

    Args:
        page: the document.
        region: the profile that applies, or None.
        hosted: the profiles that name the page's host.
        directory: the divisions.
    """
    hosts = page.facts(FactName.HOST)
    if region and not _covers(region, hosts):
        site = site_of(page, None, hosted, directory)
        return replace(site, told=f"{site.told}，不在指定的{region.name}") if site.told else site
    if region := region or chosen_region(hosted):
        others = [each.name for each in hosted if each.code != region.code]
        told = _told_by(region, hosts)
        return Site(region.code, f"{told}，也列在{'、'.join(others)}的站点中" if others else told)
    if not hosted:
        return Site()
    named = [host for host in hosts if any(names_host(each, host) for each in hosted)]
    told = f"网站 {'、'.join(named)} 列在{'、'.join(each.name for each in hosted)}几个地区的站点中"
    return Site(_shared(hosted, directory), told)


def _covers(region: RegionProfile, hosts: Sequence[str]) -> bool:
    """A profile that names its sites says nothing of other sites."""
    return not (hosts and region.hosts) or any(names_host(region, host) for host in hosts)


def _told_by(region: RegionProfile, hosts: Sequence[str]) -> str:
    host = next((host for host in hosts if names_host(region, host)), None)
    return f"网站 {host} 属于{region.name}" if host else f"指定的地区是{region.name}"


def _shared(hosted: Sequence[RegionProfile], directory: Divisions) -> str:
    """Return the code of the finest division that holds all of several regions, or an empty string."""
    lineages = [directory.lineage(each.code) for each in hosted]
    shared = ""
    for level in zip(*lineages, strict=False):
        if len({division.code for division in level}) > 1:
            break
        shared = level[0].code
    return shared
