"""Waivers in a list, as a clerk enters them."""

from __future__ import annotations

from pathlib import Path

from flows.cli import main

HEAD = "单位,年度,规则,原句,豁免理由,豁免人,豁免日期,有效期至"
# The reports say nothing of what is planned.
MISSING = "outline.missing-part"


def nianbao(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments])


def row(
    issuer: str = "白水镇", rule: str = MISSING, until: str = "2099-12-31", reason: str = "另文报送"
) -> str:
    return f"{issuer},2023,{rule},,{reason},王敏,2024-03-01,{until}"


def csv(folder: Path, *lines: str) -> Path:
    path = folder / "豁免.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return path
