"""Which entry of the roster a report belongs to: by division code, then by its issuer's names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao.grammar.text import fold
from nianbao.model import Field, Report, RosterEntry, RosterOutcome, Status
from nianbao.roster.names import (
    division_code,
    ends_with,
    fullest_name,
    is_office,
    is_town,
    issuer_names,
    plain_name,
    shorter_names,
    speaks_for_division,
)

if TYPE_CHECKING:
    from nianbao.divisions import Divisions

_REPORTS = (Status.COMPLETE, Status.PARTIAL)


def match_roster(
    roster: Sequence[RosterEntry],
    reports: Iterable[Report],
    divisions: Divisions | None = None,
    unreadable: Iterable[str] = (),
) -> tuple[RosterOutcome, ...]:
    """Tell for each entry of the roster which files report for it.

    Args:
        roster: the issuers that should report.
        reports: what was read; what is no report, or can't be read, reports for nobody.
        divisions: tells what an entry belongs to that gives a bare name and a code.
        unreadable: files that can't be read; one whose name names an entry alone is that entry's.

    Returns:
        An outcome for each entry, in the roster's order, its files in that of the reports.
    """
    files: dict[int, list[str]] = {}
    for report, place in _matched(roster, reports, divisions):
        if place is not None and report.file not in files.setdefault(place, []):
            files[place].append(report.file)
    names = [(place, name) for place, entry in enumerate(roster) for name in shorter_names(entry.name)]
    for file in unreadable:
        place = _named_in(file, names)
        if place is not None:
            files.setdefault(place, []).append(file)
    return tuple(RosterOutcome(entry, tuple(files.get(place, ()))) for place, entry in enumerate(roster))


def _named_in(file: str, names: Iterable[tuple[int, str]]) -> int | None:
    """Return the entry that a file's path names by the longest name, if there is one such entry only."""
    path = "".join(fold(file).split())
    found = [(len(name), place) for place, name in names if name in path]
    longest = {place for length, place in found if length == max(found)[0]}
    return longest.pop() if len(longest) == 1 else None


def unlisted(
    roster: Sequence[RosterEntry], reports: Iterable[Report], divisions: Divisions | None = None
) -> tuple[Report, ...]:
    """Return the reports that belong to no entry of the roster, or can't be told which of several."""
    return tuple(report for report, place in _matched(roster, reports, divisions) if place is None)


def _matched(
    roster: Sequence[RosterEntry], reports: Iterable[Report], divisions: Divisions | None
) -> Iterator[tuple[Report, int | None]]:
    index = _Index(roster, divisions)
    return ((report, index.find(report)) for report in reports if report.status in _REPORTS)


class _Index:
    """The roster by code and by name; an entry is known by its place in it."""

    def __init__(self, roster: Sequence[RosterEntry], divisions: Divisions | None) -> None:
        self._divisions = divisions
        self._names = [plain_name(entry.name) for entry in roster]
        self._codes = [division_code(entry.code) for entry in roster]
        self._by_name: dict[str, list[int]] = {}
        self._by_code: dict[str, list[int]] = {}
        for place, (name, code) in enumerate(zip(self._names, self._codes, strict=True)):
            self._by_name.setdefault(name, []).append(place)
            if code and _is_its_code(name, code):
                self._by_code.setdefault(code, []).append(place)

    def find(self, report: Report) -> int | None:
        """Return the entry that a report belongs to, or None.

        Where code and name point to two entries the name wins: towns were numbered anew between two editions.
        """
        code = division_code(report.value(Field.DIVISION_CODE))
        names = issuer_names(report)
        by_name = self._find_by_name(names, code, report)
        if code is None or not speaks_for_division(report):
            return by_name
        by_code = self._by_code.get(code, [])
        if len(by_code) == 1 and (by_name is None or self._names[by_code[0]] in names):
            return by_code[0]
        return by_name

    def _find_by_name(self, names: frozenset[str], code: str | None, report: Report) -> int | None:
        """Return the entry of the longest of the names, or the only one that puts more before the fullest."""
        for name in sorted(names, key=lambda name: (-len(name), name)):
            found = [place for place in self._by_name.get(name, ()) if _agree(self._codes[place], code)]
            if found:
                return self._only_one(found, report)
        ending = fullest_name(report)
        longer = (place for place, name in enumerate(self._names) if ending and ends_with(name, ending))
        return self._only_one([place for place in longer if _agree(self._codes[place], code)], report)

    def _only_one(self, found: list[int], report: Report) -> int | None:
        for field in (Field.COUNTY, Field.CITY, Field.PROVINCE):
            superior = report.value(field)
            if superior and len(found) > 1:
                found = [place for place in found if superior in self._superiors(place)] or found
        return found[0] if len(found) == 1 else None

    def _superiors(self, place: int) -> frozenset[str]:
        code = self._codes[place]
        if code is None or self._divisions is None:
            return frozenset()
        lineage = self._divisions.lineage(code) or self._divisions.lineage(code[:6])
        return frozenset(division.name for division in lineage)


def _is_its_code(name: str, code: str) -> bool:
    """Tell whether a code is the entry's own: rosters also give a town or a bureau the code of its county."""
    return len(code) == 9 if is_town(name) else not is_office(name)


def _agree(entry: str | None, report: str | None) -> bool:
    """Tell whether two codes may mean bodies of one county."""
    return entry is None or report is None or entry[:6] == report[:6]
