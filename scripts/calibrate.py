"""Counts how often observations are right, by what they rest on: makes the extractor's confidence.yml anew.

    python scripts/calibrate.py             writes the file
    python scripts/calibrate.py --check     tells how well the file does on the gold's two parts, in totals

Gold that is held out is never counted: it only checks. The weights are those of a logistic regression with a
penalty, so that what was rarely seen says little. The rules were grown on this gold, and so do better on it
than on reports never seen; the base is lowered by what sets lost when they were read for the first time.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp
from pathlib import Path

import yaml

from nianbao import SourceConfig, steps
from nianbao.errors import ReadError
from nianbao.evaluation import Gold, read_gold, stem_of
from nianbao.grammar.reading import read_text
from nianbao.manager import registry
from nianbao.model import Observation, Role
from plugins.extractors.indicators.claim import Side, Via
from plugins.extractors.indicators.confidence import FILE, Calibration, calibration, traits
from plugins.extractors.indicators.engine import engine_for
from plugins.extractors.indicators.evidence import AFTERWARDS, DENIAL, HEADER, LABEL, NONE, Evidence
from plugins.extractors.indicators.trace import Trace

ROOT = Path(__file__).resolve().parents[1]
SETS = (
    ("tests/gold/gold.jsonl", "tests/gold/reports"),
    ("tests/gold/held-out.jsonl", "tests/gold/reports"),
    ("samples/gold.jsonl", "samples/reports"),
)
TARGET = ROOT / "plugins" / "extractors" / "indicators" / FILE
# The share of statements that were right when the latest sets (tests/gold 89 to 190) were read for the first
# time: 4,981 of 5,183 (docs/accuracy.md).
FIRST_READING = 0.961
VALUES = {
    "via": (*Via, HEADER, LABEL, DENIAL, AFTERWARDS),
    "side": (*Side, NONE),
    "strength": ("first", "later", "weak", NONE),
    "nearness": ("touching", "apart", NONE),
    "role": tuple(Role),
}
PENALTY = 2.0
ROUNDS, STEP = 4_000, 0.5
LOWEST, HALVINGS = 10.0, 40
BINS = (0.0, 0.8, 0.9, 0.95, 1.01)
HEADER_TEXT = """# How often an observation is right, by what it rests on: made by scripts/calibrate.py.
# `right` of `seen` were; `weight` is what the trait adds to the log-odds, beside the others and the base.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """An observation: what it rests on, and whether gold has it."""

    evidence: Evidence
    role: Role
    right: bool


def cases(gold_path: str, folder: str) -> tuple[list[Case], list[Case]]:
    """Return the observations of a set's reports: those for development, and those held out."""
    gold = read_gold(ROOT / gold_path)
    return list(_cases(gold.rows, folder)), list(_cases(gold.held_out, folder))


def _cases(rows: Sequence[Mapping[str, object]], folder: str) -> Iterator[Case]:
    wanted = {stem_of(row): _options(row) for row in rows}
    context = steps.make_context()
    for filing in steps.list_filings(registry(), SourceConfig(str(ROOT / folder))):
        options = wanted.get(Path(filing.name).stem)
        if options is None:
            continue
        try:
            document = steps.read(registry(), steps.fetch(registry(), filing))[0]
        except ReadError:
            continue
        report = steps.analyse(registry(), document, context)
        trace = Trace()
        reading = read_text(document.text, context.catalogue.units, document.blocks)
        for row in engine_for(context.catalogue).extract(reading, report, trace):
            if isinstance(row, Observation):
                _, evidence = trace.standings[row.indicator, row.figure_start]
                yield Case(evidence, row.role, (row.indicator, round(float(row.value), 4)) in options)


def _options(row: Mapping[str, object]) -> set[tuple[str, float]]:
    told = row["observations"]
    assert isinstance(told, list)
    return {
        (name, round(float(each["value"]), 4))
        for each in told
        for name in (each["indicator"], *each.get("alt", ()))
    }


