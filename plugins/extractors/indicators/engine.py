"""Claims, refusals, parts and roles put together: from a reading to observations and numerals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

import regex

from nianbao.catalogue import Catalogue
from nianbao.grammar.clauses import Clause, clauses
from nianbao.grammar.parts import Parts, find_parts
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import Units
from nianbao.model import Field, Numeral, NumeralReason, Observation, Qualifier, Report, Role, SectionKind
from plugins.extractors.indicators.accounting import account
from plugins.extractors.indicators.claims import Claim, Claimer, Side
from plugins.extractors.indicators.cues import CueIndex, build_index
from plugins.extractors.indicators.dealing import dealt
from plugins.extractors.indicators.nothing import Nothing, NothingFinder, make_finder
from plugins.extractors.indicators.refusals import Refuser
from plugins.extractors.indicators.roles import Statement, assign_roles
from plugins.extractors.indicators.tables import TableReader

NAME = "indicators"
_QUALIFIES = regex.compile(
    r"[、,，和及]{0,2}(?:其中|另有)?(?:国家级?|全国|省级?|市级?|县级?|区级?|镇级?|乡级|村级?|街道|社区|专职|兼职|线上|线下|口头|书面|其他|其它"
    r"|[^,，、。;；\d]{1,7}(?:类|级|型|程序|领域|方面|系统))"
)
# A part named by its kind belongs to its whole, whatever else its name says: 监督检查类55起.
_KIND = regex.compile(r"(?:类|领域|方面|系统|程序)(?:案件|纠纷)?$")
_CONFIDENCE = {Side.LEFT: Decimal("0.95"), Side.RIGHT: Decimal("0.9"), Side.CARRIED: Decimal("0.8")}


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
            *_observations(reading, claims),
            *self._nothings(reading, report),
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
        for parts in find_parts(text, found):
            _inherit(text, claims, reasons, found, parts)
        _continue_lists(text, claims, reasons, found)
        return [claim for index in sorted(claims) for claim in claims[index]], reasons

    def _nothings(self, reading: Reading, report: Report) -> Iterator[tuple[Observation, Statement]]:
        seen: set[tuple[str, int]] = set()
        for nothing in self.nothing.find(reading):
            sentence = reading.sentence(nothing.start)[0]
            if (nothing.card.id, sentence) in seen or _in_plan(report, reading.shadow.origins[nothing.start]):
                continue
            seen.add((nothing.card.id, sentence))
            yield _zero(reading, nothing), _zero_statement(reading, nothing)


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


def _inherit(
    text: str,
    claims: dict[int, list[Claim]],
    reasons: dict[int, NumeralReason],
    found: Sequence[Clause],
    parts: Parts,
) -> None:
    """Give the parts of a claimed whole to the whole's indicator, where no other has a firm claim."""
    whole = claims.get(parts.whole, [])
    if len(whole) != 1:
        return
    for number in parts.parts:
        own = claims.get(number, [])
        if number in reasons or len(own) > 1:
            continue
        same = own and own[0].card.id == whole[0].card.id
        firm = own and not same and not own[0].ref.cue.weak
        kind = parts.additive and _KIND.search(found[number].text_before(text)) is not None
        summed = parts.sure and _adds_up(found, parts) and len(parts.parts) > 2
        if firm and not kind and not (summed and not _names_wholly(text, own[0])):
            continue
        if not same and not parts.additive and not (own and parts.sure) and not _adds_up(found, parts):
            continue
        clause = found[number]
        claim = own[0] if same else whole[0]
        claims[number] = [
            replace(
                claim,
                clause=clause,
                start=claim.start if same else min(whole[0].start, clause.left),
                end=max(clause.quantity.end, claim.end if same else 0),
                inherited=True,
            )
        ]


def _names_wholly(text: str, claim: Claim) -> bool:
    """Whether the head is all that the clause names: 行政处罚, but not 移交 in 派出所移交."""
    return text[claim.clause.left : claim.head.start].strip("、,，:其中") == ""


def _adds_up(found: Sequence[Clause], parts: Parts) -> bool:
    total = sum((found[number].quantity.value for number in parts.parts), Decimal(0))
    return total == found[parts.whole].quantity.value


def _continue_lists(
    text: str, claims: dict[int, list[Claim]], reasons: Mapping[int, NumeralReason], found: Sequence[Clause]
) -> None:
    """Give 、省级16个 after 国家级示范村2个 to the same indicator: the item only qualifies."""
    for clause in found[1:]:
        before = claims.get(clause.index - 1, [])
        if clause.index in claims or clause.index in reasons or len(before) != 1:
            continue
        previous = found[clause.index - 1].quantity
        gap = text[previous.end : clause.quantity.start]
        one = before[0]
        refused = any(word in gap for word in one.ref.cue.without)
        if previous.unit == clause.quantity.unit and _QUALIFIES.fullmatch(gap) and not refused:
            claims[clause.index] = [
                replace(one, clause=clause, start=one.start, end=clause.quantity.end, inherited=True)
            ]


def _observations(reading: Reading, claims: Sequence[Claim]) -> Iterator[tuple[Observation, Statement]]:
    for claim in claims:
        quantity = claim.clause.quantity
        start, end, quote = reading.quote(claim.start, claim.end)
        figure_start, figure_end = reading.shadow.span(quantity.start, quantity.end)
        confidence = _CONFIDENCE[claim.side] - (Decimal("0.2") if claim.ref.cue.weak else 0)
        head = reading.shadow.text[claim.head.start : claim.head.end]
        observation = Observation(
            indicator=claim.card.id,
            value=quantity.value,
            unit=quantity.unit,
            qualifier=quantity.qualifier,
            role=Role.PART,
            start=start,
            end=end,
            quote=quote,
            low=quantity.low,
            high=quantity.high,
            figure_start=figure_start,
            figure_end=figure_end,
            confidence=confidence - (Decimal("0.1") if claim.inherited else 0),
            extractor=NAME,
            reason=f"线索“{head}”（第{claim.ref.rank + 1}条）",
        )
        before = reading.shadow.text[min(claim.start, claim.clause.left) : quantity.start]
        adjacent = claim.clause.left == quantity.start and claim.clause.bare
        own_part = claim.inherited or claim.ref.cue.part or (adjacent and claim.side is Side.CARRIED)
        yield (
            observation,
            Statement(
                quantity.value, own_part, claim.ref.rank, claim.ref.cue.weak, before, False, claim.inherited
            ),
        )


def _zero(reading: Reading, nothing: Nothing) -> Observation:
    start, end, quote = reading.quote(nothing.start, nothing.end)
    zero = Decimal(0)
    return Observation(
        indicator=nothing.card.id,
        value=zero,
        unit="",
        qualifier=Qualifier.EXACT,
        role=Role.PART,
        start=start,
        end=end,
        quote=quote,
        low=zero,
        high=zero,
        figure_start=start,
        figure_end=end,
        confidence=Decimal("0.9"),
        extractor=NAME,
        reason="文字说明没有发生",
    )


def _zero_statement(reading: Reading, nothing: Nothing) -> Statement:
    sentence = reading.sentence(nothing.start)[0]
    before = reading.shadow.text[max(sentence, nothing.start - 20) : nothing.end]
    return Statement(Decimal(0), False, 0, False, before, True)


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


def _in_plan(report: Report, offset: int) -> bool:
    return any(
        section.kind is SectionKind.PLAN and section.start <= offset < section.end for section in report.parts
    )
