"""What a report's words tell against it: names, laws, years, dates, what was left open or is not its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from nianbao import Context, Finding, Report, Validator, hookimpl

if TYPE_CHECKING:
    from plugins.validators.outcomes import Ruling

# Each rule by its validator's name: the module whose `judge` it is, and the kind of its findings.
RULES = {
    "authenticity": ("authenticity", "authenticity"),
    "bodies": ("bodies", "stale-name"),
    "days": ("days", "repeat-conflict"),
    "doubles": ("doubles", "repeated-text"),
    "foreign-names": ("foreignnames", "foreign-name"),
    "laws": ("laws", "typo-law"),
    "periods": ("periods", "coverage"),
    "placeholders": ("placeholders", "placeholder"),
    "sizes": ("sizes", "unit"),
    "slips": ("slips", "typo"),
    "timeliness": ("timeliness", "late"),
    "titles": ("titles", "repeat-conflict"),
    "years": ("years", "year"),
}


@hookimpl
def nianbao_validators() -> Iterator[Validator]:
    """Yield a validator for each rule."""
    for name, (module, kind) in RULES.items():
        yield Validator(name, "report", frozenset({kind}), _check(module))


def judge(name: str, report: Report, context: Context) -> Ruling:
    """Return how a rule ends on a report."""
    return _judge(RULES[name][0])(report, context)


@cache
def _judge(module: str) -> Callable[[Report, Context], Ruling]:
    # A rule's patterns compile when the first report is checked, not with the plugin.
    rule = import_module(f"plugins.validators.{module}")
    return cast("Callable[[Report, Context], Ruling]", rule.judge)


def _check(module: str) -> Callable[[Report, Context], Iterator[Finding]]:
    def check(report: Report, context: Context) -> Iterator[Finding]:
        yield from _judge(module)(report, context).findings

    return check
