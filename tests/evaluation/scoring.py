"""Scores readings against gold, by the conventions of the annotation guideline."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

IDENTITY = ("year", "title", "issuer", "issuer_level", "province", "city", "county", "town", "published")


@dataclass
class Score:
    """Hits, what gold wants, what was given, and the rest that is counted."""

    hits: int = 0
    wanted: int = 0
    given: int = 0
    qualified: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.wanted + self.given) if self.wanted + self.given else 1.0

    def share(self, name: str) -> float:
        return self.counts[f"ok {name}"] / self.counts[name] if self.counts[name] else 1.0


def load_gold(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(gold: Iterable[Mapping[str, Any]], read: Mapping[str, Mapping[str, Any]]) -> Score:
    """Score readings (what `nianbao extract` prints, by file stem) against gold."""
    total = Score()
    for wanted in gold:
        stem = Path(wanted["file"]).stem
        report = read[stem]
        _score_observations(wanted, report, total)
        _score_headlines(wanted, report, total)
        _score_identity(wanted, report, total)
        _score_sections(wanted, report, total)
    return total


def _key(observation: Mapping[str, Any]) -> tuple[str, float]:
    return observation["indicator"], round(float(observation["value"]), 4)


def _options(observation: Mapping[str, Any]) -> set[tuple[str, float]]:
    value = round(float(observation["value"]), 4)
    return {(name, value) for name in (observation["indicator"], *observation.get("alt", ()))}


def _score_observations(wanted: Mapping[str, Any], report: Mapping[str, Any], total: Score) -> None:
    given = {_key(observation): observation for observation in report["observations"]}
    firm = {_key(o): o for o in reversed(wanted["observations"]) if not o.get("optional")}
    excused = {option for o in wanted["observations"] if o.get("optional") for option in _options(o)}
    used: set[tuple[str, float]] = set()
    for key, observation in firm.items():
        options = [key, *sorted(_options(observation) - {key})]
        match = next((option for option in options if option in given and option not in used), None)
        total.wanted += 1
        if match is None:
            total.wrong.append(f"missed {wanted['id']} {key}: {observation.get('quote')}")
            continue
        used.add(match)
        total.hits += 1
        total.qualified += given[match]["qualifier"] == observation["qualifier"]
    spare = excused.union(*(_options(o) for o in firm.values())) - used
    extra = [key for key in given if key not in used and key not in spare]
    total.given += len(used) + len(extra)
    total.wrong += [f"false {wanted['id']} {key}: {given[key]['quote']}" for key in extra]


def _score_headlines(wanted: Mapping[str, Any], report: Mapping[str, Any], total: Score) -> None:
    heads = {f["indicator"]: round(float(f["value"]), 4) for f in report["figures"] if f["value"] is not None}
    totals: dict[str, set[float]] = {}
    for observation in wanted["observations"]:
        if observation["role"] == "total" and not (observation.get("optional") or observation.get("alt")):
            totals.setdefault(observation["indicator"], set()).add(_key(observation)[1])
    for name, values in totals.items():
        if len(values) == 1:
            _count(total, "headlines", heads.get(name) in values, f"{wanted['id']} {name} {values}")


def _score_identity(wanted: Mapping[str, Any], report: Mapping[str, Any], total: Score) -> None:
    for name in IDENTITY:
        if wanted.get(name) is not None and name not in wanted.get("inferred_fields", ()):
            same = _same(name, str(wanted[name]), str(report.get(name)))
            _count(total, name, same, f"{wanted['id']} {name}: {report.get(name)} for {wanted[name]}")


def _score_sections(wanted: Mapping[str, Any], report: Mapping[str, Any], total: Score) -> None:
    kinds = {_squeeze(section["heading"]): section["kind"] for section in report["sections"]}
    for section in wanted.get("sections", ()):
        if section.get("heading"):
            same = kinds.get(_squeeze(section["heading"])) == section["kind"]
            _count(total, "sections", same, f"{wanted['id']} {section['heading']}")


def _count(total: Score, name: str, right: bool, what: str) -> None:
    total.counts[name] += 1
    total.counts[f"ok {name}"] += right
    if not right:
        total.wrong.append(f"wrong {what}")


def _same(name: str, gold: str, given: str) -> bool:
    gold, given = _squeeze(gold), _squeeze(given)
    if name != "issuer":
        return gold == given
    for ending in ("人民政府", "办事处"):
        gold, given = gold.removesuffix(ending), given.removesuffix(ending)
    return min(len(gold), len(given)) > 2 and (gold.endswith(given) or given.endswith(gold))


def _squeeze(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
