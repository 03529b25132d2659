"""Which plugin is meant: an installed one by its name, or a folder that is not installed yet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from nianbao.errors import UsageError
from nianbao.installed import ENTRY_POINTS, installed_points

PROJECT_FILE = "pyproject.toml"
REPORTS = Path("tests", "reports")


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


def all_points(plugin: Plugin | None, without: Iterable[str] = ()) -> list[EntryPoint]:
    """Return a registry's entry points: the installed ones, then the plugin's own.

    Args:
        plugin: that is tested; None for none.
        without: names of entry points to leave away.
    """
    own = plugin.points if plugin else ()
    taken = {*without, *(point.name for point in own)}
    return [*(point for point in installed_points() if point.name not in taken), *own]


def _in_folder(folder: Path) -> Plugin:
    where = str(folder / PROJECT_FILE)
    try:
        told: dict[str, Any] = tomllib.loads((folder / PROJECT_FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError("读不了这个文件，或写法有误", where=where) from error
    project = told.get("project", {})
    named = project.get("entry-points", {}).get(ENTRY_POINTS, {})
    if not named:
        hint = f"请写上 [project.entry-points.{ENTRY_POINTS}]"
        raise UsageError("没有 nianbao 的入口", where=where, hint=hint)
    points = tuple(EntryPoint(name, value, ENTRY_POINTS) for name, value in named.items())
    search = [each for each in (folder / "src", folder) if each.is_dir()]
    return Plugin(project.get("name", folder.name), points, folder, tuple(map(str, search)))


def is_installed(name: str) -> bool:
    """Tell whether an entry point of this name is installed."""
    return any(point.name == name for point in entry_points(group=ENTRY_POINTS))
