"""Whose a report is, as far as that matters for who copied from whom."""

from __future__ import annotations

from nianbao.model import Field, Report
from nianbao.roster.names import fullest_name

_WITHOUT_TOWN = 6


def issuer_name(report: Report) -> str:
    """Return who issued a report, or what is known instead."""
    told = (report.value(field) for field in (Field.ISSUER, Field.TOWN, Field.COUNTY, Field.TITLE))
    return next((value for value in told if value), report.file)


def issuer_key(report: Report) -> str:
    """Return what two reports of one issuer share; a file's name where the issuer is unknown."""
    name = fullest_name(report)
    city = report.value(Field.CITY) or report.value(Field.PROVINCE) or ""
    return f"{city}/{name}" if name else f"file:{report.file}#{report.part}"


def county_key(report: Report) -> str:
    """Return the county that a report's issuer belongs to, as code or name; empty where it is unknown."""
    code = report.value(Field.DIVISION_CODE) or ""
    return code[:_WITHOUT_TOWN] or report.value(Field.COUNTY) or report.value(Field.CITY) or ""
