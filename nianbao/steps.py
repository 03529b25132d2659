"""The main line, one function an arrow; it runs as it stands, without Prefect.

Filing → Download → Document → Report with observations, figures and findings → Yearbook → files
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from nianbao.catalogue import Catalogue, load_catalogue
from nianbao.checking import CRASHED, validate_report, validate_yearbook
from nianbao.divisions import divisions
from nianbao.doubts import ask_for_review, lower_doubtful
from nianbao.errors import PassingReadError, PluginError, ReadError
from nianbao.evidence import check_figure
from nianbao.extracting import extract
from nianbao.grammar.reading import read_text
from nianbao.guard import guarded
from nianbao.intake import SlowReadError, fetch, list_filings, prepare, read, try_fetch, try_read
from nianbao.kinds import to_read
from nianbao.manager import Candidates, Registry, Settler
from nianbao.model import (
    Document,
    Download,
    Entry,
    FactName,
    Failure,
    Figure,
    FigureStatus,
    Filing,
    RegionBy,
    Report,
    Status,
    Yearbook,
)
from nianbao.parting import find_parts, shifted
from nianbao.processed import Processed, unreadable
from nianbao.records import INDICATORS, Context, Publisher
from nianbao.regions import chosen_region, regions_of_hosts
from nianbao.spots import spots_of

__all__ = [
    "CRASHED",
    "SHANGHAI",
    "Processed",
    "analyse",
    "analyse_parts",
    "context_of",
    "entry_of",
    "extract",
    "fetch",
    "list_filings",
    "make_context",
    "prepare",
    "process",
    "process_download",
    "publish",
    "read",
    "settle",
    "unreadable",
    "validate_report",
    "validate_yearbook",
]

SHANGHAI = ZoneInfo("Asia/Shanghai")


def make_context(catalogue: Catalogue | None = None) -> Context:
    """Return the context that all records of a run share."""
    return Context(
        catalogue=catalogue or load_catalogue(),
        divisions=divisions(),
        today=datetime.now(SHANGHAI).date(),
    )


def process(registry: Registry, filing: Filing, context: Context, *, slow: bool = True) -> Processed:
    """Take one filing the whole way to its settled and checked reports; never raises for bad input.

    Args:
        registry: the plugins' records.
        filing: what to read.
        context: of the run.
        slow: whether slow readers may read it; else it comes back deferred when it is their turn.
    """
    download, failures = try_fetch(registry, filing)
    if isinstance(download, ReadError):
        row = unreadable(filing.name, "", download, failures)
        return Processed(filing, "", None, (row,), may_pass=isinstance(download, PassingReadError))
    return process_download(registry, download, context, slow=slow)


def process_download(
    registry: Registry, download: Download, context: Context, *, slow: bool = True
) -> Processed:
    """Take fetched bytes the whole way to settled and checked reports; `slow` as for `process`."""
    filing, sha256 = download.filing, download.sha256
    done = Processed(filing, sha256, None, (), media_type=download.media_type, facts=download.facts)
    document, failures = try_read(registry, download, slow=slow)
    if isinstance(document, SlowReadError):
        return replace(done, is_deferred=True)
    if isinstance(document, ReadError):
        row = unreadable(filing.name, sha256, document, failures)
        return replace(done, reports=(row,), may_pass=isinstance(document, PassingReadError))
    return replace(done, document=document, reports=analyse_parts(registry, document, context, failures))


def analyse_parts(
    registry: Registry, document: Document, context: Context, failures: Sequence[Failure] = ()
) -> tuple[Report, ...]:
    """Analyse a document; each of several reports in it as a document of its own.

    What such a report states is then counted in the text of the whole.

    Args:
        registry: the plugins' records.
        document: what was read.
        context: of the run.
        failures: of the readers on the way.
    """
    return tuple(
        replace(shifted(analyse(registry, part.document, context, failures), part.start), part=number)
        for number, part in enumerate(find_parts(document), 1)
    )


def analyse(
    registry: Registry, document: Document, context: Context, failures: Sequence[Failure] = ()
) -> Report:
    """Extract, settle and check one document, by the profile of its region where it has one."""
    context = context_of(registry, document, context)
    report = extract(registry, document, context, failures)
    if report.status is Status.NOT_A_REPORT:
        return report
    context = to_read(registry, report, document, context)
    report = settle(registry, lower_doubtful(report, document), context)
    report = ask_for_review(report, document)
    return validate_report(registry, report, document, context)


def context_of(registry: Registry, document: Document, context: Context) -> Context:
    """Return a document's own context: the grammar's reading, the region that its host tells, the notes."""
    hosted = regions_of_hosts(registry.regions, document)
    return replace(
        context,
        region=context.region or chosen_region(hosted),
        region_by=RegionBy.HOST if context.region is None else context.region_by,
        hosted=hosted,
        reading=read_text(document.text, context.catalogue.units, document.blocks),
        notes=document.notes,
        hosts=tuple(fact.value for fact in document.facts if fact.name is FactName.HOST),
    )


def settle(registry: Registry, report: Report, context: Context) -> Report:
    """Settle each indicator's headline figure; what a failed extractor owed is `failed`, not absent."""
    context = replace(context, report=report)
    order = {name: index for index, name in enumerate(context.catalogue.indicators)}
    indexed = sorted(enumerate(report.observations), key=lambda row: (order[row[1].indicator], row[0]))
    figures: list[Figure] = []
    failures: list[Failure] = []
    for _, group in groupby(indexed, key=lambda row: row[1].indicator):
        figure = _settle_one(registry, tuple(group), context, failures)
        if figure is not None:
            figures.append(figure)
    settled = {figure.indicator for figure in figures}
    failed = {failure.plugin for failure in report.failures if failure.stage == "extract"}
    owed = {
        name
        for each in registry.extractors
        if each.name in failed
        for name in (order if INDICATORS in each.yields else each.yields & order.keys())
    }
    figures += [Figure(name, None, FigureStatus.FAILED, False, ()) for name in owed - settled]
    return replace(
        report,
        figures=tuple(sorted(figures, key=lambda figure: order[figure.indicator])),
        failures=(*report.failures, *failures),
        status=Status.PARTIAL if failures else report.status,
    )


