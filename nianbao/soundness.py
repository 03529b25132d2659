"""What is asked of a plugin's record before it is taken in: fields that the core can call, sort and name."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import fields
from typing import Any

from nianbao.errors import PluginError
from nianbao.records import RegionProfile, ReportKind

_TEXTS = ("name", "code", "version")
_CALLS = ("accepts", "list", "fetch", "bid", "read", "extract", "check", "publish")
_NAME_SETS = ("yields", "needs", "kinds", "serves")


def check_record(record: Any) -> None:
    """Refuse a record that the core could not call or sort.

    Raises:
        PluginError: naming the field.
    """
    for name in (each.name for each in fields(record)):
        value = getattr(record, name)
        if name in _TEXTS:
            right = isinstance(value, str) and value != ""
        elif name in _CALLS:
            right = callable(value)
        elif name in _NAME_SETS:
            right = isinstance(value, AbstractSet) and all(isinstance(each, str) for each in value)
        else:
            right = name != "scope" or value in ("report", "yearbook")
        if not right:
            raise PluginError(f"{type(record).__name__} {record_name(record)} 的 {name} 不合要求：{value!r}")


def record_name(record: Any) -> str:
    """Return what a record is known by: its name, a region's code, or the kind of report."""
    if isinstance(record, RegionProfile):
        return str(record.code)
    return str(record.kind if isinstance(record, ReportKind) else record.name)
