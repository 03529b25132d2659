"""Who reports: a division's code, its name, and the edition of the division table in which it stands so."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao import Field, Report
from nianbao.divisions import divisions
from nianbao.roster.names import name_parts, speaks_for_division


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the panel; what is not known is None.

    Args:
        code: division code, of a bureau that of the division it belongs to.
        name: the division's as the table has it; a bureau's own.
        edition: the newest edition of the table in which the code stands (with that name, of a division).
    """

    code: str | None
    name: str | None
    edition: str | None

    @property
    def id(self) -> str | None:
        """What tells it apart from all others, from year to year, as long as it is not merged or renamed."""
        return ":".join((self.code, self.name or "", self.edition or "")) if self.code else None


def unit_of(report: Report) -> Unit:
    """Return who a report is from."""
    code = report.value(Field.DIVISION_CODE)
    _, _, local = name_parts(report)
    if code is None:
        return Unit(None, local or None, None)
    is_division = speaks_for_division(report)
    bearers = divisions().bearers(code, local if is_division else "") or divisions().bearers(code)
    found = next(iter(bearers), None)
    name = found.name if found is not None and is_division else local
    return Unit(code, name or None, found.editions[-1] if found is not None and found.editions else None)
