"""What doesn't add up: figures against each other, within one report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao import Context, Finding, Report, Validator, hookimpl

if TYPE_CHECKING:
    from plugins.validators.checks import Judgement, Ledger
    from plugins.validators.sentences import Sentence

KINDS = frozenset({"sum", "ratio", "order", "repeat-conflict", "unit"})


@hookimpl
def nianbao_validators() -> Iterator[Validator]:
    """Yield the validator of all that figures must satisfy together."""
    yield Validator(name="arithmetic", scope="report", kinds=KINDS, check=check)


def check(report: Report, context: Context) -> Iterator[Finding]:
    """Check every list, rate, order and change that the report tells, and what it tells twice."""
    from plugins.validators.relations import Verdict
    from plugins.validators.wording import tell

    judged = judgements(report, context)
    if judged is not None:
        ledger, ends = judged
        yield from (tell(ledger, end, report) for end in ends if end.verdict is Verdict.FAILS)


def judgements(report: Report, context: Context) -> tuple[Ledger, tuple[Judgement, ...]] | None:
    """Return the figures that rules bind and how each check of them ended; None without a text."""
    # The patterns behind these compile when the first report is checked, not with the plugin.
    from plugins.validators.annexlines import check_annex_lines
    from plugins.validators.checks import Ledger, judge
    from plugins.validators.inbrackets import check_in_brackets
    from plugins.validators.money import check_money
    from plugins.validators.namedwholes import check_named_wholes
    from plugins.validators.nothings import check_nothings
    from plugins.validators.orders import check_orders
    from plugins.validators.repeats import check_repeats
    from plugins.validators.retold import check_retold
    from plugins.validators.sentences import sentences
    from plugins.validators.tableorders import check_table_orders
    from plugins.validators.tabletext import check_tables_and_text
    from plugins.validators.zeros import check_zeros

    if context.reading is None:
        return None
    ledger = Ledger(context.reading)
    told = sentences(context.reading)
    parts = _enter_sums(ledger, told)
    _enter_ratios(ledger, told, report)
    check_orders(ledger, told, parts, report, context)
    check_named_wholes(ledger, told)
    check_table_orders(ledger)
    check_money(ledger, told, report)
    check_in_brackets(ledger, told)
    check_repeats(ledger, told, parts, report, context)
    check_tables_and_text(ledger, told, parts)
    check_annex_lines(ledger, told)
    check_retold(ledger, told, parts, report)
    check_nothings(ledger, told, report, context)
    check_zeros(ledger, told, report)
    return ledger, tuple(judge(ledger))


def _enter_sums(ledger: Ledger, told: Sequence[Sentence]) -> frozenset[int]:
    """Enter what adds up to what; return where the figures begin that are parts of others."""
    from plugins.validators.abovesums import check_above_sums
    from plugins.validators.addedup import check_added_up
    from plugins.validators.announcedlists import check_announced_lists
    from plugins.validators.caseflows import check_case_flows
    from plugins.validators.columns import check_columns
    from plugins.validators.exactruns import exact_runs
    from plugins.validators.farsums import check_far_sums
    from plugins.validators.halfyears import check_half_years
    from plugins.validators.lists import listings
    from plugins.validators.pairedlists import check_paired_lists
    from plugins.validators.plainlists import check_plain_lists
    from plugins.validators.posts import check_posts
    from plugins.validators.remainders import check_remainders
    from plugins.validators.retoldparts import check_retold_parts
    from plugins.validators.stockflows import check_flows
    from plugins.validators.sums import check_sums
    from plugins.validators.yearlists import check_year_lists

    listed = tuple(listings(told))
    parts = frozenset(part.quantity.start for listing in listed for part in listing.parts)
    check_sums(ledger, listed, exact_runs(ledger.reading.shadow.text, told))
    after = frozenset(listing.wholes[0].quantity.start for listing in listed if listing.told_after)
    parts |= check_plain_lists(ledger, told, parts)
    parts |= check_added_up(ledger, told, after)
    parts |= check_remainders(ledger, told, parts)
    parts |= check_paired_lists(ledger, told)
    check_far_sums(ledger, told)
    check_retold_parts(ledger, listed)
    check_announced_lists(ledger, told)
    check_above_sums(ledger, told)
    check_half_years(ledger, told)
    check_year_lists(ledger, told)
    check_flows(ledger, told)
    check_case_flows(ledger, told)
    check_posts(ledger, told)
    check_columns(ledger)
    return parts


def _enter_ratios(ledger: Ledger, told: Sequence[Sentence], report: Report) -> None:
    """Enter shares, rates, means and changes."""
    from plugins.validators.averages import check_averages
    from plugins.validators.frequencies import check_frequencies
    from plugins.validators.growth import check_growth
    from plugins.validators.lastyears import check_last_years
    from plugins.validators.oneinmany import check_one_in_many
    from plugins.validators.partshares import check_shares
    from plugins.validators.products import check_products
    from plugins.validators.rates import check_rates
    from plugins.validators.sharetotals import check_share_totals
    from plugins.validators.spokenchanges import check_spoken_changes
    from plugins.validators.spokenshares import check_spoken_shares
    from plugins.validators.unitprices import check_unit_prices

    check_shares(ledger, told)
    check_share_totals(ledger, told)
    check_rates(ledger, told)
    check_averages(ledger, told)
    check_products(ledger, told)
    check_frequencies(ledger, told)
    check_unit_prices(ledger, told)
    check_growth(ledger, told, report)
    check_last_years(ledger, told, report)
    check_spoken_changes(ledger, told)
    check_spoken_shares(ledger, told)
    check_one_in_many(ledger, told)
