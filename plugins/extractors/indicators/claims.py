"""Which indicator a figure belongs to: the nearest head that its clause allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import regex

from nianbao.catalogue import Cue
from nianbao.grammar.clauses import Clause, names_nothing
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading
from nianbao.grammar.units import UnitClass
from plugins.extractors.indicators.claim import Claim, Objection, Side
from plugins.extractors.indicators.cues import CueIndex, CueRef, Duty, Hit, Hits
from plugins.extractors.indicators.dealing import Deal
from plugins.extractors.indicators.trace import Attempt, Trace
from plugins.extractors.indicators.weighing import beats, gap, weigh
from plugins.extractors.indicators.windows import Window, afterword_end, window_of_name, windows

# How far back, within a paragraph, a cue may look for its context.
CONTEXT_REACH = 160
# What is counted by attendance is no stock of people.
_TURNOUT = frozenset({"人次", "户次", "人(次)", "余人次"})
# 到9个村开展宣讲, 22个部门办理许可: the measure word counts the places.
_PLACES = regex.compile(
    r"(?:行政|自然|中心|试点|重点|示范|所有)*(?:村(?!级)|社区(?!矫正)|嘎查|乡镇?(?!级)|镇(?!级)|街道|县|区(?!级)|市(?!级|场)|网格|部门|单位|科室|站所|学校|机关)"
)
_PLACE_UNITS = frozenset({"个", "处"})
_CAME = regex.compile("次?(?:参加|参训|参考|接受|通过)")
# 行政协议5类, 三种方式: sorts are no things.
_SORTS = frozenset({"类", "种", "款"})
# 信访等问题14个, 诉讼等工作情况汇报5次: the noun behind 等 is counted, the names before it are examples.
_EXAMPLES = regex.compile(
    r"等[^,，、。;；\d等]{0,6}(?:问题|难题|困难|事务|事宜|汇报|品牌|诉求)(?:共|累计|约)*$"
)


@dataclass(frozen=True, slots=True)
class Claimer:
    """Finds the claims on the figures of one reading.

    Args:
        reading: the reading.
        index: the catalogue's cues.
        hits: their words in the reading's shadow.
        province: the first two digits of the issuer's division code, where it is known.
        trace: told of every attempt, where somebody asks for the reasons.
    """

    reading: Reading
    index: CueIndex
    hits: Hits
    province: str = ""
    trace: Trace | None = None

    def best(self, clause: Clause, span: tuple[int, int] | None = None) -> tuple[Claim, ...]:
        """Return the best founded claim on a figure, and a second indicator's where its cue asks for one.

        Args:
            clause: the figure's clause.
            span: where the head must stand, when the text deals out its figures (分别为, 各).
        """
        best: Claim | None = None
        besides: Claim | None = None
        for claim in self.all(clause, span):
            if claim.ref.cue.also:
                besides = claim if besides is None or claim.score > besides.score else besides
            elif best is None or beats(claim, best):
                best = claim
        if besides is not None and best is not None and besides.card.id == best.card.id:
            besides = None
        return tuple(claim for claim in (best, besides) if claim is not None)

    def dealt(self, deal: Deal) -> Claim | None:
        """Return the best founded claim on a figure that the text deals out to a name.

        What the name does not tell itself, the verb may (中心组、办公会分别学法4次、6次), or the last name
        together with a word of this one (中心组、办公会学法分别为4次、6次).
        """
        clause, name = deal.clause, deal.name
        by_name = self.best(clause, name)
        if by_name:
            return by_name[0]
        by_verb = Window(Side.LEFT, *deal.verb, *deal.verb, *deal.verb, besides=name)
        claims = list(self._within(clause, by_verb))
        if not claims and name != deal.last:
            by_last = Window(Side.LEFT, *deal.last, *name, *name)
            claims = [claim for claim in self._within(clause, by_last) if claim.ref.cue.requires]
        return max(claims, key=lambda claim: claim.score, default=None)

    def all(self, clause: Clause, span: tuple[int, int] | None = None) -> Iterator[Claim]:
        """Yield every claim on a figure that its clause allows."""
        found = windows(self.reading, clause) if span is None else (window_of_name(clause, span),)
        for window in found:
            yield from self._within(clause, window)

    def _within(self, clause: Clause, window: Window) -> Iterator[Claim]:
        heads: list[tuple[Hit, int]] = []
        for hit in self.hits.within(window.start, window.end):
            if _is_named_only(hit, clause.quantity):
                continue
            for number in self.index.heads[hit.word]:
                ref = self.index.cues[number]
                objection = self._at_sight(ref, clause.quantity, window.side)
                if objection:
                    self._note(clause, ref, hit, window, objection=objection)
                else:
                    heads.append((hit, number))
        duties = self._duties(window, clause.quantity, {number for _, number in heads}) if heads else {}
        for hit, number in heads:
            claim = self._claim(clause, window, hit, number, duties)
            if claim is not None:
                yield claim

    def _duties(
        self, window: Window, quantity: Quantity, wanted: AbstractSet[int]
    ) -> dict[tuple[int, Duty, int], list[Hit]]:
        """Return the words within a window's scope that do something for the cues that are wanted."""
        found: dict[tuple[int, Duty, int], list[Hit]] = {}
        scopes = ((window.scope_start, window.scope_end), window.besides)
        for hit in (hit for scope in scopes for hit in self.hits.within(*scope)):
            named_only = _is_named_only(hit, quantity)
            for task in self.index.helpers[hit.word]:
                if task.cue in wanted and not (named_only and task.duty is Duty.WITHOUT):
                    found.setdefault((task.cue, task.duty, task.group), []).append(hit)
        return found

    def _claim(
        self,
        clause: Clause,
        window: Window,
        head: Hit,
        number: int,
        duties: dict[tuple[int, Duty, int], list[Hit]],
    ) -> Claim | None:
        ref, quantity = self.index.cues[number], clause.quantity
        objection = None
        word = _refusing(window, head, number, duties)
        if word is not None:
            objection = Objection.WORD
        elif self._is_example(window, head, quantity) or (
            ref.cue.close and not self._is_close(head, quantity)
        ):
            objection = Objection.DISTANCE
        if objection:
            self._note(clause, ref, head, window, objection=objection, word=word)
            return None
        groups = [duties.get((number, Duty.WITH, group)) for group in range(len(ref.cue.requires))]
        if not all(groups):
            self._note(clause, ref, head, window, objection=Objection.LACKING)
            return None
        far = self._context_distance(clause, number, len(ref.cue.context))
        if far is None:
            self._note(clause, ref, head, window, objection=Objection.CONTEXT)
            return None
        near = [min(words, key=lambda word: (gap(word, head), word.start)) for words in groups if words]
        score = weigh(self.reading.shadow.text, clause, window, head, ref=ref, near=near, far=far)
        spans = [head, *near]
        start = min(quantity.start, *(hit.start for hit in spans))
        end = max(quantity.end, *(hit.end for hit in spans))
        self._note(clause, ref, head, window, score=score)
        return Claim(clause, ref, head, window.side, start, end, score)

    def _note(
        self,
        clause: Clause,
        ref: CueRef,
        head: Hit,
        window: Window,
        *,
        objection: Objection | None = None,
        word: Hit | None = None,
        score: float = 0.0,
    ) -> None:
        if self.trace is not None:
            self.trace.attempts.append(Attempt(clause.index, ref, head, window.side, objection, word, score))

    def _at_sight(self, ref: CueRef, quantity: Quantity, side: Side) -> Objection | None:
        if ref.cue.provinces and self.province not in ref.cue.provinces:
            return Objection.PROVINCE
        if ref.card.stock and side is Side.CARRIED and self._came(quantity):
            return Objection.UNIT
        if not _takes(ref, quantity) or self._counts_places(ref, quantity):
            return Objection.UNIT
        return None if _side_allowed(ref.cue, side) else Objection.SIDE

    def _came(self, quantity: Quantity) -> bool:
        """Whether those who came are counted, not those there are: 执法人员68名，组织43人参加考试."""
        return _CAME.match(self.reading.shadow.text, quantity.end) is not None

    def _counts_places(self, ref: CueRef, quantity: Quantity) -> bool:
        """Whether the noun behind a bare 个 is a place, which the card does not count: 到9个村开展宣讲."""
        if quantity.unit != "个" or ref.card.unit in _PLACE_UNITS:
            return False
        return _PLACES.match(self.reading.shadow.text, quantity.end) is not None

    def _is_example(self, window: Window, head: Hit, quantity: Quantity) -> bool:
        """Whether the head is but an example of what is counted, which is named behind it."""
        if window.side is not Side.LEFT or head.end >= quantity.start:
            return False
        return _EXAMPLES.search(self.reading.shadow.text, head.end, quantity.start) is not None

    def _is_close(self, head: Hit, quantity: Quantity) -> bool:
        text = self.reading.shadow.text
        if head.end <= quantity.start:
            return names_nothing(text, head.end, quantity.start)
        return names_nothing(text, quantity.end, head.start)

    def _context_distance(self, clause: Clause, number: int, groups: int) -> int | None:
        """Return how far back the cue's context begins; 0 where it asks for none, None where it lacks."""
        cue = self.index.cues[number].cue
        if not groups and not cue.not_context:
            return 0
        text = self.reading.shadow.text
        line = text.rfind("\n", 0, clause.quantity.start) + 1
        start = max(line, clause.quantity.start - CONTEXT_REACH)
        if cue.fresh:
            before = self.reading.quantities[clause.index - 1].end if clause.index else 0
            start = max(start, clause.sentence[0], before)
        nearest: dict[int, int] = {}
        denied = -1
        for hit in self.hits.within(start, afterword_end(text, clause)):
            for task in self.index.contexts[hit.word].get(number, ()):
                if task.duty is Duty.NOT_CONTEXT:
                    # Only a context told after it stands against it: 提案…；信访….
                    if not groups:
                        return None
                    denied = hit.end
                    nearest.clear()
                elif hit.start >= denied:
                    nearest[task.group] = max(clause.quantity.start - hit.end, 0)
        return max(nearest.values(), default=0) if len(nearest) == groups else None


