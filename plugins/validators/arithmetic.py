"""What doesn't add up: parts against their whole, shares and rates against their counts."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao import Context, Finding, Report, Validator, hookimpl

KINDS = frozenset({"sum", "ratio"})


@hookimpl
def nianbao_validators() -> Iterator[Validator]:
    """Yield the validator of sums, shares and rates."""
    yield Validator(name="arithmetic", scope="report", kinds=KINDS, check=check)


def check(report: Report, context: Context) -> Iterator[Finding]:
    """Check every breakdown that the text and its tables tell, and every rate beside its counts."""
    # The patterns behind these compile when the first report is checked, not with the plugin.
    from plugins.validators.columns import check_columns
    from plugins.validators.rates import check_rates
    from plugins.validators.sums import check_sums

    if context.reading is not None:
        yield from check_sums(context.reading)
        yield from check_columns(context.reading)
        yield from check_rates(report, context)
