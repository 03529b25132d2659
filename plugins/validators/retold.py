"""One fact told twice in other words: in the work, and in the duties of those in charge."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from nianbao import Report, SectionKind, Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.beside import half_years, same_cases
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.claims import Claim, claims_of, is_slip
from plugins.validators.definite import told_of_all
from plugins.validators.facts import NARROWER, OTHERS, beyond_all, told_twice
from plugins.validators.nearpairs import makes_up, told_beside
from plugins.validators.recalled import recalled
from plugins.validators.relations import AtMost, Same, Total
from plugins.validators.repeats import MOST_TELLINGS, REPEAT
from plugins.validators.retakes import taken_up_again
from plugins.validators.sentences import Sentence
from plugins.validators.sums import PART
from plugins.validators.transposed import noun_in_common, transposed
from plugins.validators.verbatim import told_verbatim

HALF_YEAR = Rule(
    "repeat.half-year", "repeat-conflict", Severity.WARNING, "半年的数字不应与全年的数字相同，除非下半年为零"
)
# 矛盾纠纷化解率 says of what; 按期办结率 and 群众满意率 are told of many things.
_RATE = regex.compile(
    r"(?!.*(?:群众|服务|按[期时]|及时|限时|工单|诉求|信访).{0,4}率$)[\p{Han}]{2,}(?:化解|办结|持证|出庭|审核|审查|覆盖|合格|上岗|应诉)率$"
)
_THERE = re.compile("(?:现有|已有)的?$")
_TELLING = 4
_SPELT_OUT = 6
_LEAST = 10
_SCOPED = re.compile(
    rf"{NARROWER}|专项|行动|领域|方面|司法所|派出所|中队|大队|法庭|工作站|服务站|{OTHERS}|协助|配合|联合|指导|参与"
    r"|现场|网上|线上|第[一二三四五六七八九十]+次|去年|上年|以来"
)
_OF_ANOTHER_TIME = re.compile("半年|季度|上年|去年|往年|历年|以来|计划|目标|力争|[拟将较比]|每(?<!全每)|平均")
_LONG = 7


def check_retold(
    ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int], report: Report
) -> None:
    """Enter what is told twice of one fact, with figures that are plain and of the whole."""
    all_told = list(claims_of(ledger, sentences, report))
    told = [claim for claim in all_told if claim.is_exact]
    claims = [claim for claim in told if claim.spot.quantity.start not in parts]
    # A plan tells what is to come, and of what there is.
    was = [claim for claim in told if claim.part is not SectionKind.PLAN or _THERE.search(claim.before)]
    done = [claim for claim in was if claim.spot.quantity.start not in parts]
    for name, one, other in (*told_twice(was, parts), *_worded_alike(done)):
        if makes_up(one, other, parts):
            continue
        relation = Same(ledger.spot(one.spot, name), ledger.spot(other.spot, name))
        _enter(ledger, Check(REPEAT, relation))
    text = ledger.reading.shadow.text
    for one, other in (
        *recalled(text, claims),
        *same_cases(done),
        *told_of_all(told, parts),
        *told_verbatim(claims),
        *taken_up_again(all_told),
        *(pair for pair in transposed(done) if _is_of_one_scope(*pair)),
    ):
        if not (makes_up(one, other, parts) or told_beside(one, other)):
            _enter(ledger, Check(REPEAT, Same(ledger.spot(one.spot), ledger.spot(other.spot))))
    for some, there in beyond_all(done):
        _enter(ledger, Check(PART, AtMost(ledger.spot(some.spot), ledger.spot(there.spot))))
    for half, whole in half_years(done):
        order = AtMost(ledger.spot(half.spot), ledger.spot(whole.spot), strictly=True)
        _enter(ledger, Check(HALF_YEAR, order, note="请对照台账核实：两处各是哪一段时间的数字。"))


def _enter(ledger: Ledger, check: Check) -> None:
    told = set(check.relation.members)
    for each in ledger.checks:
        of = each.relation
        if told == set(of.members) or (isinstance(of, Total) and of.parts_them(check.relation)):
            return
    ledger.checks.append(check)


def _worded_alike(claims: Sequence[Claim]) -> Iterator[tuple[str, Claim, Claim]]:
    """Yield the pairs that tell the same words of figures of which one is a slip of the other."""
    by_unit: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_unit[claim.spot.quantity.unit].append(claim)
    for told in by_unit.values():
        for one, other in _begun_alike(told):
            if (
                one.spot.quantity.value != other.spot.quantity.value
                and one.sentence is not other.sentence
                and _is_retelling(one, other)
                and not (_is_scoped(one) or _is_scoped(other))
            ):
                yield "", one, other


def _begun_alike(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Return the pairs of claims whose nouns begin alike, in their order: no others are of one noun."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    by_length: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        is_rate = claim.spot.quantity.kind is UnitClass.RATE
        by_length[0 if is_rate else len(claim.digits)].append(number)
    for length, numbers in by_length.items():
        # A slip of the pen leaves as many digits as there were.
        differ = len({claims[number].spot.quantity.value for number in numbers}) > 1
        for number in numbers if differ else ():
            noun = claims[number].noun
            if noun is not None:
                groups[length, noun.words[:_TELLING]].append(number)
    told_again = (group for group in groups.values() if len(group) <= MOST_TELLINGS)
    pairs = sorted(pair for group in told_again for pair in combinations(group, 2))
    return [(claims[one], claims[other]) for one, other in pairs]


def _is_retelling(one: Claim, other: Claim) -> bool:
    if one.spot.quantity.kind is UnitClass.RATE:
        return _rates_alike(one, other)
    large = min(one.spot.quantity.value, other.spot.quantity.value) >= _LEAST
    return _words_alike(one, other, _TELLING if large else _SPELT_OUT) and is_slip(one, other)


def _is_of_one_scope(one: Claim, other: Claim) -> bool:
    """Whether nothing confines either figure; of one long noun, at least not to another time."""
    confined = _OF_ANOTHER_TIME.search if noun_in_common(one, other) >= _LONG else _SCOPED.search
    return not any(confined(f"{claim.before}#{claim.after}") for claim in (one, other))


def _is_scoped(claim: Claim) -> bool:
    return _SCOPED.search(f"{claim.before}#{claim.after}") is not None


def _words_alike(one: Claim, other: Claim, least: int) -> bool:
    """Whether two claims are of one noun of `least` characters, and one of all that there is of it."""
    mine, theirs = one.noun, other.noun
    if mine is None or theirs is None or min(len(mine.words), len(theirs.words)) < least:
        return False
    if not (one.told_fully or other.told_fully):
        return False
    shorter, longer = sorted((mine, theirs), key=lambda noun: len(noun.words))
    return mine.words == theirs.words or (longer.behind and longer.words.startswith(shorter.words))


def _rates_alike(one: Claim, other: Claim) -> bool:
    """Whether two rates are called alike by more than 化解率, of which there may be several."""
    mine, theirs = one.noun, other.noun
    same = mine is not None and theirs is not None and mine.words == theirs.words
    return same and mine is not None and _RATE.search(mine.words) is not None
