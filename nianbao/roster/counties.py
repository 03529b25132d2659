"""Which county a report or a roster's entry is counted under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nianbao.divisions.names import Level
from nianbao.model import Field, Report, RosterEntry

if TYPE_CHECKING:
    from nianbao.divisions import Divisions

NO_COUNTY = "县区不明"
_COUNTY_DIGITS = 6
_LEVELS = (Level.CITY, Level.COUNTY)
# Both sort after every division code.
_NO_CODE, _LAST = "~", "~~"


class Counties:
    """The counties (or else the cities) of a year, by what its reports and the division table tell.

    One that is called like another has its city before its name.

    Args:
        reports: of the year.
        divisions: tells what a roster's entry belongs to that has no report.
    """

    def __init__(self, reports: Iterable[Report], divisions: Divisions) -> None:
        self._divisions = divisions
        self._cities: dict[str, set[str]] = {}
        self._by_code: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        listed = tuple(reports)
        for report in listed:
            county = report.value(Field.COUNTY)
            if county:
                self._cities.setdefault(county, set()).add(_above(report))
        for report in listed:
            self._learn(self.of(report), report.value(Field.DIVISION_CODE) or "")

    def of(self, report: Report) -> str:
        """Return a report's county, else its city."""
        county = report.value(Field.COUNTY)
        return self._told(county, (_above(report),)) if county else report.value(Field.CITY) or NO_COUNTY

    def of_entry(self, entry: RosterEntry, own: Sequence[Report] = ()) -> str:
        """Return the county of a roster's entry: by its reports, its code, or its name.

        Args:
            entry: of the roster.
            own: the reports that are the entry's.
        """
        told = next((self.of(report) for report in own if report.value(Field.COUNTY)), "")
        if told:
            return told
        if entry.code and len(entry.code) >= _COUNTY_DIGITS:
            return self._of_code(entry.code[:_COUNTY_DIGITS])
        county = next((name for name in self._cities if name in entry.name), "")
        if county:
            return self._told(county, [each for each in self._cities[county] if each and each in entry.name])
        return self._of_name(entry.name)

    def order(self, county: str) -> tuple[str, str]:
        """Return what orders counties: by division code, then by name; those that nobody knows come last."""
        return self._codes.get(county, _LAST if county == NO_COUNTY else _NO_CODE), county

    def _of_code(self, code: str) -> str:
        if code not in self._by_code:
            names = [division.name for division in self._divisions.lineage(code)]
            self._learn(self._told(names[-1], names[-2:-1]) if names else NO_COUNTY, code)
        return self._by_code[code]

    def _of_name(self, name: str) -> str:
        """Return the last county or city that a name begins with, whether a table knows it or not."""
        found = [part for part in self._divisions.split(name) if part.level in _LEVELS]
        if not found:
            return NO_COUNTY
        self._learn(found[-1].name, found[-1].divisions[0].code if found[-1].divisions else "")
        return found[-1].name

    def _told(self, county: str, above: Iterable[str]) -> str:
        is_one = len(self._cities.get(county, ())) < 2
        return county if is_one else next(iter(above), "") + county

    def _learn(self, county: str, code: str) -> None:
        own = code[:_COUNTY_DIGITS]
        if len(own) == _COUNTY_DIGITS and county != NO_COUNTY:
            self._codes[county] = min(self._codes.get(county, own), own)
        if len(own) == _COUNTY_DIGITS:
            self._by_code.setdefault(own, county)


def _above(report: Report) -> str:
    return report.value(Field.CITY) or report.value(Field.PROVINCE) or ""
