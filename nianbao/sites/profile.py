"""The profile of a region's sites: where its reports stand, read strictly from YAML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from nianbao.errors import UsageError
from nianbao.sites.addresses import is_private
from nianbao.sites.families import SELECTORS, Family, Selectors, families, read_selectors
from nianbao.sites.lines import Told, read_yaml
from nianbao.sites.titles import TitleFilter, patterns, usual_titles

EACH_YEAR = "each"
_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
# Whoever named these would allow half of the web.
_TOO_WIDE = frozenset(("gov.cn", "com.cn", "org.cn", "net.cn", "edu.cn"))
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_MOST_ISSUERS = 5000


@dataclass(frozen=True, slots=True)
class Start:
    """A list page to begin with.

    Args:
        url: its address.
        year: the year of the reports that it lists, or None where it lists those of all.
    """

    url: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """A site, and how it is read.

    Args:
        name: what the user knows it by; unique in its file.
        family: the system it runs on.
        starts: the list pages to begin with.
        hosts: the hosts that links may be followed to; each covers those below it.
        selectors: the family's, but for what the profile tells otherwise.
        titles: which titles of a list are wanted.
        issuers: how many issuers publish there; None where nobody said.
        browser: whether only a browser shows its lists.
        allow_private: whether its addresses may be private ones, for tests.
    """

    name: str
    family: Family
    starts: tuple[Start, ...]
    hosts: tuple[str, ...]
    selectors: Selectors
    titles: TitleFilter
    issuers: int | None = None
    browser: bool = False
    allow_private: bool = False

    def starts_of(self, year: int | None) -> tuple[Start, ...]:
        """Return the list pages where the reports of a year may stand; all where it is None."""
        return tuple(start for start in self.starts if year is None or start.year in (None, year))

    def allows(self, url: str) -> bool:
        """Tell whether an address may be asked for: http or https, at one of the hosts."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return parts.scheme in ("http", "https") and any(
            host == each or host.endswith(f".{each}") for each in self.hosts
        )


@dataclass(frozen=True, slots=True)
class RegionSites:
    """The sites of a region.

    Args:
        code: the region's division code (2, 4 or 6 digits).
        name: its name.
        sites: one after another, as in the file.
    """

    code: str
    name: str
    sites: tuple[SiteProfile, ...]


def load_sites(path: Path) -> RegionSites:
    """Read a profile.

    Raises:
        UsageError: it can't be read, or something in it is wrong; tells the line.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"打不开站点配置：{error.strerror}", where=str(path)) from error
    return read_sites(raw, path.name)


def read_sites(raw: bytes | str, file: str) -> RegionSites:
    """Read a profile from its text.

    Args:
        raw: YAML.
        file: its name, for errors.

    Raises:
        UsageError: something in it is wrong; tells the line.
    """
    keys = read_yaml(raw, file).mapping(needed=("region", "name", "sites"))
    code = keys["region"].text()
    if not _CODE.fullmatch(code):
        raise keys["region"].error(f"region 应当是 2、4 或 6 位的区划代码，而不是 {code}")
    told = keys["sites"].items()
    if not told:
        raise keys["sites"].error("sites 里没有站点")
    sites = tuple(map(_site, told))
    _check_alike(told, sites)
    return RegionSites(code, keys["name"].text(), sites)


def _site(told: Told) -> SiteProfile:
    known = ("hosts", "titles", "issuers", "browser", "allow_private", *SELECTORS)
    keys = told.mapping(needed=("name", "family", "start"), known=known)
    family = families()[keys["family"].choice(tuple(families()))]
    browser = "browser" in keys and keys["browser"].flag()
    allow_private = "allow_private" in keys and keys["allow_private"].flag()
    starts = _starts(keys["start"], allow_private=allow_private)
    named = (
        [read_host(each, allow_private=allow_private) for each in keys["hosts"].items()]
        if "hosts" in keys
        else []
    )
    hosts = dict.fromkeys([*(urlsplit(start.url).hostname or "" for start in starts), *named])
    return SiteProfile(
        keys["name"].text(),
        family,
        starts,
        tuple(hosts),
        replace(family.selectors, **read_selectors(keys)),
        _titles(keys["titles"]) if "titles" in keys else usual_titles(),
        keys["issuers"].whole(1, _MOST_ISSUERS) if "issuers" in keys else None,
        browser,
        allow_private,
    )


def _starts(told: Told, *, allow_private: bool) -> tuple[Start, ...]:
    by_year: Mapping[int | None, Sequence[Told]] = (
        {_year(each): each.items() for each in told.pairs().values()}
        if told.node.id == "mapping"
        else {None: told.items()}
    )
    found: dict[str, Start] = {}
    for year, addresses in by_year.items():
        for each in addresses:
            url = _address(each, allow_private=allow_private)
            if url in found:
                raise each.error(f"起始页写了两次：{url}", "请只留一处")
            found[url] = Start(url, year)
    if not found:
        raise told.error("start 里没有起始页")
    return tuple(found.values())


def _year(told: Told) -> int | None:
    if told.key == EACH_YEAR:
        return None
    if not (told.key.isascii() and told.key.isdigit() and _FIRST_YEAR <= int(told.key) <= _LAST_YEAR):
        raise told.error(f"start 下应当是年份或 {EACH_YEAR}（各年通用），而不是 {told.key}")
    return int(told.key)


def _address(told: Told, *, allow_private: bool) -> str:
    url = told.text()
    if problem := address_problem(url, allow_private=allow_private):
        raise told.error(*problem)
    return urlsplit(url)._replace(fragment="").geturl()


def address_problem(url: str, *, allow_private: bool) -> tuple[str, str] | None:
    """Return why an address may not be asked for, and what to do; None where it may.

    Args:
        url: the address.
        allow_private: whether it may be a private one.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return f"网址写法不对：{url}", ""
    if parts.scheme not in ("http", "https") or not host:
        return f"网址要以 http:// 或 https:// 开头：{url}", ""
    if parts.username is not None or parts.password is not None:
        return "网址里不能写用户名或密码", ""
    return None if allow_private else _host_problem(host)


