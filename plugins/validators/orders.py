"""More done than there was to do: 化解 above 排查, 办结 above 受理, 出庭 above 应诉."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao import Context, Figure, FigureStatus, Observation, Report, Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.counterparts import (
    CARRIED_OVER,
    carried_at_most,
    carried_over,
    comparable,
    counted_alike,
    is_done,
    is_heard,
    is_of,
    roles,
)
from plugins.validators.pairs import APPEARED, CLOSED, COMPLETED, ORDERED, Pair
from plugins.validators.relations import AtMost
from plugins.validators.sentences import Sentence, Spot, alike, bracketed
from plugins.validators.stages import in_stages

SEVERAL = "several"
ORDER = Rule("arithmetic.order", "order", Severity.WARNING, "办成的数量不应多于受理（排查、应诉等）的数量")
# Of another scope than what stands before, or of one way in which it was done.
_TELLING = 4
_BEYOND = _FAR_BEYOND = 5

_NOW = re.compile(r"[;；]|今年|本年|全年|目前|截[至止]|20\d\d年|同比|[增下上减]")
_PAST = re.compile(
    r"(?:上年|上一年|去年|前年|(?<!\d)(?P<year>20\d\d)年)度?(?!.*(?:结转|转结|遗留|以来|未|积))(?=[^,，。;；]*$)"
)
_RATE_OF = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{3,}?)(?:按[时期]|及时|依法)?(?:化解|调解|调处|办[结复理]|[答回]复|整改|结案|审结|采纳)(?:成功)?率$"
)
_CLOSED = re.compile("有效|审结|办结|结案|调[解处]成功|成功调[解处]")
_TOTAL = re.compile("(?:全年|年内|以上|上述|总计|累计)*(?:合计|共计|总计|总共|累计|共)")
_ORDERS = re.compile("(?:限期|当场|现场|责令|立即)整?改?正?$|立行立改$|限期整改$")
_ABOVE = re.compile("上述|以上|前述")
_SESSION = re.compile("(?:会|会议|培训班?|讲座|活动)$")
_BY_NOW = re.compile("[已现]有|累计(?:已|有)|目前|共持有|现持有")
# 申请人撤回而终止审理的14件: how cases ended is no whole of others.
_ENDED = re.compile("终止(?:审理|调解)?的?$|[驳撤]回的?$|维持的?$|撤销的?$|撤诉的?$")
# 区市场监管局查办…: what another body did is none of the one before.
_OTHER_BODY = re.compile(
    "[\u4e00-\u9fff]{1,12}?(?:局|委|所|院|办|中心|大队|公司)(?![\u4e00-\u9fff]{0,2}(?:部门|领导))"
)
_ALL = re.compile("全部|全员|全数|均|无一")
_APART = re.compile("全年|累计|合计|总计|共计|总共|共|现场|当场|限期|责令|立行立改")


def check_orders(
    ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int], report: Report, context: Context
) -> None:
    """Enter what one sentence tells of two figures, and what the catalogue's cards say of headlines.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        parts: where the figures begin that a list tells as parts; nothing is done of them alone.
        report, context: as given to the validator.
    """
    year = report.year
    for number, sentence in enumerate(sentences):
        if len(sentence.spots) > 1 or number:
            _enter(ledger, sentences, number, parts, year)
    _enter_cards(ledger, sentences, parts, report, context)


def _enter(
    ledger: Ledger, sentences: Sequence[Sentence], number: int, parts: frozenset[int], year: int | None
) -> None:
    sentence = sentences[number]
    taken: list[Spot] = []
    named: list[Spot] = []
    follows = number > 0 and sentences[number - 1].end == sentence.start
    if follows and _takes_up_nothing(sentence) and not _turns_away(sentence, sentences[number - 1]):
        taken = [spot for spot in sentences[number - 1].spots if _is_whole(spot, parts)]
    # 受理14件（申请16件）。法院受理21件: what a bracket tells is of what stands before it.
    aside = bracketed(sentence) | (bracketed(sentences[number - 1]) if taken else frozenset())
    past = False
    for spot in sentence.spots:
        past = _is_of_another_year(spot, year) or (past and _NOW.search(spot.gap) is None)
        # 158人全部参加并合格: what is all of something is its own whole.
        its_own = not spot.called and _ALL.match(spot.after) is not None
        if past or spot.quantity.kind is UnitClass.RATE or its_own:
            continue
        if ";" in spot.gap and not _ABOVE.search(spot.gap) and not _names_nothing(spot):
            taken = []
        found = roles(spot)
        if _TOTAL.fullmatch(spot.name):
            # 一季度31起，二季度27起，全年合计126起: done of all, not of the last.
            taken = [
                of
                for of in taken
                if not alike(of.quantity, spot.quantity) or of.quantity.value > spot.quantity.value
            ]
        for pair in _pairs_done(spot) if taken else ():
            open_ = [of for of in taken if of.left not in aside] if spot.left not in aside else taken
            able = _taken_up(spot, pair, open_, named)
            # What its own sentence takes up goes before what the sentence before does.
            able = [of for of in able if of.quantity.start >= sentence.start] or able
            if able and able[-1].quantity.start < sentence.start:
                able = [] if _names_another(spot, pair, sentences[number - 1]) else able
            # 核查立案96件。…，已办结1830件: what is so much more is of something else.
            if able and able[-1].quantity.start < sentence.start:
                most = max(of.quantity.value for of in able)
                able = able if spot.quantity.value <= _FAR_BEYOND * most else []
            # What was taken up by the same words can't be what it was done of.
            if able and pair not in found.of:
                _enter_order(ledger, spot, _heard_of(able, pair), sentences, number)
        # Of cases that are told as parts, those that were heard are what officials appear in.
        if found.of and (_is_whole(spot, parts) or (APPEARED in found.of and is_heard(spot))):
            taken.append(spot)
        elif spot.quantity.start in parts and len(spot.called) >= _TELLING:
            named.append(spot)


def _names_nothing(spot: Spot) -> bool:
    """Whether a figure says only that what stands before its semicolon was done: ；已审结89件."""
    return any(pair.done.fullmatch(spot.called) for pair in roles(spot).done)


def _names_another(spot: Spot, pair: Pair, before: Sentence) -> bool:
    """Whether a figure names itself what it was done of, of which the sentence before tells nothing."""
    named = pair.done.sub("", spot.called)
    pieces = [named[at : at + 2] for at in range(len(named) - 1)]
    return len(named) >= _TELLING and not any(piece in before.text for piece in pieces)


def _pairs_done(spot: Spot) -> Iterator[Pair]:
    """Yield what a figure tells the doing of: of what is planned more may be done."""
    # 选派9名干部参训，全镇已有21人通过考试: how many there are by now is done of more than stands beside it.
    if spot.quantity.kind is UnitClass.PEOPLE and _BY_NOW.search(spot.name):
        return
    apart = _APART.search(spot.name) is not None
    yield from (pair for pair in roles(spot).done if pair is not COMPLETED and (pair is ORDERED or not apart))


def _taken_up(spot: Spot, pair: Pair, taken: Sequence[Spot], named: Sequence[Spot]) -> list[Spot]:
    """Return the figures of which a figure may tell what was done."""
    able = [of for of in taken if is_of(pair, of) and comparable(spot, of, pair)]
    # 其中疑难纠纷16起，化解疑难纠纷15起: of a part, where it is named again.
    again = [
        of
        for of in named
        if of.called in spot.name and alike(of.quantity, spot.quantity) and not roles(of).done
    ]
    # 草案8件，收到意见42条，采纳47条: what is counted in the same words, where anything is.
    same = [of for of in able if of.quantity.unit == spot.quantity.unit]
    able = again[-1:] or same or able
    return [of for of in able if of.quantity.unit == spot.quantity.unit or _may_hold(of, spot)]


def _heard_of(able: list[Spot], pair: Pair) -> list[Spot]:
    """Return the cases that were heard, where officials appear in court and it is told how many were."""
    heard = [of for of in able if pair is APPEARED and is_heard(of)]
    return heard or able


def _enter_order(
    ledger: Ledger, spot: Spot, able: Sequence[Spot], sentences: Sequence[Sentence], number: int
) -> None:
    # 发现27个，立行立改14个，限期整改13个，已整改26个: what was ordered was found before.
    found = [of for of in able if ORDERED not in roles(of).done]
    ordered = [each for each in sentences[number].spots if _ORDERS.search(each.name)]
    if not found and spot.quantity.value <= sum(each.quantity.value for each in ordered):
        return
    able = found or able
    most = max(able, key=lambda of: of.quantity.value)
    staged = in_stages(able)
    # What is closed was taken in; what is settled may have been settled before that.
    last = staged and _CLOSED.search(spot.name) is not None
    of = able[-1] if last else most
    excess = spot.quantity.value - of.quantity.value
    # What came over and was not heard is in those that were heard this year.
    carried = not is_heard(of) and carried_over(sentences, number, spot, of)
    doubt = CARRIED_OVER if carried and excess <= carried_at_most(sentences, number) else ""
    # 初访56件，重访12件，办结65件: of several it may be done of all.
    if spot.quantity.value <= sum(of.quantity.value for of in able) and not staged:
        doubt = doubt or SEVERAL
    _add(ledger, Check(ORDER, AtMost(ledger.spot(spot), ledger.spot(of)), doubt))


def _may_hold(of: Spot, done: Spot) -> bool:
    """Whether a figure in another unit may be of the same work: 14个窗口 took in no 48209件."""
    return done.quantity.value <= _BEYOND * of.quantity.value


def _is_whole(spot: Spot, parts: frozenset[int]) -> bool:
    """Whether something may be done of a figure: it is no rate, no part, and counts no sessions."""
    if _SESSION.search(spot.name) or _ENDED.search(spot.name or f"{spot.after[:2]}"):
        return False
    return spot.quantity.kind is not UnitClass.RATE and spot.quantity.start not in parts


def _is_of_another_year(spot: Spot, year: int | None) -> bool:
    """Whether a figure is told beside this year's for comparison: 排查120起，2022年化解136起."""
    if "年" not in spot.gap:
        return False
    past = _PAST.search(spot.gap)
    return past is not None and (past["year"] is None or (year is not None and int(past["year"]) != year))


