"""What a reviewer looks at in a report, and what was accepted as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PointKind(StrEnum):
    """What a reviewer looks at: a figure, a finding, a numeral that nobody claimed, a stale correction."""

    FIGURE = "figure"
    FINDING = "finding"
    NUMERAL = "numeral"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That somebody looked at a point and lets it stand; it holds as long as what was seen is the same.

    It says of a figure that it is right as it is settled, of a finding that it is true and has been taken
    note of, of a numeral that it is no indicator's, of a stale correction that what is read now holds.

    Args:
        issuer: whose report, with all that is known of what it belongs to.
        year: reported on.
        kind: what was looked at.
        key: id of the indicator (figure, correction), the finding's rule, the numeral as it is quoted.
        seen: digest of what was seen (see `nianbao.review.digests`).
        person: who looked.
        day: when, in Asia/Shanghai.
        note: what else they say of it; may be empty.
        number: in the store; 0 where it is not kept yet.
    """

    issuer: str
    year: int
    kind: PointKind
    key: str
    seen: str
    person: str
    day: date
    note: str = ""
    number: int = 0

    @property
    def about(self) -> tuple[str, int, PointKind, str, str]:
        """What it is about: of two about the same the later holds.

        A report has one figure of an indicator, yet several findings of a rule; and a numeral may be quoted
        with what is personal hidden.
        """
        key = "" if self.kind is PointKind.NUMERAL else self.key
        is_one = self.kind in (PointKind.FIGURE, PointKind.CORRECTION)
        return self.issuer, self.year, self.kind, key, "" if is_one else self.seen


class AcceptanceState(StrEnum):
    """What became of an acceptance in a yearbook."""

    HELD = "held"
    NEEDLESS = "needless"
    STALE = "stale"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class AcceptanceOutcome:
    """What became of an acceptance, and why, in Chinese.

    Args:
        acceptance: as it was entered.
        state: held; needless, as there is nothing to look at any more; stale, as something else stands there
            now; or absent, as there is no report of its issuer.
        told: one Chinese clause.
        file, part: the report in the yearbook; empty where there is none.
    """

    acceptance: Acceptance
    state: AcceptanceState
    told: str
    file: str = ""
    part: int = 1


@dataclass(frozen=True, slots=True)
class Point:
    """What a reviewer should look at in a report, or what somebody has settled there.

    Args:
        kind: what it is.
        key, seen: as an `Acceptance` of it has them.
        why: why it needs a look, one Chinese line.
        start, end: the span in the entry's text to jump to; None where it has no place there.
        rank: how early it is to be looked at, 0 first.
        settled: by whom, when and how it was settled, in Chinese; empty where it is open.
        indicator: id of the indicator that it is about; empty where it is about none, or several.
        place: its index among the figures, findings or numerals of the report; -1 where it is none of these.
    """

    kind: PointKind
    key: str
    seen: str
    why: str
    start: int | None
    end: int | None
    rank: int
    settled: str = ""
    indicator: str = ""
    place: int = -1
