"""Which plugins are installed, and which of them the settings want."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from nianbao.errors import UsageError
from nianbao.limits import is_anything_set

ENTRY_POINTS = "nianbao"
OUR_PACKAGE = "nianbao"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the settings say of plugins.

    Args:
        plugins: of other packages' plugins the only ones that are wanted; None for all of them.
        disable: those that are not wanted, the built-in ones included.
        trace_plugins: whether each call of a plugin is told on standard error.
    """

    plugins: tuple[str, ...] | None = None
    disable: tuple[str, ...] = ()
    trace_plugins: bool = False


@cache
def choice() -> Choice:
    """Return what the settings of this process say of plugins.

    Raises:
        UsageError: the settings can't be read.
    """
    if not is_anything_set():
        return Choice()
    from nianbao.settings import load_settings

    settings = load_settings()
    return Choice(settings.plugins, settings.disable, settings.trace_plugins)


def installed_points() -> list[EntryPoint]:
    """Return the entry points that are installed, the built-in ones first, then by name."""
    return sorted(entry_points(group=ENTRY_POINTS), key=built_in_first)


def chosen_points() -> list[EntryPoint]:
    """Return the entry points that are installed and wanted, in the same order.

    Raises:
        UsageError: the settings name a plugin that is not there, or can't be read.
    """
    points, wanted = installed_points(), choice()
    _check_known("plugins", wanted.plugins or (), points)
    _check_known("disable", wanted.disable, points)
    return [point for point in points if is_wanted(point)]


def is_built_in(point: EntryPoint) -> bool:
    """Tell whether a plugin comes with nianbao itself."""
    return point.dist is not None and point.dist.name == OUR_PACKAGE


def is_wanted(point: EntryPoint) -> bool:
    """Tell whether the settings leave an installed plugin in.

    Raises:
        UsageError: the settings can't be read.
    """
    names, wanted = _names(point), choice()
    if not names.isdisjoint(wanted.disable):
        return False
    return wanted.plugins is None or is_built_in(point) or not names.isdisjoint(wanted.plugins)


def _names(point: EntryPoint) -> set[str]:
    """Return what a plugin may be called by: its entry point, and its package where that is another's."""
    own = {point.name}
    return own if point.dist is None or is_built_in(point) else own | {point.dist.name}


def _check_known(setting: str, names: tuple[str, ...], points: list[EntryPoint]) -> None:
    known = sorted(set().union(*(_names(point) for point in points)))
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"您是不是要写 {near[0]}？" if near else "名称见 nianbao plugins list"
            raise UsageError(f"没有安装名为 {name} 的插件", where=f"设置 {setting}", hint=hint)


def built_in_first(point: EntryPoint) -> tuple[bool, str]:
    """A stranger's record can't displace a built-in of the same name."""
    return (not is_built_in(point), point.name)
