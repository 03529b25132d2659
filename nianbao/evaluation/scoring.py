"""Scores readings against gold, by the conventions of the annotation guideline.

Micro precision, recall and F1 count unique (report, indicator, value); an optional gold observation is
neither hit nor miss, and one with `alt` may be matched under another indicator. A headline counts where
gold has one `total` of its indicator. Fields that gold lists as inferred are not counted. A region's own
indicator that no report of the gold names was not annotated: what is told of it counts for nothing.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from nianbao.evaluation.gold import Row, indicators_of, stem_of
from nianbao.evaluation.results import Evaluation, Mistake, MistakeKind
from nianbao.records import OWN_ID

FIELDS = ("year", "title", "issuer", "issuer_level", "province", "city", "county", "town", "published")
_ENDINGS = ("人民政府", "办事处")
_NOTHING: Row = {"observations": [], "figures": [], "sections": [], "findings": []}

Key = tuple[str, float]


def score(
    gold: Iterable[Row], read: Mapping[str, Row], annotated: AbstractSet[str] = frozenset()
) -> Evaluation:
    """Score readings against gold.

    Args:
        gold: gold readings.
        read: what `nianbao extract` prints, by the stem of its file.
        annotated: indicators that the gold knows besides those that these readings name.
    """
    found = Evaluation()
    gold = tuple(gold)
    known = annotated | indicators_of(gold)
    for wanted in gold:
        stem = stem_of(wanted)
        report = read.get(stem)
        if report is None or report.get("status") == "unreadable":
            found.lost.append(stem)
            report = _NOTHING
        judge = _Judge(wanted, report, stem, found, known)
        judge.observations()
        judge.headlines()
        judge.fields()
        judge.sections()
        if "findings" in wanted:
            judge.findings()
    return found


@dataclass(frozen=True, slots=True)
class _Judge:
    """Scores one report."""

    wanted: Row
    report: Row
    stem: str
    found: Evaluation
    known: AbstractSet[str]

    def _wrong(self, kind: MistakeKind, name: str, gold: str, given: str, **more: Any) -> None:
        mistake = Mistake(kind, str(self.wanted["id"]), self.stem, name, gold, given, **more)
        self.found.mistakes.append(mistake)

    def observations(self) -> None:
        """Match the figures: each of gold's once, in the order of the text."""
        given = {
            _key(row): row
            for row in self.report.get("observations", ())
            if row["indicator"] in self.known or not OWN_ID.fullmatch(row["indicator"])
        }
        firm = [row for row in self.wanted["observations"] if not row.get("optional")]
        excused = {
            option for row in self.wanted["observations"] if row.get("optional") for option in _options(row)
        }
        unique: dict[Key, Row] = {}
        for row in firm:
            unique.setdefault(_key(row), row)
        used: set[Key] = set()
        for key, row in unique.items():
            options = [key, *sorted(_options(row) - {key})]
            match = next((option for option in options if option in given and option not in used), None)
            if match is not None:
                used.add(match)
            self._matched(key, row, given[match] if match else None)
        spare = excused.union(*(_options(row) for row in firm))
        for key, row in given.items():
            if key not in used and key not in spare:
                self._invented(key, row)

    def _matched(self, key: Key, row: Row, match: Row | None) -> None:
        hit = match is not None
        right = match is not None and match.get("qualifier") == row["qualifier"]
        for tally in (self.found.total, self.found.indicators[key[0]]):
            tally.wanted += 1
            tally.hits += hit
            tally.given += hit
            tally.qualified += right
        quote = str(row.get("quote") or row.get("where") or "")
        if match is None:
            self._wrong(MistakeKind.MISSED, key[0], _figure(row), "", quote=quote, value=key[1])
        elif not right:
            start = match.get("start")
            self._wrong(
                MistakeKind.QUALIFIER, key[0], _figure(row), _figure(match), quote=str(match.get("quote")),
                value=key[1], start=start,
            )  # fmt: skip

    def _invented(self, key: Key, row: Row) -> None:
        self.found.total.given += 1
        self.found.indicators[key[0]].given += 1
        quote, start = str(row.get("quote")), row.get("start")
        self._wrong(MistakeKind.INVENTED, key[0], "", _figure(row), quote=quote, value=key[1], start=start)

    def headlines(self) -> None:
        """Hold the settled figures against gold's totals, where gold has one that is beyond doubt."""
        heads = {
            row["indicator"]: round(float(row["value"]), 4)
            for row in self.report.get("figures", ())
            if row.get("value") is not None
        }
        totals: dict[str, dict[float, Row]] = defaultdict(dict)
        for row in self.wanted["observations"]:
            if row["role"] == "total" and not (row.get("optional") or row.get("alt")):
                totals[row["indicator"]].setdefault(_key(row)[1], row)
        for name, values in totals.items():
            if len(values) != 1:
                continue
            ((value, row),) = values.items()
            right = heads.get(name) == value
            self.found.headlines.count(right=right)
            self.found.headlines_of[name].count(right=right)
            if not right:
                told = f"{heads[name]:.12g}" if name in heads else ""
                quote = str(row.get("quote") or "")
                self._wrong(MistakeKind.HEADLINE, name, f"{value:.12g}", told, quote=quote, value=value)

    def fields(self) -> None:
        """Hold the fields of the head against gold's, but for those that gold infers."""
        for name in FIELDS:
            if self.wanted.get(name) is None or name in self.wanted.get("inferred_fields", ()):
                continue
            gold, given = str(self.wanted[name]), str(self.report.get(name))
            right = _same(name, gold, given)
            self.found.fields[name].count(right=right)
            if not right:
                self._wrong(MistakeKind.FIELD, name, gold, given)

    def sections(self) -> None:
        """Look for each of gold's first-level headings, with its kind."""
        kinds = {_squeeze(row.get("heading")): row.get("kind") for row in self.report.get("sections", ())}
        for row in self.wanted.get("sections", ()):
            if row.get("heading"):
                given = kinds.get(_squeeze(row["heading"]))
                right = given == row["kind"]
                self.found.sections.count(right=right)
                if not right:
                    self._wrong(MistakeKind.SECTION, row["heading"], row["kind"], str(given or ""))

    def findings(self) -> None:
        """Look for the kinds of findings that gold has; notes are no alarms."""
        told = [row for row in self.report.get("findings", ()) if row.get("severity") != "note"]
        kinds = {row["kind"] for row in told}
        self.found.audited += 1
        for row in self.wanted["findings"]:
            right = row["kind"] in kinds
            self.found.findings.count(right=right)
            if not right:
                self._wrong(MistakeKind.FINDING, row["kind"], str(row.get("note") or ""), "")
        expected = {row["kind"] for row in self.wanted["findings"]}
        for row in told:
            if row["kind"] not in expected | set(self.wanted.get("findings_allowed", ())):
                self.found.false_alarms += 1
                self._wrong(MistakeKind.FALSE_ALARM, row["kind"], "", str(row["message"]))


def _key(row: Row) -> Key:
    return row["indicator"], round(float(row["value"]), 4)


def _options(row: Row) -> set[Key]:
    names: Sequence[str] = (row["indicator"], *row.get("alt", ()))
    return {(name, round(float(row["value"]), 4)) for name in names}


def _figure(row: Row) -> str:
    """Return a figure as it is shown: its value, and its qualifier where it is hedged."""
    hedge = row.get("qualifier")
    return f"{float(row['value']):.12g}" + (f" {hedge}" if hedge and hedge != "exact" else "")


def _same(name: str, gold: str, given: str) -> bool:
    gold, given = _squeeze(gold), _squeeze(given)
    if name != "issuer":
        return gold == given
    for ending in _ENDINGS:
        gold, given = gold.removesuffix(ending), given.removesuffix(ending)
    return min(len(gold), len(given)) > 2 and (gold.endswith(given) or given.endswith(gold))


def _squeeze(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
