"""Claims, refusals, parts and roles put together: from a reading to observations and numerals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache

from nianbao.catalogue import Catalogue
from nianbao.grammar.clauses import Clause, clauses
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass, Units
from nianbao.model import Field, Numeral, Observation, Report
from plugins.extractors.indicators.accounting import account
from plugins.extractors.indicators.claim import Claim, Via
from plugins.extractors.indicators.claims import Claimer
from plugins.extractors.indicators.confidence import confidence_of
from plugins.extractors.indicators.cues import CueIndex, build_index
from plugins.extractors.indicators.dealing import dealt
from plugins.extractors.indicators.inheritance import inherit
from plugins.extractors.indicators.nothing import Nothing, NothingFinder, make_finder
from plugins.extractors.indicators.reasons import STOCK, Refusal
from plugins.extractors.indicators.refusals import Refuser
from plugins.extractors.indicators.roles import assign_roles
from plugins.extractors.indicators.tables import TableReader
from plugins.extractors.indicators.telling import tell, tell_nothing
from plugins.extractors.indicators.told import Told
from plugins.extractors.indicators.trace import Silence, Trace
from plugins.extractors.indicators.whereabouts import is_planned

NAME = "indicators"


@dataclass(frozen=True, slots=True)
class Engine:
    """The compiled catalogue."""

    index: CueIndex
    nothing: NothingFinder
    units: Units = field(repr=False)

    def extract(
        self, reading: Reading, report: Report, trace: Trace | None = None
    ) -> Iterator[Observation | Numeral]:
        """Yield the observations of a reading, and its numerals that are none.

        Args:
            reading: the reading.
            report: what is known of the report.
            trace: written to while it is decided, where somebody asks for the reasons.
        """
        found = clauses(reading)
        tables = TableReader(self.units, report.year, self._only_claim, NAME, trace)
        tabled = tuple(tables.read(reading))
        cells = {(row.observation.figure_start, row.observation.figure_end) for row in tabled}
        claims, refusals = self._claims(reading, found, Refuser(reading, report), trace)
        kept = [claim for claim in claims if not _in_cell(reading, claim.clause, cells)]
        if trace is not None:
            trace.in_table.update(claim.clause.index for claim in claims if claim not in kept)
        observations = [
            *(tell(reading, claim, NAME, report) for claim in kept),
            *(tell_nothing(reading, nothing, NAME) for nothing in self._nothings(reading, report, trace)),
            *tabled,
        ]
        yield from _with_roles(observations, trace)
        claimed = {claim.clause.index for claim in kept}
        for numeral in account(reading, found, refusals, claimed):
            if not any(start <= numeral.start and numeral.end <= end for start, end in cells):
                yield numeral

    def _only_claim(self, phrase: Reading) -> Claim | None:
        """Return the best claim on the only figure of a phrase such as 罚没金额96.3万元."""
        claimer = Claimer(phrase, self.index, self.index.find(phrase.shadow.text))
        return next(iter(claimer.best(clauses(phrase)[0])), None)

    def _claims(
        self, reading: Reading, found: tuple[Clause, ...], refuser: Refuser, trace: Trace | None
    ) -> tuple[list[Claim], dict[int, Refusal]]:
        text = reading.shadow.text
        province = (refuser.report.value(Field.DIVISION_CODE) or "")[:2]
        claimer = Claimer(reading, self.index, self.index.find(text), province, trace)
        refusals = {clause.index: refusal for clause in found if (refusal := refuser.refusal(clause))}
        if trace is not None:
            # What a refused figure would have been is asked only here.
            for index in refusals:
                claimer.best(found[index])
        claims = _dealt_claims(text, found, claimer, refusals)
        for clause in found:
            if clause.index in claims or clause.index in refusals:
                continue
            taken = list(claimer.best(clause))
            if not taken:
                continue
            if refuser.is_stock(clause) and not any(one.card.stock for one in taken):
                refusals[clause.index] = STOCK
            else:
                claims[clause.index] = taken
        claims = {index: taken for index, taken in claims.items() if taken}
        own = dict(claims)
        inherit(text, claims, refusals, found)
        if trace is not None:
            trace.clauses, trace.refusals, trace.own, trace.claims = found, refusals, own, claims
        return [claim for index in sorted(claims) for claim in claims[index]], refusals

    def _nothings(self, reading: Reading, report: Report, trace: Trace | None) -> Iterator[Nothing]:
        """Yield each stated nothing once a sentence, but for what a plan says."""
        seen: set[tuple[str, int]] = set()
        for nothing in self.nothing.find(reading, trace):
            key = (nothing.card.id, reading.sentence(nothing.start)[0])
            planned = is_planned(report, reading.shadow.origins[nothing.start])
            if trace is not None:
                why = "写在下一年安排的部分" if planned else "同一句里已经记过" if key in seen else ""
                trace.silences.append(Silence(nothing.card, nothing.start, nothing.end, why))
            if key not in seen and not planned:
                seen.add(key)
                yield nothing


def _dealt_claims(
    text: str, found: tuple[Clause, ...], claimer: Claimer, refused: Collection[int]
) -> dict[int, list[Claim]]:
    """Return the claims on figures that the text deals out among several names."""
    claims: dict[int, list[Claim]] = {}
    runs: dict[int, list[Claim]] = {}
    for deal in dealt(text, found):
        number = deal.clause.index
        if number in refused:
            continue
        claim = claimer.dealt(deal)
        again = deal.shared and deal.clause.quantity.kind is UnitClass.RATE
        if claim is not None and again and any(claim.card is one.card for one in runs.get(deal.first, ())):
            # 见面率、办复率均为100%: one rate, told by two of its names.
            continue
        if claim is not None:
            runs.setdefault(deal.first, []).append(claim)
        elif not deal.shared:
            # What one name lacks is no other's.
            claims.setdefault(number, [])
    _bridge(text, found, refused, runs)
    for run in runs.values():
        names = Counter(claim.card.id for claim in run)
        for claim in run:
            via = Via.SHARE if names[claim.card.id] > 1 else Via.DEALT
            claims.setdefault(claim.clause.index, []).append(replace(claim, via=via))
    return claims


def _bridge(
    text: str, found: tuple[Clause, ...], refused: Collection[int], runs: dict[int, list[Claim]]
) -> None:
    """Give a name between two of one indicator to it: 送法进校园、进企业、进乡村分别为9场、6场、8场."""
    for deal in dealt(text, found):
        run = runs.get(deal.first, [])
        number = deal.clause.index
        before = next((claim for claim in run if claim.clause.index == number - 1), None)
        after = next((claim for claim in run if claim.clause.index == number + 1), None)
        told = any(claim.clause.index == number for claim in run) or number in refused
        if deal.shared or told or before is None or after is None or before.card is not after.card:
            continue
        start = min(before.start, deal.name[0])
        run.append(replace(before, clause=deal.clause, start=start, end=deal.clause.quantity.end))


@lru_cache(maxsize=8)
def _compiled(catalogue_key: _Key) -> Engine:
    cards = catalogue_key.catalogue.indicators
    return Engine(build_index(cards), make_finder(cards), catalogue_key.catalogue.units)


@dataclass(frozen=True, slots=True)
class _Key:
    """Lets a catalogue be a cache key by its fingerprint."""

    catalogue: Catalogue

    def __hash__(self) -> int:
        return hash(self.catalogue.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.catalogue.fingerprint == other.catalogue.fingerprint


def engine_for(catalogue: Catalogue) -> Engine:
    """Return the engine of a catalogue, compiled once."""
    return _compiled(_Key(catalogue))


def _in_cell(reading: Reading, clause: Clause, cells: AbstractSet[tuple[int, int]]) -> bool:
    start, end = reading.shadow.span(clause.quantity.start, clause.quantity.end)
    return any(first <= start and end <= last for first, last in cells)


def _with_roles(found: Sequence[Told], trace: Trace | None) -> Iterator[Observation]:
    groups: dict[str, list[Told]] = {}
    for told in sorted(found, key=lambda told: told.observation.figure_start):
        groups.setdefault(told.observation.indicator, []).append(told)
    for group in groups.values():
        for told, standing in zip(group, assign_roles([told.statement for told in group]), strict=True):
            if trace is not None:
                key = (told.observation.indicator, told.observation.figure_start)
                trace.standings[key] = (standing.told, told.evidence)
            confidence = confidence_of(told.evidence, standing.role)
            yield replace(told.observation, role=standing.role, confidence=confidence)
