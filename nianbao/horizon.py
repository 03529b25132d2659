"""Until which day a reading holds: rules ask whether a year or a day has come, and one day it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nianbao.grammar.dates import dates_in, parse_date, url_date, years_in
from nianbao.grammar.text import fold
from nianbao.model import Document

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# What is longer is no fact's value or address.
_LONGEST = 500


def next_day(document: Document, today: date) -> date | None:
    """Return the first day after `today` on which a rule may decide otherwise than today, or None.

    A year to come is no report's year, a day to come is nobody's publication, and what is told as done before
    it came is a fault: each of these is asked of the years, months and days that the document tells.
    """
    told = (document.text, document.name, *(fact.value for fact in document.facts))
    return min((day for text in told for day in _days(text) if day > today), default=None)


def _days(text: str) -> Iterator[date]:
    folded = fold(text)
    years = {int(found) for found in _YEAR.findall(folded)}
    years |= {mention.year for mention in years_in(folded)}
    for mention in dates_in(folded):
        years.add(mention.year)
        yield date(mention.year, mention.month, 1)
        if day := mention.date():
            yield day
    yield from (date(year, 1, 1) for year in years)
    if len(folded) <= _LONGEST:
        yield from (day for day in (parse_date(text), url_date(text)) if day)
