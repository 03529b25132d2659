"""Sources, readers, extractors and checks small enough to walk the main line with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from broken import download

from nianbao import settle
from nianbao.errors import ReadError
from nianbao.manager import Registry
from nianbao.model import (
    Attribute,
    Block,
    BlockKind,
    Document,
    Download,
    Field,
    Filing,
    Finding,
    Observation,
    Place,
    Qualifier,
    Report,
    Role,
    Section,
    SectionKind,
    Severity,
    SourceConfig,
)
from nianbao.records import Context, Extractor, Reader, Source, Validator

TEXT = "一、成效\n调解纠纷12件。\n二、不足\n人手不足。"


def filing(name: str) -> Filing:
    return Filing("memory", name, name)


def source(name: str, place: str) -> Source:
    def listed(config: SourceConfig, year: int | None) -> Iterator[Filing]:
        yield Filing(name, f"{config.location}/{year}", "a.txt")

    def fetched(wanted: Filing) -> Download:
        if wanted.name == "没有.txt":
            raise ReadError("文件不在了", where=wanted.name, hint="请重新列出")
        return replace(download(TEXT), filing=wanted)

    return Source(name, lambda config: config.location == place, listed, fetched)


def reader(name: str, bid: int, *, error: str = "") -> Reader:
    def read_it(given: Download) -> Document:
        if error:
            raise ReadError(error, where=given.filing.name, hint=f"请改用{name}")
        text = given.data.decode()
        block = Block(0, len(text), BlockKind.PARAGRAPH, Place(page=2, paragraph=1))
        return Document(given.filing.name, given.sha256, name, text, (block,))

    return Reader(name, lambda given: bid, read_it)


def observe(document: Document, given: Context) -> Iterator[Attribute | Section | Observation]:
    yield Attribute(Field.YEAR, "2023", "标题", "finder")
    yield Section("二、不足", SectionKind.PROBLEMS, 14, 24, 1, "finder")
    yield Section("一、成效", SectionKind.ACHIEVEMENTS, 0, 13, 1, "finder")
    start = document.text.find("调解纠纷12件")
    if start >= 0:
        twelve = Decimal(12)
        yield Observation(
            indicator="disputes_mediated",
            value=twelve,
            unit="件",
            qualifier=Qualifier.EXACT,
            role=Role.TOTAL,
            start=start,
            end=start + 7,
            quote="调解纠纷12件",
            low=twelve,
            high=twelve,
            figure_start=start + 4,
            figure_end=start + 7,
            confidence=Decimal("0.9"),
            extractor="finder",
        )


FINDER = Extractor("finder", frozenset({Field.YEAR, "sections", "disputes_mediated"}), observe)


def check(report: Report, given: Context) -> Iterator[Finding]:
    if given.report == report and report.figure("disputes_mediated"):
        yield Finding("order", "test.order", Severity.NOTE, "看过。")


CHECKER = Validator("checker", "report", frozenset({"order"}), check)


def registry(**parts: object) -> Registry:
    empty = Registry((), (), (), (), (), (), (), ())
    complete = replace(
        empty,
        sources=(source("memory", "内存"),),
        readers=(reader("plain", 50),),
        extractors=(FINDER,),
        validators=(CHECKER,),
        settlers=(("settle", settle.nianbao_settle),),
    )
    return replace(complete, **parts)


def kind_of(name: str, value: str, confidence: str = "1") -> Extractor:
    statement = Attribute(Field.KIND, value, f"{name}说的", name, confidence=Decimal(confidence))
    return Extractor(name, frozenset({Field.KIND}), lambda document, given: (statement,))
