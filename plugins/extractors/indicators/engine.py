"""Claims, refusals, parts and roles put together: from a reading to observations and numerals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import lru_cache

from nianbao.catalogue import Catalogue
from nianbao.grammar.clauses import Clause, clauses
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import Units
from nianbao.model import Field, Numeral, NumeralReason, Observation, Report
from plugins.extractors.indicators.accounting import account
from plugins.extractors.indicators.claims import Claim, Claimer
from plugins.extractors.indicators.cues import CueIndex, build_index
from plugins.extractors.indicators.dealing import dealt
from plugins.extractors.indicators.inheritance import inherit
from plugins.extractors.indicators.nothing import Nothing, NothingFinder, make_finder
from plugins.extractors.indicators.refusals import Refuser, is_planned
from plugins.extractors.indicators.roles import Statement, assign_roles
from plugins.extractors.indicators.tables import TableReader
from plugins.extractors.indicators.telling import tell, tell_nothing

NAME = "indicators"


@dataclass(frozen=True, slots=True)
class Engine:
    """The compiled catalogue."""

    index: CueIndex
    nothing: NothingFinder
    units: Units = field(repr=False)

    def extract(self, reading: Reading, report: Report) -> Iterator[Observation | Numeral]:
        """Yield the observations of a reading, and its numerals that are none."""
        found = clauses(reading)
        refuser = Refuser(reading, report)
        tabled = tuple(TableReader(self.units, report.year, self._only_claim, NAME).read(reading))
        cells = {(row.observation.figure_start, row.observation.figure_end) for row in tabled}
        claims, reasons = self._claims(reading, found, refuser)
        claims = [claim for claim in claims if not _in_cell(reading, claim.clause, cells)]
        observations = [
            *(tell(reading, claim, NAME) for claim in claims),
            *(tell_nothing(reading, nothing, NAME) for nothing in self._nothings(reading, report)),
            *((row.observation, row.statement) for row in tabled),
        ]
        yield from _with_roles(observations)
        claimed = {claim.clause.index for claim in claims}
        for numeral in account(reading, found, reasons, claimed):
            if not any(start <= numeral.start and numeral.end <= end for start, end in cells):
                yield numeral

    def _only_claim(self, phrase: Reading) -> Claim | None:
        """Return the best claim on the only figure of a phrase such as 罚没金额96.3万元."""
        claimer = Claimer(phrase, self.index, self.index.find(phrase.shadow.text))
        return next(iter(claimer.best(clauses(phrase)[0])), None)

    def _claims(
        self, reading: Reading, found: tuple[Clause, ...], refuser: Refuser
    ) -> tuple[list[Claim], dict[int, NumeralReason]]:
        text = reading.shadow.text
        province = (refuser.report.value(Field.DIVISION_CODE) or "")[:2]
        claimer = Claimer(reading, self.index, self.index.find(text), province)
        reasons = {clause.index: reason for clause in found if (reason := refuser.reason(clause))}
        claims: dict[int, list[Claim]] = {}
        for deal in dealt(text, found):
            if deal.clause.index in reasons:
                continue
            claims.setdefault(deal.clause.index, []).extend(claimer.best(deal.clause, deal.name)[:1])
            if deal.shared and not claims[deal.clause.index]:
                del claims[deal.clause.index]
        for clause in found:
            if clause.index in claims or clause.index in reasons:
                continue
            taken = list(claimer.best(clause))
            if not taken:
                continue
            if refuser.is_stock(clause) and not any(one.card.stock for one in taken):
                reasons[clause.index] = NumeralReason.STOCK
            else:
                claims[clause.index] = taken
        claims = {index: taken for index, taken in claims.items() if taken}
        inherit(text, claims, reasons, found)
        return [claim for index in sorted(claims) for claim in claims[index]], reasons

    def _nothings(self, reading: Reading, report: Report) -> Iterator[Nothing]:
        """Yield each stated nothing once a sentence, but for what a plan says."""
        seen: set[tuple[str, int]] = set()
        for nothing in self.nothing.find(reading):
            key = (nothing.card.id, reading.sentence(nothing.start)[0])
            if key not in seen and not is_planned(report, reading.shadow.origins[nothing.start]):
                seen.add(key)
                yield nothing


@lru_cache(maxsize=4)
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


def _with_roles(found: Sequence[tuple[Observation, Statement]]) -> Iterator[Observation]:
    groups: dict[str, list[tuple[Observation, Statement]]] = {}
    for row in sorted(found, key=lambda row: row[0].figure_start):
        groups.setdefault(row[0].indicator, []).append(row)
    for rows in groups.values():
        for (observation, _), role in zip(rows, assign_roles([row[1] for row in rows]), strict=True):
            yield replace(observation, role=role)
