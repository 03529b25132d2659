"""A region's profile as its author writes it: a YAML file, read strictly, with the files that it names."""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from nianbao.catalogue import load_catalogue
from nianbao.catalogue.regional import extend_catalogue
from nianbao.errors import CatalogueError, UsageError
from nianbao.grammar.units import Unit, UnitClass
from nianbao.model import SectionKind
from nianbao.records import MandatedParts, RegionProfile
from nianbao.sites import load_sites
from nianbao.sites.lines import Told, read_yaml
from nianbao.sites.profile import read_host

_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
_DAY = re.compile(r"0?(\d{1,2})(?:-0?(\d{1,2})|月(\d{1,2})日)")
_KNOWN = ("hosts", "town_deadline", "mandated", "cards", "sites", "units")
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_LEAP_YEAR = 2000


def load_profile(path: Path) -> RegionProfile:
    """Read a region's profile and the files beside it that it names.

    Its `version` is a digest of all of them, so that an edit counts.

    Args:
        path: the profile, such as `Path(__file__).with_name("profile.yml")`.

    Raises:
        UsageError: something in the profile or in its sites is wrong; tells the line.
        CatalogueError: something in its cards is; tells the line and the card.
    """
    raw = _read(path)
    told = read_yaml(raw, path.name)
    keys = told.mapping(needed=("code", "name"), known=_KNOWN)
    code = keys["code"].text()
    if not _CODE.fullmatch(code):
        raise keys["code"].error(f"code 应当是 2、4 或 6 位的区划代码，而不是 {code}")
    units = _units(keys["units"]) if "units" in keys else ()
    cards = {each.text(): _beside(each, path) for each in keys["cards"].items()} if "cards" in keys else {}
    sites = _sites(keys["sites"], path, code) if "sites" in keys else None
    profile = RegionProfile(
        code,
        keys["name"].text(),
        hosts=tuple(read_host(each) for each in keys["hosts"].items()) if "hosts" in keys else (),
        cards=tuple(cards.values()),
        town_deadline=_day(keys["town_deadline"]) if "town_deadline" in keys else (4, 1),
        mandated=tuple(_mandated(each) for each in keys["mandated"].items()) if "mandated" in keys else (),
        version=_digest(raw, *cards.values(), sites.read_text("utf-8") if sites else ""),
        units=units,
        sites=sites,
    )
    _check_units(keys, units)
    extend_catalogue(load_catalogue(), cards.items(), units)
    return profile


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"打不开地区配置：{error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise UsageError("不是 UTF-8 文字", where=path.name, hint="请以 UTF-8 编码保存") from error


def _place_beside(told: Told, path: Path) -> Path:
    name = told.text()
    place = path.with_name(name) if name not in (".", "..") and not re.search(r"[/\\\0]", name) else None
    if place is None:
        raise told.error(f"{name} 应当是同一文件夹里的文件名", "不带路径")
    if not place.is_file():
        raise told.error(f"没有 {name} 这个文件", f"请放在 {path.name} 旁边")
    return place


def _beside(told: Told, path: Path) -> str:
    return _read(_place_beside(told, path))


def _sites(told: Told, path: Path, code: str) -> Path:
    place = _place_beside(told, path)
    sites = load_sites(place)
    if not sites.code.startswith(code):
        raise told.error(f"{place.name} 的区划代码是 {sites.code}，不在 {code} 之内")
    return place


def _day(told: Told) -> tuple[int, int]:
    value = told.text()
    match = _DAY.fullmatch(value)
    month, day = (int(match[1]), int(match[2] or match[3])) if match else (0, 0)
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]):
        raise told.error(f"town_deadline 应当是次年的月和日，而不是 {value}", "例如 4-1")
    return month, day


def _mandated(told: Told) -> MandatedParts:
    keys = told.mapping(needed=("kinds", "since", "basis"), known=("until",))
    kinds = frozenset(each.choice(tuple(SectionKind)) for each in keys["kinds"].items())
    since = keys["since"].whole(_FIRST_YEAR, _LAST_YEAR)
    until = keys["until"].whole(since, _LAST_YEAR) if "until" in keys else None
    return MandatedParts(kinds, since, until, keys["basis"].text())


def _units(told: Told) -> tuple[Unit, ...]:
    """Read units by their class: a list of names, or names with what turns a figure into the class's own."""
    found: dict[str, Unit] = {}
    for kind in told.pairs().values():
        if kind.key not in tuple(UnitClass):
            raise kind.error(f"未知的单位类别 {kind.key}", f"可用的有：{'、'.join(UnitClass)}")
        scales = (
            [(name, _scale(scale)) for name, scale in kind.pairs().items()]
            if kind.node.id == "mapping"
            else [(each.text(), Decimal(1)) for each in kind.items()]
        )
        for name, scale in scales:
            if name in found:
                raise kind.error(f"单位 {name} 写了两次")
            found[name] = Unit(name, UnitClass(kind.key), scale)
    return tuple(found.values())


def _scale(told: Told) -> Decimal:
    value = told.text()
    try:
        scale = Decimal(value)
    except InvalidOperation as error:
        raise told.error(f"换算 {value} 不是数字") from error
    if not scale.is_finite() or scale <= 0:
        raise told.error(f"换算 {value} 应当大于零")
    return scale


def _check_units(keys: Mapping[str, Told], units: tuple[Unit, ...]) -> None:
    if units:
        try:
            extend_catalogue(load_catalogue(), (), units)
        except CatalogueError as error:
            raise keys["units"].error(error.message) from error


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
