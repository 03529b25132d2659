"""What came of an evaluation: how much is right, and what is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(slots=True)
class Tally:
    """Figures counted.

    Args:
        hits: gold figures that were found.
        wanted: figures in gold.
        given: figures told.
        qualified: hits whose qualifier is right too.
    """

    hits: int = 0
    wanted: int = 0
    given: int = 0
    qualified: int = 0

    @property
    def precision(self) -> float:
        """Of what was told, how much is right."""
        return self.hits / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Of what is in gold, how much was found."""
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.hits / (self.wanted + self.given) if self.wanted + self.given else 1.0

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.hits += other.hits
        self.wanted += other.wanted
        self.given += other.given
        self.qualified += other.qualified


@dataclass(slots=True)
class Share:
    """How many of those asked for are right."""

    right: int = 0
    asked: int = 0

    @property
    def rate(self) -> float:
        """Between 0 and 1; 1 where nothing was asked."""
        return self.right / self.asked if self.asked else 1.0

    def count(self, *, right: bool) -> None:
        """Count one more."""
        self.asked += 1
        self.right += right


class MistakeKind(StrEnum):
    """What is wrong with a reading."""

    MISSED = "missed"
    INVENTED = "invented"
    QUALIFIER = "qualifier"
    HEADLINE = "headline"
    FIELD = "field"
    SECTION = "section"
    FINDING = "finding"
    FALSE_ALARM = "false-alarm"


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that gold reads otherwise.

    Args:
        kind: what is wrong.
        report: the gold reading's id.
        stem: the name of the report's file without its ending.
        name: the indicator, field, heading or kind of finding.
        gold: what gold says; empty where it says nothing of the kind.
        given: what was told; empty where nothing was.
        quote: the evidence, of gold where it has some.
        value: the figure concerned, for what concerns one.
        start: where the evidence begins in the text, where that is known.
    """

    kind: MistakeKind
    report: str
    stem: str
    name: str
    gold: str
    given: str
    quote: str = ""
    value: float | None = None
    start: int | None = None


@dataclass(slots=True)
class Evaluation:
    """The scores of some readings.

    Args:
        total: over all indicators.
        indicators: of each indicator.
        headlines, sections, findings: how many are right.
        headlines_of: the headlines of each indicator.
        fields: the same for each field of a report's head.
        false_alarms: findings that gold neither has nor allows.
        audited: reports whose gold tells findings.
        lost: stems of reports that were not given, or could not be read.
        mistakes: what is wrong, report by report.
    """

    total: Tally = field(default_factory=Tally)
    indicators: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    headlines: Share = field(default_factory=Share)
    headlines_of: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    sections: Share = field(default_factory=Share)
    findings: Share = field(default_factory=Share)
    fields: dict[str, Share] = field(default_factory=lambda: defaultdict(Share))
    false_alarms: int = 0
    audited: int = 0
    lost: list[str] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def areas(self, area_of: Mapping[str, str]) -> dict[str, Tally]:
        """Return the tallies by area.

        Args:
            area_of: the area of each indicator, in the order that is wanted.
        """
        found: dict[str, Tally] = {}
        for name, area in area_of.items():
            if name in self.indicators:
                found.setdefault(area, Tally()).add(self.indicators[name])
        return found
