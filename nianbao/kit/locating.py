"""Which plugin is meant: an installed one by its name, or a folder that is not installed yet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from nianbao.errors import UsageError
from nianbao.installed import ENTRY_POINTS, installed_points, is_wanted

PROJECT_FILE = "pyproject.toml"
REPORTS = Path("tests", "reports")
_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that is to be tested.

    Args:
        name: of its package, as a user calls it.
        points: its entry points.
        folder: where its source lies; None where it is known by its installation alone.
        search: what must be on the module search path to import it where it is not installed.
    """

    name: str
    points: tuple[EntryPoint, ...]
    folder: Path | None
    search: tuple[str, ...]

    @property
    def reports(self) -> Path | None:
        """The folder of its golden reports, if it has a source folder."""
        return self.folder / REPORTS if self.folder else None


def locate(told: str) -> Plugin:
    """Return the plugin that a user means.

    Args:
        told: a folder with a pyproject.toml, the name of an installed package, or of an entry point.

    Raises:
        UsageError: there is none, or its pyproject.toml names no entry point of nianbao.
    """
    path = Path(told).expanduser()
    if (path / PROJECT_FILE).is_file():
        return _in_folder(path.resolve())
    if path.is_dir():
        raise UsageError(f"文件夹里没有 {PROJECT_FILE}", where=told, hint="请写插件的文件夹")
    known = [point for point in installed_points() if point.dist is not None]
    own = tuple(p for p in known if p.dist is not None and told in (p.dist.name, p.name))
    if not own:
        hint = "请写插件的文件夹，或 nianbao plugins list 列出的名称"
        raise UsageError(f"没有名为“{told}”的插件，也没有这个文件夹", hint=hint)
    return Plugin(told, own, None, ())


def all_points(plugin: Plugin, *, is_there: bool) -> list[EntryPoint]:
    """Return a registry's entry points: the installed ones that the settings want, then the plugin's own.

    Args:
        plugin: that is tested; what is installed of it does not count.
        is_there: whether its own are wanted.

    Raises:
        UsageError: the settings can't be read.
    """
    own = {point.name for point in plugin.points}
    others = (point for point in installed_points() if not _is_of(point, plugin) and is_wanted(point))
    return [*(each for each in others if each.name not in own), *(plugin.points if is_there else ())]


def _is_of(point: EntryPoint, plugin: Plugin) -> bool:
    """Tell whether an installed entry point is of the same package, though by a name that it had once."""
    return point.dist is not None and _plain(point.dist.name) == _plain(plugin.name)


def _plain(name: str) -> str:
    """Return a package's name as all its spellings have it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _in_folder(folder: Path) -> Plugin:
    where = str(folder / PROJECT_FILE)
    try:
        told = tomllib.loads((folder / PROJECT_FILE).read_text("utf-8-sig"))
    except OSError as error:
        raise UsageError(f"打不开：{error.strerror}", where=where) from error
    except UnicodeDecodeError as error:
        raise UsageError("不是 UTF-8 文字", where=where, hint="请以 UTF-8 编码保存") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"不是合格的 TOML：{error}", where=where) from error
    project = _table(told, "project")
    named = _table(_table(project, "entry-points"), ENTRY_POINTS)
    if not named:
        hint = f"请写上 [project.entry-points.{ENTRY_POINTS}]"
        raise UsageError("没有 nianbao 的入口", where=where, hint=hint)
    points = tuple(EntryPoint(name, str(value), ENTRY_POINTS) for name, value in named.items())
    for point in points:
        if not _MODULE.fullmatch(point.value):
            hint = f'应写成 {point.name} = "模块名"'
            raise UsageError(f"入口 {point.name} 写的不是模块：{point.value}", where=where, hint=hint)
    search = [each for each in (folder / "src", folder) if each.is_dir()]
    return Plugin(str(project.get("name", folder.name)), points, folder, tuple(map(str, search)))


def _table(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = told.get(key)
    return found if isinstance(found, dict) else {}
