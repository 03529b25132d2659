"""What there was, what came, what went and what there is: 原有64项，收回8项，新增3项，现有59项."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao import Severity
from nianbao.grammar.units import COUNTS
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.exactruns import paragraphs
from plugins.validators.relations import Balance, Verdict
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.sentences import Sentence, Spot, alike

FLOW = Rule("arithmetic.flow", "sum", Severity.ERROR, "期末数应等于期初数加上增加数、减去减少数")
_BEGINS = regex.compile(
    r"(?:年初|期初|上年[末底]|去年底|结存|原有|原先|原来|原(?=承接|设|聘|配|列)|结转)(?!.*(?:下年|次年|明年))"
)
_CAME = regex.compile(
    r"新(?:增|接收|接|收|立案?|受理|纳入|入|聘|进|录|招|承接|设|建|考取|取得|发展|吸纳)|转入|增补|增设|补录|增加(?!到|至)"
)
_WENT = regex.compile(
    r"解除|期满|收回|取消|退出|注销|核减|划出|调出|转出|移出|剔除|撤销|解聘|退休|离职|清退|废止|减少(?!到|至)|终止"
    r"|审结|办结|结案|化解"
)
_ENDS = regex.compile(
    r"年[末底]|期末|现有|现存|现共有|实有|未(?:审?结|办结|化解)|结余|调整后|应办|在册|总数(?:达|为)"
)
# What came over and what is new is all that there was to do.
_ALL = regex.compile("应办")
_ASIDE = regex.compile("其中|含|包括|同比|[比较与](?:上年|去年)")
_STATES = (_ENDS, _WENT, _CAME)
# 2024年年末，全县在册955名。今年…有197名新人领到证书；…退出的也有34名。…年末在册1118名
_LAST_END = regex.compile(r"(?:(?<!\d)20\d\d年年?[末底]|(?:上年|去年)年?[末底]|年初)")
_NEWCOMERS = regex.compile(r"^新(?:人|成员|增|聘|进)")
_AT_END = regex.compile(r"^(?:年[末底]|目前|现有|现在|截[至止])")
_MOST = 8


@dataclass(frozen=True, slots=True)
class Flow:
    """What there was, what came, what went, and what there is."""

    begin: Spot
    came: tuple[Spot, ...]
    went: tuple[Spot, ...]
    end: Spot


def check_flows(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter what sentences, or paragraphs, tell of how a stock changed.

    Where nothing is told to have come, or nothing to have gone, something may be left unsaid: then only a
    slip of the pen is a mistake.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    if "末" in ledger.reading.shadow.text or "年底" in ledger.reading.shadow.text:
        for paragraph in paragraphs(ledger.reading.shadow.text, sentences):
            apart = _apart(paragraph) if len(paragraph) > 1 else None
            if apart is not None and not any(
                apart.end in each.spots and apart.begin in each.spots for each in paragraph
            ):
                _enter(ledger, apart)
    for sentence in sentences:
        for three in zip(sentence.spots, sentence.spots[1:], sentence.spots[2:], strict=False):
            if _is_net(*three):
                first, second, net = map(ledger.spot, three)
                ledger.checks.append(Check(FLOW, Balance(net, (first,), (second,))))
        for flow in flows(sentence):
            _enter(ledger, flow)


def _enter(ledger: Ledger, flow: Flow) -> None:
    came, went = (tuple(map(ledger.spot, side)) for side in (flow.came, flow.went))
    relation = Balance(ledger.spot(flow.end), (ledger.spot(flow.begin), *came), went)
    failed = relation.verdict(ledger.bounds) is Verdict.FAILS
    if not failed or (came and went) or _ALL.search(flow.end.name) or _is_slip(flow):
        ledger.checks.append(Check(FLOW, relation))


def _apart(paragraph: Sequence[Sentence]) -> Flow | None:
    """Return the stock whose beginning, changes and end the sentences of a paragraph tell."""
    spots = [spot for sentence in paragraph for spot in sentence.spots if spot.quantity.kind in COUNTS]
    for number, begin in enumerate(spots):
        if not _LAST_END.search(begin.gap) or begin.quantity.low != begin.quantity.high:
            continue
        came: list[Spot] = []
        went: list[Spot] = []
        like = (spot for spot in spots[number + 1 : number + _MOST] if alike(spot.quantity, begin.quantity))
        for spot in like:
            if spot.quantity.low != spot.quantity.high or _ASIDE.search(spot.gap):
                break
            if _AT_END.search(spot.name) and came and went:
                return Flow(begin, tuple(came), tuple(went), spot)
            is_new = _CAME.search(spot.name) or _NEWCOMERS.match(spot.after)
            if not is_new and not _WENT.search(spot.name):
                break
            (came if is_new else went).append(spot)
    return None


def _is_net(came: Spot, went: Spot, net: Spot) -> bool:
    """Whether a figure is what two leave: 接收18人，解除14人，净增4人."""
    told = net.gap.endswith("净增") and _WENT.search(went.name) and not _WENT.search(came.name)
    plain = all(spot.quantity.low == spot.quantity.high for spot in (came, went, net))
    like = alike(came.quantity, net.quantity) and alike(went.quantity, net.quantity)
    return bool(told) and plain and like and came.quantity.value > went.quantity.value


def flows(sentence: Sentence) -> Iterator[Flow]:
    """Yield the stocks whose changes a sentence tells figure by figure."""
    spots = [spot for spot in sentence.spots if spot.quantity.kind in COUNTS]
    for number, begin in enumerate(spots):
        if (
            number + 2 < len(spots)
            and _BEGINS.search(begin.name)
            and begin.quantity.low == begin.quantity.high
        ):
            found = _flow(
                begin, [spot for spot in spots[number + 1 :] if alike(spot.quantity, begin.quantity)]
            )
            if found is not None:
                yield found


def _flow(begin: Spot, following: Sequence[Spot]) -> Flow | None:
    came: list[Spot] = []
    went: list[Spot] = []
    for spot in following:
        told = next((state for state in _STATES if state.search(spot.name)), None)
        if told is None or _ASIDE.search(spot.gap) or spot.quantity.low != spot.quantity.high:
            return None
        if told is _ENDS:
            return Flow(begin, tuple(came), tuple(went), spot) if came or went else None
        (came if told is _CAME else went).append(spot)
    return None


def _is_slip(flow: Flow) -> bool:
    """Whether one digit of what there is accounts for all that is amiss."""
    came, went = (sum((spot.quantity.value for spot in side), Decimal(0)) for side in (flow.came, flow.went))
    right, told = flow.begin.quantity.value + came - went, flow.end.quantity.value
    return right > 0 and len(f"{right:f}") == len(f"{told:f}") and slip_of(told, right) < OTHERWISE
