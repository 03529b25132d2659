from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SPEC = HERE.parents[2] / "shared" / "spec" / "indicators.csv"


def test_gold_is_what_the_readings_say() -> None:
    run = subprocess.run(
        [sys.executable, HERE / "assemble.py", "--check"], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert run.returncode == 0


def test_the_same_reports_are_held_out_for_good() -> None:
    seen, apart = (
        {report["id"]: report["held_out"] for report in map(json.loads, path.read_text("utf-8").splitlines())}
        for path in (HERE / "gold.jsonl", HERE / "held-out.jsonl")
    )
    held_out = {f"g{number}" for number in (*range(33, 49), *range(74, 89, 2), *range(135, 191))}
    assert apart == dict.fromkeys(held_out, True)
    assert set(seen.values()) == {False}
    assert set(seen) | set(apart) == {f"g{number:02}" for number in range(1, 191)}


@pytest.mark.skipif(not SPEC.exists(), reason="the shared specification is not beside this checkout")
def test_every_indicator_of_the_specification_may_be_read() -> None:
    ids = [line.split(",", 1)[0] for line in SPEC.read_text(encoding="utf-8").splitlines()[1:] if line]
    assert (HERE / "indicators.txt").read_text(encoding="utf-8").split() == ids
