"""Work that several rules share, done once for one report after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import Any, Generic, TypeVar, TypeVarTuple

_A = TypeVarTuple("_A")
_R = TypeVar("_R")


def kept(function: Callable[[*_A], _R]) -> Callable[[*_A], _R]:
    """Return a function that keeps what it returned for its last arguments, told by what they are, not say.

    The rules look at one report after the other, so its reading is asked for many times and then never again.
    """
    last: list[tuple[tuple[object, ...], _R]] = []

    @wraps(function)
    def keeping(*args: *_A) -> _R:
        # One item holds arguments and result, so that threads see them together.
        known = last[0] if last else None
        if known is not None and len(known[0]) == len(args) and all(map(is_, known[0], args)):
            return known[1]
        result = function(*args)
        last[:] = [(args, result)]
        return result

    return keeping


class lazy(Generic[_R]):  # noqa: N801  it stands where property stands
    """A property that is worked out once, when it is first asked for; its class must have a `__dict__`.

    That of `functools` takes a lock until Python 3.12, which costs more than most of what is worked out.
    """

    def __init__(self, make: Callable[[Any], _R]) -> None:
        self._make = make
        self._name = ""
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Know under which name it stands."""
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> _R:
        """Work it out, and leave it where it is found the next time."""
        value = instance.__dict__[self._name] = self._make(instance)
        return value
