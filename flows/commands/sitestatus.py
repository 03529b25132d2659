"""`nianbao status` of a profile of sites, or of a manifest: how each site stands, and a page of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.request import Request
from flows.stores import store_location
from nianbao.errors import UsageError
from nianbao.manifest import is_manifest, read_manifest
from nianbao.settings import load_settings
from nianbao.sites import load_sites
from nianbao.steps import SHANGHAI

if TYPE_CHECKING:
    from nianbao.sites.standing import SiteStanding

_PROFILES = (".yml", ".yaml")


def has_sites(source: str) -> bool:
    """Tell whether a place is a profile of sites, or a manifest."""
    return source.lower().endswith(_PROFILES) or is_manifest(source)


def sites_command(source: str, store: str, *, as_json: bool, page: Path | None) -> int:
    """Print how the sites stand; return the exit status, which is 1 where one needs a look.

    Args:
        source: a profile or a manifest.
        store: as the user names it; what was collected stands beside it.
        as_json: whether for programs.
        page: where to write the page, if it is wanted.

    Raises:
        UsageError: the profile is wrong, nothing was collected there, or the page can't be written.
    """
    title, rows = _standings(source, store)
    if as_json:
        for row in rows:
            print(json.dumps(_told(row), ensure_ascii=False))
    else:
        _show(title, rows)
    if page is not None:
        from outputs.sitepage import site_page

        try:
            page.write_text(site_page(f"{title}：采集情况", datetime.now(SHANGHAI), rows), "utf-8")
        except OSError as error:
            raise UsageError(f"无法写入：{error.strerror}", where=str(page)) from error
        if not as_json:
            print(f"已写出 {page}")
    return 0 if all(row.state.is_fine for row in rows) else 1


def _standings(source: str, store: str) -> tuple[str, list[SiteStanding]]:
    path, settings = Path(source).expanduser(), load_settings()
    links: tuple[str, ...] = ()
    region = None
    if is_manifest(source):
        rows = read_manifest(path, allow_private=settings.web_private)
        links = tuple(
            dict.fromkeys(row.link for row in rows if row.link and not row.file and not row.problem)
        )
        if not links:
            raise UsageError("名录里没有网址", where=source, hint="文件的处理情况请用 nianbao status 查看")
    else:
        region = load_sites(path)
    kept = Path(Request(source, Path(), store=store_location(store)).crawl_location)
    if not kept.is_file():
        hint = "请先用 nianbao run 采集，或用 --store 写明结果文件夹"
        raise UsageError("这里没有采集记录", where=str(kept), hint=hint)
    from connectors.sources.website.standing import link_standings, standings

    if region is not None:
        return region.name, standings(region, kept, settings.web_daily)
    return path.name, link_standings(links, path.name, kept, settings.web_daily)


def _told(row: SiteStanding) -> dict[str, object]:
    return {
        "site": row.site,
        "year": row.year,
        "state": row.state.name.lower(),
        "crawled": row.crawled.isoformat() if row.crawled else None,
        "found": row.found,
        "expected": row.expected,
        "requests": row.asked,
        "budget": row.budget,
        "left": row.left,
        "cause": row.cause,
    }


def _show(title: str, rows: Sequence[SiteStanding]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, soft_wrap=True)
    table = Table("站点", "年度", "状态", "最近采集", title=title)
    for header in ("报告", "今日请求", "待采集"):
        table.add_column(header, justify="right")
    for row in rows:
        crawled = f"{row.crawled:%Y-%m-%d %H:%M}" if row.crawled else "—"
        year = str(row.year or "各年")
        table.add_row(row.site, year, row.state, crawled, row.reports, row.requests, str(row.left))
    console.print(table)
    for row in rows:
        if row.cause:
            console.print(f"{row.site}（{row.year or '各年'}）：{row.cause}", markup=False)
