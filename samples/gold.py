"""Reads the hand-written gold beside each source, and refuses what the report does not say."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from page import furniture
from source import Source

_ROLES = {"total", "part", "repeat"}
_QUALIFIERS = {"exact", "at_least", "about", "below"}
_LEVELS = {"province", "city", "county", "town", "department", "other"}
_KINDS = {"achievements", "problems", "responsibility", "plan", "other"}
_FINDINGS = {
    "sum", "ratio", "order", "repeat-conflict", "year", "foreign-name", "missing-part", "late", "numbering",
    "placeholder", "typo-law", "coverage", "unit", "jump", "outlier", "copied", "authenticity",
}  # fmt: skip


def read_gold(source: Source) -> dict[str, Any]:
    """Return the gold of one report as annotation.md lays it down.

    Raises:
        ValueError: when a quote, heading or place is not in the report, or a word is not an allowed one.
    """
    path = source.path.with_suffix(".gold.yml")
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    check = _Check(path, f"{source.text}\n{furniture(source)}")
    inferred = raw.get("inferred", [])
    gold: dict[str, Any] = {"id": source.path.stem, "title": raw["title"], "year": raw["year"]}
    gold |= {"issuer": check.quoted(raw["issuer"]), "issuer_level": check.one_of(raw["level"], _LEVELS)}
    for field in ("province", "city", "county", "town"):
        value = raw.get(field)
        gold[field] = value if value is None or field in inferred else check.quoted(value)
    if "published" in raw:
        gold["published"] = str(raw["published"])
    gold |= {"inferred": bool(inferred), "inferred_fields": inferred}
    gold["sections"] = [_section(text, check) for text in raw["sections"]]
    gold["observations"] = [_observation(text, check) for text in raw["observations"]]
    gold["findings"] = [_finding(text, check) for text in raw.get("findings", [])]
    gold["findings_allowed"] = [check.one_of(kind, _FINDINGS) for kind in raw.get("allowed", [])]
    gold["traps"] = [check.quoted(quote) for quote in raw.get("traps", [])]
    gold["file"] = source.file
    return gold


class _Check:
    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text

    def quoted(self, quote: str) -> str:
        if quote not in self.text:
            raise ValueError(f"{self.path.name}: not in the report: {quote}")
        return quote

    def one_of(self, word: str, allowed: set[str]) -> str:
        if word not in allowed:
            raise ValueError(f"{self.path.name}: {word!r} is none of {sorted(allowed)}")
        return word


def _section(text: str, check: _Check) -> dict[str, str]:
    kind, heading = text.split(" | ", 1)
    return {"heading": check.quoted(heading), "kind": check.one_of(kind, _KINDS)}


def _observation(text: str, check: _Check) -> dict[str, Any]:
    """Read `indicator value unit [qualifier] [role] [optional] [alt=a,b] | quote` (unit `-` is none)."""
    head, quote = text.split(" | ", 1)
    indicator, value, unit, *words = head.split()
    number = Decimal(value)
    seen: dict[str, Any] = {
        "indicator": indicator,
        "value": int(number) if number == number.to_integral_value() else float(number),
        "unit": "" if unit == "-" else unit,
        "qualifier": "exact",
        "quote": check.quoted(quote),
        "role": "total",
    }
    for word in words:
        if word == "optional":
            seen["optional"] = True
        elif word.startswith("alt="):
            seen["alt"] = word.removeprefix("alt=").split(",")
        elif word in _ROLES:
            seen["role"] = word
        else:
            seen["qualifier"] = check.one_of(word, _QUALIFIERS)
    return seen


def _finding(text: str, check: _Check) -> dict[str, Any]:
    """Read `kind | note | quote / quote`; a finding about what is not there has no quote."""
    kind, note, *quotes = text.split(" | ")
    named = quotes[0].split(" / ") if quotes else []
    return {"kind": check.one_of(kind, _FINDINGS), "quotes": [check.quoted(q) for q in named], "note": note}
