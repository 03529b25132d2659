"""Which reports are of one issuer: within a year, and from one year to the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from nianbao.divisions.names import without_ending
from nianbao.model import Field, Report
from nianbao.roster.names import (
    division_code,
    ends_with,
    fullest_name,
    issuer_names,
    name_parts,
    plain_name,
    speaks_for_division,
)

_ABOVE = (Field.PROVINCE, Field.CITY, Field.COUNTY)
_TOWN_DIGITS = 9
# A report whose issuer is unknown is called by these in the workbook.
_NAMED_BY = (Field.ISSUER, Field.TOWN, Field.COUNTY, Field.TITLE)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a report, as far as it tells.

    Args:
        name: without what it belongs to.
        is_division: whether it is a division's government, not a bureau.
        above: its province, city and county; None for what is not known.
        code: its own division code of nine digits, or None.
    """

    name: str
    is_division: bool
    above: tuple[str | None, ...]
    code: str | None

    def shared(self, other: Issuer) -> int | None:
        """Return how many places above two issuers agree, None where one contradicts or the names differ."""
        if self.is_division != other.is_division:
            return None
        if self.code and self.code == other.code:
            return len(_ABOVE) + 1
        if self.name != other.name or not self.name:
            return None
        pairs = [(a, b) for a, b in zip(self.above, other.above, strict=True) if a and b]
        # A county that became a district keeps its name.
        return len(pairs) if all(without_ending(a) == without_ending(b) for a, b in pairs) else None


def issuer_of(report: Report) -> Issuer:
    """Return who issued a report."""
    code = division_code(report.value(Field.DIVISION_CODE))
    is_division = speaks_for_division(report)
    _, _, name = name_parts(report)
    own = code if is_division and code and len(code) == _TOWN_DIGITS else None
    return Issuer(name, is_division, tuple(report.value(field) for field in _ABOVE), own)


@dataclass(frozen=True, slots=True)
class KnownAs:
    """What people call a report's issuer in lists of their own.

    Args:
        names: the plain names that it goes by, its file's among them.
        ending: its name with the next superior: a name that tells more ends with it.
    """

    names: frozenset[str]
    ending: str

    @classmethod
    def of(cls, report: Report) -> KnownAs:
        """Return what a report's issuer is called."""
        names = {*issuer_names(report)}
        names.update(plain_name(value) for field in _NAMED_BY if (value := report.value(field)))
        names.add(plain_name(PurePosixPath(report.file.replace("\\", "/")).stem))
        return cls(frozenset(names), fullest_name(report))

    def is_meant(self, name: str) -> bool:
        """Tell whether a name in a list is this issuer's."""
        plain = plain_name(name)
        return plain in self.names or (bool(self.ending) and ends_with(plain, self.ending))


class NamedIn:
    """Reports by what their issuers are called; a report is known by its place among them."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._by_name: dict[str, list[int]] = {}
        self._by_ending: dict[str, list[int]] = {}
        for place, report in enumerate(reports):
            known = KnownAs.of(report)
            for name in known.names:
                self._by_name.setdefault(name, []).append(place)
            if known.ending:
                self._by_ending.setdefault(known.ending, []).append(place)

    def of(self, name: str) -> tuple[int, ...]:
        """Return the reports whose issuer a name in a list may mean."""
        plain = plain_name(name)
        found = set(self._by_name.get(plain, ()))
        for start in range(1, len(plain)):
            ending = plain[start:]
            if ending in self._by_ending and ends_with(plain, ending):
                found.update(self._by_ending[ending])
        return tuple(sorted(found))


def full_name(report: Report) -> str:
    """Return an issuer's name with all that is known of what it belongs to; the file's where it has none."""
    whole, superiors, local = name_parts(report)
    if not local:
        return PurePosixPath(report.file.replace("\\", "/")).stem
    return whole if not superiors else "".join(superiors) + local


class Issuers:
    """Reports by issuer; a report is known by its place among them."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._issuers: list[Issuer] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_code: dict[str, list[int]] = {}
        for report in reports:
            self._add(issuer_of(report))

    def _add(self, issuer: Issuer) -> None:
        place = len(self._issuers)
        self._issuers.append(issuer)
        self._by_name.setdefault(issuer.name, []).append(place)
        if issuer.code:
            self._by_code.setdefault(issuer.code, []).append(place)

    def of(self, report: Report) -> tuple[int, ...]:
        """Return the reports that are surely of a report's issuer: those that share most of what is known.

        Where no place above is told on both sides, a name alone decides only if one alone may be meant.
        """
        issuer = issuer_of(report)
        near = {*self._by_name.get(issuer.name, ()), *self._by_code.get(issuer.code or "", ())}
        shared = {
            place: count for place in near if (count := issuer.shared(self._issuers[place])) is not None
        }
        if not shared:
            return ()
        most = max(shared.values())
        found = tuple(sorted(place for place, count in shared.items() if count == most))
        return found if most or len(found) == 1 else ()


def groups_of_issuers(reports: Sequence[Report]) -> tuple[int, ...]:
    """Return a number for each report that is the same for reports of one issuer.

    Two reports that tell no place above are of one issuer only where they are the same file.
    """
    issuers = Issuers(reports)
    told = [issuer_of(report) for report in reports]
    groups = list(range(len(reports)))
    same_file: dict[tuple[str, str], int] = {}
    for place, report in enumerate(reports):
        first = same_file.setdefault((told[place].name, report.sha256 or str(place)), place)
        others = (other for other in issuers.of(report) if other < place and told[place].shared(told[other]))
        groups[place] = groups[next(others, first)] if told[place].name else place
    return tuple(groups)
