"""Counts as phrases, wherever a run is told about."""

from __future__ import annotations

from collections.abc import Iterable

from flows.summary import Summary


def count_phrases(counted: Iterable[tuple[str, int]]) -> list[str]:
    """Return each phrase with its number in the place of `{}`; what counts nothing is left out."""
    return [phrase.format(count) for phrase, count in counted if count]


def failed_in(summary: Summary) -> str:
    """Return in one phrase what a run left undone; empty where it did all."""
    counted = (
        ("{} 个文件无法读取", len(summary.unreadable)),
        ("{} 处插件出错", len(summary.failures)),
    )
    return "，".join(count_phrases(counted))