def _takes(ref: CueRef, quantity: Quantity) -> bool:
    if ref.card.stock and quantity.unit in _TURNOUT:
        return False
    if quantity.unit in _SORTS:
        return False
    return quantity.kind in ref.cue.takes or quantity.unit in ref.cue.units


def _refusing(
    window: Window, head: Hit, number: int, duties: Mapping[tuple[int, Duty, int], Sequence[Hit]]
) -> Hit | None:
    """Return the word of the cue or of its card that refuses the claim, or None.

    What follows a figure says nothing against a name that stands before it, unless the card itself refuses;
    what is part of the head (区级 in 自治区级示范村) refuses nothing.
    """
    own_end = window.own_end if window.side is Side.RIGHT else window.end
    for group, end in ((0, own_end), (1, window.own_end)):
        for word in duties.get((number, Duty.WITHOUT, group), ()):
            inside = window.own_start <= word.start and word.end <= end
            inside = inside or (window.besides[0] <= word.start and word.end <= window.besides[1])
            if inside and not (head.start <= word.start and word.end <= head.end):
                return word
    return None


def _side_allowed(cue: Cue, side: Side) -> bool:
    if side is Side.CARRIED:
        return cue.carry and cue.side != "right"
    return cue.side in ("both", side.value)


def _is_named_only(hit: Hit, quantity: Quantity) -> bool:
    """Whether a word only belongs to a title: 学习《信访工作条例》3次 counts no petitions.

    Copies are of the title itself: 发放《民法典手册》500册.
    """
    return hit.titled and quantity.kind is not UnitClass.DOCUMENT
