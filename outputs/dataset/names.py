"""Names of variables as Stata takes them: letters, digits and underscores, at most 32."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 32
_NOT_TAKEN: Final = re.compile(r"[^A-Za-z0-9_]")
# What Stata keeps for itself; of these an indicator or a column might be called so.
_RESERVED: Final = frozenset(
    ("in", "if", "using", "with", "int", "byte", "long", "float", "double", "str", "strL")
)


def stata_names(names: Sequence[str], ending: int = 0) -> dict[str, str]:
    """Return each name's own in Stata, the same for the same names in the same order.

    Args:
        names: all names of a table.
        ending: room to leave for an ending.
    """
    room = LONGEST - ending
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        plain = _NOT_TAKEN.sub("_", name)
        if plain[:1].isdigit() or plain in _RESERVED:
            plain = f"_{plain}"
        short, number = plain[:room], 1
        while short in taken:
            number += 1
            short = f"{plain[: room - len(str(number)) - 1]}_{number}"
        taken.add(short)
        found[name] = short
    return found
