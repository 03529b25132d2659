"""Traditional characters and variants, folded to the simplified ones of the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("traditional.txt")
# A text of which less than this share is traditional only quotes a name or an old form.
_SHARE = 0.05
_LONG = 500
# What is right in simplified texts too, and in traditional ones is told by its neighbours.
_TOLD_BY_NEIGHBOURS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"(?<![康奇])乾(?![县安坤隆元清陵务佑龙州丰潭塘])", "干"),
        (r"(?<![显名原专编论卓昭])著(?![名作述者称录])", "着"),
        (r"(?<![宫商角])徵(?!羽)", "征"),
        (r"於(?!潜)", "于"),
        (r"瞭(?!望)", "了"),
        (r"藉(?=[助此由着机])", "借"),
        (r"(?<=[答批回])覆", "复"),
        (r"(?<=计)画", "划"),
    )
)


@dataclass(frozen=True, slots=True)
class _Variants:
    """The characters, and an expression that finds them far faster than a look at each character.

    Args:
        always: what no simplified text holds, and what it is there.
        either: what simplified texts hold as well.
    """

    always: dict[str, str]
    either: dict[str, str]
    any_of_always: re.Pattern[str]
    any_of_either: re.Pattern[str]


def simplify(text: str) -> str:
    """Return the text in simplified characters, one for one; the text itself where nothing is to be done."""
    return _simplified(text) if len(text) < _LONG else _simplified_once(text)


@lru_cache(maxsize=2)
def _simplified_once(text: str) -> str:
    """The grammar, the outline and the identity each ask for the same document."""
    return _simplified(text)


def _simplified(text: str) -> str:
    variants = _variants()
    folded, count = variants.any_of_always.subn(lambda match: variants.always[match[0]], text)
    if not count or count < _SHARE * len(text):
        return folded
    for pattern, plain in _TOLD_BY_NEIGHBOURS:
        folded = pattern.sub(plain, folded)
    return variants.any_of_either.sub(lambda match: variants.either[match[0]], folded)


@cache
def _variants() -> _Variants:
    rows = [row for row in _FILE.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    always = dict(zip(rows[0], rows[1], strict=True))
    told = "".join(pattern.pattern for pattern, _ in _TOLD_BY_NEIGHBOURS)
    either = {old: plain for old, plain in zip(rows[2], rows[3], strict=True) if old not in told}
    return _Variants(always, either, re.compile(f"[{rows[0]}]"), re.compile(f"[{''.join(either)}]"))
