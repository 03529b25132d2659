"""Plugin modules written to disk and loaded through real entry points, beside a small sound plugin."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import EntryPoint
from pathlib import Path
from textwrap import dedent

from nianbao.catalogue import load_catalogue
from nianbao.divisions import divisions
from nianbao.manager import Registry, build_registry
from nianbao.model import Download, Filing, Report, RunRecord, Yearbook
from nianbao.records import Context
from nianbao.steps import SHANGHAI, process_download
from nianbao.yearbook import make_yearbook

TEXT = "一、主要举措和成效\n全年办理行政处罚案件12件，罚款3万余元。\n二、存在的问题\n人手不足。"

# What every broken plugin stands beside: it reads, finds two figures and checks one thing.
SOUND = """
from decimal import Decimal
from nianbao import *
from nianbao.model import Qualifier, Role

def statement(document, indicator, quote, value, low, high, qualifier=Qualifier.EXACT):
    start = document.text.index(quote)
    end = start + len(quote)
    return Observation(
        indicator, Decimal(value), "", qualifier, Role.TOTAL, start, end, quote, Decimal(low), Decimal(high),
        start, end, Decimal("0.9"), "sound",
    )

def extract(document, context):
    yield Attribute(Field.YEAR, "2023", "标题", "sound")
    yield statement(document, "penalty_cases", "行政处罚案件12件", 12, 12, 12)
    yield statement(document, "penalty_amount", "罚款3万余元", 30000, 30000, 39999, Qualifier.AT_LEAST)

def check(report, context):
    yield Finding("order", "sound.order", Severity.NOTE, "已核对。")

@hookimpl
def nianbao_readers():
    yield Reader("sound", lambda download: 10, lambda download: Document(
        download.filing.name, download.sha256, "sound", download.data.decode()))

@hookimpl
def nianbao_extractors():
    yield Extractor("sound", frozenset({"year", "penalty_cases", "penalty_amount"}), extract)

@hookimpl
def nianbao_validators():
    yield Validator("sound", "report", frozenset({"order"}), check)

@hookimpl
def nianbao_publishers():
    def publish(yearbook, folder):
        path = folder / "sound.txt"
        path.write_text(yearbook.title, encoding="utf-8")
        return [path]
    yield Publisher("sound", publish)
"""

SETTLE = EntryPoint("settle", "nianbao.settle", "nianbao")

Writer = Callable[[str, str], EntryPoint]


def writer(folder: Path) -> Iterator[Writer]:
    """Give a function that writes a plugin module and returns its entry point; forget them at the end."""
    written: list[str] = []

    def write(name: str, source: str) -> EntryPoint:
        module = f"plugin_{folder.name.replace('-', '_')}_{name}"
        (folder / f"{module}.py").write_text(dedent(source), encoding="utf-8")
        written.append(module)
        return EntryPoint(name, module, "nianbao")

    sys.path.insert(0, str(folder))
    try:
        yield write
    finally:
        sys.path.remove(str(folder))
        for module in written:
            sys.modules.pop(module, None)


def registry_with(write: Writer, *sources: str) -> Registry:
    """Build a registry of the core's settler, the sound plugin, and `broken`, `broken2` …"""
    names = ["broken", *(f"broken{number}" for number in range(2, len(sources) + 1))]
    others = [write(name, source) for name, source in zip(names, sources, strict=False)]
    return build_registry([SETTLE, write("sound", SOUND), *others])


def context() -> Context:
    return Context(load_catalogue(), divisions(), date(2024, 2, 1))


def download(text: str = TEXT, name: str = "北流镇.txt") -> Download:
    data = text.encode()
    return Download(Filing("folder", name, name), data, sha256(data).hexdigest())


def report_of(registry: Registry, text: str = TEXT) -> Report:
    [report] = process_download(registry, download(text), context()).reports
    return report


def empty_yearbook(registry: Registry) -> Yearbook:
    run = RunRecord("试", datetime(2024, 2, 1, tzinfo=SHANGHAI), "0")
    return make_yearbook(registry, context(), 2023, (), roster=None, run=run)
