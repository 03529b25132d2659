"""The scores follow the annotation guideline, and are those of the guideline's own scorer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from nianbao.catalogue import load_catalogue
from nianbao.errors import UsageError
from nianbao.evaluation import Evaluation, read_gold, score

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score.py"


def observed(indicator: str, value: float, role: str = "total", **more: Any) -> dict[str, Any]:
    row = {"indicator": indicator, "value": value, "unit": "件", "qualifier": "exact", "role": role}
    return row | {"quote": f"{value}件"} | more


def gold_of(*observations: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "a", "file": "a.txt", "observations": list(observations)} | more


def read_of(*observations: Mapping[str, Any], **more: Any) -> dict[str, Mapping[str, Any]]:
    return {"a": {"status": "complete", "observations": list(observations)} | more}


def counted(result: Evaluation) -> tuple[int, int, int]:
    return result.total.hits, result.total.wanted, result.total.given


CASES = [
    ([observed("x", 3)], [observed("x", 3)], (1, 1, 1)),
    ([observed("x", 3)], [observed("x", 4)], (0, 1, 1)),
    ([observed("x", 3), observed("x", 3, "repeat")], [observed("x", 3)], (1, 1, 1)),
    ([observed("x", 3, optional=True)], [], (0, 0, 0)),
    ([observed("x", 3, optional=True)], [observed("x", 3)], (0, 0, 0)),
    ([observed("x", 3, alt=["y"])], [observed("y", 3)], (1, 1, 1)),
    ([observed("x", 3, alt=["y"])], [observed("x", 3), observed("y", 3)], (1, 1, 1)),
    ([observed("x", 3, alt=["y"]), observed("y", 3)], [observed("x", 3), observed("y", 3)], (2, 2, 2)),
]


@pytest.mark.parametrize(("wanted", "given", "expected"), CASES)
def test_hits_and_misses(
    wanted: list[dict[str, Any]], given: list[dict[str, Any]], expected: tuple[int, int, int]
) -> None:
    assert counted(score([gold_of(*wanted)], read_of(*given))) == expected


def test_what_is_wrong_is_named() -> None:
    wanted = gold_of(
        observed("x", 3),
        observed("y", 5, qualifier="at_least"),
        year=2023,
        title="甲",
        inferred_fields=["title"],
    )
    given = read_of(observed("z", 7, start=40), observed("y", 5, start=9), year=2022, title="乙")
    result = score([wanted], given)
    assert [(m.kind.value, m.name, m.gold, m.given, m.start) for m in result.mistakes] == [
        ("missed", "x", "3", "", None),
        ("qualifier", "y", "5 at_least", "5", 9),
        ("invented", "z", "", "7", 40),
        ("headline", "x", "3", "", None),
        ("headline", "y", "5", "", None),
        ("field", "year", "2023", "2022", None),
    ]
    assert result.indicators["y"].qualified == 0
    assert result.areas({"x": "甲区", "y": "甲区", "z": "乙区"})["甲区"].wanted == 2


def test_a_report_that_is_not_given_is_lost() -> None:
    result = score([gold_of(observed("x", 3))], {})
    assert (result.lost, counted(result)) == (["a"], (0, 1, 0))


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', ""])
def test_what_is_no_gold_is_said_in_one_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(UsageError) as error:
        read_gold(path)
    assert str(path) in str(error.value)


def figures_of(result: Evaluation) -> dict[str, str]:
    total = result.total
    told = {
        "observations": f"precision {total.precision:.3f} recall {total.recall:.3f} F1 {total.f1:.3f} "
        f"({total.hits} hits, {total.wanted} in gold, {total.given} given)",
        "qualifiers": f"{total.qualified}/{total.hits}",
        "headlines": f"{result.headlines.right}/{result.headlines.asked}",
        "sections": f"{result.sections.right}/{result.sections.asked}",
        "identity": " ".join(
            f"{name} {share.right}/{share.asked}" for name, share in sorted(result.fields.items())
        ),
    }
    if result.audited:
        told["findings"] = (
            f"{result.findings.right}/{result.findings.asked} found, {result.false_alarms} false alarms "
            f"in {result.audited} reports"
        )
    return told


@pytest.mark.skipif(not SCORER.is_file(), reason="../shared is not beside the project")
@pytest.mark.parametrize(
    ("gold", "reports"),
    [("samples/gold.jsonl", "samples/reports"), ("tests/gold/gold.jsonl", "tests/gold/reports")],
)
def test_the_figures_are_those_of_the_guideline_s_scorer(tmp_path: Path, gold: str, reports: str) -> None:
    printed = tmp_path / "reports.jsonl"
    with printed.open("wb") as out:
        command = [Path(sys.executable).with_name("nianbao"), "extract", ROOT / reports]
        subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=False)
    read = {}
    for line in printed.read_text("utf-8").splitlines():
        row = json.loads(line)
        read.setdefault(Path(row["file"]).stem, row)
    # What a region adds stands in no gold of the guideline's indicators, and counts for nothing.
    only = ["--only", ",".join(load_catalogue().indicators)]
    told = subprocess.run(
        [sys.executable, SCORER, ROOT / gold, printed, *only], capture_output=True, text=True, check=True
    )
    lines = [re.sub(r"\s+", " ", line) for line in told.stdout.splitlines()]
    theirs = dict(line.split(" ", 1) for line in lines if line and not line.startswith(" "))
    known = read_gold(ROOT / gold)
    assert figures_of(score((*known.rows, *known.held_out), read)) == theirs
