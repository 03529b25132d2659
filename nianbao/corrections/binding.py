"""Holds what a person entered against the reports that are kept: whose it is, and what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from nianbao.corrections.applying import shown_value
from nianbao.corrections.evidence import evidence_of, figure_of
from nianbao.corrections.reading import Entered, Told
from nianbao.issuers import NamedIn, full_name
from nianbao.model import Correction, Entry, Status


class Reports:
    """The reports of one year, by what their issuers are called."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [
            entry for entry in entries if entry.report.status in (Status.COMPLETE, Status.PARTIAL)
        ]
        self._named = NamedIn(entry.report for entry in self._entries)
        self._full = [full_name(entry.report) for entry in self._entries]

    def issuer(self, name: str) -> str | None:
        """Return the full name of the issuer that a name means, None where there is none.

        Raises:
            ValueError: several issuers go by that name; in one Chinese clause.
        """
        names = sorted({self._full[place] for place in self._named.of(name)})
        if len(names) > 1:
            raise ValueError(f"有{len(names)}个单位都叫“{name}”：{'、'.join(names[:5])}；请写全名")
        return names[0] if names else None

    def of(self, issuer: str) -> Sequence[Entry]:
        """Return the reports of an issuer by its full name."""
        return [entry for entry, name in zip(self._entries, self._full, strict=True) if name == issuer]


def bind(entered: Entered, reports: Reports) -> Correction:
    """Make an entry of the ledger of what a person entered.

    What the list itself says was seen holds; else it is what the kept report has now.

    Raises:
        ValueError: no such issuer in that year, several, or another value than was seen; a Chinese clause.
    """
    issuer = reports.issuer(entered.issuer)
    if entered.evidence and entered.old is not None:
        # Made elsewhere, such as before the store was moved: it is held against the report on each run.
        return _correction(entered, issuer or entered.issuer, _number(entered.old), entered.evidence)
    if issuer is None:
        raise ValueError(f"没有“{entered.issuer}”{entered.year}年度的报告")
    seen = {
        (figure.value if (figure := figure_of(entry.report, entered.indicator)) else None): evidence_of(
            entry, entered.indicator
        )
        for entry in reversed(reports.of(issuer))
    }
    if entered.old is not None:
        wanted = _number(entered.old)
        if wanted not in seen:
            now = "、".join(shown_value(value) for value in seen)
            raise ValueError(f"原值写为{shown_value(wanted)}，现在读出的是{now}；请核对")
        return _correction(entered, issuer, wanted, seen[wanted])
    if len(seen) > 1:
        now = "、".join(shown_value(value) for value in seen)
        raise ValueError(f"这个单位有几份报告，读出的数各不相同（{now}）；请写明原值")
    ((old, evidence),) = seen.items()
    return _correction(entered, issuer, old, evidence)


def _number(told: Decimal | Told) -> Decimal | None:
    return None if isinstance(told, Told) else told


def _correction(entered: Entered, issuer: str, old: Decimal | None, evidence: str) -> Correction:
    return Correction(
        issuer,
        entered.year,
        entered.indicator,
        old,
        evidence,
        _number(entered.value),
        entered.reason,
        entered.person,
        entered.day,
    )
