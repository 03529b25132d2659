"""Writes an installable plugin package for a region, from the templates beside it."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from string import Template

from nianbao.divisions import divisions
from nianbao.divisions.hosts import spelled
from nianbao.errors import PublishError, UsageError

_MODULE = re.compile(r"[a-z][a-z0-9_]*")
_SHORT = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|县|区)$")
_LONGEST_CODE = 6
# Where the commonest readings of the characters would mislead, or be another province's (ISO 3166-2:CN).
_CUSTOMARY = {"54": "xizang", "61": "shaanxi"}


@dataclass(frozen=True, slots=True)
class Names:
    """How a region's plugin is called.

    Args:
        code: the region's division code.
        name: its Chinese name.
        slug: its name in Latin letters, as in the ids of its indicators.
        others: further spellings that its characters allow.
    """

    code: str
    name: str
    slug: str
    others: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """The name of the package and its folder."""
        return f"nianbao-{self.slug.replace('_', '-')}"

    @property
    def module(self) -> str:
        """The name of the module."""
        return f"nianbao_{self.slug}"


@dataclass(frozen=True, slots=True)
class Found:
    """What a saved report adds to a scaffold.

    Args:
        outline: lines for the profile: the headings of the report's parts.
        proposed: lines for the cards: commented proposals for figures that no card claims.
    """

    outline: str = ""
    proposed: str = ""


def names_of(told: str, code: str = "", module: str = "") -> Names:
    """Return how the plugin of a region is called.

    Args:
        told: the region's name, with or without its ending.
        code: its division code, where the name is not enough.
        module: its name in Latin letters; empty for that by the readings of its characters.

    Raises:
        UsageError: the table has no such region or several, or its name can't be spelled.
    """
    table = divisions()
    if code:
        found = [each for each in table.bearers(code) if len(each.code) <= _LONGEST_CODE][:1]
    else:
        all_named = dict.fromkeys((*table.upper(told), *table.named(told)))
        short = [each for each in all_named if len(each.code) <= _LONGEST_CODE]
        finest = min((len(each.code) for each in short), default=0)
        found = [each for each in short if len(each.code) == finest]
    if len(found) != 1:
        several = "、".join(f"{each.name}（{each.code}）" for each in found[:5])
        what = f"有几处叫“{told}”：{several}" if several else f"区划表里没有“{code or told}”"
        raise UsageError(what, where="nianbao plugin new", hint="请用 --code 写出 2、4 或 6 位的区划代码")
    division = found[0]
    usual = _CUSTOMARY.get(division.code)
    spellings = (usual,) if usual else spelled(division.name)
    slug = module.removeprefix("nianbao_") or next(iter(spellings), "")
    if not _MODULE.fullmatch(slug) or keyword.iskeyword(slug):
        raise UsageError(
            f"模块名 {module or slug or '猜不出'} 不合写法", where="--module", hint="例如 zhejiang"
        )
    return Names(division.code, division.name, slug, () if module else spellings[1:])


def scaffold(names: Names, folder: Path, found: Found | None = None) -> tuple[Path, ...]:
    """Write a package; nothing that exists is written over.

    Args:
        names: how it is called.
        folder: where its folder is made.
        found: what a saved report adds.

    Returns:
        The files, the first of them in the package's own folder.

    Raises:
        UsageError: the package's folder exists, or the one that it goes into does not.
        PublishError: something can't be written.
    """
    refuse_existing(names, folder)
    home = folder / names.package
    texts = _texts(names, found or Found())
    try:
        home.mkdir()
        try:
            for name, text in texts.items():
                path = home / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8", newline="\n")
        except BaseException:
            # Half a package would only stand in the way of the next try.
            rmtree(home, ignore_errors=True)
            raise
    except OSError as error:
        raise PublishError(f"写不了文件：{error.strerror}", where=str(home)) from error
    return tuple(home / name for name in texts)


def refuse_existing(names: Names, folder: Path) -> None:
    """Make sure that a package can be written.

    Raises:
        UsageError: its folder exists, or the one that it goes into does not.
    """
    home = folder / names.package
    if not folder.is_dir():
        raise UsageError("没有这个文件夹", where=str(folder), hint="请先新建")
    if home.exists():
        raise UsageError("已经存在，不会覆盖", where=str(home), hint="请换一个 --out，或先移走它")


def _texts(names: Names, found: Found) -> dict[str, str]:
    short = _SHORT.sub("", names.name)
    report = f"{short}示例镇2023年法治政府建设年度报告.txt"
    told = {
        "package": names.package,
        "module": names.module,
        "entry": names.package.removeprefix("nianbao-"),
        "slug": names.slug,
        "code": names.code,
        "name": names.name,
        "host": f"{names.slug}.gov.cn",
        "issuer": f"{_lineage(names.code)}示例镇",
        "report": report,
        "outline": found.outline,
        "proposed": found.proposed,
    }
    own = names.module
    return {
        "pyproject.toml": _made("pyproject", told),
        "README.md": _made("readme", told),
        f"{own}/__init__.py": _made("module", told),
        f"{own}/volunteers.py": _made("volunteers", told),
        f"{own}/profile.yml": _made("profile", told),
        f"{own}/cards.yml": _made("cards", told),
        f"tests/test_{own}.py": _made("test", told),
        f"tests/reports/{report}": _made("report", told),
        ".gitignore": _made("gitignore", told),
    }


def _lineage(code: str) -> str:
    """Return the full name of a county of the region: a report must tell where it is from."""
    county = "" if len(code) == _LONGEST_CODE else "示例县"
    return "".join(each.name for each in divisions().lineage(code)) + county


def _made(name: str, told: Mapping[str, str]) -> str:
    text = files("nianbao.kit").joinpath("template", f"{name}.txt").read_text("utf-8")
    return Template(text).substitute(told).rstrip("\n") + "\n"
