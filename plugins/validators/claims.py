"""What a report claims: each plain figure with its sentence, its clause, its part, and what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from nianbao import Report, SectionKind
from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.checks import Ledger
from plugins.validators.listwords import tells_change
from plugins.validators.once import lazy
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.sentences import Sentence, Spot

_TOLD = COUNTS | {UnitClass.RATE, UnitClass.MONEY, UnitClass.AREA}
# Sought from the end.
_CLAUSE = regex.compile(r"(?r)[,，;；:：。\n\t\d]")
_LONGEST_CLAUSE = 40
# 由15人增至19人, 由原来的134项调整为127项: the figure that holds now is called by what stands before both.
_CAME_TO = re.compile(r"^(?:增|降|减|升|提|调整|上升|下降|扩|压|缩)[^，,;；\d]{0,3}(?:至|到|为)$")
_FROM = regex.compile(r"^(?P<what>.*)[由从][^由从]{0,8}$")
_YEAR = regex.compile(r"(?<!\d)20\d\d(?=年)")
# 上年末全区412人，…，目前446人
_THEN = regex.compile(r"(?:上年|去年|上一年)年?[末底]|20\d\d年年[末底]")
# What a report without headings plans.
_AHEAD = re.compile(r"\s*(?:新的一年|下一年|明年|来年|下一步|下一阶段|今后)")
_LONGEST = 14
_STOPS = regex.compile('["“”‘’()（）、，,。；;：:\\s]')
_PLAIN = regex.compile(
    r"^[一二三四五六七八九十]是|全年|今年以来|今年|本年度?|年内|20\d\d年度?|年度|共计|共有|总计|合计|一共|累计|先后|现有|已有|拥有|目前|仅有?|只有?"
    r"|全[镇乡街县区市局]道?|[我本](?:镇|乡|街道|县|区|市|局)|街道|镇|乡|党委|政府|办事处|对|将|把|其|在|由|被|的|了|共|已"
    r"|达到?|为|有|约|近|是|用好|用|发挥|依托|承接|梳理|县级|办理|带动|推动|促成|查处|作出|立案|处理|受理|收到|接到|承办|排查|摸排|调解|调处"
    r"|化解|成功|开展|组织|举办|召开|发放|完成|实施|审查|审核|下达|建成|建立|配备|划分|各类|各种|制定|印发|设立|培养|培育"
)
# Told of all that there is, or of the whole year.
_NEAR = 8
TOLD_FULLY = re.compile(
    r"全年|今年|本年|年内|年度|20\d\d年|共|累计|合计|总计|现有|已有|拥有|建成|配备|划分|承接"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a figure is of, in its own words; `behind` tells that they follow it, and so may run on."""

    words: str
    behind: bool


@dataclass(eq=False)
class Claim:
    """A figure with its sentence and the clause around it: what stands before, and after.

    Args:
        spot: the figure.
        sentence: where it stands.
        part: which of the mandated parts that is; None before the first one.
    """

    spot: Spot
    sentence: Sentence
    part: SectionKind | None

    @property
    def after(self) -> str:
        """What stands behind its figure in the clause."""
        return self.spot.after

    @lazy
    def digits(self) -> str:
        """The digits of its figure, sorted: 84 and 48 have the same."""
        return "".join(sorted(f"{self.spot.quantity.value:f}"))

    @lazy
    def beside(self) -> tuple[str, ...]:
        """Each two characters that stand together near its figure, in its clause."""
        near, behind = self.before[-_NEAR:], self.after[:_NEAR]
        return tuple(side[at : at + 2] for side in (near, behind) for at in range(len(side) - 1))

    @lazy
    def before(self) -> str:
        """What stands before its figure in the clause."""
        clause = _clause(self.sentence, self.spot)
        if _CAME_TO.match(self.spot.gap):
            clause = _came_from(self.sentence, self.spot) or clause
        return clause if len(clause) < _LONGEST_CLAUSE else self.spot.name

    @lazy
    def noun(self) -> Noun | None:
        """What its figure is of, in its own words."""
        return _noun(self.before, self.after)

    @property
    def behind(self) -> str:
        """What follows its figure in its sentence, across stops."""
        end = self.spot.quantity.end - self.sentence.start
        return self.sentence.text[end : end + _LONGEST]

    @property
    def is_exact(self) -> bool:
        """Whether its figure is told without a hedge."""
        return self.spot.quantity.low == self.spot.quantity.high

    @property
    def told_fully(self) -> bool:
        """Whether its clause says that it is of all, or of the whole year."""
        return TOLD_FULLY.search(self.before) is not None