def _settle_one(
    registry: Registry, candidates: Candidates, context: Context, failures: list[Failure]
) -> Figure | None:
    for name, settler in registry.settlers:
        figure = guarded(name, "settle", _settled, name, settler, candidates, context)
        if isinstance(figure, Failure):
            failures.append(figure)
        elif figure is not None:
            return figure
    return None


def _settled(name: str, settler: Settler, candidates: Candidates, context: Context) -> Figure | None:
    figure = settler(candidates, context)
    if figure is not None:
        check_figure(figure, name, dict(candidates))
    return figure


def entry_of(report: Report, document: Document | None) -> Entry:
    """Return a yearbook's entry: the report with the places of its evidence, and those of them on pages."""
    if document is None:
        return Entry(report, tuple("" for _ in report.observations), "")
    places = tuple(document.place_of(o.figure_start).describe() for o in report.observations)
    return Entry(report, places, document.reader, document.text, spots=spots_of(report, document))


def publish(
    registry: Registry, yearbook: Yearbook, folder: Path
) -> tuple[tuple[Path, ...], tuple[Failure, ...]]:
    """Write the yearbook by every publisher of its kind; one that fails leaves the others' files alone.

    The first one that has pages on single reports writes before the others, which are told their addresses.
    """
    serving = [each for each in registry.publishers if yearbook.kind in each.serves]
    paging = next((each for each in serving if each.address is not None), None)
    paths: dict[str, tuple[Path, ...]] = {}
    failures: list[Failure] = []
    for publisher in sorted(serving, key=lambda each: each is not paging):
        write = _publish_pages if publisher is paging else _publish
        written = guarded(publisher.name, "publish", write, publisher, yearbook, folder)
        if isinstance(written, Failure):
            failures.append(written)
        else:
            paths[publisher.name], yearbook = written
    return tuple(path for each in serving for path in paths.get(each.name, ())), tuple(failures)


def _publish(publisher: Publisher, yearbook: Yearbook, folder: Path) -> tuple[tuple[Path, ...], Yearbook]:
    """Write the files of a publisher; return them, and the yearbook for the next one."""
    paths = tuple(publisher.publish(yearbook, folder))
    for path in paths:
        if not path.exists():
            raise PluginError(f"没有写出文件 {path.name}", where=publisher.name)
    return paths, yearbook


def _publish_pages(
    publisher: Publisher, yearbook: Yearbook, folder: Path
) -> tuple[tuple[Path, ...], Yearbook]:
    """Write the files of a publisher whose pages the others link to, like `_publish`."""
    tell = publisher.address
    addresses = [tell(yearbook, entry) if tell is not None else "" for entry in yearbook.entries]
    if not all(isinstance(each, str) for each in addresses):
        raise PluginError("核对页的地址不是文字", where=publisher.name)
    entries = zip(yearbook.entries, addresses, strict=True)
    addressed = replace(yearbook, entries=tuple(replace(entry, review=each) for entry, each in entries))
    return _publish(publisher, addressed, folder)
