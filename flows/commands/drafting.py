"""`nianbao sources new`: drafts a profile from a list page, with a test of it; no Prefect, no store."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from connectors.sources.website import manners_of
from connectors.sources.website.drafted import profile_text, test_text
from connectors.sources.website.drafting import Draft, draft
from connectors.sources.website.saved import SavedPage, saved_page
from connectors.sources.website.trying import fetch_page
from flows.stopping import StoppedError
from nianbao.errors import PublishError, UsageError
from nianbao.settings import load_settings
from nianbao.sites import read_sites
from nianbao.sites.regions import GuessedRegion, guess_region, named_region

_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
_MOST_SHOWN = 5
_LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Files:
    """The files that are written, beside each other."""

    profile: Path
    test: Path
    page: Path


def new_command(
    place: str,
    out: Path | None,
    *,
    address: str,
    region: str,
    name: str,
    browser: bool,
    allow_private: bool,
    force: bool,
) -> int:
    """Draft a profile, and say what was guessed and what not; return the exit status.

    Args:
        place: the address of a list page, or a file that holds one.
        out: the profile's file; None for one named for the region, in the working directory.
        address: where a saved page was; empty where it tells itself.
        region: division code or name; empty for that of the site.
        name: the region's name; empty for that of the table of divisions.
        browser: whether a browser alone shows the list.
        allow_private: whether the address may be a private one, for tests.
        force: whether files may be written over.

    Raises:
        UsageError: there is no such page, it is no list page, nothing tells its region, or files are there.
        StoppedError: the user stopped it.
        PublishError: a file can't be written.
    """
    try:
        page = _page(place, address, allow_private=allow_private)
    except KeyboardInterrupt as error:
        raise StoppedError("已停止；什么也没有写。") from error
    host = urlsplit(page.address).hostname or ""
    found = _region(page, host, region, name)
    site = page.sites[0] if page.sites else host
    drafted = draft(page, site, browser=browser, allow_private=allow_private)
    text = profile_text(drafted, found.code, found.name)
    # What the profile's reader would refuse, such as a private address, is refused before it is written.
    try:
        read_sites(text, page.address)
    except UsageError as error:
        raise UsageError(error.message, where=place, hint=error.hint) from error
    files = _files(out or Path(f"{_stem(found.name)}.yml"))
    copied = _is_same(files.page, place)
    _refuse_existing(files, force=force, copied=copied)
    _write(files.profile, text.encode())
    _write(files.test, test_text(drafted, files.profile.name, files.page.name).encode())
    if not copied:
        _write(files.page, page.data)
    for line in (*_said(drafted, found, page), *_unsaid(drafted, page), *_next(files)):
        print(line)
    sys.stdout.flush()
    return 0


def _page(place: str, address: str, *, allow_private: bool) -> SavedPage:
    if "://" in place:
        fetched = fetch_page(place, manners_of(load_settings()), allow_private=allow_private)
        return saved_page(fetched.body, place, fetched.url, fetched.media)
    path = Path(place).expanduser()
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError("文件太大，不像一个列表页", where=place)
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"打不开网页：{error.strerror}", where=place) from error
    return saved_page(data, place, address)


def _region(page: SavedPage, host: str, told: str, name: str) -> GuessedRegion:
    if not told:
        found = guess_region(page.sites, host)
        if found is None:
            shown = "、".join(f"“{each}”" for each in page.sites) or "没有写"
            hint = "请用 --region 写出区划代码"
            raise UsageError(
                f"看不出这个网站是哪个地区的（网站名称：{shown}）", where=page.address, hint=hint
            )
    elif (found := named_region(told)) is None:
        if not (_CODE.fullmatch(told) and name):
            hint = "请写 2、4 或 6 位区划代码；区划表里没有的，再用 --name 写出名称"
            raise UsageError(f"区划表里没有 {told}，或不止一处", where="--region", hint=hint)
        found = GuessedRegion(told, name, "--region")
    return GuessedRegion(found.code, name or found.name, found.told_by)


def _files(profile: Path) -> _Files:
    stem = _stem(profile.stem)
    return _Files(profile, profile.with_name(f"test_{stem}.py"), profile.with_name(f"{stem}.html"))


def _stem(name: str) -> str:
    """Return what may be the name of a module of tests."""
    return re.sub(r"\W+", "_", name)


def _is_same(path: Path, place: str) -> bool:
    return "://" not in place and path.exists() and path.samefile(Path(place).expanduser())


def _refuse_existing(files: _Files, *, force: bool, copied: bool) -> None:
    written = [files.profile, files.test, *([] if copied else [files.page])]
    there = [str(path) for path in written if path.exists()]
    if there and not force:
        raise UsageError(f"文件已经存在：{'、'.join(there)}", hint="请换一个 --out，或加 --force 覆盖")
    if not files.profile.parent.is_dir():
        raise UsageError("没有这个文件夹", where=str(files.profile.parent), hint="请先新建")


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise PublishError(f"写不了文件：{error.strerror}", where=str(path)) from error


def _said(drafted: Draft, region: GuessedRegion, page: SavedPage) -> Iterator[str]:
    family = drafted.site.family
    yield f"地区：{region.name}（{region.code}），依据{region.told_by}"
    yield f"网站：{drafted.site.name}，{page.address}"
    yield f"系统：{family.called}（family: {family.name}）"
    if drafted.by_interface:
        yield "行：由接口给出，这一页里没有"
        return
    by = "、".join(f"{name}: {selector}" for name, selector in drafted.own.items()) or "系统默认的选择器"
    dated = sum(bool(row.day) for row in drafted.rows)
    yield f"行：{len(drafted.rows)} 行，{dated} 行有日期（{by}）；想要的标题 {len(drafted.wanted)} 个"
    for row in drafted.wanted[:_MOST_SHOWN]:
        yield f"  {row.day or '（无日期）'} {row.title}"
    if len(drafted.wanted) > _MOST_SHOWN:
        yield f"  还有 {len(drafted.wanted) - _MOST_SHOWN} 个"
    if drafted.turn.asks:
        yield "后面的列表页：有"


def _unsaid(drafted: Draft, page: SavedPage) -> Iterator[str]:
    """Tell what was not guessed, or not surely."""
    if not page.sites:
        yield "猜不出：网站的名称，暂写主机名"
    if not drafted.is_known:
        yield "猜不出：是哪种系统，按 generic 写；正文的选择器（body）要看报告页"
    if drafted.issuers is None:
        yield "猜不出：应有几个单位的报告（issuers），没有写；写上才能查出缺了谁"
    else:
        yield f"请核对：应有 {drafted.issuers} 个单位的报告（issuers），是这一页上 {drafted.year} 年的报告数"
    if not drafted.by_interface and not drafted.turn.asks:
        yield "猜不出：没有看到后面的列表页"
    if drafted.elsewhere:
        others = "、".join(drafted.elsewhere[:_MOST_SHOWN])
        yield f"请核对：有的行指向别的主机（{others}），不采集；要采集请写进 hosts"
    if drafted.rows and not any(row.day for row in drafted.rows):
        yield "猜不出：行里的日期"


def _next(files: _Files) -> Iterator[str]:
    yield f"已写出：{files.profile}、{files.test}、{files.page}"
    yield f"接着请运行：nianbao sources check {files.profile}"
