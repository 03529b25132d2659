"""Each report against the others of its year: shared text, and figures far from those of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nianbao import Context, Finding, Validator, Yearbook, hookimpl


@hookimpl
def nianbao_validators() -> Iterator[Validator]:
    """Yield the validators of a whole year."""
    yield Validator("copying", "yearbook", frozenset({"copied"}), check_copying)
    yield Validator("outliers", "yearbook", frozenset({"outlier"}), check_outliers)


def check_copying(yearbook: Yearbook, _context: Context) -> Iterable[Finding]:
    """Tell which reports share much of their text, each once."""
    from plugins.validators.copying import check

    return check(yearbook)


def check_outliers(yearbook: Yearbook, _context: Context) -> Iterable[Finding]:
    """Tell which figures lie far from those of the neighbours."""
    from plugins.validators.outliers import check

    return check(yearbook)
