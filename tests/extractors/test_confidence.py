"""Confidence is counted on gold: every kind of evidence has one, and it says about what is true."""

from __future__ import annotations

import sys
from decimal import Decimal
from itertools import product
from pathlib import Path

import yaml

from nianbao.model import Role
from plugins.extractors.indicators.confidence import FILE, calibration, confidence_of
from plugins.extractors.indicators.evidence import Evidence

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import calibrate  # noqa: E402  it is no package

TOUCHING = Evidence("own", "left", "first", "touching")


def test_every_kind_of_evidence_has_a_confidence() -> None:
    values = calibrate.VALUES
    told = {
        confidence_of(Evidence(via, side, strength, nearness), role)
        for via, side, strength, nearness, role in product(*values.values())
    }
    assert min(told) > Decimal("0.1")
    assert max(told) <= Decimal("0.99")


def test_what_stands_apart_or_only_in_part_is_less_sure() -> None:
    apart = Evidence("own", "left", "first", "apart")
    carried = Evidence("own", "carried", "later", "apart")
    order = [confidence_of(each, Role.TOTAL) for each in (TOUCHING, apart, carried)]
    assert order == sorted(order, reverse=True)
    assert len(set(order)) == 3
    assert confidence_of(TOUCHING, Role.TOTAL) > confidence_of(TOUCHING, Role.PART)


def test_the_file_tells_what_it_was_counted_on() -> None:
    path = ROOT / "plugins" / "extractors" / "indicators" / FILE
    told = yaml.safe_load(path.read_text("utf-8"))
    assert set(told["gold"]) == {gold for gold, _ in calibrate.SETS if "held-out" not in gold}
    for rows in told["traits"].values():
        assert sum(row["seen"] for row in rows.values()) == told["seen"]
        assert sum(row["right"] for row in rows.values()) == told["right"]


def test_what_is_told_is_about_true_on_gold_never_counted() -> None:
    _, held_out = calibrate.cases("tests/gold/held-out.jsonl", "tests/gold/reports")
    rows = [(float(calibration().confidence(case.evidence, case.role)), case.right) for case in held_out]
    assert len(rows) > 400
    told, true = (sum(row[index] for row in rows) / len(rows) for index in (0, 1))
    assert abs(told - true) < 0.04
    doubtful = [right for confidence, right in rows if confidence < 0.9]
    sure = [right for confidence, right in rows if confidence >= 0.9]
    assert sum(doubtful) / len(doubtful) < sum(sure) / len(sure) - 0.05


def test_the_regression_finds_what_was_planted() -> None:
    cases = [
        calibrate.Case(Evidence("own", "left", "first", nearness), Role.TOTAL, number % 10 < right)
        for nearness, right in (("touching", 9), ("apart", 6))
        for number in range(400)
    ]
    base, weights = calibrate.fitted(cases)
    by = calibrate.Calibration(
        base, {trait: {v: weights[trait, v] for v in values} for trait, values in calibrate.VALUES.items()}
    )
    told = [
        float(by.confidence(Evidence("own", "left", "first", n), Role.TOTAL)) for n in ("touching", "apart")
    ]
    assert abs(told[0] - 0.9) < 0.03
    assert abs(told[1] - 0.6) < 0.03
