"""What is asked of other packages' plugins besides: the same twice, plain fields, and nothing left behind.

Built-in plugins are held to that by the tests that they come with, so a run does not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal, localcontext
from typing import Any

from nianbao.errors import PluginError
from nianbao.records import Extractor, Validator

# What no count, amount or rate comes near; more could not be written into a cell.
_LARGEST = Decimal("1E18")
_FINEST_PLACES = 12
# How the line begins that tells that two answers differ.
UNSTABLE = "两次给出的结果不同"
_PLAIN: dict[str, type] = {"str": str, "int": int, "bool": bool, "Decimal": Decimal}


def held_to_account(record: Any) -> Any:
    """Return a record whose `extract`, or `check`, is asked twice, and refused where the answers differ.

    What it gives must be of the types that the fields say, and a decimal context that it changes is its own.
    Other records are returned as they are.
    """
    if isinstance(record, Extractor):
        return replace(record, extract=_twice(record.extract))
    if isinstance(record, Validator):
        return replace(record, check=_twice(record.check))
    return record


def _twice(function: Callable[..., Iterable[Any]]) -> Callable[..., tuple[Any, ...]]:
    def asked(subject: Any, context: Any) -> tuple[Any, ...]:
        with localcontext():
            given = tuple(function(subject, context))
        with localcontext():
            again = tuple(function(subject, context))
        # What is no number is not like itself.
        if given != again and repr(given) != repr(again):
            raise PluginError(_difference(given, again))
        for each in given:
            _check_plain(each)
        return given

    return asked


def _difference(given: tuple[Any, ...], again: tuple[Any, ...]) -> str:
    if len(given) != len(again):
        return f"{UNSTABLE}：{len(given)} 项，{len(again)} 项"
    number = next(i for i, (one, other) in enumerate(zip(given, again, strict=True), 1) if one != other)
    return f"{UNSTABLE}：第 {number} 项"


def _check_plain(given: Any) -> None:
    """Refuse fields of other types than they are declared with, and texts and numbers that nobody can write.

    Raises:
        PluginError: naming the field.
    """
    if not is_dataclass(given):
        return
    for each in fields(given):
        value = getattr(given, each.name)
        kinds = [kind.strip() for kind in str(each.type).split("|")]
        wanted = tuple(_PLAIN[kind] for kind in kinds if kind in _PLAIN)
        if str(each.type).startswith("tuple"):
            _check_tuple(value, each.name)
        elif wanted and not (value is None and "None" in kinds) and not isinstance(value, wanted):
            # What `evidence` says of values is the better line.
            if Decimal not in wanted and each.name != "value":
                raise PluginError(f"{each.name} 应为 {each.type}，却是 {type(value).__name__}")
        elif isinstance(value, str):
            _check_text(value, each.name)
        elif isinstance(value, Decimal):
            _check_size(value, each.name)


def _check_tuple(value: Any, name: str) -> None:
    if not isinstance(value, tuple):
        raise PluginError(f"{name} 应为 tuple，却是 {type(value).__name__}")
    for each in value:
        _check_plain(each)


def _check_text(value: str, name: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise PluginError(f"{name} 含有不能写出的字符") from error
    if "\0" in value:
        raise PluginError(f"{name} 含有不能写出的字符")


def _check_size(value: Decimal, name: str) -> None:
    if not value.is_finite():
        return
    exponent = value.as_tuple().exponent
    if abs(value) >= _LARGEST or not isinstance(exponent, int) or exponent < -_FINEST_PLACES:
        raise PluginError(f"{name} 的数值过大或小数位过多")
