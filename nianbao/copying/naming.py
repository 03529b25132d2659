"""Who issued a report and where, as findings on copies name it."""

from __future__ import annotations

from nianbao.model import Field, Report

_WITHOUT_TOWN = 6


def issuer_name(report: Report) -> str:
    """Return who issued a report, or what is known instead."""
    told = (report.value(field) for field in (Field.ISSUER, Field.TOWN, Field.COUNTY, Field.TITLE))
    return next((value for value in told if value), report.file)


def county_key(report: Report) -> str:
    """Return the county that a report's issuer belongs to, as code or name; empty where it is unknown."""
    code = report.value(Field.DIVISION_CODE) or ""
    return code[:_WITHOUT_TOWN] or report.value(Field.COUNTY) or report.value(Field.CITY) or ""
