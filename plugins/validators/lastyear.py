"""A report against its issuer's report of the year before; nothing is said where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao import Context, Finding, Validator, Yearbook, hookimpl

KINDS = frozenset({"jump", "unit", "carried-over", "repeat-conflict"})


def check_last_year(yearbook: Yearbook, context: Context) -> Iterator[Finding]:
    """Yield what the comparison of each report with that of the year before tells."""
    # The rules need a moment to load; only a run that compares years has use for them.
    from plugins.validators.carriedover import carried_over
    from plugins.validators.jumps import jumps
    from plugins.validators.restated import restated
    from plugins.validators.yearpairs import pair_up

    pairs = pair_up(yearbook, context.catalogue)
    told: set[tuple[str, int, str]] = set()
    for pair in pairs:
        yield from restated(pair, told)
        yield from carried_over(pair)
    yield from jumps(pairs, told)


@hookimpl
def nianbao_validators() -> Iterable[Validator]:
    """Yield the validator."""
    yield Validator("last-year", "yearbook", KINDS, check_last_year)
