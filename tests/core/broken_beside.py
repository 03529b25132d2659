"""What a report is without a broken plugin, and what it is beside one."""

from __future__ import annotations

from broken import Writer, registry_with, report_of

from nianbao.model import Failure, Report

HEAD = """
from decimal import Decimal
from nianbao import *
"""


def loaded_beside(write: Writer, *sources: str) -> tuple[tuple[Failure, ...], Report, Report]:
    """Return what was said of the plugins, a report read without them and one read with them."""
    alone = report_of(registry_with(write))
    found = registry_with(write, *sources)
    return found.failures, alone, report_of(found)