def _takes_up_nothing(sentence: Sentence) -> bool:
    """Whether a sentence tells what was done, of what the one before it takes up, before all else."""
    counted = [spot for spot in sentence.spots if spot.quantity.kind is not UnitClass.RATE]
    # 已经结案的137件中，申请法院执行的8件: what is told of those that are done takes up nothing else.
    if counted and counted[0].after.startswith("中") and roles(counted[0]).done:
        counted = counted[:1]
    return not any(roles(spot).of and not roles(spot).done for spot in counted)


def _turns_away(sentence: Sentence, before: Sentence) -> bool:
    """Whether a rate names what the sentence before does not: 行政建议12份。检察建议回复率100%，回复41份."""
    body = _OTHER_BODY.match(sentence.text)
    if body is not None and len(body[0]) > len("我局") and body[0] not in before.text:
        return _OTHER_BODY.match(before.text) is not None
    rates = (spot for spot in sentence.spots if spot.quantity.kind is UnitClass.RATE)
    named = (_RATE_OF.search(spot.name) for spot in rates)
    return any(match is not None and match["what"] not in before.text for match in named)


def _is_of_another(sentence: Sentence, spot: Spot) -> bool:
    """Whether its own sentence tells before a figure of what else it may be: 清理障碍物31处，劝导整改32处."""
    before = [each for each in sentence.spots if each.left < spot.left]
    of_none = (each for each in before if not (roles(each).done or roles(each).of))
    asked = roles(spot)
    if any(pair in roles(each).of for each in before for pair in asked.done):
        return True
    return bool(asked.of and not asked.done) or any(
        each.called and each.quantity.unit == spot.quantity.unit for each in of_none
    )