def fitted(seen: Sequence[Case]) -> tuple[float, dict[tuple[str, str], float]]:
    """Return base and weights of the penalised logistic regression, found by plain ascent."""
    kinds = Counter((tuple(traits(case.evidence, case.role)), case.right) for case in seen)
    base, weights = 3.0, {(trait, value): 0.0 for trait, values in VALUES.items() for value in values}
    for _ in range(ROUNDS):
        slopes = dict.fromkeys(weights, 0.0)
        rise = 0.0
        for (told, right), count in kinds.items():
            miss = count * (right - 1 / (1 + exp(-base - sum(weights[each] for each in told))))
            rise += miss
            for each in told:
                slopes[each] += miss
        base += STEP * rise / len(seen)
        for each, slope in slopes.items():
            weights[each] += STEP * (slope - PENALTY * weights[each]) / len(seen)
    return base, weights


def unseen(base: float, weights: Mapping[tuple[str, str], float], seen: Sequence[Case]) -> float:
    """Lower a base until the statements are told on average as sure as those of sets not seen before were."""
    sums = [sum(weights[each] for each in traits(case.evidence, case.role)) for case in seen]
    low, high = base - LOWEST, base
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        told = sum(1 / (1 + exp(-middle - each)) for each in sums) / len(sums)
        low, high = (middle, high) if told < FIRST_READING else (low, middle)
    return (low + high) / 2


def write(seen: Sequence[Case], digests: Mapping[str, str]) -> None:
    """Write the file."""
    base, weights = fitted(seen)
    right: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for case in seen:
        for each in traits(case.evidence, case.role):
            found[each] += 1
            right[each] += case.right
    told = {
        "gold": dict(digests),
        "seen": len(seen),
        "right": sum(case.right for case in seen),
        "first_reading": FIRST_READING,
        "penalty": PENALTY,
        "base": round(unseen(base, weights, seen), 3),
        "traits": {
            trait: {
                str(value): {
                    "right": right[trait, value],
                    "seen": found[trait, value],
                    "weight": round(weights[trait, value], 3),
                }
                for value in values
            }
            for trait, values in VALUES.items()
        },
    }
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
    TARGET.write_text(HEADER_TEXT + text, encoding="utf-8")


def check(name: str, found: Iterable[Case], by: Calibration) -> None:
    """Print a part's totals: Brier score, expected calibration error, each bin's promise and truth."""
    rows = [(float(by.confidence(case.evidence, case.role)), case.right) for case in found]
    brier = sum((told - right) ** 2 for told, right in rows) / len(rows)
    share = sum(right for _, right in rows) / len(rows)
    constant = share * (1 - share)
    print(
        f"{name}: {len(rows)} observations, {share:.3f} right; Brier {brier:.4f} (a constant: {constant:.4f})"
    )
    error = 0.0
    for low, high in pairwise(BINS):
        group = [row for row in rows if low <= row[0] < high]
        if group:
            told, true = (sum(row[index] for row in group) / len(group) for index in (0, 1))
            error += abs(told - true) * len(group) / len(rows)
            print(f"  {low:.2f} to {min(high, 1):.2f}: {len(group):5}, told {told:.3f}, true {true:.3f}")
    print(f"  expected calibration error {error:.4f}")


def main() -> None:
    """Write the file, or check it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    seen: list[Case] = []
    held_out: list[Case] = []
    digests: dict[str, str] = {}
    for gold, folder in SETS:
        known: Gold = read_gold(ROOT / gold)
        if known.rows:
            digests[gold] = known.digest
        development, apart = cases(gold, folder)
        seen += development
        held_out += apart
    if not arguments.check:
        write(seen, digests)
        print(f"written: {TARGET.relative_to(ROOT)}")
        calibration.cache_clear()
    check("development", seen, calibration())
    check("held out", held_out, calibration())


if __name__ == "__main__":
    main()
