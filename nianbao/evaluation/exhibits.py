"""Mistakes with what a person needs to judge them: the sentence, the place in it, and the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nianbao.evaluation.results import Mistake, MistakeKind
from nianbao.explaining import Explanation
from nianbao.model import Candidate, Observation

_STOPS = re.compile("[。！？\n]")
# So much of a sentence is shown on either side.
_REACH = 160


class ExhibitKind(StrEnum):
    """What is wrong with a figure."""

    MISSED = "missed"
    INVENTED = "invented"
    VALUE = "value"
    QUALIFIER = "qualifier"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A mistake about a figure, in its sentence.

    Args:
        kind: what is wrong.
        report: the gold reading's id.
        file: the stem of the report's file.
        indicator: id of the indicator.
        gold: what gold reads; empty where it reads nothing.
        given: what was read; empty where nothing was.
        before, marked, after: the sentence, parted where the evidence begins and ends.
        reason: why the engine decided so, in Chinese.
        checks: the steps of the decision, in Chinese.
    """

    kind: ExhibitKind
    report: str
    file: str
    indicator: str
    gold: str
    given: str
    before: str
    marked: str
    after: str
    reason: str
    checks: tuple[str, ...] = ()


_KINDS = {
    MistakeKind.MISSED: ExhibitKind.MISSED,
    MistakeKind.INVENTED: ExhibitKind.INVENTED,
    MistakeKind.QUALIFIER: ExhibitKind.QUALIFIER,
    MistakeKind.HEADLINE: ExhibitKind.HEADLINE,
}


def exhibit(
    mistakes: Sequence[Mistake], told: Mapping[str, Sequence[Explanation]], names: Mapping[str, str]
) -> tuple[Exhibit, ...]:
    """Return the mistakes about figures with their sentences and reasons.

    A figure that was missed and another of the same indicator told in the same sentence are one wrong value;
    a headline that is wrong because its figure was missed is not shown again.

    Args:
        mistakes: what is wrong.
        told: the explanations of each file's reports, by its stem.
        names: the Chinese name of every indicator.
    """
    missed = {_fact(mistake) for mistake in mistakes if mistake.kind is MistakeKind.MISSED}
    shown = [
        mistake
        for mistake in mistakes
        if mistake.kind in _KINDS and not (mistake.kind is MistakeKind.HEADLINE and _fact(mistake) in missed)
    ]
    found: list[Exhibit] = []
    rivals: set[int] = set()
    scenes = [_Scene(mistake, told.get(mistake.stem, ()), names) for mistake in shown]
    for scene in scenes:
        other = next(_wrong_values(scene, scenes, rivals), None)
        if other is not None:
            rivals.add(id(other))
            found.append(scene.shown(ExhibitKind.VALUE, given=other.mistake.given, reason=other.reason))
        elif scene.mistake.kind is not MistakeKind.INVENTED:
            found.append(scene.shown(_KINDS[scene.mistake.kind]))
    found += [
        scene.shown(ExhibitKind.INVENTED)
        for scene in scenes
        if scene.mistake.kind is MistakeKind.INVENTED and id(scene) not in rivals
    ]
    return tuple(found)


def _fact(mistake: Mistake) -> tuple[str, str, float | None]:
    return mistake.stem, mistake.name, mistake.value


def _wrong_values(missed: _Scene, scenes: Iterable[_Scene], rivals: set[int]) -> Iterator[_Scene]:
    if missed.mistake.kind is not MistakeKind.MISSED:
        return
    told = (missed.mistake.stem, missed.mistake.name)
    for other in scenes:
        invented = other.mistake.kind is MistakeKind.INVENTED and id(other) not in rivals
        if (
            invented
            and told == (other.mistake.stem, other.mistake.name)
            and missed.sentence == other.sentence
        ):
            yield other


