"""From claims and stated nothings to observations, with what the choice of roles needs to know."""

from __future__ import annotations

from decimal import Decimal

import regex

from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from nianbao.model import Field, IssuerLevel, Observation, Qualifier, Report, Role
from nianbao.observing import observation_of
from plugins.extractors.indicators.claim import Claim, Side
from plugins.extractors.indicators.evidence import Evidence, evidence_of
from plugins.extractors.indicators.nothing import Nothing
from plugins.extractors.indicators.roles import Statement
from plugins.extractors.indicators.told import Told
from plugins.extractors.indicators.whereabouts import is_among_problems

# Settled with the role, when all that is told of an indicator is known.
OPEN = Decimal(0)
# 区卫生健康局检查1500户次: of a county's departments, one.
_DEPARTMENT = regex.compile(
    r"^[、和及与]?(?:省|市|州|县|区|旗)(?!政府|委)\p{Han}{2,9}(?:局|委|办|大队|支队|中心|法院|检察院)(?!长)"
)
_ABOVE_DEPARTMENTS = frozenset({IssuerLevel.PROVINCE, IssuerLevel.CITY, IssuerLevel.COUNTY})


def tell(reading: Reading, claim: Claim, extractor: str, report: Report) -> Told:
    """Return the observation that a claim makes."""
    quantity, cue = claim.clause.quantity, claim.ref.cue
    head = reading.shadow.text[claim.head.start : claim.head.end]
    observation = observation_of(
        reading,
        quantity,
        claim.card.id,
        (claim.start, claim.end),
        extractor=extractor,
        reason=f"线索“{head}”（第{claim.ref.rank + 1}条）",
        confidence=OPEN,
    )
    # 57批143人次: a second count of the same, told at once.
    again = claim.side is Side.CARRIED and claim.clause.left == quantity.start
    # 来访74批次、189人次: of what is counted by cases the persons are a part.
    again = again or (claim.card.unit == "件" and quantity.kind is UnitClass.PEOPLE)
    before = reading.shadow.text[min(claim.start, claim.clause.left) : quantity.start]
    statement = Statement(
        quantity.value,
        own_part=claim.is_part or again,
        rank=claim.ref.rank,
        weak=cue.weak,
        before=before,
        after=reading.shadow.text[quantity.end : claim.clause.right],
        zero=False,
        low=quantity.low,
        high=quantity.high,
        inherited=claim.inherited,
        name=head,
        on_topic=_is_on_topic(reading, claim),
        aside=is_among_problems(report, observation.figure_start) or _is_of_one_department(report, before),
    )
    return Told(observation, statement, evidence_of(claim))


def _is_of_one_department(report: Report, before: str) -> bool:
    level = report.value(Field.ISSUER_LEVEL)
    wide = level is not None and IssuerLevel(level) in _ABOVE_DEPARTMENTS
    return wide and _DEPARTMENT.search(before) is not None


def _is_on_topic(reading: Reading, claim: Claim) -> bool:
    """Whether a figure's own clause names the topic that its card asks for."""
    start = min(claim.start, claim.clause.left)
    told = reading.shadow.text[start : claim.clause.right]
    return not claim.card.topic or any(word in told for word in claim.card.topic)


def tell_nothing(reading: Reading, nothing: Nothing, extractor: str) -> Told:
    """Return the zero that a text states in words."""
    start, end, quote = reading.quote(nothing.start, nothing.end)
    zero = Decimal(0)
    observation = Observation(
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
        confidence=OPEN,
        extractor=extractor,
        reason="文字说明没有发生",
    )
    sentence = reading.sentence(nothing.start)[0]
    before = reading.shadow.text[max(sentence, nothing.start - 20) : nothing.end]
    statement = Statement(
        zero, own_part=False, rank=0, weak=False, before=before, after="", zero=True, low=zero, high=zero
    )
    return Told(observation, statement, Evidence(nothing.kind))