def read_host(told: Told, *, allow_private: bool = False) -> str:
    """Return a host name that is told, without the star before it.

    Raises:
        UsageError: it is none, covers too much, or is a private one where that may not be.
    """
    host = told.text().lower().removeprefix("*.")
    if not _HOST.fullmatch(host):
        raise told.error(f"hosts 只写主机名：{told.text()}", "例如 www.example.gov.cn，不带 http:// 和路径")
    if host in _TOO_WIDE or ("." not in host and not allow_private):
        raise told.error(f"主机名太宽：{host}", "请写到具体的网站")
    _check_host(told, host, allow_private=allow_private)
    return host


def _check_host(told: Told, host: str, *, allow_private: bool) -> None:
    if not allow_private and (problem := _host_problem(host)):
        raise told.error(*problem)


def _host_problem(host: str) -> tuple[str, str] | None:
    if _is_private(host):
        return f"不能采集内网地址：{host}", "只有测试用的站点才可写 allow_private: true"
    return None


def _is_private(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        last = host.rpartition(".")[2]
        # A name without a dot is a machine next door; 127.1 and 0x7f000001 are addresses that browsers know.
        return "." not in host or last in ("localhost", "local", "internal") or last[:1].isdigit()
    return is_private(host)


def _titles(told: Told) -> TitleFilter:
    """Read a filter: what it wants stands in place of the usual, what it does not want beside it."""
    keys = told.mapping(known=[each.name for each in fields(TitleFilter)])
    usual = usual_titles()
    return TitleFilter(
        patterns(keys["wanted"]) if "wanted" in keys else usual.wanted,
        (*usual.unwanted, *patterns(keys["unwanted"])) if "unwanted" in keys else usual.unwanted,
    )


def _check_alike(told: Sequence[Told], sites: Sequence[SiteProfile]) -> None:
    """Refuse two sites of one name, and a start page that two sites have."""
    names: set[str] = set()
    addresses: set[str] = set()
    for each, site in zip(told, sites, strict=True):
        if site.name in names:
            raise each.error(f"有两个站点都叫 {site.name}", "请改用不同的名称")
        names.add(site.name)
        for start in site.starts:
            if start.url in addresses:
                raise each.error(f"起始页在两个站点里都有：{start.url}", "请只留一处")
            addresses.add(start.url)
