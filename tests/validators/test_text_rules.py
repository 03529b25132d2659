"""The rules on a report's words, on whole fictional reports: planted faults, and what only looks wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nianbao import Document, Fact, FactName, Finding, Report, Severity, Status
from nianbao.manager import registry
from nianbao.steps import analyse, make_context
from plugins.validators.textrules import RULES

YEAR = 2023
CASES, MORE, DATES = (
    yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("text_rules.yml", "years_and_names.yml", "dates_and_units.yml")
)
KINDS = {kind for _, kind in RULES.values()} | {"missing-part", "numbering"}
CONTEXT = replace(make_context(), today=date(2027, 1, 1))
SEVERITIES = {
    "foreign-name": {Severity.ERROR},
    "year": {Severity.ERROR, Severity.WARNING},
    "authenticity": {Severity.ERROR, Severity.WARNING, Severity.NOTE},
    "late": {Severity.WARNING},
    "placeholder": {Severity.WARNING},
    "typo-law": {Severity.WARNING, Severity.NOTE},
    "unit": {Severity.WARNING},
    "coverage": {Severity.WARNING, Severity.NOTE},
    "repeated-text": {Severity.WARNING},
    "repeat-conflict": {Severity.WARNING},
    "stale-name": {Severity.NOTE},
    "typo": {Severity.NOTE},
    "missing-part": {Severity.WARNING},
    "numbering": {Severity.WARNING},
}


def written(text: str) -> str:
    """Put in the years: Y, Y-1, Y+1."""
    return re.sub(
        r"(?<![A-Za-z])Y(?:([+-])(\d))?", lambda m: str(YEAR + int((m[1] or "+") + (m[2] or "0"))), text
    )


def report_of(name: str, changes: dict[str, Any]) -> tuple[Report, str]:
    """Read a report with a case's changes, by all that is installed."""
    card = (CASES["reports"] | MORE["reports"])[name]
    lines = [card["title"], card["opening"] + changes.get("opening", "")]
    for part, heading in card["parts"].items():
        lines += [heading, card["text"][part].replace(" ", "") + changes.get(part, "")]
    text = "\n".join([*lines, changes.get("end", "")])
    for old, new in changes.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new)
    text = written(text)
    facts = [Fact(FactName.URL, "http://www.example.gov.cn/report.html", "listing")]
    if "published" in changes:
        facts.append(Fact(FactName.PUBLISHED, written(changes["published"]), "meta PubDate"))
    if "updated" in changes:
        text = f"更新时间：{written(changes['updated'])}\n{text}"
    document = Document(
        "a.html", "0" * 64, "html", text, facts=tuple(facts), notes=tuple(changes.get("notes", ()))
    )
    return analyse(registry(), document, CONTEXT), text


def is_of_these(finding: Finding) -> bool:
    """Tell whether one of these rules told it, and not arithmetic, which tells contradictions, too."""
    return finding.kind in KINDS and finding.rule != "repeat.conflict"


def found(report: Report) -> Iterator[tuple[str, str]]:
    for finding in report.findings:
        if is_of_these(finding) and not (finding.kind == "numbering" and finding.severity is Severity.NOTE):
            yield finding.kind, finding.quotes[0].quote if finding.quotes else ""


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    CASES["faults"] + MORE["faults"] + DATES["faults"],
    ids=lambda value: str(value)[:50],
)
def test_a_planted_fault_is_found(name: str, changes: dict[str, Any], expected: dict[str, str]) -> None:
    report, _ = report_of(name, changes)
    assert report.status is Status.COMPLETE
    wanted = [(re.sub(r"-\d$", "", kind), written(quote)) for kind, quote in expected.items()]
    got = list(found(report))
    assert len(got) == len(wanted)
    for (kind, quote), (told, evidence) in zip(sorted(wanted), sorted(got), strict=True):
        assert kind == told
        assert quote in evidence or (evidence and evidence in quote)
    for finding in report.findings:
        if is_of_these(finding):
            assert finding.severity in SEVERITIES[finding.kind]
            assert re.fullmatch(r"[^。]*(?:“[^”]*”[^。]*)*[。？]", finding.message)
            assert finding.suggestion.endswith("。")
            assert finding.basis
            assert not re.search(r"[A-Za-z]{3,}(?!.*”)", finding.message)


@pytest.mark.parametrize(
    ("name", "changes"), CASES["clean"] + MORE["clean"] + DATES["clean"], ids=lambda value: str(value)[:50]
)
def test_what_only_looks_wrong_is_left_alone(name: str, changes: dict[str, Any]) -> None:
    report, _ = report_of(name, changes)
    assert report.status is Status.COMPLETE
    assert [(finding.kind, finding.message) for finding in report.findings if is_of_these(finding)] == []


def test_enough_is_planted() -> None:
    assert len(CASES["faults"]) >= 40
    assert len(CASES["clean"]) >= 25
