"""The faults planted in the sample reports are found by the rules on words, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nianbao import SourceConfig, steps
from nianbao.manager import registry
from plugins.validators.textrules import RULES

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
GOLD = [json.loads(line) for line in (SAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
KINDS = {kind for _, kind in RULES.values()} | {"missing-part", "numbering"}


@pytest.fixture(scope="module")
def found() -> dict[str, set[str]]:
    context = steps.make_context()
    kinds: dict[str, set[str]] = {}
    for filing in steps.list_filings(registry(), SourceConfig(str(SAMPLES / "reports"))):
        for report in steps.process(registry(), filing, context).reports:
            told = {f.kind for f in report.findings if f.kind in KINDS and f.severity.value != "note"}
            kinds[Path(filing.name).name] = told
    return kinds


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["id"])
def test_what_is_planted_is_found_and_nothing_else(gold: dict, found: dict[str, set[str]]) -> None:
    wanted = {finding["kind"] for finding in gold["findings"]} & KINDS
    told = found[gold["file"]]
    assert wanted <= told
    assert told - wanted <= set(gold.get("findings_allowed", ()))