class _Scene:
    """Where a mistake happened, and what the engine says of it."""

    def __init__(self, mistake: Mistake, told: Sequence[Explanation], names: Mapping[str, str]) -> None:
        self.mistake = mistake
        self.names = names
        self.explanation, self.start, self.end = _located(mistake, told)
        text = self.explanation.document.text if self.explanation else mistake.quote
        stops = [match.end() for match in _STOPS.finditer(text, 0, self.start)]
        after = _STOPS.search(text, self.end)
        self.text = text
        self.sentence = (stops[-1] if stops else 0, after.end() if after else len(text), mistake.stem)
        self.reason, self.checks = self._reasons()

    def shown(self, kind: ExhibitKind, *, given: str = "", reason: str = "") -> Exhibit:
        """Return the exhibit of this mistake."""
        begin, finish = max(self.sentence[0], self.start - _REACH), min(self.sentence[1], self.end + _REACH)
        return Exhibit(
            kind=kind,
            report=self.mistake.report,
            file=self.mistake.stem,
            indicator=self.mistake.name,
            gold=self.mistake.gold,
            given=given or self.mistake.given,
            before=("…" if begin > self.sentence[0] else "") + self.text[begin : self.start],
            marked=self.text[self.start : self.end],
            after=self.text[self.end : finish].rstrip() + ("…" if finish < self.sentence[1] else ""),
            reason=reason or self.reason,
            checks=self.checks,
        )

    def _reasons(self) -> tuple[str, tuple[str, ...]]:
        if self.explanation is None:
            return "没有读到这份报告，或找不到这句话", ()
        if self.mistake.kind is MistakeKind.HEADLINE:
            return self._of_headline(self.explanation), ()
        candidate = self._candidate(self.explanation)
        if candidate is not None:
            return candidate.told, tuple(check.told for check in candidate.checks)
        return self._elsewhere(self.explanation), ()

    def _candidate(self, explanation: Explanation) -> Candidate | None:
        """Return the candidate that the mistake is about: with its value, else any in the evidence."""
        mine = [one for one in explanation.candidates if one.indicator == self.mistake.name]
        inside = [one for one in mine if self.start <= one.start and one.end <= self.end]
        wanted = [one for one in inside if _is_value(one, self.mistake)]
        return next(iter(wanted or inside), None)

    def _elsewhere(self, explanation: Explanation) -> str:
        """Tell what became of a figure that the indicator never weighed."""
        for observation in explanation.report.observations:
            if _is_inside(observation, self.start, self.end) and _is_value(observation, self.mistake):
                return f"附近没有它的用词，归了“{self.names[observation.indicator]}”"
        return "附近没有它的用词，也没有归给别的指标"

    def _of_headline(self, explanation: Explanation) -> str:
        figure = explanation.report.figure(self.mistake.name)
        if figure is None:
            return "没有读出这个指标"
        if figure.derived:
            return f"没有认出总数，由{len(figure.sources)}处相加"
        quotes = [explanation.report.observations[index].quote for index in figure.sources]
        return f"取了另一处：{'；'.join(quotes)}"


def _located(mistake: Mistake, told: Sequence[Explanation]) -> tuple[Explanation | None, int, int]:
    """Return the explanation whose text holds the evidence, and where it stands there."""
    for explanation in told:
        text = explanation.document.text
        if mistake.start is not None:
            start = mistake.start - explanation.start
            if text[start : start + len(mistake.quote)] == mistake.quote:
                return explanation, start, start + len(mistake.quote)
            continue
        start = text.find(mistake.quote) if mistake.quote else -1
        if start >= 0:
            return explanation, start, start + len(mistake.quote)
    return None, 0, len(mistake.quote)


def _is_value(told: Candidate | Observation, mistake: Mistake) -> bool:
    return mistake.value is not None and round(float(told.value), 4) == mistake.value


def _is_inside(observation: Observation, start: int, end: int) -> bool:
    return start <= observation.figure_start and observation.figure_end <= end
