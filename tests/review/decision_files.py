"""Decisions files for the tests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reviewed_reports import TOWN

from nianbao.corrections import evidence_of
from nianbao.model import Entry, Point

CASES, RATE = "enforcement_cases", "arithmetic.rate"
DAY = "2026-11-22"


def accepting(point: Point, issuer: str = TOWN, **changes: str) -> dict[str, str]:
    told = {"do": "accept", "what": point.kind.value, "issuer": issuer, "key": point.key, "seen": point.seen}
    return told | {"day": DAY, "note": ""} | changes


def correcting(entry: Entry, value: str = "85", **changes: str) -> dict[str, str]:
    told = {"do": "correct", "issuer": TOWN, "indicator": CASES, "old": "80", "value": value}
    return told | {"evidence": evidence_of(entry, CASES), "reason": "以台账为准", "day": DAY} | changes


def waiving(rule: str = RATE, **changes: str) -> dict[str, str]:
    told = {"do": "waive", "issuer": TOWN, "rule": rule, "quote": "", "message": "", "reason": "四舍五入"}
    return told | {"until": "2099-12-31", "day": DAY} | changes


def file_of(decisions: Iterable[Any], **changes: Any) -> dict[str, Any]:
    head = {"format": "nianbao-decisions", "version": 1, "kind": "report", "year": 2023, "person": "王敏"}
    return head | {"made": f"{DAY}T15:30:00+08:00", "decisions": list(decisions)} | changes


def data_of(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told).encode()


def saved(path: Path, decisions: Iterable[Any], **changes: Any) -> Path:
    path.write_bytes(data_of(file_of(decisions, **changes)))
    return path