def _enter_cards(
    ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int], report: Report, context: Context
) -> None:
    """Enter headlines that a card sets in order and that one paragraph tells."""
    text = ledger.reading.text
    spots = {
        ledger.reading.shadow.span(spot.quantity.number_start, spot.quantity.end)[1]: (number, spot)
        for number, sentence in enumerate(sentences)
        for spot in sentence.spots
    }
    figures = {figure.indicator: figure for figure in reversed(report.figures)}
    for card in context.catalogue.indicators.values():
        less = _headline(report, figures.get(card.id)) if card.at_most else None
        for name in card.at_most if less else ():
            more = _headline(report, figures.get(name))
            if (
                less is None
                or more is None
                or "\n" in text[min(less.end, more.end) : max(less.start, more.start)]
            ):
                continue
            one, other = spots.get(less.figure_end), spots.get(more.figure_end)
            # What one sentence tells of both is judged by its own words.
            if one is None or other is None or one[0] == other[0] or not _countable(one[1], other[1]):
                continue
            if _is_of_another(sentences[one[0]], one[1]) or other[1].quantity.start in parts:
                continue
            # 排查风险15条 is not what 2389件 were done of.
            if one[1].quantity.unit != other[1].quantity.unit and not _may_hold(other[1], one[1]):
                continue
            if one[1].quantity.value > _FAR_BEYOND * other[1].quantity.value:
                continue
            relation = AtMost(ledger.spot(one[1]), ledger.spot(other[1]))
            carried = carried_over(sentences, one[0]) or carried_over(sentences, other[0])
            doubt = CARRIED_OVER if carried else ""
            _add(ledger, Check(ORDER, relation, doubt, indicators=(card.id, name)))


def _add(ledger: Ledger, check: Check) -> None:
    """Enter a check unless another rule binds the same figures alike."""
    if all(check.relation != other.relation for other in ledger.checks):
        ledger.checks.append(check)


def _countable(one: Spot, other: Spot) -> bool:
    pair = APPEARED if is_done(APPEARED, one) else CLOSED
    return counted_alike(one.quantity, other.quantity, pair) and UnitClass.PEOPLE not in (
        one.quantity.kind,
        other.quantity.kind,
    )


def _headline(report: Report, figure: Figure | None) -> Observation | None:
    """Return the one statement that an indicator's headline rests on."""
    if figure is None or figure.derived or figure.status is not FigureStatus.STATED:
        return None
    return report.observations[figure.sources[0]]
