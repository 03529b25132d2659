"""`nianbao plugins list`."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from nianbao.installed import chosen_points, installed_points
from nianbao.manager import PluginInfo, registry

# What the hooks that yield records are called to the user.
HOOKS = {
    "nianbao_sources": "来源",
    "nianbao_readers": "读取",
    "nianbao_extractors": "提取",
    "nianbao_validators": "校验",
    "nianbao_regions": "地区",
    "nianbao_kinds": "报告种类",
    "nianbao_publishers": "输出",
}


def plugins_command(*, check: bool) -> int:
    """List the plugins; with `check`, return 1 where one failed to load."""
    from rich.console import Console
    from rich.table import Table

    found = registry()
    table = Table(title="插件")
    for heading in ("名称", "版本", "程序包", "提供", "状态"):
        table.add_column(heading, overflow="fold")
    settlers = {name for name, _ in found.settlers}
    for plugin in found.plugins:
        colour = "red" if plugin.failures else "green"
        state = f"[{colour}]{_escaped(_state(plugin))}[/]"
        table.add_row(
            plugin.name, plugin.version, plugin.distribution, _escaped(_offers(plugin, settlers)), state
        )
    wanted = {point.name for point in chosen_points()}
    for point in installed_points():
        if point.name not in wanted:
            told = (point.dist.version, point.dist.name) if point.dist else ("", "")
            table.add_row(point.name, *told, "", "[yellow]已停用（见设置 plugins 和 disable）[/]")
    Console().print(table)
    return 1 if check and found.failures else 0


def _offers(plugin: PluginInfo, settlers: AbstractSet[str]) -> str:
    offers = [f"{HOOKS[hook]}：{'、'.join(names)}" for hook, names in plugin.records if names]
    if plugin.name in settlers:
        offers.append("核定数值")
    return "\n".join(offers)


def _state(plugin: PluginInfo) -> str:
    return "；".join(failure.error for failure in plugin.failures) or "正常"


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
