"""Groups of reports that are made of the same sentences: a template is told once, not pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nianbao.copying.index import Index
from nianbao.copying.naming import county_key
from nianbao.copying.prose import Prose
from nianbao.copying.sides import longest_passage, side_of
from nianbao.model import Field, Side, Stock

# So much of a report must be made of what many others say too …
_SHARE = Decimal("0.5")
# … and less where all who say it belong to one county, which no custom of the genre explains.
_SHARE_OF_COUNTY = Decimal("0.25")
_SENTENCES = 6
# So many sentences bind two reports together.
_TIE = 3


def find_stocks(proses: Sequence[Prose], index: Index) -> tuple[Stock, ...]:
    """Return the groups of reports that are made of common sentences, the largest first."""
    counties = [county_key(prose.entry.report) for prose in proses]
    local = {
        key
        for key, places in index.common.items()
        if len({counties[place] for place in places}) == 1 and counties[places[0]]
    }
    found = []
    takers: dict[int, frozenset[int]] = {}
    for place, prose in enumerate(proses):
        keys = frozenset(prose.keys) & index.common.keys()
        for wanted, enough in ((keys, _SHARE), (keys & local, _SHARE_OF_COUNTY)):
            if len(wanted) >= _SENTENCES and prose.share(wanted) >= enough:
                takers[place] = wanted
                break
    for group in _tied(takers):
        if len(group) > 2:
            found.append(_stock(proses, {place: takers[place] for place in group}))
    return tuple(sorted(found, key=lambda stock: (-len(stock.sides), stock.sides[0].file)))


def _tied(takers: dict[int, frozenset[int]]) -> Iterator[list[int]]:
    """Yield the groups in which each report shares some sentences with another one."""
    left = sorted(takers)
    while left:
        group, waiting = [left[0]], [left[0]]
        left = left[1:]
        while waiting:
            mine = takers[waiting.pop()]
            near = [place for place in left if len(mine & takers[place]) >= _TIE]
            group += near
            waiting += near
            left = [place for place in left if place not in set(near)]
        yield sorted(group)


def _stock(proses: Sequence[Prose], taken: dict[int, frozenset[int]]) -> Stock:
    told = [(_side(proses[place], keys), len(keys)) for place, keys in taken.items()]
    told.sort(key=lambda row: (-row[0].share, row[0].file, row[0].part))
    reports = [proses[place].entry.report for place in taken]
    is_one = len({county_key(report) for report in reports}) == 1
    first = reports[0]
    place = first.value(Field.COUNTY) or first.value(Field.CITY) or first.value(Field.PROVINCE) or ""
    return Stock(
        sides=tuple(side for side, _ in told),
        sentences=len(frozenset().union(*taken.values())),
        counts=tuple(count for _, count in told),
        place=place if is_one else "",
    )


def _side(prose: Prose, keys: frozenset[int]) -> Side:
    return side_of(prose, prose.share(keys), longest_passage(prose, keys))
