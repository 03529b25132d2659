"""Compares the reports of a year with each other, and each with its issuer's of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.copying.alignment import Alignment
from nianbao.copying.index import Index, make_index, pairs
from nianbao.copying.prose import Prose, read_prose
from nianbao.copying.sides import longest_run, side_of
from nianbao.copying.stocks import find_stocks
from nianbao.issuers import Issuers, groups_of_issuers
from nianbao.model import Entry, Overlap, SectionKind, Status, Stock

# A pair is told from so many sentences on, where they are so much of one's own prose …
_SENTENCES = 5
_SHARE = Decimal("0.2")
# … or nearly all of a mandated part that has at least so many.
_OF_PART = 3
_SHARE_OF_PART = Decimal("0.8")
# A town may well say again what it does every year.
_REUSED = Decimal("0.6")
_REPORTS = (Status.COMPLETE, Status.PARTIAL)
_MANDATED = tuple(kind for kind in SectionKind if kind is not SectionKind.OTHER)


@dataclass(frozen=True, slots=True)
class Shared:
    """What a year's reports share.

    Args:
        overlaps: between reports of different issuers, the most alike first.
        reused: where a report says again most of what its issuer's last one said; the older side first.
        stocks: groups of reports that are made of the same sentences, the largest first.
    """

    overlaps: tuple[Overlap, ...]
    reused: tuple[Overlap, ...]
    stocks: tuple[Stock, ...]


def find_shared(entries: Iterable[Entry], before: Iterable[Entry] = ()) -> Shared:
    """Compare a year's reports with each other and with those of the year before.

    The result does not depend on the order of the entries.
    """
    proses = [read_prose(entry) for entry in sorted(_readable(entries), key=_key)]
    issuers = groups_of_issuers([prose.entry.report for prose in proses])
    index = make_index(proses, issuers)
    alignment = Alignment(index.common.keys() | index.idle)
    found = []
    for (one, other), count in pairs(index.rare).items():
        if count >= _OF_PART and issuers[one] != issuers[other]:
            overlap = _overlap(proses[one], proses[other], alignment, index)
            if overlap is not None and _is_told(overlap):
                found.append(overlap)
    found.sort(key=_alikeness)
    return Shared(tuple(found), tuple(_reused(proses, before)), find_stocks(proses, index))


def _reused(proses: Sequence[Prose], before: Iterable[Entry]) -> Iterator[Overlap]:
    earlier = sorted(_readable(before), key=_key)
    issuers = Issuers([entry.report for entry in earlier])
    for prose in proses:
        for place in issuers.of(prose.entry.report):
            overlap = _overlap(read_prose(earlier[place]), prose, Alignment())
            if overlap is not None and overlap.sentences >= _SENTENCES and overlap.sides[1].share >= _REUSED:
                yield overlap


def _readable(entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry.report.status in _REPORTS)


def _key(entry: Entry) -> tuple[str, int]:
    return entry.report.file, entry.report.part


def _is_told(overlap: Overlap) -> bool:
    share = max(side.share for side in overlap.sides)
    return bool(overlap.parts) or (overlap.sentences >= _SENTENCES and share >= _SHARE)


def _alikeness(overlap: Overlap) -> tuple[Decimal, int, str, str]:
    one, other = overlap.sides
    return -max(one.share, other.share), -overlap.sentences, one.file, other.file


def _overlap(one: Prose, other: Prose, alignment: Alignment, index: Index | None = None) -> Overlap | None:
    """Return what two proses share; None where hardly a sentence is the same to the word.

    Args:
        one, other: the proses.
        alignment: finds what was changed a little.
        index: of the year: what it does not hold as rare is not counted. All is where there is none.
    """
    keys = set(one.keys) & set(other.keys)
    if index is not None:
        keys &= index.rare.keys()
    if len(keys) < _OF_PART:
        return None
    other, near = alignment.aligned(one, other)
    keys |= near
    two = (one, other)
    runs = longest_run(one, other, keys)
    sides = [side_of(prose, prose.share(keys), run) for prose, run in zip(two, runs, strict=True)]
    return Overlap(
        sides=(sides[0], sides[1]),
        sentences=len(keys),
        same_figures=len(_verbatim(one, keys) & _verbatim(other, keys)),
        parts=tuple(kind for kind in _MANDATED if any(_is_taken(prose, keys, kind) for prose in two)),
        passage_sentences=runs[0][1] - runs[0][0] + 1,
    )


def _verbatim(prose: Prose, keys: set[int]) -> set[str]:
    return {prose.quote(place, place)[2] for place, key in enumerate(prose.keys) if key in keys}


def _is_taken(prose: Prose, keys: set[int], kind: SectionKind) -> bool:
    """Tell whether nearly all of a part is shared."""
    part = [place for place, each in enumerate(prose.kinds) if each is kind]
    total = sum(prose.sizes[place] for place in part)
    shared = [prose.sizes[place] for place in part if prose.keys[place] in keys]
    return len(shared) >= _OF_PART and sum(shared) >= _SHARE_OF_PART * total