def claims_of(ledger: Ledger, sentences: Sequence[Sentence], report: Report) -> Iterator[Claim]:
    """Yield the figures that tell what was done or what there is: no change, no other year's.

    Hedged ones are among them.

    Args:
        ledger: of the report, for its text.
        sentences: the report's sentences.
        report: for its year and its parts.
    """
    shadow = ledger.reading.shadow
    spans = [(shadow.locate(part.start), shadow.locate(part.end), part.kind) for part in report.parts]
    year = report.year
    for sentence in sentences:
        if _is_past(sentence, year):
            continue
        kind = next((kind for start, end, kind in spans if start <= sentence.start < end), None)
        if _AHEAD.match(shadow.text, shadow.text.rfind("\n", 0, sentence.start) + 1):
            kind = SectionKind.PLAN
        gone = _gone(sentence)
        for spot in sentence.spots:
            told = spot.quantity.kind in _TOLD and spot not in gone and not _THEN.search(spot.gap)
            if told and (not tells_change(spot.gap) or _CAME_TO.match(spot.gap)):
                yield Claim(spot, sentence, kind)


def _gone(sentence: Sentence) -> list[Spot]:
    """Return the figures that are no more: the 15 of 由15人增至19人."""
    if "由" not in sentence.text and "从" not in sentence.text:
        return []
    return [
        was
        for was, now in pairwise(sentence.spots)
        if _CAME_TO.match(now.gap) and _FROM.search(_clause(sentence, was))
    ]


def is_slip(one: Claim, other: Claim) -> bool:
    """Whether one figure is a slip of the pen of the other, with as many digits."""
    values = one.spot.quantity.value, other.spot.quantity.value
    return (
        values[0] != values[1]
        and slip_of(*values) < OTHERWISE
        and len(f"{values[0]:f}") == len(f"{values[1]:f}")
    )


def _clause(sentence: Sentence, spot: Spot) -> str:
    """Return what stands before a figure in its clause."""
    end = spot.quantity.start - sentence.start
    stop = _CLAUSE.search(sentence.text, 0, end)
    begin = stop.end() if stop else 0
    # 学法五次、研究工作三次: a figure in characters ends a clause like one in digits.
    told = [
        each.quantity.end - len(each.quantity.unit) - sentence.start
        for each in sentence.spots
        if each.quantity.han and begin < each.quantity.end - sentence.start < end
    ]
    return sentence.text[max(told, default=begin) : end]


def _came_from(sentence: Sentence, spot: Spot) -> str:
    """Return what stands before the figure that another came from: 权责事项由原来的134项调整为127项."""
    place = sentence.spots.index(spot)
    found = _FROM.search(_clause(sentence, sentence.spots[place - 1])) if place else None
    return found["what"] if found else ""


def _is_past(sentence: Sentence, year: int | None) -> bool:
    """Whether a sentence tells of another year."""
    if year is None or "年" not in sentence.text:
        return False
    years = {int(told) for told in _YEAR.findall(sentence.text)}
    # What a plan starts from is told beside the year to come.
    return bool(years) and (year not in years or not years <= {year, year + 1})


@lru_cache(maxsize=4096)
def _noun(before: str, after: str) -> Noun | None:
    before = _STOPS.sub("", _PLAIN.sub("", before))
    if before:
        return Noun(before, behind=False)
    after = _STOPS.sub("", after)
    return Noun(after[:_LONGEST], behind=True) if after else None
